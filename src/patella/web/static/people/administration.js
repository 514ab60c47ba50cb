// People, for an administrator: who has an account, who is invited, and letting in and out. Nothing of any diary.
import { folk, when } from "/static/people/folk.js";
import { Field, Form } from "/static/people/fields.js";
import { Invited, Link, ROLES } from "/static/people/inviting.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Pick } from "/static/ui/fields.js";
import { Title } from "/static/ui/parts.js";

/** @type {[string, string][]} */
const CHOICES = Object.entries(ROLES);

export function View() {
  const asked = useLoad(() => folk.people(), []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { accounts, invitations } = asked.data;
  return html`<div class="settings"><${Title}>People<//>
    <p class="lead">You let people in and out. You see nobody’s diary.</p>
    <${Invite} physiotherapists=${accounts.filter((a) => a.role === "physiotherapist")} again=${asked.again} />
    <${Invited} invitations=${invitations} withdraw=${folk.withdraw} set=${asked.set} />
    <section><h2>Accounts</h2>
      <ul class="devices">
        ${accounts.map((a) =>
          html`<${Account} key=${a.id} ...${a} set=${asked.set} again=${asked.again} />`)}</ul></section></div>`;
}

/** @param {{physiotherapists: any[], again: () => void}} props */
function Invite({ physiotherapists, again }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState("runner");
  const [offers, setOffers] = useState("");
  const [made, setMade] = useState({ link: "", to: "" });
  const { busy, error, attempt } = useTry();
  const invite = () => attempt(async () => {
    const said = { name, role, offers: role === "runner" && offers ? Number(offers) : null };
    setMade({ link: (await folk.invite(said)).link, to: name.trim() });
    setName("");
    again();
  });
  return html`<section><h2>Invite somebody</h2>
    ${physiotherapists.length === 0
      && html`<p>Begin with the physiotherapists, if there are any: then you can offer each runner to share with one of them.</p>`}
    <${Form} onSubmit=${invite}>
    <${Field} label="Their name" value=${name} onInput=${setName} autocomplete="off" required maxlength="80" />
    <${Pick} label="As what" options=${CHOICES} value=${role} onChange=${setRole} />
    ${role === "runner" && physiotherapists.length > 0
      && html`<div class="field"><label for="offers">Offer sharing with</label>
        <select id="offers" value=${offers} onChange=${(e) => setOffers(e.currentTarget.value)}>
          <option value="">Nobody</option>
          ${physiotherapists.map((p) => html`<option key=${p.id} value=${p.id}>${p.name}</option>`)}</select>
        <small>The runner is asked. Nothing is shared unless they say so.</small></div>`}
    <${Problem} text=${error} />
    <p><button class="main" type="submit" disabled=${busy}><span class="dot"></span>Make a link</button></p><//>
    <${Link} ...${made} /></section>`;
}

/** @param {{id: number, handle: string, name: string, role: string, made: string, shut: boolean, here: boolean, set: (data: any) => void, again: () => void}} props */
function Account({ id, handle, name, role, made, shut, here, set, again }) {
  const [link, setLink] = useState("");
  const { busy, error, attempt } = useTry();
  const [done, say] = useState("");
  const act = (what, said = {}, words = "Done.") =>
    attempt(async () => { say(""); set(await folk.act(id, what, said)); say(words); });
  const back = () => attempt(async () => { setLink((await folk.act(id, "way-back")).link); again(); });
  return html`<li>
    <span><b>${name}</b>${here ? " (you)" : ""}${shut && html` <em>shut out</em>`}<br />
      <small>${ROLES[role]}, signs in as ${handle}, since ${when(made)}</small></span>
    ${!here && html`<details><summary>Change<span class="hidden"> ${name}</span></summary>
      <p class="row"><button class="second" disabled=${busy} onClick=${back}>Make a way back in</button>
        <button class="second" disabled=${busy}
          onClick=${() => act("sign-out", {}, "Signed out everywhere.")}>Sign out everywhere</button>
      <button class="second" disabled=${busy}
        onClick=${() =>
          act(shut ? "reopen" : "shut", {},
            shut ? "They can come in again." : "Shut out. Their diary stays as it is.")}>
        ${shut ? "Let in again" : "Shut out"}</button>
      <span class="small" role="status">${done}</span></p>
      <div class="field"><label for=${`role-${id}`}>What they are here</label>
        <select id=${`role-${id}`} value=${role} disabled=${busy}
          onChange=${(e) => act("role", { role: e.currentTarget.value })}>
          ${CHOICES.map(([r, words]) => html`<option key=${r} value=${r}>${words}</option>`)}</select>
        <small>They sign in anew, and what was shared by or with them ends. A diary stays where it is.</small></div>
      <${Link} link=${link} to=${name} /></details>`}<${Problem} text=${error} /></li>`;
}
