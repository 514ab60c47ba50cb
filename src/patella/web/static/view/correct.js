// The set that was just done, put right in the rest.
import { plural, sideWords } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { Sheet, Stepper } from "/static/ui/parts.js";

/** @typedef {import("../live/run.js").Run} Run */

/** The set that was just done, to be put right in the rest with a tap. @param {{run: Run}} props */
export function LastSet({ run }) {
  const [open, setOpen] = useState(false);
  const { step, scene } = run;
  const mine = scene.sets.filter((s) => s.task === step?.task && s.set === (step?.set ?? 0) - 1);
  const reps = mine.filter((s) => s.reps !== null);
  if (!reps.length) return null;
  const change = (set, n) => run.correct(set, { reps: n });
  return html`<button class="second" data-testid="correct" onClick=${() => setOpen(true)}>${reps.map((s) => plural(s.reps ?? 0, "rep")).join(", ")}: correct</button>
    ${open && html`<${Sheet} label="Correct the last set" onClose=${() => setOpen(false)}><h2>How many were there?</h2>
      ${reps.map((s) => html`<div key=${s.event_id} class="row spaced"><span>${s.side === "both" ? "Both legs" : sideWords(s.side)}</span><${Stepper} label=${`Reps, ${s.side}`} value=${s.reps} unit=${s.reps === 1 ? "rep" : "reps"} onChange=${(n) => change(s, n)} /></div>`)}
      <button class="main" onClick=${() => setOpen(false)}>Right now</button><//>`}`;
}
