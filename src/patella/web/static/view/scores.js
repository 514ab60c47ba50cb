// Scores of pain and function: our own three questions, and totals of questionnaires that a physiotherapist may use.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { dayWords } from "/static/app/days.js";
import { plain } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Icon, Sheet, Title } from "/static/ui/parts.js";
import { Typed, typed } from "/static/ui/typed.js";

const VERDICTS = { better: "Better", likely_better: "Likely better", small_better: "A small change for the better",
  unclear: "No clear change", small_worse: "A small change for the worse", likely_worse: "Likely worse",
  worse: "Worse" };

export function View() {
  const asked = useLoad(() => api.scores(), []);
  const [open, setOpen] = useState(/** @type {any} */ (null));
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { scores } = asked.data;
  const due = scores.filter((s) => s.due !== null);
  const rest = scores.filter((s) => s.due === null);
  const group = (/** @type {string} */ head, /** @type {any[]} */ list) => list.length > 0
    && html`<section><h2>${head}</h2>
      <ul class="pairs">
        ${list.map((s) => html`<${Row} key=${s.id} score=${s} open=${() => setOpen(s)} />`)}</ul></section>`;
  return html`<div class="scores"><p><a class="back" href="/timeline"><${Icon} of="left" size=${18} />Timeline</a></p>
    <${Title}>Scores<//>
    <p class="lead">A few questions at the beginning, after six weeks and after twelve. Small ups and downs mean nothing; each score says how big a change has to be.</p>
    ${group("Due now", due)}${group("My own answers", rest.filter((s) => s.ours))}
    ${group("Questionnaires from elsewhere", rest.filter((s) => !s.ours))}
    ${open && html`<${Give} key=${open.id} score=${open} onClose=${() => setOpen(null)}
      again=${asked.again} />`}</div>`;
}

/** @param {{score: any, open: () => void}} props */
function Row({ score, open }) {
  const { entries, change } = score;
  const last = entries.at(-1);
  const day = (/** @type {string} */ iso) => dayWords(iso, { day: "numeric", month: "short" });
  return html`<li><div><h3>${score.name}</h3>
    <p>${last ? `${plain(last.value)} on ${day(last.day)}` : "Not answered yet"}
      ${change && entries.length > 1
        ? `, ${plain(entries[0].value)} on ${day(entries[0].day)}: ${VERDICTS[/** @type {"better"} */ (change.verdict)].toLowerCase()}.`
        : "."}</p>
    <p class="small">${score.low}: ${score.low_means}. ${score.high}: ${score.high_means}.</p></div>
    <button class="second" aria-label=${`${score.ours ? "Answer" : "Enter"}: ${score.name}`} onClick=${open}>
      ${score.ours ? "Answer" : "Enter"}</button></li>`;
}

/** @param {{score: any, onClose: () => void, again: () => void}} props */
function Give({ score, onClose, again }) {
  const known = score.entries.at(-1)?.activities ?? [];
  const [value, setValue] = useState(/** @type {number|null} */ (null));
  const [text, setText] = useState("");
  const rows = Math.max(known.length, score.activities?.[0] ?? 0);
  const [named,
    setNamed] = useState(/** @type {[string, number|null][]} */ (Array.from({ length: rows },
      (_, i) => [known[i]?.[0] ?? "", null])));
  const [id] = useState(freshId);
  const { busy, error, attempt } = useTry();
  const whole = score.activities ? named.every(([name, n]) => name.trim() && n !== null) : score.ours ? value !== null
    : typed(text) !== null;
  const save = () => attempt(async () => {
    await api.giveScore({ id, score: score.id, value: score.activities ? null : score.ours ? value : typed(text),
      activities: score.activities ? named.map(([name, n]) => ({ name: name.trim(), value: n })) : [] });
    again();
    onClose();
  });
  const takeOut = (/** @type {string} */ entry) =>
    attempt(async () => { await api.undo(entry, freshId()); again(); onClose(); });
  const setRow = (/** @type {number} */ i, /** @type {[string, number|null]} */ row) =>
    setNamed(named.map((r, j) => (j === i ? row : r)));
  return html`<${Sheet} label=${score.name} onClose=${onClose}><h2>${score.name}</h2><p>${score.question}</p>
    ${score.activities
      ? named.map(([name, n], i) =>
        html`<div class="activity" key=${i}>
          <label class="typed"><span>Activity ${i + 1}</span>
            <input type="text" maxlength="60" autocomplete="off" value=${name}
              onInput=${(e) => setRow(i, [e.currentTarget.value, n])} /></label>
        <${Numbers} score=${score} label=${`Activity ${i + 1}`} value=${n}
          onChange=${(m) => setRow(i, [name, m])} /></div>`)
      : score.ours ? html`<${Numbers} score=${score} label=${score.name} value=${value} onChange=${setValue} />`
      : html`<${Typed} label="Total" unit=${`of ${score.high}`} testid="score-total" value=${text}
        onChange=${setText} />`}
    ${score.activities && named.length < score.activities[1]
      && html`<button class="plain" onClick=${() => setNamed([...named, ["", null]])}>
        <${Icon} of="plus" size=${18} />One more</button>`}
    <div class="row">
      <button class="main" data-testid="save-score" disabled=${!whole || busy} onClick=${save}>
        <span class="dot"></span>Save</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} />
    ${score.entries.length > 0
      && html`<h3>Given so far</h3>
        <ul class="plainly">
          ${score.entries.map((e) =>
            html`<li key=${e.entry_id}>
              ${plain(e.value)} on ${dayWords(e.day)} <button class="plain" data-testid="take-out-score"
                aria-label=${`Take out ${plain(e.value)} of ${dayWords(e.day)}`} disabled=${busy}
                onClick=${() => takeOut(e.entry_id)}>Take it out</button></li>`)}</ul>`}<//>`;
}

/** @param {{score: any, label: string, value: number|null, onChange: (n: number) => void}} props */
const Numbers = ({ score, label, value, onChange }) =>
  html`<div class="pain" role="group" aria-label=${label}>
    <div class="scale bare">
      ${Array.from({ length: score.high - score.low + 1 },
        (_, i) => score.low + i).map((n) =>
          html`<button key=${n} aria-pressed=${value === n} onClick=${() => onChange(n)}>${n}</button>`)}</div>
  <p class="ends"><span>${score.low}: ${score.low_means}</span>
    <span>${score.high}: ${score.high_means}</span></p></div>`;
