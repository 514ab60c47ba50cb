// The summary of a session: every line can be corrected, before it is finished and after.
import { address, api } from "/static/app/api.js";
import { steady } from "/static/app/clock.js";
import { dayWords } from "/static/app/days.js";
import { memory } from "/static/app/memory.js";
import { go } from "/static/app/router.js";
import { scopeWords } from "/static/app/doses.js";
import { plural } from "/static/app/words.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Waiting } from "/static/ui/load.js";
import { Logo, Title } from "/static/ui/parts.js";
import { Saved, Trouble } from "/static/ui/saved.js";
import { Lines } from "/static/view/lines.js";
import { After, useRecord, Worst } from "/static/view/record.js";

const BY_ITSELF_MS = 60_000;

/** @typedef {import("../app/types.js").Session} Session */
/** @typedef {import("../live/record.js").Record} Record */

/** @param {{id: string}} props */
export function View({ id }) {
  const { record, error, again } = useRecord(id);
  if (!record) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<${Summary} record=${record} />`;
}

/** What is finished need not lie here. @param {string} id */
const forget = (id) => Promise.all([memory.drop("sessions", id), memory.drop("runs", id)]);

/** @param {{record: Record}} props */
function Summary({ record }) {
  const { session } = record;
  const [undone, setUndone] = useState(/** @type {string|null} */ (null));
  const [stays, stay] = useState(false);
  const finish = () => {
    const [note] = record.note([{ kind: "session.finished", body: {} }]);
    setUndone(note.id);
    scrollTo(0, 0);
  };
  const undo = () => {
    if (undone) record.note([{ kind: "entry.undone", body: { of: undone }, undoes: { kind: "session.finished" } }]);
    stay(true);
    setUndone(null);
  };
  useEffect(() => { if (session.finished) forget(record.kept.id); }, [session.finished]);
  const waits = !session.finished && !stays && session.sets.length > 0;
  return html`<div class="finish">
    <header class="lead-in">
      <${Logo} size=${72} hop=${session.finished ? 1 : 0} />
      <p class="eyebrow">${dayWords(session.day)} · ${scopeWords(session.scope)}</p>
      <${Title} keep=${session.finished}>${headOf(session)}<//>
      <p class="lead" data-testid="done-words">${doneWords(session)}</p>
      ${session.finished && html`<${Ahead} />`}
      <p><${Saved} /></p><${Trouble} />
    </header>
    <div class="list">
      <${Worst} record=${record} onAnswer=${() => stay(true)} />
      <${After} record=${record} question="And how is the knee now?" note="Now or in an hour; the latest answer counts."
        onAnswer=${() => stay(true)} />
      <details class="corrects" open=${session.sets.length === 0}><summary data-testid="correct">Correct</summary>
        <${Lines} record=${record} /></details>
      <div class="after">
        ${session.finished
          ? html`<a class="main" href="/today"><span class="dot"></span>To today</a>
            <a class="second" href=${`/diary/${session.day}`}>Open in the diary</a>
            ${undone && html`<button class="plain" data-testid="undo" onClick=${undo}>Undo: not finished yet</button>`}`
          : html`<button class="main" data-testid="finish" onClick=${finish}><span class="dot"></span>Finish</button>
            ${waits && html`<${ByItself} then=${finish} />`}
            <button class="second" onClick=${() => go(`/player/${session.id}`)}>Back to the exercises</button>`}
      </div>
    </div>
  </div>`;
}

/**
 * A minute with nobody there, and it is finished; a tap anywhere on the page means that somebody is.
 * @param {{then: () => void}} props
 */
function ByItself({ then }) {
  const [ends] = useState(() => steady() + BY_ITSELF_MS);
  const [left, setLeft] = useState(BY_ITSELF_MS);
  useEffect(() => {
    const look = setInterval(() => setLeft(ends - steady()), 500);
    return () => clearInterval(look);
  }, [ends]);
  useEffect(() => { if (left <= 0) then(); }, [left <= 0]);
  return html`<p class="small"
    data-testid="by-itself">Finishes by itself in ${Math.max(0, Math.ceil(left / 1000))} s.</p>`;
}

/** What comes next: the questions, and tomorrow. */
function Ahead() {
  const ahead = useLoad(() => api.tomorrow().catch(() => null), []);
  return html`${ahead.data && html`<p class="lead" data-testid="tomorrow">${ahead.data.says}</p>`}
    <p>One number in an hour, and one tomorrow morning. They decide what comes next. <a href=${address.morning}
      download="patella-morning.ics">Ask me in my calendar</a></p>`;
}

/** @param {Session} session */
function headOf(session) {
  if (session.finished) return "Done. Well done.";
  return session.sets.length ? "That’s it. You did it." : "Nothing logged yet.";
}

/** What was done in one look: "4 exercises, 12 sets, 19 minutes". @param {Session} session */
function doneWords({ sets, begun_at, last_at }) {
  if (!sets.length) return "Stopping early is fine too.";
  const exercises = new Set(sets.map((s) => s.task)).size;
  const minutes = Math.max(1, Math.round((Date.parse(last_at) - Date.parse(begun_at)) / 60_000));
  return `${plural(exercises, "exercise")}, ${plural(sets.length, "set")}, ${plural(minutes, "minute")}.`;
}
