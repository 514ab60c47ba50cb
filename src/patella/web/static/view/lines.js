// What was done in a session, line by line; each can be corrected.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { plain, sideWords } from "/static/app/words.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { Stepper } from "/static/ui/fields.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Mark, Sheet } from "/static/ui/parts.js";
import { SetPlot } from "/static/ui/plot.js";

/** @typedef {import("../live/record.js").Record} Record */

/** Every exercise of a session with what was done, each line to be corrected. @param {{record: Record}} props */
export function Lines({ record }) {
  const { session } = record;
  return html`<ol class="lines">
    ${session.tasks.map((task, number) =>
      html`<${Line} key=${`${number} ${task.exercise}`} record=${record} task=${task} number=${number} />`)}</ol>`;
}

/** @param {{record: Record, task: any, number: number}} props */
function Line({ record, task, number }) {
  const { session } = record;
  const sets = session.sets.filter((s) => s.task === number);
  const peak = session.peaks[number] ?? null;
  const gone = session.skipped.includes(number) ? "Left out" : session.stopped.includes(number)
    ? "Stopped: a good decision" : null;
  return html`<li class="line"><h2>${task.name}</h2>
    ${gone && html`<p class="small">${gone}</p>`}
    ${sets.map((set) => html`<${SetLine} key=${set.event_id} record=${record} set=${set} task=${task} />`)}
    ${!sets.length && !gone && html`<p class="small">Nothing logged.</p>`}
    <div class="row"><${PeakLine} record=${record} task=${task} number=${number} peak=${peak} />
      <button class="plain" onClick=${() => addSet(record, task, number, sets)}>
        <${Icon} of="plus" size=${18} />Add a set</button></div>
  </li>`;
}

/** @param {{record: Record, set: any, task: any}} props */
function SetLine({ record, set, task }) {
  const change = (body) => record.note([{ kind: "entry.changed", body: { of: set.event_id, body } }]);
  const remove = () => record.note([{ kind: "entry.undone", body: { of: set.event_id } }]);
  const where = [set.side === "both" ? null : sideWords(set.side), `set ${set.set}`].filter(Boolean).join(", ");
  const many = (set.holds ?? 1) > 1 || (task.holds ?? 1) > 1;
  return html`<div class="set-line"><span class="where">${where}</span>
    ${set.reps !== null
      ? html`<${Stepper} label=${`Reps, ${where}`} value=${set.reps} unit=${set.reps === 1 ? "rep" : "reps"}
        onChange=${(reps) => change({ reps })} />`
      : html`<span class="row">
        ${many && html`<${Stepper} label=${`Holds, ${where}`} value=${set.holds} unit="holds" least=${1}
          onChange=${(holds) => change({ holds, held_s: null })} />`}
        <${Stepper} label=${`Seconds, ${where}`} value=${Number(plain(set.hold_s ?? 0))} unit="s" most=${600}
          step=${(set.hold_s ?? 0) > 20 ? 5 : 1} onChange=${(hold_s) => change({ hold_s, held_s: null })} /></span>`}
    <button class="round" aria-label=${`Remove ${where} of ${task.name}`} onClick=${remove}>
      <${Icon} of="close" size=${18} /></button></div>
    ${set.camera
      && html`<details class="seen"><summary>Counted by the camera</summary>
        <${SetPlot} seen=${set.camera} /></details>`}`;
}

/** @param {Record} record @param {any} task @param {number} number @param {any[]} sets */
function addSet(record, task, number, sets) {
  const per = (side) => sets.filter((s) => s.side === side).length;
  const side = [...task.sides].sort((a, b) => per(a) - per(b))[0];
  const { exercise, reps, holds, hold_s, load_kg, band, level } = task;
  const body = { item: number, exercise, side, set: per(side) + 1, reps, holds: reps === null ? holds ?? 1 : null,
    hold_s, load_kg, band, level, form_ok: null };
  record.note([{ kind: "set.done", body }]);
}

/** @param {{record: Record, task: any, number: number, peak: number|null}} props */
function PeakLine({ record, task, number, peak }) {
  const [open, setOpen] = useState(false);
  const pains = record.session.pains.filter((p) => p.when === "during" && p.item === number);
  const set = (nprs) => {
    const body = { when: "during", nprs, knee: null, item: number, exercise: task.exercise };
    const notes = pains.length ? pains.map((p) => ({ kind: "entry.changed", body: { of: p.entry_id, body: { nprs } } }))
      : [{ kind: "pain.noted", body }];
    record.note(notes);
    setOpen(false);
  };
  const label = `Worst pain during ${task.name}`;
  return html`<button class="plain" onClick=${() => setOpen(true)}>
    ${peak === null ? "Worst pain: not answered"
      : html`<${Mark} colour=${colourOf(peak, record.cautious)}
        word=${`Worst pain ${peak}: ${WORDS[peak].toLowerCase()}`} />`}</button>
    ${open && html`<${Sheet} label=${label} onClose=${() => setOpen(false)}><h2>${label}</h2>
      <${PainScale} label=${label} value=${peak} onChange=${set} legend cautious=${record.cautious} />
      <button class="plain" onClick=${() => setOpen(false)}>Cancel</button><//>`}`;
}

/** Take a whole session out of the diary, and a way back. @param {{entry: string, then: () => void}} props */
export function TakeOut({ entry, then }) {
  const [sure, ask] = useState(false);
  const { busy, error, attempt } = useTry();
  const out = () => attempt(async () => { await api.undo(entry, freshId()); then(); });
  return html`${sure
    ? html`<span class="row"><b>Take the whole session out of the diary?</b>
      <button class="second" disabled=${busy} onClick=${out}>Take it out</button>
      <button class="plain" onClick=${() => ask(false)}>Keep it</button></span>`
    : html`<button class="plain" onClick=${() => ask(true)}>Take this session out</button>`}
    <${Problem} text=${error} />`;
}
