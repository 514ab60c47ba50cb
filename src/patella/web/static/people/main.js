// The pages of people begin here: who is signed in, and the view that the address asks for. Where nobody is, one signs
// in.
import { ApiError } from "/static/app/server.js";
import { GONE } from "/static/app/transport.js";
import { folk } from "/static/people/folk.js";
import { html, render, useEffect, useState } from "/static/ui/html.js";
import { asError, Waiting } from "/static/ui/load.js";
import { Icon, Logo } from "/static/ui/parts.js";

/** Each view is fetched when it is asked for. @type {Object<string, [string, () => Promise<any>]>} */
const VIEWS = {
  "sign-in": ["Sign in", () => import("/static/people/signin.js")],
  join: ["Your invitation", () => import("/static/people/join.js")],
  account: ["Your account", () => import("/static/people/account.js")],
  sharing: ["Who sees my diary", () => import("/static/people/sharing.js")],
  runners: ["Your runners", () => import("/static/people/runners.js")],
  people: ["People", () => import("/static/people/administration.js")],
};

const TODAY = ["today", "Today",
  { path: "M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2M6 6l1.4 1.4M16.6 16.6 18 18M6 18l1.4-1.4M16.6 7.4 18 6M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z" }];
const SHARING = ["sharing", "Who sees it",
  { path: "M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z" }];
const PEOPLE = ["people", "People",
  { path: "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5zM3 19.5c.4-3.5 2.6-5.3 6-5.3s5.6 1.8 6 5.3M16 5.5a3 3 0 0 1 0 5.5M17.5 14.5c2 .6 3.2 2.3 3.5 5" }];
const RUNNERS = ["runners", "Runners", { path: "M4 6h16M4 12h16M4 18h10" }];
const ACCOUNT = ["account", "Account",
  { path: "M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4zM4.5 20c.6-4 3.2-6 7.5-6s6.9 2 7.5 6" }];
/** @type {Object<string, any[]>} */
const TABS = { runner: [TODAY, SHARING, ACCOUNT], physiotherapist: [RUNNERS, ACCOUNT],
  administrator: [PEOPLE, ACCOUNT] };

const place = location.pathname.split("/")[1] || "account";

function App() {
  const [me, set] = useState(/** @type {any} */ (undefined));
  const [error, fail] = useState(/** @type {any} */ (null));
  const load = () => {
    fail(null);
    folk.me().then(set, (e) => (e.status === 401 ? set(null) : fail(asError(e))));
  };
  useEffect(load, []);
  if (place === "join") return html`<${Page} view="join" me=${me} />`;
  if (me === undefined) return html`<main id="main" class="page" tabindex="-1">
    <${Waiting} error=${error} again=${load} /></main>`;
  if (me === null) return html`<${Page} view="sign-in" me=${null} />`;
  if (!(place in VIEWS) || place === "sign-in") return void location.replace(me.home);
  return html`<${Page} view=${place} me=${me} set=${set} />`;
}

/** @param {{view: string, me: any, set?: (me: any) => void}} props */
function Page({ view, me, set }) {
  const [View, show] = useState(/** @type {any} */ (null));
  const [error, fail] = useState(/** @type {any} */ (null));
  const load = () => {
    fail(null);
    VIEWS[view][1]().then((found) => show(() => found.View), () => fail(new ApiError(GONE, { gone: true })));
  };
  useEffect(() => { document.title = `${VIEWS[view][0]} · Patella`; load(); }, [view]);
  return html`<a class="skip" href="#main">To the content</a>
    ${me && view !== "join" && html`<${Tabs} me=${me} view=${view} />`}
    <main id="main" class="page" tabindex="-1">
      ${View ? html`<${View} me=${me} set=${set} />` : html`<${Waiting} error=${error} again=${load} />`}</main>`;
}

/** @param {{me: any, view: string}} props */
const Tabs = ({ me, view }) => html`<nav class="tabs" aria-label="Patella">
  <a class="home" href=${me.home} aria-label="Patella"><${Logo} size=${36} /><b>Patella</b></a>
  ${TABS[me.account.role].map(([id, words, icon]) =>
    html`<a key=${id} href=${`/${id}`} aria-current=${view === id ? "page" : undefined}><${Icon} ...${icon} />
      <span>${words}</span></a>`)}
</nav>`;

render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
