// The mirror: the picture turned round as in a mirror, the body's lines over it, and the knee that works in coral. The
// picture is drawn on the screen and nowhere else.
import { Frames } from "/static/ui/frames.js";
import { GhostLayer } from "/static/ui/ghost.js";
import { html, useEffect, useRef } from "/static/ui/html.js";
import { drawLines } from "/static/ui/lines.js";
import { useStill } from "/static/ui/load.js";

/** @typedef {import("../live/coach.js").Coach} Coach */
/** @typedef {import("../live/eye.js").Frame} Frame */

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
  return html`<div class=${`mirror ${coach.source?.mirrored ? "turned" : ""}`}>
    <div class="glass" ref=${place}>
      ${coach.isClose ? html`<${Frames} />` : ghost && html`<${GhostLayer} coach=${coach} still=${still} />`}
      <canvas ref=${canvas} aria-hidden="true"></canvas></div></div>`;
}

/** @param {HTMLCanvasElement} canvas @param {Frame} frame @param {string} side @param {boolean} ready */
function draw(canvas, frame, side, ready) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const share = devicePixelRatio || 1;
  const [wide, high] = [Math.round(canvas.clientWidth * share), Math.round(canvas.clientHeight * share)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  pen.clearRect(0, 0, wide, high);
  if (frame.image) drawLines(pen, frame.image, { side, whole: ready, share });
}
