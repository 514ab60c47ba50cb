// Who sees my diary: what is shared with whom, begun and ended here alone, and every look.
import { folk, when } from "/static/people/folk.js";
import { Field, Form } from "/static/people/fields.js";
import { Looks } from "/static/people/looks.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Switch } from "/static/ui/fields.js";
import { Title } from "/static/ui/parts.js";

/** @type {[string, string, string][]} */
const PARTS = [
  ["plan", "Today’s plan", "What there is to do, and why."],
  ["sessions", "Training", "Which sessions you did, how much of each, and your form."],
  ["pain", "Pain and the knee", "Pain before, during and after, each morning, and what you noted."],
  ["running", "Runs", "How far you ran, and how far is near what your knee is used to."],
  ["report", "The report", "A page or two for the practice, with your name, and the same as a file (FHIR)."],
  ["programme", "Setting a programme",
    "They may choose exercises and doses for you. Pain and warning signs still come first."],
];
const ALL = PARTS.map(([id]) => id);

export function View() {
  const asked = useLoad(() => folk.sharing(), []);
  const [added, add] = useState(/** @type {string[]} */ ([]));
  const [over, end] = useState("");
  useEffect(() => { // another window of this browser may have begun or ended something meanwhile
    const look = () => void (document.hidden || asked.again());
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { shares } = asked.data;
  const drafts = added.filter((handle) => !shares.some((s) => s.physiotherapist === handle)).map((handle) =>
    ({ physiotherapist: handle, name: handle, what: [], since: null }));
  return html`<div class="settings"><${Title}>Who sees my diary<//>
    <p class="lead">
      ${shares.some((s) => s.what.length) ? "Only you, and whom you chose below."
        : "Only you."} Nobody else can change that. What you switch off stops at once, and every look is written down here.</p>
    <p role="status">${over}</p>
    ${[...shares,
      ...drafts].map((s) => html`<${Share} key=${s.physiotherapist} ...${s} set=${asked.set} end=${end} />`)}
    ${shares.length > 0 && html`<${Looks} first=${asked.data} />`}
    <${Another} add=${(handle) => add([...added.filter((h) => h !== handle), handle])} />
    ${shares.length === 0 && html`<${Looks} first=${asked.data} />`}</div>`;
}

/** @param {{physiotherapist: string, name: string, what: string[], since: string|null, set: (data: any) => void, end: (words: string) => void}} props */
function Share({ physiotherapist, name, what, since, set, end }) {
  const [wanted, want] = useState(what);
  const [said, say] = useState("");
  const { busy, error, attempt } = useTry();
  useEffect(() => want(what), [what.join()]);
  const has = what.length > 0;
  const save = (chosen, words) =>
    attempt(async () => {
      set(await folk.share(physiotherapist, chosen));
      want(chosen);
      say(words);
      end(chosen.length ? "" : `${name} sees nothing of your diary now.`);
    });
  const flip = (id, on) => { say(""); want(ALL.filter((p) => (p === id ? on : wanted.includes(p)))); };
  const changed = wanted.join() !== what.join();
  return html`<section aria-label=${name}><h2>${name}</h2>
    <p>${has ? `Sees what is switched on, since ${when(/** @type {string} */ (since))}.` : since
      ? `${name} would like to see some of your diary. Nothing is shared yet.`
      : "Nothing is shared yet. Choose what they may see."}</p>
    ${PARTS.map(([id, label, note]) =>
      html`<${Switch} key=${id} label=${label} note=${note} on=${wanted.includes(id)}
        onChange=${(on) => flip(id, on)} />`)}
    ${wanted.length < ALL.length
      && html`<p class="toggle">
        <button class="plain" onClick=${() => { say(""); want(ALL); }}>Switch all of them on</button></p>`}
    <${Problem} text=${error} />
    <p class="row">
      <button class=${has ? "second" : "main"} disabled=${busy || !changed}
        onClick=${() => save(wanted, wanted.length ? "Saved. It counts from now on." : "Ended.")}>
        ${has ? "Save" : "Share this"}</button>
      ${(has || since)
        && html`<button class="plain" disabled=${busy} onClick=${() => save([], "Ended.")}>
          ${has ? `Stop sharing with ${name}` : "No, thank you"}</button>`}
      <span class="small" role="status">${said}${said && html` <a href="/today">Go to today</a>`}</span></p></section>`;
}

/** @param {{add: (handle: string) => void}} props */
function Another({ add }) {
  const [handle, setHandle] = useState("");
  const choose = () => { if (handle.trim()) { add(handle.trim().toLowerCase()); setHandle(""); } };
  return html`<section><h2>Share with a physiotherapist</h2><${Form} onSubmit=${choose}>
    <${Field} label="Their sign-in name" note="They tell you what it is. Nothing is shared until you have chosen what."
      value=${handle} onInput=${setHandle} autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" />
    <p><button class="second" type="submit">Choose what to share</button></p><//></section>`;
}
