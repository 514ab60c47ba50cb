// What a physiotherapist set, above the plan that follows it, and the way out of it.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { dayWords } from "/static/app/days.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";

/** @param {{programme: {by: string, on: string, until: string|null, note: string}, again: () => void}} props */
export function AsSet({ programme, again }) {
  const [sure, ask] = useState(false);
  const [id] = useState(freshId);
  const { busy, error, attempt } = useTry();
  const end = () => attempt(async () => { await api.endProgramme(id); again(); });
  return html`<section class="card as-set" data-testid="as-set" aria-label=${`Set by ${programme.by}`}>
    ${programme.note && html`<p class="set-note">${programme.note}</p>`}
    <p class="small">Set by your physiotherapist, ${programme.by}, on ${dayWords(programme.on,
      { day: "numeric", month: "long" })}.${programme.until
      && ` Until ${dayWords(programme.until, { day: "numeric", month: "long" })}.`}</p>
    ${sure
      ? html`<p>The plan will be Patella’s own again. What you did stays in your diary.</p>
        <div class="row">
          <button class="second" data-testid="end-programme-sure" disabled=${busy} onClick=${end}>End it</button>
          <button class="plain" onClick=${() => ask(false)}>Keep it</button></div>`
      : html`<div class="row">
        <button class="plain" data-testid="end-programme" onClick=${() => ask(true)}>End this programme</button></div>`}
    <${Problem} text=${error} />
  </section>`;
}
