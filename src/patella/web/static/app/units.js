// Loads and heights in the units that a person has chosen, as patella/care/units.py tells them. What is kept stays metric.
import { settings } from "/static/app/settings.js";
import { capital } from "/static/app/words.js";

const POUND_KG = 0.45359237;
const INCH_CM = 2.54;

export const nearest = (/** @type {number} */ n, parts = 10) => Math.floor(n * parts + 0.5) / parts;

/** Whether what is short is told in feet and inches. */
export const inFeet = () => settings().height === "ft";

/** So many centimetres in words: "10 cm", "4 inches", and ahead of what is so high "4-inch". @param {string} text */
const inchWords = (text) => text.replace(/(\d+(?:\.\d+)?) cm\b(?!\))/g, (whole, cm, at) => {
  const inches = nearest(cm / INCH_CM, 1);
  if (/^ [a-z]/.test(text.slice(at + whole.length))) return `${inches}-inch`;
  return `${inches} inch${inches === 1 ? "" : "es"}`;
});

/** The load in words, or null when there is none to speak of. @param {{load_kg: number|null, band: string|null, level?: string|null}} task */
export function loadWords({ load_kg: kg, band, level }) {
  const said = band || level;
  if (said) return capital(inFeet() ? inchWords(said) : said);
  if (kg === null || kg === undefined) return null;
  if (kg === 0) return "No weight";
  return settings().weight === "lb" ? `${nearest(kg / POUND_KG)} lb` : `${nearest(kg, 100)} kg`;
}
