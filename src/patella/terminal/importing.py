"""`patella import`: files, folders and archives into the diary, with a bar to watch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from patella.app.importing import Imported, import_files, imported_to_json
from patella.app.patella import Patella
from patella.terminal.door import INTERRUPTED, TROUBLE
from patella.terminal.page import Page, Tone
from patella.terminal.wording import counted

Progress = Callable[[int, int, str], None]
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
        write(imported_to_json(imported))
    else:
        _say(Page.standard(), imported)
    taken = imported.runs + imported.other + imported.duplicates
    return TROUBLE if imported.failed and not taken else 0


def _say(page: Page, imported: Imported) -> None:
    new = [counted(imported.runs, "new run")]
    if imported.other:
        new.append(f"{imported.other} of other sports")
    if imported.duplicates:
        new.append(f"{imported.duplicates} known already")
    page.say(f"{', '.join(new)}.", tone=Tone.STRONG)
    if imported.failed:
        page.say(f"{counted(len(imported.failed), 'file')} could not be used:")
        for failed in imported.failed:
            page.item(f"{_shown(failed.file)}: {failed.why}")


def _shown(name: str) -> str:
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
