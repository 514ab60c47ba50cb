// How a browser gets in that is not known any more: the same words as in door.html, which a bookmark gets.
import { html } from "/static/ui/html.js";
import { Logo, Title } from "/static/ui/parts.js";

export const View = () => html`<section class="way-in" role="alert"><${Logo} size=${56} />
  <${Title}>Let this browser in<//>
  <p class="lead">Your diary is yours alone, so Patella asks who is there. It does not know this browser.</p>
  <ol><li>Open a terminal on this computer.</li><li>Type <kbd>patella</kbd> and press Enter. Your browser opens and is let in.</li></ol>
  <p>For another browser, <kbd>patella link</kbd> prints a link to open there. Each link works once, within ten minutes. After that, Patella knows the browser.</p>
  <p>Nothing you did here is lost: what is not saved yet waits, and this page goes on by itself.</p></section>`;
