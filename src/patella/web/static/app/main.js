// The page begins here: the theme at once, then the view that the address asks for.
import { ApiError, away, onReach } from "/static/app/server.js";
import { training } from "/static/app/training.js";
import { belongTo, onForgotten } from "/static/app/forget.js";
import { follow, here } from "/static/app/router.js";
import { loadSettings, recallTheme } from "/static/app/settings.js";
import { GONE, reopen } from "/static/app/transport.js";
import { html, render, useEffect, useState } from "/static/ui/html.js";
import { asError, useSettings, Waiting } from "/static/ui/load.js";
import { ownScript } from "/static/ui/trust.js";

/** @type {Object<string, string>} */
const NAMES = { today: "Today", player: "Session", finish: "Summary", diary: "Diary", timeline: "Timeline", library: "Exercises", lessons: "Why knees hurt", settings: "Settings", walkrun: "Walk and run", welcome: "Welcome", paper: "On paper", lost: "Nothing here" };

/** Each view is fetched when it is first asked for. @type {Object<string, () => Promise<any>>} */
const VIEWS = {
  today: () => import("/static/view/today.js"),
  player: () => import("/static/view/player.js"),
  finish: () => import("/static/view/finish.js"),
  diary: () => import("/static/view/diary.js"),
  library: () => import("/static/view/library.js"),
  lessons: () => import("/static/view/lessons.js"),
  timeline: () => import("/static/view/timeline.js"),
  settings: () => import("/static/view/settings.js"),
  walkrun: () => import("/static/view/walkrun.js"),
  welcome: () => import("/static/view/welcome.js"),
  paper: () => import("/static/view/print.js"),
  door: () => import("/static/view/door.js"),
  lost: () => import("/static/view/lost.js"),
};
const AGAIN_MS = 3000;
/** @type {Map<string, any>} */
const known = new Map();

function App() {
  const [place, setPlace] = useState(here);
  const [demo, setDemo] = useState(false);
  const why = useAway();
  useEffect(() => follow(setPlace), []);
  useEffect(() => {
    loadSettings().catch(() => undefined);
    training.health().then((h) => { setDemo(Boolean(h.demo)); return belongTo(h.diary); }).catch(() => undefined);
    onForgotten(() => reopen("/welcome"));
  }, []);
  useEffect(() => { document.title = place.view === "today" ? "Patella" : `${NAMES[place.view]} · Patella`; }, [place]);
  const alone = place.view === "player";
  const { frame, missing } = useFrame(!alone, why);
  const body = html`<${Shown} key=${`${place.view} ${place.id ?? ""} ${place.turn}`} ...${place} />`;
  if (alone) return body;
  return html`<a class="skip" href="#main">To the content</a>
    ${frame && place.view !== "welcome" && html`<${frame.Tabs} view=${place.view} />`}
    <main id="main" class="page in-${place.view}" tabindex="-1">${frame && html`<${frame.Notices} demo=${demo} gone=${why === "gone"} />`}
      ${missing && !why && html`<p class="notice" role="alert">Part of this page has not come yet; it is tried again. <button class="plain" onClick=${() => location.reload()}>Reload</button></p>`}
      ${why === "shut" && html`<${Shown} view="door" />`}<div hidden=${why === "shut"}>${frame && html`<${frame.Breaks} />`}${body}</div></main>`;
}

/** What stands round every view but the player: fetched until it is here. @param {boolean} wanted @param {string} why */
function useFrame(wanted, why) {
  const [{ frame, tried }, set] = useState(/** @type {{frame: any, tried: number}} */ ({ frame: null, tried: 0 }));
  useEffect(() => {
    if (!wanted || frame || why) return undefined;
    const fetched = () => import("/static/app/frame.js").then((found) => set({ frame: found, tried }), () => set({ frame, tried: tried + 1 }));
    const timer = setTimeout(fetched, tried ? AGAIN_MS : 0);
    return () => clearTimeout(timer);
  }, [wanted, why, tried]);
  return { frame, missing: tried > 0 && !frame };
}

/** Why the server gives nothing; asked until it does. */
function useAway() {
  const [why, set] = useState(away);
  useEffect(() => onReach(() => set(away())), []);
  useEffect(() => {
    if (!why) return undefined;
    const timer = setInterval(() => training.health().catch(() => undefined), AGAIN_MS);
    return () => clearInterval(timer);
  }, [why]);
  return why;
}

/** The view of a place, once its code is here. @param {import("./router.js").Place} place */
function Shown(place) {
  const [View, setView] = useState(() => known.get(place.view) ?? null);
  const [error, setError] = useState(/** @type {any} */ (null));
  useSettings(); // other units: everything is told anew
  const load = () => {
    setError(null);
    VIEWS[place.view]().then(
      (found) => { known.set(place.view, found.View); setView(() => found.View); },
      () => setError(asError(new ApiError(GONE, { gone: true }))),
    );
  };
  useEffect(() => { if (!View) load(); }, []);
  return View ? html`<${View} ...${place} />` : html`<${Waiting} error=${error} again=${load} />`;
}

recallTheme();
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(ownScript("/sw.js")).catch(() => undefined));
}
