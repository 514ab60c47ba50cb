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
    return this.gone || this.status >= 500 || [401, 408, 429].includes(this.status);
  }
}

export const GONE = "Patella is not answering. Start it again in the terminal with “patella”; nothing you did is lost.";
const ODD = "That did not work, and the server did not say why. Try again in a moment.";

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
  const file = body instanceof Blob;
  const headers = body === undefined ? undefined : { "Content-Type": file ? "application/octet-stream" : "application/json" };
  const text = typeof body === "string" || file || body === undefined ? body : JSON.stringify(body);
  try {
    const signal = file ? undefined : AbortSignal.timeout(PATIENCE_MS); // a large file takes as long as it takes
    const wanted = { method, headers, body: text, cache: /** @type {RequestCache} */ ("no-store"), signal };
    const answer = await fetch(`/api${path}`, wanted);
    reached(answer.status === 401 ? "shut" : "");
    return answer;
  } catch {
    reached("gone");
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
  tomorrow: () => ask("GET", "/tomorrow"),
  /** @param {{scope?: string, only?: string|null, pain?: number|null}} [wanted] */
  today: (wanted = {}) => ask("GET", `/today${query(wanted)}`),
  questions: () => ask("GET", "/questions"),
  /** @param {Object<string, any>} answers */
  peek: (answers) => ask("POST", "/screening/peek", { answers }),
  /** @param {Object<string, any>} answers */
  screen: (answers) => ask("POST", "/screening", { answers }),
  /** @param {string} on the day of that yes */
  assessed: (on) => ask("POST", "/screening/assessed", { on }),
  /** @param {string|null} guess a country */
  emergency: (guess) => ask("GET", `/emergency${query({ guess })}`),
  /** @param {string} symptom */
  symptom: (symptom) => ask("POST", "/symptoms", { symptom }),
  /** @param {string} id */
  seen: (id) => ask("POST", "/seen", { id }),
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
  /** @param {string} since @param {string} before */
  timeline: (since, before) => ask("GET", `/timeline${query({ since, before })}`),
  /** @param {{since: string, before: string, theme: string, width: number}} wanted */
  chart: (wanted) => ask("GET", `/timeline/chart${query(wanted)}`),
  /** @param {{theme: string, width: number}} wanted */
  insight: (wanted) => ask("GET", `/insight${query(wanted)}`),
  running: () => ask("GET", "/running"),
  comeback: () => ask("GET", "/comeback"),
  /** @param {{id: string, step: "begun"|"paused"|"left", stage?: string}} taken */
  stepBack: (taken) => ask("POST", "/comeback", taken),
  /** @param {{id: string, stage: string, seconds: number, complete: boolean, distance_m: number|null}} done */
  outing: (done) => ask("POST", "/comeback/outings", done),
  /** @param {Object<string, any>} run */
  addRun: (run) => ask("POST", "/runs", run),
  /** @param {string} run @param {string} id @param {Object<string, any>} body */
  changeRun: (run, id, body) => ask("POST", `/runs/${at(run)}/change`, { id, body }),
  shoes: () => ask("GET", "/shoes"),
  /** @param {Object<string, any>} shoe */
  addShoe: (shoe) => ask("POST", "/shoes", shoe),
  /** @param {string} shoe @param {string} id @param {Object<string, any>} body */
  changeShoe: (shoe, id, body) => ask("POST", `/shoes/${at(shoe)}/change`, { id, body }),
  /** @param {Object<string, any>} noted */
  knee: (noted) => ask("POST", "/knee", noted),
  places: () => ask("GET", "/places"),
  /** @param {{id: string, day: string, hours: number|null}} noted */
  sitting: (noted) => ask("POST", "/sitting", noted),
  readSitting: () => ask("POST", "/sitting/read", {}),
  /** @param {{id: string, day: string, minutes: number|null}} noted */
  barefoot: (noted) => ask("POST", "/barefoot", noted),
  scores: () => ask("GET", "/scores"),
  /** @param {Object<string, any>} given */
  giveScore: (given) => ask("POST", "/scores", given),
  openImport: () => ask("POST", "/imports", {}),
  /** @param {string} id @param {string} name @param {File} file */
  sendFile: (id, name, file) => ask("POST", `/imports/${at(id)}/files${query({ name })}`, file),
  /** @param {string} id */
  beginImport: (id) => ask("POST", `/imports/${at(id)}/begin`, {}),
  /** @param {string} id */
  importState: (id) => ask("GET", `/imports/${at(id)}`),
  /** @param {string} id */
  stopImport: (id) => ask("POST", `/imports/${at(id)}/stop`, {}),
  exercises: () => ask("GET", "/exercises"),
  /** @param {string} id */
  exercise: (id) => ask("GET", `/exercises/${at(id)}`),
  lesson: () => ask("GET", "/lesson"),
  lessons: () => ask("GET", "/lessons"),
  /** @param {string} lesson @param {string} id */
  readLesson: (lesson, id) => ask("POST", `/lessons/${at(lesson)}/read`, { id }),
  sights: () => ask("GET", "/sights"),
  /** @param {string} exercise @param {string} mark @param {Blob} frames @returns {Promise<import("./types.js").Film>} */
  film: (exercise, mark, frames) => ask("POST", `/films/look${query({ exercise, mark })}`, frames),
  /** @param {{id: string, exercise: string, mark: string, day: string, sets: any[]}} film */
  keepFilm: (film) => ask("POST", "/films", film),
  /** @param {string} id @param {string} side left, right or both */
  ghost: (id, side) => ask("GET", `/exercises/${at(id)}/ghost${query({ side })}`),
  /** @param {string} text @param {boolean} replace */
  restore: (text, replace) => ask("POST", `/restore${query({ replace: replace ? "true" : "" })}`, text),
  door: () => ask("GET", "/door"),
  forget: () => ask("POST", "/door/forget", {}),
  feed: () => ask("POST", "/door/feed", {}),
  erase: () => ask("POST", "/erase", { confirm: "ERASE" }),
};

/** Addresses of what is downloaded or shown, rather than asked for. */
export const address = {
  /** @param {string} id @param {"start"|"end"|"pair"} still @param {boolean} dark @param {string} side */
  drawing: (id, still, dark, side) => `/api/exercises/${at(id)}/drawing.svg${query({ still, theme: dark ? "dark" : "light", side: side === "left" ? side : "" })}`,
  /** @param {string} id @param {string} ending */
  figure: (id, ending) => `/static/figures/${at(id)}${ending}`,
  /** @param {boolean} full @param {boolean} letter */
  handout: (full, letter) => `/api/handout.pdf${query({ full: full ? "true" : "", letter: letter ? "true" : "" })}`,
  /** @param {string} ending pdf, csv, json or fhir.json @param {number} weeks */
  report: (ending, weeks) => `/api/report.${ending}?weeks=${weeks}`,
  json: "/api/export.json",
  csv: "/api/export.csv",
  /** @param {string[]} times @param {string[]} days */
  morning: "/api/morning.ics",
  reminders: (times, days) => `/api/reminders.ics?times=${times.join(",")}&days=${days.join(",")}`,
};
