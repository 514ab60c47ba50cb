// What to do instead of exercising: a text that cannot be missed.
import { api } from "/static/app/api.js";
import { go } from "/static/app/router.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Icon, Mark, Title } from "/static/ui/parts.js";

const HEADS = { emergency: "Stop. Get help now.", same_day: "Have it seen today.", soon: "See someone first." };

/** @param {{outcome: string, text: string, notes?: string[]}} props */
export function Exit({ outcome, text, notes = [] }) {
  const [sure, ask] = useState(false);
  const { busy, error, attempt } = useTry();
  const reopen = () => attempt(async () => { await api.assessed(); go("/today"); });
  return html`<section class="exit ${outcome}" role="alert">
    <${Mark} colour=${outcome === "soon" ? "amber" : "red"} word=${outcome === "soon" ? "Exercise is paused" : "Stop"} />
    <${Title} keep="exit">${HEADS[/** @type {"soon"} */ (outcome)] ?? "Pause here."}<//>
    <p class="lead">${text}</p>
    ${notes.map((n) => html`<p key=${n}>${n}</p>`)}
    <p>Asking for help is a good decision. Your diary stays as it is.</p>
    <${Problem} text=${error} />
    <div class="after">
      ${sure
        ? html`<p><b>A doctor or physiotherapist looked at this knee and said that exercise is fine?</b></p>
          <button class="main" disabled=${busy} onClick=${reopen}>Yes, I was told to exercise</button>
          <button class="plain" onClick=${() => ask(false)}>Not yet</button>`
        : html`<button class="second" data-testid="assessed" onClick=${() => ask(true)}>I have been assessed</button>
          <a class="plain" href="/welcome?again">Answer the questions again</a>`}
    </div>
  </section>`;
}

const SYMPTOMS = [
  ["swelling", "It is newly swollen"], ["locking", "It locks"], ["giving_way", "It gives way"],
  ["night_pain", "Pain wakes me at night"], ["fever", "I have a fever"], ["calf", "My calf is swollen or tender"],
];

/** Something new about the knee: the programme stops until the questions are answered again. */
export function SomethingNew() {
  const [open, setOpen] = useState(false);
  const { busy, error, attempt } = useTry();
  const note = (id) => attempt(async () => { await api.symptom(id); go("/welcome?again"); });
  return html`<details class="new" open=${open} onToggle=${(e) => setOpen(e.currentTarget.open)}>
    <summary>Something new about the knee?</summary>
    <p>Exercise stops here until the questions are answered again. If you have a fever, or a swollen and tender calf, have it looked at today.</p>
    <div class="choices">${SYMPTOMS.map(([id, words]) => html`<button key=${id} class="choice" disabled=${busy} onClick=${() => note(id)}>${words}<${Icon} of="right" size=${18} /></button>`)}</div>
    <${Problem} text=${error} />
  </details>`;
}
