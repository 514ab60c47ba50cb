// The session player as a machine: a state, what happens, and the state after it with what goes into the log. Pure: the
// time is given, in milliseconds that only go forward. A timed step has an end, never a count of ticks.
import { backFrom, openFrom, startOf } from "/static/live/steps.js";

/** @typedef {import("../app/types.js").Step} Step */
/** @typedef {import("../app/types.js").Task} Task */
/** @typedef {import("../app/types.js").LoggedSet} LoggedSet */
/**
 * @typedef {object} State
 * @property {number} step  index of the step; the number of steps when all is done
 * @property {number|null} ends  when the step ends, while it runs
 * @property {number|null} left  what was left of it in ms, while it stands still
 * @property {boolean} paused
 * @property {number} reps  counted in this step
 * @property {number} held  holds held in this set
 *
 * @typedef {{steps: Step[], tasks: Task[], gone: Set<number>, sets: LoggedSet[]}} Scene
 * @typedef {{kind: string, body: Object<string, any>}} Entry
 * @typedef {{state: State, entries: Entry[]}} Move
 */

/** How long the question about pain waits before it goes on unanswered. */
export const PAIN_WAIT_S = 20;
/** A page that slept longer than this stands where it was last seen, rather than claim what nobody did. */
export const ASLEEP_MS = 90_000;

/** @param {Step} step */
export const secondsOf = (step) => (step.kind === "pain" ? PAIN_WAIT_S : step.seconds);

/** @param {State} state @param {Scene} scene */
export const isOver = (state, scene) => state.step >= scene.steps.length;

/**
 * Into a step, its time running from `now` on (or standing still, when paused).
 * @param {Scene} scene @param {State|null} before @param {number} index @param {number} now @returns {Move}
 */
export function enter(scene, before, index, now) {
  const paused = before?.paused ?? false;
  const step = scene.steps[index];
  if (!step) return { state: { step: index, ends: null, left: null, paused: false, reps: 0, held: 0 }, entries: [] };
  const was = before ? scene.steps[before.step] : undefined;
  const sameSet = was && before && was.task === step.task && was.set === step.set && was.side === step.side;
  const seconds = secondsOf(step);
  const length = seconds === null ? null : seconds * 1000;
  const state = {
    step: index,
    ends: paused || length === null ? null : now + length,
    left: paused ? length : null,
    paused,
    reps: 0,
    held: sameSet && index > before.step ? before.held : 0,
  };
  return { state, entries: [{ kind: "step.reached", body: { step: index } }] };
}

/** What is left of the step, in ms; null where a person decides. @param {State} state @param {number} now */
export function leftOf(state, now) {
  return state.ends === null ? state.left : Math.max(0, state.ends - now);
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
    const move = onward(scene, current, current.ends, true);
    entries.push(...move.entries);
    current = move.state;
  }
  return { state: current, entries };
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
    return { state, entries: reps ? [logged(scene, step, { reps, holds: null, hold_s: null })] : [] };
  }
  if (step.kind !== "hold") return { state, entries: [] };
  const held = state.held + (whole ? 1 : 0);
  const after = { ...state, held };
  if (!step.ends_set) return { state: after, entries: [] };
  const done = heldInSet(scene.tasks[step.task], step, after, whole ? null : leftOf(state, now));
  return { state: after, entries: done ? [logged(scene, step, { reps: null, ...done })] : [] };
}

/**
 * A single hold that ended early counts with the seconds it lasted; of several holds the whole ones count.
 * @param {Task} task @param {Step} step @param {State} state @param {number|null} left
 */
function heldInSet(task, step, state, left) {
  if (state.held > 0) return { holds: state.held, hold_s: task.hold_s };
  if ((task.holds ?? 1) > 1 || left === null || step.seconds === null) return null;
  const seconds = Math.floor(step.seconds - left / 1000);
  return seconds >= 1 ? { holds: 1, hold_s: seconds } : null;
}

/**
 * The entry for a set; done a second time it corrects the first.
 * @param {Scene} scene @param {Step} step @param {Object<string, any>} done @returns {Entry}
 */
function logged(scene, step, done) {
  const task = scene.tasks[step.task];
  const again = scene.sets.find((s) => s.task === step.task && s.exercise === task.exercise && s.side === step.side && s.set === step.set);
  if (again) return { kind: "entry.changed", body: { of: again.event_id, body: done } };
  const { exercise, load_kg, band } = task;
  return { kind: "set.done", body: { item: step.task, exercise, side: step.side, set: step.set, ...done, load_kg, band, form_ok: null } };
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
  const left = kind ? [{ kind, body: kind === "item.stopped" ? { ...body, why: "own" } : body }] : [];
  return { state: move.state, entries: [...left, ...move.entries] };
}

/** One rep more, or one less. @param {State} state @param {number} by @returns {State} */
export const countRep = (state, by) => ({ ...state, reps: Math.max(0, Math.min(99, state.reps + by)) });

/** Stand still. @param {State} state @param {number} now @returns {State} */
export const hold = (state, now) => ({ ...state, left: leftOf(state, now), ends: null, paused: true });

/** Go on from where it stood. @param {State} state @param {number} now @returns {State} */
export const goOn = (state, now) => ({ ...state, ends: state.left === null ? null : now + state.left, left: null, paused: false });

/** More time in this step. @param {State} state @param {number} seconds @returns {State} */
export const lengthen = (state, seconds) => ({
  ...state,
  ends: state.ends === null ? null : state.ends + seconds * 1000,
  left: state.left === null ? null : state.left + seconds * 1000,
});
