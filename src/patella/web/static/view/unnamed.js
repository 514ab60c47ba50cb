// What activities were of which no file says it: asked once for each kind, and put right for a single one.
import { ask, at } from "/static/app/server.js";
import { freshId } from "/static/app/clock.js";
import { datedWords } from "/static/app/days.js";
import { capital } from "/static/app/words.js";
import { html } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Sheet } from "/static/ui/parts.js";

const ADDRESS = "/activities/unnamed";
const SPORTS = ["running", "walking", "hiking", "cycling", "other"];

/** Every kind that is to be asked for; nothing where there is none. */
export function Unnamed() {
  const asked = useLoad(() => ask("GET", ADDRESS), []);
  const { busy, error, attempt } = useTry();
  const kinds = asked.data?.kinds ?? [];
  const name = (/** @type {string} */ key, /** @type {string} */ sport) =>
    attempt(async () => asked.set(await ask("POST", ADDRESS, { key, sport })));
  if (!kinds.length) return null;
  const span = (/** @type {any} */ k) =>
    (k.first === k.last ? datedWords(k.first) : `${datedWords(k.first)} to ${datedWords(k.last)}`);
  return html`<section class="card" data-testid="unnamed"><h2>What were these?</h2>
    <p class="small">No file says it, so it is not guessed. Until you say, they count as no run, and not as rest either.</p>
    ${kinds.map((/** @type {any} */ k) =>
      html`<div key=${k.key} class="stacked"><p><b>${k.asks}</b> <span class="small">${span(k)}</span></p>
      <div class="row" role="group" aria-label=${k.asks}>
        ${SPORTS.map((s) =>
          html`<button key=${s} class="second" disabled=${busy} onClick=${() => name(k.key, s)}>
            ${capital(s)}</button>`)}</div></div>`)}
    <${Problem} text=${error} /></section>`;
}

/** What one activity was. @param {{one: any, onClose: () => void, again: () => void, takeOut: () => void}} props */
export function SportEdit({ one, onClose, again, takeOut }) {
  const { busy, error, attempt } = useTry();
  const save = (/** @type {string} */ sport) => attempt(async () => {
    await ask("POST", `/activities/${at(one.id)}/sport`, { id: freshId(), sport });
    again();
    onClose();
  });
  return html`<${Sheet} label="What it was" onClose=${onClose}><h2>What was it?</h2>
    <p class="small">A run counts towards how far you may go; its shoe can be said then.</p>
    <div class="row" role="group" aria-label="What it was">
      ${SPORTS.map((s) =>
        html`<button key=${s} class="second" disabled=${busy} aria-pressed=${s === one.sport} onClick=${() => save(s)}>
          ${capital(s)}</button>`)}</div>
    <div class="row"><button class="plain" onClick=${takeOut}>Take it out</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} /><//>`;
}
