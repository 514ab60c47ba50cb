// A chart from its specification. The chart's own code is fetched when the first one is drawn, and runs without eval.
import { html, useEffect, useRef, useState } from "/static/ui/html.js";

const STILL_PX = 5;

/** @type {Promise<{vega: any, lite: any, interpreter: any}>|null} */
let loading = null;

/** The two libraries and the interpreter, once. The second looks for the first beside it. */
function tools() {
  loading ??= (async () => {
    await import("/static/vendor/charts/vega.js");
    const [,
      { expressionInterpreter }] = await Promise.all([import("/static/vendor/charts/vega-lite.js"),
        import("/static/vendor/charts/interpreter.js")]);
    const found = /** @type {any} */ (globalThis);
    await document.fonts?.load("600 13px 'Atkinson Hyperlegible Next'").catch(() => undefined);
    return { vega: found.vega, lite: found.vegaLite, interpreter: expressionInterpreter };
  })();
  loading.catch(() => { loading = null; });
  return loading;
}

/** Get the code of charts ready before there is one to draw. */
export const warmCharts = () => { tools().catch(() => undefined); };

/**
 * @param {any} spec @param {HTMLElement} at
 * @returns {Promise<any>} the view, drawn
 */
async function draw(spec, at) {
  const { vega, lite, interpreter } = await tools();
  const quiet = { ...console, level: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet,
    error: () => quiet };
  const { spec: plan } = lite.compile(spec, { logger: quiet });
  const runtime = vega.parse(plan, null, { ast: true });
  const view = new vega.View(runtime,
    { expr: interpreter, renderer: "canvas", container: at, hover: false, logLevel: vega.Error });
  await view.runAsync();
  return view;
}

/** The same as a picture for paper, three dots to a pixel. @param {any} spec @returns {Promise<string>} its address */
export async function picture(spec) {
  const view = await draw(spec, document.createElement("div"));
  const drawn = await view.toImageURL("png", 3);
  view.finalize();
  return drawn;
}

/**
 * `label` says what the chart shows. `onDay` hears the day of a mark that was pressed; `onSpan` where a zoom or a pull
 * came to rest, in milliseconds.
 * @param {{spec: any, label: string, onDay?: (day: string) => void, onSpan?: (from: number, to: number) => void, onDrawn?: () => void}} props
 */
export function Chart({ spec, label, onDay, onSpan, onDrawn }) {
  const place = useRef(/** @type {HTMLElement|null} */ (null));
  const [failed, fail] = useState(false);
  const heard = useRef({ onDay, onSpan, onDrawn });
  heard.current = { onDay, onSpan, onDrawn };
  useEffect(() => {
    const next = document.createElement("div");
    let wanted = true;
    /** @type {any} */
    let view = null;
    draw(spec, next).then((drawn) => {
      view = drawn;
      if (!wanted) return view.finalize();
      place.current?.replaceChildren(next);
      listen(view, next, heard);
      heard.current.onDrawn?.();
    }, (error) => { console.error(error); if (wanted) { fail(true); heard.current.onDrawn?.(); } });
    return () => { wanted = false; view?.finalize(); };
  }, [spec]);
  return html`<div class="chart" role="img" aria-label=${label}>
    ${failed ? html`<p>The chart could not be drawn; the table below has the same.</p>`
      : html`<div ref=${place} aria-hidden="true"></div>`}</div>`;
}

/** @param {any} view @param {HTMLElement} at @param {{current: any}} heard */
function listen(view, at, heard) {
  let [x, y] = [0, 0];
  at.addEventListener("pointerdown", (event) => { [x, y] = [event.clientX, event.clientY]; });
  view.addEventListener("click", (/** @type {any} */ event, /** @type {any} */ item) => {
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL_PX) return;
    const day = item?.datum?.day;
    if (day) heard.current.onDay?.(day);
  });
  if (!("zoom" in view.getState({ signals: (/** @type {string} */ name) => name === "zoom",
    data: () => false }).signals)) return;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  view.addSignalListener("zoom", (/** @type {string} */ _, /** @type {any} */ value) => {
    clearTimeout(timer);
    const ends = value?.at;
    if (ends) timer = setTimeout(() => at.isConnected && heard.current.onSpan?.(Number(ends[0]), Number(ends[1])), 500);
  });
}
