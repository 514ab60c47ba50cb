// The summary of a session: every line can be corrected, before it is finished and after.
import { address, api } from "/static/app/api.js";
import { freshId, steady } from "/static/app/clock.js";
import { go } from "/static/app/router.js";
import { loadSettings, settings } from "/static/app/settings.js";
import { dayWords, plain, plural, scopeWords, sideWords } from "/static/app/words.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { Record } from "/static/live/record.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { asError, Problem, useLoad, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Logo, Mark, Sheet, Stepper, Title } from "/static/ui/parts.js";
import { SetPlot } from "/static/ui/plot.js";
import { Saved, Trouble } from "/static/ui/saved.js";

const BY_ITSELF_MS = 60_000;

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
  const [stays, stay] = useState(false);
  const finish = () => {
    const [note] = record.note([{ kind: "session.finished", body: {} }]);
    setUndone(note.id);
    scrollTo(0, 0);
  };
  const undo = () => {
    if (undone) record.note([{ kind: "entry.undone", body: { of: undone }, undoes: { kind: "session.finished" } }]);
    stay(true);
    setUndone(null);
  };
  useEffect(() => { if (session.finished) record.forget(); }, [session.finished]);
  const waits = !session.finished && !stays && session.sets.length > 0;
  return html`<div class="finish">
    <header class="lead-in">
      <${Logo} size=${72} hop=${session.finished ? 1 : 0} />
      <p class="eyebrow">${dayWords(session.day)} · ${scopeWords(session.scope)}</p>
      <${Title} keep=${session.finished}>${headOf(session)}<//>
      <p class="lead" data-testid="done-words">${doneWords(session)}</p>
      ${session.finished && html`<${Ahead} />`}
      <p><${Saved} /></p><${Trouble} />
    </header>
    <div class="list">
      <${Worst} record=${record} onAnswer=${() => stay(true)} />
      <${After} record=${record} question="And how is the knee now?" note="Now or in an hour; the latest answer counts." onAnswer=${() => stay(true)} />
      <details class="corrects" open=${session.sets.length === 0}><summary data-testid="correct">Correct</summary><${Lines} record=${record} /></details>
      <div class="after">
        ${session.finished
          ? html`<a class="main" href="/today"><span class="dot"></span>To today</a><a class="second" href=${`/diary/${session.day}`}>Open in the diary</a>
            ${undone && html`<button class="plain" data-testid="undo" onClick=${undo}>Undo: not finished yet</button>`}`
          : html`<button class="main" data-testid="finish" onClick=${finish}><span class="dot"></span>Finish</button>
            ${waits && html`<${ByItself} then=${finish} />`}
            <button class="second" onClick=${() => go(`/player/${session.id}`)}>Back to the exercises</button>`}
      </div>
    </div>
  </div>`;
}

/** A minute with nobody there, and it is finished; a tap anywhere on the page means that somebody is. @param {{then: () => void}} props */
function ByItself({ then }) {
  const [ends] = useState(() => steady() + BY_ITSELF_MS);
  const [left, setLeft] = useState(BY_ITSELF_MS);
  useEffect(() => {
    const look = setInterval(() => setLeft(ends - steady()), 500);
    return () => clearInterval(look);
  }, [ends]);
  useEffect(() => { if (left <= 0) then(); }, [left <= 0]);
  return html`<p class="small" data-testid="by-itself">Finishes by itself in ${Math.max(0, Math.ceil(left / 1000))} s.</p>`;
}

/** What comes next: the questions, and tomorrow. */
function Ahead() {
  const ahead = useLoad(() => api.tomorrow().catch(() => null), []);
  return html`${ahead.data && html`<p class="lead" data-testid="tomorrow">${ahead.data.says}</p>`}
    <p>One number in an hour, and one tomorrow morning. They decide what comes next. <a href=${address.morning} download="patella-morning.ics">Ask me in my calendar</a></p>`;
}

/** The worst pain of every exercise that was not answered on the way, in one tap. @param {{record: Record, onAnswer: () => void}} props */
export function Worst({ record, onAnswer }) {
  const { session } = record;
  const done = new Set(session.sets.map((s) => s.task));
  const open = session.tasks.map((task, item) => ({ task, item })).filter(({ item }) => done.has(item) && session.peaks[item] === undefined);
  const [asked] = useState(open.length > 0);
  const [n, set] = useState(/** @type {number|null} */ (null));
  if (!asked || (!open.length && n === null)) return null;
  const answer = (nprs) => {
    set(nprs);
    onAnswer();
    record.note(open.map(({ task, item }) => ({ kind: "pain.noted", body: { when: "during", nprs, knee: null, item, exercise: task.exercise } })));
  };
  return html`<section class="card" data-testid="worst"><h2>What was the worst pain during it?</h2>
    ${n === null ? html`<${PainScale} label="Worst pain during the exercises" value=${n} onChange=${answer} legend=${session.scope !== "film"} cautious=${record.cautious} />
      <p class="small">One answer for ${listOf(open.map(({ task }) => task.name))}.</p>` : html`<p role="status"><${Mark} colour=${colourOf(n, record.cautious)} word=${`${n} of 10: ${WORDS[n].toLowerCase()}`} /></p>`}</section>`;
}

/** @param {string[]} names */
const listOf = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] ?? "");

/** Pain after the session, to answer or to correct. @param {{record: Record, question: string, note?: string, onAnswer?: () => void}} props */
export function After({ record, question, note, onAnswer }) {
  const { session } = record;
  const answer = (nprs) => {
    onAnswer?.();
    const known = session.pains.filter((p) => p.when === "after").at(-1);
    record.note([known ? { kind: "entry.changed", body: { of: known.entry_id, body: { nprs } } } : { kind: "pain.noted", body: { when: "after", nprs, knee: null } }]);
  };
  return html`<section class="card"><h2>${question}</h2>
    <${PainScale} label="Pain after the session" value=${session.after} onChange=${answer} cautious=${record.cautious} />
    ${note && html`<p class="small">${note}</p>`}</section>`;
}

/** @param {Session} session */
function headOf(session) {
  if (session.finished) return "Done. Well done.";
  return session.sets.length ? "That’s it. You did it." : "Nothing logged yet.";
}

/** What was done in one look: "4 exercises, 12 sets, 19 minutes". @param {Session} session */
export function doneWords({ sets, begun_at, last_at }) {
  if (!sets.length) return "Stopping early is fine too.";
  const exercises = new Set(sets.map((s) => s.task)).size;
  const minutes = Math.max(1, Math.round((Date.parse(last_at) - Date.parse(begun_at)) / 60_000));
  return `${plural(exercises, "exercise")}, ${plural(sets.length, "set")}, ${plural(minutes, "minute")}.`;
}

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
  const { exercise, reps, holds, hold_s, load_kg, band, level } = task;
  const body = { item: number, exercise, side, set: per(side) + 1, reps, holds: reps === null ? holds ?? 1 : null, hold_s, load_kg, band, level, form_ok: null };
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
