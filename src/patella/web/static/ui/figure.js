// The figure of an exercise: moving where there is one, else the line drawings; start and end side by side when asked
// for less motion. Every figure is told for the right leg, and mirrored where the left one works.
import { at, query } from "/static/app/server.js";
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
  if (!rendered) return html`<div class="figure drawn ${name}"><img src=${drawing(id, moving ? "pair" : "end", dark, side)} alt=${text} loading="lazy" decoding="async" /></div>`;
  const lost = () => setRendered(false);
  if (!moving) return html`<div class="figure ${name}"><img src=${figure(id, "-end.webp")} alt=${text} loading="lazy" decoding="async" onError=${lost} /></div>`;
  if (still || held) {
    return html`<div class="figure pair ${name}">
      <img src=${figure(id, "-start.webp")} alt=${text} /><img src=${figure(id, "-end.webp")} alt="" />
      ${stops && !still && html`<${Hold} held=${held} hold=${hold} />`}
    </div>`;
  }
  return html`<div class="figure ${name}"><img src=${figure(id, ".avif")} alt=${text} onError=${lost} />${stops && html`<${Hold} held=${held} hold=${hold} />`}</div>`;
}

/** Where the drawing of an exercise is. @param {string} id @param {"start"|"end"|"pair"} still @param {boolean} dark @param {string} side */
const drawing = (id, still, dark, side) => `/api/exercises/${at(id)}/drawing.svg${query({ still, theme: dark ? "dark" : "light", side: side === "left" ? side : "" })}`;

/** Where what was rendered of it is. @param {string} id @param {string} ending */
const figure = (id, ending) => `/static/figures/${at(id)}${ending}`;

/** @param {{held: boolean, hold: (held: boolean) => void}} props */
const Hold = ({ held, hold }) => html`<button class="round still" aria-label=${held ? "Let the figure move" : "Hold the figure still"} onClick=${() => hold(!held)}>
  <${Icon} of=${held ? "play" : "pause"} size=${20} /></button>`;
