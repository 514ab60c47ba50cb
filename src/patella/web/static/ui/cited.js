// Words with their sources: a number where a sentence cites one, and the sources below, by number.
import { html } from "/static/ui/html.js";
import { sourceWords } from "/static/ui/why.js";

/**
 * Paragraphs whose `[id]` are numbers that lead to their source.
 * @param {string[]} paragraphs
 * @param {Object<string, any>} sources in the order of their numbers
 */
export function cited(paragraphs, sources) {
  const ids = Object.keys(sources);
  return paragraphs.map((p) => html`<p key=${p}>${p.split(/(\s?\[[a-z0-9][a-z0-9-]*\])/).map((part) => {
    const at = ids.indexOf(part.trim().slice(1, -1));
    return part.trim().startsWith("[") && at >= 0
      ? html`<sup>
        <a href=${`#source-${at + 1}`} aria-label=${`Source ${at + 1}: ${sources[ids[at]].cite}`}>${at + 1}</a></sup>`
      : part;
  })}</p>`);
}

/** @param {{sources: Object<string, any>, open?: boolean}} props */
export const Sources = ({ sources, open = false }) =>
  html`<details class="why" open=${open}><summary>Sources</summary>
    <ol class="sources">
      ${Object.entries(sources).map(([id, s], i) =>
        html`<li key=${id} id=${`source-${i + 1}`}>
          ${sourceWords(s)} <span class="small">${s.finding ?? ""}</span></li>`)}</ol></details>`;
