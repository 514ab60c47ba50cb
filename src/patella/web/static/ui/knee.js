// A drawing of the knee to point at: from the front and from behind. The same places stand beside it as buttons.
import { html } from "/static/ui/html.js";

const PARTS = {
  above: "M40 52C47 46 73 46 80 52L78 76C70 69 50 69 42 76Z",
  front: "M60 72C74 72 82 82 82 95C82 109 73 119 60 119C47 119 38 109 38 95C38 82 46 72 60 72Z",
  below: "M44 118C52 125 68 125 76 118L73 150C67 155 53 155 47 150Z",
  inside: "M36 66L40 78C34 88 34 104 40 117L38 138C27 128 22 112 23 98C24 85 29 74 36 66Z",
  outside: "M84 66L80 78C86 88 86 104 80 117L82 138C93 128 98 112 97 98C96 85 91 74 84 66Z",
};
const LEG = "M26 4C25 30 24 46 23 60C20 74 18 90 20 104C22 122 27 134 29 150C31 172 34 190 36 206L84 206C86 190 89 172 91 150C93 134 98 122 100 104C102 90 100 74 97 60C96 46 95 30 94 4Z";
const BACK = "M32 74C44 66 76 66 88 74C93 88 93 106 88 120C76 130 44 130 32 120C27 106 27 88 32 74Z";
const CREASES = "M30 92C44 98 76 98 90 92M46 128C44 150 45 172 50 196M74 128C76 150 75 172 70 196";

/**
 * @param {{knee: string|null, place: string|null, names: Object<string, string>, onChange: (place: string|null) => void}} props
 * The drawing is as one looks down at one's own knee: the inner side of a right knee is on its left.
 */
export function KneeMap({ knee, place, names, onChange }) {
  const flip = knee === "left" ? "translate(120 0) scale(-1 1)" : undefined;
  const part = (id, d) =>
    html`<path key=${id} class=${place === id ? "spot on" : "spot"} d=${d}
      onClick=${() => onChange(place === id ? null : id)}>
      <title>${names[id]}</title></path>`;
  return html`<div class="knee-map">
    <div class="views" aria-hidden="true">
      <figure>
        <svg viewBox="0 0 120 210">
          <g transform=${flip}><path class="leg" d=${LEG} />
            ${Object.entries(PARTS).map(([id, d]) => part(id, d))}</g></svg>
        <figcaption>Front</figcaption></figure>
      <figure>
        <svg viewBox="0 0 120 210">
          <g transform=${flip}><path class="leg" d=${LEG} /><path class="crease" d=${CREASES} />
            ${part("back", BACK)}</g></svg>
        <figcaption>Back</figcaption></figure>
    </div>
    <div class="pick" role="group" aria-label="Where">
      ${Object.entries(names).map(([id, words]) =>
        html`<button key=${id} aria-pressed=${place === id} onClick=${() => onChange(place === id ? null : id)}>
          ${words}</button>`)}</div>
  </div>`;
}
