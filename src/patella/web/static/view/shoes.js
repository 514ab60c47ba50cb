// Shoes: their drop, how far they have gone, and when a new pair and a longer way come together.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { farWords } from "/static/app/distances.js";
import { dayWords } from "/static/app/days.js";
import { html, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry, Waiting } from "/static/ui/load.js";
import { Switch } from "/static/ui/fields.js";
import { Icon, Sheet, Title } from "/static/ui/parts.js";
import { Typed, typed } from "/static/ui/typed.js";

export function View() {
  const asked = useLoad(() => api.shoes(), []);
  const [open, setOpen] = useState(/** @type {any} */ (null));
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { shoes, warning } = asked.data;
  return html`<div class="shoes"><p><a class="back" href="/timeline"><${Icon} of="left" size=${18} />Timeline</a></p>
    <${Title}>Shoes<//>
    ${warning && html`<p class="note">${warning}</p>`}
    ${shoes.length === 0
      && html`<p class="lead">No shoes yet. An import brings in those that your running app knows.</p>`}
    <ul class="pairs">
      ${shoes.map((s) =>
        html`<li key=${s.id}>
          <div><h2>${s.name}</h2>
            <p>${dropWords(s)} · ${farWords(s.metres)}${s.usual ? " · worn unless said otherwise" : ""}</p>
            <p class="small">${useWords(s)}</p></div>
      <button class="second" aria-label=${`Change ${s.name}`} onClick=${() => setOpen(s)}>Change</button></li>`)}</ul>
    <button class="main" data-testid="add-shoe" onClick=${() => setOpen({})}>
      <span class="dot"></span>Add a pair</button>
    <${Measure} />
    ${open && html`<${Edit} key=${open.id} shoe=${open} onClose=${() => setOpen(null)} again=${asked.again} />`}
  </div>`;
}

/** @param {any} shoe */
const dropWords = (shoe) => (shoe.heel_drop_mm === null ? "Drop not known" : `${shoe.heel_drop_mm} mm drop`);

/** @param {any} shoe */
function useWords({ since, until, runs, last }) {
  const say = (/** @type {string} */ day) => dayWords(day, { day: "numeric", month: "short", year: "numeric" });
  const parts = [since && `from ${say(since)}`, until && `until ${say(until)}`, last && `last worn ${say(last)}`,
    `${runs} ${runs === 1 ? "run" : "runs"}`];
  const text = parts.filter(Boolean).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const Measure = () => html`<details class="measure"><summary>What is the drop, and how do I measure it?</summary>
  <p>The drop is how much higher the heel stands than the ball of the foot, inside the shoe. The maker’s page often says it. To measure:</p>
  <ol class="plainly"><li>Take the insole out and lay it back when done.</li>
    <li>Measure from the ground to the top of the sole inside, in the middle of the heel. One ruler against the inner wall and one outside are exact enough.</li>
    <li>Measure the same below the ball of the foot.</li><li>Heel minus ball is the drop.</li></ol>
  <p>Less drop asks more of the calf and Achilles tendon and less of the kneecap; more drop the other way round. Neither is wrong. Change over weeks, and not in the week of a longer run.</p></details>`;

/** @param {{shoe: any, onClose: () => void, again: () => void}} props */
function Edit({ shoe, onClose, again }) {
  const [said,
    set] = useState({ name: shoe.name ?? "", drop: shoe.heel_drop_mm?.toString() ?? "", since: shoe.since ?? "",
      until: shoe.until ?? "", usual: shoe.usual ?? false });
  const [id] = useState(freshId);
  const { busy, error, attempt } = useTry();
  const change = (/** @type {any} */ more) => set({ ...said, ...more });
  const save = () => attempt(async () => {
    const values = { name: said.name, heel_drop_mm: typed(said.drop), since: said.since || null,
      until: said.until || null, usual: said.usual };
    if (shoe.id) await api.changeShoe(shoe.id, id, values);
    else await api.addShoe({ id, ...values });
    again();
    onClose();
  });
  const remove = () => attempt(async () => { await api.undo(shoe.id, freshId()); again(); onClose(); });
  const date = (/** @type {"since"|"until"} */ key, /** @type {string} */ words) =>
    html`<label class="typed"><span>${words}</span>
      <input type="date" value=${said[key]} onChange=${(e) => change({ [key]: e.currentTarget.value })} /></label>`;
  return html`<${Sheet} label="Shoes" onClose=${onClose}><h2>${shoe.id ? "Change this pair" : "A new pair"}</h2>
    <div class="fields">
      <label class="typed"><span>Name</span>
        <input type="text" maxlength="80" autocomplete="off" data-testid="shoe-name" value=${said.name}
          onInput=${(e) => change({ name: e.currentTarget.value })} /></label>
    <${Typed} label="Drop" unit="mm" testid="shoe-drop" value=${said.drop} onChange=${(drop) => change({ drop })} />
    ${date("since", "In use from")}${date("until", "until")}</div>
    <${Switch} label="My usual pair" note="Worn on every run that does not say otherwise." on=${said.usual}
      onChange=${(usual) => change({ usual })} />
    <div class="row">
      <button class="main" data-testid="save-shoe" disabled=${busy || !said.name.trim()} onClick=${save}>
        <span class="dot"></span>Save</button>
      ${shoe.id && html`<button class="second" disabled=${busy} onClick=${remove}>Take it out</button>`}
      <button class="plain" onClick=${onClose}>Cancel</button></div>
      <${Problem} text=${error} /><//>`;
}
