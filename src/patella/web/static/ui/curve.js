// A measure over time, with its axes: where each rep lies, its number, and a mark on those with something to change.
import { html, useEffect, useRef, useState } from "/static/ui/html.js";

const ROUND_S = 1.5; // of the film before the first rep and after the last
const STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300];
const MOST_TICKS = { across: 7, up: 5 };
const [NARROW, HIGH] = [280, 15];

/** @typedef {{n: number, start_s: number, peak_s: number, end_s: number, astray: boolean}} One */

/** The next step of an axis that makes no more ticks than that. @param {number} span @param {number} most */
const stepFor = (span, most) => STEPS.find((step) => span / step <= most) ?? 600;

/** @param {number} low @param {number} high @param {number} step */
const ticks = (low, high, step) =>
  Array.from({ length: Math.floor(high / step + 1e-6) - Math.ceil(low / step - 1e-6) + 1 },
    (_, i) => (Math.ceil(low / step - 1e-6) + i) * step);

/**
 * `label` says it for who cannot see it; the table beside it has the same.
 * @param {{curve: import("../app/types.js").FilmCurve, ones: One[], chosen: number, onChoose: (n: number) => void, label: string}} props
 */
export function Curve({ curve, ones, chosen, onChoose, label }) {
  const place = useRef(/** @type {HTMLElement|null} */ (null));
  const [{ wide, em }, measure] = useState({ wide: 600, em: 14 });
  useEffect(() => {
    const at = place.current;
    if (!at) return undefined;
    const look = () =>
      measure({ wide: Math.max(NARROW, at.clientWidth), em: parseFloat(getComputedStyle(at).fontSize) });
    const watch = new ResizeObserver(look);
    watch.observe(at);
    look();
    return () => watch.disconnect();
  }, []);
  const [from, to] = [Math.max(0, ones[0].start_s - ROUND_S), ones[ones.length - 1].end_s + ROUND_S];
  const points = curve.t_s.map((t, i) => ({ t, v: curve.values[i] })).filter(({ t }) => t >= from && t <= to);
  const seen = points.flatMap(({ v }) => (v === null ? [] : [v]));
  if (seen.length < 2) return null;
  const step = stepFor(Math.max(...seen) - Math.min(...seen) || 1, MOST_TICKS.up);
  const [low, high] = [Math.floor(Math.min(...seen) / step) * step, Math.ceil(Math.max(...seen) / step) * step || step];
  const tall = HIGH * em;
  const [left, right, top, foot] = [2.6 * em, wide - 0.6 * em, 2 * em, tall - 1.8 * em];
  const x = (t) => left + ((t - from) / (to - from)) * (right - left);
  const y = (v) => foot - ((v - low) / (high - low)) * (foot - top);
  const every = stepFor(to - from, Math.max(2, Math.min(MOST_TICKS.across, Math.floor((right - left) / (3 * em)))));
  const numbered = Math.max(1, Math.ceil((1.6 * em * ones.length) / (right - left)));
  return html`<figure class="curve"><figcaption class="small">${curve.name}, ${curve.unit}</figcaption>
    <div ref=${place} role="img" aria-label=${label}>
      <svg width="100%" height=${tall} viewBox=${`0 0 ${wide} ${tall}`} aria-hidden="true" data-testid="film-curve">
      ${ones.map((one) =>
        html`<rect key=${one.n} class=${`span ${one.n === chosen ? "chosen" : ""}`} x=${x(one.start_s)}
          width=${Math.max(1, x(one.end_s) - x(one.start_s))} y=${top} height=${foot - top}
          onClick=${() => onChoose(one.n)} />`)}
      ${ticks(low, high,
        step).map((v) =>
          html`<g key=${v} class="tick"><path d=${`M${left} ${y(v)}H${right}`} />
            <text class="up" x=${left - 0.5 * em} y=${y(v) + 0.35 * em}>${round(v)}</text></g>`)}
      ${ticks(from, to,
        every).map((t) =>
          html`<g key=${t} class="tick"><path d=${`M${x(t)} ${foot}v${0.3 * em}`} />
            <text class="across" x=${x(t)} y=${foot + 1.35 * em}>${round(t)}</text></g>`)}
      ${lines(points).map((line) =>
        html`<path key=${line[0].t} class="line"
          d=${`M${line.map(({ t, v }) => `${x(t).toFixed(1)} ${y(v).toFixed(1)}`).join("L")}`} />`)}
      ${ones.map((one, i) =>
        html`<g key=${one.n} class=${one.astray ? "one astray" : "one"}
          transform=${`translate(${x(one.peak_s)} ${0.9 * em})`}>
        ${(i + 1) % numbered === 0 || one.n === chosen ? html`<text>${one.n}</text>` : ""}
        ${one.astray && html`<path d=${`M0 ${0.25 * em}l${0.4 * em} ${0.7 * em}h${-0.8 * em}z`} />`}</g>`)}
    </svg></div>
    <p class="small axis">Seconds</p></figure>`;
}

/** @param {number} n */
const round = (n) => String(Math.round(n * 100) / 100);

/**
 * The stretches in which it was seen.
 * @param {{t: number, v: number|null}[]} points
 * @returns {{t: number, v: number}[][]}
 */
function lines(points) {
  /** @type {{t: number, v: number}[][]} */
  const found = [[]];
  for (const { t, v } of points) {
    if (v !== null) found[found.length - 1].push({ t, v });
    else if (found[found.length - 1].length) found.push([]);
  }
  return found.filter((line) => line.length > 1);
}
