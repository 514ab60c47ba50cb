// What to do instead of exercising: a text that cannot be missed, a number to call, and the way back.
import { api } from "/static/app/api.js";
import { moment } from "/static/app/clock.js";
import { go } from "/static/app/router.js";
import { EXITS, isExit } from "/static/app/standing.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Icon, Mark, Title } from "/static/ui/parts.js";

/** The country that this browser speaks of, such as AT of de-AT; nothing is asked from outside. */
const region = () =>
  navigator.languages.map((l) => /^[a-z]{2,3}(?:-[A-Za-z]{4})?-([A-Z]{2})$/.exec(l)?.[1]).find(Boolean)
  ?? null;

/**
 * `named`: what was said that leads here.
 * @param {{outcome: string, text: string, named?: string[], notes?: string[]}} props
 */
export function Exit({ outcome, text, named = [], notes = [] }) {
  const [sure, ask] = useState(false);
  const calm = outcome === "soon" || outcome === "clinician_first";
  return html`<section class="exit ${outcome}" role="alert">
    <${Mark} colour=${calm ? "amber" : "red"} word=${calm ? "Exercise and running wait" : "Stop"} />
    <${Title} keep="exit">${EXITS[/** @type {"soon"} */ (outcome)] ?? "Pause here."}<//>
    <p class="lead">${text}</p>
    ${outcome === "emergency" && html`<${Call} />`}
    ${named.length > 0
      && html`<p>You told us:</p><ul class="named">${named.map((n) => html`<li key=${n}>${n}</li>`)}</ul>`}
    ${notes.map((n) => html`<p key=${n}>${n}</p>`)}
    <p>Asking for help is a good decision. Your diary stays as it is.</p>
    <div class="after">
      ${sure ? html`<${Yes} stop=${() => ask(false)} />`
        : html`<button class="second" data-testid="assessed" onClick=${() => ask(true)}>I have been cleared</button>
          <a class="plain" href="/welcome?again">Answer the questions again</a>`}
    </div>
  </section>`;
}

/** The number to call, as a link to tap. */
function Call() {
  const found = useLoad(() => api.emergency(region()), []);
  const { number, country } = found.data ?? { number: "112", country: null };
  const where = country ? new Intl.DisplayNames(["en"], { type: "region" }).of(country) : null;
  return html`<p class="row"><a class="main call" data-testid="call" href=${`tel:${number}`}>Call ${number}</a></p>
    <p class="small">
      ${where ? `The emergency number, ${where}.`
        : "Or the emergency number where you are."} <a href="/settings">Somewhere else?</a></p>`;
}

/** The yes of somebody who can judge it, with its day. @param {{stop: () => void}} props */
function Yes({ stop }) {
  const today = moment().slice(0, 10);
  const [on, setOn] = useState(today);
  const { busy, error, attempt } = useTry();
  const reopen = () => attempt(async () => { await api.assessed(on); go("/today"); });
  return html`<div class="yes">
    <p><b>A doctor or physiotherapist looked at this knee and said that exercise is fine?</b></p>
    <label class="typed"><span>On which day?</span>
      <input type="date" value=${on} max=${today} onChange=${(e) => setOn(e.currentTarget.value)} /></label>
    <div class="row"><button class="main" disabled=${busy || !on} onClick=${reopen}>My clinician said yes</button>
    <button class="plain" onClick=${stop}>Not yet</button></div><${Problem} text=${error} /></div>`;
}

/**
 * Something new about the knee: the same lists as in the questions, and they lead to the same.
 * @param {{again: () => void}} props
 */
export function SomethingNew({ again }) {
  const [open, setOpen] = useState(false);
  return html`<details class="new" open=${open} onToggle=${(e) => setOpen(e.currentTarget.open)}>
    <summary>Something new about the knee?</summary>
    ${open && html`<${Lists} again=${again} />`}
  </details>`;
}

/** @param {{again: () => void}} props */
function Lists({ again }) {
  const asked = useLoad(() => api.questions(), []);
  const [ticked, tick] = useState(/** @type {string[]} */ ([]));
  const { busy, error, attempt } = useTry();
  const flip = (id) => tick(ticked.includes(id) ? ticked.filter((t) => t !== id) : [...ticked, id]);
  const save = () => attempt(async () => {
    let standing = "";
    for (const id of ticked) standing = (await api.symptom(id)).clearance;
    if (isExit(standing)) again();
    else go("/welcome?again");
  });
  const lists = asked.data?.questions.filter((q) => q.noted) ?? [];
  const titles = new Map((asked.data?.screens ?? []).map((s) => [s.id, s.title]));
  return html`<p>Exercise stops for what you tick here until somebody has looked at it.</p>
    ${lists.map((q) =>
      html`<fieldset key=${q.id} class="group"><legend>${titles.get(q.screen)}</legend><div class="choices">
      ${q.choices.map((c) =>
        html`<label key=${c.id} class="choice tick">
          <input type="checkbox" checked=${ticked.includes(c.id)} onChange=${() => flip(c.id)} />
          <span>${c.text}</span></label>`)}</div></fieldset>`)}
    <button class="second" data-testid="save-new" disabled=${busy || !ticked.length}
      onClick=${save}>Save<${Icon} of="right" size=${18} /></button>
    <${Problem} text=${error ?? asked.error?.sentence ?? null} />`;
}
