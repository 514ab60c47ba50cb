// An invitation: what it is for, and the account that it makes; or the way back for who forgot a password.
import { folk, goOn } from "/static/people/folk.js";
import { Field, Form, NEW_PASSWORD, Password } from "/static/people/fields.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Logo, Title } from "/static/ui/parts.js";

// So that it stands in no address that is kept or seen; whoever reloads this page still has it.
const key = location.hash.slice(1) || (history.state?.key ?? "");
if (location.hash) history.replaceState({ key }, "", "/join");

const AS = { runner: "You will have a diary of your own here. It is yours alone: nobody sees any of it unless you share it, and you can take it with you at any time.", physiotherapist: "You will see what runners choose to share with you, for as long as they share it. They see each time you look.", administrator: "You will let people in and out. You will see nobody’s diary." };

export function View() {
  const asked = useLoad(() => folk.invitation(key), []);
  const { data, error } = asked;
  if (error && !error.gone) return html`<section class="way-in"><${Logo} size=${56} /><${Title}>${key ? "This link does not work any more" : "There is a link for this"}<//><p class="lead">${key ? error.sentence : "Open the whole link that you were given. Whoever runs this Patella makes one for you."}</p><p>Have an account already? <a href="/sign-in">Sign in</a>.</p></section>`;
  if (!data) return html`<${Waiting} ...${asked} />`;
  return data.back ? html`<${Back} ...${data} />` : html`<${Join} ...${data} />`;
}

/** @param {{name: string, role: "runner"|"physiotherapist"|"administrator", physiotherapist: string|null}} props */
function Join({ name: called, role, physiotherapist }) {
  const [name, setName] = useState(called);
  const [handle, setHandle] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const join = () => attempt(async () => goOn(await folk.accept({ key, handle, name, password }), physiotherapist ? "/sharing" : undefined));
  return html`<section class="way-in"><${Logo} size=${56} /><${Title}>Welcome to Patella<//><p class="lead">${AS[role]}</p>
    ${physiotherapist && html`<p class="note"><b>${physiotherapist}</b> would like to see some of it. You choose what, or nothing, on the next page.</p>`}
    <${Form} onSubmit=${join}>
      <${Field} label="Your name" note="What others here call you." value=${name} onInput=${setName} autocomplete="name" required maxlength="80" />
      <${Field} label="Your sign-in name" note="A short name or your e-mail address. No mail is sent." value=${handle} onInput=${setHandle} autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64" />
      <${Password} label="Password" note=${NEW_PASSWORD} value=${password} onInput=${setPassword} autocomplete="new-password" />
      <${Problem} text=${error} /><p><button class="main" type="submit" disabled=${busy}><span class="dot"></span>Come in</button></p>
    <//><p class="small">You can add a passkey afterwards, in your account.</p></section>`;
}

/** @param {{name: string, back: string}} props */
function Back({ name, back }) {
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const comeBack = () => attempt(async () => goOn(await folk.accept({ key, password })));
  return html`<section class="way-in"><${Logo} size=${56} /><${Title}>Welcome back, ${name}<//><p class="lead">Choose a new password. Every other browser is signed out then.</p>
    <${Form} onSubmit=${comeBack}>
      <${Field} label="Your sign-in name" value=${back} onInput=${() => undefined} autocomplete="username" readonly />
      <${Password} label="New password" note=${NEW_PASSWORD} value=${password} onInput=${setPassword} autocomplete="new-password" />
      <${Problem} text=${error} /><p><button class="main" type="submit" disabled=${busy}><span class="dot"></span>Come in</button></p>
    <//></section>`;
}
