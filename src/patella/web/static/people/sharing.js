// Who sees my diary: what is shared with whom, begun and ended here alone, and every look.
import { DAY, folk, MOMENT, when } from "/static/people/folk.js";
import { Field, Form } from "/static/people/fields.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Switch } from "/static/ui/fields.js";
import { Title } from "/static/ui/parts.js";

/** @type {[string, string, string, string][]} */
const PARTS = [
  ["plan", "Today’s plan", "What there is to do, and why.", "your plan"],
  ["sessions", "Training", "Which sessions you did, how much of each, and your form.", "your training"],
  ["pain", "Pain and the knee", "Pain before, during and after, each morning, and what you noted.", "your pain"],
  ["running", "Runs", "How far you ran, and how far is near what your knee is used to.", "your runs"],
  ["report", "The report", "Two pages for the practice, and the same as a file (FHIR).", "the report"],
  ["programme", "Setting a programme", "They may choose exercises and doses for you. Pain and warning signs still come first.", "your programme"],
];
const SEEN = Object.fromEntries(PARTS.map(([id, , , words]) => [id, words]));

export function View() {
  const asked = useLoad(() => folk.sharing(), []);
  const [added, add] = useState(/** @type {string[]} */ ([]));
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { shares } = asked.data;
  const drafts = added.filter((handle) => !shares.some((s) => s.physiotherapist === handle));
  return html`<div class="settings"><${Title}>Who sees my diary<//>
    <p class="lead">${shares.some((s) => s.what.length) ? "Only you, and whom you chose below." : "Only you."} You begin it and you end it. Whatever you end is over at once, and every look is written down here.</p>
    ${shares.map((s) => html`<${Share} key=${s.physiotherapist} ...${s} set=${asked.set} />`)}
    ${drafts.map((handle) => html`<${Share} key=${handle} physiotherapist=${handle} name=${handle} what=${[]} since=${null} set=${asked.set} />`)}
    <${Another} add=${(handle) => add([...added.filter((h) => h !== handle), handle])} /><${Looks} first=${asked.data} /></div>`;
}

/** @param {{physiotherapist: string, name: string, what: string[], since: string|null, set: (data: any) => void}} props */
function Share({ physiotherapist, name, what, since, set }) {
  const [wanted, want] = useState(what);
  const [said, say] = useState("");
  const { busy, error, attempt } = useTry();
  const has = what.length > 0;
  const save = (chosen, words) => attempt(async () => { set(await folk.share(physiotherapist, chosen)); want(chosen); say(words); });
  const flip = (id, on) => { say(""); want(PARTS.map(([p]) => p).filter((p) => (p === id ? on : wanted.includes(p)))); };
  const changed = wanted.join() !== what.join();
  return html`<section aria-label=${name}><h2>${name}</h2><p>${has ? `Sees what is switched on, since ${when(/** @type {string} */ (since))}.` : since ? `${name} would like to see some of your diary. Nothing is shared yet.` : "Nothing is shared yet. Choose what they may see."}</p>
    ${PARTS.map(([id, label, note]) => html`<${Switch} key=${id} label=${label} note=${note} on=${wanted.includes(id)} onChange=${(on) => flip(id, on)} />`)}
    <${Problem} text=${error} />
    <p class="row"><button class=${has ? "second" : "main"} disabled=${busy || !changed} onClick=${() => save(wanted, wanted.length ? "Saved. It counts from now on." : "Ended.")}>${has ? "Save" : "Share this"}</button>
      ${(has || since) && html`<button class="plain" disabled=${busy} onClick=${() => save([], "Ended.")}>${has ? `Stop sharing with ${name}` : "No, thank you"}</button>`}<span class="small" role="status">${said}</span></p></section>`;
}

/** @param {{add: (handle: string) => void}} props */
function Another({ add }) {
  const [handle, setHandle] = useState("");
  const choose = () => { if (handle.trim()) { add(handle.trim().toLowerCase()); setHandle(""); } };
  return html`<section><h2>Share with a physiotherapist</h2><${Form} onSubmit=${choose}>
    <${Field} label="Their sign-in name" note="They tell you what it is. Nothing is shared until you have chosen what." value=${handle} onInput=${setHandle} autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" />
    <p><button class="second" type="submit">Choose what to share</button></p><//></section>`;
}

/** @param {{first: any}} props */
function Looks({ first }) {
  const [older, setOlder] = useState(/** @type {any} */ (null));
  const { busy, error, attempt } = useTry();
  const looks = [...first.looks, ...(older?.looks ?? [])];
  const more = older ? older.more : first.more;
  const ask = () => attempt(async () => {
    const found = await folk.sharing(new Date(more).getTime() / 1000);
    setOlder({ looks: [...(older?.looks ?? []), ...found.looks], more: found.more });
  });
  return html`<section><h2>Who looked</h2>${looks.length === 0 ? html`<p>Nobody has looked at your diary.</p>` : days(looks).map(([day, people]) => html`<div key=${day} class="looks"><h3>${day}</h3>
      <ul>${people.map(([name, seen, last]) => html`<li key=${name}><b>${name}</b> looked at ${listed(seen)}<br /><small>last at ${last}</small></li>`)}</ul></div>`)}
    ${more && html`<p><button class="plain" disabled=${busy} onClick=${ask}>Earlier looks</button></p>`}<${Problem} text=${error} /></section>`;
}

/** Looks by day and person, the newest first. @param {{name: string, what: string, at: string}[]} looks @returns {[string, [string, string[], string][]][]} */
function days(looks) {
  /** @type {Map<string, Map<string, {seen: Map<string, number>, last: string}>>} */
  const found = new Map();
  for (const { name, what, at } of looks) {
    const day = DAY.format(new Date(at));
    if (!found.has(day)) found.set(day, new Map());
    const people = /** @type {Map<string, any>} */ (found.get(day));
    if (!people.has(name)) people.set(name, { seen: new Map(), last: MOMENT.format(new Date(at)).split(", ").pop() });
    const { seen } = people.get(name);
    seen.set(what, (seen.get(what) ?? 0) + 1);
  }
  const told = (seen) => [...seen].map(([what, n]) => (n > 1 ? `${SEEN[what] ?? what} (${n} times)` : SEEN[what] ?? what));
  return [...found].map(([day, people]) => [day, [...people].map(([name, { seen, last }]) => /** @type {[string, string[], string]} */ ([name, told(seen), last]))]);
}

const listed = (words) => new Intl.ListFormat("en-GB").format(words);
