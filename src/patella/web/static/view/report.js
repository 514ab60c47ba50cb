// The report's pages; what they say comes from Python, nothing here computes.
import { html } from "/static/ui/html.js";

/** @param {{told: any, drawn: string|null}} props */
export function Report({ told, drawn }) {
  return html`<header class="masthead"><h1>${told.heading}</h1><p>${told.span}</p></header>
    ${told.lead.map((p) => html`<p key=${p}>${p}</p>`)}
    ${drawn && html`<img class="drawn" src=${drawn} alt=${told.chart_says} />`}
    <${Beside} columns=${told.front} />${told.exercises && html`<${Part} part=${told.exercises} />`}
    <${Beside} columns=${told.back} />
    <section class="whole method"><h2>How to read this</h2>
      ${told.method.map((p) => html`<p key=${p}>${p}</p>`)}</section>
    <footer>${told.small_print} ${told.title}.</footer>`;
}

/** @param {{columns: any[][]}} props */
const Beside = ({ columns }) => columns.length > 0
  && html`<div class="beside">
    ${columns.map((parts, n) =>
      html`<div key=${n}>${parts.map((p) => html`<${Part} key=${p.title} part=${p} />`)}</div>`)}</div>`;

/** @param {{part: any}} props */
function Part({ part }) {
  const [heads, ...rows] = part.rows;
  return html`<section class="whole figures" tabindex="0" role="region" aria-label=${part.title}><h2>${part.title}</h2>
    ${heads && html`<table><thead><tr>${heads.map((h) => html`<th key=${h} scope="col">${h}</th>`)}</tr></thead>
      <tbody>${rows.map((row, n) =>
        html`<tr key=${n}>
          ${row.map((cell, m) =>
            (m ? html`<td key=${m}>${cell}</td>`
              : html`<th key=${m} scope="row">${cell}</th>`))}</tr>`)}</tbody></table>`}
    ${part.lines.map((line) => html`<p key=${line}>${line}</p>`)}</section>`;
}
