// A film's sets into the diary: in one tap, on the day of the film; then the pain, as after any session, and a way
// back.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { dayWords, isoDay } from "/static/app/days.js";
import { plural } from "/static/app/words.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Pick } from "/static/ui/fields.js";
import { Saved, Trouble } from "/static/ui/saved.js";
import { After, useRecord, Worst } from "/static/view/record.js";

const LONG = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** @typedef {{session: string, entry_id: string, day: string, fresh?: boolean}} Kept */

/** @param {{found: import("./film.js").Found}} props */
export function Keep({ found }) {
  const [kept, setKept] = useState(/** @type {Kept|null} */ (found.film.kept));
  const [undone, setUndone] = useState(false);
  if (kept) return html`<${Stands} kept=${kept} sets=${found.film.sets.length}
    onUndone=${() => { setKept(null); setUndone(true); }} />`;
  return html`<${Offer} found=${found} undone=${undone} onKept=${setKept} />`;
}

/** @param {{found: import("./film.js").Found, undone: boolean, onKept: (kept: Kept) => void}} props */
function Offer({ found: { film, mark, day: filmed }, undone, onKept }) {
  const today = isoDay(new Date(film.now));
  const [day, setDay] = useState(filmed <= today ? filmed : today);
  const [leg, setLeg] = useState("");
  const asks = film.sides === "each" && film.sets.some((set) => set.side === "both");
  const { busy, error, attempt } = useTry();
  const head = useFocus(undone);
  const keep = () => attempt(async () => {
    const sets = film.sets.map((set) => (asks ? { ...set, side: leg } : set));
    const session = await api.keepFilm({ id: freshId(), exercise: film.exercise, mark, day, sets });
    onKept({ session: session.id, entry_id: session.entry_id, day: session.day, fresh: true });
  });
  return html`<section class="card keep" data-testid="film-keep">
    <h3 ref=${head} tabindex="-1">${undone ? "Taken out again. " : ""}Keep it in the diary?</h3>
    <p class="small">
      ${plural(film.sets.length, "set")}, counted by the camera. Leave it if you noted this set already.</p>
    <label class="typed"><span>Day of the film</span>
      <input type="date" value=${day} max=${today}
        onChange=${(e) => e.currentTarget.value && setDay(e.currentTarget.value)} /></label>
    ${asks && html`<p><b>Which leg was it?</b></p>
      <${Pick} label="Which leg" options=${[["left", "Left"], ["right", "Right"]]} value=${leg} onChange=${setLeg} />`}
    <button class="second" data-testid="keep-film" disabled=${busy || (asks && !leg)} onClick=${keep}>Keep it</button>
    <${Problem} text=${error} /></section>`;
}

/** @param {{kept: Kept, sets: number, onUndone: () => void}} props */
function Stands({ kept, sets, onUndone }) {
  const { busy, error, attempt } = useTry();
  const undo = () => attempt(async () => { await api.undo(kept.entry_id, freshId()); onUndone(); });
  const day = dayWords(kept.day, LONG);
  const head = useFocus(kept.fresh === true);
  return html`<section class="keep kept" data-testid="film-kept">
    <h3 ref=${head} tabindex="-1">
      ${kept.fresh ? `Kept: ${plural(sets, "set")}, ${day}.` : `This film is in the diary already, on ${day}.`}</h3>
    ${kept.fresh && html`<${Felt} id=${kept.session} />`}
    <div class="row"><a class="second" href=${`/diary/${kept.day}`}>Open in the diary</a>
      <button class="plain" data-testid="undo" disabled=${busy} onClick=${undo}>
        ${kept.fresh ? "Undo" : "Take it out"}</button></div>
    <${Problem} text=${error} /></section>`;
}

/** Where a press has brought something new, the focus goes to it. @param {boolean} wanted */
function useFocus(wanted) {
  const head = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { if (wanted) head.current?.focus(); }, []);
  return head;
}

/** The pain, as after any session. @param {{id: string}} props */
function Felt({ id }) {
  const { record, error, again } = useRecord(id);
  if (!record) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<p><${Saved} /></p><${Trouble} /><${Worst} record=${record} onAnswer=${() => undefined} />
    <${After} record=${record} question="And how was the knee an hour after?"
      note="What is left open stays open; the next dose then stays as it is." />`;
}
