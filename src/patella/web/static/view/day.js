// A day of the diary: all that it held, to be corrected or taken back.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { dayWords, noon, shift } from "/static/app/days.js";
import { scopeWords } from "/static/app/doses.js";
import { capital, plural } from "/static/app/words.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { DayMark } from "/static/ui/day.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Mark, Sheet, Title } from "/static/ui/parts.js";
import { Saved, Trouble } from "/static/ui/saved.js";
import { Lines, TakeOut } from "/static/view/lines.js";
import { Outside } from "/static/view/outside.js";
import { After, useRecord } from "/static/view/record.js";

const WHEN = { before: "Before", during: "During", after: "An hour after", morning: "In the morning" };

/** @param {{day: string}} props */
export function Day({ day }) {
  const [, turn] = useState(0);
  const asked = useLoad(() => api.diary(day, shift(day, 1)), [day]);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)
    || Number.isNaN(noon(day).getTime())) return html`<section class="hello"><${Title}>There is no such day.<//>
      <a class="main" href="/diary">To the diary</a></section>`;
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const found = asked.data.days[0] ?? { sessions: [], pains: [], colour: null };
  return html`<div class="day">
    <p><a class="back" href=${`/diary?month=${day.slice(0, 7)}`}><${Icon} of="left" size=${18} />Diary</a></p>
    <${Title}>${dayWords(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}<//>
    ${(found.colour || found.sessions.length > 0) && html`<p><${DayMark} colour=${found.colour} /></p>`}
    ${!found.sessions.length && !found.pains.length
      && html`<p class="lead">No exercises and no pain noted on this day.</p>`}
    ${found.pains.length > 0
      && html`<section><h2>How the knee felt</h2>
        <ul class="pains">
          ${found.pains.map((p) =>
            html`<${NotedPain} key=${p.entry_id} pain=${p} again=${asked.again} />`)}</ul></section>`}
    ${found.sessions.map((s) => html`<${OneSession} key=${s.id} session=${s} again=${asked.again} />`)}
    <${Outside} day=${day}
      undone=${(entry, words, again) => { last_undone = { entry, words, again }; turn((n) => n + 1); }} />
    <${Undone} />
  </div>`;
}

/** @type {{entry: string, words: string, again: () => void}|null} */
let last_undone = null;

/** What was just taken back, and the way to bring it again. */
function Undone() {
  const { busy, error, attempt } = useTry();
  const [, turn] = useState(0);
  if (!last_undone) return null;
  const { entry, words, again } = last_undone;
  const redo = () => attempt(async () => { await api.undo(entry, freshId()); last_undone = null; again(); turn(1); });
  return html`<p class="toast" role="status">
    ${words} taken back. <button class="plain" data-testid="undo" disabled=${busy} onClick=${redo}>Undo</button>
    <${Problem} text=${error} /></p>`;
}

/** @param {{pain: any, again: () => void}} props */
function NotedPain({ pain, again }) {
  const [open, setOpen] = useState(false);
  const { cautious } = useSettings();
  const { busy, error, attempt } = useTry();
  const words = `${WHEN[/** @type {"before"} */ (pain.when)] ?? capital(pain.when)}${pain.knee ? `, ${pain.knee} knee`
    : ""}`;
  const change = (nprs) =>
    attempt(async () => { await api.correct(pain.entry_id, freshId(), { nprs }); setOpen(false); again(); });
  const remove = () => attempt(async () => {
    const id = freshId();
    await api.undo(pain.entry_id, id);
    last_undone = { entry: id, words, again };
    setOpen(false);
    again();
  });
  return html`<li><span>${words}</span>
    <${Mark} colour=${colourOf(pain.nprs, cautious)} word=${`${pain.nprs}: ${WORDS[pain.nprs]}`} />
    <button class="plain" aria-label=${`Correct: ${words} ${pain.nprs}`} onClick=${() => setOpen(true)}>Correct</button>
    ${open && html`<${Sheet} label=${words} onClose=${() => setOpen(false)}><h2>${words}</h2>
      <${PainScale} label=${words} value=${pain.nprs} onChange=${change} cautious=${cautious} />
      <${Problem} text=${error} />
      <div class="row"><button class="second" disabled=${busy} onClick=${remove}>Take it out</button>
        <button class="plain" onClick=${() => setOpen(false)}>Cancel</button></div><//>`}</li>`;
}

/** @param {{session: any, again: () => void}} props */
function OneSession({ session, again }) {
  const [open, setOpen] = useState(false);
  const begun = new Date(session.begun_at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return html`<section class="session">
    <h2>${scopeWords(session.scope)} <small>${session.scope === "film" ? "" : begun}
      ${session.finished ? "" : " · not finished"}</small></h2>
    ${open ? html`<${Edit} id=${session.id} />`
      : html`<ul class="did">
        ${session.items.map((i) => html`<li key=${i.exercise}><a href=${`/library/${i.exercise}`}>${i.name}</a>
      <span>${i.sets.length ? doneWords(i.sets) : "not done"}
        ${i.asked_sets > i.sets.length && i.sets.length ? ` (of ${plural(i.asked_sets, "set")})` : ""}</span>
      ${i.peak !== null && html`<${Mark} colour=${i.colour ?? null} word=${`worst pain ${i.peak}`} />`}</li>`)}</ul>`}
    <div class="row">
      <button class="second" onClick=${() => { setOpen(!open); if (open) again(); }}>
        ${open ? "Close" : "Correct this"}</button>
      ${!session.finished && html`<a class="plain" href=${`/finish/${session.id}`}>Finish it</a>`}
      <${TakeOut} entry=${session.entry_id} then=${() => { again(); }} /></div>
  </section>`;
}

/** @param {any[]} sets */
function doneWords(sets) {
  const one = (s) => (s.reps !== null ? `${s.reps}` : `${s.holds > 1 ? `${s.holds} × ` : ""}${s.hold_s} s`);
  const bySide = new Map();
  for (const set of sets) bySide.set(set.side, [...(bySide.get(set.side) ?? []), one(set)]);
  const unit = sets[0].reps !== null ? " reps" : "";
  return [...bySide].map(([side, list]) => `${side === "both" ? "" : `${side} `}${list.join(", ")}${unit}`).join("; ");
}

/** @param {{id: string}} props */
function Edit({ id }) {
  const { record, error, again } = useRecord(id);
  if (!record) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<p><${Saved} /></p><${Trouble} /><${Lines} record=${record} />
    <${After} record=${record} question="How was the knee an hour after?" />`;
}
