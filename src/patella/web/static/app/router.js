// Addresses of the page and the views behind them.
import { current, placed } from "/static/app/transport.js";

/** @typedef {{view: string, id: string|null, query: URLSearchParams, turn: number}} Place `turn` changes when a view begins anew */

const VIEWS = ["today", "player", "finish", "diary", "timeline", "library", "lessons", "settings", "walkrun", "welcome", "paper"];

/**
 * The view that an address means; today for the bare one, "lost" for one that there is not.
 * @param {string} path
 * @param {string} [search]
 * @param {number} [turn]
 * @returns {Place}
 */
export function placeOf(path, search = "", turn = 0) {
  const [view = "", id = null, ...more] = path.split("/").filter(Boolean);
  const query = new URLSearchParams(search);
  if (view === "") return { view: "today", id: null, query, turn };
  const needs = view === "player" || view === "finish";
  const known = VIEWS.includes(view) && more.length === 0 && (!needs || id !== null);
  return { view: known ? view : "lost", id: id === null ? null : decodeURIComponent(id), query, turn };
}

/** @type {Set<(place: Place) => void>} */
const listeners = new Set();

let turn = 0;

/** The place the page is at. */
export function here() {
  const [path, search] = current().split("?");
  return placeOf(path, search, turn);
}

/**
 * Go to an address of the page.
 * @param {string} to
 * @param {{replace?: boolean}} [how]
 */
export function go(to, { replace = false } = {}) {
  if (to === current()) turn += 1;
  if (replace) history.replaceState(null, "", placed(to));
  else history.pushState(null, "", placed(to));
  tell();
}

function tell() {
  const place = here();
  for (const listener of listeners) listener(place);
}

/**
 * Follow the addresses: links of our own open without a reload.
 * @param {(place: Place) => void} listener
 */
export function follow(listener) {
  listeners.add(listener);
  addEventListener("popstate", tell);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (link.pathname === location.pathname && link.hash) return;
    if (link.pathname.startsWith("/api/") || link.pathname.startsWith("/static/")) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
