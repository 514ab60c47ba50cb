// Fields of the forms of people: a label, room for a thumb, and a password that can be looked at.
import { html, useId, useState } from "/static/ui/html.js";

/** @param {{label: string, note?: string, value: string, onInput: (text: string) => void, [more: string]: any}} props */
export function Field({ label, note, value, onInput, ...more }) {
  const id = useId();
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} type="text" value=${value} aria-describedby=${note ? `${id}-note` : undefined}
      onInput=${(e) => onInput(e.currentTarget.value)} ...${more} />
    ${note && html`<small id=${`${id}-note`}>${note}</small>`}</div>`;
}

/** @param {{label: string, note?: string, value: string, onInput: (text: string) => void, [more: string]: any}} props */
export function Password({ label, note, value, onInput, ...more }) {
  const [seen, set] = useState(false);
  return html`<${Field} label=${label} note=${note} value=${value} onInput=${onInput} type=${seen ? "text" : "password"}
    spellcheck="false" autocapitalize="none" required ...${more} />
    <label class="look">
      <input type="checkbox" checked=${seen}
        onChange=${(e) => set(e.currentTarget.checked)} /> Show what I type</label>`;
}

export const NEW_PASSWORD = "At least 8 characters, better 15 or more. Four or five words that nobody would put together are easy to keep in mind.";

/** A form that does one thing. @param {{onSubmit: () => void, children: any}} props */
export const Form = ({ onSubmit, children }) =>
  html`<form class="form" onSubmit=${(e) => { e.preventDefault(); onSubmit(); }}>${children}</form>`;
