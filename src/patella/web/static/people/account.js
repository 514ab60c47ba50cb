// One's own account: name, password, passkeys, browsers that are signed in; taking everything away, and closing it.
import { forget } from "/static/app/forget.js";
import { folk, when } from "/static/people/folk.js";
import { Field, Form, NEW_PASSWORD, Password } from "/static/people/fields.js";
import { byPasskey, hasPasskeys, makePasskey } from "/static/people/passkey.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Title } from "/static/ui/parts.js";

const ROLES = { runner: "A runner, with a diary of your own.",
  physiotherapist: "A physiotherapist: you see what runners share with you.",
  administrator: "An administrator: you let people in and out, and see nobody’s diary." };

/** @param {{me: any, set: (me: any) => void}} props */
export function View({ me, set }) {
  const { busy, error, attempt } = useTry();
  const signOut = () => attempt(async () => {
    await folk.signOut();
    await forget();
    location.assign("/sign-in");
  });
  return html`<div class="settings"><${Title}>Your account<//>
    <p>${me.password ? "You sign in as" : "Your sign-in name is"} <b>
      ${me.account.handle}</b>. ${ROLES[/** @type {"runner"} */ (me.account.role)]}</p>
    <p class="row"><button class="second" disabled=${busy} onClick=${signOut}>Sign out</button></p>
    <${Problem} text=${error} />
    <${Name} me=${me} set=${set} /><${Passkeys} me=${me} set=${set} /><${NewPassword} me=${me} set=${set} />
    <${Browsers} me=${me} set=${set} /><${Leave} me=${me} /></div>`;
}

/** @typedef {{me: any, set: (me: any) => void}} Part */

/** @param {Part} props */
function Name({ me, set }) {
  const [name, setName] = useState(me.account.name);
  const [said, say] = useState("");
  const { busy, error, attempt } = useTry();
  const rename = () => attempt(async () => { set(await folk.rename(name)); say("Saved."); });
  return html`<section><h2>Name</h2><${Form} onSubmit=${rename}>
    <${Field} label="What others here call you" value=${name} onInput=${(n) => { setName(n); say(""); }}
      autocomplete="name" required maxlength="80" />
    <${Problem} text=${error} />
    <p class="row"><button class="second" type="submit" disabled=${busy || name === me.account.name}>Save</button>
      <span class="small" role="status">${said}</span></p><//></section>`;
}

/** What shows that it is still the same person: a password, or a passkey where there is none. */
const confirmed = (me, password) => (me.password ? Promise.resolve({ password }) : byPasskey(folk));

/** @param {Part} props */
function Passkeys({ me, set }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const add = () => attempt(async () => {
    const { options } = await folk.beginAdding(await confirmed(me, password));
    set(await folk.addPasskey(await makePasskey(options), name));
    setOpen(false);
    setPassword("");
    setName("");
  });
  const remove = (k) => attempt(async () => set(await folk.forgetPasskey(k.id)));
  return html`<section><h2>Passkeys</h2>
    <p>Sign in with your fingerprint, your face or your device’s code instead of a password. Nothing of your finger or face leaves the device.</p>
    ${me.passkeys.length > 0
      && html`<ul class="devices">
        ${me.passkeys.map((k) =>
          html`<li key=${k.id} class="row spaced">
            <span><b>${k.name}</b><br />
              <small>${k.used ? `last used ${when(k.used)}` : `added ${when(k.made)}`}</small></span>
      <button class="plain" disabled=${busy} aria-label=${`Remove ${k.name}`}
        onClick=${() => remove(k)}>Remove</button></li>`)}</ul>`}
    ${!me.password && me.passkeys.length === 1
      && html`<p class="note">This passkey is the only way into your account. A second one on another device, or a password, is good to have. Should you lose it, whoever runs this Patella can make you a link back in.</p>`}
    ${!hasPasskeys() ? html`<p class="small">This browser does not know passkeys.</p>` : !open
      ? html`<p><button class="second" onClick=${() => setOpen(true)}>Add a passkey</button></p>`
      : html`<${Form} onSubmit=${add}>
      <${Field} label="What to call it" note="The device that keeps it, for example." value=${name} onInput=${setName}
        placeholder="My phone" maxlength="40" />
      ${me.password
        ? html`<${Password} label="Your password" note="So that nobody else adds one." value=${password}
          onInput=${setPassword} autocomplete="current-password" />`
        : html`<p class="small">You are asked for a passkey that you have first, so that nobody else adds one.</p>`}
      <p class="row"><button class="second" type="submit" disabled=${busy}>Add it</button>
        <button class="plain" type="button" onClick=${() => setOpen(false)}>Not now</button></p><//>`}
    <${Problem} text=${error} /></section>`;
}

/** @param {Part} props */
function NewPassword({ me, set }) {
  const [before, setBefore] = useState("");
  const [now, setNow] = useState("");
  const [said, say] = useState("");
  const { busy, error, attempt } = useTry();
  const change = () => attempt(async () => {
    await folk.changePassword(await confirmed(me, before), now);
    setBefore("");
    setNow("");
    say(`${me.password ? "Changed" : "Set"}. Every other browser is signed out.`);
    set(await folk.me());
  });
  return html`<section><h2>Password</h2>
    ${!me.password && html`<p>You have none, and need none: you come in by passkey.</p>`}<${Form} onSubmit=${change}>
    <input type="text" class="hidden" name="username" autocomplete="username" value=${me.account.handle} readonly
      tabindex="-1" aria-hidden="true" />
    ${me.password
      && html`<${Password} label="Password now" value=${before} onInput=${setBefore}
        autocomplete="current-password" />`}
    <${Password} label="New password" note=${NEW_PASSWORD} value=${now} onInput=${setNow} autocomplete="new-password" />
    <${Problem} text=${error} />
    <p class="row">
      <button class="second" type="submit" disabled=${busy}>${me.password ? "Change it" : "Set a password"}</button>
      <span class="small" role="status">${said}</span></p><//></section>`;
}

/** @param {Part} props */
function Browsers({ me, set }) {
  const { busy, error, attempt } = useTry();
  const others = me.visits.filter((v) => !v.here);
  return html`<section><h2>Signed-in browsers</h2>
    <ul class="devices">
      ${me.visits.map((v) =>
        html`<li key=${v.id} class="row spaced">
          <span><b>${v.name}</b><br />
            <small>${v.here ? "this one" : `last here ${when(v.seen)}`}, since ${when(v.begun)}</small></span>
      ${!v.here
        && html`<button class="plain" disabled=${busy} aria-label=${`Sign out ${v.name}`}
          onClick=${() => attempt(async () => set(await folk.endVisit(v.id)))}>Sign out</button>`}</li>`)}</ul>
    ${others.length > 0
      && html`<p>
        <button class="second" disabled=${busy}
          onClick=${() => attempt(async () => set(await folk.endOthers()))}>Sign out all others</button></p>`}
    <p class="small">A browser that does not come for a month is signed out by itself.</p>
    <${Problem} text=${error} /></section>`;
}

/** @param {{me: any}} props */
function Leave({ me }) {
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const runs = me.account.role === "runner";
  const close = () => attempt(async () => {
    await folk.close(await confirmed(me, password));
    await forget();
    location.assign("/sign-in");
  });
  return html`<section><h2>Leaving</h2>
    ${runs && html`<p>Your diary is yours. Take all of it with you; Patella on your own computer, or in your phone’s browser, goes on where you left off.</p>
    <p class="row"><a class="second" href="/api/export.json" download="patella.json">Everything (JSON)</a>
      <a class="second" href="/api/export.csv" download="patella.csv">Spreadsheet (CSV)</a></p>`}
    ${!open ? html`<p><button class="plain" onClick=${() => setOpen(true)}>Close this account</button></p>`
      : html`<div class="note">
        <p><b>${runs ? "Your diary is erased, and your account with it."
          : "Your account is removed."}</b> It cannot be undone.</p>
      <${Form} onSubmit=${close}>
        ${me.password
          && html`<${Password} label="Your password" value=${password} onInput=${setPassword}
            autocomplete="current-password" />`}
      <p class="row"><button class="danger" type="submit" disabled=${busy}>Close it for good</button>
        <button class="plain" type="button" onClick=${() => setOpen(false)}>Keep it</button></p><//></div>`}
      <${Problem} text=${error} /></section>`;
}
