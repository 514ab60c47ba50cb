// The diary: a calendar of sessions and pain; each day opens, everything can be corrected.
import { api } from "/static/app/api.js";
import { dayWords, isoDay, noon, shift } from "/static/app/days.js";
import { scopeWords } from "/static/app/doses.js";
import { plural } from "/static/app/words.js";
import { DayMark, MISSING } from "/static/ui/day.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { asError, Waiting } from "/static/ui/load.js";
import { Icon, Mark, Title } from "/static/ui/parts.js";

/** @param {{id: string|null, query: URLSearchParams}} props */
export function View({ id, query }) {
  return id ? html`<${OneDay} key=${id} day=${id} />`
    : html`<${Month} key=${query.get("month")} month=${query.get("month")} />`;
}

/** A day, with all that can be corrected of it: fetched when one is opened. @param {{day: string}} props */
function OneDay({ day }) {
  const [Day, set] = useState(/** @type {any} */ (null));
  const [error, fail] = useState(/** @type {any} */ (null));
  const open = () => {
    fail(null);
    import("/static/view/day.js").then((found) => set(() => found.Day), (problem) => fail(asError(problem)));
  };
  useEffect(open, []);
  return Day ? html`<${Day} day=${day} />` : html`<${Waiting} error=${error} again=${open} />`;
}

/** @param {{month: string|null}} props */
function Month({ month }) {
  const asked = useLoad(async () => {
    const [{ now }, { Report }] = await Promise.all([api.health(), import("/static/view/paper.js")]);
    const today = (now ?? isoDay(new Date())).slice(0, 10);
    const first = `${month ?? today.slice(0, 7)}-01`;
    const next = shift(`${first.slice(0, 8)}28`, 5).slice(0, 8);
    return { Report, today, first, ...(await api.diary(first, `${next}01`)) };
  }, [month]);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { Report, today, first, days } = asked.data;
  const other = (by) => `/diary?month=${shift(by < 0 ? first : `${first.slice(0, 8)}28`, by).slice(0, 7)}`;
  const known = new Map(days.map((d) => [d.day, d]));
  return html`<div class="diary">
    <header class="month"><a class="round" aria-label="The month before" href=${other(-1)}><${Icon} of="left" /></a>
      <${Title}>${dayWords(first, { month: "long", year: "numeric" })}<//>
      <a class="round" aria-label="The month after" href=${other(5)}><${Icon} of="right" /></a></header>
    <${Calendar} first=${first} today=${today} known=${known} />
    <ul class="legend"><li><${Mark} colour="green" word="Green: all calm" /></li>
      <li><${Mark} colour="amber" word="Amber: allowed, watch it" /></li>
      <li><${Mark} colour="red" word="Red: stopped for pain" /></li><li><${DayMark} colour=${null} /></li></ul>
    ${days.length === 0 && html`<p class="lead">Nothing here yet. The first session makes the first mark.</p>`}
    <ol class="days">
      ${[...days].reverse().map((d) =>
        html`<li key=${d.day}>
          <a href=${`/diary/${d.day}`}><b>${dayWords(d.day, { weekday: "short", day: "numeric", month: "short" })}</b>
            <span>${dayLine(d)}</span><${DayMark} colour=${d.colour} /></a></li>`)}</ol>
    <${Report} />
  </div>`;
}

/** @param {any} day */
function dayLine(day) {
  const sets = day.sessions.flatMap((s) => s.items).reduce((n, i) => n + i.sets.length, 0);
  const parts = day.sessions.length ? [day.sessions.map((s) => scopeWords(s.scope)).join(", "), plural(sets, "set")]
    : [];
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
    <thead><tr>
      ${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
        "Sun"].map((d) => html`<th key=${d} scope="col">${d}</th>`)}</tr></thead>
    <tbody>${weeks.map((week, w) =>
      html`<tr key=${w}>
        ${Array.from({ length: 7 },
          (_, i) =>
            html`<${Cell} key=${i} day=${week[i] ?? null} today=${today} known=${known} />`)}</tr>`)}</tbody></table>`;
}

/** @param {{day: string|null, today: string, known: Map<string, any>}} props */
function Cell({ day, today, known }) {
  if (!day) return html`<td></td>`;
  const found = known.get(day);
  const label = `${dayWords(day)}${found ? `: ${dayLine(found)}, ${found.colour ?? MISSING.toLowerCase()}`
    : ": nothing"}`;
  const trained = found?.sessions.length > 0;
  return html`<td>
    <a class=${`cell ${trained ? "trained" : ""} ${day === today ? "now" : ""} ${day > today ? "ahead" : ""}`}
      href=${`/diary/${day}`} aria-label=${label} aria-current=${day === today ? "date" : undefined}>
    <span>${Number(day.slice(8))}</span>${found && html`<${DayMark} colour=${found.colour} bare />`}</a></td>`;
}
