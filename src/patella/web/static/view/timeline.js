// The knee's own timeline: pain, runs, shoes, sitting and exercises on one page, and what goes with what.
import { address, api } from "/static/app/api.js";
import { go } from "/static/app/router.js";
import { farUnit, much } from "/static/app/distances.js";
import { dayWords, noon, shift } from "/static/app/days.js";
import { plural } from "/static/app/words.js";
import { Chart, warmCharts } from "/static/ui/chart.js";
import { SERVED } from "/static/app/served.js";
import { spanOf } from "/static/live/pain.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { useDark, useSettings, Waiting } from "/static/ui/load.js";
import { Pick } from "/static/ui/fields.js";
import { Icon, Mark, Title } from "/static/ui/parts.js";
import { handOver } from "/static/view/imports.js";
import { Quick } from "/static/view/noting.js";
import { report } from "/static/view/paper.js";

const SPANS = /** @type {[string, string][]} */ ([["42", "6 weeks"], ["84", "3 months"], ["365", "1 year"],
  ["1826", "5 years"]]);
const COLOURS = /** @type {const} */ (["green", "amber", "red"]);
const USUAL = 84, LEAST = 7, MOST = 3660;
const PARTS = {
  import: () => import("/static/view/imports.js"),
  shoes: () => import("/static/view/shoes.js"),
  scores: () => import("/static/view/scores.js"),
};

/** @param {{id: string|null, query: URLSearchParams}} props */
export function View({ id, query }) {
  const part = PARTS[/** @type {"import"} */ (id)];
  if (part) return html`<${Part} key=${id} part=${part} query=${query} />`;
  if (id) return html`<section class="hello"><${Title}>There is nothing at this address.<//>
    <a class="main" href="/timeline">To the timeline</a></section>`;
  return html`<${Whole} query=${query} />`;
}

/** @param {{part: () => Promise<any>, query: URLSearchParams}} props */
function Part({ part, query }) {
  const asked = useLoad(part, []);
  return asked.data ? html`<${asked.data.View} query=${query} />` : html`<${Waiting} ...${asked} />`;
}

/** @param {string} from @param {string} to */
const daysBetween = (from, to) => Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);

/** The days an address asks for, put right. @param {URLSearchParams} query @param {string} today */
function rangeOf(query, today) {
  const tomorrow = shift(today, 1);
  const fine = (/** @type {string|null} */ day) =>
    (day && /^20\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(noon(day).getTime()) ? day : null);
  let before = fine(query.get("before")) ?? tomorrow;
  if (before > shift(today, 31)) before = tomorrow;
  const since = fine(query.get("since")) ?? shift(before, -USUAL);
  const length = Math.max(LEAST, Math.min(MOST, daysBetween(since, before)));
  return { since: shift(before, -length), before, length };
}

/** @param {{query: URLSearchParams}} props */
function Whole({ query }) {
  const now = useLoad(async () => ((await api.health()).now ?? "").slice(0, 10), []);
  const { activity_watch: watch } = useSettings();
  useEffect(warmCharts, []);
  useEffect(() => { if (watch) api.readSitting().catch(() => undefined); }, [watch]);
  if (!now.data) return html`<${Waiting} ...${now} />`;
  return html`<${Timeline} today=${now.data} ...${rangeOf(query, now.data)} />`;
}

/** @param {{today: string, since: string, before: string, length: number}} props */
function Timeline({ today, since, before, length }) {
  const dark = useDark();
  const [width, frame] = useWidth();
  const asked = useLoad(() =>
    (width ? api.chart({ since, before, theme: dark ? "dark" : "light", width }) : Promise.resolve(null)),
    [since, before, dark, width]);
  const [turn, next] = useState(0);
  const [drawn, draw] = useState(false);
  const show = (/** @type {string} */ from, /** @type {string} */ to) =>
    go(`/timeline?since=${from}&before=${to}`, { replace: true });
  const by = (/** @type {number} */ days) => {
    const to = [shift(before, days), shift(today, 1)].sort()[0];
    show(shift(to, -length), to);
  };
  const wide = (/** @type {number} */ days) => show(shift(before, -Math.max(LEAST, Math.min(MOST, days))), before);
  const onSpan = (/** @type {number} */ from, /** @type {number} */ to) => {
    const [a, b] = [isoOf(from), isoOf(to)];
    if (daysBetween(a, b) >= 2 && (a !== since || b !== before)) show(a, b);
  };
  const step = asked.data?.timeline.step;
  const open = (/** @type {string} */ day) =>
    (length > 366 || step === "week" ? show(shift(day, -10), shift(day, 18)) : go(`/diary/${day}`));
  const again = () => { asked.again(); next(turn + 1); };
  return html`<div class="timeline" onDragOver=${drag} onDrop=${drop}>
    <header><p class="eyebrow">${spanWords(since, shift(before, -1))}</p><${Title}>Your knee’s timeline<//></header>
    <${Findings} turn=${turn} dark=${dark} now=${drawn} />
    <${Quick} today=${today} again=${again} />
    <nav class="others" aria-label="More of the timeline"><a href="/timeline/import">Import runs</a>
      <a href="/timeline/shoes">Shoes</a><a href="/timeline/scores">Scores</a></nav>
    <div class="span">
      <${Pick} label="How much" options=${SPANS} value=${String(length)} onChange=${(d) => wide(Number(d))} />
      <div class="row">
        <button class="round" aria-label="Earlier" onClick=${() => by(-Math.ceil(length / 2))}>
          <${Icon} of="left" /></button>
        <button class="round" aria-label="Later" disabled=${before > today} onClick=${() => by(Math.ceil(length / 2))}>
          <${Icon} of="right" /></button>
        <button class="round" aria-label="Closer" disabled=${length <= LEAST}
          onClick=${() => wide(Math.round(length / 2))}>
          <${Icon} of="plus" /></button>
        <button class="round" aria-label="Wider" disabled=${length >= MOST} onClick=${() => wide(length * 2)}>
          <${Icon} of="minus" /></button></div></div>
    <div ref=${frame} class="frame">
      ${asked.data ? html`<${Drawn} asked=${asked.data} onDay=${open} onSpan=${onSpan} onDrawn=${() => draw(true)} />`
        : html`<${Waiting} ...${asked} />`}</div>
    <${Report} />
  </div>`;
}

/** A page or two of numbers for a physiotherapist, and the same as files. */
function Report() {
  const [weeks, setWeeks] = useState("12");
  const files = [["csv", "Spreadsheet (CSV)"], ["json", "JSON"], ["fhir.json", "FHIR"]];
  return html`<section class="report"><h2>For your physiotherapist</h2>
    <p class="small">Numbers only: pain, load, exercises done, scores, and what was not answered.</p>
    <${Pick} label="How many weeks" options=${[["6", "6 weeks"], ["12", "12 weeks"], ["26", "Half a year"]]}
      value=${weeks} onChange=${setWeeks} />
    <div class="row"><a class="second" ...${report(Number(weeks))}>${SERVED ? "On paper (PDF)" : "On paper"}</a>
      ${files.map(([ending, words]) =>
        html`<a key=${ending} class="second" href=${address.report(ending, Number(weeks))}
          download=${`patella-report.${ending}`}>
          ${words}</a>`)}</div></section>`;
}

/** @param {DragEvent} event */
const drag = (event) => event.preventDefault();

/** Files dropped anywhere on the page are an import. @param {DragEvent} event */
function drop(event) {
  event.preventDefault();
  if (event.dataTransfer) handOver(event.dataTransfer);
  go("/timeline/import");
}

/** @param {number} ms */
const isoOf = (ms) => {
  const at = new Date(ms + 12 * 3_600_000);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
};

/** @param {string} first @param {string} last */
function spanWords(first, last) {
  const how = /** @type {Intl.DateTimeFormatOptions} */ ({ day: "numeric", month: "short" });
  const years = first.slice(0, 4) === last.slice(0, 4);
  return `${dayWords(first, years ? how : { ...how, year: "numeric" })} – ${dayWords(last,
    { ...how, year: "numeric" })}`;
}

/** How wide the chart may be, followed. @returns {[number, {current: any}]} */
function useWidth() {
  const frame = useRef(/** @type {HTMLElement|null} */ (null));
  const [width, set] = useState(0);
  useEffect(() => {
    const at = frame.current;
    if (!at) return undefined;
    const seen = new ResizeObserver(([entry]) => set(Math.floor(entry.contentRect.width)));
    seen.observe(at);
    return () => seen.disconnect();
  }, []);
  return [width, frame];
}

/** The colours of pain; in cautious mode there is no amber. @param {{cautious: boolean}} props */
function Legend({ cautious }) {
  const colours = COLOURS.filter((colour) => !(cautious && colour === "amber"));
  return html`<ul class="legend">
    ${colours.map((colour) => html`<li><${Mark} colour=${colour} word=${spanOf(colour, cautious)} /></li>`)}</ul>`;
}

/** @param {{asked: any, onDay: (day: string) => void, onSpan: (from: number, to: number) => void, onDrawn: () => void}} props */
function Drawn({ asked, onDay, onSpan, onDrawn }) {
  const { chart, timeline } = asked;
  const { cautious } = useSettings();
  const days = timeline.days.filter(holds);
  return html`<${Legend} cautious=${cautious} />
    <${Chart} spec=${chart} label=${chart.description} onDay=${onDay} onSpan=${onSpan} onDrawn=${onDrawn} />
    ${days.length === 0
      && html`<p class="lead">Nothing in these days yet. Bring in your runs, or note how the knee is, and the line begins.</p>`}
    <p class="small">Tap a mark to open its day. Drag to move through time.</p>
    <${Table} days=${days} step=${timeline.step} />`;
}

/** @param {any} day */
const holds = (day) => day.pain.worst !== null || day.run_m > 0 || day.sessions > 0 || day.sitting_h !== null
  || day.barefoot_min !== null || day.sports.length > 0 || day.scores.length > 0;

/** The same as a table, for whoever would rather read. @param {{days: any[], step: string}} props */
function Table({ days, step }) {
  const [open, setOpen] = useState(false);
  const cell = (/** @type {number|null} */ n) => (n === null || n === undefined ? "–" : n);
  const name = (/** @type {string} */ day) => dayWords(day, { day: "numeric", month: "short", year: "2-digit" });
  return html`<details class="as-table" open=${open} onToggle=${(e) => setOpen(e.currentTarget.open)}>
    <summary>As a table</summary>
    ${open && html`<div class="scroll" tabindex="0" role="region" aria-label="The timeline as a table">
      <table><thead>
        <tr>${[step === "week" ? "Week of" : "Day", "Morning", "During", "After", `Run, ${farUnit()}`, "Sitting, h",
          "Exercises"].map((h) => html`<th key=${h} scope="col">${h}</th>`)}</tr></thead>
      <tbody>${[...days].reverse().map((d) =>
        html`<tr key=${d.day}>
          <th scope="row">${step === "week" ? name(d.day) : html`<a href=${`/diary/${d.day}`}>${name(d.day)}</a>`}</th>
          <td>${cell(d.pain.morning)}</td><td>${cell(d.pain.during)}</td><td>${cell(d.pain.after)}</td>
          <td>${d.run_m ? much(d.run_m).toFixed(1) : "–"}</td><td>${cell(d.sitting_h)}</td>
          <td>${d.exercises || (d.adjusted ? "left out for pain" : "–")}</td></tr>`)}</tbody></table></div>`}
  </details>`;
}

/**
 * What goes with what: at most three sentences, or what is missing until there can be one. Asked for once the chart is
 * there (`now`), for looking takes the server a while; the last answer stays until there is a newer one (`turn`).
 * @param {{dark: boolean, now: boolean, turn: number}} props
 */
function Findings({ dark, now, turn }) {
  const wanted = { theme: dark ? "dark" : "light", width: Math.min(560, innerWidth - 64) };
  const asked = useLoad(() => (now ? api.insight(wanted) : Promise.resolve(null)), [dark, now, turn]);
  if (asked.error) return null;
  if (!asked.data) return html`<section class="card findings" aria-busy="true"><h2>What goes with a bad morning</h2>
    <p class="small">Looking…</p></section>`;
  const { findings, mornings, caution, sentences, waiting, more_mornings: more } = asked.data;
  return html`<section class="card findings"><h2>What goes with a bad morning</h2>
    ${findings.length
      ? html`<ul>
        ${findings.map((f) =>
          html`<li key=${`${f.factor} ${f.which}`}><p class="lead">${f.sentence}</p>
            <${Behind} finding=${f} /></li>`)}</ul>
        <p class="small">${caution}</p>`
      : html`<p class="lead">${sentences[0]}</p>
        ${more > 0
          && html`<p class="small">
            ${plural(mornings, "morning")} to go by so far. Anything found before that would be chance.</p>`}`}
    ${more === 0 && waiting.length > 0
      && html`<details><summary>Not looked at yet</summary>
        <ul class="plainly">${waiting.map((w) => html`<li key=${w.sentence}>${w.sentence}</li>`)}</ul></details>`}
  </section>`;
}

/** @param {{finding: any}} props */
function Behind({ finding }) {
  const [open, setOpen] = useState(false);
  return html`<details open=${open} onToggle=${(e) => setOpen(e.currentTarget.open)}>
    <summary>The ${finding.mornings} mornings behind it</summary>
    ${open && html`<${Chart} spec=${finding.chart} label=${finding.chart.description} />
      <p class="small">Each dot is a morning: its pain, from 0 to 10, over ${finding.name}.</p>`}</details>`;
}
