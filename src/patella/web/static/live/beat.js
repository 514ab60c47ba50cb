// The beat that leads a set: how long a rep takes, which one it is, and what is heard at which moment. Pure; milliseconds.

/** @typedef {import("../app/types.js").Tempo} Tempo */
/** @typedef {{at: number, kind: "turn"|"tick", word: string}} Sounding  `at` is counted from the start of the set */

const NUMBERS = ["", "", "two", "three", "four", "five", "six"];
const HOLD_WORDS_FROM_S = 2;

/** How long one rep takes. @param {Tempo} tempo */
export const repMs = (tempo) => (tempo.up_s + tempo.hold_s + tempo.down_s + tempo.rest_s) * 1000;

/**
 * How many reps are over when so much of the set is left. @param {Tempo} tempo @param {number} reps asked @param {number} left
 */
export const repsOver = (tempo, reps, left) => reps - Math.ceil(left / repMs(tempo) - 1e-6);

/**
 * What is heard in one rep: a turn where the movement turns, a tick on each second between, nothing while it rests.
 * @param {Tempo} tempo @param {Object<string, string>} [cues] the exercise's own words for out and back
 * @returns {Sounding[]}
 */
export function soundsOf(tempo, cues = {}) {
  const { up_s, hold_s, down_s } = tempo;
  const hold = hold_s >= HOLD_WORDS_FROM_S ? phase(up_s, hold_s, "hold") : hold_s > 0 ? [{ at: up_s * 1000, kind: /** @type {"tick"} */ ("tick"), word: "" }] : [];
  return [...phase(0, up_s, cues.out ?? "out"), ...hold, ...phase(up_s + hold_s, down_s, cues.back ?? "back")];
}

/** @param {number} from_s @param {number} length_s @param {string} word @returns {Sounding[]} */
function phase(from_s, length_s, word) {
  return Array.from({ length: Math.ceil(length_s) }, (_, n) => ({
    at: (from_s + n) * 1000,
    kind: n ? "tick" : "turn",
    word: n ? NUMBERS[n + 1] ?? "" : word,
  }));
}

/**
 * Everything heard in a set after `from` and up to `to`, both counted from its start.
 * @param {Tempo} tempo @param {number} reps @param {Object<string, string>} cues @param {number} from @param {number} to
 * @returns {Sounding[]}
 */
export function soundsBetween(tempo, reps, cues, from, to) {
  const length = repMs(tempo);
  const first = Math.max(0, Math.floor(from / length));
  const last = Math.min(reps - 1, Math.floor(to / length));
  const found = [];
  for (let rep = first; rep <= last; rep += 1) {
    for (const one of soundsOf(tempo, cues)) {
      const at = rep * length + one.at;
      if (at > from && at <= to) found.push({ ...one, at });
    }
  }
  return found;
}

/**
 * A tempo as a person would say it: "Down for 3, up for 2."
 * @param {Tempo} tempo @param {Object<string, string>} [cues]
 */
export function tempoWords(tempo, cues = {}) {
  const out = `${cues.out ?? "Out"} for ${tempo.up_s}`;
  const hold = tempo.hold_s > 0 ? `, hold ${tempo.hold_s}` : "";
  return `${out}${hold}, ${(cues.back ?? "back").toLowerCase()} for ${tempo.down_s}.`;
}
