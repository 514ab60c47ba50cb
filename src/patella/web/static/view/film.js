// A film of one's own, looked at in the page by the same worker and the same coach: no upload, only landmarks travel.
import { api } from "/static/app/api.js";
import { SERVED } from "/static/app/served.js";
import { Eye } from "/static/live/eye.js";
import { markOf } from "/static/live/mark.js";
import { closed, opened } from "/static/live/recorded.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { asError, Problem } from "/static/ui/load.js";

const EVERY_S = 1 / 15;
const LONGEST_S = 20 * 60;

/** @typedef {import("../live/eye.js").Frame} Frame */
/** @typedef {{film: import("../app/types.js").Film, video: HTMLVideoElement, frames: Frame[], mark: string, day: string}} Found */

class FilmError extends Error {}

/**
 * Look at a whole film. The video stays open, for its stills. @param {File} file @param {string} exercise
 * @param {(share: number) => void} tell @param {{stopped: boolean}} wish @returns {Promise<Found>}
 */
async function analyse(file, exercise, tell, wish) {
  const video = await opened(file).catch(() => {
    throw new FilmError("This browser cannot play that film. An MP4 from a phone usually works.");
  });
  try {
    if (!(video.duration <= LONGEST_S)) throw new FilmError("This film is longer than twenty minutes. Cut out the set and take that.");
    const frames = await framesIn(video, tell, wish);
    const mark = await markOf(file);
    const film = await api.film(exercise, mark, new Blob(frames.map((frame) => frame.bytes)));
    return { film, video, frames, mark, day: dayOf(file) };
  } catch (problem) {
    closed(video);
    throw problem;
  }
}

/** @param {HTMLVideoElement} video @param {(share: number) => void} tell @param {{stopped: boolean}} wish */
async function framesIn(video, tell, wish) {
  /** @type {Frame[]} */
  const frames = [];
  const eye = await ready((frame) => frames.push(frame));
  try {
    for (let t_s = 0; t_s < video.duration && !wish.stopped; t_s += EVERY_S) {
      await seek(video, t_s);
      await eye.study(video, t_s + 0.001);
      tell(t_s / video.duration);
    }
  } finally {
    eye.close();
  }
  return frames;
}

/** The day the file was last written, as the best guess at the day of the film. @param {File} file */
function dayOf(file) {
  const day = new Date(file.lastModified);
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** @param {(frame: Frame) => void} onFrame @returns {Promise<Eye>} */
function ready(onFrame) {
  return new Promise((resolve, reject) => {
    const eye = new Eye(onFrame, (state) => {
      if (state === "no-parts") reject(new FilmError("What looks at films is not here yet: it is fetched once, with a network. Then try again."));
      else if (state === "no-model") reject(new FilmError(`This browser cannot look at films. ${SERVED
        ? "In the terminal, “patella analyze” can."
        : "Patella on a computer can: “patella analyze”, in its terminal."}`));
      else if (!eye.frames) resolve(eye);
    });
  });
}

/** @param {HTMLVideoElement} video @param {number} t_s */
function seek(video, t_s) {
  return new Promise((done) => {
    video.onseeked = () => done(undefined);
    video.currentTime = t_s;
  });
}

/** @param {{exercise: {id: string, name: string, camera: {counts: string}}}} props */
export function FilmCheck({ exercise }) {
  const file = useRef(/** @type {HTMLInputElement|null} */ (null));
  const open = useRef(/** @type {HTMLVideoElement|null} */ (null));
  const [share, setShare] = useState(/** @type {number|null} */ (null));
  const [found, setFound] = useState(/** @type {Found|null} */ (null));
  const [Filmed, show] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {string|null} */ (null));
  const wish = useRef({ stopped: false, gone: false });
  const shut = () => { if (open.current) closed(open.current); open.current = null; };
  useEffect(() => () => { wish.current.stopped = true; wish.current.gone = true; shut(); }, []);
  const take = async (event) => {
    const [chosen] = event.currentTarget.files;
    event.currentTarget.value = "";
    if (!chosen) return;
    const mine = { stopped: false, gone: false };
    wish.current = mine;
    [setFound, setError].forEach((set) => set(null));
    shut();
    setShare(0);
    try {
      const code = await import("/static/view/filmed.js"); // what shows it is fetched for who has a film
      show(() => code.Filmed);
      const answer = await analyse(chosen, exercise.id, setShare, mine);
      if (mine.gone) return closed(answer.video);
      open.current = answer.video;
      setFound(answer);
    } catch (problem) {
      setError(problem instanceof FilmError ? problem.message : asError(problem).sentence);
    }
    setShare(null);
  };
  return html`<section class="film-check"><h2>A film of yours</h2>
    <p class="small">Film a set from where the camera would stand. It is looked at in this page and goes nowhere.</p>
    ${share === null
      ? html`<button class="second" onClick=${() => file.current?.click()}>
        ${found ? "Choose another film" : "Choose a film"}</button>`
      : html`<div class="row"><progress max="1" value=${share} aria-label="Looking at the film"></progress>
        <span>${Math.round(share * 100)} %</span>
        <button class="plain" onClick=${() => { wish.current.stopped = true; }}>Stop</button></div>`}
    <input ref=${file} type="file" class="hidden" data-testid="film-file" accept="video/*"
      aria-label="A film from this device" tabindex="-1" onChange=${take} />
    <${Problem} text=${error} />
    ${found && Filmed && html`<${Filmed} key=${found.mark} found=${found} />`}
  </section>`;
}
