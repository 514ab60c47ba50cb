// The reps of a set, one bar each: how far, how long there and back, and what was seen to go astray.
import { html } from "/static/ui/html.js";

const HIGH = 56;
const WIDE = 14;

/** @type {Object<string, string>} */
const FAULTS = {
  heel_rise: "heel came up", shallow: "short", hyperextension: "knee locked", trunk_lean: "trunk leaned", trunk_lean_back: "leaned back",
  dropped_lowering: "let down fast", thigh_not_horizontal: "thigh not level", knee_bend: "knee bent", knee_lag: "knee bent at the top",
};

/** @param {string} fault */
export const faultWords = (fault) => FAULTS[fault] ?? fault.replaceAll("_", " ");

/** @param {import("../app/types.js").SeenSet} seen */
export function wordsOf({ reps, holds }) {
  const all = [...reps, ...holds];
  const faults = new Map();
  for (const { faults: found } of all) for (const fault of found) faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const good = all.filter((one) => !one.faults.length).length;
  const kind = reps.length ? "reps" : "holds";
  const astray = [...faults].map(([fault, n]) => `${faultWords(fault)} ${n}×`).join(", ");
  return astray ? `${good} of ${all.length} ${kind} clean; ${astray}.` : `All ${all.length} ${kind} clean.`;
}

/** @param {{seen: import("../app/types.js").SeenSet}} props */
export function SetPlot({ seen }) {
  const { reps } = seen;
  if (!reps.length && !seen.holds.length) return null;
  const most = Math.max(...reps.map((r) => r.range_deg), 1);
  const long = Math.max(...reps.map((r) => r.up_s + r.down_s), 1);
  const average = (name) => reps.reduce((sum, r) => sum + r[name], 0) / (reps.length || 1);
  return html`<figure class="set-plot">
    ${reps.length > 0 && html`<svg viewBox=${`0 0 ${reps.length * WIDE} ${HIGH + 22}`} role="img" aria-label=${`${reps.length} reps: ${wordsOf(seen)}`}>
      ${reps.map((rep, i) => html`<g key=${i} class=${rep.faults.length ? "astray" : "clean"} transform=${`translate(${i * WIDE} 0)`}>
        <rect class="range" x="2" width=${WIDE - 4} y=${HIGH * (1 - rep.range_deg / most)} height=${(HIGH * rep.range_deg) / most} rx="3" />
        <rect class="up" x="2" y=${HIGH + 5} width=${((WIDE - 4) * rep.up_s) / long} height="4" rx="2" />
        <rect class="down" x="2" y=${HIGH + 11} width=${((WIDE - 4) * rep.down_s) / long} height="4" rx="2" />
        ${rep.faults.length > 0 && html`<circle cx=${WIDE / 2} cy=${HIGH + 19} r="2.4" />`}
      </g>`)}
    </svg>`}
    <figcaption>${wordsOf(seen)}${reps.length > 0 && ` There in ${average("up_s").toFixed(1)} s, back in ${average("down_s").toFixed(1)} s.`}</figcaption>
  </figure>`;
}
