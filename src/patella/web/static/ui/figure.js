// The figure of an exercise: moving where there is one, else the line drawings; start and end side by side when asked
// for less motion. Every figure is told for the right leg, and mirrored where the left one works.
import { address } from "/static/app/api.js";
import { catalogue } from "/static/app/settings.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useDark, useStill } from "/static/ui/load.js";
import { Icon } from "/static/ui/parts.js";

/**
 * @param {{id: string, text?: string, moving?: boolean, name?: string, class?: string, stops?: boolean, side?: string}} props
 * `text` says the movement; without it the figure is an ornament beside words that say it. `stops`: may be held still.
 * `side`: the leg that works.
 */
export function Figure({ id, text = "", moving = false, class: given = "", stops = false, side = "both" }) {
  const [rendered, setRendered] = useState(/** @type {boolean|null} */ (null));
  const [held, hold] = useState(false);
  const dark = useDark();
  const still = useStill();
  const name = side === "left" ? `${given} mirrored` : given;
  useEffect(() => {
    let wanted = true;
    catalogue().then((all) => wanted && setRendered(Boolean(all.get(id)?.has_figure)), () => wanted && setRendered(false));
    return () => { wanted = false; };
  }, [id]);
  if (rendered === null) return html`<div class="figure ${name}"></div>`;
  if (!rendered) return html`<div class="figure drawn ${name}"><img src=${address.drawing(id, moving ? "pair" : "end", dark, side)} alt=${text} loading="lazy" decoding="async" /></div>`;
  const lost = () => setRendered(false);
  if (!moving) return html`<div class="figure ${name}"><img src=${address.figure(id, "-end.webp")} alt=${text} loading="lazy" decoding="async" onError=${lost} /></div>`;
  if (still || held) {
    return html`<div class="figure pair ${name}">
      <img src=${address.figure(id, "-start.webp")} alt=${text} /><img src=${address.figure(id, "-end.webp")} alt="" />
      ${stops && !still && html`<${Hold} held=${held} hold=${hold} />`}
    </div>`;
  }
  return html`<div class="figure ${name}"><img src=${address.figure(id, ".avif")} alt=${text} onError=${lost} />${stops && html`<${Hold} held=${held} hold=${hold} />`}</div>`;
}

/** @param {{held: boolean, hold: (held: boolean) => void}} props */
const Hold = ({ held, hold }) => html`<button class="round still" aria-label=${held ? "Let the figure move" : "Hold the figure still"} onClick=${() => hold(!held)}>
  <${Icon} of=${held ? "play" : "pause"} size=${20} /></button>`;
