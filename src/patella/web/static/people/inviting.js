// What every page that invites is made of: the link to hand over, and who has not come yet.
import { when } from "/static/people/folk.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";

export const ROLES = { runner: "Runner", physiotherapist: "Physiotherapist", administrator: "Administrator" };

/** A link to hand over, and whom to. @param {{link: string, to: string}} props */
export function Link({ link, to }) {
  const [said, say] = useState("");
  if (!link) return null;
  const copy = () =>
    navigator.clipboard.writeText(link).then(() => say("Copied."), () => say("Copy it by hand, please."));
  return html`<div class="note" role="status">
    <p>Hand this link to ${to} yourself. It works once, within seven days, and is not shown again.</p>
    <p class="link"><code>${link}</code></p>
    <p class="row"><button class="second" onClick=${copy}>Copy the link</button>
      <span class="small">${said}</span></p></div>`;
}

/**
 * Who is invited, and taking it back.
 * @param {{invitations: {id: number, name: string, role: string, physiotherapist: string|null, back: string|null, until: string}[], withdraw: (id: number) => Promise<any>, set: (data: any) => void}} props
 */
export const Invited = ({ invitations, ...how }) => invitations.length > 0
  && html`<section><h2>Invited</h2>
    <ul class="devices">${invitations.map((i) => html`<${One} key=${i.id} ...${i} ...${how} />`)}</ul></section>`;

/** @param {any} props */
function One({ id, name, role, physiotherapist, back, until, withdraw, set }) {
  const { busy, error, attempt } = useTry();
  const whom = physiotherapist ? `${ROLES[role]}, for ${physiotherapist}` : ROLES[role];
  return html`<li>
    <div class="row spaced">
      <span><b>${name}</b><br /><small>${back ? `A way back in for ${back}` : whom}, until ${when(until)}</small></span>
    <button class="plain" disabled=${busy} aria-label=${`Withdraw the invitation of ${name}`}
      onClick=${() => attempt(async () => set(await withdraw(id)))}>Withdraw</button></div>
    <${Problem} text=${error} /></li>`;
}
