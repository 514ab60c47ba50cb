// The library: every exercise, how it is done, and what the evidence says.
import { api } from "/static/app/api.js";
import { catalogue } from "/static/app/settings.js";
import { footWords } from "/static/app/doses.js";
import { capital, plain, plural } from "/static/app/words.js";
import { cited, Sources } from "/static/ui/cited.js";
import { Figure } from "/static/ui/figure.js";
import { html, useEffect, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { useSettings, Waiting } from "/static/ui/load.js";
import { Icon, Title } from "/static/ui/parts.js";

const SHELVES = [
  ["routine", "The six", "The routine itself, in its order."], ["rolling", "Rolling", "Foam roller and tennis ball."],
  ["hips", "Hips", "Strong hips help sore knees."], ["stretch", "Stretching", ""],
  ["neighbour", "Neighbours", "Easier and harder steps, and what stands in when something is missing."],
];

/** @param {{id: string|null}} props */
export function View({ id }) {
  return id ? html`<${One} key=${id} id=${id} />` : html`<${Shelves} />`;
}

function Shelves() {
  const asked = useLoad(async () => [...(await catalogue()).values()], []);
  const { data } = asked;
  if (!data) return html`<${Waiting} ...${asked} />`;
  return html`<div class="library"><${Title}>Exercises<//>
    <p><a class="plain" href="/lessons"><${Icon} of="book" size=${20} />Why knees hurt: half a minute a day</a></p>
    ${SHELVES.map(([group, name, note]) => {
      const shelf = data.filter((e) => e.group === group);
      return shelf.length > 0
        && html`<section key=${group}><h2>${name}</h2>${note && html`<p class="small">${note}</p>`}
        <ul class="shelf">
          ${shelf.map((e) =>
            html`<li key=${e.id}>
              <a href=${`/library/${e.id}`}><${Figure} id=${e.id} />
                <b>${e.routine_number ? html`<i>${e.routine_number}</i>` : ""}${e.name}</b>
                <span>${rangeWords(e.dose)}</span></a></li>`)}</ul></section>`;
    })}</div>`;
}

/** @param {any} dose */
export function rangeWords(dose) {
  const sets = plural(dose.sets, "set");
  if (dose.reps) return `${sets} of ${dose.reps[0] === dose.reps[1] ? dose.reps[0]
    : `${dose.reps[0]} to ${dose.reps[1]}`} reps`;
  return (dose.holds ?? 1) > 1 ? `${sets} of ${dose.holds} × ${plain(dose.hold_s)} s`
    : `${sets} of ${plain(dose.hold_s)} s`;
}

/** Looking at films is fetched when there is something to look for. @param {{exercise: any}} props */
function FilmOf({ exercise }) {
  const [Check, set] = useState(/** @type {any} */ (null));
  useEffect(() => { import("/static/view/film.js").then((found) => set(() => found.FilmCheck), () => undefined); }, []);
  return Check && html`<${Check} exercise=${exercise} />`;
}

/** @param {{id: string}} props */
function One({ id }) {
  const asked = useLoad(() => api.exercise(id), [id]);
  const { one_leg, knees } = useSettings();
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const e = asked.data;
  const shut = e.today && !e.today.open;
  const why = shut
    && (e.today.clearance === "ok" ? e.today.because.map((r) => r.text).join(" ") : e.today.clearance_text);
  return html`<article class="exercise">
    <p><a class="back" href="/library"><${Icon} of="left" size=${18} />Exercises</a></p>
    <div class="hero">
      <${Figure} id=${id} text=${e.figure_text}
        side=${one_leg && e.sides === "each" && knees.length === 1 ? knees[0] : "both"} moving stops />
      <div><${Title}>${e.name}<//><p class="lead">${e.summary}</p>
        <p class="things">
          ${[`${rangeWords(e.dose)}${e.sides === "each" ? ", each leg" : ""}`, footWords(e.footwear),
            e.bare_legs ? "Bare legs" : null,
            e.level === "advanced" ? "Advanced"
              : null].filter(Boolean).map((t) => html`<span key=${t}>${t}</span>`)}</p>
        <${Things} things=${e.things} />
        ${shut ? html`<p class="note"><b>Not open today.</b> ${why}</p>`
          : html`<a class="second" href=${`/today?scope=one&only=${id}`}>
            <span class="dot"></span>Just this one, today</a>`}
      </div></div>
    <div class="columns">
      <section><h2>How</h2><ol>${e.how.map((h) => html`<li key=${h}>${h}</li>`)}</ol></section>
      <section><h2>What you feel</h2>${paragraphs(e.feel)}
        <h2>Common slips</h2><ul>${e.mistakes.map((m) => html`<li key=${m}>${m}</li>`)}</ul></section>
      <section><h2>Take care</h2><ul>${e.cautions.map((c) => html`<li key=${c}>${c}</li>`)}</ul></section>
      <section class="evidence"><h2>What the evidence says</h2>${cited(e.evidence.split("\n\n"), e.sources)}
        <${Sources} sources=${e.sources} open /></section>
      ${["reps", "hold"].includes(e.camera.counts) && html`<${FilmOf} exercise=${e} />`}
      <section><${Neighbours} head="Easier" list=${e.easier} />
        <${Neighbours} head="Harder" list=${e.harder} /></section>
    </div></article>`;
}

/** @param {{things: any[]}} props */
const Things = ({ things }) =>
  (things.length
    ? html`<ul class="needs">
      ${things.map((t) =>
        html`<li key=${t.id}>${capital(t.name)}
          ${t.instead.length ? html` <small>or ${t.instead.join(" or ")}</small>` : ""}</li>`)}</ul>`
    : null);

/** @param {string} text */
const paragraphs = (text) => text.split("\n\n").map((p) => html`<p key=${p}>${p}</p>`);

/** @param {{head: string, list: any[]}} props */
const Neighbours = ({ head, list }) =>
  (list.length
    ? html`<h2>${head}</h2>
      <ul class="near">${list.map((n) => html`<li key=${n.id}><a href=${`/library/${n.id}`}>${n.name}</a></li>`)}</ul>`
    : null);
