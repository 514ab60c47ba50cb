// The summary of a session: every line can be corrected, before it is finished and after.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { go } from "/static/app/router.js";
import { loadSettings, settings } from "/static/app/settings.js";
import { dayWords, plain, scopeWords, sideWords } from "/static/app/words.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { Record } from "/static/live/record.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { asError, Problem, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Logo, Mark, Sheet, Stepper, Title } from "/static/ui/parts.js";
import { SetPlot } from "/static/ui/plot.js";
import { Saved, Trouble } from "/static/ui/saved.js";

/** @typedef {import("../app/types.js").Session} Session */

/** @param {{id: string}} props */
export function View({ id }) {
  const { record, error, again } = useRecord(id);
  if (!record) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<${Summary} record=${record} />`;
}

/**
 * One session, followed. @param {string} id
 * @returns {{record: Record|null, error: any, again: () => void}}
 */
export function useRecord(id) {
  const [record, setRecord] = useState(/** @type {Record|null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [turn, next] = useState(0);
  const [, seen] = useState(0);
  useEffect(() => {
    /** @type {Record|null} */
    let opened = null;
    let here = true;
    const open = async () => {
      await loadSettings().catch(() => undefined);
      opened = await Record.open(id, settings().cautious);
      if (!here) return opened.close();
      opened.listeners.add(() => seen((n) => n + 1));
      setRecord(opened);
    };
    open().catch((problem) => here && setError(asError(problem)));
    return () => { here = false; opened?.close(); };
  }, [id, turn]);
  return { record, error, again: () => { setError(null); next((n) => n + 1); } };
}

/** @param {{record: Record}} props */
function Summary({ record }) {
  const { session } = record;
  const [undone, setUndone] = useState(/** @type {string|null} */ (null));
  const finish = () => {
    const [note] = record.note([{ kind: "session.finished", body: {} }]);
    setUndone(note.id);
    scrollTo(0, 0);
  };
  const undo = () => {
    if (undone) record.note([{ kind: "entry.undone", body: { of: undone }, undoes: { kind: "session.finished" } }]);
    setUndone(null);
  };
  useEffect(() => { if (session.finished) record.forget(); }, [session.finished]);
  return html`<div class="finish">
    <header class="lead-in">
      <${Logo} size=${72} hop=${session.finished ? 1 : 0} />
      <p class="eyebrow">${dayWords(session.day)} · ${scopeWords(session.scope)}</p>
      <${Title} keep=${session.finished}>${session.finished ? "Done. Well done." : headOf(session)}<//>
      ${session.finished && html`<p class="lead">In an hour or so, and tomorrow morning, one question each: how is the knee? The answers decide what comes next.</p>`}
      <p><${Saved} /></p><${Trouble} />
    </header>
    <div class="list">
      <${Lines} record=${record} />
      <${After} record=${record} question="And how is the knee now?" note="Now or in an hour; the latest answer counts." />
      <div class="after">
        ${session.finished
          ? html`<a class="main" href="/today"><span class="dot"></span>To today</a><a class="second" href=${`/diary/${session.day}`}>Open in the diary</a>
            ${undone && html`<button class="plain" data-testid="undo" onClick=${undo}>Undo: not finished yet</button>`}`
          : html`<button class="main" data-testid="finish" onClick=${finish}><span class="dot"></span>Finish</button>
            <button class="second" onClick=${() => go(`/player/${session.id}`)}>Back to the exercises</button>`}
      </div>
    </div>
  </div>`;
}

/** Pain after the session, to answer or to correct. @param {{record: Record, question: string, note?: string}} props */
export function After({ record, question, note }) {
  const { session } = record;
  const answer = (nprs) => {
    const known = session.pains.filter((p) => p.when === "after").at(-1);
    record.note([known ? { kind: "entry.changed", body: { of: known.entry_id, body: { nprs } } } : { kind: "pain.noted", body: { when: "after", nprs, knee: null } }]);
  };
  return html`<section class="card"><h2>${question}</h2>
    <${PainScale} label="Pain after the session" value=${session.after} onChange=${answer} cautious=${record.cautious} />
    ${note && html`<p class="small">${note}</p>`}</section>`;
}

/** @param {Session} session */
const headOf = (session) => (session.sets.length ? "That’s it. Does this look right?" : "Nothing logged yet.");

/** Every exercise of a session with what was done, each line to be corrected. @param {{record: Record}} props */
export function Lines({ record }) {
  const { session } = record;
  return html`<ol class="lines">${session.tasks.map((task, number) => html`<${Line} key=${`${number} ${task.exercise}`} record=${record} task=${task} number=${number} />`)}</ol>`;
}

/** @param {{record: Record, task: any, number: number}} props */
function Line({ record, task, number }) {
  const { session } = record;
  const sets = session.sets.filter((s) => s.task === number);
  const peak = session.peaks[number] ?? null;
  const gone = session.skipped.includes(number) ? "Left out" : session.stopped.includes(number) ? "Stopped: a good decision" : null;
  return html`<li class="line"><h2>${task.name}</h2>
    ${gone && html`<p class="small">${gone}</p>`}
    ${sets.map((set) => html`<${SetLine} key=${set.event_id} record=${record} set=${set} task=${task} />`)}
    ${!sets.length && !gone && html`<p class="small">Nothing logged.</p>`}
    <div class="row"><${PeakLine} record=${record} task=${task} number=${number} peak=${peak} />
      <button class="plain" onClick=${() => addSet(record, task, number, sets)}><${Icon} of="plus" size=${18} />Add a set</button></div>
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
      ? html`<${Stepper} label=${`Reps, ${where}`} value=${set.reps} unit=${set.reps === 1 ? "rep" : "reps"} onChange=${(reps) => change({ reps })} />`
      : html`<span class="row">${many && html`<${Stepper} label=${`Holds, ${where}`} value=${set.holds} unit="holds" least=${1} onChange=${(holds) => change({ holds })} />`}
        <${Stepper} label=${`Seconds, ${where}`} value=${Number(plain(set.hold_s ?? 0))} unit="s" most=${600} step=${(set.hold_s ?? 0) > 20 ? 5 : 1} onChange=${(hold_s) => change({ hold_s })} /></span>`}
    <button class="round" aria-label=${`Remove ${where} of ${task.name}`} onClick=${remove}><${Icon} of="close" size=${18} /></button></div>
    ${set.camera && html`<details class="seen"><summary>Counted by the camera</summary><${SetPlot} seen=${set.camera} /></details>`}`;
}

/** @param {Record} record @param {any} task @param {number} number @param {any[]} sets */
function addSet(record, task, number, sets) {
  const per = (side) => sets.filter((s) => s.side === side).length;
  const side = [...task.sides].sort((a, b) => per(a) - per(b))[0];
  const { exercise, reps, holds, hold_s, load_kg, band } = task;
  const body = { item: number, exercise, side, set: per(side) + 1, reps, holds: reps === null ? holds ?? 1 : null, hold_s, load_kg, band, form_ok: null };
  record.note([{ kind: "set.done", body }]);
}

/** @param {{record: Record, task: any, number: number, peak: number|null}} props */
function PeakLine({ record, task, number, peak }) {
  const [open, setOpen] = useState(false);
  const pains = record.session.pains.filter((p) => p.when === "during" && p.item === number);
  const set = (nprs) => {
    const body = { when: "during", nprs, knee: null, item: number, exercise: task.exercise };
    const notes = pains.length ? pains.map((p) => ({ kind: "entry.changed", body: { of: p.entry_id, body: { nprs } } })) : [{ kind: "pain.noted", body }];
    record.note(notes);
    setOpen(false);
  };
  const label = `Worst pain during ${task.name}`;
  return html`<button class="plain" onClick=${() => setOpen(true)}>${peak === null ? "Worst pain: not answered" : html`<${Mark} colour=${colourOf(peak, record.cautious)} word=${`Worst pain ${peak}: ${WORDS[peak].toLowerCase()}`} />`}</button>
    ${open && html`<${Sheet} label=${label} onClose=${() => setOpen(false)}><h2>${label}</h2><${PainScale} label=${label} value=${peak} onChange=${set} legend cautious=${record.cautious} />
      <button class="plain" onClick=${() => setOpen(false)}>Leave it</button><//>`}`;
}

/** Take a whole session out of the diary, and a way back. @param {{entry: string, then: () => void}} props */
export function TakeOut({ entry, then }) {
  const [sure, ask] = useState(false);
  const { busy, error, attempt } = useTry();
  const out = () => attempt(async () => { await api.undo(entry, freshId()); then(); });
  return html`${sure ? html`<span class="row"><b>Take the whole session out of the diary?</b><button class="second" disabled=${busy} onClick=${out}>Take it out</button><button class="plain" onClick=${() => ask(false)}>Keep it</button></span>`
    : html`<button class="plain" onClick=${() => ask(true)}>Take this session out</button>`}<${Problem} text=${error} />`;
}
