// A folder that is watched, in the settings: which it is, what came from it, and no more of it.
import { api } from "/static/app/api.js";
import { HOME, SERVED } from "/static/app/served.js";
import { plural } from "/static/app/words.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";

const AGAIN_MS = 3000;
const AT = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });

export const Watched = () =>
  html`<section data-testid="watched"><h2>A watched folder</h2>
    ${SERVED ? html`<${Here} />`
      : html`<p>A browser cannot watch a folder. Bring files in <a href="/timeline/import">by hand</a>, or let Patella on a computer watch one.</p>`}</section>`;

function Here() {
  const asked = useLoad(() => api.watched(), []);
  const { busy, error, attempt } = useTry();
  const [folder, setFolder] = useState("");
  useEffect(() => {
    const clock = setInterval(() => {
      if (document.visibilityState === "visible") api.watched().then(asked.set, () => undefined);
    },
      AGAIN_MS);
    return () => clearInterval(clock);
  }, []);
  const stands = asked.data;
  const watch = (event) => {
    event.preventDefault();
    attempt(async () => { asked.set(await api.watch(folder)); setFolder(""); });
  };
  return html`<p>What Syncthing, RunGap or a watch that is plugged in puts into a folder on ${HOME} comes in by itself while Patella runs. The folder is only read.</p>
    ${stands?.folder
      ? html`<p role="status">${stands.is_there ? "Watching" : "Waiting for"} <b class="feed">${stands.folder}</b>
        ${stands.is_there ? "." : ", which is not there now. When it is back, Patella goes on."}</p>
      ${stands.sentence && html`<p role="status">${stands.sentence}</p>`}<${Came} list=${stands.came} />
      <div class="row">
        <button class="second" disabled=${busy}
          onClick=${() => attempt(async () => asked.set(await api.watchNone()))}>Watch it no more</button>
        <a class="plain" href="/timeline">Timeline</a></div>`
    : stands
      && html`<form onSubmit=${watch}>
        <label class="typed"><span>Its address on ${HOME}</span>
          <input type="text" value=${folder} autocomplete="off" autocapitalize="none" spellcheck="false"
            placeholder="/home/you/Sync/watch" onInput=${(e) => setFolder(e.currentTarget.value)} /></label>
      <div class="row">
        <button class="second" disabled=${busy || !folder.trim()}>Watch this folder</button></div></form>`}
    <${Problem} text=${error} />`;
}

/** What came since the pages were opened. @param {{list: any[]}} props */
function Came({ list }) {
  if (!list.length) return html`<p class="small"
    role="status">Nothing new has come yet. What was there before is not counted twice.</p>`;
  return html`<ul class="plainly">
    ${list.map((c) =>
      html`<li key=${c.at + c.files[0]}>
        ${AT.format(new Date(c.at))}: ${words(c.result)} <span class="small">${c.files.join(", ")}
          ${c.more ? ` and ${c.more} more` : ""}</span>
    ${c.result.failed.map((f) => html`<br /><span class="small"><b>${f.file}</b>: ${f.why}</span>`)}</li>`)}</ul>`;
}

const words = ({ runs, other, failed }) =>
  [runs && plural(runs, "new run"), other && `${other} of other sports`,
    failed.length && `${plural(failed.length, "file")} could not be used`].filter(Boolean).join(", ");
