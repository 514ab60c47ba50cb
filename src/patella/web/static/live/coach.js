// The coach beside the player: frames from the camera to the line, and what was seen into the same player and the same
// log.
import { api } from "/static/app/api.js";
import { steady } from "/static/app/clock.js";
import { Camera } from "/static/live/camera.js";
import { choice, choose } from "/static/live/choice.js";
import { Closeup } from "/static/live/closeup.js";
import { Guide } from "/static/live/guide.js";
import { HEARS } from "/static/live/heard.js";
import { Line } from "/static/live/line.js";
import { workOf } from "/static/live/sides.js";
import { Seen } from "/static/live/seen.js";
import { learn, placementOf, sightOf } from "/static/live/sights.js";
import { letRun } from "/static/live/watched.js";

const REST_MS = 10_000;
const READY_FOR_MS = 1200;
const WAITS_MS = 45_000;
const HOLD_WAITS_MS = 12_000;
const LOST_MS = 2000;

/** @typedef {import("./run.js").Run} Run */
/** @import { Frame, Source } from "./camera.js" */
/** @typedef {import("../app/types.js").Step} Step */

export class Coach {
  /** @param {Run} run */
  constructor(run) {
    this.run = run;
    /** @type {Source|null} */
    this.source = null;
    /** Which wish is the last: what was asked for before it, and answers late, is not heard any more. */
    this.turn = 0;
    this.looks = "off";
    /** @type {string|null} */
    this.sight = null;
    this.gone = false;
    /** @type {Frame|null} */
    this.frame = null;
    /** @type {{measure: string, value: number}|null} */
    this.measure = null;
    /** Whether a hold is in posture now. */
    this.holding = false;
    /** @type {Line|Closeup|null} */
    this.line = null;
    /** @type {Seen|null} */
    this.seen = null;
    /** The last set that was seen to its end. @type {Seen|null} */
    this.last = null;
    /** @type {Set<(frame: Frame) => void>} */
    this.watchers = new Set();
    /** The corner of the mirror in which the person is not. @type {"left"|"right"} */
    this.corner = "right";
    this.ready_at = 0;
    this.began_at = steady();
    this.rep_at = 0;
    this.said_at = 0;
    this.at = -1;
    this.lost_at = 0;
    this.base = 0;
    this.held_s = 0;
    this.letGo = false;
    /** Where the voice said last that the camera stands. */
    this.placed = "";
    this.guide = new Guide(0);
    this.follow = () => this.keepUp();
    run.listeners.add(this.follow);
  }

  get isOn() {
    return this.source !== null;
  }

  /** The set that is on, or comes next. @returns {Step|null} */
  get work() {
    return workOf(this.run);
  }

  get task() {
    const { work } = this;
    return work ? this.run.record.session.tasks[work.task] : null;
  }

  /** The experiment that counts here, if experiments are wanted. */
  get experiment() {
    return (choice().experiments && this.task?.camera?.experiment) || null;
  }

  get counts() {
    return this.experiment?.counts ?? this.task?.camera?.counts ?? "nothing";
  }

  /** Whether the beat helps: in a mirror, and where an experiment may miss a rep. */
  get keepsBeat() {
    return this.counts === "mirror" || (this.experiment !== null && this.counts !== "hold");
  }

  /** Whether the page follows the kneecaps by itself, in a close view. */
  get isClose() {
    return this.counts === "kneecap";
  }

  get now() {
    const { looks, sight, gone, counts } = this;
    return sightOf({ looks, sight, gone, counts });
  }

  /** Whether it counts or times what the player is at. */
  get isCounting() {
    return this.isOn && (this.isClose || ["reps", "hold", "posture"].includes(this.counts));
  }

  /** Where the camera stands for what is on or comes next, in a sentence; empty where it looks at nothing. */
  get place() {
    return this.isCounting && this.task?.camera ? placementOf(this.task.camera) : "";
  }

  /** That, said before an exercise for which it moves. */
  sayPlace() {
    const place = this.run.step?.kind === "ready" ? this.place : "";
    if (!place || place === this.placed) return "";
    this.placed = place;
    return `${place} `;
  }

  /**
   * Look through the camera, or through what is given instead: a film, or landmarks that were recorded.
   * @param {Blob|null} [file]
   */
  async on(file = null) {
    this.source?.stop();
    const turn = ++this.turn;
    const late = () => turn !== this.turn;
    const sights = await api.sights();
    const recorded = file && await import("/static/live/recorded.js");
    if (late()) return;
    learn(sights);
    const ears = { onFrame: (frame) => late() || this.take(frame), onState: (state) => late() || this.look(state) };
    if (file && recorded) {
      this.source = file.type.startsWith("video/") ? new recorded.Film(ears, file) : new recorded.Recording(ears, file);
    } else {
      this.source = new Camera(ears, choice());
      choose({ on: true });
    }
    this.began_at = steady();
    await this.source.start();
    if (!late()) this.keepUp();
  }

  /** No camera any more; the player goes on by hand. */
  off() {
    this.source?.stop();
    this.turn++;
    this.source = null;
    this.shut();
    this.run.listeners.delete(this.follow);
    letRun(this.run, true);
    this.run.coach = null;
    this.run.tell();
  }

  /** @param {string} state */
  look(state) {
    this.looks = state;
    if (state !== "ready") this.ready_at = 0;
    this.run.tell();
  }

  /** @param {Frame} frame */
  take(frame) {
    this.frame = frame;
    if (this.run.step?.kind === "reps" || this.run.step?.kind === "hold") this.tally();
    this.line?.frame(frame.bytes);
    for (const watch of this.watchers) watch(frame);
    this.makeRoom(frame);
  }

  /** What lies over the mirror keeps out of the person's way. @param {Frame} frame */
  makeRoom({ image }) {
    if (!image) return;
    const hips = (image[4 * 23] + image[4 * 24]) / 2;
    const x = this.source?.mirrored ? 1 - hips : hips;
    if (Math.abs(x - 0.5) > 0.06) this.corner = x > 0.5 ? "left" : "right";
  }

  tally() {
    if (!this.seen || this.run.state.paused) return;
    this.seen.frames += 1;
    if (this.sight === "ready") this.seen.ready += 1;
  }

  /** The player moved, or a fifth of a second passed. */
  keepUp() {
    const { step } = this.run;
    this.attend();
    if (step && step.index !== this.at) this.enter(step);
    if (step?.kind === "ready" && this.isCounting && !this.run.state.paused && !this.run.asking) this.guideAloud();
    this.holdClock();
    if (step?.kind === "reps" && this.isDone(step)) this.run.onward(true);
  }

  guideAloud() {
    const words = this.guide.say(this.now, steady());
    if (words) this.run.sound.say(words);
  }

  /** One line for each set, from its getting ready to its end. */
  attend() {
    const { work } = this;
    const experiment = this.experiment !== null;
    const key = work ? [work.task, work.side, work.set, this.task?.exercise, experiment].join(" ") : "";
    if (!this.isOn || key === this.seen?.key) return;
    if (this.seen?.counted) this.last = this.seen;
    this.shut();
    this.seen = work ? new Seen(key, work, experiment) : null;
    if (!work || !this.isCounting) return;
    this.source?.eye?.search();
    if (this.isClose) {
      this.line = new Closeup(() => this.source?.video ?? null, (event) => this.hear(event));
      return;
    }
    const wanted = { exercise: this.task?.exercise ?? "", side: work.side, session: this.run.record.kept.id,
      experiment };
    this.line = new Line(wanted,
      { onEvent: (event) => this.hear(event), onGone: (gone) => { this.gone = gone; this.run.tell(); } });
  }

  shut() {
    this.line?.close();
    this.line = null;
    this.sight = null;
    this.holding = false;
    this.measure = null;
    this.gone = false;
    this.ready_at = 0;
  }

  /** @param {Step} step */
  enter(step) {
    this.at = step.index;
    this.began_at = steady();
    this.guide = new Guide(this.began_at);
    this.rep_at = 0;
    this.base = this.held_s;
    this.letGo = false;
  }

  /** The clock stands while the camera waits: before an exercise for the view, in a hold for the posture. Never for long. */
  holdClock() {
    const { step } = this.run;
    if (!step || !this.isCounting) return;
    const waited = steady() - this.began_at;
    if (this.run.state.paused) this.began_at = steady();
    if (step.kind === "ready") letRun(this.run, this.letGo || waited > WAITS_MS || this.isReadyFor(READY_FOR_MS));
    else if (step.kind === "hold") letRun(this.run, this.holding || this.letsHoldGo(waited));
    else if (step.kind === "reps" && this.run.isLed) letRun(this.run, !this.isSeen);
  }

  /** Whether the camera counts this set now; where it has lost sight for a while, the beat goes on. */
  get isSeen() {
    if (this.counts !== "reps" && !this.isClose) return false;
    if (this.sight === "ready") this.lost_at = 0;
    else this.lost_at ||= steady();
    return this.lost_at === 0 || steady() - this.lost_at < LOST_MS;
  }

  /** @param {number} ms */
  isReadyFor(ms) {
    return this.ready_at > 0 && steady() - this.ready_at > ms;
  }

  /** A hold that nobody can see runs by the clock. @param {number} waited */
  letsHoldGo(waited) {
    if (this.letGo) return true;
    if (waited < HOLD_WAITS_MS || this.held_s > this.base) return false;
    this.letGo = true;
    this.run.notice = "I cannot see this hold well, so the clock runs by itself.";
    return true;
  }

  /** Go on without waiting for the camera. */
  begin() {
    this.letGo = true;
    this.keepUp();
    this.run.tell();
  }

  /** Whether all reps are there, and nothing more came. @param {Step} step */
  isDone(step) {
    const { reps, paused } = this.run.state;
    return !paused && !this.run.asking && this.rep_at > 0 && reps >= (step.reps ?? 99)
      && steady() - this.rep_at > REST_MS;
  }

  /** @param {any} event */
  hear(event) {
    HEARS[event.kind]?.(this, event);
    this.run.tell();
  }

  /** What the camera knows of a set, into its entry in the log. @param {import("../app/types.js").Entry} entry */
  sign(entry) {
    const { seen } = this;
    if (entry.kind !== "set.done" || !seen?.counted) return entry;
    const { item, side, set } = entry.body;
    if (seen.step.task !== item || seen.step.side !== side || seen.step.set !== set) return entry;
    const camera = seen.summary;
    const counted_by = entry.body.counted_by ?? (seen.experiment ? "experiment" : "camera");
    return { ...entry, body: { ...entry.body, counted_by, camera, form_ok: camera.form } };
  }
}
