// How many more repetitions there would have been: one tap, or none at all.
import { html } from "/static/ui/html.js";

/** What is said, and how it is kept. @type {[string, string][]} */
const LEFT = [["0-1", "0 or 1"], ["2-3", "2 or 3"], ["4+", "4 or more"]];

/** @param {{value: string|null, onChange: (left: string) => void}} props */
export const Effort = ({ value, onChange }) => html`<div class="effort" role="group" aria-labelledby="effort">
  <p id="effort">How many more could you have done?</p>
  <div class="pick">${LEFT.map(([left, words]) => html`<button key=${left} data-testid=${`effort-${left}`} aria-pressed=${value === left} onClick=${() => onChange(left)}>${words}</button>`)}</div>
</div>`;
