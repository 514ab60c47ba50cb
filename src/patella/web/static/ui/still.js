// One moment of a film, with the body's lines over it. It is drawn on the screen and nowhere else.
import { html, useEffect, useRef } from "/static/ui/html.js";
import { drawLines } from "/static/ui/lines.js";

const WIDEST = 960;

/** @typedef {import("../live/eye.js").Frame} Frame */

/** @param {{video: HTMLVideoElement, frames: Frame[], t_s: number, side: string, label: string}} props */
export function Still({ video, frames, t_s, side, label }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  useEffect(() => {
    let wanted = true;
    const frame = nearest(frames, t_s);
    const show = () => { if (wanted && canvas.current) draw(canvas.current, video, frame, side); };
    video.addEventListener("seeked", show, { once: true });
    video.currentTime = frame?.t_s ?? t_s;
    return () => { wanted = false; video.removeEventListener("seeked", show); };
  }, [video, t_s]);
  const share = video.videoWidth / video.videoHeight;
  return html`<canvas ref=${canvas} class="moment" data-testid="film-still" role="img" aria-label=${label}
    width=${Math.min(WIDEST, video.videoWidth)}
    height=${Math.round(Math.min(WIDEST, video.videoWidth) / share)}></canvas>`;
}

/** @param {Frame[]} frames @param {number} t_s @returns {Frame|undefined} */
const nearest = (frames, t_s) =>
  frames.reduce((best, one) => (Math.abs(one.t_s - t_s) < Math.abs(best.t_s - t_s) ? one : best), frames[0]);

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLVideoElement} video
 * @param {Frame|undefined} frame
 * @param {string} side
 */
function draw(canvas, video, frame, side) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  if (frame?.image) drawLines(pen, frame.image,
    { side, whole: true, share: canvas.width / (canvas.clientWidth || canvas.width) });
  canvas.dataset.drawn = String(video.currentTime);
}
