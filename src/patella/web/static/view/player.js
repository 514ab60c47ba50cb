// The session player: one thing on the screen, digits that are read from three metres.
import { loadSettings, settings, changeSettings } from "/static/app/settings.js";
import { go } from "/static/app/router.js";
import { loadWords } from "/static/app/units.js";
import { clockWords, plural, setWords, sideWords } from "/static/app/words.js";
import { choice } from "/static/live/choice.js";
import { nextWords, stepWords, whereWords } from "/static/live/cues.js";
import { Record } from "/static/live/record.js";
import { Run } from "/static/live/run.js";
import { tempoWords } from "/static/live/beat.js";
import { lengthOf } from "/static/live/player.js";
import { progressOf } from "/static/live/steps.js";
import { Sound } from "/static/live/sound.js";
import { claim } from "/static/live/tabs.js";
import { Wake } from "/static/live/wake.js";
import { Figure } from "/static/ui/figure.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "/static/ui/html.js";
import { asError, Waiting } from "/static/ui/load.js";
import { announce } from "/static/ui/live.js";
import { Icon, Logo, Title } from "/static/ui/parts.js";
import { Saved, Trouble } from "/static/ui/saved.js";
import { Hurt } from "/static/view/hurt.js";
import { Worst } from "/static/view/worst.js";

const DIM = "Your screen may go dark. Touch it now and then; your place is kept.";
const DIM_MS = 20_000;

/** @param {{id: string}} props */
export function View({ id }) {
  const [run, setRun] = useState(/** @type {Run|null} */ (null));
  const [dim, setDim] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [taken, setTaken] = useState(/** @type {null|"before"|"since"} */ (null));
  const [turn, next] = useState({ n: 0, steal: false });
  useEffect(() => {
    /** @type {(() => void)[]} */
    const ends = [];
    let here = true;
    const end = () => { here = false; ends.reverse().forEach((e) => e()); };
    const darkens = () => { setDim(true); ends.push(() => clearTimeout(timer)); const timer = setTimeout(() => setDim(false), DIM_MS); };
    open(id, turn.steal, ends, darkens, () => { end(); setRun(null); setTaken("since"); }).then(
      (found) => { if (here) { setTaken(found ? null : "before"); setRun(found); } },
      (problem) => here && setError(asError(problem)),
    );
    return end;
  }, [id, turn]);
  const again = (steal = false) => { setError(null); setTaken(null); setRun(null); next({ n: turn.n + 1, steal }); };
  if (taken) return html`<${Elsewhere} since=${taken === "since"} take=${() => again(true)} />`;
  if (!run) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<${Stage} run=${run} dim=${dim} />`;
}

/** @param {string} id @param {boolean} steal @param {(() => void)[]} ends @param {() => void} darkens @param {() => void} lost */
async function open(id, steal, ends, darkens, lost) {
  const held = await claim(id, steal, lost);
  if (!held.mine) return null;
  ends.push(held.release);
  await loadSettings().catch(() => undefined);
  const record = await Record.open(id);
  ends.push(() => record.close());
  if (record.session.finished) {
    go(`/finish/${id}`, { replace: true });
    return null;
  }
  const sound = new Sound(settings().sound);
  sound.wake();
  const wake = new Wake(darkens);
  wake.start();
  const run = new Run(record, sound);
  await run.start();
  ends.push(() => run.stop(), () => wake.stop());
  return run;
}

/** @param {{since: boolean, take: () => void}} props */
const Elsewhere = ({ since, take }) => html`<section class="hello">
  <${Title}>${since ? "The session went on in another tab." : "This session is open in another tab."}<//>
  <p class="lead">Nothing is lost. Go on there, or bring it here.</p>
  <button class="main" onClick=${take}><span class="dot"></span>Go on here</button>
  <a class="plain" href="/today">To today</a>
</section>`;

/** @param {{run: Run, dim: boolean}} props */
function Stage({ run, dim }) {
  const [, turn] = useState(0);
  const [more, setMore] = useState(false);
  useLayoutEffect(() => {
    const hear = () => turn((n) => n + 1);
    run.listeners.add(hear);
    run.record.listeners.add(hear);
    return () => { run.listeners.delete(hear); run.record.listeners.delete(hear); };
  }, [run]);
  useLayoutEffect(() => keyboard(run, () => setMore(false)), [run]); // before it is seen: the first key counts too
  const { isOver, step } = run;
  useEffect(() => { if (isOver) go(`/finish/${run.record.kept.id}`, { replace: true }); }, [isOver]);
  useEffect(() => announce(run.cue), [run.cue]);
  useEffect(() => { if (run.notice) announce(run.notice); }, [run.notice]);
  useEffect(() => { if (dim) announce(DIM); }, [dim]);
  if (!step) return html`<${Waiting} error=${null} again=${() => undefined} />`;
  return html`<div class="player ${run.coach && eyes && run.coach.counts !== "nothing" ? "watching " : ""}at-${step.kind}" onClickCapture=${(event) => tapped(event, run)}>
    <${Top} run=${run} dim=${dim} />
    ${step.kind === "pain" ? html`<${Worst} key=${step.index} run=${run} />` : html`<${Work} run=${run} />`}
    <${Bar} run=${run} more=${() => setMore(true)} />
    ${run.asking === "hurt" && html`<${Hurt} run=${run} />`}
    ${run.asking === "leave" && html`<${Later} run=${run} of=${LEAVE} onClose=${() => run.asked()} />`}
    ${more && html`<${Later} run=${run} of=${MORE} onClose=${() => setMore(false)} />`}
  </div>`;
}

/** A tapped button gives the focus back: the space bar pauses. @param {MouseEvent} event @param {Run} run */
function tapped(event, run) {
  run.sound.wake();
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (button && event.detail > 0) button.blur();
}

/** The camera, fetched when first wanted. @type {any} */
let eyes = null;

/** @param {Run} run */
async function watch(run) {
  try {
    eyes = await import("/static/view/camera.js");
    await eyes.watch(run);
  } catch {
    run.notice = "The camera could not be started, because Patella is not answering. You count for now, and that works well.";
  }
  run.tell();
}

/** @param {Run} run */
function toggleCamera(run) {
  if (run.coach) eyes.without(run.coach);
  else watch(run);
}

/** @param {{run: Run, dim: boolean}} props */
function Top({ run, dim }) {
  const { session } = run.record;
  const parts = progressOf(session.steps, run.scene.gone, session.tasks.length, run.state.step);
  const at = (run.step?.task ?? 0) + 1;
  const on = run.coach !== null;
  useEffect(() => { if (choice().on && !run.coach) watch(run); }, [run]);
  return html`<header class="top">
    <button class="round" aria-label="Leave the session" onClick=${() => run.ask("leave")}><${Icon} of="close" /></button>
    <div class="parts" role="img" aria-label=${`Exercise ${at} of ${session.tasks.length}`}>
      ${parts.map((done, i) => html`<${Part} key=${i} done=${done} />`)}</div>
    <button class="round" data-testid="camera-toggle" aria-label="Camera" aria-pressed=${on} onClick=${() => toggleCamera(run)}><${Icon} of="camera" size=${22} /></button>
    <${Saved} />
  </header>
  <section class="below" aria-label="Camera and saving">${run.coach && eyes ? html`<${eyes.State} coach=${run.coach} />` : html`<p class="hidden" data-testid="camera-state" data-code="off">Camera off</p>`}${dim && html`<p class="small" data-testid="dim">${DIM}</p>`}<${Trouble} /></section>`;
}

/** @param {{done: number}} props */
function Part({ done }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => ref.current?.style.setProperty("--done", String(done)), [done]);
  return html`<i ref=${ref}></i>`;
}

/** @param {{run: Run}} props */
function Work({ run }) {
  const { step } = run;
  if (!step) return null;
  const task = run.record.session.tasks[step.task];
  const working = step.kind === "reps" || step.kind === "hold";
  const load = loadWords(task);
  const watched = run.coach && eyes && run.coach.counts !== "nothing";
  return html`<main class="work" id="main">
    <div class="scene">${watched ? html`<${eyes.Scene} coach=${run.coach} />` : html`<${Figure} id=${task.exercise} text=${task.figure_text ?? ""} side=${step.side} moving stops />`}</div>
    <div class="words">
      <p class="eyebrow">${run.state.paused && !run.asking ? "Paused" : stepWords(step)}${load && working ? ` · ${load}` : ""}</p>
      <${Title} keep=${step.task}><span data-testid="step-name">${task.name}</span><//>
      <p class="where">${whereWords(run.scene, step)}</p>
      <${Dial} run=${run} />
      <p class="cue" data-testid="cue">${run.notice ?? run.cue}</p>
      ${!working && step.kind !== "ready" && html`<p class="then">${nextWords(run.scene, step)}</p>`}
      ${step.kind === "ready" && task.note && html`<p class="set-note" data-testid="set-note">${task.note}</p>`}
      ${step.kind === "ready" && html`<p class="then">${readyWords(task, step)} ${watched && run.coach && eyes.placeWords(run.coach)}</p>`}
      ${watched && run.coach?.keepsBeat && task.tempo && step.kind === "reps" && html`<${eyes.Beat} tempo=${task.tempo} />`}
      <${Big} run=${run} />
    </div>
  </main>`;
}

/** @param {any} task @param {any} step */
function readyWords(task, step) {
  const side = step.side === "both" ? "" : `${sideWords(step.side)} first. `;
  return `${setWords(task)}. ${side}${task.needs ?? ""}`;
}

/** @param {{run: Run}} props */
function Dial({ run }) {
  const { step, state } = run;
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  const left = run.left_ms;
  const whole = step ? lengthOf(run.scene, step) : null;
  const share = left !== null && whole ? 1 - left / whole : step?.kind === "reps" ? Math.min(1, state.reps / (step.reps || 1)) : 0;
  useEffect(() => ref.current?.style.setProperty("--share", String(Math.max(0, Math.min(1, share)))));
  if (!step) return null;
  return html`<div class="dial ${state.paused ? "paused" : ""}" ref=${ref}>
    <svg viewBox="0 0 200 200" aria-hidden="true"><circle class="track" cx="100" cy="100" r="92" /><circle class="fill" cx="100" cy="100" r="92" pathLength="1" /></svg>
    ${step.kind === "reps"
      ? html`<div class="digits"><b data-testid="rep-count">${state.reps}</b><span>of ${step.reps}</span>
        <span class="beat-word" aria-hidden="true">${run.word || "\u00a0"}</span></div>`
      : html`<div class="digits"><b class=${(left ?? 0) > 59_000 ? "long" : ""} data-testid="timer" role="timer" aria-live="off">${clockWords((left ?? 0) / 1000)}</b>
        ${step.kind === "hold" && html`<span><span data-testid="hold-seconds">${Math.max(0, Math.floor(((whole ?? 0) - (left ?? 0)) / 1000 + 0.001))}</span> s held</span>`}</div>`}
    <span class="beat-dot"><${Logo} size=${44} hop=${step.kind === "reps" ? state.reps : 0} /></span>
  </div>`;
}

/** @param {{run: Run}} props */
function Big({ run }) {
  const { step, state } = run;
  if (!step) return null;
  const task = run.record.session.tasks[step.task];
  if (step.kind === "reps") {
    return html`<div class="big">
      <button class="second add less" data-testid="less-rep" aria-label="1 rep less" disabled=${state.reps === 0} onClick=${() => run.rep(-1)}><${Icon} of="minus" size=${28} />1</button>
      <button class="second add" data-testid="add-rep" aria-label="1 rep more" onClick=${() => run.rep(1)}><${Icon} of="plus" size=${28} />1</button>
      <button class="main" data-testid="done" onClick=${() => run.onward(true)}><span class="dot"></span>Done: ${plural(state.reps || (step.reps ?? 0), "rep")}</button>
    </div>${task.tempo && html`<p class="tempo">${tempoWords(task.tempo, task.cues)}</p>`}`;
  }
  if (step.kind === "ready") return html`<div class="big"><button class="main" data-testid="im-ready" onClick=${() => run.onward(true)}><span class="dot"></span>I’m ready</button></div><${Ears} run=${run} />`;
  if (step.kind === "hold") return html`<div class="big"><button class="second" data-testid="done" onClick=${() => run.onward(false)}>Let go now</button></div>`;
  if (step.kind === "rest") return html`<div class="big"><button class="second" onClick=${() => run.more()}>15 s more rest</button><${LastSet} run=${run} /></div>`;
  return null;
}

/** "Ready", said instead of tapped. @param {{run: Run}} props */
function Ears({ run }) {
  const [found, set] = useState(/** @type {any} */ (null));
  useEffect(() => { ears().then(set, () => undefined); }, []);
  return found && html`<${found.Hear} run=${run} lang=${found.lang} />`;
}

async function ears() {
  const lang = await (await import("/static/live/recogniser.js")).languageHere();
  return lang && { lang, ...(await import("/static/view/hear.js")) };
}

/** The set just done, to be put right with a tap. @param {{run: Run}} props */
function LastSet({ run }) {
  const [open, setOpen] = useState(false);
  const { step, scene } = run;
  const reps = scene.sets.filter((s) => s.task === step?.task && s.set === (step?.set ?? 0) - 1 && s.reps !== null);
  if (!reps.length) return null;
  return html`<button class="second" data-testid="correct" onClick=${() => setOpen(true)}>${reps.map((s) => plural(s.reps ?? 0, "rep")).join(", ")}: correct</button>
    ${open && html`<${Later} run=${run} of=${CORRECT} sets=${reps} onClose=${() => setOpen(false)} />`}`;
}

/** What is fetched when it is asked for. @param {{run: Run, of: () => Promise<any>, onClose: () => void}} props */
function Later({ of, ...props }) {
  const [Found, set] = useState(/** @type {any} */ (null));
  const failed = () => { props.run.notice = "That is not at hand, because Patella is not answering. Go on; the summary can correct everything."; props.run.tell(); props.onClose(); };
  useEffect(() => { of().then((found) => set(() => found), failed); }, []);
  return Found && html`<${Found} ...${props} />`;
}

const CORRECT = () => import("/static/view/correct.js").then((m) => m.Correct);
const LEAVE = () => import("/static/view/leave.js").then((m) => m.Leave);
const MORE = () => import("/static/view/more.js").then((m) => m.More);

/** @param {{run: Run, more: () => void}} props */
function Bar({ run, more }) {
  const { paused } = run.state;
  const { muted } = settings().sound;
  const mute = () => {
    const sound = { ...settings().sound, muted: !muted };
    run.sound.wish = sound;
    if (sound.muted) run.sound.hush();
    changeSettings({ sound }).catch(() => undefined);
    run.tell();
  };
  return html`<footer class="bar">
    <button class="hurts" data-testid="pain-button" onClick=${() => run.ask("hurt")}><${Icon} of="hurt" />It hurts</button>
    <div class="moves">
      <button class="round" data-testid="back" aria-label="Back" onClick=${() => run.back()}><${Icon} of="back" /></button>
      <button class="round large" data-testid="pause" aria-label=${paused ? "Go on" : "Pause"} onClick=${() => (paused ? run.resume() : run.pause())}><${Icon} of=${paused ? "play" : "pause"} size=${32} /></button>
      <button class="round" data-testid="next" aria-label="Next" onClick=${() => run.onward(false)}><${Icon} of="next" /></button>
    </div>
    <div class="rest">
      <button class="round" data-testid="undo" aria-label=${run.undos.length ? `Undo: ${run.undos.at(-1)?.words}` : "Nothing to undo"} disabled=${!run.undos.length} onClick=${() => run.undo()}><${Icon} of="undo" /></button>
      <button class="round" aria-label=${muted ? "Sound on" : "Mute"} aria-pressed=${muted} onClick=${mute}><${Icon} of=${muted ? "mute" : "sound"} /></button>
      <button class="round" aria-label="More: skip, swap, easier, help" onClick=${more}><svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h.01M12 12h.01M19 12h.01" /></svg></button>
    </div>
  </footer>`;
}

/** @param {Run} run @param {() => void} closeMore */
function keyboard(run, closeMore) {
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || run.asking || document.querySelector("dialog[open]")) return;
    const on = event.target instanceof Element ? event.target.closest("button, a, input, select, summary") : null;
    if (on && (event.key === " " || event.key === "Enter")) return;
    const act = KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    run.sound.wake();
    act(run);
    closeMore();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

/** @type {Object<string, (run: Run) => void>} */
const KEYS = {
  " ": (run) => (run.state.paused ? run.resume() : run.pause()),
  arrowright: (run) => run.onward(false),
  arrowleft: (run) => run.back(),
  escape: (run) => run.ask("leave"),
  "+": (run) => run.rep(1),
  "=": (run) => run.rep(1),
  "-": (run) => run.rep(-1),
  enter: (run) => run.onward(true),
  h: (run) => run.ask("hurt"),
  u: (run) => run.undo(),
};
