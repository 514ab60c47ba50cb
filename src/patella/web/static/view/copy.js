// A diary that lies in a browser alone: whether the browser promised to keep it, and a copy asked for once a month.
import { address, api } from "/static/app/api.js";
import { dayWords, isoDay, shift } from "/static/app/days.js";
import { memory } from "/static/app/memory.js";
import { COPIED, lastCopied } from "/static/app/outgoing.js";
import { here } from "/static/app/router.js";
import { isExit } from "/static/app/standing.js";
import { html, useEffect, useState } from "/static/ui/html.js";

const MONTH = 30, YEAR = 366; // days
const DAY_MS = 86_400_000;
const LATER = "copy later"; // among the drafts
const LITTLE_BYTES = 50_000_000;

/** Whether something has stood here for a month that is in no copy, and nobody said "not now" within one. */
async function isDue() {
  const [last, later] = await Promise.all([lastCopied(), memory.get("drafts", LATER)]);
  if (Date.now() - (later ?? 0) < MONTH * DAY_MS) return false;
  const today = isoDay(new Date());
  const since = [shift(today, -YEAR), last ? shift(isoDay(new Date(last)), 1) : ""].sort()[1],
  before = shift(today, -MONTH);
  if (since >= before || !(await api.diary(since, before)).days.length) return false;
  return !isExit((await api.today()).clearance); // nothing stands above what is urgent
}

/** On today's page, with the way to do it right there. */
export function Reminder() {
  const [due, set] = useState(false);
  useEffect(() => {
    const look = () => void isDue().then(set, () => undefined);
    look();
    document.addEventListener(COPIED, look);
    return () => document.removeEventListener(COPIED, look);
  }, []);
  if (!due || here().view !== "today") return null;
  const later = () => { memory.put("drafts", LATER, Date.now()); set(false); };
  return html`<section class="notice" data-testid="save-a-copy">
    <p>More than a month of your diary is on this device alone. A copy somewhere else keeps it for you.</p>
    <div class="row"><a class="second" href=${address.json} download="patella.json">Save a copy</a>
      <button class="plain" onClick=${later}>Not now</button></div></section>`;
}

/** In the settings: what the browser said, the room there is, and when a copy was last saved. */
export function Kept() {
  const [found, set] = useState(/** @type {{promised: boolean, left: number, last: number}|null} */ (null));
  useEffect(() => {
    const look = async () => {
      const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
      set({ promised: Boolean(await navigator.storage?.persisted?.()), left: quota - usage, last: await lastCopied() });
    };
    const again = () => void look().catch(() => undefined);
    again();
    document.addEventListener(COPIED, again);
    return () => document.removeEventListener(COPIED, again);
  }, []);
  if (!found) return null;
  const { promised, left, last } = found;
  return html`<p data-testid="kept">
    ${promised ? "This browser has promised to keep it until you remove it."
      : "This browser may clear it when the device runs short of room, or after weeks without a visit. On a phone it stays longer once Patella is on the home screen; a copy is safest."}
      ${last ? ` You last saved a copy on ${dayWords(isoDay(new Date(last)))}.`
        : " No copy has been saved from here yet."}</p>
    ${left < LITTLE_BYTES
      && html`<p class="problem">There is little room left on this device. Save a copy first, then make some room.</p>`}`;
}
