// What a day held besides exercises: runs, other sports, shoes, sitting. Everything can be corrected and taken back.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { farWords } from "/static/app/distances.js";
import { shift } from "/static/app/days.js";
import { capital } from "/static/app/words.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";
import { doingWords, RunEdit, SittingEdit, surfaceWords } from "/static/view/activity.js";

const SPIKES = { warn: "more than a tenth beyond the longest of 30 days", strong: "well beyond the longest of 30 days",
  red: "more than twice the longest of 30 days" };

/** @param {{day: string, undone: (entry: string, words: string, again: () => void) => void}} props */
export function Outside({ day, undone }) {
  const asked = useLoad(() => api.timeline(day, shift(day, 1)), [day]);
  const [open, setOpen] = useState(/** @type {any} */ (null));
  const { error, attempt } = useTry();
  if (!asked.data) return null;
  const held = asked.data.days[0];
  const takeOut = (/** @type {any} */ run, /** @type {string} */ words) => attempt(async () => {
    const id = freshId();
    await api.undo(run.id, id);
    setOpen(null);
    asked.again();
    undone(id, words, asked.again);
  });
  const whatWas = (/** @type {any} */ one) =>
    attempt(async () => setOpen({ ...one, Edit: (await import("/static/view/unnamed.js")).SportEdit }));
  const notes = held.notes.filter((n) => n.doing || n.place);
  return html`${(held.runs.length > 0 || held.sports.length > 0) && html`<section><h2>Out and about</h2><ul class="out">
      ${held.runs.map((r) =>
        html`<li key=${r.id}>
          <div><b>${r.name ?? "A run"}</b><span>${runWords(r, asked.data.shoes)}</span>
            ${SPIKES[/** @type {"warn"} */ (r.spike)]
              && html`<span>${capital(SPIKES[/** @type {"warn"} */ (r.spike)])}.</span>`}</div>
        <button class="plain" aria-label=${`Correct: ${r.name ?? "A run"}`}
          onClick=${() => setOpen(r)}>Correct</button></li>`)}
      ${held.sports.map((s) =>
        html`<li key=${s.id}>
          <div><b>${s.name ?? sportWords(s)}</b>
            <span>${[s.name && sportWords(s), s.distance_m ? farWords(s.distance_m) : null,
              s.moving_s ? `${Math.round(s.moving_s / 60)} min` : null].filter(Boolean).join(", ")}</span></div>
        <button class="plain" aria-label=${`Correct: ${s.name ?? sportWords(s)}`}
          onClick=${() => whatWas(s)}>Correct</button></li>`)}</ul></section>`}
    ${notes.length > 0
      && html`<section><h2>Said about it</h2>
        <ul class="out">
          ${notes.map((n) =>
            html`<li key=${n.entry_id}>
              <span>${[`${n.nprs} of 10`, n.doing && doingWords(n.doing).toLowerCase(),
                n.place && n.place.replace("-", " ")].filter(Boolean).join(", ")}</span></li>`)}</ul></section>`}
    <section class="sat"><h2>Sitting and barefoot</h2>
      <div class="row spaced"><span>${sitWords(held)}</span>
        <button class="plain" onClick=${() => setOpen("sitting")}>
          ${held.sitting_h === null && held.barefoot_min === null ? "Note it" : "Correct"}</button></div></section>
    <${Problem} text=${error} />
    ${open === "sitting"
      && html`<${SittingEdit} day=${day} held=${held} onClose=${() => setOpen(null)} onSaved=${asked.again} />`}
    ${open?.Edit
      && html`<${open.Edit} one=${open} onClose=${() => setOpen(null)} again=${asked.again}
        takeOut=${() => takeOut(open, sportWords(open))} />`}
    ${open?.id && !open.Edit
      && html`<${RunEdit} run=${open} onClose=${() => setOpen(null)} again=${asked.again}
        takeOut=${() => takeOut(open, open.name ?? "The run")} noRun=${() => whatWas(open)} />`}`;
}

const sportWords = (/** @type {any} */ s) => (s.sport === "unknown" ? "Not said what" : capital(s.sport));

/** @param {any} run @param {any} shoes */
function runWords(run, shoes) {
  const shoe = shoes[run.shoe];
  const parts = [
    run.distance_m ? farWords(run.distance_m) : null, run.moving_s ? `${Math.round(run.moving_s / 60)} min` : null,
    run.cadence_spm ? `${Math.round(run.cadence_spm)} steps a minute` : null,
    run.surface ? surfaceWords(run.surface).toLowerCase() : null,
    shoe ? `${shoe.name}${shoe.heel_drop_mm === null ? "" : `, ${shoe.heel_drop_mm} mm drop`}` : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {any} held */
const sitWords = (held) =>
  [held.sitting_h === null ? null : `${held.sitting_h} h of sitting`,
    held.barefoot_min === null ? null : `${held.barefoot_min} min barefoot`].filter(Boolean).join(", ")
  || "Nothing noted.";
