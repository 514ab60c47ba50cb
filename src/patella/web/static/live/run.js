// The player at work: the machine of player.js with a clock, a voice and the log.
import { steady } from "/static/app/clock.js";
import { settings } from "/static/app/settings.js";
import { cueOf, spokenOf } from "/static/live/cues.js";
import { Ear } from "/static/live/ear.js";
import * as player from "/static/live/player.js";
import { colourOf } from "/static/live/pain.js";
import { keepLeft, keepPlace, leavePlace, placeOf } from "/static/live/place.js";
import { goneOf, openFrom } from "/static/live/steps.js";
import { UNDOABLE, takingBack, undoOf } from "/static/live/undo.js";
import { ownScript } from "/static/ui/trust.js";

const KEEP_EVERY_MS = 500;
const GOES_ON_WITHIN_MS = 10_000;

/** @typedef {import("./record.js").Record} Record */
/** @import { Move, Scene, State } from "../app/types.js" */
/** @typedef {import("./undo.js").Undo} Undo */

export class Run {
  /** @param {Record} record @param {import("./sound.js").Sound} sound */
  constructor(record, sound) {
    this.record = record;
    this.sound = sound;
    this.ear = new Ear(sound);
    /** @type {State} */
    this.state = { step: 0, ends: null, left_ms: null, paused: false, reps: 0, led: 0, own: false, held: [] };
    /** @type {Undo[]} */
    this.undos = [];
    /** The sentence on the screen. */
    this.cue = "";
    /** Something just happened, said for a while. @type {string|null} */
    this.notice = null;
    /** A question that lies over the player. @type {null|"hurt"|"leave"} */
    this.asking = null;
    this.kept_at = 0;
    this.ticked_at = steady();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Worker|null} */
    this.ticker = null;
    /** The camera's coach, while it is on. @type {import("./coach.js").Coach|null} */
    this.coach = null;
  }

  /** @returns {Scene} */
  get scene() {
    const { steps, tasks, sets } = this.record.session;
    return { steps, tasks, sets, gone: goneOf(this.record.session), beat: settings().counting !== "self" };
  }

  get step() {
    return this.record.session.steps[this.state.step] ?? null;
  }

  get isOver() {
    return player.isOver(this.state, this.scene);
  }

  /** The word of the beat that is being done. */
  get word() {
    return this.ear.word;
  }

  /** Of this step, or null. */
  get left_ms() {
    return player.leftOf(this.state, steady());
  }

  get isLed() {
    return player.isLed(this.scene, this.state);
  }

  /** Begin, or come back to the second at which the page was last seen. */
  async start() {
    const known = await placeOf(this.record.kept.id);
    this.record.turned = new Set(known?.turned ?? []);
    if (known && this.takeUp(known)) this.show(false);
    else this.first();
    this.ticker = new Worker(ownScript("/static/live/ticker.js"));
    this.ticker.onmessage = () => this.tick();
    this.onHide = () => { this.keepLeft(); this.keep(); };
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
    const held = Array.isArray(known.state.held) ? known.state.held : [];
    const stands = { ...known.state, held, left_ms: known.left, ends: null, paused: true };
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
      this.state = player.pause(this.state, this.ticked_at);
      this.notice = "You were away for a while. You are where you left; go on when you are ready.";
      this.record.note([{ kind: "session.paused", body: {} }]);
    }
    this.ticked_at = now;
    this.move(player.tick(this.scene, this.state, now));
    this.listen(now);
    if (now - this.kept_at > KEEP_EVERY_MS) this.keep();
    this.keepLeft();
    this.tell();
  }

  /** What the ear hears of this moment. @param {number} now */
  listen(now) {
    if (this.step) this.cue = this.ear.hear(this.scene, this.state, this.step, now) ?? this.cue;
  }

  sayHalfway() {
    if (this.step) this.cue = this.ear.sayHalfway(this.scene, this.state, this.step, null) ?? this.cue;
  }

  /** Take a move of the machine: into the log, onto the screen, into the ear. @param {Move} move */
  move({ state, entries }) {
    const from = this.state.step;
    const before = this.scene;
    const entered = entries.filter((e) => e.kind === "step.reached");
    this.state = state;
    const notes = this.record.note(this.coach ? entries.map((e) => this.coach?.sign(e) ?? e) : entries);
    notes.filter((n) => UNDOABLE.includes(n.kind)).forEach((n) => this.undos.push(undoOf(n, from, before)));
    if (entered.length) this.show(true);
  }

  /** @param {boolean} aloud */
  show(aloud) {
    const { step, scene } = this;
    this.ear.begin();
    this.cue = step ? cueOf(scene, step) : "All done. You did it.";
    if (aloud) {
      this.sound.count(true);
      this.sound.say(step ? `${this.coach?.sayPlace() ?? ""}${spokenOf(scene, step)}` : this.cue);
    }
    this.keep();
  }

  keep() {
    const { step, state } = this;
    this.kept_at = steady();
    if (!step) return leavePlace(this.record.kept.id);
    const kept = { ...state, paused: this.asking ? false : state.paused };
    const seen = { state: kept, left: this.left_ms, kind: step.kind, task: step.task, undos: this.undos.slice(-30), turned: [...this.record.turned], seen_at: Date.now() };
    return keepPlace(this.record.kept.id, seen);
  }

  keepLeft() {
    keepLeft(this.record.kept.id, this.state.step, this.left_ms);
  }

  /** On: as asked (done), or as far as it went (next). @param {boolean} whole */
  onward(whole) {
    const { step } = this;
    if (!step) return;
    this.notice = null;
    this.sound.hush();
    const move = player.onward(this.scene, this.state, steady(), whole);
    this.move(move);
    const nothing = step.ends_set && !move.entries.some((e) => e.kind === "set.done" || e.kind === "entry.changed");
    if (nothing) this.notice = `Set ${step.set} left out. That is fine.`;
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
    this.sound.hush();
    this.state = player.countRep(this.state, by);
    if (by > 0) {
      this.sound.tap();
      this.sayHalfway();
    }
    this.keep();
    this.tell();
  }

  pause() {
    if (this.state.paused || !this.step) return;
    this.state = player.pause(this.state, steady());
    this.sound.hush();
    this.record.note([{ kind: "session.paused", body: {} }]);
    this.keep();
    this.tell();
  }

  resume() {
    if (!this.state.paused) return;
    this.sound.wake();
    this.notice = null;
    this.ear.again();
    this.state = player.goOn(this.state, steady());
    this.record.note([{ kind: "session.resumed", body: {} }]);
    this.keep();
    this.tell();
  }

  /** Lay a question over the player. @param {"hurt"|"leave"} what */
  ask(what) {
    if (this.asking || !this.step) return;
    this.wasPaused = this.state.paused;
    this.state = player.pause(this.state, steady());
    this.asking = what;
    this.sound.hush();
    this.tell();
  }

  /** The question is answered or put away. */
  asked() {
    if (!this.asking) return;
    this.asking = null;
    this.ear.again();
    if (!this.wasPaused) this.state = player.goOn(this.state, steady());
    this.keep();
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

  /** Something is said of the exercise. @param {string} kind @param {Object<string, any>} body */
  noteOfTask(kind, body) {
    if (!this.step) return;
    const item = this.step.task;
    const { exercise } = this.record.session.tasks[item];
    this.move({ state: this.state, entries: [{ kind, body: { ...body, item, exercise } }] });
    this.keep();
    this.tell();
  }

  /** Note pain; gives its colour. @param {number} nprs */
  hurts(nprs) {
    if (!this.step) return "green";
    this.noteOfTask("pain.noted", { when: "during", nprs, knee: null });
    return colourOf(nprs, this.record.cautious);
  }

  /** Note how many more there would have been. @param {string} left "0-1", "2-3" or "4+" */
  worked(left) {
    this.noteOfTask("effort.noted", { left });
  }

  /** Take back the last entry and go to where it was made. */
  undo() {
    const last = this.undos.pop();
    if (!last) return;
    this.record.note([takingBack(last)]);
    const stays = last.kind === "pain.noted" && last.step === this.state.step && this.step?.kind !== "pain";
    if (!stays) this.move(player.enter(this.scene, this.state, Math.min(last.step, this.record.session.steps.length - 1), steady()));
    this.notice = `Taken back: ${last.words.toLowerCase()}.`;
    this.keep();
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}
