// The programme of one runner: chosen, put in order, dosed within the library's bounds, and set.
import { ask, at } from "/static/app/server.js";
import { freshId } from "/static/app/clock.js";
import { Gone } from "/static/people/gone.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Title } from "/static/ui/parts.js";

/** @param {{number: string}} props */
export function Programme({ number }) {
  const asked = useLoad(() => ask("GET", `/people/caseload/${at(number)}/programme`), [number]);
  if (asked.error?.status === 404) return html`<${Gone} />`;
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  return html`<${Editor} number=${number} ...${asked.data} set=${asked.set} />`;
}

const textOf = (n) => (n === null || n === undefined ? "" : String(n));
const numberOf = (text) => (text === "" ? null : Number(text));

/** A line of the editor from what is in force. @param {any} e */
const lineOf = (e) => ({
  exercise: e.exercise, sets: e.start.sets, much: e.start.reps ?? e.start.hold_s, step: e.start.step,
  most: e.most.reps ?? e.most.hold_s, mostStep: e.most.step, days: textOf(e.days_a_week), note: e.note,
});
/** The library's own dose to begin with. @param {any} c */
const freshLine = (c) =>
  ({ exercise: c.exercise, sets: c.sets, much: (c.reps ?? c.hold_s)[0], step: 0, most: (c.reps ?? c.hold_s)[1],
    mostStep: 0, days: "", note: "" });

/** A line as the server is told of it. @param {any} line @param {any} choice */
function said(line, choice) {
  const much = choice.reps ? { reps: line.much, most_reps: line.most } : { hold_s: line.much, most_hold_s: line.most };
  return { exercise: line.exercise, sets: line.sets, step: line.step, most_step: line.mostStep,
    days_a_week: numberOf(line.days), note: line.note, ...much };
}

/** @param {any} props */
function Editor({ number, name, today, programmes, choices, set }) {
  const now = programmes.later ?? programmes.now;
  const [lines, change] = useState(() => (now?.exercises ?? []).map(lineOf));
  const [note, setNote] = useState(now?.note ?? "");
  const [since, setSince] = useState(today);
  const [until, setUntil] = useState(now?.until ?? "");
  const [id, setId] = useState(freshId);
  const [done, say] = useState("");
  const [sure, setSure] = useState(false);
  const [out, signedOut] = useState(false);
  const { busy, error, attempt } = useTry();
  const byId = Object.fromEntries(choices.map((c) => [c.exercise, c]));
  const edit = (n, values) => { say(""); change(lines.map((l, i) => (i === n ? { ...l, ...values } : l))); };
  const move = (n, to) => { say(""); const next = [...lines]; next.splice(to, 0, ...next.splice(n, 1)); change(next); };
  const answered = (found, words) => { set(found); setId(freshId()); say(words); };
  const save = () => attempt(async () => {
    const programme = { exercises: lines.map((l) => said(l, byId[l.exercise])), note, since, until: until || null };
    const told = await ask("POST", `/people/caseload/${at(number)}/programme`,
      { id, programme }).catch((e) => { signedOut(e.status === 401); throw e; });
    answered(told,
      since > today
        ? `Set. Their plan follows it from ${new Date(`${since}T12:00`).toLocaleDateString("en-GB",
          { day: "numeric", month: "long" })}.`
        : "Set. Their plan follows it from now on.");
  });
  const end = () =>
    attempt(async () => {
      answered(await ask("POST", `/people/caseload/${at(number)}/programme/end`, { id }),
        "Ended. The plan is Patella’s own again.");
      setSure(false);
    });
  const free = choices.filter((c) => !lines.some((l) => l.exercise === c.exercise));
  return html`<div class="settings caseload"><p><a href=${`/runners/${number}`}>Back to ${name}</a></p>
    <${Title}>A programme for ${name}<//>
    <p class="lead">Exercises, order and doses are yours. Warning signs, sore days and the pain rule stay above it: pain lowers a dose at once, and it rises no further than you say.</p>
    <ol class="lines">
      ${lines.map((line, n) =>
        html`<${Line} key=${line.exercise} line=${line} choice=${byId[line.exercise]} n=${n} count=${lines.length}
          edit=${(v) => edit(n, v)} move=${(to) => move(n, to)}
          drop=${() => { say(""); change(lines.filter((_, i) => i !== n)); }} />`)}</ol>
    <div class="field"><label for="add">Add an exercise</label>
      <select id="add" data-testid="add-exercise" value=""
        onChange=${(e) => {
          const c = byId[e.currentTarget.value];
          if (c) { say(""); change([...lines, freshLine(c)]); }
        }}>
      <option value="">Choose one</option>
      ${free.map((c) =>
        html`<option key=${c.exercise} value=${c.exercise}>${c.name}
          ${c.shut ? " (not open today)" : ""}</option>`)}</select></div>
    <div class="field"><label for="whole">A note on the whole programme</label>
      <textarea id="whole" rows="3" maxlength="2000" value=${note}
        onInput=${(e) => setNote(e.currentTarget.value)}></textarea></div>
    <div class="two">
      <div class="field"><label for="since">From</label>
        <input id="since" type="date" min=${today} value=${since}
          onInput=${(e) => setSince(e.currentTarget.value)} /></div>
      <div class="field"><label for="until">Until, if you like</label>
        <input id="until" type="date" min=${since} value=${until}
          onInput=${(e) => setUntil(e.currentTarget.value)} /></div></div>
    <${Problem} text=${error} />
    ${error && out
      && html`<p>
        <a href="/sign-in"
          target="_blank">Sign in, in another tab</a>, then come back and set it: what you wrote stays here.</p>`}
    <p class="row">
      <button class="main" data-testid="set-programme" disabled=${busy || !lines.length} onClick=${save}>
        <span class="dot"></span>Set it</button>
      ${now && !sure
        && html`<button class="plain" disabled=${busy} onClick=${() => setSure(true)}>End the programme</button>`}</p>
    ${now && sure
      && html`<div class="note"><p>Their plan will be Patella’s own again. What they did stays in their diary.</p>
        <p class="row">
          <button class="second" data-testid="end-programme-sure" disabled=${busy} onClick=${end}>End it</button>
          <button class="plain" onClick=${() => setSure(false)}>Keep it</button></p></div>`}
    <p class="small" role="status" data-testid="said">${done}</p>
    ${programmes.words.length > 0
      && html`<section><h2>So far</h2>
        <ul>${programmes.words.map((w) =>
          html`<li key=${w.id}>
            ${new Date(w.at).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}: ${w.ended
              ? `ended by ${w.by ?? name}` : `${w.by} set ${w.exercises.join(", ")}`}</li>`)}</ul></section>`}
  </div>`;
}

/** @param {any} props */
function Line({ line, choice, n, count, edit, move, drop }) {
  const span = choice.reps ?? choice.hold_s;
  const unit = choice.reps ? "reps" : "seconds";
  const id = `line-${line.exercise}`;
  const hasSteps = choice.steps.length > 1;
  const setMuch = (much) => edit({ much, most: line.mostStep === line.step ? Math.max(line.most, much) : line.most });
  const setStep = (step) => edit({ step, mostStep: Math.max(line.mostStep, step) });
  return html`<li class="card" aria-label=${choice.name}><h2>${choice.name}</h2>
    ${choice.shut && html`<p class="small">Not open to them today: ${choice.shut}</p>`}
    <div class="doses">
      <${Amount} id=${`${id}-sets`} label="Sets" least=${1} most=${choice.sets} value=${line.sets}
        onChange=${(sets) => edit({ sets })} />
      <${Amount} id=${`${id}-much`} label=${choice.reps ? "Reps" : "Seconds"} least=${span[0]} most=${span[1]}
        value=${line.much} onChange=${setMuch} />
      ${hasSteps
        && html`<${Steps} id=${`${id}-step`} label="With" steps=${choice.steps} from=${0} value=${line.step}
          onChange=${setStep} />`}
      <${Amount} id=${`${id}-most`} label=${`Up to, ${unit}`} least=${line.mostStep === line.step ? line.much : span[0]}
        most=${span[1]} value=${line.most} onChange=${(most) => edit({ most })} />
      ${hasSteps
        && html`<${Steps} id=${`${id}-moststep`} label="Up to, with" steps=${choice.steps} from=${line.step}
          value=${line.mostStep}
          onChange=${(mostStep) =>
            edit({ mostStep, most: mostStep === line.step ? Math.max(line.most, line.much) : line.most })} />`}
      <div class="field"><label for=${`${id}-days`}>Days a week</label>
        <select id=${`${id}-days`} value=${line.days} onChange=${(e) => edit({ days: e.currentTarget.value })}>
          <option value="">As it fits</option>
          ${Array.from({ length: choice.days_a_week },
            (_, i) => html`<option key=${i} value=${String(i + 1)}>${i + 1}</option>`)}</select></div>
    </div>
    <div class="field"><label for=${`${id}-note`}>Note</label>
      <textarea id=${`${id}-note`} rows="2" maxlength="500" value=${line.note}
        onInput=${(e) => edit({ note: e.currentTarget.value })}></textarea></div>
    <p class="row">
      <button class="plain" disabled=${n === 0} aria-label=${`${choice.name}: earlier`}
        onClick=${() => move(n - 1)}>Earlier</button>
      <button class="plain" disabled=${n === count - 1} aria-label=${`${choice.name}: later`}
        onClick=${() => move(n + 1)}>Later</button>
      <button class="plain" aria-label=${`Take out ${choice.name}`} onClick=${drop}>Take out</button></p></li>`;
}

/** @param {{id: string, label: string, least: number, most: number, value: number, onChange: (n: number) => void}} props */
const Amount = ({ id, label, least, most, value, onChange }) =>
  html`<div class="field"><label for=${id}>${label}</label>
  <input id=${id} type="number" inputmode="numeric" min=${least} max=${most} value=${value} disabled=${least === most}
    onChange=${(e) => onChange(Math.round(Math.max(least, Math.min(most, Number(e.currentTarget.value) || least))))} />
  <small>${least === most ? `always ${most}` : `${least} to ${most}`}</small></div>`;

/** @param {{id: string, label: string, steps: string[], from: number, value: number, onChange: (n: number) => void}} props */
const Steps = ({ id, label, steps, from, value, onChange }) => html`<div class="field"><label for=${id}>${label}</label>
  <select id=${id} value=${String(value)} onChange=${(e) => onChange(Number(e.currentTarget.value))}>
    ${steps.map((words, n) => n >= from
      && html`<option key=${n} value=${String(n)}>${words}</option>`)}</select></div>`;
