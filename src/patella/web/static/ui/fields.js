// What a value is chosen with.
import { html } from "/static/ui/html.js";
import { Icon } from "/static/ui/parts.js";

/**
 * A number with a step up and a step down, made for a thumb.
 * @param {{label: string, value: number, unit?: string, least?: number, most?: number, step?: number, onChange: (n: number) => void}} props
 */
export function Stepper({ label, value, unit = "", least = 0, most = 99, step = 1, onChange }) {
  const set = (n) => onChange(Math.max(least, Math.min(most, n)));
  return html`<span class="stepper" role="group" aria-label=${label}>
    <button class="round" aria-label=${`${label}: less`} disabled=${value <= least} onClick=${() => set(value - step)}>
      <${Icon} of="minus" /></button>
    <output><b>${value}</b>${unit ? ` ${unit}` : ""}</output>
    <button class="round" aria-label=${`${label}: more`} disabled=${value >= most} onClick=${() => set(value + step)}>
      <${Icon} of="plus" /></button>
  </span>`;
}

/**
 * One of a few, as buttons in a row.
 * @param {{label: string, options: [string, string][], value: string, onChange: (value: string) => void}} props
 */
export function Pick({ label, options, value, onChange }) {
  return html`<div class="pick" role="group" aria-label=${label}>
    ${options.map(([id, words]) =>
      html`<button key=${id} type="button" aria-pressed=${value === id} onClick=${() => onChange(id)}>
        ${words}</button>`)}
  </div>`;
}

/** @param {{label: string, note?: string, on: boolean, onChange: (on: boolean) => void}} props */
export function Switch({ label, note, on, onChange }) {
  return html`<label class="switch"><span><b>${label}</b>${note && html`<small>${note}</small>`}</span>
    <input type="checkbox" role="switch" checked=${on} onChange=${(e) => onChange(e.currentTarget.checked)} /></label>`;
}
