"""Whether everything that Patella needs is in order, a line each."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import uuid4

from patella.app.patella import Patella
from patella.files.library import own_folder, own_library
from patella.files.library_check import check_folder
from patella.store.entry import StoreError
from patella.store.log import Log
from patella.store.private import DIARY, open_to_others
from patella.terminal.keys import can_read_single_keys
from patella.terminal.page import Page, Tone, wants_colour
from patella.version import VERSION

LEAST_SPACE_BYTES = 50_000_000
MOST_NAMED = 5
PARTS = ("alembic", "platformdirs", "rich", "sqlalchemy", "typer", "typst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `todo` says what to do when it is not ok."""

    name: str
    ok: bool
    text: str
    todo: str = ""


def examine(folder: Path) -> list[Check]:
    """Look at everything. The diary is opened only if there is one."""
    return [_versions(), *_diary(folder), _space(folder), _library(), _terminal(), _paper()]


def show_checks(page: Page, checks: list[Check]) -> None:
    """A line for each check, and what to do where one is not ok."""
    for check in checks:
        mark = "ok    " if check.ok else "not ok"
        tone = Tone.PLAIN if check.ok else Tone.RED
        page.say(f"{check.name}: {check.text}", indent=f"{mark}  ", hang=" " * 8, tone=tone)
        if check.todo:
            page.say(check.todo, indent=" " * 8)


def _versions() -> Check:
    found, missing = [f"Patella {VERSION}", f"Python {platform.python_version()}"], []
    for part in PARTS:
        try:
            found.append(f"{part} {version(part)}")
        except PackageNotFoundError:
            missing.append(part)
    found.append(f"SQLite {sqlite3.sqlite_version}")
    todo = f"Missing: {', '.join(missing)}. Install Patella again." if missing else ""
    return Check(name="versions", ok=not missing, text=", ".join(found), todo=todo)


def _diary(folder: Path) -> Iterator[Check]:
    name = "data folder"
    if folder.exists() and not folder.is_dir():
        todo = "Name another with --data DIR or PATELLA_DATA."
        yield Check(name=name, ok=False, text=f"{folder} is a file, not a folder.", todo=todo)
        return
    nearest = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    writable = os.access(nearest, os.W_OK)
    todo = "" if writable else "Change who may write there, or name another folder with --data DIR."
    yield Check(name=name, ok=writable, text=f"{folder}{'' if writable else ' cannot be written'}", todo=todo)
    if not (folder / DIARY).exists():
        yield Check(name="diary", ok=True, text="none yet; the first start makes one")
        return
    yield from _opened(folder)
    yield _private(folder)


def _opened(folder: Path) -> Iterator[Check]:
    restore = "Restore your latest export: patella restore FILE --replace."
    try:
        with Log.open(folder) as log:
            wrong, entries = log.check(), len(log.entries())
            read = [] if wrong else [_entries(log), _folded(log)]
    except StoreError as error:
        wrong, entries, read = [str(error)], 0, []
    text = " ".join(wrong) or f"sound, {entries} entries"
    yield Check(name="diary", ok=not wrong, text=text, todo=restore if wrong else "")
    yield from read


def _entries(log: Log) -> Check:
    """Whether every entry is what its kind asks for."""
    from patella.app.history.wrong import wrong_entries

    wrong = list(wrong_entries(_patella(log)))
    if not wrong:
        return Check(name="entries", ok=True, text="each is what it should be")
    text = " ".join(f"{w.name}: {w.sentence}" for w in wrong[:MOST_NAMED])
    more = f" And {len(wrong) - MOST_NAMED} more." if len(wrong) > MOST_NAMED else ""
    ids = wrong[0].entry.id
    todo = (
        "It is left out, and everything else is read. "
        f"To take it back: patella history --undo --entry {shlex.quote(ids)}"
    )
    return Check(name="entries", ok=False, text=text + more, todo=todo)


def _folded(log: Log) -> Check:
    """Whether what Patella makes of the diary can be made: the history, every session, today, the timeline."""
    from patella.app.diary.timeline import timeline_between
    from patella.app.history.events import sessions_between
    from patella.app.history.reading import person_and_history
    from patella.app.today.today import answer_today

    app = _patella(log)
    tomorrow = app.today + timedelta(days=1)
    first = min((e.day for e in app.entries()), default=app.today)
    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("the sessions", lambda: sessions_between(app, None, None)),
        ("the history", lambda: person_and_history(app, app.today)),
        ("today", lambda: answer_today(app)),
        ("the timeline", lambda: timeline_between(app, first, tomorrow)),
    )
    wrong = [f"{name} cannot be worked out ({error})." for name, make in parts if (error := _trouble(make))]
    todo = (
        "Nothing is lost: patella export diary.json keeps everything. Please report it with the words above."
        if wrong
        else ""
    )
    text = "history, sessions, today and timeline can be worked out"
    return Check(name="reading", ok=not wrong, text=" ".join(wrong) or text, todo=todo)


def _trouble(make: Callable[[], object]) -> str:
    try:
        make()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is asked for here
        return f"{type(error).__name__}: {error}"
    return ""


def _patella(log: Log) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: datetime.now().astimezone(), new_id=lambda: str(uuid4()))


def _private(folder: Path) -> Check:
    found = list(open_to_others(folder))
    return Check(name="for you alone", ok=not found, text=" ".join(found) or "nobody else of this machine can open it")


def _space(folder: Path) -> Check:
    nearest = next(p for p in (folder, *folder.absolute().parents) if p.is_dir())
    free = shutil.disk_usage(nearest).free
    ok = free >= LEAST_SPACE_BYTES
    return Check(name="disk", ok=ok, text=f"{free / 1e9:.1f} GB free", todo="" if ok else "Make some room first.")


def _library() -> Check:
    problems = check_folder(own_folder())
    text = "sound" if not problems else f"{len(problems)} problems, the first: {problems[0]}"
    todo = "Install Patella again." if problems else ""
    return Check(name="library", ok=not problems, text=text, todo=todo)


def _terminal() -> Check:
    stream = sys.stdout
    single = sys.stdin is not None and sys.stdin.isatty() and stream.isatty() and can_read_single_keys()
    size = shutil.get_terminal_size((80, 24))
    found = [
        "single keys" if single else "answers in lines",
        f"{size.columns} x {size.lines}",
        "colour" if wants_colour(stream) else "no colour",
        str(stream.encoding),
    ]
    return Check(name="terminal", ok=True, text=", ".join(found))


def _paper() -> Check:
    try:
        import typst

        pdf = typst.compile(b"= Patella\nknee")
    except Exception as error:  # noqa: BLE001 - whatever a foreign part raises, the answer is that it does not work
        return Check(name="paper", ok=False, text=f"no PDF can be made: {error}", todo="Install Patella again.")
    ok = isinstance(pdf, bytes) and pdf.startswith(b"%PDF")
    return Check(name="paper", ok=ok, text="a PDF can be made" if ok else "no PDF came out")
