"""How long a diary of ten years keeps anybody waiting: the twelve weeks of the demo, over and over again."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from figure import Figure

from patella.app.demo import DAYS, fill
from patella.app.diary.timeline import timeline_between
from patella.app.history.amend import change_entry
from patella.app.patella import Patella
from patella.app.today.today import answer_today
from patella.files.library import own_library
from patella.store.entry import Entry
from patella.store.export import json_pages
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
YEARS_DAYS = 3653
BAR_MB, BAR_STEP_S = 250.0, 0.2


def measure() -> list[Figure]:
    """Seconds of processor for today and the timeline: cold, warm, and after a morning of five years ago was mended."""
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own: what it takes to make the diary is not what it takes to have it.
        subprocess.run([sys.executable, __file__, folder], check=True)
        with Log.open(Path(folder)) as log:
            return _measured(_patella(log))


def _measured(app: Patella) -> list[Figure]:
    first = app.today - timedelta(days=YEARS_DAYS)
    asked: dict[str, Callable[[], object]] = {
        "today": lambda: answer_today(app),
        "timeline": lambda: timeline_between(app, first, app.today),
    }
    cold = {name: _took(ask) for name, ask in asked.items()}
    warm = {name: min(_took(ask) for _ in range(5)) for name, ask in asked.items()}
    _mend(app)
    mended = {name: _took(ask) for name, ask in asked.items()}
    entries, steps = sum(map(len, app.log.pages())), _steps(app.log)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    bars = {"today": (0.1, 0.5), "timeline": (0.3, 1.5)}
    figures = [_figure(f"{n}, nothing remembered", s, None) for n, s in cold.items()]
    figures += [_figure(f"{n}, warm", s, bars[n][0]) for n, s in warm.items()]
    figures += [
        _figure(f"{n}, after a morning of five years ago was corrected", s, bars[n][1]) for n, s in mended.items()
    ]
    figures.append(_figure(f"export of {entries} entries, the longest of {len(steps)} steps", max(steps), BAR_STEP_S))
    reached = memory_mb < BAR_MB
    return [
        *figures,
        Figure(
            name="most memory of all that", value=f"{memory_mb:.0f} MB", bar=f"under {BAR_MB:.0f} MB", reached=reached
        ),
    ]


def _patella(log: Log) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def _live(app: Patella) -> None:
    fill(app)
    twelve_weeks = app.log.entries()
    rounds = range(YEARS_DAYS // DAYS, -1, -1)
    rows = ([_earlier(e, n) for e in twelve_weeks] for n in rounds)
    app.log.refill([e for some in rows for e in some], replace=True)


def _earlier(entry: Entry, rounds: int) -> Entry:
    back, mark = timedelta(days=DAYS * rounds), f" {rounds}"
    session = entry.session_id and entry.session_id + mark
    return replace(entry, id=entry.id + mark, session_id=session, day=entry.day - back, at=entry.at - back)


def _mend(app: Patella) -> None:
    since = app.today - timedelta(days=YEARS_DAYS // 2)
    old = app.log.entries(kinds=("pain.noted",), loose=True, since=since, before=since + timedelta(days=7))[0]
    change_entry(app, old.id, str(uuid4()), {"nprs": 7})


def _steps(log: Log) -> list[float]:
    took, pages = [], json_pages(log)
    while True:
        began = time.process_time()
        if next(pages, None) is None:
            return took
        took.append(time.process_time() - began)


def _took(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


def _figure(name: str, took_s: float, bar_s: float | None) -> Figure:
    bar = "" if bar_s is None else f"at most {bar_s} s of processor"
    return Figure(name=name, value=f"{took_s:.2f} s", bar=bar, reached=bar_s is None or took_s <= bar_s)


if __name__ == "__main__":
    with Log.open(Path(sys.argv[1])) as made:
        _live(_patella(made))
