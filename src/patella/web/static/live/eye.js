// Pictures in, frames of landmarks out: the page's end of the pose worker. Of the pictures that come while one is still
// being looked at the newest waits, and is looked at next; the others are dropped.
import { FINDER, LEAN } from "/static/app/served.js";
import { ownScript } from "/static/ui/trust.js";

const SLOW_MS = 75;
const TRIED = 10;
const DARK = 22;
const LONGEST_SIDE = 640;
const MODEL = "patella_pose_model";

/** @typedef {{t_s: number, width: number, height: number, people: number, image: Float32Array|null, bytes: ArrayBuffer}} Frame */

/** A frame from its binary form. @param {ArrayBuffer} bytes @returns {Frame} */
export function frameOf(bytes) {
  const view = new DataView(bytes);
  const people = view.getUint8(1);
  const image = people ? new Float32Array(bytes, 16, 132) : null;
  return { t_s: view.getFloat64(8, true), width: view.getUint16(2, true), height: view.getUint16(4, true), people,
    image, bytes };
}

export class Eye {
  /**
   * @param {(frame: Frame) => void} onFrame
   * @param {(state: "loading"|"ready"|"dark"|"no-model"|"no-parts") => void} onState
   */
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.state = "loading";
    /** What was measured of the current model, in ms. @type {number[]} */
    this.times = [];
    this.frames = 0;
    this.model = recalled();
    this.delegate = "";
    this.busy = true;
    this.readsFrames = "VideoFrame" in globalThis;
    /** What is looked at next. @type {{picture: VideoFrame, t_s: number}|null} */
    this.waiting = null;
    /** @type {(() => void)|null} */
    this.looked = null;
    /** @type {(() => void)|null} */
    this.freed = null;
    this.worker = new Worker(ownScript("/static/live/pose.worker.js"), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => { event.preventDefault(); this.is("no-model"); };
    this.worker.postMessage({ kind: "load", model: this.model, lean: LEAN });
  }

  /** Whether a picture would be looked at now. */
  get isFree() {
    return !this.busy;
  }

  /** Look at what a video shows now; while busy it waits. @param {HTMLVideoElement} video @param {number} t_s */
  async look(video, t_s) {
    if (this.busy || !video.videoWidth) {
      this.wait(video, t_s);
      return false;
    }
    this.busy = true;
    try {
      this.send(await this.take(video), t_s);
      return true;
    } catch {
      this.busy = false; // the video ended in this very moment
      return false;
    }
  }

  /** @param {ImageBitmap|VideoFrame} picture @param {number} t_s */
  send(picture, t_s) {
    this.busy = true;
    this.worker.postMessage({ kind: "look", picture, t_s }, [picture]);
  }

  /**
   * Keep what a video shows now in the place of what waited, where that costs no copy.
   * @param {HTMLVideoElement} video @param {number} t_s
   */
  wait(video, t_s) {
    this.drop();
    try {
      const picture = this.frames ? this.own(video) : null;
      if (picture) this.waiting = { picture, t_s };
    } catch {
      // the video ended in this very moment
    }
  }

  /** What waited is looked at, if the worker is free for it. */
  goOn() {
    const next = this.waiting;
    if (!next || this.busy) return this.drop();
    this.waiting = null;
    this.send(next.picture, next.t_s);
  }

  drop() {
    this.waiting?.picture.close();
    this.waiting = null;
  }

  /** Its picture as it came from the camera, if that is of use as it is. @param {HTMLVideoElement} video */
  own(video) {
    const { videoWidth: width, videoHeight: height } = video;
    if (!this.readsFrames || !width || Math.max(width, height) > LONGEST_SIDE) return null;
    const frame = new VideoFrame(video);
    if (isUpright(frame, width, height)) return frame;
    frame.close();
    return null;
  }

  /**
   * What a video shows now. As it came from the camera where the worker can read that, which needs no copy here; else, and
   * where it is larger than is of use, drawn anew.
   * @param {HTMLVideoElement} video @returns {Promise<ImageBitmap|VideoFrame>}
   */
  async take(video) {
    const { videoWidth: width, videoHeight: height } = video;
    const frame = this.own(video);
    if (frame) return frame;
    const share = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const [resizeWidth, resizeHeight] = [width, height].map((n) => Math.round(n * share));
    return createImageBitmap(video, share < 1 ? { resizeWidth, resizeHeight } : {});
  }

  /**
   * Look, and wait until it is done: for films, of which nothing is dropped.
   * @param {HTMLVideoElement} video
   * @param {number} t_s
   */
  async study(video, t_s) {
    // the lighter model is on its way
    if (this.busy) await new Promise((resolve) => { this.freed = () => resolve(undefined); });
    const done = new Promise((resolve) => { this.looked = () => resolve(undefined); });
    if (await this.look(video, t_s)) await done;
  }

  /** @param {any} data */
  hear(data) {
    if (data.kind === "loaded") {
      this.delegate = data.delegate;
      this.busy = false;
      this.is("ready");
    } else if (data.kind === "frame") {
      this.busy = false;
      this.frames += 1;
      this.is(data.bright < DARK ? "dark" : "ready");
      this.onFrame(frameOf(data.frame));
      this.measure(data.ms);
      this.goOn();
    } else if (data.what === "load" || data.what === "fetch") {
      this.is(data.what === "load" ? "no-model" : "no-parts");
    } else {
      this.readsFrames &&= data.what !== "read"; // the next one is drawn
      this.drop();
      this.busy = false;
    }
    if (data.kind !== "loaded") this.looked?.();
    if (!this.busy || this.state.startsWith("no-")) this.freed?.();
  }

  /** Whoever is in the picture is to be counted anew, where that is not done all the time. */
  search() {
    this.worker.postMessage({ kind: "search" });
  }

  /**
   * The exact model where this machine is quick enough for it, else the light one.
   * @param {number|null} ms none while it searches, which takes longer
   */
  measure(ms) {
    if (ms === null) return;
    this.times.push(ms);
    if (this.times.length !== TRIED || this.model === "lite") return;
    const typical = this.times.toSorted((a, b) => a - b)[TRIED / 2];
    if (typical > SLOW_MS) {
      this.model = "lite";
      this.busy = true;
      this.worker.postMessage({ kind: "load", model: "lite", lean: LEAN });
    }
    remember(this.model);
  }

  /** @param {"loading"|"ready"|"dark"|"no-model"|"no-parts"} state */
  is(state) {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
  }

  close() {
    this.worker.terminate();
    this.drop();
    this.looked?.();
    this.freed?.();
  }
}

/**
 * Whether a frame's points lie as they are shown: a phone's camera may give them turned round.
 * @param {VideoFrame} frame
 * @param {number} width
 * @param {number} height
 */
function isUpright(frame, width, height) {
  const { visibleRect, rotation, flip } = /** @type {VideoFrame & {rotation?: number, flip?: boolean}} */ (frame);
  return !rotation && !flip && visibleRect?.width === width && visibleRect.height === height;
}

/** What this machine was found to be quick enough for. */
function recalled() {
  try {
    return localStorage.getItem(MODEL) === "lite" ? "lite" : FINDER;
  } catch {
    return FINDER;
  }
}

/** @param {string} model */
function remember(model) {
  try {
    localStorage.setItem(MODEL, model);
  } catch {
    // it is measured again next time
  }
}
