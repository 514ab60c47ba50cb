// Quantities in the units that a person has chosen, as patella/care/units.py tells them. What is kept stays metric.
import { settings } from "/static/app/settings.js";
import { capital } from "/static/app/words.js";

const KM_MM = 1_000_000;
const MILE_MM = 1_609_344;
const POUND_KG = 0.45359237;
const INCH_CM = 2.54;

const inMiles = () => settings().distance === "mi";
const longMm = () => (inMiles() ? MILE_MM : KM_MM);
const nearest = (/** @type {number} */ n, parts = 10) => Math.floor(n * parts + 0.5) / parts;

/** What a distance is typed in: km or mi. */
export const farUnit = () => (inMiles() ? "mi" : "km");
/** @param {number} metres */
export const much = (metres) => (metres * 1000) / longMm();
/** Whole metres of what was typed. @param {number} typed */
export const metresOf = (typed) => Math.round((typed * longMm()) / 1000);

/** How far something was, to the nearest tenth. @param {number} metres */
export function farWords(metres) {
  const n = much(metres);
  return `${nearest(n, n < 100 ? 10 : 1)} ${farUnit()}`;
}

/** A line of risk is not raised by its words. @param {number} metres */
export const lineWords = (metres) => `${Math.floor((metres * 10_000) / longMm()) / 10} ${farUnit()}`;

/** Whether what is short is told in feet and inches. */
export const inFeet = () => settings().height === "ft";

/** The load in words, or null when there is none to speak of. @param {{load_kg: number|null, band: string|null, level?: string|null}} task */
export function loadWords({ load_kg: kg, band, level }) {
  const said = band || level;
  if (said) return capital(inFeet() ? said.replace(/(\d+(?:\.\d+)?) cm\b/g, (_, cm) => `${nearest(cm / INCH_CM, 1)}-inch`) : said);
  if (kg === null || kg === undefined) return null;
  if (kg === 0) return "No weight";
  return settings().weight === "lb" ? `${nearest(kg / POUND_KG)} lb` : `${nearest(kg, 100)} kg`;
}
