// Python, the application and the diary, in a worker of one page. Of several pages one has the diary at a time.
import { diaryFault, FILES, layAside, mountDiary, openFiles, Originals } from "/static/app/diary.js";
import { forgetMemory, isKept, keepMemory, keptMemory, wentWell } from "/static/app/kept.js";
import { openPacks } from "/static/app/packs.js";
import { Lent } from "/static/app/lent.js";
import { loadPyodide } from "/python/pyodide.mjs";

const LOCK = "patella-diary";
const AT = "/diary";
const PACKAGES = "/lib/python3.14/site-packages";
const LENT = "/lent";
const SENDS = /^\/api\/imports\/[^/]+\/files/;
const TOUCHES = /^\/api\/(imports|restore|erase)/; // the originals of an import
const HERE = new URL("../../python/", import.meta.url).href;
/** @type {Object<string, string>} */
const PACKS = {}; // the name that tells the content of each
const PYTHON = ""; // and one that tells that of Python and of all that is kept of it in memory

let home = "";
/** @type {Map<string, any>} */
let files = new Map();
/** @type {Originals|null} */
let originals = null;
/** @type {Lent} */
let lent;
/** @type {any} */
let house = null;
let taken = false;
let waiting = new AbortController();

self.onmessage = ({ data, ports }) => {
  if (data.kind === "open") { home = data.home; live(data.alive); lead({ ifAvailable: true }); }
  else if (data.kind === "take") { waiting.abort(); lead({ steal: true }); }
  else if (data.kind === "copy") self.postMessage({ kind: "copied", parts: copies() });
  else if (data.kind === "aside") layAside(files).then(() => self.postMessage({ kind: "aside" }), (error) => self.postMessage({ kind: "failed", why: String(error) }));
  else if (data.kind === "keep ready") keepReady().then(() => self.postMessage({ kind: "kept" }), (error) => self.postMessage({ kind: "kept", why: String(error) }));
  else if (data.kind === "line") openLine(data.address, ports[0]);
  else answer(data);
};

/** A lock is held until this worker is no more, whoever ends it: the page has no other way to hear of that. @param {string} lock */
const live = (lock) => navigator.locks.request(lock, () => { self.postMessage({ kind: "alive" }); return new Promise(() => undefined); });

/** Open the diary once it is this page's, and keep it until another page takes it. @param {LockOptions} how */
async function lead(how) {
  try {
    const led = await navigator.locks.request(LOCK, how, async (lock) => lock && (await open(), await new Promise(() => undefined)));
    if (led !== null) return;
    self.postMessage({ kind: "elsewhere" });
    lead({ signal: waiting.signal });
  } catch (error) {
    if (error?.name !== "AbortError") return self.postMessage({ kind: "failed", what: diaryFault(error), why: String(error?.message ?? error) });
    if (how.signal?.aborted) return; // this page takes it over itself
    taken = true; // also while Python is still being loaded
    if (house) leave();
  }
}

/** Another page has taken the diary over: nothing is written here any more. */
function leave() {
  house = null;
  for (const file of files.values()) file.close();
  self.postMessage({ kind: "lost" });
}

async function open() {
  const coming = Promise.all([fetched("start.pack"), openFiles()]).catch((error) => error); // while Python begins
  const { python, knows } = await begun();
  const came = await coming;
  if (came instanceof Error) throw came;
  const [pack, handles] = came;
  files = handles;
  if (taken) return leave();
  const empty = !files.get(FILES[0])?.getSize();
  const addPack = openPacks(python, pack, fetchedAtOnce, knows);
  mountDiary(python.FS, AT, files);
  lent = new Lent(python.FS, LENT);
  originals = files.size ? new Originals(python.FS, AT) : null;
  await originals?.recall();
  python.pyimport("patella.web.site.deferring").begin();
  const inside = python.pyimport("patella.web.site.inside");
  if (inside.is_older(AT)) python.unpackArchive(await fetched("migration.zip"), "zip", { extractDir: PACKAGES });
  house = await inside.Inside.open(AT, home);
  python.pyimport("packed").started();
  if (taken) return leave();
  self.postMessage({ kind: "here", keeps: files.size === FILES.length, empty });
  if (knows) wentWell();
  fetched("later.pack").then((rest) => addPack("later.pack", rest), () => undefined); // if it fails, it is asked for again when it is wanted
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {any} [more] */
const load = async (more) => loadPyodide({
  indexURL: HERE, stdLibURL: address("boot.zip"), lockFileContents: await (await fetch(`${HERE}lock.json`)).json(), packages: [],
  env: { HOME: "/home/web", PYDANTIC_DISABLE_PLUGINS: "1", TZ: ZONE }, ...more,
});

/** Python, and whether it began from a memory in which it knows its modules. */
async function begun() {
  const memory = await keptMemory(PYTHON);
  if (memory) {
    try {
      const python = await load({ _loadSnapshot: memory });
      python.pyimport("packed").wake(ZONE);
      return { python, knows: true };
    } catch (error) {
      console.info("Python begins anew:", error); // nothing is lost but time
      await forgetMemory();
    }
  }
  return { python: await load(), knows: false };
}

/** For the next start: in a worker of its own, which never sees the diary. */
async function keepReady() {
  if (await isKept(PYTHON)) return;
  const [python, pack] = await Promise.all([load({ _makeSnapshot: true }), fetched("start.pack")]);
  openPacks(python, pack, fetchedAtOnce);
  python.runPython("import packed; packed.PACKED.keep_ready()");
  await keepMemory(PYTHON, python.makeMemorySnapshot());
}

/** The diary's files as they are, for whoever wants to keep one that cannot be opened. */
function copies() {
  const whole = (file) => { const bytes = new Uint8Array(file.getSize()); file.read(bytes, { at: 0 }); return bytes; };
  return [...files].filter(([, file]) => file.getSize()).map(([name, file]) => ({ name, bytes: whole(file) }));
}

/** @param {string} name */
const address = (name) => HERE + PACKS[name];

/** @param {string} name */
async function fetched(name) {
  const answer = await fetch(address(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.arrayBuffer();
}

/** More of Python, for a module that is wanted now: nothing else can go on meanwhile. @param {string} name */
function fetchedAtOnce(name) {
  const asked = new XMLHttpRequest();
  asked.open("GET", address(name), false);
  asked.responseType = "arraybuffer";
  asked.send();
  if (asked.status !== 200) throw new Error(`${name}: ${asked.status}`);
  return asked.response;
}

/** @param {{id: number, method: string, address: string, type?: string, body?: any}} asked */
async function answer({ id, method, address, type, body }) {
  try {
    const file = body instanceof Blob ? body : null;
    const told = file && SENDS.test(address)
      ? await house.ask(method, address, type, undefined, lent.lend(file))
      : await house.ask(method, address, type, file ? new Uint8Array(await file.arrayBuffer()) : body);
    const [status, headers, content] = told.toJs({ dict_converter: Object.fromEntries });
    told.destroy();
    if (TOUCHES.test(address)) await originals?.settle();
    self.postMessage({ kind: "said", id, status, headers, content }, [content.buffer]);
  } catch (error) {
    console.error(error);
    self.postMessage({ kind: "broke", id });
  }
}

/** @param {string} address @param {MessagePort} port */
function openLine(address, port) {
  if (!house) return port.postMessage({ kind: "close" });
  const line = house.line(address, (kind, text) => port.postMessage({ kind, text }));
  port.onmessage = ({ data }) => (data === null ? line.hang_up() : line.say(typeof data === "string" ? data : new Uint8Array(data)));
}
