// Today: the few things to do, how much of each, and why.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { go } from "/static/app/router.js";
import { changeSettings } from "/static/app/settings.js";
import { loadWords } from "/static/app/units.js";
import { dayWords } from "/static/app/days.js";
import { count, doseWords, footWords, minuteWords } from "/static/app/doses.js";
import { capital } from "/static/app/words.js";
import { outbox } from "/static/live/outbox.js";
import { Figure } from "/static/ui/figure.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Mark, Title } from "/static/ui/parts.js";
import { Why } from "/static/ui/why.js";
import { Cap, DueScores, WayBack } from "/static/view/cap.js";
import { isExit } from "/static/app/standing.js";
import { Exit, SomethingNew } from "/static/view/exit.js";
import { LessonCard } from "/static/view/lesson.js";
import { Handout, Report } from "/static/view/paper.js";

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const scope = query.get("scope") ?? "today";
  const only = query.get("only");
  const [pain, setPain] = useState(/** @type {number|null} */ (null));
  const plan = useLoad(() => api.today({ scope, only, pain }), [scope, only, pain]);
  useEffect(() => {
    if (plan.data?.clearance === "not_screened") go("/welcome", { replace: true });
  }, [plan.data]);
  if (!plan.data || plan.data.clearance === "not_screened") return html`<${Waiting} ...${plan} />`;
  const { clearance, clearance_text: text, named, notes } = plan.data;
  if (isExit(clearance)) return html`<${Exit} outcome=${clearance} text=${text} named=${named} notes=${notes} />`;
  if (clearance !== "ok") return html`<${AskAgain} text=${text} />`;
  return html`<${Plan} key=${`${scope} ${only}`} plan=${plan.data} only=${only} pain=${pain} setPain=${setPain}
    welcome=${query.has("welcome")} again=${plan.again} error=${plan.error} />`;
}

/** @param {{text: string}} props */
const AskAgain = ({ text }) => html`<section class="hello">
  <${Title}>The questions again, please.<//>
  <p class="lead">${text}</p>
  <a class="main" href="/welcome?again">Answer the questions</a>
</section>`;

/** @param {any} props */
function Plan({ plan, only, pain, setPain, welcome, again, error }) {
  const { scope, items, due, finished, frozen } = plan;
  const unfinished = due?.unfinished ?? null;
  return html`<div class="today">
    <header class="lead-in">
      <p class="eyebrow">${dayWords(plan.date)}</p>
      <${Title}>${headOf(plan, scope)}<//>
      ${welcome && html`<p class="note" role="status">${plan.clearance_text} You can do it. Start now.</p>`}
      ${!(finished && scope === "today") && plan.because.map((r) => html`<p class="lead" key=${r.key}>${r.text}</p>`)}
      ${error && html`<${Problem} text=${error.sentence} />`}
      ${plan.programme && html`<${AsSet} programme=${plan.programme} again=${again} />`}
      <${Things} asks=${plan.asks ?? []} again=${again} />
      ${scope === "today"
        && html`<${Concerns} concerns=${plan.concerns} again=${again} /><${TheEnd} end=${plan.end} again=${again} />`}
      <${Dues} due=${due} again=${again} />
      ${unfinished && html`<${GoOn} session=${unfinished} again=${again} />`}
      ${items.length > 0 && !(unfinished && frozen) && !(finished && scope === "today")
        && html`<${Start} plan=${plan} only=${only} pain=${pain} setPain=${setPain} />`}
      ${scope === "today" && html`<${DueScores} scores=${due?.scores} />`}
      <${Others} scope=${scope} finished=${finished} none=${items.length === 0} />
    </header>
    <div class="list">
      ${items.length === 0 && html`<p class="lead">Nothing today. Rest is part of it.</p>`}
      <ol class="items">
        ${items.map((item) => html`<${Item} key=${item.exercise} item=${item} sources=${plan.sources} />`)}</ol>
      ${items.length > 0 && html`<${Handout} scope=${scope} />`}
      ${scope === "today"
        && html`<${Cap} running=${plan.running} instead=${plan.no_run_text} back=${Boolean(plan.comeback)}
          sources=${plan.sources} />`}
      ${scope === "today" && html`<${WayBack} comeback=${plan.comeback} sources=${plan.sources} />`}
      ${scope === "today" && html`<${LessonCard} />`}
      <${LeftOut} shut=${plan.shut} sources=${plan.sources} />
      <${SomethingNew} again=${again} />
      <p class="small always">${plan.always}</p>
    </div>
  </div>`;
}

/**
 * Whether what today needs is there, asked once for each thing: untick what is not.
 * @param {{asks: any[], again: () => void}} props
 */
function Things({ asks, again }) {
  const [lacks, set] = useState(/** @type {string[]} */ ([]));
  const { busy, error, attempt } = useTry();
  const flip = (id) => set(lacks.includes(id) ? lacks.filter((l) => l !== id) : [...lacks, id]);
  const save = () =>
    attempt(async () => {
      await changeSettings({ things: Object.fromEntries(asks.map((t) => [t.id, !lacks.includes(t.id)])) });
      set([]);
      again();
    });
  if (!asks.length) return null;
  return html`<fieldset class="asks"><legend>You need <small>Untick what is not here</small></legend>
    <div class="tickets">
      ${asks.map((t) =>
        html`<label key=${t.id} class="ticket">
          <input type="checkbox" checked=${!lacks.includes(t.id)} onChange=${() => flip(t.id)} />
          <span>${capital(t.name)}</span></label>`)}</div>
    <button class="second" data-testid="got-it" disabled=${busy} onClick=${save}>
      ${lacks.length ? "Go without" : "Got it"}</button>
    <${Problem} text=${error} /></fieldset>`;
}

/** @param {{concerns: any[], again: () => void}} props */
function Concerns({ concerns, again }) {
  const { busy, error, attempt } = useTry();
  const [id] = useState(freshId);
  const seen = () => attempt(async () => { await api.seen(id); again(); });
  if (!concerns.length) return null;
  return html`<section class="card" data-testid="concerns" aria-label="Worth showing to somebody">
    ${concerns.map((c) => html`<p key=${c.key}>${c.text}</p>`)}
    <div class="row">
      <button class="second" data-testid="seen" disabled=${busy} onClick=${seen}>Somebody has seen it</button></div>
    <${Report} /><${Problem} text=${error} /></section>`;
}

/**
 * What a physiotherapist wrote, and the way out of it, which is fetched where there is one.
 * @param {{programme: any, again: () => void}} props
 */
function AsSet(props) {
  const [Found, set] = useState(/** @type {any} */ (null));
  useEffect(() => { import("/static/view/programme.js").then((m) => set(() => m.AsSet), () => undefined); }, []);
  return Found && html`<${Found} ...${props} />`;
}

/** @param {{end: any, again: () => void}} props */
function TheEnd({ end, again }) {
  const { busy, error, attempt } = useTry();
  if (!end) return null;
  const choose = (maintenance) => attempt(async () => { await changeSettings({ maintenance }); again(); });
  return html`<section class="card" data-testid="the-end" aria-label="The end of the programme">
    <p>${end.text}</p>
    <div class="row">
      <button class="second" data-testid="keep" disabled=${busy}
        onClick=${() => choose(true)}>Five minutes from now on</button>
      <button class="plain" data-testid="go-on" disabled=${busy}
        onClick=${() => choose(false)}>Go on as before</button></div>
    <${Problem} text=${error} /></section>`;
}

/** @param {any} plan @param {string} scope */
function headOf({ items, finished, minutes }, scope) {
  if (finished && scope === "today") return "Done for today. Well done.";
  if (scope === "full") return "The whole routine";
  if (scope === "short") return items.length
    ? `${capital(count(items.length))} ${items.length === 1 ? "thing" : "things"} that ${items.length === 1 ? "matters"
      : "matter"}, ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`
    : "A rest day.";
  if (scope === "snack") return "Two minutes, no set-up";
  if (scope === "one") return items[0]?.name ?? "Just one";
  return items.length
    ? `${capital(count(items.length))} ${items.length === 1 ? "thing" : "things"}, ${minutes} ${minutes === 1 ? "minute"
      : "minutes"}.`
    : "A rest day.";
}

/** @param {any} props */
function Start({ plan, only, pain, setPain }) {
  const { scope, finished, minutes } = plan;
  const { cautious } = useSettings();
  const { busy, error, attempt } = useTry();
  const [id] = useState(freshId);
  const start = () => attempt(async () => {
    const session = await api.begin({ id, scope, only, before: pain });
    go(`/player/${session.id}`);
  });
  const words = finished ? "Once more" : "Start now";
  return html`<div class="start">
    ${!finished && !plan.due?.morning
      && html`<fieldset class="before"><legend>How is the knee right now? <small>If you like</small></legend>
      <${PainScale} label="Pain right now" value=${pain} cautious=${cautious}
        onChange=${(n) => setPain(n === pain ? null : n)} /></fieldset>`}
    <button class=${finished ? "second" : "main"} data-testid="start-session" disabled=${busy} onClick=${start}>
      <span class="dot"></span>${words}<small>${minuteWords(minutes)}</small></button>
    <${Problem} text=${error} />
  </div>`;
}

/** @param {{session: any, again: () => void}} props */
function GoOn({ session, again }) {
  const { busy, error, attempt } = useTry();
  const done = session.sets.length;
  const drop = () => attempt(async () => {
    outbox.put(session.id, [{ id: freshId(), kind: "session.finished", at: session.now, body: {} }]);
    await outbox.empty(session.id);
    again();
  });
  return html`<div class="card go-on">
    <p><b>You are in the middle of a session.</b> ${done ? `${done} ${done === 1 ? "set is" : "sets are"} saved.`
      : "Nothing is lost."}</p>
    <div class="row">
      <a class="main" data-testid="resume-session" href=${`/player/${session.id}`}><span class="dot"></span>Go on</a>
    <a class="plain" href=${`/finish/${session.id}`}>Finish it here</a>
    ${done === 0 && html`<button class="plain" disabled=${busy} onClick=${drop}>Put it away</button>`}</div>
    <${Problem} text=${error} />
  </div>`;
}

/** @param {{due: any, again: () => void}} props */
function Dues({ due, again }) {
  return html`${due?.morning
    && html`<${Due} key="morning" when="morning" head="How was the knee this morning?"
      note="This decides whether anything goes up." again=${again} />`}
    ${due?.after
      && html`<${Due} key="after" when="after" session=${due.after} head="And now, an hour or so after?"
        note="Settled by now is the best sign there is." again=${again} />`}`;
}

/** @param {{when: string, session?: string, head: string, note: string, again: () => void}} props */
function Due({ when, session, head, note, again }) {
  const [n, set] = useState(/** @type {number|null} */ (null));
  const [says, say] = useState(/** @type {any} */ (null));
  const [id, setId] = useState(freshId);
  const { busy, error, attempt } = useTry();
  const { cautious } = useSettings();
  const choose = (nprs) => { set(nprs); setId(freshId()); };
  const save = () => attempt(async () => {
    const noted = { id, nprs: /** @type {number} */ (n), when, knee: null };
    say(await api.pain(session ? { ...noted, session } : noted));
  });
  const undo = () => attempt(async () => { await api.undo(id, freshId()); say(null); setId(freshId()); again(); });
  if (says) return html`<div class="card" role="status"><p><${Mark} colour=${says.colour} /> ${says.says}</p>
    <div class="row">
      <button class="second" onClick=${again}>${says.colour === "green" ? "Good" : "Thanks, go on"}</button>
      <button class="plain" onClick=${undo} data-testid="undo">Undo</button></div>
    <${Problem} text=${error} /></div>`;
  return html`<div class="card" data-testid=${`due-${when}`}><h2>${head}</h2>
    <${PainScale} label=${head} value=${n} onChange=${choose} cautious=${cautious} />
    <div class="row"><button class="second" disabled=${n === null || busy} onClick=${save}>Save</button>
      <span class="small">${note}</span></div>
    <${Problem} text=${error} /></div>`;
}

/** @param {{scope: string, finished: boolean, none: boolean}} props */
const Others = ({ scope, finished, none }) => html`<nav class="others" aria-label="Other ways to train today">
  ${scope !== "today" && html`<a href="/today">${"Today’s few"}</a>`}
  ${scope !== "short" && !none
    && html`<a href="/today?scope=short">${finished ? "Ten minutes more" : "About ten minutes"}</a>`}
  ${scope !== "snack" && !none
    && html`<a href="/today?scope=snack">${finished ? "Two minutes more" : "Only two minutes"}</a>`}
  ${scope !== "full" && !none && html`<a href="/today?scope=full">The whole routine</a>`}
</nav>`;

/** @param {{item: any, sources: any}} props */
function Item({ item, sources }) {
  const things = [footWords(item.footwear), loadWords(item), ...item.gear.map(capital)].filter(Boolean);
  return html`<li class="item">
    <a href=${`/library/${item.exercise}`} class="tile" tabindex="-1" aria-hidden="true">
      <${Figure} id=${item.exercise} side=${item.side} /></a>
    <div><h2><a href=${`/library/${item.exercise}`}>${item.name}</a></h2>
      <p class="dose">${doseWords(item)}</p>
      ${item.note && html`<p class="set-note" data-testid="set-note">${item.note}</p>`}
      <p class="things">${things.map((t) => html`<span key=${t}>${t}</span>`)}</p>
      <div class="row"><${Why} because=${item.because} sources=${sources} />
      <a class="plain just" href=${`/today?scope=one&only=${item.exercise}`}
        aria-label=${`Just this one: ${item.name}`}>Just this one</a></div>
    </div></li>`;
}

/** @param {{shut: any[], sources: any}} props */
function LeftOut({ shut, sources }) {
  if (!shut.length) return null;
  return html`<details class="left-out"><summary>Left out today, and why</summary><ul>
    ${shut.map((s) =>
      html`<li key=${s.exercise}>
        <a href=${`/library/${s.exercise}`}>${s.name}</a>: ${s.because.map((r) => r.text).join(" ")}
      <span class="source"> ${s.because.map((r) => sources[r.source]?.cite).filter(Boolean).join("; ")}</span></li>`)}
  </ul></details>`;
}
