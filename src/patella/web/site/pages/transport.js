// Who answers the pages: Python in a worker of this page. Where there is a server another module has this place, with the
// same names; nobody above knows which of the two it is.
import { dropMark, hadDiary, noteDiary } from "/static/app/mark.js";
import { ownScript } from "/static/ui/trust.js";
import { options } from "/static/vendor/preact.js";

export const FAR = false;
export const START = "Patella has stopped in this page. Reload it";
export const GONE = `${START}; nothing you did is lost.`;

const FLASH_MS = 1500; // a page that was just closed lets go within this
const MOMENT_MS = 4000; // most starts are over by then, and need no word
const PATIENCE_MS = 20_000; // until it is said that something takes long
const SETTLED_MS = 2000, AT_REST_MS = 10_000, LEAST_GB = 2;
const LINGERS_MS = 4000; // a browser keeps what it has compiled when nothing has been added to it for two seconds

/** @typedef {{text: string, label?: string, act?: () => void, other?: string, also?: () => void}} Notice */

const reload = () => location.reload();
/** @type {Object<string, Notice>} */
const SAID = {
  fetching: { text: "Patella is being fetched, once: about ten megabytes, and twelve more for camera and moving pictures while you begin. After that it needs no network." },
  starting: { text: "Patella is starting." },
  slow: { text: "This takes longer than it should. It may still come; or begin anew, nothing you did is lost.", label: "Begin anew", act: reload },
  evicted: { text: "This browser has cleared your diary, as it may when the device runs short of room or after weeks without a visit. If you saved a copy, bring it back: restore it under Settings.", label: "To the settings", act: () => { location.hash = "/settings"; }, other: "Start with an empty one", also: () => forgetDiary() },
  elsewhere: { text: "Patella is open in another tab. Go on there, or close it and this one goes on.", label: "Use it here", act: () => worker.postMessage({ kind: "take" }) },
  lost: { text: "Patella went on in another tab. What you did here is kept.", label: "Use it here", act: reload },
  failed: { text: "Patella could not be started in this browser. What you saved is still there.", label: "Try again", act: reload },
  stopped: { text: "This device has stopped Patella in this page, as it may when it runs short of memory. What you did here is kept.", label: "Go on", act: reload },
  ahead: { text: "The diary in this browser was written by a newer Patella than this page. Reload to get the new version; nothing in it was changed.", label: "Reload", act: renew, other: "Save the diary as it is", also: copy },
  damaged: { text: "The diary in this browser cannot be read: it is damaged. Nothing in it was changed. Save it as it is, then begin an empty one, and restore your latest export there.", label: "Save the diary as it is", act: copy, other: "Begin an empty one", also: aside },
  memory: { text: "This browser keeps nothing, as in a private window: what you enter is gone once the page is closed. Use an ordinary window, or save a copy under Settings." },
  newer: { text: "There is a new version of Patella.", label: "Reload", act: update },
};
/** @type {Set<string>} */
const shown = new Set();

/** @param {string} what @param {boolean} so */
function show(what, so) {
  if (shown.has(what) === so) return;
  if (so) shown.add(what);
  else shown.delete(what);
  tell();
}

/** What is to be known of Patella itself stands above every page. */
function tell() {
  const notices = Object.keys(SAID).filter((k) => shown.has(k)).map((k) => SAID[k]);
  board.replaceChildren(...notices.map(({ text, label, act, other, also }) => {
    const notice = Object.assign(document.createElement("p"), { className: "notice", textContent: text });
    for (const [words, onclick] of [[label, act], [other, also]])
      if (words) notice.append(" ", Object.assign(document.createElement("button"), { className: "plain", textContent: words, onclick }));
    return notice;
  }));
}

// Whatever it is that a view waits for: that it takes long is said, with a way on. A first load may take its time.
let waits = 0;
setInterval(() => {
  waits = document.querySelector(".waiting") && !shown.has("elsewhere") ? waits + 1 : 0;
  show("slow", waits * FLASH_MS > (shown.has("fetching") ? 3 : 1) * PATIENCE_MS);
}, FLASH_MS);

const board = Object.assign(document.createElement("div"), { className: "house", role: "status" });
document.body.prepend(board);

// ---- The files of the site: kept by a service worker, so that everything opens without a network.

/** @type {ServiceWorkerRegistration|null} */
let kept = null;
let due = 0;

/** Once files are kept as they come, or cannot be: then Python is fetched. */
async function keepFiles() {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller) {
    due = setTimeout(() => show("starting", true), MOMENT_MS);
    return void watchVersions();
  }
  due = setTimeout(() => show("fetching", true), FLASH_MS);
  try {
    await Promise.race([keeper(), new Promise((done) => setTimeout(done, PATIENCE_MS))]); // nobody waits for it for ever
  } catch { /* a browser that keeps no files (a private window) fetches them each time */ }
  watchVersions();
}

async function keeper() {
  const { installing, waiting, active } = await navigator.serviceWorker.register(ownScript("/sw.js"));
  const coming = installing ?? waiting ?? active;
  await new Promise((done) => {
    // One that is active has this page by now, unless the person reloaded past it, and then nothing is waited for.
    const look = () => (!coming || navigator.serviceWorker.controller || ["activated", "redundant"].includes(coming.state)) && done(null);
    coming?.addEventListener("statechange", look);
    navigator.serviceWorker.addEventListener("controllerchange", look, { once: true });
    look();
  });
}

function cameAll() {
  clearTimeout(due);
  show("fetching", false);
  show("starting", false);
}

/** What was not wanted until now, so that everything opens without a network. */
function keepRest() {
  navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ kind: "keep" }));
}

async function watchVersions() {
  kept = await navigator.serviceWorker?.getRegistration().catch(() => undefined) ?? null;
  if (!kept) return;
  const look = () => show("newer", Boolean(kept?.waiting && kept.active));
  const follow = () => kept?.installing?.addEventListener("statechange", look);
  look();
  follow(); // one may be on its way already
  kept.addEventListener("updatefound", follow);
}

function update() {
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  kept?.waiting?.postMessage({ kind: "take over" });
}

/** A page that is older than its diary asks for the new files itself, and begins with them. */
async function renew() {
  await kept?.update().catch(() => undefined);
  if (kept?.waiting) update();
  else reload();
}

// ---- A diary that cannot be opened is kept as it is.

function copy() { worker.postMessage({ kind: "copy" }); }

/** It stays in this browser, under another name. */
function aside() { worker.postMessage({ kind: "aside" }); }

/** @param {string} name @param {Uint8Array<ArrayBuffer>} bytes */
function download(name, bytes) {
  const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(new Blob([bytes])) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FLASH_MS);
}

// ---- Python.

/** @type {Worker} */
let worker;
/** @type {Map<number, {done: (said: any) => void, broke: (error: Error) => void}>} */
const asked = new Map();
/** @type {Set<any>} */
const lines = new Set();
let number = 0;
const home = new URL("../../../", import.meta.url).href; // above the folder of this version

const ready = keepFiles().then(() => new Promise((done, broke) => {
  let late = 0, ended = false;
  const end = (/** @type {string} */ what) => {
    ended = true;
    cameAll();
    keepRest();
    show(what, true);
    const error = new Error(what);
    for (const one of asked.values()) one.broke(error);
    asked.clear();
    for (const line of lines) { line.readyState = WebSocket.CLOSED; line.onclose?.(); }
    broke(error);
  };
  const hears = {
    here: ({ keeps, empty }) => {
      cameAll();
      setTimeout(keepRest, SETTLED_MS); // the first page has its answers then
      clearTimeout(late);
      show("elsewhere", false);
      show("memory", !keeps);
      show("evicted", keeps && empty && hadDiary());
      if (keeps && !empty && hadDiary()) noteDiary(); // one of the two marks may be gone
      done(null);
      stay();
      if (keeps) setTimeout(keepReady, AT_REST_MS);
    },
    elsewhere: () => { cameAll(); late = setTimeout(() => show("elsewhere", true), FLASH_MS); },
    lost: () => end("lost"),
    failed: ({ why, what }) => { console.error(why); end(what ?? "failed"); },
    copied: ({ parts }) => { for (const { name, bytes } of parts) download(name, bytes); },
    aside: () => { forgetDiary(); reload(); },
    alive: () => navigator.locks.request(alive, () => ended || end("stopped")), // it is this page's only once the worker is no more
    said: (said) => { asked.get(said.id)?.done(said); asked.delete(said.id); },
    broke: ({ id }) => { asked.get(id)?.broke(new Error("broke")); asked.delete(id); },
  };
  worker = new Worker(ownScript("/static/app/python.worker.js"), { type: "module" });
  worker.onmessage = ({ data }) => hears[data.kind](data);
  worker.onerror = () => { worker.terminate(); end("failed"); }; // it lets go of the diary, for another try
  const alive = `patella-alive ${Math.random()}`;
  worker.postMessage({ kind: "open", home: `${home}#/`, alive });
}));
ready.catch(() => undefined);

// A page that is left lets go of the diary: WebKit keeps it, with all that it holds, for a way back, and no other page of
// Patella could begin. What was not yet said to be saved is in the outbox.
addEventListener("pagehide", () => worker?.terminate());
addEventListener("pageshow", ({ persisted }) => persisted && reload());

/** What the next start begins from is made when this one is over, and not beside a session: it takes two seconds. */
function keepReady() {
  const { deviceMemory = LEAST_GB } = /** @type {any} */ (navigator);
  if (deviceMemory < LEAST_GB) return;
  if (current().startsWith("/player")) return void setTimeout(keepReady, AT_REST_MS);
  const beside = new Worker(ownScript("/static/app/python.worker.js"), { type: "module" });
  beside.onmessage = ({ data: { why } }) => {
    if (why) console.info("Nothing is kept for the next start:", why);
    setTimeout(() => beside.terminate(), LINGERS_MS);
  };
  beside.onerror = () => beside.terminate();
  beside.postMessage({ kind: "keep ready" });
}

/** Ask the browser not to make room by throwing the diary away; it may say no, and then does so when it runs short. */
const stay = () => void navigator.storage?.persist?.().catch(() => undefined);

/**
 * Ask for something; the answer is what `fetch` would give.
 * @param {string} address @param {RequestInit} wanted
 */
export async function ask(address, { method = "GET", headers, body } = {}) {
  await ready;
  const type = new Headers(headers).get("Content-Type") ?? undefined;
  if (["lost", "failed", "stopped", "ahead", "damaged"].some((what) => shown.has(what))) throw new Error("stopped");
  const { status, headers: given, content: told } = await new Promise((done, broke) => {
    number += 1;
    asked.set(number, { done, broke });
    worker.postMessage({ kind: "ask", id: number, method, address, type, body: body ?? undefined });
  });
  if (method !== "GET" && status < 300) remember(address);
  return new Response([204, 304].includes(status) ? null : told, { status, headers: given });
}

/** @param {string} address of what was done */
function remember(address) {
  if (address.startsWith("/api/erase")) return forgetDiary();
  if (address.endsWith("/peek")) return undefined; // nothing was written
  if (/^\/api\/(restore|merge)/.test(address)) show("evicted", false);
  noteDiary();
}

function forgetDiary() {
  dropMark();
  show("evicted", false);
}

/** A line that stays open, with what of a WebSocket is used. @param {string} address @returns {any} */
export function openLine(address) {
  const { port1, port2 } = new MessageChannel();
  /** @type {any} */
  const line = {
    readyState: WebSocket.CONNECTING,
    bufferedAmount: 0,
    send: (/** @type {any} */ message) => port1.postMessage(message),
    close: () => { line.readyState = WebSocket.CLOSED; port1.postMessage(null); lines.delete(line); },
  };
  lines.add(line);
  port1.onmessage = ({ data: { kind, text } }) => {
    if (kind === "open") { line.readyState = WebSocket.OPEN; line.onopen?.(); }
    else if (kind === "text") line.onmessage?.({ data: text });
    else { line.readyState = WebSocket.CLOSED; lines.delete(line); line.onclose?.(); }
  };
  ready.then(() => worker.postMessage({ kind: "line", address }, [port2]), () => line.onclose?.());
  return line;
}

// ---- Where the page is: behind the # of the one document, which any host can send from any folder.

const HOME = "/today";
let last = HOME;

/** The address of the page now; a # that is no address (a place within the page) leaves it where it was. */
export function current() {
  const said = location.hash.slice(1);
  if (said.startsWith("/")) last = said;
  else if (said === "") last = HOME;
  return last;
}

/** What an address of Patella is in this browser. @param {string} to */
export const placed = (to) => `#${to}`;

/** Open an address anew, with nothing remembered. @param {string} to */
export function reopen(to) {
  location.hash = to;
  location.reload();
}

// ---- What the pages show by an address: other pages and pictures. Files to take along: app/outgoing.js.

const shownBefore = options.vnode;
options.vnode = (node) => {
  const { href, src } = /** @type {any} */ (node.props) ?? {};
  if (typeof node.type === "string") {
    if (href?.startsWith("/")) node.props.href = href.startsWith("/api/") ? href.slice(1) : `#${href}`;
    if (src?.startsWith("/api/")) node.props.src = src.slice(1);
  }
  shownBefore?.(node);
};

// The service worker asks here for a picture that only Python can draw.
navigator.serviceWorker?.addEventListener("message", async ({ data, ports }) => {
  const answer = await ask(data.address, {}).catch(() => null);
  ports[0].postMessage(answer ? { status: answer.status, headers: [...answer.headers], content: await answer.arrayBuffer() } : { status: 503, headers: [], content: null });
});
