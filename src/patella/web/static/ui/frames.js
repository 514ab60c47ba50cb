// The two frames over the mirror into which the knees go: the kneecap in the upper part, the shin in the lower one.
import { CUT, HIGH, PATCHES } from "/static/live/kneecap.js";
import { html } from "/static/ui/html.js";

const SIDE = HIGH / 2;

export const Frames = () => html`<svg class="knee-frames" viewBox=${`${-SIDE} 0 ${HIGH} ${HIGH}`} aria-hidden="true">
  ${PATCHES.flatMap(({ knee, shin }) => [knee, shin]).map(({ x, y, wide, high }) =>
    html`<rect key=${`${x} ${y}`} x=${x + CUT.x} y=${y + CUT.y} width=${wide} height=${high} rx="14" />`)}
</svg>`;
