// A lesson: half a minute on why knees hurt. On today as a card, and on a page of its own.
import { api } from "/static/app/api.js";
import { freshId } from "/static/app/clock.js";
import { cited, Sources } from "/static/ui/cited.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { useLoad } from "/static/ui/asked.js";
import { Problem, useTry } from "/static/ui/load.js";
import { Icon } from "/static/ui/parts.js";

/**
 * The sources of one lesson, in the order in which it cites them.
 * @param {any} lesson
 * @param {Object<string, any>} all
 */
export const sourcesOf = (lesson, all) => Object.fromEntries(lesson.cited.map((id) => [id, all[id]]));

/**
 * The words of a lesson with its sources folded, and a tap that says it was read.
 * @param {{lesson: any, sources: Object<string, any>, done: boolean, onRead: () => void, children?: any}} props
 */
export function Words({ lesson, sources, done, onRead, children }) {
  const { busy, error, attempt } = useTry();
  const [id] = useState(freshId);
  const own = sourcesOf(lesson, sources);
  const read = () => attempt(async () => { await api.readLesson(lesson.id, id); onRead(); });
  return html`<div class="lesson-words">${cited(lesson.text, own)}<${Sources} sources=${own} />
    <div class="row">
      ${!done && html`<button class="second" data-testid="lesson-read" disabled=${busy} onClick=${read}>Done</button>`}
      ${children}</div>
    <${Problem} text=${error} /></div>`;
}

/** Today's lesson, folded until it is wanted. Where there is none, or it cannot be had, there is no card. */
export function LessonCard() {
  const { data, set } = useLoad(api.lesson, []);
  const [justRead, mark] = useState(false);
  const fold = useRef(/** @type {HTMLDetailsElement|null} */ (null));
  useEffect(() => { if (justRead) fold.current?.querySelector("summary")?.focus(); }, [justRead]);
  if (!data?.lesson) return null;
  const { lesson, sources, read } = data;
  const done = () => {
    if (fold.current) fold.current.open = false;
    set({ ...data, read: true });
    mark(true);
  };
  return html`<section class="card lesson" data-testid="lesson" aria-label="Today’s lesson">
    <details ref=${fold}>
      <summary>
        <span><span class="eyebrow">${read ? html`<${Icon} of="check" size=${18} />Read today` : "Half a minute"}</span>
          <b>${lesson.title}</b></span></summary>
      <${Words} key=${lesson.id} lesson=${lesson} sources=${sources} done=${read} onRead=${done}>
        <a class="plain" href="/lessons">All lessons</a><//></details>
    <p class="hidden" role="status">${justRead ? "Read. Tomorrow brings the next one." : ""}</p></section>`;
}
