// A session as the server last gave it, with what has happened since folded in. Pure.
import { colourOf } from "/static/live/pain.js";

/** @typedef {import("../app/types.js").Session} Session */
/** @typedef {import("../app/types.js").Note} Note */

/**
 * @param {Session} session
 * @param {Note[]} notes in order
 * @param {{cautious?: boolean}} [rule]
 * @returns {Session}
 */
export function fold(session, notes, { cautious = false } = {}) {
  const void_ = new Set(notes.filter((n) => n.kind === "entry.undone").map((n) => n.body.of));
  const folded = notes.filter((n) => !void_.has(n.id)).reduce((state, note) => apply(state, note, cautious), session);
  return notes.length ? { ...folded, last_at: notes.reduce((at, n) => (Date.parse(n.at) > Date.parse(at) ? n.at : at), session.last_at) } : folded;
}

/** @param {Session} state @param {Note} note @param {boolean} cautious @returns {Session} */
function apply(state, note, cautious) {
  const act = ACTS[note.kind];
  return act ? act(state, note, cautious) : state;
}

/** @type {Object<string, (state: Session, note: Note, cautious: boolean) => Session>} */
const ACTS = {
  "step.reached": (s, n) => ({ ...s, step: n.body.step }),
  "set.done": (s, n) => (s.sets.some((x) => x.event_id === n.id) ? s : { ...s, sets: [...s.sets, setOf(n)] }),
  "pain.noted": withPain,
  "effort.noted": withEffort,
  "item.skipped": (s, n) => ({ ...s, skipped: add(s.skipped, n.body.item) }),
  "item.stopped": (s, n) => ({ ...s, stopped: add(s.stopped, n.body.item) }),
  "session.paused": (s) => ({ ...s, paused: true }),
  "session.resumed": (s) => ({ ...s, paused: false }),
  "session.finished": (s) => ({ ...s, finished: true, paused: false }),
  "entry.undone": undone,
  "entry.changed": changed,
};

/** @param {number[]} list @param {number} item */
const add = (list, item) => (list.includes(item) ? list : [...list, item]);

/** @param {Note} note @returns {import("../app/types.js").LoggedSet} */
function setOf(note) {
  const { item, exercise, side, set, reps, holds, hold_s, held_s = null, load_kg, counted_by = "hand", camera = null } = note.body;
  return { event_id: note.id, task: item, exercise, side, set, reps, holds, hold_s, held_s, load_kg, counted_by, camera };
}

/** @param {Session} state @param {Note} note @param {boolean} cautious @returns {Session} */
function withPain(state, note, cautious) {
  const { nprs, when, item = null, knee = null } = note.body;
  if (state.pains.some((p) => p.entry_id === note.id)) return state;
  const pains = [...state.pains, { entry_id: note.id, when, nprs, item, knee }];
  const red = when === "during" && item !== null && colourOf(nprs, cautious) === "red";
  return sum({ ...state, pains, stopped: red ? add(state.stopped, item) : state.stopped });
}

/** @param {Session} state @param {Note} note @returns {Session} */
function withEffort(state, note) {
  const { item, exercise, left } = note.body;
  const efforts = state.efforts ?? [];
  return efforts.some((e) => e.entry_id === note.id) ? state : { ...state, efforts: [...efforts, { entry_id: note.id, item, exercise, left }] };
}

/** How many more there would have been, as last said of a task; null while it was not. @param {Session} session @param {number} item */
export function effortOf(session, item) {
  const { exercise } = session.tasks[item];
  return (session.efforts ?? []).filter((e) => e.item === item && e.exercise === exercise).at(-1)?.left ?? null;
}

/** What the pains come to: the peak of each task, before and after. @param {Session} state @returns {Session} */
function sum(state) {
  /** @type {Object<string, number>} */
  const peaks = {};
  for (const p of state.pains) {
    if (p.when === "during" && p.item !== null) peaks[p.item] = Math.max(p.nprs, peaks[p.item] ?? 0);
  }
  const last = (when) => state.pains.filter((p) => p.when === when).at(-1)?.nprs ?? null;
  return { ...state, peaks, before: last("before"), after: last("after") };
}

/** @param {Session} state @param {Note} note @returns {Session} */
function undone(state, note) {
  const { of } = note.body;
  const sets = state.sets.filter((s) => s.event_id !== of);
  const pains = state.pains.filter((p) => p.entry_id !== of);
  const efforts = (state.efforts ?? []).filter((e) => e.entry_id !== of);
  const left = pains.length < state.pains.length ? sum({ ...state, sets, pains }) : { ...state, sets, efforts };
  const { kind, item } = note.undoes ?? {};
  if (kind === "session.finished") return { ...left, finished: false };
  if (kind === "item.skipped") return { ...left, skipped: left.skipped.filter((i) => i !== item) };
  if (kind === "item.stopped" || kind === "pain.noted") return { ...left, stopped: left.stopped.filter((i) => i !== item) };
  return left;
}

/** @param {Session} state @param {Note} note @returns {Session} */
function changed(state, note) {
  const { of, body } = note.body;
  const sets = state.sets.map((s) => (s.event_id === of ? { ...s, ...body } : s));
  const pains = state.pains.map((p) => (p.entry_id === of ? { ...p, ...body } : p));
  return sum({ ...state, sets, pains });
}
