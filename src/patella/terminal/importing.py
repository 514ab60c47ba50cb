"""`patella import`: files, folders and archives into the diary, with a bar to watch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.running.imported import Brought, Failed, Imported
from patella.app.running.importing import import_files
from patella.care.units import Units
from patella.files.activity import RUNNING, UNKNOWN
from patella.terminal.door import INTERRUPTED, TROUBLE
from patella.terminal.page import Page, Tone
from patella.terminal.sports import tell_unnamed
from patella.terminal.wording import counted

Progress = Callable[[int, int, str], None]
MOST_SAID, MOST_NAMED = 12, 3
SPORTS = {UNKNOWN: "not said what"}
Writer = Callable[[object], None] | None


def say_import(app: Patella, paths: Sequence[Path], write: Writer) -> int:
    """Import, and say what came of it; the exit code. `write` takes plain values where JSON is wanted."""
    try:
        with _bar() as progress:
            imported = import_files(app, paths, progress=progress)
    except KeyboardInterrupt:
        Page.standard(error=True).say("Stopped. What was read is kept; the same command goes on from there.")
        return INTERRUPTED
    if write:
        write(imported)
    else:
        say_imported(Page.standard(), imported, units_of(app))
        tell_unnamed(app, Page.standard())
    taken = imported.runs + imported.other + imported.duplicates
    return TROUBLE if imported.failed and not taken else 0


def say_imported(page: Page, imported: Imported, units: Units) -> None:
    """What came, what was known, what was none, and what could not be used and why."""
    new = [counted(imported.runs, "new run")]
    if imported.other:
        new.append(f"{imported.other} of other sports")
    if imported.duplicates:
        new.append(f"{imported.duplicates} known already")
    page.say(f"{', '.join(new)}.", tone=Tone.STRONG)
    for brought in imported.brought[:MOST_SAID]:
        page.item(_line(brought, units))
    more = imported.runs + imported.other - min(len(imported.brought), MOST_SAID)
    if more:
        page.say(f"and {more} from before that: patella history, or the timeline in the pages.")
    _say_passed(page, imported)
    if imported.failed:
        page.say(f"{counted(len(imported.failed), 'file')} could not be used:")
        for why, files in _by_reason(imported.failed).items():
            page.item(f"{_named(files)}: {why}")


def _by_reason(failed: Sequence[Failed]) -> dict[str, list[str]]:
    """The files of each reason, in their order: where many have one, it is said once."""
    found: dict[str, list[str]] = {}
    for one in failed:
        found.setdefault(one.why, []).append(shown(one.file))
    return found


def _named(files: Sequence[str]) -> str:
    """Their names, of many the first ones."""
    if len(files) <= MOST_NAMED:
        return ", ".join(files)
    return f"{', '.join(files[:MOST_NAMED])} and {len(files) - MOST_NAMED} more"


def _say_passed(page: Page, imported: Imported) -> None:
    """Where every file went that is no activity."""
    if imported.passed:
        kinds = ", ".join(f"{p.count} {p.kind}" for p in imported.passed)
        page.say(f"Of {counted(imported.files, 'file')}, no activities: {kinds}.")


def _line(brought: Brought, units: Units) -> str:
    """One line: the day, what it was where it was no run, how far, how long, and its name."""
    what = None if brought.sport == RUNNING else SPORTS.get(brought.sport, brought.sport)
    far = units.far(brought.distance_m) if brought.distance_m else None
    long = f"{brought.moving_s / 60:.0f} min" if brought.moving_s else None
    parts = [brought.day.isoformat(), what, far, long, shown(brought.name) if brought.name else None]
    line = ", ".join(p for p in parts if p)
    return f"{line}. {shown(brought.remark)}" if brought.remark else line


def shown(name: str) -> str:
    """A file's name as it may be written to a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A bar on the standard error, where there is somebody to see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda done, total, _name: bar.update(task, completed=done, total=total)
