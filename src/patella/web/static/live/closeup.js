// The close view in the place of a line to the coach: the pictures of the knees go to a worker of this page and nowhere
// else, and what it counts is heard as what the coach counts.
import { CUT, HIGH } from "/static/live/kneecap.js";
import { ownScript } from "/static/ui/trust.js";

export class Closeup {
  /** @param {() => HTMLVideoElement|null} video what is looked at now @param {(event: any) => void} onEvent */
  constructor(video, onEvent) {
    this.video = video;
    this.onEvent = onEvent;
    this.busy = false;
    this.closed = false;
    /** @type {HTMLVideoElement|null} */
    this.at = null;
    /** @type {boolean|null} */
    this.ready = null;
    this.worker = new Worker(ownScript("/static/live/kneecap.worker.js"), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => { event.preventDefault(); this.close(); };
  }

  /** A picture was looked at for a body: from now on there is a video to look into, perhaps another one. */
  frame() {
    if (this.video() !== this.at) this.next();
  }

  next() {
    const video = this.video();
    this.at = video;
    if (this.closed || !video) return;
    const turn = () => {
      if (video !== this.at) return;
      this.look(video);
      this.next();
    };
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(turn);
    else requestAnimationFrame(turn);
  }

  /** @param {HTMLVideoElement} video */
  async look(video) {
    if (this.busy || this.closed || !video.videoHeight) return;
    this.busy = true;
    const share = video.videoHeight / HIGH;
    const x = Math.round(video.videoWidth / 2 + CUT.x * share);
    try {
      const size = /** @type {const} */ ([x, Math.round(CUT.y * share), Math.round(CUT.wide * share),
        Math.round(CUT.high * share)]);
      const picture = await createImageBitmap(video, ...size,
        { resizeWidth: CUT.wide, resizeHeight: CUT.high, resizeQuality: "medium" });
      this.worker.postMessage({ picture, t_s: performance.now() / 1000 }, [picture]);
    } catch {
      this.busy = false; // the video ended in this very moment
    }
  }

  /** @param {{ready: boolean, rep: {up_s: number, down_s: number}|null}} seen */
  hear({ ready, rep }) {
    this.busy = false;
    if (this.closed) return;
    if (ready !== this.ready) this.onEvent({ kind: "sight", code: ready ? "ready" : "line-up" });
    this.ready = ready;
    if (rep) this.onEvent({ kind: "rep", range_deg: 0, faults: [], ...rep });
  }

  close() {
    this.closed = true;
    this.worker.terminate();
  }
}
