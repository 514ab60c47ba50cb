// What stands round a view: the tabs, the break that is due, and what a person should know on any of them.
import { isKept, memory } from "/static/app/memory.js";
import { GOES_ON, SERVED } from "/static/app/served.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { Icon, Logo } from "/static/ui/parts.js";
import { useOutbox } from "/static/ui/saved.js";

export { Breaks } from "/static/ui/breaks.js";

const TABS = /** @type {const} */ ([
  ["today", "Today",
    { path: "M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2M6 6l1.4 1.4M16.6 16.6 18 18M6 18l1.4-1.4M16.6 7.4 18 6M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z" }],
  ["timeline", "Timeline", { path: "M3.5 16.5 8 10l4 4 4.5-8 4 6.5M3.5 20.5h17" }],
  ["diary", "Diary", { path: "M5 5h14v15H5zM5 9.5h14M9 3v4M15 3v4" }],
  ["library", "Exercises", { path: "M5 4.5v15M9.5 4.5v15M14 5l4.5 14" }],
  ["settings", "Settings", { of: "settings" }],
]);

const KEPT_MS = 2 * 86_400_000;

/** Sessions that are done or days old are forgotten: what is on the server's disk need not lie here. */
async function tidy() {
  const old = Date.now() - KEPT_MS;
  for (const { id, finished, kept_at } of await memory.all("sessions")) {
    if (finished || kept_at < old) await Promise.all([memory.drop("sessions", id), memory.drop("runs", id)]);
  }
}

tidy();

// Files leave by a phone's share sheet, else they are saved; for a laptop a server's address is as good.
export const shares = () => "canShare" in navigator && matchMedia("(pointer: coarse)").matches;
document.addEventListener("click", (event) => {
  const link = /** @type {any} */ (event.target).closest("a[download]");
  if (!link?.pathname.includes("/api/") || (SERVED && !shares())) return;
  event.preventDefault();
  import("/static/app/outgoing.js").then(({ send }) => send(link));
});

/** @param {{view: string}} props */
export const Tabs = ({ view }) => html`<nav class="tabs" aria-label="Patella">
  <a class="home" href="/today" aria-label="Patella, today"><${Logo} size=${36} /><b>Patella</b></a>
  ${TABS.map(([id, words, icon]) =>
    html`<a key=${id} href=${`/${id}`} aria-current=${view === id ? "page" : undefined}><${Icon} ...${icon} />
      <span>${words}</span></a>`)}
</nav>`;

/** The server is gone, something waits, this is a demo. @param {{demo: boolean, gone: boolean}} props */
export function Notices({ demo, gone }) {
  const { waiting, trouble } = useOutbox();
  return html`${demo && html`<p class="notice">A made-up runner’s diary, to look round. Nothing here is kept.</p>`}
    ${gone && html`<p class="notice" role="status">${GOES_ON}</p>`}
    ${waiting > 0 && trouble && !gone
      && html`<p class="notice" role="status">${trouble} ${waiting} not saved yet; it is tried again by itself.</p>`}
    ${!SERVED && html`<${Copy} />`}
    ${!isKept()
      && html`<p class="notice"
        role="status">This browser keeps nothing for later. Leave the page open until everything says “Saved”.</p>`}`;
}

/** Where the diary lies in the browser alone, a copy is asked for now and then. */
function Copy() {
  const [Reminder, set] = useState(/** @type {any} */ (null));
  useEffect(() => { import("/static/view/copy.js").then((found) => set(() => found.Reminder), () => undefined); }, []);
  return Reminder && html`<${Reminder} />`;
}
