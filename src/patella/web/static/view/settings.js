// Settings: the knee, the things at hand, sound and look, reminders, paper and data.
import { lastAccount } from "/static/app/account.js";
import { address, api } from "/static/app/api.js";
import { changeSettings, loadSettings, settings } from "/static/app/settings.js";
import { spread } from "/static/app/days.js";
import { choice, choose } from "/static/live/choice.js";
import { languageHere } from "/static/live/recogniser.js";
import { Sound } from "/static/live/sound.js";
import { HOME, SERVED } from "/static/app/served.js";
import { FAR } from "/static/app/transport.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Pick, Stepper, Switch } from "/static/ui/fields.js";
import { Icon, Title } from "/static/ui/parts.js";
import { Data } from "/static/view/data.js";
import { Desk } from "/static/view/desk.js";
import { listen } from "/static/view/hear.js";
import { handout } from "/static/view/paper.js";
import { Watched } from "/static/view/watched.js";
import { Tickets } from "/static/view/welcome.js";

const LAST_HERE = new Intl.DateTimeFormat("en-GB",
  { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export function View() {
  const asked = useLoad(async () => { await loadSettings(); return true; }, []);
  const profile = useSettings();
  const { error, attempt } = useTry();
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const set = (values) => attempt(() => changeSettings(values));
  const props = { profile, set };
  return html`<div class="settings"><${Title}>Settings<//><${Problem} text=${error} />
    ${lastAccount() && html`<${Account} />`}
    <${Knee} ...${props} /><${Things} ...${props} /><${Level} ...${props} /><${Hear} ...${props} /><${Camera} />
    <${Look} ...${props} />
    <${Reminders} /><${Where} ...${props} />${!lastAccount() && html`<${Desk} ...${props} />`}<${Paper} ...${props} />
    ${!lastAccount() && html`<${Watched} />${SERVED && html`<${Browsers} />`}`}<${Data} />
    <section><h2>About</h2>
      <p>Patella is general information and an exercise log. It is not a medical device and makes no diagnosis. ${FAR
        ? `Nothing goes anywhere but to ${HOME}.`
        : `Nothing leaves ${HOME}${SERVED ? "" : " unless you send it yourself"}.`}</p>
      ${!SERVED
        && html`<p class="small">Patella on a computer reads and writes the same diary, as a copy, and can do a few things more: a calendar feed that stays up to date, hours of sitting from ActivityWatch, and PDF files of its own.</p>`}
      <p><a href="/welcome?again">Answer the questions again</a></p></section>
  </div>`;
}

/** @typedef {{profile: any, set: (values: Object<string, any>) => void}} Part */

/** @param {Part} props */
const Knee = ({ profile, set }) => html`<section><h2>The knee</h2>
  <${Pick} label="Which knee" options=${[["left", "Left"], ["right", "Right"], ["both", "Both"], ["", "Neither"]]}
    value=${profile.knees.length > 1 ? "both" : profile.knees[0] ?? ""}
    onChange=${(k) => set({ knees: k === "both" ? ["left", "right"] : k ? [k] : [] })} />
  <${Switch} label="Train only the sore leg" note="Off: both legs get their turn, the sore one first."
    on=${profile.one_leg} onChange=${(one_leg) => set({ one_leg })} />
  <h3>Pain on a usual morning</h3>
  <${PainScale} label="Pain on a usual morning" value=${profile.usual_pain}
    onChange=${(n) => set({ usual_pain: n === profile.usual_pain ? null : n })} /></section>`;

/** @param {Part} props */
const Things = ({ profile, set }) => {
  const has = (profile.has ?? profile.equipment.map((e) => e.id)).filter((id) => profile.things?.[id] !== false);
  return html`<section><h2>At hand</h2>
    <p class="small">Untick what you do not have. Patella finds something to use instead, or leaves the exercise out.</p>
    <${Tickets} all=${profile.equipment} has=${has} onChange=${(h) => set({ has: h, things: {} })} /></section>`;
};

/** @param {Part} props */
const Level = ({ profile, set }) => html`<section><h2>Level</h2>
  <${Switch} label="Cautious mode" note="Anything above 2 of 10 means stop, and steps up come later."
    on=${profile.cautious} onChange=${(cautious) => set({ cautious })} />
  <${Switch} label="Straighten the knee fully with the kettlebell"
    note="Past 45 degrees, once you have some green weeks behind you." on=${profile.full_arc}
    onChange=${(full_arc) => set({ full_arc })} />
  <${Switch} label="Only keep what I have"
    note="When the programme is done: two exercises, five minutes, on two or three days a week."
    on=${profile.maintenance === true} onChange=${(maintenance) => set({ maintenance })} /></section>`;

/** @param {Part} props */
function Hear({ profile, set }) {
  const { sound } = profile;
  const change = (values) => set({ sound: { ...sound, ...values } });
  const [heard, hear] = useState("");
  const test = () => {
    const ear = new Sound(settings().sound);
    ear.wake();
    ear.say("You can do it. Start now.");
    setTimeout(() =>
      hear(!ear.isOn ? "Sound is off." : ear.speaks ? "That was the voice."
        : "This browser has no voice: clear tones take its place. The words are always on the screen."),
      900);
  };
  return html`<section><h2>Counting and sound</h2>
    <${Pick} label="Who counts the reps" options=${[["beat", "A beat leads"], ["self", "I count"]]}
      value=${profile.counting} onChange=${(counting) => set({ counting })} />
    <p class="small">The beat sets the pace and counts, hands-free. With the camera on, the camera counts.</p>
    <${Switch} label="Sound" on=${!sound.muted} onChange=${(on) => change({ muted: !on })} />
    <${Switch} label="Spoken cues" note="Off: tones only. The same words are always on the screen." on=${sound.voice}
      onChange=${(voice) => change({ voice })} />
    <${Switch} label="Voice with the beat" note="“Down, two, three, up.” Off: a tick." on=${sound.lead}
      onChange=${(lead) => change({ lead })} />
    <${Listens} on=${profile.listens} />
    <label class="slide"><b>Volume</b>
      <input type="range" min="0" max="1" step="0.1" value=${sound.volume}
        onChange=${(e) => change({ volume: Number(e.currentTarget.value) })} /></label>
    <div class="row"><button class="second" onClick=${test}><${Icon} of="sound" size=${20} />Try it</button>
      <span class="small" role="status">${heard}</span></div></section>`;
}

/** Only where this device can hear by itself. @param {{on: boolean}} props */
function Listens({ on }) {
  const [lang, set] = useState(/** @type {string|null} */ (null));
  useEffect(() => { languageHere().then(set); }, []);
  if (!lang && !on) return null;
  return html`<${Switch} label="Say “ready” instead of tapping"
    note="Before each exercise the microphone is on until you say it. Your browser hears it on this device alone, and nothing is kept or sent."
    on=${on} onChange=${(now) => listen(now).catch(() => undefined)} />`;
}

function Camera() {
  const [{ on, experiments }, set] = useState(choice);
  const change = (values) => { choose(values); set(choice()); };
  return html`<section><h2>Camera</h2>
    <${Switch} label="Camera in every session"
      note=${`It counts what it can see. The picture stays in the page; only the places of 33 points of your body go to the coach, on ${HOME}.`}
      on=${on} onChange=${(now) => change({ on: now })} />
    <${Switch} label="Experiments"
      note="The ball squeeze and the bones by the gap between your knees, the kneecap by the skin above it. They may miss one or count one too many, and you can always correct them."
      on=${experiments} onChange=${(now) => change({ experiments: now })} />
    <p class="small">With these off, the camera checks that you sit tall in the ball squeeze, and is a mirror for the bones and the kneecap.</p></section>`;
}

/** @param {Part} props */
const Look = ({ profile, set }) => html`<section><h2>Look and units</h2>
  <${Pick} label="Theme" options=${[["system", "Like my device"], ["light", "Light"], ["dark", "Dark"]]}
    value=${profile.theme} onChange=${(theme) => set({ theme })} />
  <${Pick} label="Weights" options=${[["kg", "Kilograms"], ["lb", "Pounds"]]} value=${profile.weight}
    onChange=${(weight) => set({ weight })} />
  <${Pick} label="Distances" options=${[["km", "Kilometres"], ["mi", "Miles"]]} value=${profile.distance}
    onChange=${(distance) => set({ distance })} />
  <${Pick} label="Heights" options=${[["cm", "Centimetres"], ["ft", "Feet and inches"]]} value=${profile.height}
    onChange=${(height) => set({ height })} />
  <${Pick} label="Paper" options=${[["a4", "A4"], ["letter", "US Letter"]]} value=${profile.letter ? "letter" : "a4"}
    onChange=${(p) => set({ letter: p === "letter" })} /></section>`;

/** @param {Part} props */
function Where({ profile, set }) {
  const known = useLoad(() => api.emergency(null), []);
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  const countries = (known.data?.countries
    ?? []).map((c) => [c, names.of(c) ?? c]).sort((a, b) => a[1].localeCompare(b[1]));
  return html`<section><h2>In an emergency</h2>
    <label class="typed"><span>Where you are</span>
      <select value=${profile.country ?? ""} onChange=${(e) => set({ country: e.currentTarget.value || null })}>
      <option value="">As the browser says</option>
      ${countries.map(([c, words]) => html`<option key=${c} value=${c}>${words}</option>`)}</select></label>
    <p class="small">Decides which number you are shown. Not in the list? Then it is 112.</p></section>`;
}

const WEEK = [["mo", "Mon"], ["tu", "Tue"], ["we", "Wed"], ["th", "Thu"], ["fr", "Fri"], ["sa", "Sat"], ["su", "Sun"]];

function Reminders() {
  const [breaks, setBreaks] = useState(3);
  const [from, setFrom] = useState("09:00");
  const [to, setTo] = useState("17:00");
  const [days, setDays] = useState(["mo", "tu", "we", "th", "fr"]);
  const [said, say] = useState("");
  const times = spread(breaks, from, to);
  const [feed, setFeed] = useState("");
  const { error, attempt } = useTry();
  const chosen = WEEK.map(([d]) => d).filter((d) => days.includes(d));
  const flip = (d) => setDays(days.includes(d) ? days.filter((x) => x !== d) : [...days, d]);
  const copy = () => attempt(async () => {
    const made = location.origin + (await api.feed()).path + new URL(address.reminders(times, chosen),
      location.origin).search;
    setFeed(made);
    await navigator.clipboard?.writeText(made).then(() => say("Copied."), () => say("Copy it by hand, please."));
  });
  return html`<section><h2>Reminders</h2>
    <p>Small breaks through the day, in your own calendar. Patella itself never nags.</p>
    <div class="row spaced"><span>Breaks a day</span>
      <${Stepper} label="Breaks a day" value=${breaks} least=${1} most=${6} onChange=${setBreaks} /></div>
    <div class="row">
      <label class="time">From <input type="time" value=${from}
        onChange=${(e) => e.currentTarget.value && setFrom(e.currentTarget.value)} /></label>
      <label class="time">to <input type="time" value=${to}
        onChange=${(e) => e.currentTarget.value && setTo(e.currentTarget.value)} /></label></div>
    <div class="pick week" role="group" aria-label="Days">
      ${WEEK.map(([d, words]) =>
        html`<button key=${d} aria-pressed=${days.includes(d)} onClick=${() => flip(d)}>${words}</button>`)}</div>
    ${days.length
      ? html`<p>At ${times.join(", ")}.</p>
        <div class="row">
          <a class="second" href=${address.reminders(times, chosen)} download="patella-reminders.ics">Calendar file</a>
          ${SERVED && !lastAccount()
            && html`<button class="plain" onClick=${copy}>Copy the feed’s address</button>`}</div>
      ${feed && html`<p class="small feed">${feed}</p>`}` : html`<p>Choose a day.</p>`}
      <p class="small" role="status">${said}</p><${Problem} text=${error} /></section>`;
}

/** @param {Part} props */
const Paper = ({ profile }) =>
  html`<section><h2>On paper</h2><p>Today, or the whole routine, to hang up and tick with a pen.</p>
  <div class="row"><a class="second" ...${handout(false, profile.letter)}>Today’s handout</a>
    <a class="second" ...${handout(true, profile.letter)}>The whole routine</a></div></section>`;

const Account = () =>
  html`<section><h2>Your account</h2>
    <p>Your name, password and passkeys, the browsers that are signed in, and leaving with everything.</p>
  <div class="row"><a class="second" href="/account" target="_self">Your account</a>
    <a class="second" href="/sharing" target="_self">Who sees my diary</a></div></section>`;

function Browsers() {
  const asked = useLoad(() => api.door(), []);
  const { busy, error, attempt } = useTry();
  const devices = asked.data?.devices ?? [];
  const others = devices.filter((d) => !d.here);
  const forgetOne = (d) => attempt(async () => asked.set(await api.forgetOne(d.id)));
  return html`<section><h2>Who may look</h2>
    <p>Only who was let in: this one${others.length ? ` and ${others.length} more`
      : " alone"}. In a terminal on your computer, <kbd>patella link</kbd> lets in another browser there, and <kbd>patella serve --lan</kbd> your phone.</p>
    ${others.length > 0
      && html`<ul class="devices">
        ${devices.map((d) =>
          html`<li key=${d.id} class="row spaced">
            <span><b>${d.name}</b><br />
              <small>${d.here ? "this one" : `last here ${LAST_HERE.format(new Date(d.seen))}`}</small></span>
      ${!d.here
        && html`<button class="plain" disabled=${busy} aria-label=${`Forget ${d.name}`}
          onClick=${() => forgetOne(d)}>Forget</button>`}</li>`)}</ul>
      <div class="row">
        <button class="second" data-testid="forget" disabled=${busy}
          onClick=${() => attempt(async () => asked.set(await api.forget()))}>Forget the others</button></div>
      <p class="small">The addresses of calendar feeds are forgotten with all the others. What a phone has not saved yet stays on it.</p>`}
      <${Problem} text=${error} /></section>`;
}
