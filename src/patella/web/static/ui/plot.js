// The reps of a set side by side: how far, how long there and back, and which ones were seen to go astray. Holds
// likewise.
import { plural } from "/static/app/words.js";
import { html } from "/static/ui/html.js";

/** What is drawn is as wide as this, beside its words; few reps stand at the left of it instead of growing fat. */
const [WORDS_WIDE, WIDE] = [36, 100];
const FEWEST = 10;
const GAP = 4;
const EACH_NUMBERED = 15;

/** @type {Object<string, string>} */
const FAULTS = {
  heel_rise: "heel came up", shallow: "short", hyperextension: "knee locked", trunk_lean: "trunk leaned",
  trunk_lean_back: "leaned back",
  dropped_lowering: "let down fast", thigh_not_horizontal: "thigh not level", knee_bend: "knee bent",
  knee_lag: "knee bent at the top",
};

/** @param {string} fault */
export const faultWords = (fault) => FAULTS[fault] ?? fault.replaceAll("_", " ");

/** @param {import("../app/types.js").SeenSet} seen */
export function wordsOf({ reps, holds, form }) {
  const all = [...reps, ...holds];
  const faults = new Map();
  for (const { faults: found } of all) for (const fault of found) faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const good = all.filter((one) => !one.faults.length).length;
  const kind = reps.length ? "rep" : "hold";
  const astray = [...faults].map(([fault, n]) =>
    (all.length > 1 ? `${faultWords(fault)} ${n}×` : faultWords(fault))).join(", ");
  if (form === null) {
    return astray ? `${astray}.` : `How well ${all.length > 1 ? "they were" : "it was"} done was not seen.`;
  }
  if (!astray) return all.length > 1 ? `All ${all.length} ${kind}s clean.` : `1 ${kind}, clean.`;
  return all.length > 1 ? `${good} of ${all.length} ${kind}s clean; ${astray}.` : `1 ${kind}: ${astray}.`;
}

/** @typedef {{words: string, high: number, values: number[], kind: string}} Row */

/** @param {import("../app/types.js").SeenSet} seen @returns {Row[]} */
function rowsOf({ reps, holds }) {
  const mean = (values) => `${(values.reduce((sum, v) => sum + v, 0) / values.length).toFixed(1)} s`;
  if (!reps.length) return [{ words: "Held", high: 16, values: holds.map((h) => h.seconds), kind: "range" }];
  const [there, back] = [reps.map((r) => r.up_s), reps.map((r) => r.down_s)];
  const far = reps.map((r) => r.range_deg);
  return [
    ...(far.some(Boolean) ? [{ words: "How far", high: 16, values: far, kind: "range" }] : []), // none can be told
    { words: `There ${mean(there)}`, high: 8, values: there, kind: "time" },
    { words: `Back ${mean(back)}`, high: 8, values: back, kind: "time" },
  ];
}

/** @param {{seen: import("../app/types.js").SeenSet}} props */
export function SetPlot({ seen }) {
  const all = seen.reps.length ? seen.reps : seen.holds;
  if (!all.length) return null;
  const rows = rowsOf(seen);
  const times = Math.max(...seen.reps.flatMap((r) => [r.up_s, r.down_s]), 0.1);
  const step = WIDE / Math.max(FEWEST, all.length);
  const foot = rows.reduce((sum, row) => sum + row.high + GAP, 0);
  const spoken = [`${plural(all.length, seen.reps.length ? "rep" : "hold")}. ${wordsOf(seen)}`,
    ...rows.filter((row) => row.kind === "time").map((row) => row.words)].join(" ");
  const numbered = (i) => all.length <= EACH_NUMBERED || (i + 1) % 5 === 0;
  return html`<figure class="set-plot">
    <svg viewBox=${`0 0 ${WORDS_WIDE + WIDE} ${foot + 8}`} role="img" aria-label=${spoken}>
      ${rows.map((row, n) =>
        html`<${Bars} key=${row.words} row=${row} all=${all} step=${step}
          most=${row.kind === "time" ? times : Math.max(...row.values, 0.1)}
        top=${rows.slice(0, n).reduce((sum, { high }) => sum + high + GAP, 0)} />`)}
      ${all.map((one, i) => html`<g key=${i} transform=${`translate(${WORDS_WIDE + (i + 0.5) * step} ${foot})`}>
        ${one.faults.length > 0 && html`<circle r="1.5" />`}
        ${numbered(i) && html`<text class="number" y="7.4">${i + 1}</text>`}</g>`)}
    </svg>
    <figcaption>${wordsOf(seen)}</figcaption>
  </figure>`;
}

/** @param {{row: Row, all: {faults: string[]}[], step: number, most: number, top: number}} props */
const Bars = ({ row, all, step, most, top }) => html`<g class=${row.kind} transform=${`translate(0 ${top})`}>
  <text y=${row.high - 1}>${row.words}</text>
  <path d=${`M${WORDS_WIDE} ${row.high}h${step * all.length}`} />
  ${row.values.map((value, i) =>
    html`<rect key=${i} class=${all[i].faults.length ? "astray" : ""} x=${WORDS_WIDE + (i + 0.16) * step}
      width=${step * 0.68}
    y=${row.high * (1 - value / most)} height=${(row.high * value) / most} rx="0.8" />`)}</g>`;
