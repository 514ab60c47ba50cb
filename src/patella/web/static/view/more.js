// What can be done with an exercise besides doing it: easier, gentler, left out, and how it is done.
import { changeSettings } from "/static/app/settings.js";
import { html } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Icon, Sheet } from "/static/ui/parts.js";
import { lighter } from "/static/view/hurt.js";

/** @typedef {import("../live/run.js").Run} Run */

/** @param {{run: Run, onClose: () => void}} props */
export function More({ run, onClose }) {
  const { busy, error, attempt } = useTry();
  const item = run.step?.task ?? 0;
  const task = run.record.session.tasks[item];
  const act = (what) => attempt(async () => { await what(); onClose(); });
  return html`<${Sheet} label="More" onClose=${onClose}>
    <h2>${task.name}</h2>
    <div class="stack">
      ${task.can_ease
        && html`<button class="second" data-testid="ease" disabled=${busy}
          onClick=${() => act(async () => (await lighter()).ease(run, item))}>
          <${Icon} of="easier" />Make it easier</button>`}
      ${(task.gentler?.length ?? 0) > 0
        && html`<button class="second" data-testid="swap" disabled=${busy}
          onClick=${() => act(async () => (await lighter()).swap(run, item))}>
          <${Icon} of="swap" />Swap for a gentler one</button>`}
      <button class="second" data-testid="skip" onClick=${() => { run.leaveTask("item.skipped"); onClose(); }}>
        <${Icon} of="skip" />Skip this one</button>
      ${run.isLed
        && html`<button class="second" data-testid="count-myself" onClick=${() => { countMyself(run); onClose(); }}>
          <${Icon} of="plus" />I count myself</button>`}
      <${Problem} text=${error} />
    </div>
    <${How} task=${task} />
    <details class="keys"><summary>Keys</summary>
      <p>Space pauses. Arrows move. Enter is done. + adds a rep. H: it hurts. U undoes. Escape leaves.</p></details>
    <button class="plain" onClick=${onClose}>Close</button><//>`;
}

/** From here on the person counts, in the sessions to come too: it is a setting. @param {Run} run */
function countMyself(run) {
  changeSettings({ counting: "self" }).catch(() => undefined);
  run.rep(0);
  run.notice = "You count from now on. The settings bring the beat back.";
  run.tell();
}

/** @param {{task: any}} props */
const How = ({ task }) =>
  html`${task.how?.length > 0
    && html`<details class="how"><summary>How it is done</summary>
      <ol>${task.how.map((h) => html`<li key=${h}>${h}</li>`)}</ol>
  ${task.cautions?.length > 0
    && html`<h3>Take care</h3><ul>${task.cautions.map((c) => html`<li key=${c}>${c}</li>`)}</ul>`}</details>`}`;
