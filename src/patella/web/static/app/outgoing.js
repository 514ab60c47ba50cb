// Files that leave Patella: a phone's own share sheet where it takes them, else a file that is saved. Never by an
// address that only Python knows.
import { shares } from "/static/app/frame.js";
import { ask, GONE } from "/static/app/transport.js";
import { memory } from "/static/app/memory.js";

const LATE_MS = 600;
const KEPT_MS = 60_000; // long enough for a browser that asks where to put it
const COPY = "/api/export.json";
export const COPIED = "copied"; // an event, and among the drafts: forgotten with the diary that it is about
const MAKING = "The file is being made.";

const board = Object.assign(document.createElement("div"), { className: "house", role: "status" });
document.body.prepend(board);

/**
 * What is to be known of a file on its way stands above every page.
 * @param {string|null} text
 * @param {boolean} [wrong]
 */
function tell(text, wrong = false) {
  const notice = text && Object.assign(document.createElement("p"), { className: "notice", textContent: text });
  if (notice && wrong) notice.append(" ",
    Object.assign(document.createElement("button"),
      { className: "plain", textContent: "Understood", onclick: () => tell(null) }));
  board.replaceChildren(...(notice ? [notice] : []));
}

/** Hand a file to the person. True unless they put the share sheet away. @param {File} file */
export async function handOver(file) {
  if (shares() && navigator.canShare({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (error) {
      if (/** @type {any} */ (error)?.name === "AbortError") return false;
      // Chromium takes neither JSON nor calendars, and no browser waits for ever after a tap: then it is saved.
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
  return true;
}

/** Have Python make what a link leads to, and hand it over; what goes wrong is said. @param {HTMLAnchorElement} link */
export async function send({ pathname, search, download }) {
  const address = pathname.slice(pathname.lastIndexOf("/api/")) + search;
  const late = setTimeout(() => tell(MAKING), LATE_MS);
  const answer = await ask(address, {}).catch(() => null);
  const content = answer?.ok ? await answer.blob().catch(() => null) : null;
  clearTimeout(late);
  if (!content) {
    const problem = await answer?.json().catch(() => null);
    return tell(problem?.error?.sentence ?? GONE, true);
  }
  tell(null);
  const took = await handOver(new File([content], nameOf(answer, download), { type: content.type.split(";")[0] }));
  if (took && address === COPY) await copied();
}

/** The name that goes with an answer, as with its day. @param {any} answer @param {string} name else this one */
const nameOf = (answer, name) => /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1]
  ?? name;

/** When a copy of this diary was last saved, in milliseconds; 0 if never. @returns {Promise<number>} */
export const lastCopied = async () => (await memory.get("drafts", COPIED)) ?? 0;

/** A copy of all there is lies somewhere else now. */
export async function copied() {
  await memory.put("drafts", COPIED, Date.now());
  document.dispatchEvent(new Event(COPIED));
}
