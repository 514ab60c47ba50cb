// The settings that the page needs everywhere, and the catalogue.
import { training } from "/static/app/training.js";

const THEME = "patella_theme";

/** Before the server has answered; also what a new person has. */
export const USUAL = {
  knees: [], one_leg: false, has: null, cautious: false, full_arc: false, maintenance: null, usual_pain: null, letter: false,
  counting: "beat",
  sound: { voice: true, volume: 0.8, muted: false, lead: true }, theme: "system", weight: "kg", distance: "km", height: "cm", break_min: 0, activity_watch: false, listens: false, equipment: [],
};

/** What the server said last. @type {any} */
let heard = null;
/** Changes it has not answered yet, in the order they were made. @type {Object<string, any>[]} */
const waiting = [];
/** The last change to be sent: one after another. @type {Promise<unknown>} */
let sending = Promise.resolve();
/** @type {any} */
let known = null;
/** @type {Promise<Map<string, any>>|null} */
let shelf = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** The settings as last heard, or the usual ones. */
export const settings = () => known ?? USUAL;

/** Whether the server has said them. */
export const settingsKnown = () => heard !== null;

/** Hear when settings change. @param {() => void} listener */
export function onSettings(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ask for the settings; with no server the last known ones stay. */
export async function loadSettings() {
  heard = await training.profile();
  show();
  return settings();
}

/** Change some of them, at once on the page and then on disk. What cannot be kept goes back, and nothing with it. @param {Object<string, any>} values */
export async function changeSettings(values) {
  waiting.push(values);
  show();
  const sent = sending.then(() => training.change(values));
  sending = sent.catch(() => undefined);
  try {
    heard = { ...heard, ...(await sent) };
  } finally {
    waiting.splice(waiting.indexOf(values), 1);
    show();
  }
}

/** What was heard, with what is on its way on top of it. */
function show() {
  const values = Object.assign({}, USUAL, heard, ...waiting);
  known = { ...values, sound: { ...USUAL.sound, ...values.sound } };
  showTheme(known.theme);
  for (const listener of listeners) listener();
}

/** @param {string} theme */
function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // a window that keeps nothing still shows the theme
  }
}

/** The theme of last time, at once, so that nothing flashes. */
export function recallTheme() {
  try {
    document.documentElement.dataset.theme = localStorage.getItem(THEME) ?? "system";
  } catch {
    document.documentElement.dataset.theme = "system";
  }
}

export const dark = matchMedia("(prefers-color-scheme: dark)");
export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the page is dark now. */
export function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme === "dark" || (theme !== "light" && dark.matches);
}

/** Every exercise by its id, asked for once. @returns {Promise<Map<string, any>>} */
export function catalogue() {
  shelf ??= training.exercises().then((list) => new Map((list.exercises ?? list).map((e) => [e.id, e])));
  shelf.catch(() => { shelf = null; });
  return shelf;
}
