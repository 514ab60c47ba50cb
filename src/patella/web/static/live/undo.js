// What can be taken back, and the entry that does it.
export const UNDOABLE = ["set.done", "entry.changed", "pain.noted", "effort.noted", "item.skipped", "item.stopped"];

/** @typedef {{id: string, kind: string, step: number, words: string, was?: any}} Undo */

/** What takes a note back later: the step it was made at, and what was there before. @param {any} note @param {number} step @param {import("../app/types.js").Scene} before @returns {Undo} */
export function undoOf(note, step, before) {
  if (note.kind !== "entry.changed") return { id: note.id, kind: note.kind, step, words: wordsFor(note) };
  const was = before.sets.find((s) => s.event_id === note.body.of);
  const body = was ? { reps: was.reps, holds: was.holds, hold_s: was.hold_s, held_s: was.held_s ?? null } : note.body.body;
  return { id: note.body.of, kind: note.kind, step, words: "Set corrected", was: body };
}

/** @param {Undo} undo */
export function takingBack({ id, kind, was }) {
  return kind === "entry.changed"
    ? { kind, body: { of: id, body: was } }
    : { kind: "entry.undone", body: { of: id } };
}

/** @param {any} note */
function wordsFor({ kind, body }) {
  if (kind === "set.done") return body.reps ? `${body.reps} reps` : `${body.holds > 1 ? `${body.holds} × ` : ""}${body.hold_s} s`;
  return { "pain.noted": `Pain ${body.nprs}`, "effort.noted": `How many more: ${body.left}`, "item.skipped": "Exercise left out", "item.stopped": "Exercise stopped" }[kind] ?? kind;
}
