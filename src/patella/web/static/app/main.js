// The page begins here: the theme at once, then the view that the address asks for.
import { api, ApiError, GONE, isHere, onReach } from "/static/app/api.js";
import { follow, here } from "/static/app/router.js";
import { loadSettings, recallTheme } from "/static/app/settings.js";
import { isKept, memory } from "/static/app/memory.js";
import { html, render, useEffect, useState } from "/static/ui/html.js";
import { Breaks } from "/static/ui/breaks.js";
import { Icon, Logo, Title } from "/static/ui/parts.js";
import { asError, Waiting } from "/static/ui/load.js";
import { useOutbox } from "/static/ui/saved.js";
import { ownScript } from "/static/ui/trust.js";

/** @type {Object<string, string>} */
const NAMES = { today: "Today", player: "Session", finish: "Summary", diary: "Diary", timeline: "Timeline", library: "Exercises", settings: "Settings", welcome: "Welcome", lost: "Nothing here" };
const TABS = /** @type {const} */ ([["today", "Today", "day"], ["timeline", "Timeline", "timeline"], ["diary", "Diary", "diary"], ["library", "Exercises", "library"], ["settings", "Settings", "settings"]]);

/** Each view is fetched when it is first asked for. @type {Object<string, () => Promise<any>>} */
const VIEWS = {
  today: () => import("/static/view/today.js"),
  player: () => import("/static/view/player.js"),
  finish: () => import("/static/view/finish.js"),
  diary: () => import("/static/view/diary.js"),
  library: () => import("/static/view/library.js"),
  timeline: () => import("/static/view/timeline.js"),
  settings: () => import("/static/view/settings.js"),
  welcome: () => import("/static/view/welcome.js"),
  lost: () => Promise.resolve({ View: Lost }),
};
/** @type {Map<string, any>} */
const known = new Map();
const BARE = ["player", "welcome"];

function Lost() {
  return html`<section class="hello"><${Title}>There is nothing at this address.<//><a class="main" href="/today"><span class="dot"></span>To today</a></section>`;
}

function App() {
  const [place, setPlace] = useState(here);
  const [demo, setDemo] = useState(false);
  useEffect(() => follow(setPlace), []);
  useEffect(() => {
    loadSettings().catch(() => undefined);
    api.health().then((h) => setDemo(Boolean(h.demo)), () => undefined);
  }, []);
  useEffect(() => { document.title = place.view === "today" ? "Patella" : `${NAMES[place.view]} · Patella`; }, [place]);
  const bare = BARE.includes(place.view);
  const body = html`<${Shown} key=${`${place.view} ${place.id ?? ""} ${place.turn}`} ...${place} />`;
  if (place.view === "player") return body;
  return html`<a class="skip" href="#main">To the content</a>
    ${!bare && html`<${Tabs} view=${place.view} />`}
    <main id="main" class="page in-${place.view}" tabindex="-1"><${Notices} demo=${demo} /><${Breaks} />${body}</main>`;
}

/** The view of a place, once its code is here. @param {import("./router.js").Place} place */
function Shown(place) {
  const [View, setView] = useState(() => known.get(place.view) ?? null);
  const [error, setError] = useState(/** @type {any} */ (null));
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

/** @param {{view: string}} props */
const Tabs = ({ view }) => html`<nav class="tabs" aria-label="Patella">
  <a class="home" href="/today" aria-label="Patella, today"><${Logo} size=${36} /><b>Patella</b></a>
  ${TABS.map(([id, words, icon]) => html`<a key=${id} href=${`/${id}`} aria-current=${view === id ? "page" : undefined}><${Icon} of=${icon} /><span>${words}</span></a>`)}
</nav>`;

/** What a person should know on any view: the server is gone, something waits, this is a demo. @param {{demo: boolean}} props */
function Notices({ demo }) {
  const [gone, setGone] = useState(!isHere());
  const { waiting, trouble } = useOutbox();
  useEffect(() => onReach((is) => setGone(!is)), []);
  useEffect(() => {
    if (!gone) return undefined;
    const timer = setInterval(() => api.health().catch(() => undefined), 3000);
    return () => clearInterval(timer);
  }, [gone]);
  return html`${demo && html`<p class="notice">A made-up runner’s diary, to look round. Nothing here is kept.</p>`}
    ${gone && html`<p class="notice" role="status">Patella is not answering. Start it again in the terminal with “patella”; this page goes on by itself.</p>`}
    ${waiting > 0 && trouble && !gone && html`<p class="notice" role="status">${trouble} ${waiting} not saved yet; it is tried again by itself.</p>`}
    ${!isKept() && html`<p class="notice" role="status">This browser keeps nothing for later. Leave the page open until everything says “Saved”.</p>`}`;
}

recallTheme();
memory.tidy();
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(ownScript("/sw.js")).catch(() => undefined));
}
