// It hurts: how much, and what follows from it. Always at hand, so it is fetched with the player.
import { go } from "/static/app/router.js";
import { ApiError } from "/static/app/server.js";
import { GONE } from "/static/app/transport.js";
import { SAYS } from "/static/live/pain.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { PainScale } from "/static/ui/pain.js";
import { Mark, Sheet } from "/static/ui/parts.js";

/** @typedef {import("../live/run.js").Run} Run */

/** @param {{run: Run}} props */
export function Hurt({ run }) {
  const [found, find] = useState(/** @type {null|{n: number, colour: "green"|"amber"|"red"}} */ (null));
  const { busy, error, attempt } = useTry();
  const item = run.step?.task ?? 0;
  const answer = (n) => find({ n, colour: run.hurts(n) });
  const done = () => run.asked();
  const leave = (kind) => { run.asked(); run.leaveTask(kind); };
  const easier = () => attempt(async () => { await (await lighter()).ease(run, item); run.asked(); });
  const gentler = () => attempt(async () => { await (await lighter()).swap(run, item); run.asked(); });
  if (!found) {
    return html`<${Sheet} label="It hurts" onClose=${done}>
      <h2>How much does it hurt?</h2>
      <${PainScale} label="How much does it hurt?" value=${null} onChange=${answer} legend cautious=${run.record.cautious} />
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

/** The server makes what is lighter. @returns {Promise<typeof import("../live/lighter.js")>} */
export const lighter = () => import("/static/live/lighter.js").catch(() => { throw new ApiError(GONE, { gone: true }); });

/** @param {Run} run */
export function finish(run) {
  run.asked();
  go(`/finish/${run.record.kept.id}`);
}
