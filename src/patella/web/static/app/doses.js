// A dose, and a plan of doses, in words. Pure.
import { plural, setWords, sideWords } from "/static/app/words.js";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve"];

/** @param {number} n */
export const count = (n) => COUNTS[n] ?? String(n);

/**
 * How much, in a line: "2 sets of 8 reps, each leg".
 * @param {{sets: number, reps: number|null, holds: number|null, hold_s: number|null, side: string}} task
 */
export function doseWords(task) {
  const side = task.side === "both" ? "" : `, ${sideWords(task.side).toLowerCase()}`;
  return `${plural(task.sets, "set")} of ${setWords(task)}${side}`;
}

/** @param {string} footwear */
export function footWords(footwear) {
  return { barefoot: "Barefoot", sneakers: "Shoes on" }[footwear] ?? null;
}

/** @param {number} minutes */
export const minuteWords = (minutes) => (minutes < 1 ? "Under a minute" : `About ${plural(minutes, "minute")}`);

/** @param {string} scope */
export function scopeWords(scope) {
  return { today: "Today’s few", full: "The whole routine", short: "About ten minutes", snack: "Two minutes",
    one: "Just one", film: "From a film" }[scope]
    ?? scope;
}
