// Import: files and archives of watches, dropped or chosen, sent one by one and read while this page waits for nothing.
import { api } from "/static/app/api.js";
import { farWords } from "/static/app/distances.js";
import { datedWords, dayWords } from "/static/app/days.js";
import { HOME } from "/static/app/served.js";
import { capital, plural } from "/static/app/words.js";
import { html, useEffect, useRef, useState } from "/static/ui/html.js";
import { asError, Problem } from "/static/ui/load.js";
import { Icon, Title } from "/static/ui/parts.js";
import { Unnamed } from "/static/view/unnamed.js";

const PAUSE_MS = 400;
const ABREAST = 3;
const LARGE = 50_000_000; // bytes
const SHOWN = 12;
const isInHand = matchMedia("(pointer: coarse)").matches; // on a phone nobody drops anything

/** @type {Promise<File[]>|null} files that were dropped on another page */
let handed = null;

/** Take files that were dropped, folders too, to this page. @param {DataTransfer} dropped */
export function handOver(dropped) {
  handed = filesOf(dropped);
}

/** Every file of a drop; a folder is walked through. @param {DataTransfer} dropped @returns {Promise<File[]>} */
async function filesOf(dropped) {
  const items = [...dropped.items].map((i) => i.webkitGetAsEntry?.()).filter((e) => e !== null && e !== undefined);
  if (!items.length) return [...dropped.files];
  return (await Promise.all(items.map(walk))).flat();
}

/** @param {any} entry @returns {Promise<File[]>} */
async function walk(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const more = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!more.length) return (await Promise.all(found.map(walk))).flat();
    found.push(...more);
  }
}

/** @typedef {{stage: "choose"|"send"|"read"|"done", sent: number, of: number, job: any, error: string|null}} Way */
const START = /** @type {Way} */ ({ stage: "choose", sent: 0, of: 0, job: null, error: null });

export function View() {
  const [way, setWay] = useState(START);
  const [over, setOver] = useState(false);
  const alive = useRef(true);
  const set = (/** @type {Partial<Way>} */ more) => { if (alive.current) setWay((w) => ({ ...w, ...more })); };
  const take = async (/** @type {File[]} */ files) => {
    if (!files.length) return;
    setWay({ ...START, stage: "send", of: files.length });
    try {
      await bring(files, set, () => alive.current);
    } catch (error) {
      set({ stage: "choose", error: asError(error).sentence });
    }
  };
  useEffect(() => {
    alive.current = true;
    handed?.then(take, () => undefined);
    handed = null;
    return () => { alive.current = false; };
  }, []);
  const busy = way.stage === "send" || way.stage === "read";
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer && !busy) filesOf(event.dataTransfer).then(take);
  };
  return html`<div class="import" onDragOver=${(e) => { e.preventDefault(); setOver(true); }}
    onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <p><a class="back" href="/timeline"><${Icon} of="left" size=${18} />Timeline</a></p>
    <${Title} keep=${way.stage}>${way.stage === "done" ? "Here they are." : "Import your runs"}<//>
    ${way.stage === "done" ? html`<${Result} job=${way.job} again=${() => setWay(START)} />` : busy
      ? html`<${Progress} way=${way} />` : html`<${Choose} over=${over} take=${take} />`}
    <${Problem} text=${way.error} />
  </div>`;
}

/** @param {{over: boolean, take: (files: File[]) => void}} props */
function Choose({ over, take }) {
  return html`<p class="lead">Watch files (FIT, GPX, TCX, also gzipped), or a whole export as the archive they send you: Strava, Garmin, Apple Health, Polar, Fitbit, Google, Samsung, Huawei, Suunto, Zepp, Nike, Runkeeper, adidas. Bring as many as you like; a run that is here already is not counted twice.</p>
    <label class=${over ? "drop over" : "drop"}><span class="dot"></span>
      <b>${isInHand ? "Choose files" : "Drop files here"}</b>
      ${!isInHand && html`<span class="small">or choose them</span>`}
      <input type="file" multiple data-testid="import-files"
        onChange=${(e) => take([...(e.currentTarget.files ?? [])])} /></label>
    <p class="small">They are read on ${HOME} and go nowhere else. Runs count towards how far you may go; other sports are kept as they are, what no file calls a run is asked for, and the original files stay beside your diary.</p>
    <details><summary>Where do I get them?</summary>
      <ul class="plainly">
        <li>Strava, on its website: Settings, My Account, Download or delete your account, Get started, then “Request your archive”. The button that deletes is a different one.</li>
        <li>Garmin: Account, Data management, Export your data. Or plug the watch in: the files lie in its folder GARMIN, Activity.</li>
        <li>Any other watch or app: look for “Export”, and take FIT, GPX or TCX.</li></ul></details>
    <${Unnamed} />`;
}

/** @param {{way: Way}} props */
function Progress({ way }) {
  const { stage, sent, of, job } = way;
  const [done, total] = stage === "send" ? [sent, of] : [job?.done ?? 0, job?.total ?? 0];
  const words = stage === "send" ? `Fetching file ${Math.min(sent + 1, of)} of ${of}` : total
    ? `Reading ${done} of ${total}` : "Having a look inside";
  return html`<div class="card progress" role="status"><p class="lead">${words}</p>
    <progress value=${total ? done : undefined} max=${total || 1} aria-label="Progress"></progress>
    <p class="small">${stage === "read" ? job?.name ?? "" : ""}</p>
    ${stage === "read"
      && html`<button class="plain"
        onClick=${() => api.stopImport(job.id).catch(() => undefined)}>Stop here and keep the rest</button>`}</div>`;
}

/** @param {{job: any, again: () => void}} props */
function Result({ job, again }) {
  const { runs = 0, other = 0, duplicates = 0, failed = [], brought = [], passed = [], files = 0 } = job.result ?? {};
  const known = duplicates ? ` ${duplicates} ${duplicates === 1 ? "was" : "were"} known already.` : "";
  return html`<p class="lead" data-testid="import-result" role="status">
    ${job.state === "done" ? `${plural(runs, "new run")}${other ? `, ${other} of other sports` : ""}.${known}`
      : job.sentence ?? "Stopped. What was read until then is kept; next time it goes on from there."}</p>
    <${Unnamed} />
    <${Brought} list=${brought} more=${runs + other - brought.length} />
    ${passed.length > 0
      && html`<p class="small"
        data-testid="import-passed">Of ${plural(files,
          "file")}, no activities: ${passed.map((/** @type {any} */ p) => `${p.count} ${p.kind}`).join(", ")}.</p>`}
    <${Unused} list=${failed} />
    <div class="row"><a class="main" href=${yearOf()}><span class="dot"></span>See the knee’s year</a>
      <button class="second" onClick=${again}>Import more</button>
      <a class="plain" href="/timeline/shoes">Shoes</a></div>`;
}

/**
 * What came in, day by day, each with the way to its place in the diary; of many the months first.
 * @param {{list: any[], more: number}} props
 */
function Brought({ list, more }) {
  if (!list.length) return null;
  const words = (b) =>
    [b.sport === "running" ? null : b.sport === "unknown" ? "Not said what" : capital(b.sport),
      b.distance_m ? farWords(b.distance_m) : null, b.moving_s ? `${Math.round(b.moving_s / 60)} min` : null,
      b.name].filter(Boolean).join(", ");
  const days = (bs, how) =>
    html`<ul class="plainly">
      ${bs.map((b) =>
        html`<li key=${b.id}><a href=${`/diary/${b.day}`}>${how(b.day)}</a> <span>${words(b)}</span>
          ${b.remark && html`<br /><span class="small">${b.remark}</span>`}</li>`)}</ul>`;
  const months = [...grouped(list, (b) => b.day.slice(0, 7))];
  return html`<section class="brought" data-testid="brought"><h2>What came in</h2>
    ${list.length <= SHOWN ? days(list, datedWords)
      : months.map(([month, bs], n) =>
        html`<details key=${month} open=${n === 0}>
          <summary>
            <span><b>
              ${dayWords(`${month}-01`, { month: "long", year: "numeric" })}</b>: ${sumWords(bs)}</span></summary>
          ${days(bs, dayWords)}</details>`)}
    ${more > 0
      && html`<p class="small">And ${more} from before that; <a href="/timeline">the timeline</a> shows them all.</p>`}
  </section>`;
}

/** How much of a month came in. @param {any[]} bs */
function sumWords(bs) {
  const runs = bs.filter((b) => b.sport === "running");
  const far = runs.reduce((sum, b) => sum + (b.distance_m ?? 0), 0);
  const others = bs.length - runs.length;
  const known = runs.every((b) => b.distance_m != null);
  return [runs.length ? plural(runs.length, "run") : null, far ? `${known ? "" : "at least "}${farWords(far)}` : null,
    others ? plural(others, "other") : null].filter(Boolean).join(", ");
}

/**
 * What could not be used, and why; where many have one reason, it is said once.
 * @param {{list: {file: string, why: string}[]}} props
 */
function Unused({ list }) {
  if (!list.length) return null;
  const line = (why, fs) =>
    html`<li key=${why}><b>${fs.length === 1 ? fs[0].file : plural(fs.length, "file")}</b><span>${why}</span>
    ${fs.length > 1
      && html`<details><summary class="small">Which</summary>
        <ul class="plainly small">${fs.map((f) => html`<li key=${f.file}>${f.file}</li>`)}</ul></details>`}</li>`;
  return html`<section data-testid="import-unused"><h2>${plural(list.length, "file")} could not be used</h2>
    <p class="small">Everything that could be read is kept.</p>
    <ul class="failed">${[...grouped(list, (f) => f.why)].map(([why, fs]) => line(why, fs))}</ul></section>`;
}

/**
 * Items by what they have in common, in their order. @template T
 * @param {T[]} items
 * @param {(item: T) => string} key
 */
function grouped(items, key) {
  const found = /** @type {Map<string, T[]>} */ (new Map());
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

const yearOf = () => {
  const day = (/** @type {number} */ ms) => new Date(ms).toISOString().slice(0, 10);
  return `/timeline?since=${day(Date.now() - 364 * 86_400_000)}&before=${day(Date.now() + 86_400_000)}`;
};

/** What of a large file is to be sent. @param {File} file */
const slimmed = async (file) => (await import("/static/app/slim.js")).slim(file);

/**
 * Send the files, a few abreast, and follow the reading to its end.
 * @param {File[]} files @param {(more: Partial<Way>) => void} set @param {() => boolean} wanted
 */
async function bring(files, set, wanted) {
  const { id } = await api.openImport();
  const waiting = [...files];
  /** @type {any[]} */
  const lost = [];
  let sent = 0;
  const carry = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const name = file.webkitRelativePath || file.name;
      await api.sendFile(id, name, file.size < LARGE ? file : await slimmed(file)).catch((error) => {
        if (error.gone && !file?.size) throw error;
        lost.push({ file: name, why: asError(error).sentence });
      });
      set({ sent: ++sent });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, carry));
  let job = await api.beginImport(id);
  while (job.state === "reading" && wanted()) {
    set({ stage: "read", job });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    job = await api.importState(id);
  }
  set({ stage: "done",
    job: { ...job, result: job.result && { ...job.result, failed: [...lost, ...job.result.failed] } } });
}
