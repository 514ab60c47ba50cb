// Why something is as it is, with what was read.
import { html } from "/static/ui/html.js";

/**
 * Reasons with their sources, folded away until asked for.
 * @param {{because: any[], sources?: Object<string, any>, label?: string}} props
 */
export function Why({ because, sources = {}, label = "Why this?" }) {
  if (!because?.length) return null;
  return html`<details class="why"><summary>${label}</summary><ul>
    ${because.map((reason) => html`<li key=${reason.key + reason.about}><p>${reason.text}</p>
      <p class="source">${sourceWords(sources[reason.source]) ?? reason.source}</p></li>`)}
  </ul></details>`;
}

/** What a source is called, with a way to it, and what was read of it. @param {any} source */
export function sourceWords(source) {
  if (!source) return null;
  const title = source.title && source.title !== source.cite ? `: ${source.title}` : "";
  const words = `${source.cite}${title}`;
  const name = source.link ? html`<a href=${source.link} target="_blank" rel="noopener noreferrer">${words}</a>`
    : words;
  return source.checked ? html`${name} (read: ${source.checked})` : name;
}
