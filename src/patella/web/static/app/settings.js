// The person's settings as the page needs them everywhere: theme, sound, units, and the catalogue of exercises.
import { api } from "/static/app/api.js";

const THEME = "patella_theme";

/** Before the server has answered; also what a new person has. */
export const USUAL = {
  knees: [], one_leg: false, has: null, cautious: false, full_arc: false, maintenance: null, usual_pain: null, letter: false,
  counting: "beat",
  sound: { voice: true, volume: 0.8, muted: false, lead: true }, theme: "system", weight: "kg", distance: "km", height: "cm", break_min: 0, activity_watch: false, listens: false, equipment: [],
};

/** @type {any} */
let known = null;
/** @type {Promise<Map<string, any>>|null} */
let shelf = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** The settings as last heard, or the usual ones. */
export const settings = () => known ?? USUAL;

/** Hear when settings change. @param {() => void} listener */
export function onSettings(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ask for the settings; with no server the last known ones stay. */
export async function loadSettings() {
  take(await api.profile());
  return settings();
}

/** Change some of them, at once on the page and then on disk. @param {Object<string, any>} values */
export async function changeSettings(values) {
  const before = settings();
  take({ ...before, ...values });
  try {
    take({ ...settings(), ...(await api.change(values)) });
  } catch (error) {
    take(before);
    throw error;
  }
}

/** @param {any} values */
function take(values) {
  known = { ...USUAL, ...values, sound: { ...USUAL.sound, ...values.sound } };
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
  for (const listener of listeners) listener();
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
  shelf ??= api.exercises().then((list) => new Map((list.exercises ?? list).map((e) => [e.id, e])));
  shelf.catch(() => { shelf = null; });
  return shelf;
}
