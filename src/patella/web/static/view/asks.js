// The questions that lie over the player: it hurts, leave, and what else can be done.
import { go } from "/static/app/router.js";
import { settings } from "/static/app/settings.js";
import { SAYS } from "/static/live/pain.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Icon, Mark, Sheet } from "/static/ui/parts.js";

/** @typedef {import("../live/run.js").Run} Run */

/** @param {{run: Run}} props */
export function Hurt({ run }) {
  const [found, find] = useState(/** @type {null|{n: number, colour: "green"|"amber"|"red"}} */ (null));
  const { busy, error, attempt } = useTry();
  const item = run.step?.task ?? 0;
  const answer = (n) => find({ n, colour: run.hurts(n) });
  const done = () => run.asked();
  const leave = (kind) => { run.asked(); run.leaveTask(kind); };
  const easier = () => attempt(async () => { await run.ease(item); run.asked(); });
  const gentler = () => attempt(async () => { await run.swap(item, null); run.asked(); });
  if (!found) {
    return html`<${Sheet} label="It hurts" onClose=${done}>
      <h2>How much does it hurt?</h2>
      <${PainScale} label="How much does it hurt?" value=${null} onChange=${answer} legend cautious=${settings().cautious} />
      <button class="plain" onClick=${done}>It doesn’t hurt, go on</button><//>`;
  }
  const close = found.colour === "red" ? () => leave(null) : done;
  const task = run.record.session.tasks[item];
  const swaps = (task?.gentler?.length ?? 0) > 0;
  const first = task?.can_ease ? "ease" : swaps ? "swap" : "smaller";
  const offer = (what, words, act) => html`<button class=${first === what ? "main" : "second"} data-testid=${what} disabled=${busy} onClick=${act}>${words}</button>`;
  return html`<${Sheet} label="What follows" onClose=${close} class=${found.colour}>
    <${Mark} colour=${found.colour} word=${`${found.n} of 10`} />
    <div role="status"><h2 data-testid="advice">${SAYS[found.colour]}</h2></div>
    <${Problem} text=${error} />
    <div class="stack">
      ${found.colour === "red" && html`<button class="main" data-testid="stop-item" onClick=${() => leave(null)}><span class="dot"></span>On to the next one</button>
        <button class="second" onClick=${() => finish(run)}>Finish for today</button>`}
      ${found.colour === "amber" && html`${task?.can_ease && offer("ease", "Make it easier", easier)}
        ${swaps && offer("swap", "Swap for a gentler one", gentler)}
        ${offer("smaller", "Go on, with a smaller movement", done)}
        <button class="second" data-testid="stop-item" onClick=${() => leave("item.stopped")}>Stop this one</button>`}
      ${found.colour === "green" && html`<button class="main" onClick=${done}><span class="dot"></span>Go on</button>`}
      <button class="plain" onClick=${() => { run.undo(); find(null); }}>I tapped the wrong number</button>
    </div><//>`;
}

/** @param {Run} run */
function finish(run) {
  run.asked();
  go(`/finish/${run.record.kept.id}`);
}

/** @param {{run: Run}} props */
export function Leave({ run }) {
  const leave = () => { run.asked(); run.pause(); go("/today"); };
  return html`<${Sheet} label="Leave the session?" onClose=${() => run.asked()}>
    <h2>Leave the session?</h2>
    <p>Everything so far is kept. You can go on from here within eighteen hours.</p>
    <div class="stack">
      <button class="main" onClick=${() => run.asked()}><span class="dot"></span>Go on</button>
      <button class="second" data-testid="finish-here" onClick=${() => finish(run)}>Finish here</button>
      <button class="second" data-testid="leave" onClick=${leave}>Leave for now</button>
    </div><//>`;
}

/** @param {{run: Run, onClose: () => void}} props */
export function More({ run, onClose }) {
  const { busy, error, attempt } = useTry();
  const item = run.step?.task ?? 0;
  const task = run.record.session.tasks[item];
  const act = (what) => attempt(async () => { await what(); onClose(); });
  return html`<${Sheet} label="More" onClose=${onClose}>
    <h2>${task.name}</h2>
    <div class="stack">
      ${task.can_ease && html`<button class="second" data-testid="ease" disabled=${busy} onClick=${() => act(() => run.ease(item))}><${Icon} of="easier" />Make it easier</button>`}
      ${(task.gentler?.length ?? 0) > 0 && html`<button class="second" data-testid="swap" disabled=${busy} onClick=${() => act(() => run.swap(item, null))}><${Icon} of="swap" />Swap for a gentler one</button>`}
      <button class="second" data-testid="skip" onClick=${() => { run.leaveTask("item.skipped"); onClose(); }}><${Icon} of="skip" />Skip this one</button>
      ${run.isLed && html`<button class="second" data-testid="count-myself" onClick=${() => { run.countMyself(); onClose(); }}><${Icon} of="plus" />I count myself</button>`}
      <${Problem} text=${error} />
    </div>
    <${How} task=${task} />
    <details class="keys"><summary>Keys</summary><p>Space pauses. Arrows move. Enter is done. + adds a rep. H: it hurts. U undoes. Escape leaves.</p></details>
    <button class="plain" onClick=${onClose}>Close</button><//>`;
}

/** @param {{task: any}} props */
const How = ({ task }) => html`${task.how?.length > 0 && html`<details class="how"><summary>How it is done</summary><ol>${task.how.map((h) => html`<li key=${h}>${h}</li>`)}</ol>
  ${task.cautions?.length > 0 && html`<h3>Take care</h3><ul>${task.cautions.map((c) => html`<li key=${c}>${c}</li>`)}</ul>`}</details>`}`;
