// The ghost over the mirror: the outline of a body that does the exercise in its own tempo, where the person is. It is
// there only while the view is right, and it is an outline, so that nobody is hidden behind it.
import { api } from "/static/app/api.js";
import { anchorOf, fitOf, placedAt, shareAt } from "/static/live/ghost.js";
import { html, useEffect, useRef } from "/static/ui/html.js";
import { drawBody } from "/static/ui/outline.js";

/** @typedef {import("../live/coach.js").Coach} Coach */
/** @import { Fit, Ghost } from "../live/ghost.js" */

const EVERY_MS = 50;
const REST_S = 0.5;
const FOLLOWS_S = 1.0;
const MOST_OFF_M = 0.35;
const SHOWN_HOLD_S = 2;
const SHARPEST = 1.5;

/** @type {Map<string, Promise<Ghost|null>>} */
const known = new Map();

/** @param {string} exercise @param {string} side @returns {Promise<Ghost|null>} */
function ghostOf(exercise, side) {
  const key = `${exercise} ${side}`;
  const asked = known.get(key) ?? api.ghost(exercise, side).catch(() => { known.delete(key); return null; });
  known.set(key, asked);
  return asked;
}

/** Whether a body is watched in what is on, so that there is one to follow. @param {Coach} coach */
export function hasGhost({ task, isCounting }) {
  const camera = task?.camera;
  return isCounting && camera?.view !== "close" && ["reps", "hold", "posture"].includes(camera?.counts ?? "");
}

/** What is behind the outline of one coach's mirror. */
class Haunting {
  /** @param {Coach} coach */
  constructor(coach) {
    this.coach = coach;
    /** @type {Ghost|null} */
    this.ghost = null;
    /** @type {Fit|null} */
    this.fit = null;
    /** @type {import("../live/eye.js").Frame[]} */
    this.recent = [];
    this.wanted = "";
    this.step = -1;
    this.began = 0;
  }

  /** Whether there is something to follow now. */
  get isOn() {
    const { coach } = this;
    return hasGhost(coach) && coach.now.ready && ["ready", "reps", "hold"].includes(coach.run.step?.kind ?? "");
  }

  /** @param {import("../live/eye.js").Frame} frame */
  take(frame) {
    const { work, task } = this.coach;
    const wanted = work && task && hasGhost(this.coach) ? `${task.exercise} ${work.side}` : "";
    if (wanted !== this.wanted) {
      Object.assign(this, { wanted, ghost: null, fit: null });
      if (wanted && work && task) ghostOf(task.exercise,
        work.side).then((ghost) => { if (this.wanted === wanted) this.ghost = ghost; });
    }
    this.recent = [...this.recent.filter((one) => frame.t_s - one.t_s < REST_S), frame];
    if (!this.isOn) this.fit = null;
    else if (this.ghost) this.settle(this.ghost, frame);
  }

  /**
   * In the person's place, from how they are at rest; it follows when they move their chair.
   * @param {Ghost} ghost
   * @param {import("../live/eye.js").Frame} frame
   */
  settle(ghost, frame) {
    const aspect = frame.width / frame.height;
    if (!this.fit) {
      const image = mean(this.recent);
      const fit = image && fitOf(ghost, image, aspect);
      this.fit = fit && fit.off < MOST_OFF_M ? fit : null;
      this.began = performance.now();
    } else if (frame.image && this.recent.length > 1) {
      const [x, y] = anchorOf(ghost, frame.image, aspect);
      const { anchor } = this.fit;
      const share = Math.min(1, (frame.t_s - this.recent[this.recent.length - 2].t_s) / FOLLOWS_S);
      this.fit.anchor = [anchor[0] + (x - anchor[0]) * share, anchor[1] + (y - anchor[1]) * share];
    }
  }

  /** How far it has gone by now. */
  get share() {
    const { run, task, work } = this.coach;
    const tempo = task?.tempo ?? this.ghost?.tempo;
    if (!tempo) return 0;
    if (run.step && run.step.index !== this.step) {
      this.step = run.step.index;
      this.began = performance.now();
    }
    const shown = work?.kind === "hold" ? { ...tempo, hold_s: SHOWN_HOLD_S } : tempo;
    return shareAt((performance.now() - this.began) / 1000, shown, run.step?.kind === "hold");
  }
}

/** The middle of some frames. @param {import("../live/eye.js").Frame[]} frames */
function mean(frames) {
  const images = frames.flatMap(({ image }) => (image ? [image] : []));
  return images.length ? images[0].map((_, i) => images.reduce((sum, image) => sum + image[i], 0) / images.length)
    : null;
}

/** @param {{coach: Coach, still: boolean}} props `still`: start and end instead of the way between them */
export function GhostLayer({ coach, still }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  useEffect(() => {
    const haunting = new Haunting(coach);
    const watch = (frame) => haunting.take(frame);
    coach.watchers.add(watch);
    const timer = setInterval(() => {
      if (!haunting.isOn) haunting.fit = null;
      if (canvas.current && !document.hidden) paint(canvas.current, haunting, still);
    }, EVERY_MS);
    return () => { clearInterval(timer); coach.watchers.delete(watch); };
  }, [coach, still]);
  return html`<canvas class="ghost" ref=${canvas} data-testid="ghost" data-shown="false" aria-hidden="true"></canvas>`;
}

/** @param {HTMLCanvasElement} canvas @param {Haunting} haunting @param {boolean} still */
function paint(canvas, haunting, still) {
  const { ghost, fit } = haunting;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const share = Math.min(devicePixelRatio || 1, SHARPEST);
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight].map((n) => Math.round(n * share));
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  pen.clearRect(0, 0, wide, high);
  canvas.dataset.shown = String(Boolean(ghost && fit));
  if (!ghost || !fit) return;
  const ends = still ? [[0, 0.5], [1, 0.95]] : [[haunting.share, 0.95]];
  for (const [at, strength] of ends) drawBody(pen, placedAt(ghost, fit, at).map(([x, y]) => [x * high, y * high]),
    { metre: fit.scale * high, side: ghost.side, strength });
}
