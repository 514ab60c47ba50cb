// The session player as a machine: a state, what happens, and the state after it with what goes into the log. Pure: the
// time is given, in milliseconds that only go forward. A timed step has an end, never a count of ticks.
import { repMs, repsOver } from "/static/live/beat.js";
import { backFrom, openFrom, startOf } from "/static/live/steps.js";

/** @import { Entry, Move, Scene, State, Step, Task } from "../app/types.js" */

/** How long the question about pain waits before it goes on unanswered. */
export const PAIN_WAIT_S = 20;
/** A page that slept longer than this stands where it was last seen, rather than claim what nobody did. */
export const ASLEEP_MS = 90_000;

/** @param {Step} step */
export const secondsOf = (step) => (step.kind === "pain" ? PAIN_WAIT_S : step.seconds);

/** How long a step takes in ms; null where a person decides. @param {Scene} scene @param {Step} step */
export function lengthOf(scene, step) {
  const tempo = scene.tasks[step.task].tempo;
  if (step.kind === "reps") return scene.beat && tempo ? (step.reps ?? 0) * repMs(tempo) : null;
  const seconds = secondsOf(step);
  return seconds === null ? null : seconds * 1000;
}

/** Whether the beat leads what is done now. @param {Scene} scene @param {State} state */
export function isLed(scene, state) {
  const step = scene.steps[state.step];
  return step?.kind === "reps" && !state.own && lengthOf(scene, step) !== null;
}

/** @param {State} state @param {Scene} scene */
export const isOver = (state, scene) => state.step >= scene.steps.length;

/**
 * Into a step, its time running from `now` on (or standing still, when paused).
 * @param {Scene} scene @param {State|null} before @param {number} index @param {number} now @returns {Move}
 */
export function enter(scene, before, index, now) {
  const paused = before?.paused ?? false;
  const step = scene.steps[index];
  const fresh = { step: index, reps: 0, led: 0, own: false, held: [] };
  if (!step) return { state: { ...fresh, ends: null, left_ms: null, paused: false }, entries: [] };
  const was = before ? scene.steps[before.step] : undefined;
  const sameSet = was && before && was.task === step.task && was.set === step.set && was.side === step.side;
  const length = lengthOf(scene, step);
  const state = {
    ...fresh,
    ends: paused || length === null ? null : now + length,
    left_ms: paused ? length : null,
    paused,
    held: sameSet && index > before.step ? before.held : [],
  };
  return { state, entries: [{ kind: "step.reached", body: { step: index } }] };
}

/** What is left of the step, in ms; null where a person decides. @param {State} state @param {number} now */
export function leftOf(state, now) {
  return state.ends === null ? state.left_ms : Math.max(0, state.ends - now);
}

/**
 * Let the time go on: every step whose end has passed is done, and the next one began where it ended.
 * @param {Scene} scene @param {State} state @param {number} now @returns {Move}
 */
export function tick(scene, state, now) {
  /** @type {Entry[]} */
  const entries = [];
  let current = state;
  while (current.ends !== null && current.ends <= now) {
    const move = onward(scene, followBeat(scene, current, current.ends), current.ends, true);
    entries.push(...move.entries);
    current = move.state;
  }
  return { state: followBeat(scene, current, now), entries };
}

/** The reps that the beat has led so far. @param {Scene} scene @param {State} state @param {number} now @returns {State} */
function followBeat(scene, state, now) {
  const step = scene.steps[state.step];
  const tempo = step && scene.tasks[step.task].tempo;
  if (state.ends === null || !tempo || !isLed(scene, state)) return state;
  const reps = Math.max(state.reps, repsOver(tempo, step.reps ?? 0, Math.max(0, state.ends - now)));
  return reps === state.reps ? state : { ...state, reps, led: state.led + reps - state.reps };
}

/**
 * On to the next open step. `whole`: the step was done as asked.
 * @param {Scene} scene @param {State} state @param {number} now @param {boolean} whole @returns {Move}
 */
export function onward(scene, state, now, whole) {
  const done = finishStep(scene, state, now, whole);
  const next = openFrom(scene.steps, scene.gone, state.step + 1);
  const move = enter(scene, done.state, next, now);
  return { state: move.state, entries: [...done.entries, ...move.entries] };
}

/** @param {Scene} scene @param {State} state @param {number} now @param {boolean} whole @returns {Move} */
function finishStep(scene, state, now, whole) {
  const step = scene.steps[state.step];
  if (step.kind === "reps") {
    const reps = state.reps || (whole ? step.reps : 0);
    const by = state.led ? { counted_by: "beat" } : {};
    return { state, entries: reps ? [logged(scene, step, { reps, holds: null, hold_s: null }, by)] : [] };
  }
  if (step.kind !== "hold") return { state, entries: [] };
  const seconds = secondsHeld(step, leftOf(state, now));
  const after = seconds >= 1 ? { ...state, held: [...state.held, seconds] } : state;
  if (!step.ends_set || !after.held.length) return { state: after, entries: [] };
  return { state: after, entries: [logged(scene, step, { reps: null, ...heldInSet(scene.tasks[step.task], after.held) })] };
}

/** Whole seconds of a hold. @param {Step} step @param {number|null} left_ms */
const secondsHeld = (step, left_ms) => (left_ms === null || left_ms <= 0 ? step.seconds ?? 0 : Math.floor((step.seconds ?? 0) - left_ms / 1000));

/**
 * The holds of a set. Where one was left early, `held_s` says how long each lasted; those held in full are the ones that
 * count, and where there are none, all of them at the shortest (one alone needs no list).
 * @param {Task} task @param {number[]} held
 */
export function heldInSet(task, held) {
  const asked = task.hold_s ?? 0;
  const full = held.filter((s) => s >= asked).length;
  const what = full ? { holds: full, hold_s: asked } : { holds: held.length, hold_s: Math.min(...held) };
  return full === held.length || held.length === 1 ? what : { ...what, held_s: held };
}

/**
 * The entry for a set; done a second time it corrects the first.
 * @param {Scene} scene @param {Step} step @param {Object<string, any>} done @param {Object<string, any>} [by] who counted @returns {Entry}
 */
function logged(scene, step, done, by = {}) {
  const task = scene.tasks[step.task];
  const again = scene.sets.find((s) => s.task === step.task && s.exercise === task.exercise && s.side === step.side && s.set === step.set);
  if (again) return { kind: "entry.changed", body: { of: again.event_id, body: { held_s: null, ...done } } };
  const { exercise, load_kg, band, level } = task;
  return { kind: "set.done", body: { item: step.task, exercise, side: step.side, set: step.set, ...done, load_kg, band, level, form_ok: null, ...by } };
}

/** @param {Scene} scene @param {State} state @param {number} now @returns {Move} */
export function back(scene, state, now) {
  return enter(scene, state, backFrom(scene.steps, scene.gone, state.step), now);
}

/**
 * Leave the rest of an exercise: on to the next open one.
 * @param {Scene} scene @param {State} state @param {number} now @param {"item.skipped"|"item.stopped"|null} kind
 * @returns {Move}
 */
export function leaveTask(scene, state, now, kind) {
  const { task } = scene.steps[state.step];
  const gone = new Set(scene.gone).add(task);
  const move = enter({ ...scene, gone }, state, openFrom(scene.steps, gone, startOf(scene.steps, task)), now);
  const body = { item: task, exercise: scene.tasks[task].exercise };
  const dropped = kind ? [{ kind, body: kind === "item.stopped" ? { ...body, why: "own" } : body }] : [];
  return { state: move.state, entries: [...dropped, ...move.entries] };
}

/** One rep more or less: the person counts this set now. @param {State} state @param {number} by @returns {State} */
export const countRep = (state, by) => ({ ...state, own: true, ends: null, left_ms: null, reps: Math.max(0, Math.min(99, state.reps + by)) });

/** @param {State} state @param {number} now @returns {State} */
export const pause = (state, now) => ({ ...state, left_ms: leftOf(state, now), ends: null, paused: true });

/** Go on from where it stood. @param {State} state @param {number} now @returns {State} */
export const goOn = (state, now) => ({ ...state, ends: state.left_ms === null ? null : now + state.left_ms, left_ms: null, paused: false });

/** More time in this step. @param {State} state @param {number} seconds @returns {State} */
export const lengthen = (state, seconds) => ({
  ...state,
  ends: state.ends === null ? null : state.ends + seconds * 1000,
  left_ms: state.left_ms === null ? null : state.left_ms + seconds * 1000,
});
