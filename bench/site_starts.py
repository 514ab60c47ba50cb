"""The site beside the prototype it grew from: how soon it is there, how much is fetched, how quick it is then.

    python bench/bench.py site

Both are asked in turns in one run, each in a browser of its own with a fresh profile for the first start. A start is
ready when Python has answered /api/health. PATELLA_PROTOTYPE is the folder of the prototype.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, ClassVar
from uuid import uuid4

from figure import Figure, at
from playwright.sync_api import BrowserContext, Page, sync_playwright
from prototype import ADDRESS, prototype

from patella.app.demo import fill
from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.export import export_json
from patella.store.log import Log
from patella.web.site.inside import Inside
from patella.web.site.parts import PartsError, get_parts
from patella.web.site.site import make_site, version_of

HERE = Path(__file__).parent
PARTS = HERE.parent / ".pytest_cache" / "site-parts"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
KINDS = {".mjs": "text/javascript", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json"}
STARTS = 2  # warm ones of each, after each of so many cold ones
TURNS = 2
AT_REST = ("python/later.", "python/seldom.")  # asked for once Python has answered
OF_THE_CAMERA = ("static/figures", "static/vendor/pose", "models")
ASKED = 15
PATIENCE_MS = 240_000
SETTLES_MS = 20_000
TODAY = 1.6  # times native
READ_S, BROTLI_MB, COMMIT_MS, COACH_US = 0.5, 7.5, 6.0, 40.0
OURS = """async () => {
  const { ask } = await import(new URL("transport.js", document.querySelector("script[src]").src).href);
  globalThis.asked = (address, wanted = {}) => ask(address, wanted);
  await (await asked("/api/health")).text();
  return performance.now();
}"""
ITS = """async () => {
  globalThis.asked = async (address, wanted = {}) => (await import("/static/app/brain.js")).ask(address, wanted);
  await (await asked("/api/health")).text();
  return performance.now();
}"""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""
RESTORED = """async (diary) => {
  const headers = { "Content-Type": "application/json" };
  return (await asked("/api/restore", { method: "POST", headers, body: diary })).status;
}"""
TIMED = """async ([address, times]) => {
  const took = [];
  for (let i = 0; i < times; i += 1) {
    const began = performance.now();
    await (await asked(address)).arrayBuffer();
    took.push(performance.now() - began);
  }
  return took;
}"""
WORKS = """([names, files, code]) => new Promise((done) => {
  const worker = new Worker("/bench.worker.js", { type: "module" });
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = (error) => done({ failed: error.message });
  worker.postMessage({ names, files, code });
})"""
COMMITS = """
import json, time
from pathlib import Path
from uuid import uuid4
from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.log import Log
from patella.web.site.inside import _now
app = Patella(log=Log.open(Path("/diary")), library=own_library(), now=_now, new_id=lambda: str(uuid4()))
took = []
for _ in range(80):
    began = time.perf_counter()
    app.write("pain.noted", {"nprs": 1, "when": "morning"})
    took.append((time.perf_counter() - began) * 1000)
import coach_step
json.dumps({"commits": sorted(took), "coach": coach_step.measure()[0].value})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start, in milliseconds from the address: something to read, and ready; memory in MB once it is at rest."""

    read_ms: float
    ready_ms: float
    memory_mb: float


Starts = dict[str, list[Start]]


class _Sends(SimpleHTTPRequestHandler):
    """A static host. What is an address of the prototype's pages is its one document."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | KINDS
    protocol_version = "HTTP/1.1"
    asked: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        name = self.path.partition("?")[0]
        if "." not in name.rpartition("/")[2]:
            self.path = "/index.html"
        self.asked.add(self.path.partition("?")[0].lstrip("/"))
        super().do_GET()

    def handle(self) -> None:
        with suppress(ConnectionError):  # a browser that is closed hangs up
            super().handle()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def hosted(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """The address of a host of this folder, and the files that were fetched of it."""
    asked: set[str] = set()
    sends = type("Sends", (_Sends,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(sends, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()


def measure() -> list[Figure]:
    """Everything, the prototype's in the same run where it is there."""
    try:
        parts = get_parts(PARTS)
        with tempfile.TemporaryDirectory() as folder:
            make_site(Path(folder) / "site", PARTS)
            return _measured(Path(folder), *prototype(parts))
    except PartsError as error:
        return [Figure(name="the site", value=str(error))]


def _measured(folder: Path, its: Path | None, why_not: str) -> list[Figure]:
    diary = _demo(folder / "demo")
    ours: Starts = {"cold": [], "warm": []}
    theirs: Starts = {"cold": [], "warm": []}
    for _ in range(TURNS):
        _start(folder / "site", OURS, "", ours)
        if its:
            _start(its, ITS, f"today{ADDRESS}", theirs)
    with hosted(folder / "site") as (address, fetched), _browser() as context:
        page, _ = _started(context, address, OURS)
        within = f"{version_of(folder / 'site').name}/"
        first = {name for name in fetched if not name.removeprefix(within).startswith(AT_REST)}
        page.wait_for_timeout(SETTLES_MS)
        rest = {name for name in fetched if not name.removeprefix(within).startswith(OF_THE_CAMERA)} - first
        page.evaluate(RESTORED, diary)
        today = median(page.evaluate(TIMED, ["/api/today", ASKED]))
    native = _native_ms(diary, folder / "native")
    worked = _worked(version_of(folder / "site"))
    figures = [Figure(name="the prototype", value=f"not measured: {why_not}")] if its is None else []
    return [
        *figures,
        *_of_starts(ours, theirs if its else None),
        *_download(folder / "site", first, rest),
        *_of_work(today, native, worked),
    ]


def _start(folder: Path, code: str, path: str, found: Starts) -> None:
    """A start with a fresh profile, and some more with the same one."""
    with hosted(folder) as (address, _), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for kind in ("cold", *("warm",) * STARTS):
            with _browser(profile) as context:
                page, start = _started(context, address + path, code, profile)
                found[kind].append(start)
                page.wait_for_timeout(SETTLES_MS if kind == "cold" else 0)  # the rest is kept meanwhile


@contextmanager
def _browser(profile: str = "") -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("PATELLA_CHROMIUM"),
            args=FLAGS,
            viewport={"width": 390, "height": 844},
        )
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context
        finally:
            context.close()


def _started(context: BrowserContext, address: str, code: str, profile: str = "") -> tuple[Page, Start]:
    page = context.pages[0]
    page.goto(address, timeout=PATIENCE_MS)
    ready_ms = float(page.evaluate(code))
    read_ms = float(page.evaluate(PAINTED))
    return page, Start(read_ms=read_ms, ready_ms=ready_ms, memory_mb=_renderers_mb(profile) if profile else 0.0)


def _renderers_mb(profile: str) -> float:
    """What the largest renderer of this browser has of memory, shared parts counted by their share."""
    about: dict[int, tuple[int, str]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            parent = int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            about[int(place.name)] = (parent, place.joinpath("cmdline").read_text().replace("\0", " "))
    mine = {pid for pid, (_, said) in about.items() if profile in said and "--type=" not in said}
    for _ in range(4):
        mine |= {pid for pid, (parent, _) in about.items() if parent in mine}
    shares = [_pss_mb(pid) for pid in mine if "--type=renderer" in about[pid][1]]
    return max(shares, default=0.0)


def _pss_mb(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _demo(folder: Path) -> str:
    with Log.open(folder) as log:
        fill(
            Patella(
                log=log, library=own_library(), now=lambda: datetime.now().astimezone(), new_id=lambda: str(uuid4())
            )
        )
        export_json(log, folder / "all.json")
    return (folder / "all.json").read_text("utf-8")


def _native_ms(diary: str, folder: Path) -> float:
    """The same application, asked in the same way, in this Python."""

    async def ask() -> float:
        house = await Inside.open(str(folder), "https://example.org/#/")
        await house.ask("POST", "/api/restore", "application/json", diary)
        took = []
        for _ in range(ASKED):
            began = time.perf_counter()
            await house.ask("GET", "/api/today")
            took.append((time.perf_counter() - began) * 1000)
        await house.close()
        return median(took)

    return asyncio.run(ask())


def _worked(site: Path) -> dict[str, Any]:
    """Commits and the coach, inside the worker's Python, over the browser's own files."""
    shutil.copy(HERE / "site.worker.js", site / "bench.worker.js")
    (site / "bench.html").write_text("<!doctype html>", "utf-8")
    found = [f.name for f in (site / "python").glob("*.*.*") if not f.name.startswith("pyodide")]
    names = {f"{n.partition('.')[0]}.{n.rpartition('.')[2]}": n for n in found}
    files = {name: (HERE / name).read_text("utf-8") for name in ("coach_step.py", "bodies.py", "figure.py")}
    with hosted(site) as (address, _), _browser() as context:
        page = context.pages[0]
        page.goto(f"{address}bench.html")
        done = page.evaluate(WORKS, [names, files, COMMITS])
    if done.get("failed"):
        return {"failed": done["failed"]}
    told: dict[str, Any] = json.loads(done["said"])
    return told


def _of_starts(ours: Starts, theirs: Starts | None) -> list[Figure]:
    figures = []
    for kind, times in (("cold", 1.2), ("warm", 1.5)):
        own = median(s.ready_ms for s in ours[kind])
        value, reached = f"{own / 1000:.2f} s", None
        if theirs:
            other = median(s.ready_ms for s in theirs[kind])
            value += f", the prototype {other / 1000:.2f} s: {other / own:.2f} times as quick"
            reached = other / own >= times
        figures.append(Figure(name=f"ready, {kind}", value=value, bar=f"at least {times} times", reached=reached))
    read = median(s.read_ms for s in ours["warm"]) / 1000
    figures.append(
        Figure(name="something to read, warm", value=f"{read:.2f} s", bar="at most 0.5 s", reached=read <= READ_S)
    )
    memory = median(s.memory_mb for s in ours["warm"])
    beside = f", the prototype {median(s.memory_mb for s in theirs['warm']):.0f} MB" if theirs else ""
    return [*figures, Figure(name="memory of the page once it is ready", value=f"{memory:.0f} MB{beside}")]


def _download(site: Path, first: set[str], rest: set[str]) -> list[Figure]:
    """What a first start fetches before anything can be done, and what it fetches then to need no network."""
    name, small = "first download, until it can be used", _brotli_mb(site, first)
    value = f"{_as_it_is(site, first)}, {_told(small)}"
    reached = None if small is None else small <= BROTLI_MB
    after = f"{_as_it_is(site, rest)}, {_told(_brotli_mb(site, rest))}"
    return [
        Figure(name=name, value=value, bar="at most 7.5 MB brotli", reached=reached),
        Figure(name="fetched after that, at rest: all but camera and figures", value=after),
    ]


def _contents(site: Path, names: set[str]) -> list[bytes]:
    return [(site / name).read_bytes() for name in sorted(names) if (site / name).is_file()]


def _as_it_is(site: Path, names: set[str]) -> str:
    content = _contents(site, names)
    packed = sum(len(gzip.compress(c, 9)) for c in content)
    return f"{sum(map(len, content)) / 1e6:.1f} MB as it is, {packed / 1e6:.1f} gzip"


def _brotli_mb(site: Path, names: set[str]) -> float | None:
    try:
        import brotli
    except ImportError:
        return None
    return sum(len(brotli.compress(c, quality=11, lgwin=24)) for c in _contents(site, names)) / 1e6


def _told(brotli_mb: float | None) -> str:
    return "brotli is not installed here" if brotli_mb is None else f"{brotli_mb:.2f} brotli"


def _of_work(today: float, native: float, worked: dict[str, Any]) -> list[Figure]:
    value = f"{today:.1f} ms, native {native:.1f}: {today / native:.2f} times"
    figures = [
        Figure(
            name="/api/today, twelve weeks", value=value, bar=f"at most {TODAY} times", reached=today <= TODAY * native
        )
    ]
    if "failed" in worked:
        return [*figures, Figure(name="commit, coach", value=worked["failed"][-200:], reached=False)]
    took = worked["commits"]
    late = at(0.95, took)
    value = f"median {median(took):.1f} ms, p95 {late:.1f} ms"
    figures.append(Figure(name="commit", value=value, bar="p95 at most 6 ms", reached=late <= COMMIT_MS))
    coach = str(worked["coach"])
    reached = float(coach.split(maxsplit=1)[0]) <= COACH_US
    return [
        *figures,
        Figure(name="coach step in the page", value=coach, bar="at most 40 microseconds", reached=reached),
    ]


def main() -> int:
    """Print every figure, and the load."""
    print(f"load over the last minute: {os.getloadavg()[0]:.1f}", flush=True)
    for figure in measure():
        print(figure.line(), flush=True)
    print(f"load over the last minute: {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
