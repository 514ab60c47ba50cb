// Today's run: the line above which the risk begins to rise, and why. A risk is told; nothing is forbidden.
import { lineWords } from "/static/app/distances.js";
import { plural } from "/static/app/words.js";
import { html } from "/static/ui/html.js";
import { Why } from "/static/ui/why.js";

/** @param {{running: any, instead?: string|null, back?: boolean, sources: any}} props `back`: the way back has a card of its own */
export function Cap({ running, instead, back, sources }) {
  if (instead) return html`<section class="card cap" data-testid="cap"><h2>Running</h2><p>${instead}</p></section>`;
  if (!running) return null;
  const { cap_m: cap, strong_over_m: strong, because, shoes } = running;
  const of = (/** @type {string} */ about) => because.filter((r) => r.about === about).map((r) => r.text);
  return html`<section class="card cap" data-testid="cap">
    <h2>${cap ? `If you run today: ${lineWords(cap)} at most` : "No run today"}</h2>
    <p>${of("cap").join(" ")}${strong ? ` Beyond ${lineWords(strong)} it rises clearly.` : ""}</p>
    ${of("spike").map((text) => html`<p key=${text}>${text}</p>`)}
    ${of("sore").length > 0 && html`<ul>${of("sore").map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}
    ${shoes && html`<p class="note">${shoes}</p>`}
    <div class="row"><${Why} because=${because} sources=${sources} label="Why this far?" />
      ${!back && html`<a class="plain" href="/walkrun">Coming back after a break?</a>`}</div></section>`;
}

/** The way back on today. @param {{comeback: any, sources: any}} props */
export function WayBack({ comeback, sources }) {
  if (!comeback) return null;
  return html`<section class="card" data-testid="way-back">
    <h2>The way back to running, ${comeback.number} of ${comeback.of}</h2>
    <p><b>${comeback.name}.</b> ${comeback.because.slice(1).map((r) => r.text).join(" ")}</p>
    <div class="row">
      ${comeback.today ? html`<a class="second" href="/walkrun">Set out</a>`
        : html`<a class="plain" href="/walkrun">Look at the stage</a>`}</div>
    <${Why} because=${comeback.because} sources=${sources} label="Why this stage?" /></section>`;
}

/** Scores that are asked for now. @param {{scores: any[]}} props */
export function DueScores({ scores }) {
  if (!scores?.length) return null;
  const week = scores[0].week;
  return html`<p class="note due-scores">
    ${week ? `${week} weeks: time to look back.` : "A few numbers to begin with."} <a href="/timeline/scores">
      ${plural(scores.length, "short question")}</a></p>`;
}
