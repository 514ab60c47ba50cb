// A camera experiment in the player: off until somebody asks for it, and named for what it is.
import { choice, choose } from "/static/live/choice.js";
import { html } from "/static/ui/html.js";
import { Switch } from "/static/ui/fields.js";

/** @typedef {import("../live/coach.js").Coach} Coach */

/**
 * The switch with the experiment's own words where it is `open`, else a word that it counts.
 * @param {{coach: Coach, open: boolean}} props
 */
export function Experiment({ coach, open }) {
  const offered = coach.task?.camera?.experiment;
  if (!offered) return null;
  const change = (/** @type {boolean} */ experiments) => {
    choose({ experiments });
    coach.keepUp();
    coach.run.tell();
  };
  if (!open) return coach.experiment && html`<span class="tried" data-testid="experiment">Experiment</span>`;
  return html`<div class="experiment" data-testid="experiment">
    <${Switch} label="Experiment" note=${offered.says} on=${choice().experiments} onChange=${change} /></div>`;
}
