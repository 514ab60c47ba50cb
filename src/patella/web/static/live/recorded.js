// Landmarks that were recorded, and films, as sources of frames: the same interface as the camera.
import { Eye, frameOf } from "/static/live/eye.js";
import { follow } from "/static/live/camera.js";

/** @import { Ears, Source } from "./camera.js" */

const HEAD = 16;
const WHOLE = 940;

/**
 * The frames of a recording: one after the other, as they travel.
 * @param {ArrayBuffer} bytes
 * @returns {ArrayBuffer[]}
 */
export function framesOf(bytes) {
  const found = [];
  const view = new DataView(bytes);
  let at = 0;
  while (at + HEAD <= bytes.byteLength) {
    const size = view.getUint8(at + 1) ? WHOLE : HEAD;
    if (view.getUint8(at) !== 1 || at + size > bytes.byteLength) break;
    found.push(bytes.slice(at, at + size));
    at += size;
  }
  return found;
}

/** @implements {Source} */
export class Recording {
  /** @param {Ears} ears @param {Blob} file */
  constructor(ears, file) {
    this.ears = ears;
    this.file = file;
    this.video = null;
    this.eye = null;
    this.mirrored = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  async start() {
    const frames = framesOf(await this.file.arrayBuffer());
    if (!frames.length) return this.ears.onState("no-model");
    this.ears.onState("ready");
    const first = frameOf(frames[0]).t_s;
    const began = performance.now();
    const play = (n) => {
      if (n >= frames.length) return this.ears.onState("ended");
      const due = began + (frameOf(frames[n]).t_s - first) * 1000;
      this.timer = setTimeout(() => {
        const frame = frames[n].slice(0);
        new DataView(frame).setFloat64(8, due / 1000, true);
        this.ears.onFrame(frameOf(frame));
        play(n + 1);
      }, Math.max(0, due - performance.now()));
    };
    play(0);
  }

  stop() {
    clearTimeout(this.timer);
    this.ears.onState("off");
  }
}

/** A film in the place of the camera: it plays at its own speed. @implements {Source} */
export class Film {
  /** @param {Ears} ears @param {Blob} file */
  constructor(ears, file) {
    this.ears = ears;
    this.file = file;
    this.mirrored = false;
    /** @type {HTMLVideoElement|null} */
    this.video = null;
    /** @type {Eye|null} */
    this.eye = null;
    this.played = false;
    this.stopped = false;
  }

  async start() {
    const video = await opened(this.file).catch(() => null);
    if (video && this.stopped) return closed(video);
    if (!video) return this.ears.onState("no-model");
    this.video = video;
    this.ears.onState("loading");
    const began = performance.now() / 1000;
    this.eye = new Eye((frame) => this.ears.onFrame(frame), (state) => {
      this.ears.onState(state);
      if (state === "ready" && !this.played) { this.played = true; video.play().catch(() => undefined); }
    });
    video.addEventListener("ended", () => this.ears.onState("ended"));
    follow(video, (media_s) => this.eye?.look(video, began + media_s));
  }

  stop() {
    this.stopped = true;
    this.eye?.close();
    this.eye = null;
    if (this.video) closed(this.video);
    this.video = null;
    this.ears.onState("off");
  }
}

/**
 * A film of the person's own, ready to play. It stays in the page.
 * @param {Blob} file
 * @returns {Promise<HTMLVideoElement>}
 */
export function opened(file) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: URL.createObjectURL(file) });
  return new Promise((resolve, reject) => {
    video.onloadeddata = () => (video.videoWidth ? resolve(video) : reject(new Error("no pictures")));
    video.onerror = () => reject(new Error("no film"));
  });
}

/** @param {HTMLVideoElement} video */
export function closed(video) {
  video.pause();
  URL.revokeObjectURL(video.src);
  video.removeAttribute("src");
}
