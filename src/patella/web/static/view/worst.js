// What is asked at the end of an exercise: the worst pain of it, and how many more there would have been.
import { settings } from "/static/app/settings.js";
import { clockWords } from "/static/app/words.js";
import { nextWords } from "/static/live/cues.js";
import { effortOf } from "/static/live/fold.js";
import { Effort } from "/static/ui/effort.js";
import { html } from "/static/ui/html.js";
import { PainScale } from "/static/ui/pain.js";
import { Title } from "/static/ui/parts.js";

/** @typedef {import("../live/run.js").Run} Run */

/** The worst pain during an exercise: asked at its end, and never in the way. @param {{run: Run}} props */
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
    <${PainScale} label=${`Worst pain during ${task?.name}`} value=${known} onChange=${hurt} legend cautious=${settings().cautious} />
    ${asks && html`<${Effort} value=${left} onChange=${worked} />`}
    ${asks && known !== null && html`<button class="plain" onClick=${() => run.onward(true)}>Leave it out</button>`}
    <p class="then">${step && nextWords(run.scene, step)}. Goes on by itself in <b data-testid="timer">${clockWords((run.left ?? run.heldBack ?? 0) / 1000)}</b> s; you can still answer at the end.</p>
  </div></main>`;
}
