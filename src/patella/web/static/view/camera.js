// The camera in the player: the mirror, how well the coach sees, and what to do about it.
import { HOME } from "/static/app/served.js";
import { choice, choose } from "/static/live/choice.js";
import { cameras } from "/static/live/camera.js";
import { Coach } from "/static/live/coach.js";
import { canTurn, turnSides } from "/static/live/sides.js";
import { Figure } from "/static/ui/figure.js";
import { hasGhost } from "/static/ui/ghost.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { announce } from "/static/ui/live.js";
import { Mirror } from "/static/ui/mirror.js";
import { Icon } from "/static/ui/parts.js";
import { Placement } from "/static/ui/placement.js";
import { SetPlot } from "/static/ui/plot.js";
import { Experiment } from "/static/view/experiment.js";

/** @typedef {import("../live/run.js").Run} Run */

const TROUBLE = ["refused", "absent", "taken", "lost", "no-model", "no-parts", "ended"];

/** @param {Coach} coach */
const isBroken = ({ now }) => TROUBLE.includes(now.code) || now.code === "asking";

/** Whether it is time to find the camera's place. @param {Coach} coach */
const isPlacing = ({ now, run }) => !now.ready && run.step?.kind === "ready";

/** Whether that is drawn over the mirror. @param {Coach} coach */
const drawsPlace = (coach) => isPlacing(coach) && !isBroken(coach) && coach.looks !== "loading" && coach.isCounting
  && !coach.isClose;

/** Where the camera stands, in a sentence, where no drawing says it. @param {Coach} coach */
export const placeWords = (coach) => (isBroken(coach) || drawsPlace(coach) ? "" : coach.place);

/** What stands in the place of the figure while the camera is on. @param {{coach: Coach}} props */
export function Scene({ coach }) {
  const { task, now } = coach;
  const [ghost, setGhost] = useState(choice().ghost);
  if (!task) return null;
  const broken = isBroken(coach);
  const placing = isPlacing(coach);
  const turn = () => { choose({ ghost: !ghost }); setGhost(!ghost); };
  const haunted = ghost && now.ready && hasGhost(coach);
  return html`<div class=${`watched room-${coach.corner} ${haunted ? "haunted" : ""}`}>
    ${broken || (coach.looks === "loading" && placing)
      ? html`<div class="mirror empty"><${Placement} camera=${task.camera ?? { view: "side" }} stands /></div>`
      : html`<${Mirror} coach=${coach} ghost=${ghost} />`}
    <div class="follow">
      <${Figure} id=${task.exercise} text=${task.figure_text ?? ""} side=${coach.work?.side} moving /></div>
    ${drawsPlace(coach) && html`<div class="placing"><${Placement} camera=${task.camera ?? { view: "side" }} /></div>`}
    <${LastSet} coach=${coach} />
    ${!broken && hasGhost(coach)
      && html`<button class="round haunt" data-testid="ghost-toggle" aria-label="An outline to follow"
        aria-pressed=${ghost} onClick=${turn}>
        <${Outline} /></button>`}
    ${coach.measure && now.ready && html`<p class="angle" aria-hidden="true">${coach.measure.value}°</p>`}
  </div>`;
}

const Outline = () =>
  html`<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="5.5" r="2.5" /><path d="M9 10h6v6h-1v5h-4v-5H9z" /></svg>`;

/** One line about the camera: what it sees, and a way on. @param {{coach: Coach}} props */
export function State({ coach }) {
  const { now, run } = coach;
  const [more, setMore] = useState(false);
  useEffect(() => { if (!now.ready || run.step?.kind === "ready") announce(`${now.head}. ${now.says}`); }, [now.code]);
  const waits = run.step?.kind === "ready" && !now.ready && coach.isCounting;
  return html`<section class=${`camera-line ${now.ready ? "ready" : ""}`} aria-label="Camera">
    <p data-testid="camera-state" data-code=${now.code} data-model=${coach.source?.eye?.model} role="status">
      <i class="lamp"></i><span><b>${now.head}.</b> <span class="says">${now.says}</span></span></p>
    <span class="ways">
      ${now.tries && html`<button class="second" onClick=${() => coach.on()}>${now.tries}</button>`}
      ${now.code === "wrong-side" && canTurn(run)
        && html`<button class="second" data-testid="turn-sides" onClick=${() => turnSides(run)}>
          ${otherFirst(coach)}</button>`}
      ${waits && !now.tries && html`<button class="second" onClick=${() => coach.begin()}>Begin anyway</button>`}
      ${!now.ready && html`<button class="plain" onClick=${() => without(coach)}>Without the camera</button>`}
    </span>
    <button class="round" aria-label="Another camera, or a film" aria-expanded=${more} onClick=${() => setMore(!more)}>
      <${Icon} of="settings" size=${22} /></button>
    ${coach.isCounting && run.step?.kind === "ready" && !("wakeLock" in navigator)
      && html`<p class="small"
        data-testid="goes-dark">This browser lets the screen go dark, and then I see nothing. Let it stay on for ten minutes in your device’s settings.</p>`}
    <${Experiment} coach=${coach} open=${more || run.step?.kind === "ready"} />
    ${more && html`<${Choices} coach=${coach} done=${() => setMore(false)} />`}
  </section>`;
}

/** @param {Coach} coach */
const otherFirst = ({ work }) => `Do the ${work?.side === "left" ? "right" : "left"} leg first`;

/** The camera on, with a coach for this run. @param {Run} run */
export async function watch(run) {
  run.coach ??= new Coach(run);
  run.tell();
  await run.coach.on();
}

/** @param {Coach} coach */
export function without(coach) {
  choose({ on: false });
  coach.off();
}

/** Which camera, or a film in its place. @param {{coach: Coach, done: () => void}} props */
function Choices({ coach, done }) {
  const [all, setAll] = useState(/** @type {{id: string, name: string}[]} */ ([]));
  const file = useRef(/** @type {HTMLInputElement|null} */ (null));
  useEffect(() => { cameras().then(setAll); }, []);
  const take = (wanted) => { choose({ device: null, facing: "", ...wanted }); coach.on(); done(); };
  const faces = coach.source?.facing;
  const other = faces === "environment" ? "user" : "environment";
  const film = (event) => { const [chosen] = event.currentTarget.files; if (chosen) coach.on(chosen); done(); };
  return html`<div class="choices-of-camera">
    ${all.length > 1 && faces
      && html`<button class="second" data-testid="turn-camera"
        onClick=${() => take({ facing: other })}>The camera ${other === "user" ? "in front" : "at the back"}</button>`}
    ${all.length > 0
      && html`<label class="slide"><b>Camera</b><select onChange=${(e) => take({ device: e.currentTarget.value })}>
      ${all.map(({ id, name }) =>
        html`<option key=${id} value=${id} selected=${id === choice().device}>${name}</option>`)}</select></label>`}
    <button class="second" onClick=${() => file.current?.click()}>Take a film instead</button>
    <input ref=${file} type="file" class="hidden" data-testid="camera-film" accept="video/*,.pose"
      aria-label="A film from this device" tabindex="-1" onChange=${film} />
    <p class="small">Pictures and films stay in this page. Only the places of 33 points of your body go to the coach, on ${HOME}.</p>
  </div>`;
}

/** How the last set went, between two sets. @param {{coach: Coach}} props */
function LastSet({ coach }) {
  const { last, run } = coach;
  const between = ["rest", "switch", "pain"].includes(run.step?.kind ?? "");
  return last && between ? html`<div class="placing told"><${SetPlot} seen=${last.summary} /></div>` : null;
}

/** The beat of the tempo, for what a camera cannot count. @param {{tempo: import("../app/types.js").Tempo}} props */
export function Beat({ tempo }) {
  const parts = [["Effort", tempo.up_s], ["Hold", tempo.hold_s], ["Back", tempo.down_s],
    ["Loose", tempo.rest_s]].filter(([, s]) => Number(s) > 0);
  const whole = parts.reduce((sum, [, s]) => sum + Number(s), 0);
  const [at, set] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => set(((performance.now() - began) / 1000) % whole), 100);
    return () => clearInterval(timer);
  }, [whole]);
  let left = at;
  const now = parts.find(([, s]) => { left -= Number(s); return left < 0; }) ?? parts[0];
  return html`<p class="metronome" aria-hidden="true">
    ${parts.map((part) => html`<span key=${part[0]} class=${part === now ? "now" : ""}>${part[0]}</span>`)}</p>`;
}
