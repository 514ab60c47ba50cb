// A number that somebody types, with a comma or a point.
import { html } from "/static/ui/html.js";

/** A number somebody typed, with a comma or a point; null for nothing or no number. @param {string} text */
export function typed(text) {
  const n = Number(text.trim().replace(",", "."));
  return text.trim() && Number.isFinite(n) ? n : null;
}

/** @param {{label: string, unit: string, value: string, onChange: (text: string) => void, testid?: string}} props */
export const Typed = ({ label, unit, value, onChange, testid }) =>
  html`<label class="typed"><span>${label}</span>
    <span><input type="text" inputmode="decimal" autocomplete="off" data-testid=${testid} value=${value}
      onInput=${(e) => onChange(e.currentTarget.value)} /> ${unit}</span></label>`;
