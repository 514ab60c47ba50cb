// The server's clock as the page knows it: a wrong or moved clock on this side never dates an entry.

let ahead_ms = 0;

/**
 * Take the server's time from an answer, if it says one.
 * @param {any} answer
 */
export function hear(answer) {
  const now = typeof answer?.now === "string" ? Date.parse(answer.now) : NaN;
  if (!Number.isNaN(now)) ahead_ms = now - Date.now();
}

/** The moment by the server's clock, as an ISO text with its zone. */
export function moment() {
  return new Date(Date.now() + ahead_ms).toISOString();
}

/** Seconds that only ever go forward, in milliseconds: what every timer is made from. */
export function steady() {
  return performance.now();
}

/** A fresh id. */
export function freshId() {
  return crypto.randomUUID();
}
