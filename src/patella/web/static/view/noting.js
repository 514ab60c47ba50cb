// Noting something about the knee in a second: pain anywhere, a run, sitting and barefoot time.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { shift } from "/static/app/days.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry } from "/static/ui/load.js";
import { KneeMap } from "/static/ui/knee.js";
import { PainScale } from "/static/ui/pain.js";
import { Pick, Switch } from "/static/ui/fields.js";
import { Icon, Mark, Sheet } from "/static/ui/parts.js";
import { isExit } from "/static/app/standing.js";
import { DOING, RunFields, runBody, saidOf, SittingEdit } from "/static/view/activity.js";

/** @typedef {{onClose: () => void, onSaved: () => void, today: string}} Noting */

const QUICK = /** @type {const} */ ([["pain", "Pain", "hurt"], ["run", "A run", "plus"],
  ["sitting", "Sitting", "plus"]]);
const SHEETS = { pain: PainNote, run: RunNote, sitting: SittingNote };

/** Buttons to note something now. @param {{today: string, again: () => void}} props */
export function Quick({ today, again }) {
  const [open, setOpen] = useState(/** @type {"pain"|"run"|"sitting"|null} */ (null));
  const close = () => setOpen(null);
  const Asked = open ? SHEETS[open] : null;
  return html`<div class="quick" role="group" aria-label="Note">
    ${QUICK.map(([id, words, icon]) =>
      html`<button key=${id} class="second" data-testid=${`note-${id}`} onClick=${() => setOpen(id)}>
        <${Icon} of=${icon} size=${20} />${words}</button>`)}
    ${Asked && html`<${Asked} today=${today} onClose=${close} onSaved=${again} />`}
  </div>`;
}

/** @param {Noting} props */
function PainNote({ onClose, onSaved }) {
  const { knees, cautious } = useSettings();
  const [nprs, setNprs] = useState(/** @type {number|null} */ (null));
  const [knee, setKnee] = useState(/** @type {string|null} */ (knees.length === 1 ? knees[0] : null));
  const [doing, setDoing] = useState("");
  const [place, setPlace] = useState(/** @type {string|null} */ (null));
  const [swelling, setSwelling] = useState(false);
  const [givingWay, setGivingWay] = useState(false);
  const [says, say] = useState(/** @type {any} */ (null));
  const [id] = useState(freshId);
  const places = useLoad(() => api.places(), []);
  const { busy, error, attempt } = useTry();
  const save = () => attempt(async () => {
    say(await api.knee({ id, nprs, knee, doing: doing || null, place, swelling, giving_way: givingWay }));
    onSaved();
  });
  const undo = () => attempt(async () => { await api.undo(id, freshId()); onSaved(); onClose(); });
  if (says) return html`<${Said} says=${says} undo=${undo} busy=${busy} error=${error} onClose=${onClose} />`;
  const names = Object.fromEntries((places.data?.places ?? []).map((p) => [p.id, p.name]));
  return html`<${Sheet} label="Pain right now" onClose=${onClose}><h2>How is the knee right now?</h2>
    <${PainScale} label="Pain right now" value=${nprs} cautious=${cautious} onChange=${setNprs} />
    <div class="row keep">
      <button class="main" data-testid="save-pain" disabled=${nprs === null || busy} onClick=${save}>
        <span class="dot"></span>Save</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} />
    <p class="small">The number is enough. If you like, say more first:</p>
    <h3>Which knee</h3>
    <${Pick} label="Which knee" options=${[["left", "Left"], ["right", "Right"]]} value=${knee ?? ""}
      onChange=${(k) => setKnee(k === knee ? null : k)} />
    <h3>When</h3>
    <${Pick} label="When" options=${DOING} value=${doing} onChange=${(d) => setDoing(d === doing ? "" : d)} />
    <h3>Where</h3><${KneeMap} knee=${knee} place=${place} names=${names} onChange=${setPlace} />
    <${Switch} label="It is swollen" on=${swelling} onChange=${setSwelling} />
    <${Switch} label="It gave way" note="The knee buckled by itself." on=${givingWay} onChange=${setGivingWay} /><//>`;
}

/** @param {{says: any, undo: () => void, busy: boolean, error: string|null, onClose: () => void}} props */
function Said({ says, undo, busy, error, onClose }) {
  const closed = says.clearance !== "ok" && says.clearance !== "not_screened";
  return html`<${Sheet} label="Saved" class=${says.colour} onClose=${onClose}>
    <${Mark} colour=${says.colour} word="Saved" /><p class="lead">${says.text}</p>
    ${says.place_text && html`<p class="note">${says.place_text}</p>`}
    ${says.clearance_text && html`<p class="note"><b>${says.clearance_text}</b></p>`}
    <div class="row">
      ${closed
        ? html`<a class="main" href=${isExit(says.clearance) ? "/today" : "/welcome?again"}><span class="dot"></span>
          ${isExit(says.clearance) ? "What to do" : "Answer the questions"}</a>`
        : html`<button class="main" onClick=${onClose}><span class="dot"></span>Good</button>`}
      <button class="plain" data-testid="undo" disabled=${busy} onClick=${undo}>Undo</button></div>
      <${Problem} text=${error} /><//>`;
}

/** @param {Noting} props */
function RunNote({ onClose, onSaved, today }) {
  const [said, set] = useState(saidOf(null));
  const [day, setDay] = useState(today);
  const [id] = useState(freshId);
  const { busy, error, attempt } = useTry();
  const { cautious } = useSettings();
  const [nprs, setNprs] = useState(/** @type {number|null} */ (null));
  const [race, setRace] = useState(false);
  const [pain] = useState(freshId);
  const body = runBody(said);
  const [instead, say] = useState(/** @type {string|null} */ (null));
  const save = () => attempt(async () => {
    const { no_run_text: text } = await api.addRun({ id, day, ...body, ...(race ? { race } : {}) });
    const told = nprs !== null && day === today ? await api.knee({ id: pain, nprs, when: "during", doing: "run" })
      : null;
    onSaved();
    if (text ?? told) say(text ?? told.text);
    else onClose();
  });
  if (instead) return html`<${Sheet} label="A run" onClose=${onClose}><h2>The run is noted</h2>
    <p class="lead" role="status">${instead}</p>
    <div class="row"><button class="second" onClick=${onClose}>Close</button></div><//>`;
  return html`<${Sheet} label="A run" onClose=${onClose}><h2>A run</h2>
    <${RunFields} said=${said} change=${(v) => set({ ...said, ...v })} />
    <label class="typed"><span>Day</span>
      <input type="date" value=${day} max=${today}
        onChange=${(e) => e.currentTarget.value && setDay(e.currentTarget.value)} /></label>
    <${Switch} label="It was a race" on=${race} onChange=${setRace} />
    ${day === today
      && html`<fieldset class="before"><legend>How was the knee at its worst? <small>If you like</small></legend>
        <${PainScale} label="Pain at the worst" value=${nprs} cautious=${cautious}
          onChange=${(n) => setNprs(n === nprs ? null : n)} /></fieldset>`}
    <div class="row">
      <button class="main" data-testid="save-run"
        disabled=${busy || (body.distance_m === null && body.moving_s === null)} onClick=${save}>
        <span class="dot"></span>Save</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} />
    <p class="small">Or bring it in from your watch: <a href="/timeline/import">import its files</a>.</p><//>`;
}

/** @param {Noting} props */
function SittingNote({ onClose, onSaved, today }) {
  const asked = useLoad(async () => (await api.timeline(today, shift(today, 1))).days[0], []);
  return asked.data && html`<${SittingEdit} day=${today} held=${asked.data} onClose=${onClose} onSaved=${onSaved} />`;
}
