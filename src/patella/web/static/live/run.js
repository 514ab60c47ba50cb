// The player at work: the machine of player.js with a clock, a voice and the log.
import { steady } from "/static/app/clock.js";
import { memory } from "/static/app/memory.js";
import { countdownOf, cueOf, halfwayOf, spokenOf } from "/static/live/cues.js";
import * as player from "/static/live/player.js";
import { colourOf } from "/static/live/pain.js";
import { goneOf, openFrom, samePlace, startOf } from "/static/live/steps.js";
import { ownScript } from "/static/ui/trust.js";

const KEEP_EVERY_MS = 500;
const BEAT = "patella_beat";
const GOES_ON_WITHIN_MS = 10_000;
const UNDOABLE = ["set.done", "entry.changed", "pain.noted", "item.skipped", "item.stopped"];

/** @typedef {import("./record.js").Record} Record */
/** @typedef {import("./player.js").Move} Move */
/** @typedef {{id: string, kind: string, item?: number, step: number, words: string, was?: any}} Undo */

export class Run {
  /** @param {Record} record @param {import("./sound.js").Sound} sound */
  constructor(record, sound) {
    this.record = record;
    this.sound = sound;
    /** @type {player.State} */
    this.state = { step: 0, ends: null, left: null, paused: false, reps: 0, held: 0 };
    /** @type {Undo[]} */
    this.undos = [];
    /** The sentence on the screen. */
    this.cue = "";
    /** Something just happened, said for a while. @type {string|null} */
    this.notice = null;
    /** A question that lies over the player. @type {null|"hurt"|"leave"} */
    this.asking = null;
    this.halfway = false;
    this.counted = 0;
    this.kept_at = 0;
    this.ticked_at = steady();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Worker|null} */
    this.ticker = null;
    /** The camera's coach, while it is on. @type {import("./coach.js").Coach|null} */
    this.coach = null;
  }

  /** @returns {player.Scene} */
  get scene() {
    const { steps, tasks, sets } = this.record.session;
    return { steps, tasks, sets, gone: goneOf(this.record.session) };
  }

  get step() {
    return this.record.session.steps[this.state.step] ?? null;
  }

  get isOver() {
    return player.isOver(this.state, this.scene);
  }

  /** Milliseconds left in this step, or null. */
  get left() {
    return player.leftOf(this.state, steady());
  }

  /** Begin, or come back to the second at which the page was last seen. */
  async start() {
    const known = await memory.get("runs", this.record.kept.id);
    this.record.turned = new Set(known?.turned ?? []);
    if (known && this.takeUp({ ...known, ...heard(this.record.kept.id, known) })) this.show(false);
    else this.first();
    this.ticker = new Worker(ownScript("/static/live/ticker.js"));
    this.ticker.onmessage = () => this.tick();
    this.onHide = () => { this.beat(); this.keep(); };
    addEventListener("pagehide", this.onHide);
    document.addEventListener("visibilitychange", this.onHide);
    this.ticked_at = steady();
    this.tell();
  }

  first() {
    const { scene } = this;
    const step = openFrom(scene.steps, scene.gone, this.record.session.step);
    this.state = { ...this.state, paused: this.record.session.paused };
    this.move(player.enter(scene, this.state, step, steady()));
  }

  /** @param {any} known */
  takeUp(known) {
    const step = this.record.session.steps[known.state.step];
    if (!step || step.kind !== known.kind || step.task !== known.task) return false;
    const away = Date.now() - known.seen_at;
    const goesOn = !known.state.paused && away >= 0 && away < GOES_ON_WITHIN_MS;
    const stands = { ...known.state, left: known.left, ends: null, paused: true };
    this.state = goesOn ? player.goOn(stands, steady()) : stands;
    this.undos = known.undos ?? [];
    if (!goesOn && !known.state.paused) this.notice = "Welcome back. You are where you left; go on when you are ready.";
    return true;
  }

  stop() {
    this.coach?.off();
    this.ticker?.terminate();
    this.ticker = null;
    if (this.onHide) {
      removeEventListener("pagehide", this.onHide);
      document.removeEventListener("visibilitychange", this.onHide);
    }
    this.sound.hush();
    this.listeners.clear();
  }

  tick() {
    const now = steady();
    const slept = now - this.ticked_at > player.ASLEEP_MS;
    if (slept && this.state.ends !== null) {
      this.state = player.hold(this.state, this.ticked_at);
      this.notice = "You were away for a while. You are where you left; go on when you are ready.";
      this.record.note([{ kind: "session.paused", body: {} }]);
    }
    this.ticked_at = now;
    this.move(player.tick(this.scene, this.state, now));
    this.count(now);
    if (now - this.kept_at > KEEP_EVERY_MS) this.keep();
    this.beat();
    this.tell();
  }

  /** The word at half time and the last seconds. @param {number} now */
  count(now) {
    const { step } = this;
    const left = player.leftOf(this.state, now);
    if (!step || left === null || this.state.ends === null) return;
    if (!this.halfway) this.sayHalfway(left);
    const second = Math.ceil(left / 1000);
    if (second > 0 && second <= countdownOf(step) && second !== this.counted) {
      this.counted = second;
      this.sound.count(false);
    }
  }

  /** @param {number|null} left */
  sayHalfway(left) {
    const words = this.step ? halfwayOf(this.scene, this.step, { left_ms: left, reps: this.state.reps }) : null;
    if (!words) return;
    this.halfway = true;
    this.cue = words;
    this.sound.say(words);
  }

  /** Take a move of the machine: into the log, onto the screen, into the ear. @param {Move} move */
  move({ state, entries }) {
    const from = this.state.step;
    const before = this.scene;
    const entered = entries.filter((e) => e.kind === "step.reached");
    this.state = state;
    const notes = this.record.note(this.coach ? entries.map((e) => this.coach?.sign(e) ?? e) : entries);
    notes.filter((n) => UNDOABLE.includes(n.kind)).forEach((n) => this.remember(n, from, before));
    if (entered.length) this.show(true);
  }

  /** @param {any} note @param {number} step @param {player.Scene} before */
  remember(note, step, before) {
    if (note.kind === "entry.changed") {
      const was = before.sets.find((s) => s.event_id === note.body.of);
      const body = was ? { reps: was.reps, holds: was.holds, hold_s: was.hold_s } : note.body.body;
      this.undos.push({ id: note.body.of, kind: note.kind, step, words: "Set corrected", was: body });
      return;
    }
    this.undos.push({ id: note.id, kind: note.kind, item: note.body.item, step, words: undoWords(note) });
  }

  /** @param {boolean} aloud */
  show(aloud) {
    const { step, scene } = this;
    this.halfway = false;
    this.counted = 0;
    this.cue = step ? cueOf(scene, step) : "All done. You did it.";
    if (aloud) {
      this.sound.count(true);
      this.sound.say(step ? spokenOf(scene, step) : this.cue);
    }
    this.keep();
  }

  keep() {
    const { step, state } = this;
    this.kept_at = steady();
    if (!step) return memory.drop("runs", this.record.kept.id);
    const left = this.asking ? this.heldBack : this.left;
    const kept = { ...state, paused: this.asking ? false : state.paused };
    const seen = { state: kept, left, kind: step.kind, task: step.task, undos: this.undos.slice(-30), turned: [...this.record.turned], seen_at: Date.now() };
    return memory.put("runs", this.record.kept.id, seen);
  }

  /** How much of the step is left, written down at once: what is put in the database may come a moment late. */
  beat() {
    try {
      const left = this.asking ? this.heldBack : this.left;
      localStorage.setItem(BEAT, JSON.stringify({ id: this.record.kept.id, step: this.state.step, left, seen_at: Date.now() }));
    } catch {
      // without it the player comes back half a second earlier
    }
  }

  /** On: as asked (done), or as far as it went (next). @param {boolean} whole */
  onward(whole) {
    if (!this.step) return;
    this.notice = null;
    this.move(player.onward(this.scene, this.state, steady(), whole));
    this.tell();
  }

  back() {
    if (!this.step) return;
    this.notice = null;
    this.move(player.back(this.scene, this.state, steady()));
    this.tell();
  }

  /** @param {number} by */
  rep(by) {
    if (this.step?.kind !== "reps") return;
    if (this.state.paused) this.resume();
    this.state = player.countRep(this.state, by);
    if (by > 0) {
      this.sound.tap();
      if (!this.halfway) this.sayHalfway(null);
    }
    this.keep();
    this.tell();
  }

  pause() {
    if (this.state.paused || !this.step) return;
    this.state = player.hold(this.state, steady());
    this.sound.hush();
    this.record.note([{ kind: "session.paused", body: {} }]);
    this.keep();
    this.tell();
  }

  resume() {
    if (!this.state.paused) return;
    this.sound.wake();
    this.notice = null;
    this.state = player.goOn(this.state, steady());
    this.record.note([{ kind: "session.resumed", body: {} }]);
    this.keep();
    this.tell();
  }

  /** Lay a question over the player; the time stands still meanwhile. @param {"hurt"|"leave"} what */
  ask(what) {
    if (this.asking || !this.step) return;
    this.wasPaused = this.state.paused;
    this.heldBack = this.left;
    this.state = player.hold(this.state, steady());
    this.asking = what;
    this.sound.hush();
    this.tell();
  }

  /** The question is answered or put away. */
  asked() {
    if (!this.asking) return;
    this.asking = null;
    if (!this.wasPaused) this.state = player.goOn(this.state, steady());
    this.keep();
    this.tell();
  }

  /** The camera lets the clock of a step run, or stand until it has seen what it waits for. @param {boolean} runs */
  let(runs) {
    if (this.state.paused || this.asking || this.left === null || runs === (this.state.ends !== null)) return;
    this.state = runs ? player.goOn(this.state, steady()) : { ...player.hold(this.state, steady()), paused: false };
    this.tell();
  }

  /** How much of the step is left, as the camera has measured it. @param {number} left in ms */
  leave(left) {
    this.state = { ...this.state, ...(this.state.ends === null ? { left } : { ends: steady() + left }) };
  }

  /** Words of the moment, for eye and ear. @param {string} words */
  speak(words) {
    this.cue = words;
    this.sound.say(words);
    this.tell();
  }

  more() {
    this.state = player.lengthen(this.state, 15);
    this.keep();
    this.tell();
  }

  /** @param {"item.skipped"|"item.stopped"|null} kind */
  leaveTask(kind) {
    if (!this.step) return;
    const words = this.record.session.tasks[this.step.task].name;
    this.move(player.leaveTask(this.scene, this.state, steady(), kind));
    this.notice = kind === "item.skipped" ? `${words} left out. That is fine.` : null;
    this.tell();
  }

  /** Note pain; gives its colour. In the question after an exercise it also goes on. @param {number} nprs */
  hurts(nprs) {
    const { step } = this;
    if (!step) return "green";
    const task = this.record.session.tasks[step.task];
    const body = { when: "during", nprs, knee: null, item: step.task, exercise: task.exercise };
    this.move({ state: this.state, entries: [{ kind: "pain.noted", body }] });
    this.keep();
    this.tell();
    return colourOf(nprs, this.record.cautious);
  }

  /** Take back the last entry and go to where it was made. */
  undo() {
    const last = this.undos.pop();
    if (!last) return;
    const { id, kind, item } = last;
    const entry = kind === "entry.changed"
      ? { kind, body: { of: id, body: last.was } }
      : { kind: "entry.undone", body: { of: id }, undoes: { kind, item } };
    this.record.note([entry]);
    const step = Math.min(last.step, this.record.session.steps.length - 1);
    this.move(player.enter(this.scene, this.state, step, steady()));
    this.notice = `Taken back: ${last.words.toLowerCase()}.`;
    this.keep();
    this.tell();
  }

  /** @param {number} item @param {string|null} to */
  async swap(item, to) {
    const was = this.record.session.tasks[item].name;
    await this.record.swap(item, to);
    this.undos = [];
    this.notice = `${was} swapped for ${this.record.session.tasks[item].name}.`;
    this.move(player.enter(this.scene, this.state, startOf(this.scene.steps, item), steady()));
    this.tell();
  }

  /** @param {number} item */
  async ease(item) {
    const was = this.step;
    await this.record.ease(item);
    const { scene } = this;
    const step = was && was.task === item ? samePlace(scene.steps, was) : this.state.step;
    this.move(player.enter(scene, this.state, step, steady()));
    this.notice = "One step easier for the rest of this session.";
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
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

/** @param {any} note */
function undoWords({ kind, body }) {
  if (kind === "set.done") return body.reps ? `${body.reps} reps` : `${body.holds > 1 ? `${body.holds} × ` : ""}${body.hold_s} s`;
  return { "pain.noted": `Pain ${body.nprs}`, "item.skipped": "Exercise left out", "item.stopped": "Exercise stopped" }[kind] ?? kind;
}
