// The way back to running: the stage of today, a timer that walks you through it, and how the knee was.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { memory } from "/static/app/memory.js";
import { settings } from "/static/app/settings.js";
import { farUnit, farWords, metresOf } from "/static/app/distances.js";
import { dayWords } from "/static/app/days.js";
import { clockWords, plural } from "/static/app/words.js";
import { goOn, momentOf, pause, setOut, skip, spokenOf } from "/static/live/outing.js";
import { Sound } from "/static/live/sound.js";
import { Wake } from "/static/live/wake.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { announce } from "/static/ui/live.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useSettings, useTry, Waiting } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Title } from "/static/ui/parts.js";
import { Why } from "/static/ui/why.js";
import { ownScript } from "/static/ui/trust.js";
import { Typed, typed } from "/static/ui/typed.js";

const KEPT = "walkrun";
const WORDS = { walk: "Walk", run: "Run", fast: "A little faster" };

export function View() {
  const asked = useLoad(api.comeback, []);
  const [outing, setOuting] = useState(/** @type {any} */ (undefined));
  const [done, setDone] = useState(/** @type {any} */ (null));
  useEffect(() => { memory.get("runs", KEPT).then((kept) => setOuting(kept ?? null)); }, []);
  if (!asked.data || outing === undefined) return html`<${Waiting} ...${asked} />`;
  const { no_run_text: instead, comeback, sources } = asked.data;
  const keep = (/** @type {any} */ next) => {
    setOuting(next);
    if (next) memory.put("runs", KEPT, next);
    else memory.drop("runs", KEPT);
  };
  const end = (/** @type {any} */ seconds, /** @type {boolean} */ complete) => {
    setDone({ stage: outing.stage, seconds, complete, id: freshId(), pain: freshId() });
    keep(null);
  };
  if (done) return html`<${After} done=${done} onSaved=${() => { setDone(null); asked.again(); }} />`;
  if (outing && !instead) return html`<${Timer} outing=${outing} keep=${keep} end=${end} />`;
  if (instead) return html`<section class="hello"><${Title}>Running has to wait.<//><p class="lead">${instead}</p>
    <a class="main" href="/today"><span class="dot"></span>To today</a></section>`;
  if (!comeback) return html`<${Begin} stages=${asked.data.stages} again=${asked.again} />`;
  return html`<${Stage} comeback=${comeback} sources=${sources} again=${asked.again}
    setOut=${() => keep(setOut(comeback.stage, comeback.segments, Date.now()))} />`;
}

/** Nobody is on the way back: what it is, and one tap. @param {{stages: any[], again: () => void}} props */
function Begin({ stages, again }) {
  const { busy, error, attempt } = useTry();
  const [id] = useState(freshId);
  const begin = () => attempt(async () => { await api.stepBack({ id, step: "begun" }); again(); });
  return html`<section class="hello"><${Title}>Coming back to running?<//>
    <p class="lead">After a break, an illness or a sore spell: ${stages.length} stages, from ${farWords(1610)} of walking and running to hills and a little speed. Each opens when the one before has gone well twice.</p>
    <button class="main" data-testid="begin-back" disabled=${busy} onClick=${begin}>
      <span class="dot"></span>I am coming back</button>
    <${Problem} text=${error} />
    <ol class="stages">${stages.map((s) => html`<li key=${s.stage}>${s.name}</li>`)}</ol></section>`;
}

/** @param {{comeback: any, sources: any, again: () => void, setOut: () => void}} props */
function Stage({ comeback, sources, again, setOut: start }) {
  const { busy, error, attempt } = useTry();
  const say = (/** @type {"begun"|"paused"|"left"} */ step) =>
    attempt(async () => {
      await api.stepBack({ id: freshId(), step, ...(step === "begun" ? { stage: comeback.stage } : {}) });
      again();
    });
  return html`<section class="walkrun"><p class="eyebrow">The way back, ${comeback.number} of ${comeback.of}</p>
    <${Title}>${comeback.name}<//>
    <p class="lead">${comeback.how} Effort: about ${comeback.effort} of 10.</p>
    <${Pieces} segments=${comeback.segments} />
    ${comeback.because.slice(1).map((r) => html`<p key=${r.key}>${r.text}</p>`)}
    ${comeback.today
      ? html`<button class="main" data-testid="set-out" onClick=${start}>
        <span class="dot"></span>Set out<small>${plural(minutesOf(comeback.segments), "minute")}</small></button>`
      : html`<p class="note">
        ${comeback.next_on ? `Next outing: ${dayWords(comeback.next_on)}.`
          : "Not today: first the knee calms down."}</p>`}
    <div class="row">${comeback.begun
      ? html`<button class="second" disabled=${busy} onClick=${() => say("paused")}>Not at 100 %</button>
        <button class="plain" disabled=${busy} onClick=${() => say("left")}>Leave the way back</button>`
      : html`<button class="second" disabled=${busy} onClick=${() => say("begun")}>Follow the stages</button>`}</div>
    <p class="small">“Not at 100 %”, after an illness or a break, takes you one stage back.</p>
    <${Problem} text=${error} />
    <${Why} because=${comeback.because} sources=${sources} label="Why this stage?" /></section>`;
}

const minutesOf = (/** @type {any[]} */ segments) => Math.round(segments.reduce((sum, s) => sum + s.seconds, 0) / 60);

/** @param {{segments: any[], at?: number}} props */
const Pieces = ({ segments, at = -1 }) =>
  html`<ol class="pieces" aria-label="The outing">
    ${segments.map((s, n) =>
      html`<li key=${n} class=${`piece ${s.part}`} aria-current=${n === at ? "step" : undefined}>
        <b>${WORDS[/** @type {"walk"} */ (s.part)]}</b> ${s.seconds / 60} min</li>`)}</ol>`;

/** @param {{outing: any, keep: (outing: any) => void, end: (seconds: number, complete: boolean) => void}} props */
function Timer({ outing, keep, end }) {
  const [now, setNow] = useState(Date.now);
  const [dim, setDim] = useState(false);
  const told = useRef({ index: -1, count: -1 });
  const sound = useRef(/** @type {Sound|null} */ (null));
  const latest = useRef(outing);
  latest.current = outing;
  useEffect(() => {
    const own = new Sound(settings().sound);
    own.wake();
    sound.current = own;
    const wake = new Wake(() => setDim(true));
    wake.start();
    const ticker = new Worker(ownScript("/static/live/ticker.js"));
    ticker.onmessage = () => { hear(own, told.current, latest.current); setNow(Date.now()); };
    return () => { ticker.terminate(); wake.stop(); own.hush(); };
  }, []);
  const moment = momentOf(outing, now);
  useEffect(() => { if (moment.over) end(moment.gone / 1000, true); }, [moment.over]);
  const { segments } = outing;
  const [segment, next] = [segments[moment.index], segments[moment.index + 1]];
  if (!segment) return null;
  const paused = outing.paused !== null;
  return html`<section class="walkrun timing"><p class="eyebrow">${moment.index + 1} of ${segments.length}</p>
    <${Title}>${WORDS[/** @type {"walk"} */ (segment.part)]}<//>
    <${Dial} moment=${moment} paused=${paused} walks=${segment.part === "walk"} />
    <p class="then">
      ${paused ? "Paused. Nothing is lost." : next
        ? `Then: ${WORDS[/** @type {"walk"} */ (next.part)].toLowerCase()}, ${next.seconds / 60} min`
        : "The last piece."}</p>
    <div class="row middle">
      <button class="main" data-testid="pause-outing"
        onClick=${() => {
          sound.current?.wake();
          keep(paused ? goOn(outing, Date.now()) : pause(outing, Date.now()));
        }}>
        ${paused ? "Go on" : "Pause"}</button>
      <button class="second" data-testid="skip-piece"
        onClick=${() => { keep(skip(outing, Date.now())); setNow(Date.now()); }}>Skip this piece</button>
      <button class="second" data-testid="end-outing"
        onClick=${() => end(moment.gone / 1000, false)}>Stop here</button></div>
    <p class="small">If it hurts more than 2 of 10, walk; if that does not calm it, stop here and walk home.</p>
    ${dim && html`<p class="note" role="status">Your screen may go dark. The time goes on, and your place is kept.</p>`}
    <${Pieces} segments=${segments} at=${moment.index} /></section>`;
}

/** @param {{moment: import("/static/live/outing.js").Moment, paused: boolean, walks: boolean}} props */
function Dial({ moment, paused, walks }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => ref.current?.style.setProperty("--share", String(moment.share)));
  return html`<div class=${walks ? "at-rest" : ""}><div class="dial ${paused ? "paused" : ""}" ref=${ref}>
    <svg viewBox="0 0 200 200" aria-hidden="true"><circle class="track" cx="100" cy="100" r="92" />
      <circle class="fill" cx="100" cy="100" r="92" pathLength="1" /></svg>
    <div class="digits" role="timer" aria-label="Left">
      <b class=${moment.left >= 59_001 ? "long" : ""} data-testid="left">
        ${clockWords(moment.left / 1000)}</b></div></div></div>`;
}

/**
 * Says each piece as it begins, and the last three seconds before it.
 * @param {Sound} sound
 * @param {{index: number, count: number}} told
 * @param {any} outing
 */
function hear(sound, told, outing) {
  if (outing.paused !== null) return;
  const { index, left, over } = momentOf(outing, Date.now());
  if (index !== told.index) {
    Object.assign(told, { index, count: -1 });
    const words = spokenOf(outing.segments, index);
    sound.chime();
    sound.say(words);
    announce(words);
  }
  const second = Math.ceil(left / 1000);
  if (over || second > 3 || second === told.count) return;
  told.count = second;
  sound.count(second === 1);
}

/** How the knee was, and the outing goes into the diary. @param {{done: any, onSaved: () => void}} props */
function After({ done, onSaved }) {
  const [pain, setPain] = useState(/** @type {number|null} */ (null));
  const [distance, setDistance] = useState("");
  const [says, say] = useState(/** @type {any} */ (null));
  const { cautious } = useSettings();
  const { busy, error, attempt } = useTry();
  const save = () => attempt(async () => {
    const far = typed(distance);
    await api.outing({ id: done.id, stage: done.stage, seconds: Math.round(done.seconds), complete: done.complete,
      distance_m: far === null ? null : metresOf(far) });
    if (pain === null) return onSaved();
    say(await api.knee({ id: done.pain, nprs: pain, when: "during", doing: "run" }));
  });
  if (says) return html`<section class="hello"><${Title}>Noted.<//>
    <p class="lead" role="status">${says.clearance_text ?? says.text}</p>
    <p>In an hour, and tomorrow morning, say how the knee is: that decides whether it counts.</p>
    <button class="main" onClick=${onSaved}><span class="dot"></span>Good</button></section>`;
  return html`<section class="walkrun">
    <${Title}>${done.complete ? "Well done." : "Stopping was your decision, and a fine one."}<//>
    <fieldset class="before"><legend>How was the knee at its worst?</legend>
      <${PainScale} label="Pain at the worst" value=${pain} cautious=${cautious} onChange=${setPain} /></fieldset>
    <${Typed} label="Distance, if you know it" unit=${farUnit()} value=${distance} onChange=${setDistance} />
    <div class="row">
      <button class="main" data-testid="save-outing" disabled=${busy} onClick=${save}>
        <span class="dot"></span>Save</button>
      <span class="small">Without an answer it is kept, and does not count.</span></div>
    <${Problem} text=${error} /></section>`;
}
