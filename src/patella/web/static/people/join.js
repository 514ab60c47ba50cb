// An invitation: what it is for, and the account that it makes; or the way back for who cannot come in any more.
import { folk, goOn } from "/static/people/folk.js";
import { Field, Form, NEW_PASSWORD, Password } from "/static/people/fields.js";
import { hasPasskeys, makePasskey } from "/static/people/passkey.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Logo, Title } from "/static/ui/parts.js";

// So that it stands in no address that is kept or seen; whoever reloads this page still has it.
const key = location.hash.slice(1) || (history.state?.key ?? "");
if (location.hash) history.replaceState({ key }, "", "/join");

const AS = { runner: "You will have a diary of your own here. It is yours alone: nobody sees any of it unless you share it, and you can take it with you at any time.",
  physiotherapist: "You will see what runners choose to share with you, for as long as they share it. They see each time you look.",
  administrator: "You will let people in and out. You will see nobody’s diary." };

export function View() {
  const asked = useLoad(() => folk.invitation(key), []);
  const { data, error } = asked;
  if (error
    && !error.gone) return html`<section class="way-in"><${Logo} size=${56} />
      <${Title}>${key ? "This link does not work any more" : "There is a link for this"}<//>
      <p class="lead">
        ${key ? error.sentence
          : "Open the whole link that you were given. Whoever runs this Patella makes one for you."}</p>
      <p>Have an account already? <a href="/sign-in">Sign in</a>.</p></section>`;
  if (!data) return html`<${Waiting} ...${asked} />`;
  return data.back ? html`<${Back} ...${data} />` : html`<${Join} ...${data} />`;
}

/** @param {{name: string, role: "runner"|"physiotherapist"|"administrator", physiotherapist: string|null}} props */
function Join({ name: called, role, physiotherapist }) {
  const [name, setName] = useState(called);
  const [handle, setHandle] = useState("");
  return html`<section class="way-in"><${Logo} size=${56} /><${Title}>Welcome to Patella<//>
    <p class="lead">${AS[role]}</p>
    ${physiotherapist
      && html`<p class="note">
        <b>${physiotherapist}</b> would like to see some of it. You choose what, or nothing, on the next page.</p>`}
    <${Ways} said=${{ handle, name }} to=${physiotherapist ? "/sharing" : undefined}>
      <${Field} label="Your name" note="What others here call you." value=${name} onInput=${setName} autocomplete="name"
        required maxlength="80" />
      <${Field} label="Your sign-in name" note="A short name or your e-mail address. No mail is sent." value=${handle}
        onInput=${setHandle} autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64" />
    <//><p class="small">Both can be added or changed later, in your account.</p></section>`;
}

/** @param {{name: string, back: string}} props */
const Back = ({ name, back }) =>
  html`<section class="way-in"><${Logo} size=${56} /><${Title}>Welcome back, ${name}<//>
    <p class="lead">Choose how you come in from now on. What let you in before no longer does, and every other browser is signed out.</p>
  <${Ways} said=${{}} word="New password">
    <${Field} label="Your sign-in name" value=${back} onInput=${() => undefined} autocomplete="username"
      readonly /><//></section>`;

/** With a passkey alone, or a password. @param {{said: any, to?: string, word?: string, children: any}} props */
function Ways({ said, to, word = "Password", children }) {
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const byPassword = () => attempt(async () => goOn(await folk.accept({ key, ...said, password }), to));
  const byPasskey = () => attempt(async () => {
    const { options } = await folk.beginJoining({ key, ...said });
    return goOn(await folk.joinByPasskey({ key, ...said, credential: await makePasskey(options) }), to);
  });
  return html`<${Form} onSubmit=${byPassword}>${children}
    ${hasPasskeys()
      && html`<p>
        <button class="main" type="button" disabled=${busy} onClick=${byPasskey}>
          <span class="dot"></span>Come in with a passkey</button></p>
      <p class="small">Your fingerprint, your face or your device’s code, and no password to keep in mind. Or with a password:</p>`}
    <${Password} label=${word} note=${NEW_PASSWORD} value=${password} onInput=${setPassword}
      autocomplete="new-password" />
    <${Problem} text=${error} />
    <p><button class=${hasPasskeys() ? "second" : "main"} type="submit" disabled=${busy}>Come in</button></p><//>`;
}
