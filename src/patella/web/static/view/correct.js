// The set that was just done, put right in the rest.
import { sideWords } from "/static/app/words.js";
import { Stepper } from "/static/ui/fields.js";
import { html } from "/static/ui/html.js";
import { Sheet } from "/static/ui/parts.js";

/** @param {import("../live/run.js").Run} run @param {import("../app/types.js").LoggedSet} set @param {number} reps */
function correct(run, set, reps) {
  run.record.note([{ kind: "entry.changed", body: { of: set.event_id, body: { reps } } }]);
  run.tell();
}

/** @param {{run: import("../live/run.js").Run, sets: import("../app/types.js").LoggedSet[], onClose: () => void}} props */
export function Correct({ run, sets, onClose }) {
  return html`<${Sheet} label="Correct the last set" onClose=${onClose}><h2>How many were there?</h2>
    ${sets.map((s) =>
      html`<div key=${s.event_id} class="row spaced"><span>${s.side === "both" ? "Both legs" : sideWords(s.side)}</span>
        <${Stepper} label=${`Reps, ${s.side}`} value=${s.reps ?? 0} unit=${s.reps === 1 ? "rep" : "reps"}
          onChange=${(reps) => correct(run, s, reps)} /></div>`)}
    <button class="main" onClick=${onClose}>Right now</button><//>`;
}
