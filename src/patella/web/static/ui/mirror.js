// The mirror: the picture turned round as in a mirror, the body's lines over it, and the knee that works in coral. The
// picture is drawn on the screen and nowhere else.
import { Frames } from "/static/ui/frames.js";
import { GhostLayer } from "/static/ui/ghost.js";
import { html, useEffect, useRef } from "/static/ui/html.js";
import { useStill } from "/static/ui/load.js";

/** @typedef {import("../live/coach.js").Coach} Coach */
/** @typedef {import("../live/eye.js").Frame} Frame */

const BONES = [[11, 12], [11, 23], [12, 24], [23, 24], [11, 13], [13, 15], [12, 14], [14, 16]];
const LEGS = { left: [[23, 25], [25, 27], [27, 29], [29, 31], [27, 31]], right: [[24, 26], [26, 28], [28, 30], [30, 32], [28, 32]] };
const KNEE = { left: 25, right: 26 };
const SEEN = 0.4;

/** @param {{coach: Coach, ghost: boolean}} props */
export function Mirror({ coach, ghost }) {
  const still = useStill();
  const place = useRef(/** @type {HTMLElement|null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const video = coach.source?.video ?? null;
  useEffect(() => {
    if (!video || !place.current) return undefined;
    place.current.prepend(video);
    if (video.paused && video.srcObject) video.play().catch(() => undefined);
    return () => video.remove();
  }, [video]);
  useEffect(() => {
    /** @param {Frame} frame */
    const watch = (frame) => {
      place.current?.style.setProperty("--ratio", String(frame.width / frame.height));
      if (canvas.current) draw(canvas.current, frame, coach.work?.side ?? "both", coach.sight === "ready");
    };
    coach.watchers.add(watch);
    return () => coach.watchers.delete(watch);
  }, [coach]);
  return html`<div class=${`mirror ${coach.source?.mirrored ? "turned" : ""}`}><div class="glass" ref=${place}>${coach.isClose ? html`<${Frames} />` : ghost && html`<${GhostLayer} coach=${coach} still=${still} />`}<canvas ref=${canvas} aria-hidden="true"></canvas></div></div>`;
}

/** @param {HTMLCanvasElement} canvas @param {Frame} frame @param {string} side @param {boolean} ready */
function draw(canvas, frame, side, ready) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const share = devicePixelRatio || 1;
  const [wide, high] = [Math.round(canvas.clientWidth * share), Math.round(canvas.clientHeight * share)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  pen.clearRect(0, 0, wide, high);
  const { image } = frame;
  if (!image) return;
  const at = (i) => (image[4 * i + 3] < SEEN ? null : [image[4 * i] * wide, image[4 * i + 1] * high]);
  const thick = Math.max(3 * share, Math.min(wide, high) / 90);
  pen.lineCap = "round";
  const other = side === "left" ? "right" : "left";
  const faint = side === "both" ? BONES : [...BONES, ...LEGS[other]];
  const strong = side === "both" ? [...LEGS.left, ...LEGS.right] : LEGS[side];
  stroke(pen, faint, at, thick * 0.7, "rgb(255 253 249 / 0.55)");
  stroke(pen, strong, at, thick * 2.1, "rgb(31 36 33 / 0.45)");
  stroke(pen, strong, at, thick * 1.2, "#FFFDF9");
  for (const knee of side === "both" ? [KNEE.left, KNEE.right] : [KNEE[side]]) {
    const point = at(knee);
    if (point) dot(pen, point, thick * 2.4, ready);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number[][]} bones @param {(i: number) => number[]|null} at @param {number} thick @param {string} colour */
function stroke(pen, bones, at, thick, colour) {
  pen.lineWidth = thick;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const [a, b] of bones) {
    const [from, to] = [at(a), at(b)];
    if (!from || !to) continue;
    pen.moveTo(from[0], from[1]);
    pen.lineTo(to[0], to[1]);
  }
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {number[]} point @param {number} size @param {boolean} whole */
function dot(pen, [x, y], size, whole) {
  pen.beginPath();
  pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.fillStyle = whole ? "#E4572E" : "rgb(228 87 46 / 0.55)";
  pen.fill();
  pen.lineWidth = size / 3;
  pen.strokeStyle = "#FFFDF9";
  pen.stroke();
}
