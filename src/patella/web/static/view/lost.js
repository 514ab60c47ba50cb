// What an address shows that there is not.
import { html } from "/static/ui/html.js";
import { Title } from "/static/ui/parts.js";

export const View = () =>
  html`<section class="hello"><${Title}>There is nothing at this address.<//>
    <a class="main" href="/today"><span class="dot"></span>To today</a></section>`;
