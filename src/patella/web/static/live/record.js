// One session as the page sees it: what the server has, with what is still on its way folded in.
import { training } from "/static/app/training.js";
import { freshId, moment } from "/static/app/clock.js";
import { memory } from "/static/app/memory.js";
import { settings, settingsKnown } from "/static/app/settings.js";
import { fold } from "/static/live/fold.js";
import { outbox } from "/static/live/outbox.js";
import { exchanged } from "/static/live/steps.js";

/** @import { Note, Session } from "../app/types.js" */

export class Record {
  /** @param {Session} kept @param {boolean} cautious */
  constructor(kept, cautious) {
    this.kept = kept;
    this.cautious = cautious;
    /** What the session was folded from. @type {any[]} */
    this.from = [];
    this.folded = kept;
    /** The exercises whose other leg comes first. @type {Set<number>} */
    this.turned = new Set();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    this.unlisten = outbox.listen((session, answer) => this.hear(session, answer));
  }

  /**
   * The session from the server, or as it was last seen when the server is gone. Whether somebody is cautious and did not
   * say so today is not known then: it is what it was, or yes.
   * @param {string} id
   */
  static async open(id) {
    await outbox.ready;
    const known = await memory.get("sessions", id);
    const kept = await training.session(id).catch((error) => {
      if (!error.gone || !known) throw error;
      return known;
    });
    const record = new Record(kept, settingsKnown() ? settings().cautious : known?.cautious ?? true);
    record.take(kept);
    return record;
  }

  /** Folded anew only when something came: it is asked for many times a tick. @returns {Session} */
  get session() {
    const notes = outbox.of(this.kept.id);
    const from = [this.kept, ...notes, ...this.turned];
    if (from.length !== this.from.length || from.some((x, i) => x !== this.from[i])) {
      const session = fold(this.kept, notes, this);
      this.folded = { ...session, steps: exchanged(session.steps, this.turned) };
      this.from = from;
    }
    return this.folded;
  }

  /** @param {string|null} session @param {any} answer */
  hear(session, answer) {
    if (session === this.kept.id && answer?.session) this.take(answer.session);
    this.tell();
  }

  /** @param {Session} session */
  take(session) {
    this.kept = session;
    memory.put("sessions", session.id, { ...session, cautious: this.cautious, kept_at: Date.now() });
  }

  /**
   * Note what happened; it is shown at once and saved as soon as the server has it.
   * @param {{kind: string, body: Object<string, any>, undoes?: any}[]} entries
   * @returns {Note[]}
   */
  note(entries) {
    if (!entries.length) return [];
    const notes = entries.map((e) => ({ id: freshId(), at: moment(), ...e }));
    outbox.put(this.kept.id, notes);
    this.tell();
    return notes;
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  close() {
    this.unlisten();
    this.listeners.clear();
  }
}
