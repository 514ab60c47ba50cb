// What is asked at the end of an exercise: the worst pain of it, and how many more there would have been.
import { clockWords } from "/static/app/words.js";
import { nextWords } from "/static/live/cues.js";
import { effortOf } from "/static/live/fold.js";
import { html } from "/static/ui/html.js";
import { PainScale } from "/static/ui/pain.js";
import { Title } from "/static/ui/parts.js";

/** @typedef {import("../live/run.js").Run} Run */

/** The worst pain of an exercise, asked at its end. @param {{run: Run}} props */
export function Worst({ run }) {
  const { step } = run;
  const task = step ? run.record.session.tasks[step.task] : null;
  const known = step ? run.record.session.peaks[step.task] ?? null : null;
  const left = step ? effortOf(run.record.session, step.task) : null;
  const asks = !!task?.asks_effort;
  const hurt = (n) => { if (run.hurts(n) === "red" || !asks || left) run.onward(true); };
  const worked = (how) => { run.worked(how); if (known !== null) run.onward(true); };
  return html`<main class="work worst" id="main"><div class="words">
    <p class="eyebrow"><span data-testid="step-name">${task?.name}</span></p>
    <${Title} keep=${step?.index}>What was the worst pain during it?<//>
    <p class="cue" data-testid="cue">${run.notice ?? run.cue}</p>
    <${PainScale} label=${`Worst pain during ${task?.name}`} value=${known} onChange=${hurt} legend cautious=${run.record.cautious} />
    ${asks && html`<${Effort} value=${left} onChange=${worked} />`}
    ${asks && known !== null && html`<button class="plain" onClick=${() => run.onward(true)}>Leave it out</button>`}
    <p class="then">${step && nextWords(run.scene, step)}. Goes on by itself in <b data-testid="timer">${clockWords((run.left_ms ?? 0) / 1000)}</b> s; you can still answer at the end.</p>
  </div></main>`;
}

/** What is said, and how it is kept. @type {[string, string][]} */
const LEFT = [["0-1", "0 or 1"], ["2-3", "2 or 3"], ["4+", "4 or more"]];

/** How many more there would have been: one tap, or none. @param {{value: string|null, onChange: (left: string) => void}} props */
const Effort = ({ value, onChange }) => html`<div class="effort" role="group" aria-labelledby="effort">
  <p id="effort">How many more could you have done?</p>
  <div class="pick">${LEFT.map(([left, words]) => html`<button key=${left} data-testid=${`effort-${left}`} aria-pressed=${value === left} onClick=${() => onChange(left)}>${words}</button>`)}</div>
</div>`;
