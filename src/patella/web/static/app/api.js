// All that the pages ask the server.
import { ask, at, query } from "/static/app/server.js";
import { training } from "/static/app/training.js";

/** A file as it is sent, whatever its name makes of it: it takes as long as it takes. @param {Blob} file */
const sent = (file, type = "application/octet-stream") => new Blob([file], { type });

export const api = {
  ...training,
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
  programme: () => ask("GET", "/programme"),
  /** @param {string} id */
  endProgramme: (id) => ask("POST", "/programme/end", { id }),
  /** @param {string} id */
  seen: (id) => ask("POST", "/seen", { id }),
  /** @param {{id: string, scope: string, only: string|null, before: number|null}} wanted */
  begin: (wanted) => ask("POST", "/sessions", wanted),
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
  watched: () => ask("GET", "/watched"),
  /** @param {string} folder */
  watch: (folder) => ask("PUT", "/watched", { folder }),
  watchNone: () => ask("DELETE", "/watched"),
  openImport: () => ask("POST", "/imports", {}),
  /** @param {string} id @param {string} name @param {Blob} file */
  sendFile: (id, name, file) => ask("POST", `/imports/${at(id)}/files${query({ name })}`, sent(file)),
  /** @param {string} id */
  beginImport: (id) => ask("POST", `/imports/${at(id)}/begin`, {}),
  /** @param {string} id */
  importState: (id) => ask("GET", `/imports/${at(id)}`),
  /** @param {string} id */
  stopImport: (id) => ask("POST", `/imports/${at(id)}/stop`, {}),
  /** @param {string} id */
  exercise: (id) => ask("GET", `/exercises/${at(id)}`),
  /** @param {boolean} full */
  handout: (full) => ask("GET", `/paper/handout${query({ full: full ? "true" : "" })}`),
  /** @param {number} weeks */
  reportPages: (weeks) => ask("GET", `/paper/report?weeks=${weeks}`),
  lesson: () => ask("GET", "/lesson"),
  lessons: () => ask("GET", "/lessons"),
  /** @param {string} lesson @param {string} id */
  readLesson: (lesson, id) => ask("POST", `/lessons/${at(lesson)}/read`, { id }),
  sights: () => ask("GET", "/sights"),
  /**
   * @param {string} exercise
   * @param {string} mark
   * @param {Blob} frames
   * @returns {Promise<import("./types.js").Film>}
   */
  film: (exercise, mark, frames) => ask("POST", `/films/look${query({ exercise, mark })}`, sent(frames)),
  /** @param {{id: string, exercise: string, mark: string, day: string, sets: any[]}} film */
  keepFilm: (film) => ask("POST", "/films", film),
  /** @param {string} id @param {string} side left, right or both */
  ghost: (id, side) => ask("GET", `/exercises/${at(id)}/ghost${query({ side })}`),
  /** @param {File} file @param {boolean} replace */
  restore: (file, replace) =>
    ask("POST", `/restore${query({ replace: replace ? "true" : "" })}`, sent(file, "application/json")),
  /** @param {File} file */
  merge: (file) => ask("POST", "/merge", sent(file, "application/json")),
  door: () => ask("GET", "/door"),
  forget: () => ask("POST", "/door/forget", {}),
  forgetOne: (device) => ask("POST", `/door/devices/${at(device)}/forget`, {}),
  feed: () => ask("POST", "/door/feed", {}),
  erase: () => ask("POST", "/erase", { confirm: "ERASE" }),
};

/** Addresses of what is downloaded or shown, rather than asked for. */
export const address = {
  /** @param {boolean} full @param {boolean} letter */
  handout: (full, letter) => `/api/handout.pdf${query({ full: full ? "true" : "", letter: letter ? "true" : "" })}`,
  /** @param {string} ending pdf, csv, json or fhir.json @param {number} weeks */
  report: (ending, weeks) => `/api/report.${ending}?weeks=${weeks}`,
  json: "/api/export.json",
  csv: "/api/export.csv",
  morning: "/api/morning.ics",
  /** @param {string[]} times @param {string[]} days */
  reminders: (times, days) => `/api/reminders.ics?times=${times.join(",")}&days=${days.join(",")}`,
};
