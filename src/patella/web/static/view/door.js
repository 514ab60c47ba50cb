// How a browser gets in that is not known any more: the same words as in door.html, which a bookmark gets. A phone
// types a code, in the page that stands at every address for whom nobody knows.
import { lastAccount } from "/static/app/account.js";
import { FAR } from "/static/app/transport.js";
import { html } from "/static/ui/html.js";
import { Logo, Title } from "/static/ui/parts.js";

export const View = () => (lastAccount() ? Out() : FAR ? There() : Here());

const Out = () => html`<section class="way-in" role="alert"><${Logo} size=${56} />
  <${Title}>Sign in again<//>
  <p class="lead">This browser is signed out.</p>
  <p>Nothing you did here is lost: what is not saved yet waits, and is saved once you are in again.</p>
  <p><button class="main" onClick=${() => location.reload()}>Sign in</button></p></section>`;

const There = () => html`<section class="way-in" role="alert"><${Logo} size=${56} />
  <${Title}>Let this phone in<//>
  <p class="lead">Your computer does not know this phone any more. Type <kbd>patella devices --add</kbd> in a terminal there, and it shows a code.</p>
  <p>Nothing you did here is lost: what is not saved yet waits on this phone, and is saved once it is let in.</p>
  <p><button class="main" onClick=${() => location.reload()}>Type the code</button></p></section>`;

const Here = () => html`<section class="way-in" role="alert"><${Logo} size=${56} />
  <${Title}>Let this browser in<//>
  <p class="lead">Your diary is yours alone, so Patella asks who is there. It does not know this browser.</p>
  <ol><li>Open a terminal on this computer.</li>
    <li>Type <kbd>patella</kbd> and press Enter. Your browser opens and is let in.</li></ol>
  <p>For another browser, <kbd>patella link</kbd> prints a link to open there. Each link works once, within ten minutes. After that, Patella knows the browser.</p>
  <p>Nothing you did here is lost: what is not saved yet waits, and this page goes on by itself.</p></section>`;
