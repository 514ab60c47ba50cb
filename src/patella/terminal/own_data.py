"""The commands about what is the person's own: `patella export`, `restore`, `merge`, `erase`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from patella.care.entries.field import write
from patella.terminal import options as o
from patella.terminal.door import TROUBLE, command, print_json
from patella.terminal.page import Page

if TYPE_CHECKING:
    from patella.app.patella import Patella


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, function in (("export", export), ("restore", restore), ("merge", merge), ("erase", erase)):
        command(app, name)(function)


def export(
    patella: Patella,
    *,
    out: o.ExportFile,
    session: o.SessionId = None,
    replace: o.Replace = False,
    as_json: o.AsJson = False,
) -> None:
    """The whole diary as a file of your own: JSON to keep and restore, CSV for a spreadsheet, ZIP with all originals.

    For other programmes: a .tcx file has your runs, a .fit file your latest session, or the one of --session.

    Example: patella export diary.json
    """
    from patella.terminal import keeping
    from patella.terminal.busy import busy

    if out.suffix.lower() in keeping.FOR_OTHERS:
        what, count = keeping.export_for_others(patella, out, session, replace=replace)
        if as_json:
            print_json({"file": str(out), "count": count})
        else:
            Page.standard().say(f"Written {out}: {what}.")
        return

    with busy("Writing the diary"):
        entries = keeping.export(patella.log, out, replace=replace)
    _say_entries(out, entries, "Written", as_json=as_json)


def _say_entries(file: Path, entries: int, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), "entries": entries})
    else:
        Page.standard().say(f"{what} {file}: {entries} {'entry' if entries == 1 else 'entries'}.")


def restore(
    patella: Patella,
    *,
    file: o.RestoreFile,
    replace: o.Replace = False,
    as_json: o.AsJson = False,
) -> None:
    """Fill the diary from an export, all of it or nothing.

    Example: patella restore diary.json
    """
    from patella.terminal import keeping
    from patella.terminal.busy import busy

    with busy("Reading the export"):
        entries = keeping.restore(patella.log, file, replace=replace)
    _say_entries(file, entries, "Restored from", as_json=as_json)


def merge(
    patella: Patella,
    *,
    file: o.RestoreFile,
    as_json: o.AsJson = False,
) -> None:
    """Bring in a diary from your other device: what is missing is added, nothing is taken away.

    Example: patella merge phone.json
    """
    from patella.terminal import keeping
    from patella.terminal.busy import busy

    with busy("Reading the other diary"):
        merged = keeping.merge(patella.log, file)
    if as_json:
        print_json({"file": str(file), **write(merged), "text": merged.text})
    else:
        Page.standard().say(merged.text)


def erase(
    patella: Patella,
    *,
    sure: o.Sure = False,
    as_json: o.AsJson = False,
) -> int:
    """Erase your diary, for good. It says exactly what goes, and asks before.

    Example: patella erase
    """
    from patella.terminal import keeping
    from patella.terminal.hall import open_talk

    erased = keeping.erase(patella, open_talk(error=as_json), sure=sure)
    if as_json:
        print_json({"erased": erased or 0})
    elif erased:
        Page.standard().say("Erased. No byte of it is left in the folder.")
    return 0 if erased is not None else TROUBLE
