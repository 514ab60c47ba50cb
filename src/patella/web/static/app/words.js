// Numbers in words. Pure.

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** @param {string} side */
export function sideWords(side) {
  return { left: "Left leg", right: "Right leg", each: "Each leg", both: "Both legs" }[side] ?? "";
}

/** @param {{reps: number|null, holds: number|null, hold_s: number|null}} task */
export function setWords(task) {
  if (task.reps !== null) return plural(task.reps, "rep");
  const seconds = plain(task.hold_s ?? 0);
  return (task.holds ?? 1) > 1 ? `${task.holds} holds of ${seconds} s` : `${seconds} s`;
}

/** @param {number} n */
export const plain = (n) => String(Math.round(n * 100) / 100);

/** @param {number} seconds  for a clock face: 9, 45, 1:05 */
export function clockWords(seconds) {
  const whole = Math.max(0, Math.ceil(seconds - 0.001));
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {number} waiting entries on their way */
export const waitingWords = (waiting) => `Waiting to save ${plural(waiting, "entry", "entries")}`;
