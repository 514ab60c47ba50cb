// The diary: a calendar of sessions and pain; each day opens, everything can be corrected.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { capital, dayWords, isoDay, noon, plural, scopeWords, shift } from "/static/app/words.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useLoad, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Mark, Sheet, Title } from "/static/ui/parts.js";
import { Saved, Trouble } from "/static/ui/saved.js";
import { Outside } from "/static/view/outside.js";
import { Report } from "/static/view/paper.js";
import { After, Lines, TakeOut, useRecord } from "/static/view/finish.js";

const WHEN = { before: "Before", during: "During", after: "An hour after", morning: "In the morning" };

const MISSING = "Answers missing";

/** @param {{id: string|null, query: URLSearchParams}} props */
export function View({ id, query }) {
  return id ? html`<${Day} key=${id} day=${id} />` : html`<${Month} key=${query.get("month")} month=${query.get("month")} />`;
}

/** @param {{month: string|null}} props */
function Month({ month }) {
  const asked = useLoad(async () => {
    const { now } = await api.health();
    const today = (now ?? isoDay(new Date())).slice(0, 10);
    const first = `${month ?? today.slice(0, 7)}-01`;
    const next = shift(`${first.slice(0, 8)}28`, 5).slice(0, 8);
    return { today, first, ...(await api.diary(first, `${next}01`)) };
  }, [month]);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { today, first, days } = asked.data;
  const other = (by) => `/diary?month=${shift(by < 0 ? first : `${first.slice(0, 8)}28`, by).slice(0, 7)}`;
  const known = new Map(days.map((d) => [d.day, d]));
  return html`<div class="diary">
    <header class="month"><a class="round" aria-label="The month before" href=${other(-1)}><${Icon} of="left" /></a>
      <${Title}>${dayWords(first, { month: "long", year: "numeric" })}<//>
      <a class="round" aria-label="The month after" href=${other(5)}><${Icon} of="right" /></a></header>
    <${Calendar} first=${first} today=${today} known=${known} />
    <ul class="legend"><li><${Mark} colour="green" word="Green: all calm" /></li><li><${Mark} colour="amber" word="Amber: allowed, watch it" /></li><li><${Mark} colour="red" word="Red: stopped for pain" /></li><li><${DayMark} colour=${null} /></li></ul>
    ${days.length === 0 && html`<p class="lead">Nothing here yet. The first session makes the first mark.</p>`}
    <ol class="days">${[...days].reverse().map((d) => html`<li key=${d.day}><a href=${`/diary/${d.day}`}><b>${dayWords(d.day, { weekday: "short", day: "numeric", month: "short" })}</b><span>${dayLine(d)}</span><${DayMark} colour=${d.colour} /></a></li>`)}</ol>
    <${Report} />
  </div>`;
}

/** How a day went; an answer that is missing never counts as a calm one. @param {{colour: string|null, bare?: boolean}} props */
const DayMark = ({ colour, bare = false }) => colour
  ? html`<${Mark} colour=${colour} word=${bare ? null : undefined} />`
  : html`<span class="mark none"><i></i>${!bare && MISSING}</span>`;

/** @param {any} day */
function dayLine(day) {
  const sets = day.sessions.flatMap((s) => s.items).reduce((n, i) => n + i.sets.length, 0);
  const parts = day.sessions.length ? [day.sessions.map((s) => scopeWords(s.scope)).join(", "), plural(sets, "set")] : [];
  const morning = day.pains.find((p) => p.when === "morning");
  if (morning) parts.push(`morning ${morning.nprs}`);
  return parts.join(" · ") || "Pain noted";
}

/** @param {{first: string, today: string, known: Map<string, any>}} props */
function Calendar({ first, today, known }) {
  const lead = (noon(first).getDay() + 6) % 7;
  const length = noon(`${shift(`${first.slice(0, 8)}28`, 5).slice(0, 8)}01`).getTime() - noon(first).getTime();
  const days = Array.from({ length: Math.round(length / 86_400_000) }, (_, i) => shift(first, i));
  const cells = [...Array.from({ length: lead }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, w) => cells.slice(w * 7, w * 7 + 7));
  return html`<table class="calendar"><caption class="hidden">Days of the month</caption>
    <thead><tr>${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((d) => html`<th key=${d} scope="col">${d}</th>`)}</tr></thead>
    <tbody>${weeks.map((week, w) => html`<tr key=${w}>${Array.from({ length: 7 }, (_, i) => html`<${Cell} key=${i} day=${week[i] ?? null} today=${today} known=${known} />`)}</tr>`)}</tbody></table>`;
}

/** @param {{day: string|null, today: string, known: Map<string, any>}} props */
function Cell({ day, today, known }) {
  if (!day) return html`<td></td>`;
  const found = known.get(day);
  const label = `${dayWords(day)}${found ? `: ${dayLine(found)}, ${found.colour ?? MISSING.toLowerCase()}` : ": nothing"}`;
  const trained = found?.sessions.length > 0;
  return html`<td><a class=${`cell ${trained ? "trained" : ""} ${day === today ? "now" : ""} ${day > today ? "ahead" : ""}`} href=${`/diary/${day}`} aria-label=${label} aria-current=${day === today ? "date" : undefined}>
    <span>${Number(day.slice(8))}</span>${found && html`<${DayMark} colour=${found.colour} bare />`}</a></td>`;
}

/** @param {{day: string}} props */
function Day({ day }) {
  const [, turn] = useState(0);
  const asked = useLoad(() => api.diary(day, shift(day, 1)), [day]);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(noon(day).getTime())) return html`<section class="hello"><${Title}>There is no such day.<//><a class="main" href="/diary">To the diary</a></section>`;
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const found = asked.data.days[0] ?? { sessions: [], pains: [], colour: null };
  return html`<div class="day">
    <p><a class="back" href=${`/diary?month=${day.slice(0, 7)}`}><${Icon} of="left" size=${18} />Diary</a></p>
    <${Title}>${dayWords(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}<//>
    ${(found.colour || found.sessions.length > 0) && html`<p><${DayMark} colour=${found.colour} /></p>`}
    ${!found.sessions.length && !found.pains.length && html`<p class="lead">No exercises and no pain noted on this day.</p>`}
    ${found.pains.length > 0 && html`<section><h2>How the knee felt</h2><ul class="pains">${found.pains.map((p) => html`<${NotedPain} key=${p.entry_id} pain=${p} again=${asked.again} />`)}</ul></section>`}
    ${found.sessions.map((s) => html`<${OneSession} key=${s.id} session=${s} again=${asked.again} />`)}
    <${Outside} day=${day} undone=${(entry, words, again) => { last_undone = { entry, words, again }; turn((n) => n + 1); }} />
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
  return html`<p class="toast" role="status">${words} taken back. <button class="plain" data-testid="undo" disabled=${busy} onClick=${redo}>Undo</button><${Problem} text=${error} /></p>`;
}

/** @param {{pain: any, again: () => void}} props */
function NotedPain({ pain, again }) {
  const [open, setOpen] = useState(false);
  const { cautious } = useSettings();
  const { busy, error, attempt } = useTry();
  const words = `${WHEN[/** @type {"before"} */ (pain.when)] ?? capital(pain.when)}${pain.knee ? `, ${pain.knee} knee` : ""}`;
  const change = (nprs) => attempt(async () => { await api.correct(pain.entry_id, freshId(), { nprs }); setOpen(false); again(); });
  const remove = () => attempt(async () => {
    const id = freshId();
    await api.undo(pain.entry_id, id);
    last_undone = { entry: id, words, again };
    setOpen(false);
    again();
  });
  return html`<li><span>${words}</span><${Mark} colour=${colourOf(pain.nprs, cautious)} word=${`${pain.nprs}: ${WORDS[pain.nprs]}`} />
    <button class="plain" aria-label=${`Correct: ${words} ${pain.nprs}`} onClick=${() => setOpen(true)}>Correct</button>
    ${open && html`<${Sheet} label=${words} onClose=${() => setOpen(false)}><h2>${words}</h2><${PainScale} label=${words} value=${pain.nprs} onChange=${change} cautious=${cautious} />
      <${Problem} text=${error} /><div class="row"><button class="second" disabled=${busy} onClick=${remove}>Take it out</button><button class="plain" onClick=${() => setOpen(false)}>Leave it</button></div><//>`}</li>`;
}

/** @param {{session: any, again: () => void}} props */
function OneSession({ session, again }) {
  const [open, setOpen] = useState(false);
  const begun = new Date(session.begun_at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return html`<section class="session"><h2>${scopeWords(session.scope)} <small>${session.scope === "film" ? "" : begun}${session.finished ? "" : " · not finished"}</small></h2>
    ${open ? html`<${Edit} id=${session.id} />` : html`<ul class="did">${session.items.map((i) => html`<li key=${i.exercise}><a href=${`/library/${i.exercise}`}>${i.name}</a>
      <span>${i.sets.length ? doneWords(i.sets) : "not done"}${i.asked_sets > i.sets.length && i.sets.length ? ` (of ${plural(i.asked_sets, "set")})` : ""}</span>
      ${i.peak !== null && html`<${Mark} colour=${i.colour ?? null} word=${`worst pain ${i.peak}`} />`}</li>`)}</ul>`}
    <div class="row"><button class="second" onClick=${() => { setOpen(!open); if (open) again(); }}>${open ? "Close" : "Correct this"}</button>
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
  return html`<p><${Saved} /></p><${Trouble} /><${Lines} record=${record} /><${After} record=${record} question="How was the knee an hour after?" />`;
}
