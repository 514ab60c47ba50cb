// Keeps the files of Patella, each as it was when the site was made, so that everything opens without a network. Nothing
// of a person passes through here but pictures that Python draws in the page, and those are not kept.

const FOLDER = ""; // of this version: all but the document and what is installed lies there
const FILES = {}; // of the site: what each is, by its SHA-256
const LATER = {}; // large, and fetched when they are first wanted: figures, the camera's model
const VERSION = "";
const MIGRATION = "python/migration.";
const OLD_MACHINES = "_nosimd_";
const AGAIN_MS = 700;

const PREFIX = `patella ${self.registration.scope} `;
const NAME = PREFIX + VERSION;
const WHOLE = "whole"; // an entry that says that every file is kept
const AHEAD = "ahead"; // and one that says so of the large ones

/** The versions before this one, of which a file may be taken. */
const older = caches.keys().then((names) => names.filter((name) => name.startsWith(PREFIX) && name !== NAME), () => []);

// The first one keeps what passes through it, at once, and the rest when the page is at rest. Each later one fetches all
// that has changed ahead of its turn: what it takes over from goes on as a whole until then.
self.addEventListener("install", (event) => event.waitUntil(self.registration.active ? keepAll() : self.skipWaiting()));

async function keepAll() {
  const cache = await caches.open(NAME);
  if (await cache.match(WHOLE)) return;
  await Promise.all([...Object.keys(FILES), ...(await ofOlder())].map((path) => bring(cache, path)));
  await cache.put(WHOLE, new Response());
}

/** The large files that a later version needs, also where there is no network then: for an older diary, and what was kept. */
async function ofOlder() {
  if (!self.registration.active) return [];
  const all = Object.keys(LATER);
  const had = await Promise.all(all.map(async (path) => path.startsWith(MIGRATION) || (await caches.match(named(path)))));
  return all.filter((_, n) => had[n]);
}

/** The camera and the moving figures, last and one by one; whoever saves data fetches them when they are wanted. */
async function keepAhead() {
  const cache = await caches.open(NAME);
  if (navigator.connection?.saveData || (await cache.match(AHEAD))) return;
  for (const path of Object.keys(LATER)) if (!path.startsWith(MIGRATION) && !path.includes(OLD_MACHINES)) await bring(cache, path);
  await cache.put(AHEAD, new Response());
}

/** @param {string} path */
async function bring(cache, path) {
  if (!(await cache.match(named(path)))) await keep(cache, path);
}

/** What a file is kept under: the same name is never another content. @param {string} path */
const named = (path) => `${path}?${FILES[path] ?? LATER[path]}`;

/** Where a file lies. @param {string} path */
const place = (path) => (path.includes("/") ? FOLDER + path : path);

/** Take one file from an older version, or fetch it; it is kept only if it is what was made. */
async function keep(cache, path) {
  const answer = await fetched(path);
  await cache.put(named(path), answer.clone());
  return answer;
}

/** A host that is busy, or a network that comes and goes, is asked twice. */
async function fetched(path) {
  const asked = () => fetch(place(path), { integrity: FILES[path] ?? LATER[path], cache: "no-cache" });
  const later = () => new Promise((next) => setTimeout(next, AGAIN_MS)).then(asked);
  const had = (await older).length ? await caches.match(named(path)) : undefined;
  const answer = had ?? (await asked().catch(later));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
})()));

// A new version waits until the person says so: a session that is under way goes on with the files it began with.
self.addEventListener("message", (event) => {
  if (event.data.kind === "take over") self.skipWaiting();
  else if (event.data.kind === "keep") event.waitUntil(keepAll().then(keepAhead));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { href } = new URL(request.url);
  if (request.method !== "GET" || !href.startsWith(self.registration.scope)) return;
  const asked = href.slice(self.registration.scope.length).split(/[?#]/)[0] || "index.html";
  const path = asked.startsWith(FOLDER) ? asked.slice(FOLDER.length) : asked;
  if (path.startsWith("api/")) event.respondWith(drawn(event, href.slice(self.registration.scope.length - 1)));
  else if (asked === place(path) && (path in FILES || path in LATER)) event.respondWith(kept(event, path));
});

async function kept(event, path) {
  const here = { cacheName: NAME };
  try {
    return (await caches.match(named(path), here)) ?? (await passed(event, path));
  } catch (error) { // the host has gone on to the next version while the first files came
    if (!(await caches.match(WHOLE, here))) self.registration.waiting?.postMessage({ kind: "take over" });
    throw error;
  }
}

/** Fetched, and kept where there is room for it; whoever asked does not wait for that. */
async function passed(event, path) {
  const answer = await fetched(path);
  const copy = answer.clone();
  event.waitUntil(caches.open(NAME).then((cache) => cache.put(named(path), copy)).catch(() => undefined));
  return answer;
}

/** What Python draws, in the page that wants it. */
async function drawn(event, address) {
  const client = await self.clients.get(event.clientId);
  if (!client) return Response.error();
  const { port1, port2 } = new MessageChannel();
  const said = await new Promise((done) => { port1.onmessage = ({ data }) => done(data); client.postMessage({ address }, [port2]); });
  return new Response(said.content, { status: said.status, headers: said.headers });
}
