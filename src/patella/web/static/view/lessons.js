// Why knees hurt: all lessons, and each on a page of its own.
import { api } from "/static/app/api.js";
import { dayWords } from "/static/app/days.js";
import { html } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Waiting } from "/static/ui/load.js";
import { Icon, Title } from "/static/ui/parts.js";
import { Words } from "/static/view/lesson.js";

/** @param {{id: string|null}} props */
export function View({ id }) {
  const asked = useLoad(api.lessons, []);
  if (!asked.data) return html`<${Waiting} ...${asked} />`;
  const { lessons } = asked.data;
  const at = lessons.findIndex((e) => e.id === id);
  if (id === null) return html`<${Every} ...${asked.data} />`;
  if (at < 0) return html`<section class="hello"><${Title}>There is no such lesson.<//>
    <a class="main" href="/lessons"><span class="dot"></span>All lessons</a></section>`;
  return html`<${One} ...${asked.data} lesson=${lessons[at]} before=${lessons[at - 1]} after=${lessons[at + 1]}
    again=${asked.again} />`;
}

/** @param {any} lesson */
const readWords = (lesson) => `Read on ${dayWords(lesson.read_on, { day: "numeric", month: "long" })}`;

/** @param {any} props */
function Every({ lessons, today, clearance_text: first }) {
  const read = lessons.filter((e) => e.read_on).length;
  return html`<div class="lessons"><p><a class="back" href="/library"><${Icon} of="left" size=${18} />Exercises</a></p>
    <${Title}>Why knees hurt<//>
    <p class="lead">One idea a day, half a minute each. ${read ? `You have read ${read} of ${lessons.length}.`
      : "They come one by one on today’s page, or read what you like."}</p>
    ${first && html`<p class="note">${first}</p>`}
    <ol class="shelf-of-lessons">
      ${lessons.map((e) => html`<li key=${e.id}><a href=${`/lessons/${e.id}`}><b>${e.title}</b>
      <span>${[e.id === today && "Today’s",
        e.read_on && readWords(e)].filter(Boolean).join(". ")}</span></a></li>`)}</ol></div>`;
}

/** @param {any} props */
function One({ lesson, sources, before, after, clearance_text: first, again }) {
  return html`<article class="lessons">
    <p><a class="back" href="/lessons"><${Icon} of="left" size=${18} />Why knees hurt</a></p>
    ${first && html`<p class="note">${first}</p>`}
    ${lesson.wait && html`<p class="note"><b>Not for now.</b> ${lesson.wait}</p>`}
    <${Title}>${lesson.title}<//>
    <${Words} lesson=${lesson} sources=${sources} done=${lesson.read_on !== null} onRead=${again}>
      ${lesson.read_on && html`<span class="small" role="status">${readWords(lesson)}</span>`}<//>
    <nav class="others" aria-label="Other lessons">
      ${before && html`<a href=${`/lessons/${before.id}`}>${before.title}</a>`}
      ${after && html`<a href=${`/lessons/${after.id}`}>${after.title}</a>`}</nav></article>`;
}
