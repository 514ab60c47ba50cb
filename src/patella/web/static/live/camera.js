// The camera as a source of frames. Video only; nothing is recorded, and only landmarks leave this page's memory.
import { Eye } from "/static/live/eye.js";

const WANTED = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 30 } };
const STUCK_MS = 4000;

/**
 * @typedef {import("./eye.js").Frame} Frame
 * @typedef {"off"|"asking"|"loading"|"ready"|"dark"|"hidden"|"refused"|"absent"|"taken"|"lost"|"no-model"|"no-parts"|"ended"} Looks
 * @typedef {{video: HTMLVideoElement|null, mirrored: boolean, facing?: string, eye: Eye|null, start: () => Promise<void>, stop: () => void}} Source
 * @typedef {{onFrame: (frame: Frame) => void, onState: (state: Looks) => void}} Ears
 */

/** @implements {Source} */
export class Camera {
  /**
   * @param {Ears} ears
   * @param {{device?: string|null, facing?: string}} [wanted] one camera, or one that faces this way
   */
  constructor(ears, { device = null, facing = "" } = {}) {
    this.ears = ears;
    this.device = device;
    this.facing = facing;
    this.mirrored = true;
    /** @type {HTMLVideoElement|null} */
    this.video = null;
    /** @type {MediaStream|null} */
    this.stream = null;
    /** @type {Eye|null} */
    this.eye = null;
    /** @type {Looks} */
    this.state = "off";
    this.moved_at = 0;
    this.turn = 0;
    this.onDevices = () => this.state === "absent" && this.start();
    this.onSight = () => this.state !== "off" && this.is(document.hidden ? "hidden" : this.rest());
  }

  async start() {
    if (!navigator.mediaDevices?.getUserMedia) return this.is("absent");
    this.halt();
    this.is("asking");
    const turn = ++this.turn;
    /** Whoever was put away while the browser still asked or looked says nothing more. */
    const late = () => turn !== this.turn;
    try {
      const stream = await this.ask();
      if (late()) return stream.getTracks().forEach((t) => t.stop());
      await this.show(stream);
    } catch (error) {
      if (!late()) this.is(troubleOf(error));
    }
    if (late()) return;
    navigator.mediaDevices.addEventListener("devicechange", this.onDevices);
    document.addEventListener("visibilitychange", this.onSight);
  }

  /** The chosen camera; any other where that one is not there any more. */
  async ask() {
    const chosen = { ...WANTED,
      ...(this.device ? { deviceId: { exact: this.device } } : this.facing && { facingMode: this.facing }) };
    try {
      return await navigator.mediaDevices.getUserMedia({ video: chosen, audio: false });
    } catch (error) {
      if (!this.device || troubleOf(error) !== "absent") throw error;
      return navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
    }
  }

  /** @param {MediaStream} stream */
  async show(stream) {
    this.stream = stream;
    const [track] = stream.getVideoTracks();
    this.facing = track.getSettings().facingMode ?? "";
    this.mirrored = this.facing !== "environment"; // what lies behind the screen is no mirror image
    track.addEventListener("ended", () => this.is("lost"));
    track.addEventListener("mute", () => this.is("lost"));
    track.addEventListener("unmute", () => this.state === "lost" && this.is(this.rest()));
    const video = document.createElement("video");
    Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
    this.video = video;
    this.eye ??= new Eye((frame) => this.ears.onFrame(frame), () => this.state !== "hidden" && this.is(this.rest()));
    this.is(this.rest());
    await video.play();
    this.moved_at = performance.now();
    this.watch();
    follow(video, () => {
      this.moved_at = performance.now();
      if (this.state === "lost") this.is(this.rest());
      if (this.state === "ready" || this.state === "dark") this.eye?.look(video, performance.now() / 1000);
    });
  }

  /** A camera that is unplugged does not always say so: its picture stands still. */
  watch() {
    clearInterval(this.watcher);
    this.watcher = setInterval(() => {
      if (!document.hidden && this.state !== "off" && performance.now() - this.moved_at > STUCK_MS
        && this.stream) this.is("lost");
    }, 1000);
  }

  /** The state while the camera itself is well. @returns {Looks} */
  rest() {
    if (!this.stream) return this.state;
    return /** @type {Looks} */ (this.eye?.state ?? "loading");
  }

  /** @param {Looks} state */
  is(state) {
    if (state === this.state) return;
    this.state = state;
    this.ears.onState(state);
  }

  halt() {
    clearInterval(this.watcher);
    this.stream?.getTracks().forEach((t) => t.stop());
    this.stream = null;
    if (this.video) this.video.srcObject = null;
    this.video = null;
  }

  stop() {
    this.turn++;
    this.halt();
    this.eye?.close();
    this.eye = null;
    navigator.mediaDevices?.removeEventListener("devicechange", this.onDevices);
    document.removeEventListener("visibilitychange", this.onSight);
    this.is("off");
  }
}

/**
 * Which cameras there are; their names are known only after one was allowed.
 * @returns {Promise<{id: string, name: string}[]>}
 */
export async function cameras() {
  const all = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [];
  return all.filter((d) => d.kind === "videoinput").map((d, i) =>
    ({ id: d.deviceId, name: d.label || `Camera ${i + 1}` }));
}

/**
 * Call for every new picture of a video, until it has no stream or file any more.
 * @param {HTMLVideoElement} video @param {(media_s: number) => void} act
 */
export function follow(video, act) {
  const next = () => (video.requestVideoFrameCallback
    ? video.requestVideoFrameCallback((_, about) => turn(about.mediaTime))
    : requestAnimationFrame(() => turn(video.currentTime)));
  const turn = (media_s) => {
    if (!video.srcObject && !video.src) return;
    act(media_s);
    next();
  };
  next();
}

/** @param {any} error @returns {Looks} */
function troubleOf(error) {
  /** @type {Object<string, Looks>} */
  const known = {
    NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "absent", OverconstrainedError: "absent",
    NotReadableError: "taken", AbortError: "taken",
  };
  return known[error?.name] ?? "lost";
}
