// What was found in a film: a picture of it, the curve of its reps, each of them in a row, and a way to keep its sets.
import { plain, plural } from "/static/app/words.js";
import { Curve } from "/static/ui/curve.js";
import { html, useState } from "/static/ui/html.js";
import { faultWords } from "/static/ui/plot.js";
import { Still } from "/static/ui/still.js";
import { Keep } from "/static/view/kept.js";

/** @typedef {import("../app/types.js").Film} Film */
/** @typedef {{n: number, side: string, start_s: number, peak_s: number, end_s: number, far: number, cells: string[], change: string[], astray: boolean, untold?: boolean}} Row */

/** @param {{found: import("./film.js").Found}} props */
export function Filmed({ found }) {
  const { film, video, frames } = found;
  const rows = rowsOf(film);
  const [chosen,
    choose] = useState(() => rows.reduce((best, row) => (row.far > best.far ? row : best), rows[0])?.n ?? 0);
  const row = rows.find((one) => one.n === chosen);
  const seen = `Seen well ${Math.round(film.seen_fraction * 100)} % of the time.`;
  return html`<div data-testid="film-result" data-reps=${film.reps.length}>
    <div role="status"><p class="lead">${leadOf(film, rows)}</p>
      ${film.tempo && rows.length > 0 && html`<p>${tempoOf(film)}</p>`}</div>
    ${row ? html`<div class="filmed">
        <figure class="picture">
          <${Still} video=${video} frames=${frames} t_s=${row.peak_s} side=${row.side}
            label=${`A still of your film: ${kindOf(film)} ${chosen} at its furthest, ${clock(row.peak_s)} in, with the lines of your body over it`} />
          <figcaption class="small">
            ${capitalKind(film)} ${chosen} at its furthest, ${clock(row.peak_s)}. It stays in this page.
          </figcaption></figure>
        ${film.curve
          && html`<${Curve} curve=${film.curve} ones=${rows} chosen=${chosen} onChoose=${choose}
            label=${`${film.curve.name} over time. ${leadOf(film, rows)} The table has each of them.`} />`}
        <${Table} film=${film} rows=${rows} chosen=${chosen} choose=${choose} />
      </div>` : html`<p>There is nothing to keep.</p>`}
    <${Missed} film=${film} />
    <p class="small">${seen}${film.short ? ` ${plural(film.short, "smaller movement")} not counted.` : ""}
      ${row && film.tempo ? ` ${film.timed_short}` : ""}</p>
    ${row && html`<${Keep} found=${found} />`}</div>`;
}

/** What was under way and is not counted, and all that stood in the way. @param {{film: Film}} props */
function Missed({ film }) {
  const { lost, in_the_way } = film;
  return html`${lost.length > 0
    && html`<h3>Not counted</h3>
      <ul data-testid="film-lost">
        ${lost.map((one) => html`<li key=${one.start_s}>At ${clock(one.start_s)}: ${one.why}.</li>`)}</ul>`}
    ${in_the_way.length > 0
      && html`<h3>What got in the way</h3>
        <ul data-testid="film-reasons">
          ${in_the_way.map((way) => html`<li key=${way.title}>${way.title}. ${way.says}</li>`)}</ul>`}`;
}

/** @param {Film} film */
const kindOf = (film) => (film.reps.length ? "rep" : "hold");
/** @param {Film} film */
const capitalKind = (film) => (film.reps.length ? "Rep" : "Hold");

/** @param {Film} film @param {Row[]} rows */
function leadOf(film, rows) {
  if (!rows.length) return "Nothing was counted in this film.";
  const astray = rows.filter((row) => row.astray).length;
  const count = film.reps.length ? plural(rows.length, "rep")
    : `${plural(rows.length,
      "hold")}, ${plain(Math.round(film.holds.reduce((sum, h) => sum + h.seconds, 0)))} s in all`;
  const untold = rows.filter((row) => row.untold).length;
  const which = untold === rows.length ? "they were" : untold > 1 ? `${untold} of them were` : "one of them was";
  const form = untold ? ` How well ${which} done cannot be told from where the camera stood.` : "";
  if (!astray) return form ? `${count}.${form}` : `${count}. All as it should be.`;
  return `${count}.${form} Something to change in ${astray === rows.length && astray > 1 ? "each" : astray}.`;
}

/** The tempo asked, and what it was on average. @param {Film} film */
function tempoOf({ tempo, reps }) {
  if (!tempo) return "";
  const mean = (way) => (reps.reduce((sum, rep) => sum + rep[way], 0) / reps.length).toFixed(1);
  const hold = tempo.hold_s ? `, hold ${plain(tempo.hold_s)}` : "";
  const fast = reps.filter((rep) => rep.pace.length).length;
  const asked = `Asked: ${tempo.out} for ${plain(tempo.up_s)} s${hold}, ${tempo.back} for ${plain(tempo.down_s)}.`;
  const told = `${asked} On average you took ${mean("up_s")} s and ${mean("down_s")} s.`;
  return fast ? `${told} Too fast in ${fast} of ${reps.length}.` : told;
}

/** @param {Film} film @returns {Row[]} */
function rowsOf({ reps, holds, curve }) {
  const far = (range) => (!range ? "?" : curve?.unit === "degrees" ? `${Math.round(range)}°` : range.toFixed(2));
  if (reps.length) {
    return reps.map((rep) => {
      const change = [...rep.faults.map(faultWords), ...rep.pace];
      return { ...rep, far: rep.range_deg,
        cells: [far(rep.range_deg), `${rep.up_s.toFixed(1)} s`, `${rep.down_s.toFixed(1)} s`], change,
        astray: change.length > 0, untold: !rep.judged };
    });
  }
  return holds.map((hold, i) => {
    const change = hold.faults.map(faultWords);
    return { n: i + 1, side: hold.side, start_s: hold.start_s, peak_s: (hold.start_s + hold.end_s) / 2, end_s: hold.end_s,
      far: hold.seconds, cells: [`${hold.seconds.toFixed(1)} s`], change, astray: change.length > 0 };
  });
}

/** @param {number} seconds */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** @param {{film: Film, rows: Row[], chosen: number, choose: (n: number) => void}} props */
function Table({ film, rows, chosen, choose }) {
  const { tempo } = film;
  const way = (words, asked_s) =>
    html`<th scope="col">${words[0].toUpperCase()}${words.slice(1)}
      ${asked_s ? html` <small>asked ${plain(asked_s)}</small>` : ""}</th>`;
  const heads = film.reps.length
    ? html`<th scope="col">How far</th>${way(tempo?.out ?? "there", tempo?.up_s)}
      ${way(tempo?.back ?? "back", tempo?.down_s)}`
    : html`<th scope="col">Held</th>`;
  return html`<table class="each">
    <caption class="hidden">
      ${film.reps.length ? "Each rep" : "Each hold"}, with a button that shows it in the picture</caption>
    <thead><tr><th scope="col">${capitalKind(film)}</th><th scope="col" class="at">At</th>${heads}
      <th scope="col">To change</th></tr></thead>
    <tbody>${rows.map((row) =>
      html`<tr key=${row.n}>
        <th scope="row">
          <button class="choice" aria-pressed=${row.n === chosen}
            aria-label=${`${capitalKind(film)} ${row.n}, at ${clock(row.start_s)}: show it`}
            onClick=${() => choose(row.n)}>
            ${row.n}</button></th>
      <td class="at">${clock(row.start_s)}</td>${row.cells.map((cell, i) => html`<td key=${i}>${cell}</td>`)}
      <td>${row.change.length ? row.change.map((words) => html`<div key=${words}>${words}</div>`)
        : row.untold ? "?" : "Nothing"}</td></tr>`)}</tbody></table>`;
}
