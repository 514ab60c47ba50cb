// Entries on their way: kept in the browser until they are on the server's disk.
import { ApiError } from "/static/app/server.js";
import { training } from "/static/app/training.js";
import { memory } from "/static/app/memory.js";

const WAITS_MS = [300, 700, 1500, 3000, 5000];
const BATCH = 100;

/** @typedef {import("../app/types.js").Note} Note */
/** @typedef {{key: string, session: string, note: Note}} Parcel */
/** @typedef {{waiting: number, trouble: string|null, refused: string|null}} Status */

class Outbox {
  constructor() {
    /** @type {Parcel[]} */
    this.parcels = [];
    /** @type {Status} */
    this.status = { waiting: 0, trouble: null, refused: null };
    this.tries = 0;
    this.busy = false;
    this.count = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    /** @type {Set<(session: string|null, answer: any) => void>} */
    this.listeners = new Set();
    this.ready = this.load();
  }

  async load() {
    this.parcels = await memory.all("outbox");
    this.parcels.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.settle(this.status.trouble);
    if (this.parcels.length) this.send();
  }

  /** @param {(session: string|null, answer: any) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What waits for one session, in order. @param {string} session @returns {Note[]} */
  of(session) {
    return this.parcels.filter((p) => p.session === session).map((p) => p.note);
  }

  /** @param {string} session @param {Note[]} notes */
  async put(session, notes) {
    const stamp = String(Date.now()).padStart(15, "0");
    const parcels = notes.map((note) => ({ key: `${stamp}-${String((this.count += 1)).padStart(6, "0")}`, session, note }));
    this.parcels.push(...parcels);
    this.settle(this.status.trouble);
    await Promise.all(parcels.map((p) => memory.put("outbox", p.key, p)));
    this.send();
  }

  /** Everything of a session away; true when nothing of it waits any more. @param {string} session */
  async empty(session) {
    this.tries = 0;
    await this.send();
    for (let i = 0; i < 20 && this.busy; i += 1) await new Promise((done) => setTimeout(done, 100));
    return this.of(session).length === 0;
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      while (this.parcels.length) await this.sendSome();
      this.tries = 0;
      this.settle(null);
    } catch (error) {
      this.settle(error instanceof ApiError ? error.sentence : String(error));
      this.timer = setTimeout(() => this.send(), WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)]);
      this.tries += 1;
    } finally {
      this.busy = false;
    }
    if (this.parcels.length && this.status.trouble === null) this.send();
  }

  async sendSome() {
    const { session } = this.parcels[0];
    const some = this.parcels.filter((p) => p.session === session).slice(0, BATCH);
    try {
      const answer = await training.events(session, some.map((p) => bare(p.note)));
      this.tell(session, answer); // first: what is acknowledged must not be missing for a moment
      await this.forget(some);
      this.settle(null);
    } catch (error) {
      if (!(error instanceof ApiError) || error.passes) throw error;
      await this.sortOut(some, error);
    }
  }

  /** One of these was refused: find it and say so. @param {Parcel[]} some @param {ApiError} error */
  async sortOut(some, error) {
    if (some.length === 1) {
      await this.forget(some);
      this.status = { ...this.status, refused: `One entry could not be saved: ${error.sentence}` };
      return this.tell(some[0].session, null);
    }
    for (const parcel of some) {
      try {
        const answer = await training.events(parcel.session, [bare(parcel.note)]);
        this.tell(parcel.session, answer);
        await this.forget([parcel]);
      } catch (again) {
        if (!(again instanceof ApiError) || again.passes) throw again;
        await this.sortOut([parcel], again);
      }
    }
  }

  /** @param {Parcel[]} parcels */
  async forget(parcels) {
    const keys = new Set(parcels.map((p) => p.key));
    this.parcels = this.parcels.filter((p) => !keys.has(p.key));
    await Promise.all([...keys].map((key) => memory.drop("outbox", key)));
  }

  /** @param {string|null} trouble */
  settle(trouble) {
    this.status = { ...this.status, waiting: this.parcels.length, trouble: this.parcels.length ? trouble : null };
    this.tell(null, null);
  }

  hush() {
    this.status = { ...this.status, refused: null };
    this.tell(null, null);
  }

  /** @param {string|null} session @param {any} answer */
  tell(session, answer) {
    for (const listener of this.listeners) listener(session, answer);
  }
}

/** @param {Note} note */
const bare = ({ id, kind, at, body }) => ({ id, kind, at, body });

export const outbox = new Outbox();

addEventListener("online", () => outbox.send());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && outbox.send());
