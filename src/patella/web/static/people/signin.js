// Where one signs in: with a passkey, or a name and a password.
import { folk, goOn } from "/static/people/folk.js";
import { Field, Form, Password } from "/static/people/fields.js";
import { hasPasskeys, usePasskey } from "/static/people/passkey.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Logo, Title } from "/static/ui/parts.js";

export function View() {
  const [handle, setHandle] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, attempt } = useTry();
  const wanted = location.pathname === "/sign-in" ? undefined : location.pathname + location.search;
  const signIn = () => attempt(async () => goOn(await folk.signIn(handle, password), wanted));
  const byPasskey = () => attempt(async () => {
    const { options } = await folk.beginPasskey();
    return goOn(await folk.signInByPasskey(await usePasskey(options)), wanted);
  });
  return html`<section class="way-in"><${Logo} size=${56} /><${Title}>Sign in<//>
    <p class="lead">Your diary is yours alone, so Patella asks who is there.</p>
    ${hasPasskeys()
      && html`<p>
        <button class="main" disabled=${busy} onClick=${byPasskey}>
          <span class="dot"></span>Sign in with a passkey</button></p>
        <p class="small">Or with your password:</p>`}
    <${Form} onSubmit=${signIn}>
      <${Field} label="Your sign-in name" value=${handle} onInput=${setHandle} autocomplete="username"
        autocapitalize="none" spellcheck="false" required maxlength="200" />
      <${Password} label="Password" value=${password} onInput=${setPassword} autocomplete="current-password" />
      <${Problem} text=${error} />
      <p><button class=${hasPasskeys() ? "second" : "main"} type="submit" disabled=${busy}>Sign in</button></p>
    <//>
    <p class="small">Forgot your password, lost your passkey, or never had either? Ask whoever runs this Patella for a link.</p></section>`;
}
