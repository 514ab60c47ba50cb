// What the camera saw of one set, for the log.

const MOST_LOGGED = 40;
const ENOUGH_SEEN = 0.5;

/** @import { SeenSet, Step } from "../app/types.js" */

/** An experiment counts, and says nothing about the form. */
export class Seen {
  /** @param {string} key @param {Step} step @param {boolean} experiment */
  constructor(key, step, experiment) {
    this.key = key;
    this.step = step;
    this.experiment = experiment;
    /** @type {import("../app/types.js").SeenRep[]} */
    this.reps = [];
    /** @type {import("../app/types.js").SeenHold[]} */
    this.holds = [];
    this.frames = 0;
    this.ready = 0;
    this.counted = false;
    /** Whether it counted from where nothing of the form can be told. */
    this.blind = false;
  }

  /** @returns {SeenSet} */
  get summary() {
    const seen_fraction = this.frames ? Math.round((this.ready / this.frames) * 100) / 100 : 0;
    if (this.experiment) return { seen_fraction, reps: [], holds: this.holds.slice(0, MOST_LOGGED), form: null };
    const all = [...this.reps, ...this.holds];
    const known = this.counted && !this.blind && all.length > 0 && seen_fraction >= ENOUGH_SEEN;
    const form = known ? Math.round((all.filter((one) => !one.faults.length).length / all.length) * 100) / 100 : null;
    return { seen_fraction, reps: this.reps.slice(0, MOST_LOGGED), holds: this.holds.slice(0, MOST_LOGGED), form };
  }
}
