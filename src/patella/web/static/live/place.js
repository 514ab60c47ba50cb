// Where somebody is in a session, kept so that a page that was closed comes back to the same second.
import { memory } from "/static/app/memory.js";

const BEAT = "patella_beat";

/** The place that is known of a session, with the last beat where that is younger. @param {string} id @returns {Promise<any>} */
export async function placeOf(id) {
  const known = await memory.get("runs", id);
  return known && { ...known, ...heard(id, known) };
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
export function keepBeat(id, step, left) {
  try {
    localStorage.setItem(BEAT, JSON.stringify({ id, step, left, seen_at: Date.now() }));
  } catch {
    // without it the player comes back half a second earlier
  }
}

/** The last beat of a session, if it is younger than what is known. @param {string} id @param {any} known */
function heard(id, known) {
  try {
    const beat = JSON.parse(localStorage.getItem(BEAT) ?? "null");
    const fits = beat?.id === id && beat.step === known.state.step && beat.seen_at >= known.seen_at;
    return fits ? { left: beat.left, seen_at: beat.seen_at } : {};
  } catch {
    return {};
  }
}
