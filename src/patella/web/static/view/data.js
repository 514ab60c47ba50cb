// Your data, as a part of the settings: saved, brought in from another device, restored, erased.
import { lastAccount } from "/static/app/account.js";
import { address, api } from "/static/app/api.js";
import { forget } from "/static/app/forget.js";
import { go } from "/static/app/router.js";
import { loadSettings } from "/static/app/settings.js";
import { HOME, SERVED } from "/static/app/served.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";

/** What a browser said of keeping the diary. */
function Keeping() {
  const [Kept, set] = useState(/** @type {any} */ (null));
  useEffect(() => { import("/static/view/copy.js").then((found) => set(() => found.Kept), () => undefined); }, []);
  return Kept && html`<${Kept} />`;
}

/** What there may be none of: asked for first, so that nobody saves an error. @param {any} event */
function handOut(event) {
  event.preventDefault();
  const link = event.currentTarget;
  import("/static/app/outgoing.js").then(({ send }) => send(link));
}

const READING = "It is being read. A diary of many years may take a minute; leave this page open.";

/** What is kept of a person: saved, brought in from elsewhere, restored, erased. */
export function Data() {
  const [word, setWord] = useState("");
  const [file, setFile] = useState(/** @type {File|null} */ (null));
  const [said, say] = useState("");
  const { busy, error, attempt } = useTry();
  const [came, tellCame] = useState("");
  const [other, setOther] = useState(/** @type {File|null} */ (null));
  const merge = () => attempt(async () => {
    tellCame(READING);
    tellCame((await api.merge(/** @type {File} */ (other)).finally(() => tellCame(""))).text);
    setOther(null);
    await loadSettings();
  });
  const restore = (replace) => attempt(async () => {
    say(READING);
    const { entries } = await api.restore(/** @type {File} */ (file), replace).finally(() => say(""));
    await forget();
    if (!SERVED) await (await import("/static/app/outgoing.js")).copied(); // that file is one
    say(`Restored: ${entries} entries.`);
    setFile(null);
    await loadSettings();
  });
  const erase = () => attempt(async () => {
    await api.erase();
    await forget();
    await loadSettings();
    go("/welcome");
  });
  return html`<section><h2>Your data</h2>
    <p>It is yours: ${lastAccount()
      ? "it lies on the server you signed in to. Its pages show it to you alone, and to whom you share it with; whoever runs that server can read its disk"
      : SERVED ? `one file on ${HOME}` : "it lies in this browser, on this device, and nowhere else"}.</p>
    ${!SERVED && html`<${Keeping} />`}
    <div class="row"><a class="second" href=${address.json} download="patella.json">Everything (JSON)</a>
      <a class="second" href=${address.csv} download="patella.csv">Spreadsheet (CSV)</a></div>
    <p>For other training diaries and watches:</p>
    <div class="row"><a class="second" href="/api/export.tcx" download="patella-runs.tcx">Runs (TCX)</a>
      <a class="second" href="/api/export.fit" download="patella-session.fit"
        onClick=${SERVED ? handOut : undefined}>Latest session (FIT)</a></div>
    <h3>Bring in a diary from your other device</h3>
    <p>Save everything (JSON) there and bring it in here, and the other way round, as often as you like. It adds what is missing and takes nothing away.</p>
    <label class="file">What you saved there (JSON) <input type="file" accept=".json,application/json"
      onChange=${(e) => setOther(e.currentTarget.files?.[0] ?? null)} /></label>
    ${other && html`<div class="row">
      <button class="second" disabled=${busy} onClick=${merge}>Bring it in</button></div>`}
    <p role="status">${came}</p>
    <h3>Restore</h3>
    <label class="file">An export of Patella (JSON) <input type="file" accept=".json,application/json"
      onChange=${(e) => setFile(e.currentTarget.files?.[0] ?? null)} /></label>
    ${file && html`<div class="row">
      <button class="second" disabled=${busy} onClick=${() => restore(false)}>Restore into an empty diary</button>
      <button class="plain" disabled=${busy} onClick=${() => restore(true)}>Replace what is here</button></div>`}
    <p role="status">${said}</p>
    <details class="erase"><summary>Erase everything</summary>
      <p>All sessions, answers and settings on ${HOME} go, and cannot come back. Exports you saved stay where they are.</p>
      <label>Type ERASE <input type="text" value=${word} autocomplete="off" autocapitalize="characters"
        spellcheck="false" onInput=${(e) => setWord(e.currentTarget.value)} /></label>
      <button class="danger" data-testid="erase" disabled=${word !== "ERASE" || busy}
        onClick=${erase}>Erase everything</button></details>
    <${Problem} text=${error} /></section>`;
}
