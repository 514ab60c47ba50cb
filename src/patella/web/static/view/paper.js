// What goes on paper, offered where somebody looks for it.
import { address } from "/static/app/api.js";
import { SERVED } from "/static/app/served.js";
import { html } from "/static/ui/html.js";

const WEEKS = 12;

/**
 * Where a handout is: a file that the server makes, else a page to print.
 * @param {boolean} full
 * @param {boolean} letter
 */
export const handout = (full, letter) =>
  SERVED ? { href: address.handout(full, letter), download: full ? "patella-routine.pdf" : "patella-today.pdf" }
    : { href: `/paper/${full ? "full" : "today"}` };

/** Where a report is, likewise. @param {number} weeks */
export const report = (weeks) =>
  (SERVED ? { href: address.report("pdf", weeks), download: "patella-report.pdf" }
    : { href: `/paper/report?weeks=${weeks}` });

/** The plan that is on the page, to print; on the paper the person has set. @param {{scope: string}} props */
export function Handout({ scope }) {
  if (scope !== "today" && scope !== "full") return null;
  const full = scope === "full";
  return html`<p class="to-print">
    <a ...${handout(full, false)}>
      ${full ? "The whole routine on paper" : "Today’s plan on paper"}</a> <span class="small">
      ${SERVED ? "PDF, with" : "With"} boxes to tick</span></p>`;
}

/** The last weeks in numbers, for a physiotherapist. */
export const Report = () => html`<p class="to-print"><a ...${report(WEEKS)}>Report for your physiotherapist</a>
  <span class="small">
    ${SERVED ? "PDF, the"
      : "The"} last ${WEEKS} weeks. <a href="/timeline">Other spans and files are at the foot of the timeline</a>.</span></p>`;
