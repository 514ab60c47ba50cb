// What goes on paper, offered where somebody looks for it.
import { address } from "/static/app/api.js";
import { SERVED } from "/static/app/served.js";
import { html } from "/static/ui/html.js";

const WEEKS = 12;

/** The plan that is on the page, to print; on the paper the person has set. @param {{scope: string}} props */
export function Handout({ scope }) {
  if (!SERVED || (scope !== "today" && scope !== "full")) return null;
  const full = scope === "full";
  return html`<p class="to-print"><a href=${address.handout(full, false)} download=${full ? "patella-routine.pdf" : "patella-today.pdf"}>${full ? "The whole routine on paper" : "Today’s plan on paper"}</a> <span class="small">PDF, with boxes to tick</span></p>`;
}

/** The last weeks in numbers, for a physiotherapist. */
export const Report = () => SERVED && html`<p class="to-print"><a href=${address.report("pdf", WEEKS)} download="patella-report.pdf">Report for your physiotherapist</a>
  <span class="small">PDF, the last ${WEEKS} weeks. <a href="/timeline">Other spans and files are at the foot of the timeline</a>.</span></p>`;
