// Where the camera goes: seen from above.
import { inFeet } from "/static/app/units.js";
import { placementOf } from "/static/live/sights.js";
import { html } from "/static/ui/html.js";

/** @param {{camera: {view: string, position?: string}}} props */
export function Placement({ camera }) {
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
      <g class="lens" transform="translate(120 118)"><rect x="-11" y="-7" width="22" height="14" rx="3.5" /><circle cx="0" cy="-1" r="3.6" /></g>
      <text x="130" y="92">${inFeet() ? (camera.view === "close" ? "3 ft" : "8 ft") : camera.view === "close" ? "1 m" : "2.5 m"}</text>
    </svg>
    <figcaption>${placementOf(camera)}</figcaption>
  </figure>`;
}
