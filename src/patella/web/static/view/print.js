// Paper without a press: the handout and the report as a page that the browser prints, or saves as a PDF.
import { api } from "/static/app/api.js";
import { useLoad } from "/static/ui/asked.js";
import { picture } from "/static/ui/chart.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useSettings, Waiting } from "/static/ui/load.js";
import { Icon, Title } from "/static/ui/parts.js";
import { Handout } from "/static/view/handout.js";
import { Report } from "/static/view/report.js";

const STYLES = ["/static/css/paper.css"];
const WEEKS = 12, MOST_WEEKS = 104;

/** @param {{id: string|null, query: URLSearchParams}} props `id`: today, full or report */
export function View({ id, query }) {
  const weeks = Math.min(MOST_WEEKS, Math.max(1, Number(query.get("weeks")) || WEEKS));
  const asked = useLoad(async () => {
    await styled();
    if (id !== "report") return { told: await api.handout(id === "full"), drawn: null };
    const told = await api.reportPages(weeks);
    return { told, drawn: told.chart && (await picture(told.chart)) };
  }, [id, weeks]);
  const { letter } = useSettings();
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { told, drawn } = asked.data;
  return html`<div class="press">
    <div class="to-press">
      <p><a class="back" href=${id === "report" ? "/timeline" : "/settings"}><${Icon} of="left" size=${18} />
        ${id === "report" ? "Timeline" : "Settings"}</a></p>
      <${Title}>On paper<//>
      <p>This is how it will look, on ${letter ? "US Letter"
        : "A4"}; the settings have the other. “Save as PDF” stands among the printers.</p>
      <${Press} /></div>
    <article class=${`paper ${letter ? "letter" : "a4"}`}>
      ${id === "report" ? html`<${Report} told=${told} drawn=${drawn} />`
        : html`<${Handout} told=${told} />`}</article></div>`;
}

/** The button, once all pictures are there: what is not there yet would be missing on paper. */
function Press() {
  const [ready, set] = useState(false);
  useEffect(() => {
    const pictures = [.../** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll(".paper img"))];
    Promise.all(pictures.map((one) => one.decode().catch(() => undefined))).then(() => set(true));
  }, []);
  if (!("print" in window)) return html`<p>This browser cannot print. Its own menu may, under “Share” or “Print”.</p>`;
  return html`<button class="main" data-testid="print" disabled=${!ready} onClick=${() => window.print()}>
    <span class="dot"></span>Print or save as PDF</button>`;
}

/** The styles of paper, fetched by who wants it. */
async function styled() {
  await Promise.all(STYLES.filter((href) => !document.querySelector(`link[href="${href}"]`)).map((href) =>
    new Promise((done) => {
    document.head.append(Object.assign(document.createElement("link"),
      { rel: "stylesheet", href, onload: done, onerror: done }));
  })));
}
