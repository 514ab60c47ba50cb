// What is said at which moment. Pure: the same words for the ear and for the eye.
import { secondsOf } from "/static/live/player.js";
import { nextWork } from "/static/live/steps.js";
import { setWords, sideWords } from "/static/app/words.js";

/** @import { Scene, Step } from "../app/types.js" */

/**
 * The words of a step as it begins.
 * @param {Scene} scene @param {Step} step @returns {string}
 */
export function cueOf(scene, step) {
  const task = scene.tasks[step.task];
  const cues = task.cues ?? {};
  switch (step.kind) {
    case "ready": return cues.ready ?? "Get ready.";
    case "reps":
    case "hold": return cues.work ?? "Begin.";
    case "hold_rest": return "Let go. Breathe.";
    case "switch": return cues.switch ?? "Switch sides.";
    case "rest": return cues.rest ?? "Rest.";
    default: return cues.finish ?? "Done.";
  }
}

/**
 * What the voice says as a step begins: the name before an exercise, else the words on the screen.
 * @param {Scene} scene @param {Step} step @returns {string}
 */
export function spokenOf(scene, step) {
  const cue = cueOf(scene, step);
  if (step.kind === "hold" && (step.hold ?? 1) > 1) return `Hold ${step.hold}.`;
  if (step.kind === "hold_rest") return "Let go.";
  if (step.kind !== "ready") return cue;
  const task = scene.tasks[step.task];
  return [`${step.task ? "Next: " : ""}${task.name}. ${setWords(task)}.`, task.needs, cue].filter(Boolean).join(" ");
}

/**
 * A word at the middle of a long hold or set, or null.
 * @param {Scene} scene @param {Step} step @param {{left_ms: number|null, reps: number}} now
 */
export function halfwayOf(scene, step, { left_ms, reps }) {
  const words = scene.tasks[step.task].cues?.halfway ?? "Halfway.";
  if (step.kind === "reps" && step.reps !== null && step.reps >= 4) return reps === Math.ceil(step.reps / 2) ? words : null;
  const seconds = secondsOf(step);
  if (step.kind !== "hold" || seconds === null || seconds < 12 || left_ms === null) return null;
  return left_ms <= seconds * 500 ? words : null;
}

/**
 * The numbers counted down at the end of a step: five for a hold, three where one gets ready; none where one answers.
 * @param {Step} step
 */
export function countdownOf(step) {
  if (step.kind === "hold") return (secondsOf(step) ?? 0) >= 8 ? 5 : 3;
  return ["ready", "rest", "switch", "hold_rest"].includes(step.kind) ? 3 : 0;
}

/**
 * What a step is called above its timer.
 * @param {Step} step
 */
export function stepWords(step) {
  return { ready: "Get ready", reps: "Reps", hold: "Hold", hold_rest: "Let go", rest: "Rest", switch: "Switch sides", pain: "Well done" }[step.kind];
}

/**
 * Where in the exercise a step is: "Set 1 of 2 · left leg · hold 3 of 5".
 * @param {Scene} scene @param {Step} step
 */
export function whereWords(scene, step) {
  const task = scene.tasks[step.task];
  const parts = [`Set ${step.set} of ${task.sets}`];
  if (task.sides.length > 1 || step.side !== "both") parts.push(sideWords(step.side).toLowerCase());
  if (step.kind === "hold" && (task.holds ?? 1) > 1) parts.push(`hold ${step.hold} of ${task.holds}`);
  return parts.join(" · ");
}

/**
 * What comes after a rest: the name of the next exercise, or side and set of this one; null at the end.
 * @param {Scene} scene @param {Step} step
 */
export function nextWords(scene, step) {
  const next = nextWork(scene.steps, scene.gone, step.index);
  if (!next) return "Next: your summary";
  const task = scene.tasks[next.task];
  if (next.task !== step.task) return `Next: ${task.name}`;
  const side = next.side === "both" ? "" : `${sideWords(next.side).toLowerCase()}, `;
  return next.hold && next.hold > 1 ? `Next: hold ${next.hold} of ${task.holds}` : `Next: ${side}set ${next.set} of ${task.sets}`;
}
