// People, for an administrator: who has an account, who is invited, and letting in and out. Nothing of any diary.
import { folk, when } from "/static/people/folk.js";
import { Field, Form } from "/static/people/fields.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Pick } from "/static/ui/fields.js";
import { Title } from "/static/ui/parts.js";

/** @type {[string, string][]} */
const ROLES = [["runner", "Runner"], ["physiotherapist", "Physiotherapist"], ["administrator", "Administrator"]];
const WORDS = Object.fromEntries(ROLES);

export function View() {
  const asked = useLoad(() => folk.people(), []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { accounts, invitations } = asked.data;
  return html`<div class="settings"><${Title}>People<//><p class="lead">You let people in and out. You see nobody’s diary.</p>
    <${Invite} physiotherapists=${accounts.filter((a) => a.role === "physiotherapist")} again=${asked.again} />
    ${invitations.length > 0 && html`<section><h2>Invited</h2><ul class="devices">${invitations.map((i) => html`<${Invited} key=${i.id} ...${i} set=${asked.set} />`)}</ul></section>`}
    <section><h2>Accounts</h2><ul class="devices">${accounts.map((a) => html`<${Account} key=${a.id} ...${a} set=${asked.set} again=${asked.again} />`)}</ul></section></div>`;
}

/** @param {{physiotherapists: any[], again: () => void}} props */
function Invite({ physiotherapists, again }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState("runner");
  const [offers, setOffers] = useState("");
  const [link, setLink] = useState("");
  const { busy, error, attempt } = useTry();
  const invite = () => attempt(async () => {
    const said = { name, role, offers: role === "runner" && offers ? Number(offers) : null };
    setLink((await folk.invite(said)).link);
    setName("");
    again();
  });
  return html`<section><h2>Invite somebody</h2><${Form} onSubmit=${invite}>
    <${Field} label="Their name" value=${name} onInput=${setName} autocomplete="off" required maxlength="80" />
    <${Pick} label="As what" options=${ROLES} value=${role} onChange=${setRole} />
    ${role === "runner" && physiotherapists.length > 0 && html`<div class="field"><label for="offers">Offer sharing with</label><select id="offers" value=${offers} onChange=${(e) => setOffers(e.currentTarget.value)}><option value="">Nobody</option>${physiotherapists.map((p) => html`<option key=${p.id} value=${p.id}>${p.name}</option>`)}</select><small>They are asked. Nothing is shared unless they say so.</small></div>`}
    <${Problem} text=${error} /><p><button class="main" type="submit" disabled=${busy}><span class="dot"></span>Make a link</button></p><//>
    <${Link} link=${link} /></section>`;
}

/** A link to hand over. @param {{link: string}} props */
function Link({ link }) {
  const [said, say] = useState("");
  if (!link) return null;
  const copy = () => navigator.clipboard.writeText(link).then(() => say("Copied."), () => say("Copy it by hand, please."));
  return html`<div class="note" role="status"><p>Hand this link over yourself. It works once, within seven days, and is not shown again.</p><p class="link"><code>${link}</code></p>
    <p class="row"><button class="second" onClick=${copy}>Copy the link</button><span class="small">${said}</span></p></div>`;
}

/** @param {{id: number, name: string, role: string, physiotherapist: string|null, back: string|null, until: string, set: (data: any) => void}} props */
function Invited({ id, name, role, physiotherapist, back, until, set }) {
  const { busy, error, attempt } = useTry();
  return html`<li><div class="row spaced"><span><b>${name}</b><br /><small>${back ? `a new password for ${back}` : `${WORDS[role]}${physiotherapist ? `, for ${physiotherapist}` : ""}`}, until ${when(until)}</small></span>
    <button class="plain" disabled=${busy} aria-label=${`Withdraw the invitation of ${name}`} onClick=${() => attempt(async () => set(await folk.withdraw(id)))}>Withdraw</button></div><${Problem} text=${error} /></li>`;
}

/** @param {{id: number, handle: string, name: string, role: string, made: string, shut: boolean, here: boolean, set: (data: any) => void, again: () => void}} props */
function Account({ id, handle, name, role, made, shut, here, set, again }) {
  const [link, setLink] = useState("");
  const { busy, error, attempt } = useTry();
  const act = (what, said = {}) => attempt(async () => set(await folk.act(id, what, said)));
  const back = () => attempt(async () => { setLink((await folk.act(id, "way-back")).link); again(); });
  return html`<li><span><b>${name}</b>${here ? " (you)" : ""}${shut && html` <em>shut out</em>`}<br /><small>${WORDS[role]}, signs in as ${handle}, since ${when(made)}</small></span>
    ${!here && html`<details><summary>Change<span class="hidden"> ${name}</span></summary>
      <p class="row"><button class="second" disabled=${busy} onClick=${back}>New password link</button><button class="second" disabled=${busy} onClick=${() => act("sign-out")}>Sign out everywhere</button>
      <button class="second" disabled=${busy} onClick=${() => act(shut ? "reopen" : "shut")}>${shut ? "Let in again" : "Shut out"}</button></p>
      <div class="field"><label for=${`role-${id}`}>Is a</label><select id=${`role-${id}`} value=${role} disabled=${busy} onChange=${(e) => act("role", { role: e.currentTarget.value })}>${ROLES.map(([r, words]) => html`<option key=${r} value=${r}>${words}</option>`)}</select><small>They sign in anew, and what was shared by or with them ends. A diary stays where it is.</small></div>
      <${Link} link=${link} /></details>`}<${Problem} text=${error} /></li>`;
}
