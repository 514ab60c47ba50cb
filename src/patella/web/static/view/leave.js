// The way out of a session, and back into it.
import { go } from "/static/app/router.js";
import { html } from "/static/ui/html.js";
import { Sheet } from "/static/ui/parts.js";
import { finish } from "/static/view/hurt.js";

/** @typedef {import("../live/run.js").Run} Run */

/** @param {{run: Run}} props */
export function Leave({ run }) {
  const leave = () => { run.asked(); run.pause(); go("/today"); };
  return html`<${Sheet} label="Leave the session?" onClose=${() => run.asked()}>
    <h2>Leave the session?</h2>
    <p>Everything so far is kept. You can go on from here within eighteen hours.</p>
    <div class="stack">
      <button class="main" onClick=${() => run.asked()}><span class="dot"></span>Go on</button>
      <button class="second" data-testid="finish-here" onClick=${() => finish(run)}>Finish here</button>
      <button class="second" data-testid="leave" onClick=${leave}>Leave for now</button>
    </div><//>`;
}
