// The runners of a physiotherapist: who needs a look first; one of them; and the programme, which is fetched when it is
// opened.
import { folk } from "/static/people/folk.js";
import { Field, Form } from "/static/people/fields.js";
import { Gone } from "/static/people/gone.js";
import { Invited, Link } from "/static/people/inviting.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { dayWords } from "/static/app/days.js";
import { doseWords } from "/static/app/doses.js";
import { ask, at } from "/static/app/server.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Title } from "/static/ui/parts.js";
import { Programme } from "/static/people/programme.js";

/** A word beside every sign, so that none is told by its colour. */
const NEEDS = ["Warning sign", "Severe pain", "Not settling", "Gone quiet", "New", "Not known", "All well"];
const SIGNS = ["red", "red", "amber", "amber", "calm", "calm", "green"];
const short = (iso) => dayWords(iso, { day: "numeric", month: "long" });
const km = (metres) => `${(metres / 1000).toFixed(1).replace(/\.0$/, "")} km`;
const days = (n) => (n === 1 ? "1 day" : `${n} days`);

/** @param {{me: any}} props */
export function View({ me }) {
  const number = location.pathname.split("/")[2];
  if (number && location.search === "?programme") return html`<${Programme} number=${number} />`;
  return number ? html`<${One} number=${number} />` : html`<${List} handle=${me.account.handle} />`;
}

/** @param {{handle: string}} props */
function List({ handle }) {
  const asked = useLoad(() => ask("GET", "/people/caseload"), []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { runners } = asked.data;
  return html`<div class="settings caseload"><${Title}>Your runners<//>
    <p class="lead">
      ${runners.length ? "Who needs a look comes first. You see what each of them shares, and they see that you looked."
        : "Nobody shares anything with you yet."}</p>
    <ol class="runners">${runners.map((r) => html`<${Row} key=${r.id} ...${r} />`)}</ol>
    <${Invite} handle=${handle} /></div>`;
}

/** A runner who is new is invited; one who has an account already needs a name. @param {{handle: string}} props */
function Invite({ handle }) {
  const asked = useLoad(() => folk.invitedRunners(), []);
  const [name, setName] = useState("");
  const [made, setMade] = useState({ link: "", to: "" });
  const { busy, error, attempt } = useTry();
  const invite = () => attempt(async () => {
    setMade({ link: (await folk.inviteRunner(name)).link, to: name.trim() });
    setName("");
    asked.again();
  });
  return html`<section><h2>Invite a runner</h2>
    <p>They are asked what of their diary you may see, and choose it themselves. Somebody who has an account here shares with you by your sign-in name: <b>
      ${handle}</b>.</p>
    <${Form} onSubmit=${invite}>
      <${Field} label="Their name" value=${name} onInput=${setName} autocomplete="off" required maxlength="80" />
      <${Problem} text=${error} /><p><button class="second" type="submit" disabled=${busy}>Make a link</button></p><//>
    <${Link} ...${made} /></section>
    ${asked.data
      && html`<${Invited} invitations=${asked.data.invitations} withdraw=${folk.withdrawRunner} set=${asked.set} />`}`;
}

/** @param {any} props */
function Row({ id, name, look, summary }) {
  const { practised, hurts, programme } = summary;
  return html`<li><a href=${`/runners/${id}`} class="runner">
    <span class="who"><b>${name}</b><${Need} of=${look.need} /></span>
    ${look.why !== NEEDS[look.need] && html`<span class="why">${look.why}</span>`}
    <small>${[practised && `exercises on ${practised.days_14} of the last 14 days`, hurts && painWords(hurts),
      programme && `programme by ${programme.by}`].filter(Boolean).join(" · ")
      || "No numbers are shared"}</small></a></li>`;
}

/** @param {{of: number}} props */
const Need = ({ of }) => html`<em class=${`need ${SIGNS[of]}`}>${NEEDS[of]}</em>`;

const painWords = ({ latest, latest_day: day }) =>
  (latest === null ? "no pain noted in four weeks" : `pain ${latest} of 10 on ${short(day)}`);

/** @param {{number: string}} props */
function One({ number }) {
  const asked = useLoad(() => ask("GET", `/people/caseload/${at(number)}`), [number]);
  if (asked.error?.status === 404) return html`<${Gone} />`;
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { runner, what, plan } = asked.data;
  const { summary, look, name } = runner;
  return html`<div class="settings caseload"><p><a href="/runners">All your runners</a></p><${Title}>${name}<//>
    <p class="lead"><${Need} of=${look.need} />${look.why === NEEDS[look.need] ? "" : ` ${look.why}.`}</p>
    ${summary.flags.length > 0
      && html`<section class="card"><h2>Warning signs</h2>
        <ul>${summary.flags.map((f) => html`<li key=${f}>${f}</li>`)}</ul>
        <p>Nothing is planned until somebody who can judge it has said yes.</p></section>`}
    ${summary.hurts?.concerns.map((c) => html`<p class="note" key=${c}>${c}</p>`)}
    <dl class="numbers">
      ${facts(summary).map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
    ${plan && html`<${Today} ...${plan} name=${name} />`}
    ${what.includes("programme")
      && html`<section><h2>Programme</h2>
        <p>${summary.programme
          ? `Set by ${summary.programme.by} on ${short(summary.programme.on)}${summary.programme.until
            ? `, until ${short(summary.programme.until)}` : ""}.`
          : "None is in force: the plan is Patella’s own."}</p>
      <p><a class="main" href=${`/runners/${number}?programme`} data-testid="edit-programme">
        ${summary.programme ? "Change the programme" : "Set a programme"}</a></p></section>`}
    ${what.includes("report")
      && html`<section><h2>Report</h2><p>Twelve weeks in a page or two, with the chart.</p>
        <p class="row"><a class="second" href=${`/api/people/caseload/${number}/report.pdf`} download>PDF</a>
          <a class="second" href=${`/api/people/caseload/${number}/report.fhir.json`} download>FHIR</a>
          <a class="second" href=${`/api/people/caseload/${number}/report.csv`} download>Spreadsheet</a></p></section>`}
  </div>`;
}

/**
 * What there is to do for them today, as they see it.
 * @param {{items: any[], left_out: {name: string, why: string}[], why: string[], name: string}} props
 */
const Today = ({ items, left_out: out, why, name }) =>
  html`<section><h2>Today’s plan</h2><p>As ${name} reads it: “${why.join(" ")}”</p>
  ${items.length > 0
    ? html`<ul class="planned">${items.map((i) => html`<li key=${i.name}><b>${i.name}</b>, ${doseWords(i)}</li>`)}</ul>`
    : html`<p>There are no exercises today.</p>`}
  ${out.length > 0
    && html`<details><summary>Left out today, and why</summary>
      <ul>${out.map((o) => html`<li key=${o.name}><b>${o.name}</b>: ${o.why}</li>`)}</ul></details>`}</section>`;

const UNKNOWN = "Not known";
const NOT_SHARED = "Not shared";
const TRENDS = { up: "getting worse", down: "getting better", steady: "steady" };

/**
 * Every number with its label; what is not known is said so, and is never 0.
 * @param {any} s
 * @returns {[string, string][]}
 */
function facts({ practised: p, hurts: h, ran: r, days_away: away }) {
  return [
    ["Last noted", away === null || away === undefined ? UNKNOWN : away === 0 ? "Today" : `${days(away)} ago`],
    ["Days with exercises, last 14", p ? `${p.days_14}` : NOT_SHARED],
    ["Days with exercises, last 28",
      p ? `${p.days_28}${p.missed_28 === null ? "" : `, ${p.missed_28 || "none"} missed`}` : NOT_SHARED],
    ["Done of what was asked", p ? (p.dose_28 === null ? UNKNOWN : `${Math.round(p.dose_28 * 100)} %`) : NOT_SHARED],
    ["Form, as the camera saw it", p ? formWords(p) : NOT_SHARED],
    ["Latest pain", h ? (h.latest === null ? UNKNOWN : `${h.latest} of 10, ${short(h.latest_day)}`) : NOT_SHARED],
    ["Worst pain, last 7 days", h ? (h.worst_7 === null ? UNKNOWN : `${h.worst_7} of 10`) : NOT_SHARED],
    ["Usual morning",
      h ? (h.morning === null ? UNKNOWN : `${h.morning} of 10${h.trend ? `, ${TRENDS[h.trend]}` : ""}`) : NOT_SHARED],
    ["Ran in the last 7 days", r ? (r.week_m === null ? UNKNOWN : km(r.week_m)) : NOT_SHARED],
    ["Runs in a usual week", r ? (r.usual_week_m === null ? UNKNOWN : km(r.usual_week_m)) : NOT_SHARED],
  ];
}

export const formWords = ({ sets_seen: seen, faults }) =>
  (!seen ? "No set was judged" : faults.length
    ? faults.map(([fault, n]) => `${fault.replaceAll(/[-_]/g, " ")} in ${n} of ${seen}`).join("; ")
    : seen > 1 ? `Clean in all ${seen} sets` : "Clean in the one set that was judged");
