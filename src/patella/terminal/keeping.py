"""What is the person's own: export, restore, erase."""

from __future__ import annotations

from pathlib import Path

from patella.app.patella import Patella
from patella.care.session import Kind
from patella.store.export import export_csv, export_json
from patella.store.log import Log
from patella.terminal.page import Tone
from patella.terminal.refused import InputError
from patella.terminal.talk import Talk
from patella.terminal.wording import counted

WORD = "ERASE"


def export(log: Log, out: Path, *, replace: bool) -> int:
    """Write the diary to a .json or .csv file; how many entries. Raises InputError, StoreError."""
    writers = {".json": export_json, ".csv": export_csv}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise InputError(f"{out} must end in .json (to keep and restore) or .csv (for a spreadsheet).")
    return write(log, out, replace=replace)


def erase(app: Patella, talk: Talk, *, sure: bool) -> int | None:
    """Erase the diary after saying what goes and asking for the word; how many entries went, None when none did."""
    entries = app.log.entries()
    sessions = {e.session_id for e in entries if e.kind == Kind.BEGUN}
    if not entries:
        talk.page.say("There is nothing to erase: the diary is empty.")
        return 0
    if not sure:
        page = talk.page
        page.say("This erases, for good and at once:", tone=Tone.STRONG)
        page.item(f"{counted(len(entries), 'entry', 'entries')} from {entries[0].day} to {entries[-1].day},")
        page.item(
            f"among them {counted(len(sessions), 'session')}, every answer about pain, the screening, the settings"
        )
        page.item(f"in {app.log.path}")
        page.say("Exports and handouts that you saved elsewhere stay yours. patella export OUT keeps a copy first.")
        if talk.ask(f"Type {WORD} to erase, anything else to keep it:") != WORD:
            page.say("Nothing was erased.")
            return None
    app.log.erase()
    return len(entries)
