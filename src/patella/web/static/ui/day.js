// How a day of the diary went, as a mark.
import { html } from "/static/ui/html.js";
import { Mark } from "/static/ui/parts.js";

export const MISSING = "Answers missing";

/**
 * How a day went; an answer that is missing never counts as a calm one.
 * @param {{colour: string|null, bare?: boolean}} props
 */
export const DayMark = ({ colour, bare = false }) => colour
  ? html`<${Mark} colour=${colour} word=${bare ? null : undefined} />`
  : html`<span class="mark none"><i></i>${!bare && MISSING}</span>`;
