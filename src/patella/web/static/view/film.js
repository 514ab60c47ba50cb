// A film of one's own, looked at in the page by the same worker and the same coach: no upload, only landmarks travel.
import { api } from "/static/app/api.js";
import { plain, plural } from "/static/app/words.js";
import { Eye } from "/static/live/eye.js";
import { Line } from "/static/live/line.js";
import { closed, opened } from "/static/live/recorded.js";
import { learn, sightOf } from "/static/live/sights.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { asError, Problem } from "/static/ui/load.js";
import { SetPlot } from "/static/ui/plot.js";

const EVERY_S = 1 / 15;
const LONGEST_S = 20 * 60;
const SETTLE_MS = 800;

/** @typedef {import("../app/types.js").SeenSet} SeenSet */
/** @typedef {{reps: any[], holds: any[], sights: Map<string, number>, frames: number}} Found */

class FilmError extends Error {}

/**
 * Look at a whole film. @param {Blob} file @param {string} exercise @param {(share: number) => void} tell
 * @param {{stopped: boolean}} wish @returns {Promise<Found>}
 */
async function analyse(file, exercise, tell, wish) {
  const video = await opened(file).catch(() => { throw new FilmError("This is not a film that this browser can play. An MP4 from a phone usually works."); });
  if (!(video.duration <= LONGEST_S)) throw new FilmError("This film is longer than twenty minutes. Cut out the set and take that.");
  /** @type {Found} */
  const found = { reps: [], holds: [], sights: new Map(), frames: 0 };
  let sight = "nobody";
  const hear = (event) => {
    if (event.kind === "rep") found.reps.push(event);
    if (event.kind === "hold-ended") found.holds.push(event);
    if (event.kind === "sight") sight = event.code;
  };
  const line = new Line({ exercise, side: null, session: null }, { onEvent: hear, onGone: () => undefined });
  const eye = await ready((frame) => {
    found.frames += 1;
    found.sights.set(sight, (found.sights.get(sight) ?? 0) + 1);
    line.frame(frame.bytes);
  });
  try {
    for (let t_s = 0; t_s < video.duration && !wish.stopped; t_s += EVERY_S) {
      await seek(video, t_s);
      await eye.study(video, t_s + 0.001);
      tell(t_s / video.duration);
    }
    await new Promise((done) => { setTimeout(done, SETTLE_MS); });
  } finally {
    eye.close();
    line.close();
    closed(video);
  }
  return found;
}

/** @param {(frame: import("../live/eye.js").Frame) => void} onFrame @returns {Promise<Eye>} */
function ready(onFrame) {
  return new Promise((resolve, reject) => {
    const eye = new Eye(onFrame, (state) => {
      if (state === "no-model") reject(new FilmError("This browser cannot look at films. In the terminal, “patella analyze” can."));
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
  const [share, setShare] = useState(/** @type {number|null} */ (null));
  const [found, setFound] = useState(/** @type {Found|null} */ (null));
  const [error, setError] = useState(/** @type {string|null} */ (null));
  const wish = useRef({ stopped: false });
  useEffect(() => () => { wish.current.stopped = true; }, []);
  const take = async (event) => {
    const [chosen] = event.currentTarget.files;
    event.currentTarget.value = "";
    if (!chosen) return;
    wish.current = { stopped: false };
    [setFound, setError].forEach((set) => set(null));
    setShare(0);
    try {
      learn(await api.sights());
      setFound(await analyse(chosen, exercise.id, setShare, wish.current));
    } catch (problem) {
      setError(problem instanceof FilmError ? problem.message : asError(problem).sentence);
    }
    setShare(null);
  };
  return html`<section class="film-check"><h2>A film of yours</h2>
    <p class="small">Film a set from where the camera would stand. It is looked at in this page and goes nowhere.</p>
    ${share === null
      ? html`<button class="second" onClick=${() => file.current?.click()}>Choose a film</button>`
      : html`<div class="row"><progress max="1" value=${share} aria-label="Looking at the film"></progress><span>${Math.round(share * 100)} %</span>
        <button class="plain" onClick=${() => { wish.current.stopped = true; }}>Stop</button></div>`}
    <input ref=${file} type="file" class="hidden" data-testid="film-file" accept="video/*" aria-label="A film from this machine" tabindex="-1" onChange=${take} />
    <${Problem} text=${error} />
    ${found && html`<${Result} found=${found} holds=${exercise.camera.counts !== "reps"} />`}
  </section>`;
}

/** @param {{found: Found, holds: boolean}} props */
function Result({ found, holds }) {
  const { reps, frames, sights } = found;
  const seen_fraction = frames ? (sights.get("ready") ?? 0) / frames : 0;
  const held = found.holds.reduce((sum, h) => sum + h.seconds, 0);
  const [why] = [...sights].filter(([code]) => code !== "ready").sort((a, b) => b[1] - a[1])[0] ?? [null];
  const { head, says } = sightOf({ looks: "ready", sight: why, gone: false, counts: "reps" });
  return html`<div data-testid="film-result" data-reps=${reps.length} role="status">
    <p class="lead">${holds ? `${plural(found.holds.length, "hold")}, ${plain(Math.round(held))} s in all` : plural(reps.length, "rep")}</p>
    <${SetPlot} seen=${{ seen_fraction, reps, holds: found.holds, form: null }} />
    <p class="small">Seen well ${Math.round(seen_fraction * 100)} % of the time.${seen_fraction < 0.6 && why ? ` Else mostly: ${head.toLowerCase()}. ${says}` : ""}</p></div>`;
}
