// The handout to hang up and tick with a pen; what it says comes from Python.
import { at, query } from "/static/app/server.js";
import { html } from "/static/ui/html.js";
import { Logo } from "/static/ui/parts.js";

const LINES = 6;
const SIGNS = { green: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", amber: "M8 1.2 15.4 14.6H.6z",
  red: "M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" };

/** @param {{told: any}} props */
export function Handout({ told }) {
  const { frame, cards } = told;
  return html`<header class="masthead"><${Logo} size=${48} /><h1>${told.title}</h1>
    <p>${frame.day}<br />${told.facts}</p></header>
    <div class=${told.call ? "opening call" : "opening"}>${told.call && html`<p><b>${told.call}.</b></p>`}
      <p>${told.lead.join(" ")}</p></div>
    ${cards.length > 0
      && html`<ol class="cards">${cards.map((c) => html`<${Card} key=${c.exercise_id} card=${c} />`)}</ol>
      ${told.left_out.length > 0
        && html`<section class="whole"><h2>Not for now</h2>
          ${told.left_out.map((l) => html`<p key=${l.name}><b>${l.name}.</b> ${l.why}</p>`)}</section>`}
      <${PainRule} frame=${frame} /><${Week} frame=${frame} cards=${cards} />`}
    <section class="whole stop"><h2><${Sign} colour="red" />Stop, and ask for help</h2>
      <ul>${frame.stop_rules.map((s) => html`<li key=${s}>${s}</li>`)}</ul><p><b>${frame.stop_now}</b></p></section>
    ${told.reading
      && html`<section class="whole opening call"><h2>${told.reading.title}</h2>
        ${told.reading.text.map((p) => html`<p key=${p}>${p}</p>`)}</section>`}
    ${told.notes
      && html`<section class="whole notes"><h2>Notes</h2><p>${told.notes}</p>
        ${Array.from({ length: LINES }, (_, n) => html`<hr key=${n} />`)}</section>`}
    <footer>${frame.small_print}. Patella, ${frame.day}.</footer>`;
}

/** @param {{colour: string}} props told apart by its shape, not by its colour alone */
const Sign = ({ colour }) =>
  html`<svg class="sign ${colour}" width="22" height="22" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${SIGNS[/** @type {"red"} */ (colour)]} /></svg>`;

/** @param {{card: any}} props */
const Card = ({ card: c }) => html`<li class="whole"><h2><b>${c.number}</b>${c.name}</h2>
  <p><b>${c.dose}</b>${c.tag && html` <span class="tag">${c.tag}</span>`}</p>
  <div class=${c.mirrored ? "stills mirrored" : "stills"}>
    <${Still} id=${c.exercise_id} which="start" alt=${c.figure_says} />
    <${Still} id=${c.exercise_id} which="end" alt="" /></div>
  <ol class="steps">${c.steps.map((s) => html`<li key=${s}>${s}</li>`)}</ol>
  <p class="gear">${c.gear}</p>
  <p class="care"><${Sign} colour="amber" /><span>${c.note && html`<b>${c.note} </b>`}${c.caution}</span></p></li>`;

/**
 * The rendered still, else the drawing that Python makes.
 * @param {{id: string, which: "start"|"end", alt: string}} props
 */
function Still({ id, which, alt }) {
  const drawn = (/** @type {any} */ event) => {
    event.currentTarget.onerror = null;
    event.currentTarget.src = new URL(`api/exercises/${at(id)}/drawing.svg${query({ still: which })}`,
      document.baseURI).href;
  };
  return html`<img src=${`/static/figures/${at(id)}-${which}.webp`} alt=${alt} onError=${drawn} />`;
}

/** @param {{frame: any}} props */
const PainRule = ({ frame }) =>
  html`<section class="whole pain"><h2>How much may it hurt? From 0, none, to 10, the worst</h2>
  <ul>${frame.pain_rule.map((l) =>
    html`<li key=${l.colour}><${Sign} colour=${l.colour} />
      <p><b>${l.span.replace(" to ", "–")} ${l.do}</b><br />${l.how}</p></li>`)}</ul>
  <p>${frame.pain_after}</p></section>`;

/** @param {{frame: any, cards: any[]}} props */
const Week = ({ frame, cards }) =>
  html`<section class="week" tabindex="0" role="region" aria-label="Your week"><h2>Your week</h2>
    <p>Tick a box for each set. Write pain as a number, 0 to 10.</p>
  <table><thead><tr><td></td>${frame.week.map((d) => html`<th key=${d} scope="col">${d}</th>`)}</tr></thead><tbody>
    ${cards.map((c) =>
      html`<tr key=${c.exercise_id}><th scope="row"><b>${c.number}</b> ${c.name} <small>${c.rhythm}</small></th>
        ${frame.week.map((d) =>
          html`<td key=${d}>
            ${Array.from({ length: c.ticks }, (_, n) => html`<i key=${n} class="tick"></i>`)}</td>`)}</tr>`)}
    ${frame.moments.map((m) =>
      html`<tr key=${m}><th scope="row">Pain: ${m.toLowerCase()} <small>0–10</small></th>
        ${frame.week.map((d) => html`<td key=${d}></td>`)}</tr>`)}
  </tbody></table></section>`;
