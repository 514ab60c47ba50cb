// What the ear is given of a step: the word at half time, the last seconds, the beat.
import { soundsBetween } from "/static/live/beat.js";
import { countdownOf, halfwayOf } from "/static/live/cues.js";
import * as player from "/static/live/player.js";

/** So far ahead, so that a slow page does not limp. */
const AHEAD_MS = 1200;

/** @import { Scene, State, Step } from "../app/types.js" */

export class Ear {
  /** @param {import("./sound.js").Sound} sound */
  constructor(sound) {
    this.sound = sound;
    this.halfway = false;
    this.counted = 0;
    /** Up to where the beat of this set was given to the ear, from its start in ms. */
    this.beaten = -1;
    /** The word of the beat that is being done. */
    this.word = "";
  }

  /** A step begins. */
  begin() {
    this.halfway = false;
    this.counted = 0;
    this.beaten = -1;
    this.word = "";
  }

  /** The time stood still or jumped: what was given ahead is given anew. */
  again() {
    this.beaten = -1;
  }

  /** What is due now; gives the words of half time. @param {Scene} scene @param {State} state @param {Step} step @param {number} now */
  hear(scene, state, step, now) {
    const left = player.leftOf(state, now);
    if (left === null || state.ends === null) return null;
    const words = this.sayHalfway(scene, state, step, left);
    if (step.kind === "reps") this.drum(scene, state, step, left);
    else this.countDown(step, left);
    return words;
  }

  /** @param {Scene} scene @param {State} state @param {Step} step @param {number|null} left */
  sayHalfway(scene, state, step, left) {
    const words = this.halfway ? null : halfwayOf(scene, step, { left_ms: left, reps: state.reps });
    if (!words) return null;
    this.halfway = true;
    this.sound.say(words);
    return words;
  }

  /** @param {Step} step @param {number} left */
  countDown(step, left) {
    const second = Math.ceil(left / 1000);
    if (second <= 0 || second > countdownOf(step) || second === this.counted) return;
    this.counted = second;
    this.sound.count(false);
  }

  /** The beat of the next second, for the sound card. @param {Scene} scene @param {State} state @param {Step} step @param {number} left */
  drum(scene, state, step, left) {
    const task = scene.tasks[step.task];
    if (!task.tempo || !player.isLed(scene, state)) return;
    const at = (player.lengthOf(scene, step) ?? 0) - left;
    const due = soundsBetween(task.tempo, step.reps ?? 0, task.cues ?? {}, Math.max(this.beaten, at - AHEAD_MS), at + AHEAD_MS);
    this.beaten = Math.max(this.beaten, at + AHEAD_MS);
    for (const one of due) this.sound.beat(one.kind, one.word, (one.at - at) / 1000);
    this.word = soundsBetween(task.tempo, step.reps ?? 0, task.cues ?? {}, at - 1100, at).filter((one) => one.word).at(-1)?.word ?? "";
  }
}
