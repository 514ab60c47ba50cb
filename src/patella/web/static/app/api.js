// The only place that asks the server anything.
import { hear } from "/static/app/clock.js";

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
    return this.gone || this.status >= 500 || this.status === 408 || this.status === 429;
  }
}

export const GONE = "Patella is not answering. Start it again in the terminal with “patella”; nothing you did is lost.";
const ODD = "That did not work, and the server did not say why. Try again in a moment.";

/** @type {Set<(here: boolean) => void>} */
const listeners = new Set();

let is_here = true;

/** Whether the server answered when it was last asked. */
export const isHere = () => is_here;

/**
 * Be told when the server goes, and when it is back.
 * @param {(here: boolean) => void} listener
 */
export function onReach(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {boolean} here */
function reached(here) {
  if (here === is_here) return;
  is_here = here;
  for (const listener of listeners) listener(here);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {any} [body]
 * @returns {Promise<any>}
 */
async function ask(method, path, body) {
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
  const headers = body === undefined ? undefined : { "Content-Type": "application/json" };
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  try {
    const wanted = { method, headers, body: text, cache: /** @type {RequestCache} */ ("no-store"), signal: AbortSignal.timeout(PATIENCE_MS) };
    const answer = await fetch(`/api${path}`, wanted);
    reached(true);
    return answer;
  } catch {
    reached(false);
    throw new ApiError(GONE, { gone: true });
  }
}

/** @param {Object<string, any>} values */
const query = (values) => {
  const given = Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== "");
  return given.length ? `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}` : "";
};

const at = encodeURIComponent;

export const api = {
  health: () => ask("GET", "/health"),
  /** @param {{scope?: string, only?: string|null, pain?: number|null}} [wanted] */
  today: (wanted = {}) => ask("GET", `/today${query(wanted)}`),
  questions: () => ask("GET", "/questions"),
  /** @param {Object<string, any>} answers */
  peek: (answers) => ask("POST", "/screening/peek", { answers }),
  /** @param {Object<string, any>} answers */
  screen: (answers) => ask("POST", "/screening", { answers }),
  assessed: () => ask("POST", "/screening/assessed", {}),
  /** @param {string} symptom */
  symptom: (symptom) => ask("POST", "/symptoms", { symptom }),
  profile: () => ask("GET", "/profile"),
  /** @param {Object<string, any>} values */
  change: (values) => ask("PATCH", "/profile", values),
  /** @param {{id: string, scope: string, only: string|null, before: number|null}} wanted */
  begin: (wanted) => ask("POST", "/sessions", wanted),
  /** @param {string} id */
  session: (id) => ask("GET", `/sessions/${at(id)}`),
  /** @param {string} id @param {any[]} events */
  events: (id, events) => ask("POST", `/sessions/${at(id)}/events`, { events }),
  /** @param {string} id @param {{id: string, item: number, to: string|null}} wanted */
  swap: (id, wanted) => ask("POST", `/sessions/${at(id)}/swap`, wanted),
  /** @param {string} id @param {{id: string, item: number}} wanted */
  ease: (id, wanted) => ask("POST", `/sessions/${at(id)}/ease`, wanted),
  /** @param {{id: string, nprs: number, when: string, knee: string|null}} noted */
  pain: (noted) => ask("POST", "/pain", noted),
  /** @param {string} entry @param {string} id */
  undo: (entry, id) => ask("POST", `/entries/${at(entry)}/undo`, { id }),
  /** @param {string} entry @param {string} id @param {Object<string, any>} body */
  correct: (entry, id, body) => ask("POST", `/entries/${at(entry)}/change`, { id, body }),
  /** @param {string} since @param {string} before */
  diary: (since, before) => ask("GET", `/diary${query({ since, before })}`),
  exercises: () => ask("GET", "/exercises"),
  /** @param {string} id */
  exercise: (id) => ask("GET", `/exercises/${at(id)}`),
  /** @param {string} text @param {boolean} replace */
  restore: (text, replace) => ask("POST", `/restore${query({ replace: replace ? "true" : "" })}`, text),
  erase: () => ask("POST", "/erase", { confirm: "ERASE" }),
};

/** Addresses of what is downloaded or shown, rather than asked for. */
export const address = {
  /** @param {string} id @param {"start"|"end"|"pair"} still @param {boolean} dark */
  drawing: (id, still, dark) => `/api/exercises/${at(id)}/drawing.svg${query({ still, theme: dark ? "dark" : "light" })}`,
  /** @param {string} id @param {string} ending */
  figure: (id, ending) => `/static/figures/${at(id)}${ending}`,
  /** @param {boolean} full @param {boolean} letter */
  handout: (full, letter) => `/api/handout.pdf${query({ full: full ? "true" : "", letter: letter ? "true" : "" })}`,
  json: "/api/export.json",
  csv: "/api/export.csv",
  /** @param {string[]} times @param {string[]} days */
  reminders: (times, days) => `/api/reminders.ics?times=${times.join(",")}&days=${days.join(",")}`,
};
