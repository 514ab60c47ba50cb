// Finding one's way in the steps of a session. Pure.

/** @import { Session, Step } from "../app/types.js" */

/**
 * The first step from an index on whose exercise is still open; the number of steps when there is none.
 * @param {Step[]} steps @param {Set<number>} gone tasks skipped or stopped @param {number} from
 */
export function openFrom(steps, gone, from) {
  let index = Math.max(0, from);
  while (index < steps.length && gone.has(steps[index].task)) index += 1;
  return index;
}

/** @param {Session} session */
export const goneOf = (session) => new Set([...session.skipped, ...session.stopped]);

/**
 * Where "back" leads: the step before this one at which something begins (getting ready, a set, a hold).
 * @param {Step[]} steps @param {Set<number>} gone @param {number} from
 */
export function backFrom(steps, gone, from) {
  for (let index = from - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (!gone.has(step.task) && ["ready", "reps", "hold"].includes(step.kind)) return index;
  }
  return openFrom(steps, gone, 0);
}

/**
 * The steps with the legs of some exercises exchanged: the other one first in every set. @param {Step[]} steps @param {Set<number>} turned
 * @returns {Step[]}
 */
export function exchanged(steps, turned) {
  const other = { left: "right", right: "left" };
  return turned.size ? steps.map((s) => (turned.has(s.task) ? { ...s, side: other[s.side] ?? s.side } : s)) : steps;
}

/** The first step of a task. @param {Step[]} steps @param {number} task */
export const startOf = (steps, task) => steps.find((s) => s.task === task)?.index ?? steps.length;

/**
 * The same place in other steps; its beginning where there is none.
 * @param {Step[]} steps @param {Step} was
 */
export function samePlace(steps, was) {
  const same = steps.find((s) => s.task === was.task && s.kind === was.kind && s.side === was.side && s.set === was.set);
  return same ? same.index : startOf(steps, was.task);
}

/** The next step with work in it, or null. @param {Step[]} steps @param {Set<number>} gone @param {number} from */
export function nextWork(steps, gone, from) {
  return steps.slice(from + 1).find((s) => !gone.has(s.task) && (s.kind === "reps" || s.kind === "hold")) ?? null;
}

/**
 * How far each exercise of the session is, 0 to 1.
 * @param {Step[]} steps @param {Set<number>} gone @param {number} tasks @param {number} at
 */
export function progressOf(steps, gone, tasks, at) {
  return Array.from({ length: tasks }, (_, task) => {
    if (gone.has(task)) return 1;
    const mine = steps.filter((s) => s.task === task);
    return mine.length ? mine.filter((s) => s.index < at).length / mine.length : 1;
  });
}
