// Today's run: how far is near what the knee is used to, and why. A risk is told; nothing is forbidden.
import { plural } from "/static/app/words.js";
import { html } from "/static/ui/html.js";
import { Why } from "/static/ui/parts.js";

/** @param {number} metres */
export const kmWords = (metres) => `${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0).replace(/\.0$/, "")} km`;

/** @param {{running: any, sources: any}} props */
export function Cap({ running, sources }) {
  if (!running?.cap_m) return null;
  const { cap_m: cap, strong_over_m: strong, because, run_walk_min: walk, slower_percent: slower, shoes, cadence_target_spm: cadence } = running;
  const said = because.filter((r) => r.about !== "cap" && r.about !== "week").map((r) => r.text);
  const ways = [
    walk && `${plural(walk[0], "minute")} of running, ${plural(walk[1], "minute")} of walking`,
    slower && `${slower[0]} to ${slower[1]} % slower`,
    cadence && running.ground !== "open" && `${cadence[0]} to ${cadence[1]} steps a minute`,
  ].filter(Boolean);
  return html`<section class="card cap" data-testid="cap"><h2>If you run today</h2>
    <p><b>Up to ${kmWords(cap)}</b> is near what your knee is used to.${strong ? ` Beyond ${kmWords(strong)} the risk of an injury rises clearly.` : ""} It is yours to decide.</p>
    ${ways.length > 0 && html`<p>While it is sore: ${ways.join("; ")}.</p>`}
    ${said.slice(0, 1).map((text) => html`<p key=${text}>${text}</p>`)}
    ${shoes && html`<p class="note">${shoes}</p>`}
    <${Why} because=${because} sources=${sources} label="Why this far?" /></section>`;
}

/** Scores that are asked for now. @param {{scores: any[]}} props */
export function DueScores({ scores }) {
  if (!scores?.length) return null;
  const week = scores[0].week;
  return html`<p class="note due-scores">${week ? `${week} weeks: time to look back.` : "A few numbers to begin with."} <a href="/timeline/scores">${plural(scores.length, "short question")}</a></p>`;
}
