// Where somebody is in a session, kept so that a page that was closed comes back to the same second.
import { memory } from "/static/app/memory.js";

const LEFT = "patella_beat";

/** The place that is known of a session, with what was left of its step where that is younger. @param {string} id @returns {Promise<any>} */
export async function placeOf(id) {
  const known = await memory.get("runs", id);
  return known && { ...known, ...lastLeft(id, known) };
}

/** @param {string} id @param {any} seen */
export function keepPlace(id, seen) {
  return memory.put("runs", id, seen);
}

/** @param {string} id */
export function leavePlace(id) {
  return memory.drop("runs", id);
}

/** How much of a step is left, written down at once: what is put in the database may come a moment late. @param {string} id @param {number} step @param {number|null|undefined} left */
export function keepLeft(id, step, left) {
  try {
    localStorage.setItem(LEFT, JSON.stringify({ id, step, left, seen_at: Date.now() }));
  } catch {
    // without it the player comes back half a second earlier
  }
}

/** What was left, if that is younger than what is known. @param {string} id @param {any} known */
function lastLeft(id, known) {
  try {
    const last = JSON.parse(localStorage.getItem(LEFT) ?? "null");
    const fits = last?.id === id && last.step === known.state.step && last.seen_at >= known.seen_at;
    return fits ? { left: last.left, seen_at: last.seen_at } : {};
  } catch {
    return {};
  }
}
