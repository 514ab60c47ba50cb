// Pain from 0 to 10, in numbers, words, colours and shapes.
import { colourOf, spanOf, WORDS } from "/static/live/pain.js";
import { html, useRef } from "/static/ui/html.js";
import { Mark } from "/static/ui/parts.js";

/**
 * @param {{label: string, value: number|null, onChange: (n: number) => void, legend?: boolean, cautious?: boolean}} props
 */
export function PainScale({ label, value, onChange, legend = false, cautious = false }) {
  const row = useRef(/** @type {HTMLElement|null} */ (null));
  const keys = (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(row.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
    buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
  };
  return html`<div class="pain" role="group" aria-label=${label}>
    <div class="scale" ref=${row} onKeyDown=${keys}>
      ${WORDS.map((words, n) => html`<button key=${n} class=${colourOf(n, cautious)} aria-pressed=${value === n} aria-label=${`${n}: ${words}`} onClick=${() => onChange(n)}>${n}</button>`)}
    </div>
    <p class="ends"><span>${value === null ? "0 no pain" : html`<${Mark} colour=${colourOf(value, cautious)} word=${`${value}: ${WORDS[value]}`} />`}</span><span>${value === null ? "10 worst imaginable" : ""}</span></p>
    ${legend && html`<ul class="legend">
      <li><${Mark} colour="green" word=${`${spanOf("green")}: go on`} /></li>
      ${!cautious && html`<li><${Mark} colour="amber" word=${`${spanOf("amber")}: make it easier`} /></li>`}
      <li><${Mark} colour="red" word=${`${spanOf("red", cautious)}: stop this one`} /></li>
    </ul>`}
  </div>`;
}
