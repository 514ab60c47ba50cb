// The welcome and the questions before anything else: lists to tick, the most urgent first.
import { api } from "/static/app/api.js";
import { memory } from "/static/app/memory.js";
import { SERVED } from "/static/app/served.js";
import { go } from "/static/app/router.js";
import { changeSettings, loadSettings } from "/static/app/settings.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Logo, Title } from "/static/ui/parts.js";
import { Exit } from "/static/view/exit.js";

/** @typedef {Object<string, string|string[]>} Given answers by question: one choice, or those ticked */

const DRAFT = "screening";
const KNEES = /** @type {[string, string[]][]} */ ([["Left", ["left"]], ["Right", ["right"]],
  ["Both", ["left", "right"]], ["Neither", []]]);

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const asked = useLoad(async () => {
    const [found, , draft] = await Promise.all([api.questions(), loadSettings(), memory.get("drafts", DRAFT)]);
    return { ...found, draft: draft?.version === found.version ? draft : null };
  }, []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  return html`<${Walk} ...${asked.data} again=${query.has("again")} />`;
}

/** Whether a question comes after what has been answered. @param {any} question @param {Given} given */
function isAsked(question, given) {
  return !question.when.length || question.when.some((/** @type {string} */ w) => {
    const [id, choice] = w.split(":");
    return [given[id]].flat().includes(choice);
  });
}

/** @param {any} question @param {Given} given */
const isAnswered = (question, given) => {
  const said = given[question.id];
  if (!question.many) return typeof said === "string";
  return !question.least_one || (said?.length ?? 0) > 0;
};

/** The answers of these questions as they are sent: nothing ticked is an answer too, and what is not asked is left out. */
function sent(/** @type {any[]} */ questions, /** @type {Given} */ given) {
  return Object.fromEntries(questions.filter((q) => isAsked(q, given)).map((q) => [q.id, given[q.id] ?? []]));
}

/** @param {{version: number, screens: any[], questions: any[], texts: Object<string, string>, ticked: Given, draft: any, again: boolean}} props */
function Walk({ version, screens, questions, texts, ticked, draft, again }) {
  const profile = useSettings();
  const [at, setAt] = useState(draft?.at ?? (again ? 0 : -1));
  const [given, setGiven] = useState(/** @type {Given} */ (draft?.given ?? ticked));
  const [person,
    setPerson] = useState(/** @type {any} */ (draft?.person
      ?? { knees: profile.usual_pain === null && !profile.knees.length ? null : profile.knees,
        usual_pain: profile.usual_pain }));
  const [result, setResult] = useState(/** @type {any} */ (null));
  const { busy, error, attempt } = useTry();
  useEffect(() => { if (at >= 0 && !result) memory.put("drafts", DRAFT, { version, at, given, person }); },
    [at, given, person]);

  const onward = () => attempt(async () => {
    const reached = screens.slice(0, at + 1).map((s) => s.id);
    const answers = sent(questions.filter((q) => reached.includes(q.screen)), given);
    const { stops } = await api.peek(answers);
    if (!stops && at + 1 < screens.length) return setAt(at + 1);
    if (!stops) await changeSettings({ knees: person.knees, usual_pain: person.usual_pain });
    const found = await api.screen(answers);
    await memory.drop("drafts", DRAFT);
    if (found.outcome === "ok" && !found.notes.length) return go("/today?welcome");
    return setResult(found);
  });

  if (result) return html`<${Result} ...${result} />`;
  if (at < 0) return html`<${Hello} text=${texts.not_screened} begin=${() => setAt(0)} />`;
  const screen = screens[at];
  const here = questions.filter((q) => q.screen === screen.id && isAsked(q, given));
  const step = { at, of: screens.length, back: () => setAt(at - 1), busy, error, onward };
  const answer = (id, said) => setGiven({ ...given, [id]: said });
  return html`<${Screen} key=${screen.id} ...${step} title=${screen.title} questions=${here} given=${given}
    answer=${answer}
    person=${screen.id === "about" ? person : null} setPerson=${(values) => setPerson({ ...person, ...values })} />`;
}

/** @param {{text: string, begin: () => void}} props */
const Hello = ({ text, begin }) => html`<section class="hello">
  <${Logo} size=${112} />
  <${Title}>Hello. Let’s look after that knee.<//>
  <p class="lead">${text}</p>
  <button class="main" data-testid="begin-questions" onClick=${begin}>Begin</button>
  ${!SERVED
    && html`<p class="small">Used Patella before? <a href="/settings">Bring in your diary</a> from a copy. A browser may clear what it keeps.</p>`}
</section>`;

/**
 * One screen: a list to tick with what a tick leads to, or a few small questions.
 * @param {{at: number, of: number, back: () => void, busy: boolean, error: string|null, onward: () => void, title: string, questions: any[], given: Given, answer: (id: string, said: string|string[]) => void, person: any, setPerson: (values: any) => void}} props
 */
function Screen({ at, of, back, busy, error, onward, title, questions, given, answer, person, setPerson }) {
  const list = person ? null : questions[0];
  const none = list && !given[list.id]?.length;
  const ready = questions.every((q) => isAnswered(q, given)) && (!person || person.knees !== null);
  return html`<section class="asked">
    <div class="way"><button class="round" aria-label="Back" onClick=${back}><${Icon} of="left" /></button>
      <progress max=${of} value=${at + 1} aria-label=${`Screen ${at + 1} of ${of}`}></progress></div>
    <${Title} class="question" keep=${at}>${title}<//>
    ${questions.map((q) =>
      html`<${Question} key=${q.id} question=${q} quiet=${q === list} said=${given[q.id]}
        onSay=${(said) => answer(q.id, said)} />`)}
    ${person && html`<${Person} person=${person} setPerson=${setPerson} />`}
    <${Problem} text=${error} />
    <div class="after">
      <button class="main" data-testid="onward" disabled=${busy || !ready} onClick=${onward}>
        ${none ? "None of these" : "Continue"}</button></div>
  </section>`;
}

/** @param {{question: any, quiet: boolean, said: string|string[]|undefined, onSay: (said: string|string[]) => void}} props */
function Question({ question, quiet, said, onSay }) {
  const { id, ask, many, choices, when } = question;
  const ticked = [said ?? []].flat();
  const flip = (choice) =>
    onSay(!many ? choice : ticked.includes(choice) ? ticked.filter((c) => c !== choice) : [...ticked, choice]);
  return html`<fieldset class=${when.length ? "group more" : "group"} aria-label=${quiet ? ask : null}>
    ${!quiet && html`<legend>${ask}</legend>`}
    <div class=${question.screen === "about" && !when.length ? "tickets" : "choices"}>
      ${choices.map((c) =>
        html`<label key=${c.id} class=${question.screen === "about" && !when.length ? "ticket" : "choice tick"}>
        <input type=${many ? "checkbox" : "radio"} name=${id} checked=${ticked.includes(c.id)}
          onChange=${() => flip(c.id)} />
        <span>${c.text}</span></label>`)}
    </div></fieldset>`;
}

/** @param {{person: any, setPerson: (values: any) => void}} props */
function Person({ person, setPerson }) {
  const is = (knees) => person.knees !== null && knees.join() === person.knees.join();
  return html`<fieldset class="group"><legend>Sore knee</legend><div class="tickets">
      ${KNEES.map(([words, knees]) =>
        html`<label key=${words} class="ticket">
          <input type="radio" name="knees" checked=${is(knees)} onChange=${() => setPerson({ knees })} />
          <span>${words}</span></label>`)}</div></fieldset>
    <fieldset class="group"><legend>Usual morning pain</legend>
      <${PainScale} label="Usual morning pain" value=${person.usual_pain}
        onChange=${(n) => setPerson({ usual_pain: n === person.usual_pain ? null : n })} /></fieldset>`;
}

/** @param {{all: any[], has: string[], onChange: (has: string[]) => void}} props */
export function Tickets({ all, has, onChange }) {
  const flip = (id) => onChange(has.includes(id) ? has.filter((h) => h !== id) : [...has, id]);
  return html`<div class="tickets">
    ${all.map((e) =>
      html`<label key=${e.id} class="ticket">
        <input type="checkbox" checked=${has.includes(e.id)} onChange=${() => flip(e.id)} />
        <span>${e.name}</span></label>`)}</div>`;
}

/** What the answers came to, where there is something to say. @param {any} props */
function Result({ outcome, text, notes, named, left_out: leftOut }) {
  if (outcome !== "ok"
    && outcome !== "no_run") return html`<${Exit} outcome=${outcome} text=${text} named=${named} notes=${notes} />`;
  return html`<section class="hello">
    <${Logo} size=${88} hop=${1} />
    <${Title} keep="result">You can do it. Start now.<//>
    <p class="lead">${text}</p>
    ${notes.map((n) => html`<p key=${n} class="note">${n}</p>`)}
    ${leftOut && html`<p class="small">Some exercises are left out for you. The library says which, and why.</p>`}
    <button class="main" data-testid="to-today" onClick=${() => go("/today")}>See today’s exercises</button>
  </section>`;
}
