// Where the camera goes: seen from above.
import { inFeet } from "/static/app/units.js";
import { placementOf } from "/static/live/sights.js";
import { html } from "/static/ui/html.js";

/** @param {{camera: {view: string, position?: string}, stands?: boolean}} props `stands`: how a phone does that by itself, too */
export function Placement({ camera, stands = false }) {
  const side = camera.view === "side";
  return html`<figure class="placement">
    <svg viewBox="0 0 240 132" aria-hidden="true">
      <path class="cone" d="M120 118 L58 22 A112 112 0 0 1 182 22 Z" />
      <path class="way" d="M120 108 V64" />
      <g class="body" transform=${side ? "translate(120 40)" : "translate(120 40) rotate(90)"}>
        <ellipse cx="0" cy="0" rx="10" ry="21" />
        <path d="M14 -9 h12 M14 9 h12" />
        <circle cx="2" cy="0" r="8.5" />
        <circle class="kneecap" cx="22" cy="9" r="4" />
      </g>
      <g class="lens" transform="translate(120 118)"><rect x="-11" y="-7" width="22" height="14" rx="3.5" />
        <circle cx="0" cy="-1" r="3.6" /></g>
      <text x="130" y="92">
        ${inFeet() ? (camera.view === "close" ? "3 ft" : "8 ft") : camera.view === "close" ? "1 m" : "2.5 m"}</text>
    </svg>
    ${stands && isInHand && html`<${Stand} low=${isLow(camera)} />`}
    <figcaption>${placementOf(camera)}
      ${stands && isInHand
        && ` A phone stands by itself ${isLow(camera) ? "on the floor against a shoe"
          : "on a chair against a book"}.`}</figcaption>
  </figure>`;
}

const isInHand = matchMedia("(pointer: coarse)").matches;

/** @param {{view: string, position?: string}} camera */
const isLow = ({ view, position }) => position === "lying" || (view === "front" && position === "kneeling");

/** A phone that leans against something, from the side. @param {{low: boolean}} props */
const Stand = ({ low }) => html`<svg class="stand" viewBox="0 0 120 132" aria-hidden="true">
  <path class="floor" d="M6 120 H114" />
  ${low
    ? html`<path class="prop" d="M58 119 c0 -10 3 -22 8 -26 l14 4 c2 8 10 12 22 14 c6 1 9 4 9 8 z" />
      <path class="way" d="M63 111 H108" /><path class="phone" d="M40 117 L60 73" />`
    : html`<path class="seat" d="M34 78 H98 M40 78 V119 M92 119 V20" /><path class="prop" d="M72 76 V40 h14 V76 z" />
      <path class="phone" d="M52 75 L68 34" />`}
</svg>`;
