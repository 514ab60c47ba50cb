// Numbers and days in words. Pure.

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** @param {number} n */
export const count = (n) => COUNTS[n] ?? String(n);

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** @param {string} side */
export function sideWords(side) {
  return { left: "Left leg", right: "Right leg", each: "Each leg", both: "Both legs" }[side] ?? "";
}

/**
 * How much, in a line: "2 sets of 8 reps, each leg".
 * @param {{sets: number, reps: number|null, holds: number|null, hold_s: number|null, side: string}} task
 */
export function doseWords(task) {
  const side = task.side === "both" ? "" : `, ${sideWords(task.side).toLowerCase()}`;
  return `${plural(task.sets, "set")} of ${setWords(task)}${side}`;
}

/** @param {{reps: number|null, holds: number|null, hold_s: number|null}} task */
export function setWords(task) {
  if (task.reps !== null) return plural(task.reps, "rep");
  const seconds = plain(task.hold_s ?? 0);
  return (task.holds ?? 1) > 1 ? `${task.holds} holds of ${seconds} s` : `${seconds} s`;
}

/** @param {number} n */
export const plain = (n) => String(Math.round(n * 100) / 100);

/** @param {string} footwear */
export function footWords(footwear) {
  return { barefoot: "Barefoot", sneakers: "Shoes on" }[footwear] ?? null;
}

/** @param {number} minutes */
export const minuteWords = (minutes) => (minutes < 1 ? "Under a minute" : `About ${plural(minutes, "minute")}`);

/** @param {number} seconds  for a clock face: 9, 45, 1:05 */
export function clockWords(seconds) {
  const whole = Math.max(0, Math.ceil(seconds - 0.001));
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {string} iso a day, as 2026-11-22 @returns {Date} its noon, so that no zone can move it */
export const noon = (iso) => new Date(`${iso}T12:00:00`);

/** @param {Date} date */
export function isoDay(date) {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}

/** @param {string} iso @param {Intl.DateTimeFormatOptions} [how] */
export function dayWords(iso, how = { weekday: "long", day: "numeric", month: "long" }) {
  return noon(iso).toLocaleDateString("en-GB", how);
}

/** @param {string} iso @param {number} days */
export function shift(iso, days) {
  const day = noon(iso);
  day.setDate(day.getDate() + days);
  return isoDay(day);
}

/** @param {string} scope */
export function scopeWords(scope) {
  return { today: "Today’s few", full: "The whole routine", short: "About ten minutes", snack: "Two minutes", one: "Just one", film: "From a film" }[scope] ?? scope;
}

/**
 * Seconds that are spread evenly through a day, as clock times: for reminders.
 * @param {number} breaks  1 to 6
 * @param {string} from @param {string} to  as 09:00
 */
export function spread(breaks, from, to) {
  const [a, b] = [minutesOf(from), Math.max(minutesOf(from), minutesOf(to))];
  const step = breaks > 1 ? (b - a) / (breaks - 1) : 0;
  return [...new Set(Array.from({ length: breaks }, (_, i) => clockTime(Math.round(a + i * step))))];
}

/** @param {string} time */
const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
/** @param {number} minutes */
const clockTime = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** @param {number} waiting entries on their way */
export const waitingWords = (waiting) => `Waiting to save ${plural(waiting, "entry", "entries")}`;
