// What every page asks, and a session does: all that the player fetches of the ways to the server.
import { ask, at } from "/static/app/server.js";

export const training = {
  health: () => ask("GET", "/health"),
  profile: () => ask("GET", "/profile"),
  /** @param {Object<string, any>} values */
  change: (values) => ask("PATCH", "/profile", values),
  exercises: () => ask("GET", "/exercises"),
  /** @param {string} id */
  session: (id) => ask("GET", `/sessions/${at(id)}`),
  /** @param {string} id @param {any[]} events */
  events: (id, events) => ask("POST", `/sessions/${at(id)}/events`, { events }),
  /** @param {string} id @param {{id: string, item: number, to: string|null}} wanted */
  swap: (id, wanted) => ask("POST", `/sessions/${at(id)}/swap`, wanted),
  /** @param {string} id @param {{id: string, item: number}} wanted */
  ease: (id, wanted) => ask("POST", `/sessions/${at(id)}/ease`, wanted),
};
