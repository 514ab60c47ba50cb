// Who looked at a diary: by day and person in a sentence, and each look for who wants to know.
import { DAY, folk, MOMENT } from "/static/people/folk.js";
import { html, useState } from "/static/ui/html.js";
import { Problem, useTry } from "/static/ui/load.js";

const SEEN = { plan: "your plan", sessions: "your training", pain: "your pain", running: "your runs",
  report: "your report", programme: "your programme" };
const PARTS = Object.keys(SEEN);
const listed = (words) => new Intl.ListFormat("en-GB").format(words);
/** Parts of a diary in words, in the order of the switches. @param {Iterable<string>} parts */
const told = (parts) => listed([...parts].sort((a, b) => PARTS.indexOf(a) - PARTS.indexOf(b)).map((p) => SEEN[p] ?? p));
const hour = (at) => MOMENT.format(new Date(at)).split(", ").pop() ?? "";

/** @param {{first: any}} props */
export function Looks({ first }) {
  const [older, setOlder] = useState(/** @type {any} */ (null));
  const { busy, error, attempt } = useTry();
  const looks = [...first.looks, ...(older?.looks ?? [])];
  const more = older ? older.more : first.more;
  const ask = () => attempt(async () => {
    const found = await folk.sharing(new Date(more).getTime() / 1000);
    setOlder({ looks: [...(older?.looks ?? []), ...found.looks], more: found.more });
  });
  return html`<section><h2>Who looked</h2>
    ${looks.length === 0 ? html`<p>Nobody has looked at your diary.</p>`
      : days(looks).map(([day, people]) => html`<div key=${day} class="looks"><h3>${day}</h3>
      <ul>${people.map(([name, hours]) => html`<${OneDay} key=${name} name=${name} hours=${hours} />`)}</ul></div>`)}
    ${more && html`<p><button class="plain" disabled=${busy} onClick=${ask}>Earlier looks</button></p>`}
    <${Problem} text=${error} /></section>`;
}

/** @param {{name: string, hours: [string, Set<string>][]}} props the latest first */
const OneDay = ({ name, hours }) =>
  html`<li><b>${name}</b> looked at ${told(new Set(hours.flatMap(([, parts]) => [...parts])))}<br />
  ${hours.length === 1 ? html`<small>at ${hours[0][0]}</small>`
    : html`<details><summary><small>between ${hours[hours.length - 1][0]} and ${hours[0][0]}</small></summary>
    <ul>${hours.map(([at, parts]) =>
      html`<li key=${at}><small>${at}: ${told(parts)}</small></li>`)}</ul></details>`}</li>`;

/**
 * Looks by day, person and minute, the latest first.
 * @param {{name: string, what: string, at: string}[]} looks
 * @returns {[string, [string, [string, Set<string>][]][]][]}
 */
function days(looks) {
  /** @type {Map<string, Map<string, Map<string, Set<string>>>>} */
  const found = new Map();
  const within = (map, key, made) => map.get(key) ?? map.set(key, made()).get(key);
  for (const { name, what, at } of looks) {
    const people = within(found, DAY.format(new Date(at)), () => new Map());
    within(within(people, name, () => new Map()), hour(at), () => new Set()).add(what);
  }
  return [...found].map(([day, people]) =>
    [day, [...people].map(([name, hours]) => /** @type {[string, [string, Set<string>][]]} */ ([name, [...hours]]))]);
}
