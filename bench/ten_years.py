"""How long a diary of ten years keeps anybody waiting: the twelve weeks of the demo, over and over again, served."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from asking import Asking, Took
from figure import Figure
from house import serving

from patella.app.demo import DAYS, fill
from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.entry import Entry
from patella.store.export import json_pages
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
YEARS_DAYS = 3653
MENDED = NOW.date() - timedelta(days=YEARS_DAYS // 2)
BAR_MB, BAR_STEP_S = 250.0, 0.2


def measure() -> list[Figure]:
    """Seconds of processor that the real server takes, over HTTP, and the steps of an export in this process."""
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own: what it takes to make the diary is not what it takes to have it.
        subprocess.run([sys.executable, __file__, folder], check=True)
        with Log.open(Path(folder)) as log:
            entries, steps = sum(map(len, log.pages())), _steps(log)
            (old,) = log.entries(kinds=("pain.noted",), loose=True, since=MENDED, before=MENDED + timedelta(days=7))[:1]
        with serving(Path(folder), "--at", NOW.isoformat()) as house:
            asked = _asked(Asking(house), old.id)
    export = f"export of {entries} entries, the longest of {len(steps)} steps"
    return [*asked, _figure(export, max(steps), BAR_STEP_S)]


def _asked(asking: Asking, old: str) -> list[Figure]:
    """What each answer takes: nothing remembered, warm, and after an old morning was mended, each by itself."""
    first = NOW.date() - timedelta(days=YEARS_DAYS)
    ways = {"today": "/api/today", "timeline": f"/api/timeline?since={first}&before={NOW.date()}"}
    cold = {name: asking.get(way) for name, way in ways.items()}
    asking.settle()
    warm = {name: min((asking.get(way) for _ in range(5)), key=lambda t: t.processor_s) for name, way in ways.items()}
    mended = {}
    for nprs, (name, way) in enumerate(ways.items(), 6):
        asking.change(old, nprs)
        mended[name] = asking.get(way)
        asking.settle()
    chart = asking.get(ways["timeline"].replace("timeline", "timeline/chart"))
    memory_mb, bars = asking.most_memory_mb(), {"today": (0.1, 0.5), "timeline": (0.3, 1.5)}
    figures = [_figure(f"{n}, nothing remembered", took, None) for n, took in cold.items()]
    figures += [_figure(f"{n}, warm", took, bars[n][0]) for n, took in warm.items()]
    after = "after a morning of five years ago was corrected"
    figures += [_figure(f"{n}, {after}", took, bars[n][1]) for n, took in mended.items()]
    figures.append(_figure("the timeline's whole chart, warm", chart, None))
    bar = f"under {BAR_MB:.0f} MB"
    return [
        *figures,
        Figure(name="the server's most memory", value=f"{memory_mb:.0f} MB", bar=bar, reached=memory_mb < BAR_MB),
    ]


def _patella(log: Log) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def _live(app: Patella) -> None:
    fill(app)
    twelve_weeks = app.log.entries()
    rounds = range(YEARS_DAYS // DAYS, -1, -1)
    rows = ([earlier(e, n) for e in twelve_weeks] for n in rounds)
    app.log.refill([e for some in rows for e in some], replace=True)


def earlier(entry: Entry, rounds: int) -> Entry:
    """An entry of the twelve weeks so many rounds ahead of them."""
    back, mark = timedelta(days=DAYS * rounds), f" {rounds}"
    session = entry.session_id and entry.session_id + mark
    return replace(entry, id=entry.id + mark, session_id=session, day=entry.day - back, at=entry.at - back)


def _steps(log: Log) -> list[float]:
    took, pages = [], json_pages(log)
    while True:
        began = time.process_time()
        if next(pages, None) is None:
            return took
        took.append(time.process_time() - began)


def _figure(name: str, took: Took | float, bar_s: float | None) -> Figure:
    """A figure of seconds of processor; how long the answer was waited for stands beside it."""
    took_s, waited = (
        (took, "") if isinstance(took, float) else (took.processor_s, f" (waited for {took.waited_s:.2f} s)")
    )
    bar = "" if bar_s is None else f"at most {bar_s} s of processor"
    return Figure(name=name, value=f"{took_s:.2f} s{waited}", bar=bar, reached=bar_s is None or took_s <= bar_s)


if __name__ == "__main__":
    with Log.open(Path(sys.argv[1])) as made:
        _live(_patella(made))
