// Noting something about the knee in a second: pain anywhere, a run, sitting and barefoot time.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { farUnit, metresOf, much } from "/static/app/distances.js";
import { dayWords, shift } from "/static/app/days.js";
import { plain } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry } from "/static/ui/load.js";
import { KneeMap } from "/static/ui/knee.js";
import { PainScale } from "/static/ui/pain.js";
import { Pick, Stepper, Switch } from "/static/ui/fields.js";
import { Icon, Mark, Sheet } from "/static/ui/parts.js";
import { isExit } from "/static/app/standing.js";

/** @typedef {{onClose: () => void, onSaved: () => void, today: string}} Noting */

const DOING = /** @type {[string, string][]} */ ([["rest", "At rest"], ["run", "Running"], ["sit", "Sitting"], ["stairs", "Stairs"], ["squat", "Squatting"], ["kneel", "Kneeling"], ["walk", "Walking"], ["other", "Other"]]);
export const SURFACES = /** @type {[string, string][]} */ ([["road", "Road"], ["pavement", "Pavement"], ["path", "Path, gravel"], ["trail", "Trail"], ["grass", "Grass"], ["track", "Track"], ["treadmill", "Treadmill"], ["sand", "Sand"], ["mixed", "Mixed"]]);
export const doingWords = (/** @type {string} */ id) => DOING.find(([d]) => d === id)?.[1] ?? id;
export const surfaceWords = (/** @type {string} */ id) => SURFACES.find(([s]) => s === id)?.[1] ?? id;

const QUICK = /** @type {const} */ ([["pain", "Pain", "hurt"], ["run", "A run", "plus"], ["sitting", "Sitting", "plus"]]);
const SHEETS = { pain: PainNote, run: RunNote, sitting: SittingNote };

/** Buttons to note something now. @param {{today: string, again: () => void}} props */
export function Quick({ today, again }) {
  const [open, setOpen] = useState(/** @type {"pain"|"run"|"sitting"|null} */ (null));
  const close = () => setOpen(null);
  const Asked = open ? SHEETS[open] : null;
  return html`<div class="quick" role="group" aria-label="Note">
    ${QUICK.map(([id, words, icon]) => html`<button key=${id} class="second" data-testid=${`note-${id}`} onClick=${() => setOpen(id)}><${Icon} of=${icon} size=${20} />${words}</button>`)}
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
    <div class="row keep"><button class="main" data-testid="save-pain" disabled=${nprs === null || busy} onClick=${save}><span class="dot"></span>Save</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} />
    <p class="small">The number is enough. If you like, say more first:</p>
    <h3>Which knee</h3><${Pick} label="Which knee" options=${[["left", "Left"], ["right", "Right"]]} value=${knee ?? ""} onChange=${(k) => setKnee(k === knee ? null : k)} />
    <h3>When</h3><${Pick} label="When" options=${DOING} value=${doing} onChange=${(d) => setDoing(d === doing ? "" : d)} />
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
    <div class="row">${closed ? html`<a class="main" href=${isExit(says.clearance) ? "/today" : "/welcome?again"}><span class="dot"></span>${isExit(says.clearance) ? "What to do" : "Answer the questions"}</a>` : html`<button class="main" onClick=${onClose}><span class="dot"></span>Good</button>`}
      <button class="plain" data-testid="undo" disabled=${busy} onClick=${undo}>Undo</button></div><${Problem} text=${error} /><//>`;
}

/** A number somebody typed, with a comma or a point; null for nothing or no number. @param {string} text */
export function typed(text) {
  const n = Number(text.trim().replace(",", "."));
  return text.trim() && Number.isFinite(n) ? n : null;
}

/** @param {{label: string, unit: string, value: string, onChange: (text: string) => void, testid?: string}} props */
export const Typed = ({ label, unit, value, onChange, testid }) => html`<label class="typed"><span>${label}</span><span><input type="text" inputmode="decimal" autocomplete="off" data-testid=${testid} value=${value} onInput=${(e) => onChange(e.currentTarget.value)} /> ${unit}</span></label>`;

/** What a run has that a person may say. @param {any} run */
const saidOf = (run) => ({
  far: run?.distance_m ? plain(much(run.distance_m)) : "",
  minutes: run?.moving_s ? String(Math.round(run.moving_s / 6) / 10) : "",
  shoe: run?.shoe ?? "", surface: run?.surface ?? "",
});

/** The fields of a run. @param {{said: any, change: (values: any) => void}} props */
function RunFields({ said, change }) {
  const shoes = useLoad(() => api.shoes(), []);
  return html`<div class="fields"><${Typed} label="Distance" unit=${farUnit()} testid="run-far" value=${said.far} onChange=${(far) => change({ far })} />
    <${Typed} label="Time" unit="minutes" value=${said.minutes} onChange=${(minutes) => change({ minutes })} />
    <label class="typed"><span>Shoes</span><select value=${said.shoe} onChange=${(e) => change({ shoe: e.currentTarget.value })}><option value="">The usual ones</option>${(shoes.data?.shoes ?? []).map((s) => html`<option key=${s.id} value=${s.id}>${s.name}</option>`)}</select></label>
    <label class="typed"><span>Ground</span><select value=${said.surface} onChange=${(e) => change({ surface: e.currentTarget.value })}><option value="">Not said</option>${SURFACES.map(([s, words]) => html`<option key=${s} value=${s}>${words}</option>`)}</select></label></div>`;
}

/** @param {any} said */
const runBody = (said) => {
  const [far, minutes] = [typed(said.far), typed(said.minutes)];
  return { distance_m: far === null ? null : metresOf(far), moving_s: minutes === null ? null : Math.round(minutes * 60), shoe: said.shoe || null, surface: said.surface || null };
};

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
    const told = nprs !== null && day === today ? await api.knee({ id: pain, nprs, when: "during", doing: "run" }) : null;
    onSaved();
    if (text ?? told) say(text ?? told.text);
    else onClose();
  });
  if (instead) return html`<${Sheet} label="A run" onClose=${onClose}><h2>The run is noted</h2><p class="lead" role="status">${instead}</p><div class="row"><button class="second" onClick=${onClose}>Close</button></div><//>`;
  return html`<${Sheet} label="A run" onClose=${onClose}><h2>A run</h2>
    <${RunFields} said=${said} change=${(v) => set({ ...said, ...v })} />
    <label class="typed"><span>Day</span><input type="date" value=${day} max=${today} onChange=${(e) => e.currentTarget.value && setDay(e.currentTarget.value)} /></label>
    <${Switch} label="It was a race" on=${race} onChange=${setRace} />
    ${day === today && html`<fieldset class="before"><legend>How was the knee at its worst? <small>If you like</small></legend><${PainScale} label="Pain at the worst" value=${nprs} cautious=${cautious} onChange=${(n) => setNprs(n === nprs ? null : n)} /></fieldset>`}
    <div class="row"><button class="main" data-testid="save-run" disabled=${busy || (body.distance_m === null && body.moving_s === null)} onClick=${save}><span class="dot"></span>Save</button><button class="plain" onClick=${onClose}>Cancel</button></div>
    <${Problem} text=${error} /><p class="small">Or bring it in from your watch: <a href="/timeline/import">import its files</a>.</p><//>`;
}

/** Correct one run, or take it out. @param {any} props */
export function RunEdit({ run, onClose, again, takeOut, noRun }) {
  const [said, set] = useState(saidOf(run));
  const { busy, error, attempt } = useTry();
  const save = () => attempt(async () => {
    const [now, was] = [runBody(said), runBody(saidOf(run))];
    const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== was[/** @type {"shoe"} */ (key)]));
    if (Object.keys(changed).length) await api.changeRun(run.id, freshId(), changed);
    again();
    onClose();
  });
  return html`<${Sheet} label="Correct the run" onClose=${onClose}><h2>${run.name ?? "A run"}</h2><${RunFields} said=${said} change=${(v) => set({ ...said, ...v })} />
    <div class="row"><button class="main" disabled=${busy} onClick=${save}><span class="dot"></span>Save</button><button class="second" onClick=${takeOut}>Take it out</button><button class="plain" onClick=${onClose}>Cancel</button></div>
    <button class="plain" onClick=${noRun}>It was no run</button><${Problem} text=${error} /><//>`;
}

/** @param {Noting} props */
function SittingNote({ onClose, onSaved, today }) {
  const asked = useLoad(async () => (await api.timeline(today, shift(today, 1))).days[0], []);
  return asked.data && html`<${SittingEdit} day=${today} held=${asked.data} onClose=${onClose} onSaved=${onSaved} />`;
}

/** Sitting and barefoot time of a day. @param {{day: string, held: any, onClose: () => void, onSaved: () => void}} props */
export function SittingEdit({ day, held, onClose, onSaved }) {
  const [hours, setHours] = useState(/** @type {number|null} */ (null));
  const [minutes, setMinutes] = useState(/** @type {number|null} */ (null));
  const { busy, error, attempt } = useTry();
  const save = () => attempt(async () => {
    if (hours !== null) await api.sitting({ id: freshId(), day, hours });
    if (minutes !== null) await api.barefoot({ id: freshId(), day, minutes });
    onSaved();
    onClose();
  });
  const forget = () => attempt(async () => {
    if (held.sitting_h !== null) await api.sitting({ id: freshId(), day, hours: null });
    if (held.barefoot_min !== null) await api.barefoot({ id: freshId(), day, minutes: null });
    onSaved();
    onClose();
  });
  const noted = held.sitting_h !== null || held.barefoot_min !== null;
  return html`<${Sheet} label="Sitting and barefoot" onClose=${onClose}><h2>${dayWords(day)}</h2>
    <div class="row spaced"><span>Sitting</span><${Stepper} label="Sitting" value=${hours ?? held.sitting_h ?? 0} unit="h" most=${20} step=${0.5} onChange=${setHours} /></div>
    <div class="row spaced"><span>Barefoot, walking or standing</span><${Stepper} label="Barefoot" value=${minutes ?? held.barefoot_min ?? 0} unit="min" most=${900} step=${5} onChange=${setMinutes} /></div>
    <div class="row"><button class="main" data-testid="save-sitting" disabled=${busy || (hours === null && minutes === null)} onClick=${save}><span class="dot"></span>Save</button>
      ${noted && html`<button class="second" data-testid="forget-sitting" disabled=${busy} onClick=${forget}>Take it out</button>`}<button class="plain" onClick=${onClose}>Cancel</button></div><${Problem} text=${error} /><//>`;
}
