// Keeps the page itself, so that it opens also while the server is being started again. No health data: of /api only
// the drawings and the list of exercises, which are the same for everyone.

const NAME = "patella-1";
const SHELL = [
  "/", "/manifest.webmanifest",
  "/static/icons/patella.svg",
  "/static/css/base.css", "/static/css/camera.css", "/static/css/paper.css", "/static/css/parts.css",
  "/static/css/player.css", "/static/css/timeline.css", "/static/css/views.css",
  "/static/vendor/preact.js", "/static/vendor/hooks.js", "/static/vendor/htm.js",
  "/static/vendor/atkinson-latin.woff2",
  "/static/app/account.js", "/static/app/api.js", "/static/app/clock.js", "/static/app/code.js", "/static/app/days.js",
  "/static/app/distances.js",
  "/static/app/doses.js", "/static/app/forget.js", "/static/app/frame.js", "/static/app/main.js",
  "/static/app/memory.js", "/static/app/outgoing.js", "/static/app/router.js", "/static/app/served.js",
  "/static/app/server.js", "/static/app/settings.js", "/static/app/slim.js",
  "/static/app/standing.js", "/static/app/training.js", "/static/app/transport.js", "/static/app/units.js",
  "/static/app/words.js",
  "/static/live/beat.js", "/static/live/camera.js", "/static/live/choice.js", "/static/live/closeup.js",
  "/static/live/coach.js", "/static/live/cues.js", "/static/live/ear.js", "/static/live/eye.js", "/static/live/fold.js",
  "/static/live/ghost.js", "/static/live/guide.js", "/static/live/heard.js", "/static/live/hearing.js",
  "/static/live/kneecap.js",
  "/static/live/kneecap.worker.js", "/static/live/lighter.js", "/static/live/line.js", "/static/live/mark.js",
  "/static/live/outbox.js", "/static/live/outing.js", "/static/live/pain.js", "/static/live/place.js",
  "/static/live/player.js", "/static/live/pose.worker.js", "/static/live/recogniser.js", "/static/live/record.js",
  "/static/live/recorded.js", "/static/live/run.js", "/static/live/seen.js", "/static/live/sides.js",
  "/static/live/sights.js", "/static/live/sound.js", "/static/live/steps.js", "/static/live/tabs.js",
  "/static/live/ticker.js", "/static/live/undo.js", "/static/live/wake.js", "/static/live/watched.js",
  "/static/ui/asked.js", "/static/ui/breaks.js", "/static/ui/chart.js", "/static/ui/cited.js", "/static/ui/curve.js",
  "/static/ui/day.js", "/static/ui/fields.js", "/static/ui/figure.js", "/static/ui/frames.js", "/static/ui/ghost.js",
  "/static/ui/html.js", "/static/ui/knee.js", "/static/ui/lines.js", "/static/ui/live.js", "/static/ui/load.js",
  "/static/ui/mirror.js", "/static/ui/outline.js", "/static/ui/pain.js", "/static/ui/parts.js",
  "/static/ui/placement.js", "/static/ui/plot.js", "/static/ui/saved.js", "/static/ui/still.js", "/static/ui/trust.js",
  "/static/ui/typed.js", "/static/ui/why.js",
  "/static/view/activity.js", "/static/view/camera.js", "/static/view/cap.js", "/static/view/copy.js",
  "/static/view/correct.js",
  "/static/view/data.js", "/static/view/day.js", "/static/view/desk.js", "/static/view/diary.js",
  "/static/view/door.js", "/static/view/exit.js",
  "/static/view/experiment.js", "/static/view/film.js", "/static/view/filmed.js", "/static/view/finish.js",
  "/static/view/handout.js", "/static/view/hear.js", "/static/view/hurt.js", "/static/view/imports.js",
  "/static/view/kept.js",
  "/static/view/leave.js", "/static/view/lesson.js", "/static/view/lessons.js", "/static/view/library.js",
  "/static/view/lines.js", "/static/view/lost.js", "/static/view/more.js", "/static/view/noting.js",
  "/static/view/outside.js", "/static/view/paper.js", "/static/view/player.js", "/static/view/print.js",
  "/static/view/programme.js",
  "/static/view/record.js", "/static/view/report.js",
  "/static/view/scores.js", "/static/view/settings.js", "/static/view/shoes.js", "/static/view/timeline.js",
  "/static/view/unnamed.js",
  "/static/view/today.js", "/static/view/walkrun.js", "/static/view/watched.js", "/static/view/welcome.js",
  "/static/view/worst.js",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== NAME).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const known = pathname === "/api/exercises" || pathname.endsWith("/drawing.svg");
  if (pathname.startsWith("/api/") && !known) return;
  // of a shared Patella: never without it
  if (["account", "join", "people", "runners", "sharing", "sign-in"].includes(pathname.split("/")[1])) return;
  // large, and of no use alone
  if (pathname.startsWith("/models/") || pathname.startsWith("/static/vendor/pose/")) return;
  event.respondWith(newest(request, request.mode === "navigate" ? "/" : request));
});

/** What the server has now; what it had, when it is not there. */
async function newest(request, key) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(key, answer.clone()).catch(() => undefined);
    return answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}
