// The runners of a physiotherapist: who needs a look first; one of them; and the programme, which is fetched when it is opened.
import { html } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { dayWords } from "/static/app/days.js";
import { ask, at } from "/static/app/server.js";
import { Waiting } from "/static/ui/load.js";
import { Title } from "/static/ui/parts.js";
import { Programme } from "/static/people/programme.js";

/** A word beside every sign, so that none is told by its colour. */
const NEEDS = ["Warning sign", "Severe pain", "Not settling", "Stopped coming", "New", "Not known", "All well"];
const SIGNS = ["red", "red", "amber", "amber", "calm", "calm", "green"];
const short = (iso) => dayWords(iso, { day: "numeric", month: "long" });
const km = (metres) => `${(metres / 1000).toFixed(1).replace(/\.0$/, "")} km`;
const days = (n) => (n === 1 ? "1 day" : `${n} days`);

export function View() {
  const number = location.pathname.split("/")[2];
  if (number && location.search === "?programme") return html`<${Programme} number=${number} />`;
  return number ? html`<${One} number=${number} />` : html`<${List} />`;
}

function List() {
  const asked = useLoad(() => ask("GET", "/people/caseload"), []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { runners } = asked.data;
  return html`<div class="settings caseload"><${Title}>Your runners<//>
    <p class="lead">${runners.length ? "Who needs a look comes first. You see what each of them shares, and they see that you looked." : "Nobody shares anything with you yet. Invite a runner, or give them the name that you sign in with."}</p>
    <ol class="runners">${runners.map((r) => html`<${Row} key=${r.id} ...${r} />`)}</ol></div>`;
}

/** @param {any} props */
function Row({ id, name, look, summary }) {
  const { practised, hurts, programme } = summary;
  return html`<li><a href=${`/runners/${id}`} class="runner">
    <span class="who"><b>${name}</b><${Need} of=${look.need} /></span>
    ${look.why !== NEEDS[look.need] && html`<span class="why">${look.why}</span>`}
    <small>${[practised && `${days(practised.days_14)} of exercises in 14`, hurts && painWords(hurts), programme && "a programme is in force"].filter(Boolean).join(" · ") || "No numbers are shared"}</small></a></li>`;
}

/** @param {{of: number}} props */
const Need = ({ of }) => html`<em class=${`need ${SIGNS[of]}`}>${NEEDS[of]}</em>`;

const painWords = ({ latest, latest_day: day }) => (latest === null ? "no pain noted: not known" : `pain ${latest} of 10 on ${short(day)}`);

/** @param {{number: string}} props */
function One({ number }) {
  const asked = useLoad(() => ask("GET", `/people/caseload/${at(number)}`), [number]);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { runner, what } = asked.data;
  const { summary, look, name } = runner;
  return html`<div class="settings caseload"><p><a href="/runners">All your runners</a></p><${Title}>${name}<//>
    <p class="lead"><${Need} of=${look.need} />${look.why === NEEDS[look.need] ? "" : ` ${look.why}.`}</p>
    ${summary.flags.length > 0 && html`<section class="card"><h2>Warning signs</h2><ul>${summary.flags.map((f) => html`<li key=${f}>${f}</li>`)}</ul><p>Nothing is planned until somebody who can judge it has said yes.</p></section>`}
    ${summary.hurts?.concerns.map((c) => html`<p class="note" key=${c}>${c}</p>`)}
    <dl class="numbers">${facts(summary).map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
    ${what.includes("programme") && html`<section><h2>Programme</h2><p>${summary.programme ? `Set by ${summary.programme.by} on ${short(summary.programme.on)}${summary.programme.until ? `, until ${short(summary.programme.until)}` : ""}.` : "None is in force: the plan is Patella’s own."}</p>
      <p><a class="main" href=${`/runners/${number}?programme`} data-testid="edit-programme">${summary.programme ? "Change the programme" : "Set a programme"}</a></p></section>`}
    ${what.includes("report") && html`<section><h2>Report</h2><p>Twelve weeks in two pages, with the chart.</p><p class="row"><a class="second" href=${`/api/people/caseload/${number}/report.pdf`} download>PDF</a><a class="second" href=${`/api/people/caseload/${number}/report.fhir.json`} download>FHIR</a><a class="second" href=${`/api/people/caseload/${number}/report.csv`} download>Spreadsheet</a></p></section>`}
  </div>`;
}

const UNKNOWN = "Not known";
const NOT_SHARED = "Not shared";
const TRENDS = { up: "getting worse", down: "getting better", steady: "steady" };

/** Every number with its label; what is not known is said so, and is never 0. @param {any} s @returns {[string, string][]} */
function facts({ practised: p, hurts: h, ran: r, days_away: away }) {
  return [
    ["Last here", away === null || away === undefined ? UNKNOWN : away === 0 ? "Today" : `${days(away)} ago`],
    ["Days with exercises, of 14", p ? `${p.days_14}` : NOT_SHARED],
    ["Days with exercises, of 28", p ? `${p.days_28}${p.missed_28 === null ? "" : `, ${p.missed_28} missed`}` : NOT_SHARED],
    ["Of the dose that was asked", p ? (p.dose_28 === null ? UNKNOWN : `${Math.round(p.dose_28 * 100)} %`) : NOT_SHARED],
    ["Form, as the camera saw it", p ? formWords(p) : NOT_SHARED],
    ["Pain, the latest", h ? (h.latest === null ? UNKNOWN : `${h.latest} of 10, ${short(h.latest_day)}`) : NOT_SHARED],
    ["Pain, the worst of 7 days", h ? (h.worst_7 === null ? UNKNOWN : `${h.worst_7} of 10`) : NOT_SHARED],
    ["Usual morning", h ? (h.morning === null ? UNKNOWN : `${h.morning} of 10${h.trend ? `, ${TRENDS[h.trend]}` : ""}`) : NOT_SHARED],
    ["Run in 7 days", r ? (r.week_m === null ? UNKNOWN : km(r.week_m)) : NOT_SHARED],
    ["Run in a usual week", r ? (r.usual_week_m === null ? UNKNOWN : km(r.usual_week_m)) : NOT_SHARED],
  ];
}

const formWords = ({ sets_seen: seen, faults }) => (!seen ? "No set was filmed" : faults.length ? faults.map(([fault, n]) => `${fault.replaceAll(/[-_]/g, " ")} in ${n} of ${seen}`).join("; ") : `Clean in all ${seen} sets`);
