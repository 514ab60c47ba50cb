// What is said where nothing is shared.
import { html } from "/static/ui/html.js";
import { Title } from "/static/ui/parts.js";

/** Of a runner who stopped sharing, and of anybody whom there is not. */
export const Gone = () =>
  html`<div class="settings caseload"><p><a href="/runners">All your runners</a></p>
    <${Title}>Nothing is shared with you here<//>
  <p class="lead">This runner does not share this with you now. They begin it and they end it, at any time.</p></div>`;
