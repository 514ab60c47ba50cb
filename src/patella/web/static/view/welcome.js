// The welcome and the questions before anything else: one a screen.
import { api } from "/static/app/api.js";
import { memory } from "/static/app/memory.js";
import { go } from "/static/app/router.js";
import { changeSettings, loadSettings } from "/static/app/settings.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { Problem, useLoad, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Logo, Title } from "/static/ui/parts.js";
import { Exit } from "/static/view/exit.js";

const DRAFT = "screening";

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const asked = useLoad(async () => {
    const [found, , draft] = await Promise.all([api.questions(), loadSettings(), memory.get("drafts", DRAFT)]);
    return { ...found, draft: draft ?? null };
  }, []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  return html`<${Walk} ...${asked.data} again=${query.has("again")} />`;
}

/** @param {{questions: any[], texts: Object<string, string>, draft: any, again: boolean}} props */
function Walk({ questions, texts, draft, again }) {
  const profile = useSettings();
  const fresh = profile.has === null;
  const about = fresh ? ["knees", "usual", "equipment"] : [];
  const [at, setAt] = useState(draft?.at ?? (again ? 0 : -1));
  const [answers, setAnswers] = useState(/** @type {Object<string, any>} */ (draft?.answers ?? {}));
  const [result, setResult] = useState(/** @type {any} */ (null));
  const { busy, error, attempt } = useTry();
  useEffect(() => { if (at >= 0 && !result) memory.put("drafts", DRAFT, { at, answers }); }, [at, answers]);

  const finish = (given) => attempt(async () => {
    const found = await api.screen(given);
    await memory.drop("drafts", DRAFT);
    setResult(found);
  });
  const answer = (id, value) => attempt(async () => {
    const given = { ...answers, [id]: value };
    setAnswers(given);
    const { stops } = await api.peek(given);
    if (stops) return finish(given);
    if (at + 1 < questions.length + about.length) setAt(at + 1);
    else await finish(given);
  });
  const onward = () => (at + 1 < questions.length + about.length ? setAt(at + 1) : finish(answers));
  const set = (values) => attempt(async () => { await changeSettings(values); await onward(); });

  if (result) return html`<${Result} ...${result} />`;
  if (at < 0) return html`<${Hello} text=${texts.not_screened} always=${texts.always} begin=${() => setAt(0)} />`;
  const step = { at, of: questions.length + about.length, back: () => setAt(at - 1), busy, error };
  const question = questions[at];
  if (question) return html`<${Question} key=${question.id} ...${step} question=${question} value=${answers[question.id]} onAnswer=${(v) => answer(question.id, v)} />`;
  const which = about[at - questions.length];
  if (which === "knees") return html`<${Knees} key="knees" ...${step} value=${profile.knees} onAnswer=${(knees) => set({ knees })} />`;
  if (which === "usual") return html`<${Usual} key="usual" ...${step} value=${profile.usual_pain} onAnswer=${(usual_pain) => set({ usual_pain })} />`;
  return html`<${Things} key="things" ...${step} all=${profile.equipment} onAnswer=${(has) => set({ has })} />`;
}

/** @param {{text: string, always: string, begin: () => void}} props */
const Hello = ({ text, always, begin }) => html`<section class="hello">
  <${Logo} size=${112} />
  <${Title}>Hello. Let’s look after that knee.<//>
  <p class="lead">A few exercises a day, the right amount for today, and the reason why. Everything stays on this machine.</p>
  <p class="lead">${text}</p>
  <button class="main" data-testid="begin-questions" onClick=${begin}>Begin</button>
  <p class="small">${always}</p>
</section>`;

/** @param {{at: number, of: number, back: () => void, children: any, error: string|null, head: string, note?: string}} props */
const Asked = ({ at, of, back, children, error, head, note }) => html`<section class="asked">
  <div class="way"><button class="round" aria-label="Back" onClick=${back}><${Icon} of="left" /></button>
    <progress max=${of} value=${at} aria-label="Questions answered"></progress><span class="small">${at + 1} of ${of}</span></div>
  <${Title} class="question" keep=${at}>${head}<//>
  ${note && html`<p class="small">${note}</p>`}
  ${children}
  <${Problem} text=${error} />
</section>`;

/** @param {any} props */
function Question({ question, value, onAnswer, ...step }) {
  const [chosen, choose] = useState(/** @type {string[]} */ (Array.isArray(value) ? value : []));
  if (!question.many) {
    return html`<${Asked} ...${step} head=${question.ask}><div class="choices">
      ${question.choices.map((c) => html`<button key=${c.id} class="choice" aria-pressed=${value === c.id} disabled=${step.busy} onClick=${() => onAnswer(c.id)}>${c.text}</button>`)}
    </div><//>`;
  }
  const flip = (id) => choose(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
  return html`<${Asked} ...${step} head=${question.ask}><div class="choices">
    ${question.choices.map((c) => html`<label key=${c.id} class="choice tick"><input type="checkbox" checked=${chosen.includes(c.id)} onChange=${() => flip(c.id)} /><span>${c.text}</span></label>`)}
  </div>
  <div class="after">${chosen.length
    ? html`<button class="main" disabled=${step.busy} onClick=${() => onAnswer(chosen)}>Continue</button>`
    : html`<button class="main" disabled=${step.busy} onClick=${() => onAnswer([])}>None of these</button>`}</div><//>`;
}

/** @param {any} props */
function Knees({ value, onAnswer, ...step }) {
  const is = (knees) => knees.join() === value.join();
  const one = (words, knees) => html`<button class="choice" aria-pressed=${value.length > 0 && is(knees)} disabled=${step.busy} onClick=${() => onAnswer(knees)}>${words}</button>`;
  return html`<${Asked} ...${step} head="Which knee is it?"><div class="choices">
    ${one("My left knee", ["left"])}${one("My right knee", ["right"])}${one("Both", ["left", "right"])}${one("Neither: I want to keep it that way", [])}
  </div><//>`;
}

/** @param {any} props */
function Usual({ value, onAnswer, ...step }) {
  const [n, set] = useState(/** @type {number|null} */ (value));
  return html`<${Asked} ...${step} head="How much does it hurt on a usual morning?" note="It is what later mornings are compared with.">
    <${PainScale} label="Pain on a usual morning" value=${n} onChange=${set} />
    <div class="after"><button class="main" disabled=${step.busy || n === null} onClick=${() => onAnswer(n)}>Continue</button>
      <button class="plain" disabled=${step.busy} onClick=${() => onAnswer(null)}>I cannot say</button></div><//>`;
}

/** @param {any} props */
function Things({ all, onAnswer, ...step }) {
  const [has, set] = useState(/** @type {string[]} */ (all.filter((e) => e.everyday).map((e) => e.id)));
  return html`<${Asked} ...${step} head="What do you have at hand?" note="Everyday things are ticked already. You can change this later in the settings.">
    <${Tickets} all=${all} has=${has} onChange=${set} />
    <div class="after"><button class="main" disabled=${step.busy} onClick=${() => onAnswer(has)}>That is all</button></div><//>`;
}

/** @param {{all: any[], has: string[], onChange: (has: string[]) => void}} props */
export function Tickets({ all, has, onChange }) {
  const flip = (id) => onChange(has.includes(id) ? has.filter((h) => h !== id) : [...has, id]);
  return html`<div class="tickets">${all.map((e) => html`<label key=${e.id} class="ticket"><input type="checkbox" checked=${has.includes(e.id)} onChange=${() => flip(e.id)} /><span>${e.name}</span></label>`)}</div>`;
}

/** @param {any} props */
function Result({ outcome, text, notes, shut }) {
  if (outcome !== "ok") return html`<${Exit} outcome=${outcome} text=${text} notes=${notes} />`;
  return html`<section class="hello">
    <${Logo} size=${88} hop=${1} />
    <${Title} keep="result">You can do it. Start now.<//>
    <p class="lead">${text}</p>
    ${notes.map((n) => html`<p key=${n} class="note">${n}</p>`)}
    ${shut.some((s) => s.because[0]?.key?.startsWith("gate") || s.because[0]?.key === "shut_fact") && html`<p class="small">Some exercises are left out for you. The library says which, and why.</p>`}
    <button class="main" data-testid="to-today" onClick=${() => go("/today")}>See today’s exercises</button>
  </section>`;
}
