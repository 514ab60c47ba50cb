// A session as the server last gave it, with what has happened since folded in. Pure; held to patella.care.session by
// vectors (tests/browser/test_rules.py).
import { colourOf } from "/static/live/pain.js";

/** @import { Note, Session } from "../app/types.js" */

/**
 * @param {Session} session
 * @param {Note[]} notes in order
 * @param {{cautious?: boolean}} [rule]
 * @returns {Session}
 */
export function fold(session, notes, { cautious = false } = {}) {
  const kept = settled(notes);
  const folded = kept.reduce((state, note) => ACTS[note.kind]?.(state, note, cautious) ?? state, session);
  const moments = kept.filter((n) => n.kind !== "entry.undone" && n.kind !== "entry.changed").map((n) => n.at);
  return moments.length ? { ...folded, last_at: latest([session.last_at, ...moments]) } : folded;
}

/** The notes that hold: what was taken back is left out, unless that was taken back. @param {Note[]} notes */
function settled(notes) {
  /** @type {Set<string>} */
  const gone = new Set();
  for (const n of [...notes].reverse()) {
    if (n.kind === "entry.undone" && !gone.has(n.id)) gone.add(n.body.of);
  }
  return notes.filter((n) => !gone.has(n.id));
}

/** @param {string[]} moments */
const latest = (moments) => moments.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a));

/** @type {Object<string, (state: Session, note: Note, cautious: boolean) => Session>} */
const ACTS = {
  "step.reached": (s, n) => ({ ...s, step: n.body.step }),
  "set.done": (s, n) => (s.sets.some((x) => x.event_id === n.id) ? s : { ...s, sets: [...s.sets, setOf(n)] }),
  "pain.noted": withPain,
  "effort.noted": withEffort,
  "item.skipped": withoutTask,
  "item.stopped": withoutTask,
  "session.paused": (s) => ({ ...s, paused: true }),
  "session.resumed": (s) => ({ ...s, paused: false }),
  "session.finished": (s) => ({ ...s, finished: true }),
  "entry.undone": undone,
  "entry.changed": changed,
};

/** @param {Note} note @returns {import("../app/types.js").LoggedSet} */
function setOf(note) {
  const { item, exercise, side, set, reps, holds, hold_s, held_s = null, load_kg, counted_by = "hand", camera = null } = note.body;
  return { event_id: note.id, task: item, exercise, side, set, reps, holds, hold_s, held_s, load_kg, counted_by, camera };
}

/** @param {Session} state @param {Note} note @param {boolean} cautious @returns {Session} */
function withPain(state, note, cautious) {
  const { nprs, when, item = null, exercise = null, knee = null } = note.body;
  if (state.pains.some((p) => p.entry_id === note.id)) return state;
  const noted = sum({ ...state, pains: [...state.pains, { entry_id: note.id, when, nprs, item, exercise, knee }] });
  if (when !== "during" || item === null || colourOf(nprs, cautious) !== "red") return noted;
  return leaving(noted, [...state.gone, { entry_id: null, kind: "item.stopped", item, pain: note.id }]);
}

/** @param {Session} state @param {Note} note @returns {Session} */
function withEffort(state, note) {
  const { item, exercise, left } = note.body;
  return state.efforts.some((e) => e.entry_id === note.id) ? state : { ...state, efforts: [...state.efforts, { entry_id: note.id, item, exercise, left }] };
}

/** @param {Session} state @param {Note} note @returns {Session} */
function withoutTask(state, note) {
  if (state.gone.some((g) => g.entry_id === note.id)) return state;
  return leaving(state, [...state.gone, { entry_id: note.id, kind: /** @type {"item.skipped"} */ (note.kind), item: note.body.item, pain: null }]);
}

/** What was left out or stopped, from each reason there is for it. @param {Session} state @param {Session["gone"]} gone @returns {Session} */
function leaving(state, gone) {
  const of = (kind) => [...new Set(gone.filter((g) => g.kind === kind).map((g) => g.item))];
  return { ...state, gone, skipped: of("item.skipped"), stopped: of("item.stopped") };
}

/** How many more there would have been, as last said of a task; null while it was not. @param {Session} session @param {number} item */
export function effortOf(session, item) {
  const { exercise } = session.tasks[item];
  return session.efforts.filter((e) => e.item === item && e.exercise === exercise).at(-1)?.left ?? null;
}

/** What the pains come to: the peak of each task as the exercise it is now, before and after. @param {Session} state @returns {Session} */
function sum(state) {
  /** @type {Object<string, number>} */
  const peaks = {};
  for (const { when, item, exercise, nprs } of state.pains) {
    if (when !== "during" || item === null) continue;
    if (exercise === null || exercise === state.tasks[item]?.exercise) peaks[item] = Math.max(nprs, peaks[item] ?? 0);
  }
  const last = (when) => state.pains.filter((p) => p.when === when).at(-1)?.nprs ?? null;
  return { ...state, peaks, before: last("before"), after: last("after") };
}

/** @param {Session} state @param {Note} note @returns {Session} */
function undone(state, note) {
  const { of } = note.body;
  const sets = state.sets.filter((s) => s.event_id !== of);
  const pains = state.pains.filter((p) => p.entry_id !== of);
  const efforts = state.efforts.filter((e) => e.entry_id !== of);
  const gone = state.gone.filter((g) => g.entry_id !== of && g.pain !== of);
  const finished = state.finished && note.undoes?.kind !== "session.finished";
  return leaving(sum({ ...state, sets, pains, efforts, finished }), gone);
}

/** A pain that was red by mistake stops nothing any more. @param {Session} state @param {Note} note @param {boolean} cautious @returns {Session} */
function changed(state, note, cautious) {
  const { of, body } = note.body;
  const sets = state.sets.map((s) => (s.event_id === of ? { ...s, ...body } : s));
  const pains = state.pains.map((p) => (p.entry_id === of ? { ...p, ...body } : p));
  const calm = body.nprs !== undefined && colourOf(body.nprs, cautious) !== "red";
  return leaving(sum({ ...state, sets, pains }), calm ? state.gone.filter((g) => g.pain !== of) : state.gone);
}
