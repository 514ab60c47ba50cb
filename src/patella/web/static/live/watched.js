// What the camera does to a run of the player: reps that it saw, and a clock that waits for it.
import { steady } from "/static/app/clock.js";
import { repMs } from "/static/live/beat.js";
import * as player from "/static/live/player.js";

/** @typedef {import("./run.js").Run} Run */
/** @import { Scene, State } from "../app/types.js" */

/**
 * One rep that was seen: the beat, should it go on, goes on after it.
 * @param {Scene} scene
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function seeRep(scene, state, now) {
  const step = scene.steps[state.step];
  const tempo = scene.tasks[step.task].tempo;
  const reps = Math.min(99, state.reps + 1);
  if (!tempo || !player.isLed(scene, state)) return { ...state, reps };
  const left_ms = Math.max(0, (step.reps ?? 0) - reps) * repMs(tempo);
  return { ...state, reps, ...(state.ends === null ? { left_ms } : { ends: now + left_ms }) };
}

/** A rep that the camera saw. @param {Run} run */
export function countSeen(run) {
  if (run.step?.kind !== "reps") return;
  run.state = seeRep(run.scene, run.state, steady());
  run.sound.tap();
  run.sayHalfway();
  run.keep();
  run.tell();
}

/**
 * The clock of a step runs, or stands until the camera has seen what it waits for.
 * @param {Run} run
 * @param {boolean} runs
 */
export function letRun(run, runs) {
  if (run.state.paused || run.asking || run.left_ms === null || runs === (run.state.ends !== null)) return;
  if (!runs) run.sound.hush();
  run.ear.again();
  run.state = runs ? player.goOn(run.state, steady()) : { ...player.pause(run.state, steady()), paused: false };
  run.tell();
}

/** How much of the step is left, as the camera has measured it. @param {Run} run @param {number} left_ms */
export function setLeft(run, left_ms) {
  run.state = { ...run.state, ...(run.state.ends === null ? { left_ms } : { ends: steady() + left_ms }) };
}

/** Words of the moment, for eye and ear. @param {Run} run @param {string} words */
export function speak(run, words) {
  run.cue = words;
  run.sound.say(words);
  run.tell();
}
