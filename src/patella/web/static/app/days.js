// Days and hours of the day in words. Pure.

/** @param {string} iso a day, as 2026-11-22 @returns {Date} its noon, so that no zone can move it */
export const noon = (iso) => new Date(`${iso}T12:00:00`);

/** @param {Date} date */
export function isoDay(date) {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2,
    "0")}`;
}

/** @param {string} iso @param {Intl.DateTimeFormatOptions} [how] */
export function dayWords(iso, how = { weekday: "long", day: "numeric", month: "long" }) {
  return noon(iso).toLocaleDateString("en-GB", how);
}

/** A day that may be of another year, which is said then. @param {string} iso */
export function datedWords(iso) {
  const year = noon(iso).getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return dayWords(iso, { weekday: "long", day: "numeric", month: "long", year });
}

/** @param {string} iso @param {number} days */
export function shift(iso, days) {
  const day = noon(iso);
  day.setDate(day.getDate() + days);
  return isoDay(day);
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
const clockTime = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
