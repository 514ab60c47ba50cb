// Distances in the unit that a person has chosen, as patella/care/units.py tells them. What is kept stays metric.
import { settings } from "/static/app/settings.js";
import { nearest } from "/static/app/units.js";

const KM_MM = 1_000_000;
const MILE_MM = 1_609_344;

const inMiles = () => settings().distance === "mi";
const longMm = () => (inMiles() ? MILE_MM : KM_MM);

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
