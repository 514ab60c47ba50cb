// A run, and the sitting and barefoot time of a day: what can be said of them, and correcting that.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { farUnit, metresOf, much } from "/static/app/distances.js";
import { dayWords } from "/static/app/days.js";
import { plain } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Stepper } from "/static/ui/fields.js";
import { Sheet } from "/static/ui/parts.js";
import { Typed, typed } from "/static/ui/typed.js";

export const DOING = /** @type {[string, string][]} */ ([["rest", "At rest"], ["run", "Running"], ["sit", "Sitting"],
  ["stairs", "Stairs"], ["squat", "Squatting"], ["kneel", "Kneeling"], ["walk", "Walking"], ["other", "Other"]]);
const SURFACES = /** @type {[string, string][]} */ ([["road", "Road"], ["pavement", "Pavement"],
  ["path", "Path, gravel"], ["trail", "Trail"], ["grass", "Grass"], ["track", "Track"], ["treadmill", "Treadmill"],
  ["sand", "Sand"], ["mixed", "Mixed"]]);
export const doingWords = (/** @type {string} */ id) => DOING.find(([d]) => d === id)?.[1] ?? id;
export const surfaceWords = (/** @type {string} */ id) => SURFACES.find(([s]) => s === id)?.[1] ?? id;

/** What a run has that a person may say. @param {any} run */
export const saidOf = (run) => ({
  far: run?.distance_m ? plain(much(run.distance_m)) : "",
  minutes: run?.moving_s ? String(Math.round(run.moving_s / 6) / 10) : "",
  shoe: run?.shoe ?? "", surface: run?.surface ?? "",
});

/** The fields of a run. @param {{said: any, change: (values: any) => void}} props */
export function RunFields({ said, change }) {
  const shoes = useLoad(() => api.shoes(), []);
  return html`<div class="fields">
    <${Typed} label="Distance" unit=${farUnit()} testid="run-far" value=${said.far}
      onChange=${(far) => change({ far })} />
    <${Typed} label="Time" unit="minutes" value=${said.minutes} onChange=${(minutes) => change({ minutes })} />
    <label class="typed"><span>Shoes</span>
      <select value=${said.shoe} onChange=${(e) => change({ shoe: e.currentTarget.value })}>
        <option value="">The usual ones</option>
        ${(shoes.data?.shoes
          ?? []).map((s) => html`<option key=${s.id} value=${s.id}>${s.name}</option>`)}</select></label>
    <label class="typed"><span>Ground</span>
      <select value=${said.surface} onChange=${(e) => change({ surface: e.currentTarget.value })}>
        <option value="">Not said</option>
        ${SURFACES.map(([s, words]) => html`<option key=${s} value=${s}>${words}</option>`)}</select></label></div>`;
}

/** @param {any} said */
export const runBody = (said) => {
  const [far, minutes] = [typed(said.far), typed(said.minutes)];
  return { distance_m: far === null ? null : metresOf(far),
    moving_s: minutes === null ? null : Math.round(minutes * 60), shoe: said.shoe || null,
    surface: said.surface || null };
};

/** Correct one run, or take it out. @param {any} props */
export function RunEdit({ run, onClose, again, takeOut, noRun }) {
  const [said, set] = useState(saidOf(run));
  const { busy, error, attempt } = useTry();
  const save = () => attempt(async () => {
    const [now, was] = [runBody(said), runBody(saidOf(run))];
    const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) =>
      value !== was[/** @type {"shoe"} */ (key)]));
    if (Object.keys(changed).length) await api.changeRun(run.id, freshId(), changed);
    again();
    onClose();
  });
  return html`<${Sheet} label="Correct the run" onClose=${onClose}><h2>${run.name ?? "A run"}</h2>
    <${RunFields} said=${said} change=${(v) => set({ ...said, ...v })} />
    <div class="row"><button class="main" disabled=${busy} onClick=${save}><span class="dot"></span>Save</button>
      <button class="second" onClick=${takeOut}>Take it out</button>
      <button class="plain" onClick=${onClose}>Cancel</button></div>
    <button class="plain" onClick=${noRun}>It was no run</button><${Problem} text=${error} /><//>`;
}

/**
 * Sitting and barefoot time of a day.
 * @param {{day: string, held: any, onClose: () => void, onSaved: () => void}} props
 */
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
    <div class="row spaced"><span>Sitting</span>
      <${Stepper} label="Sitting" value=${hours ?? held.sitting_h ?? 0} unit="h" most=${20} step=${0.5}
        onChange=${setHours} /></div>
    <div class="row spaced"><span>Barefoot, walking or standing</span>
      <${Stepper} label="Barefoot" value=${minutes ?? held.barefoot_min ?? 0} unit="min" most=${900} step=${5}
        onChange=${setMinutes} /></div>
    <div class="row">
      <button class="main" data-testid="save-sitting" disabled=${busy || (hours === null && minutes === null)}
        onClick=${save}>
        <span class="dot"></span>Save</button>
      ${noted && html`<button class="second" data-testid="forget-sitting" disabled=${busy}
        onClick=${forget}>Take it out</button>`}
      <button class="plain" onClick=${onClose}>Cancel</button></div>
      <${Problem} text=${error} /><//>`;
}
