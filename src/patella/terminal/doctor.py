"""Whether everything that Patella needs is in order, a line each."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.log import FILE, Log
from patella.terminal.keys import can_read_single_keys
from patella.terminal.page import Page, Tone, wants_colour

LEAST_SPACE_BYTES = 50_000_000
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
    found, missing = [f"Patella {version('patella')}", f"Python {platform.python_version()}"], []
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
    if not (folder / FILE).exists():
        yield Check(name="diary", ok=True, text="none yet; the first start makes one")
        return
    yield _opened(folder)


def _opened(folder: Path) -> Check:
    try:
        with Log.open(folder) as log:
            wrong, entries = log.check(), len(log.entries())
    except StoreError as error:
        wrong, entries = [str(error)], 0
    todo = "Restore your latest export: patella restore FILE --replace." if wrong else ""
    return Check(name="diary", ok=not wrong, text=" ".join(wrong) or f"sound, {entries} entries", todo=todo)


def _space(folder: Path) -> Check:
    nearest = next(p for p in (folder, *folder.absolute().parents) if p.is_dir())
    free = shutil.disk_usage(nearest).free
    ok = free >= LEAST_SPACE_BYTES
    return Check(name="disk", ok=ok, text=f"{free / 1e9:.1f} GB free", todo="" if ok else "Make some room first.")


def _library() -> Check:
    from patella.files.library import check_folder, own_folder

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
