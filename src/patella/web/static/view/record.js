// One session, followed, and what is asked of it afterwards: the worst pain of it, and the pain of now.
import { loadSettings } from "/static/app/settings.js";
import { colourOf, WORDS } from "/static/live/pain.js";
import { Record } from "/static/live/record.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { asError } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Mark } from "/static/ui/parts.js";

/**
 * One session, followed. @param {string} id
 * @returns {{record: Record|null, error: any, again: () => void}}
 */
export function useRecord(id) {
  const [record, setRecord] = useState(/** @type {Record|null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const [turn, next] = useState(0);
  const [, seen] = useState(0);
  useEffect(() => {
    /** @type {Record|null} */
    let opened = null;
    let here = true;
    const open = async () => {
      await loadSettings().catch(() => undefined);
      opened = await Record.open(id);
      if (!here) return opened.close();
      opened.listeners.add(() => seen((n) => n + 1));
      setRecord(opened);
    };
    open().catch((problem) => here && setError(asError(problem)));
    return () => { here = false; opened?.close(); };
  }, [id, turn]);
  return { record, error, again: () => { setError(null); next((n) => n + 1); } };
}

/**
 * The worst pain of every exercise that was not answered on the way, in one tap.
 * @param {{record: Record, onAnswer: () => void}} props
 */
export function Worst({ record, onAnswer }) {
  const { session } = record;
  const done = new Set(session.sets.map((s) => s.task));
  const open = session.tasks.map((task, item) => ({ task, item })).filter(({ item }) => done.has(item)
    && session.peaks[item] === undefined);
  const [asked] = useState(open.length > 0);
  const [n, set] = useState(/** @type {number|null} */ (null));
  if (!asked || (!open.length && n === null)) return null;
  const answer = (nprs) => {
    set(nprs);
    onAnswer();
    record.note(open.map(({ task, item }) =>
      ({ kind: "pain.noted", body: { when: "during", nprs, knee: null, item, exercise: task.exercise } })));
  };
  return html`<section class="card" data-testid="worst"><h2>What was the worst pain during it?</h2>
    ${n === null
      ? html`<${PainScale} label="Worst pain during the exercises" value=${n} onChange=${answer}
        legend=${session.scope !== "film"} cautious=${record.cautious} />
      <p class="small">One answer for ${listOf(open.map(({ task }) => task.name))}.</p>`
      : html`<p role="status">
        <${Mark} colour=${colourOf(n, record.cautious)}
          word=${`${n} of 10: ${WORDS[n].toLowerCase()}`} /></p>`}</section>`;
}

/** @param {string[]} names */
const listOf = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] ?? "");

/**
 * Pain after the session, to answer or to correct.
 * @param {{record: Record, question: string, note?: string, onAnswer?: () => void}} props
 */
export function After({ record, question, note, onAnswer }) {
  const { session } = record;
  const answer = (nprs) => {
    onAnswer?.();
    const known = session.pains.filter((p) => p.when === "after").at(-1);
    record.note([known ? { kind: "entry.changed", body: { of: known.entry_id, body: { nprs } } }
      : { kind: "pain.noted", body: { when: "after", nprs, knee: null } }]);
  };
  return html`<section class="card"><h2>${question}</h2>
    <${PainScale} label="Pain after the session" value=${session.after} onChange=${answer}
      cautious=${record.cautious} />
    ${note && html`<p class="small">${note}</p>`}</section>`;
}
