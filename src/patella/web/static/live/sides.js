// The two legs of an exercise, and the other one first: for whoever stands with the other side to the camera.
import { sideWords } from "/static/app/words.js";
import { nextWork } from "/static/live/steps.js";

/** @typedef {import("./run.js").Run} Run */

/** The set that is on, or comes next. @param {Run} run @returns {import("../app/types.js").Step|null} */
export function workOf({ step, scene }) {
  if (!step) return null;
  return step.kind === "reps" || step.kind === "hold" ? step : nextWork(scene.steps, scene.gone, step.index);
}

/** Whether the other leg may come first: neither has done this set, or a part of it. @param {Run} run */
export function canTurn(run) {
  const work = workOf(run);
  const { tasks, sets } = run.record.session;
  if (!work || tasks[work.task].sides.length < 2 || run.state.held.length > 0) return false;
  return !sets.some((s) => s.task === work.task && s.set === work.set);
}

/** The other leg first, from this set on. @param {Run} run */
export function turnSides(run) {
  const work = workOf(run);
  if (!work || !canTurn(run)) return;
  const { turned } = run.record;
  if (!turned.delete(work.task)) turned.add(work.task);
  run.notice = `${sideWords(workOf(run)?.side ?? "")} first. The other one comes after it.`;
  run.keep();
  run.tell();
}
