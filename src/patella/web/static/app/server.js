// The only place that asks the server anything.
import { hear } from "/static/app/clock.js";
import { ask as asked, GONE } from "/static/app/transport.js";

const PATIENCE_MS = 10_000;

/** What went wrong, as one sentence for the person. `gone`: the server could not be reached at all. */
export class ApiError extends Error {
  /**
   * @param {string} sentence
   * @param {{status?: number, code?: string, gone?: boolean}} [about]
   */
  constructor(sentence, { status = 0, code = "", gone = false } = {}) {
    super(sentence);
    this.sentence = sentence;
    this.status = status;
    this.code = code;
    this.gone = gone;
  }

  /** Whether saying the same again later may work. */
  get passes() {
    return this.gone || this.status >= 500 || [401, 408, 429].includes(this.status);
  }
}

// The day is the day here, wherever the server stands.
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

const ODD = "That did not work. Try again in a moment.";

/** @type {Set<(here: boolean) => void>} */
const listeners = new Set();

/** @type {""|"gone"|"shut"} */
let is_away = "";

/** Why the server gives nothing: it is gone, or does not know this browser. */
export const away = () => is_away;

/** Be told when the server goes, and when it is back. @param {(here: boolean) => void} listener */
export function onReach(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {""|"gone"|"shut"} now */
function reached(now) {
  if (now === is_away) return;
  is_away = now;
  for (const listener of listeners) listener(!now);
}

/**
 * Ask the server, and take its time from what it says. Raises ApiError with a sentence.
 * @param {string} method
 * @param {string} path below /api
 * @param {any} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const answer = await send(method, path, body);
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(said?.error?.sentence ?? ODD, { status: answer.status, code: said?.error?.code });
  hear(said);
  return said;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {any} body
 */
async function send(method, path, body) {
  const file = body instanceof Blob;
  /** @type {Record<string, string>} */
  const headers = body === undefined ? {} : { "Content-Type": file ? body.type : "application/json" };
  headers["Patella-Zone"] = ZONE;
  const text = typeof body === "string" || file || body === undefined ? body : JSON.stringify(body);
  try {
    const signal = file ? undefined : AbortSignal.timeout(PATIENCE_MS); // a large file takes as long as it takes
    const wanted = { method, headers, body: text, cache: /** @type {RequestCache} */ ("no-store"), signal };
    const answer = await asked(`/api${path}`, wanted);
    reached(answer.status === 401 ? "shut" : "");
    return answer;
  } catch {
    reached("gone");
    throw new ApiError(GONE, { gone: true });
  }
}

/** What is given of it, as the end of an address. @param {Object<string, any>} values */
export const query = (values) => {
  const given = Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== "");
  return given.length ? `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}` : "";
};

export const at = encodeURIComponent;
