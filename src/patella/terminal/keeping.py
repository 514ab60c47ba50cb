"""What is the person's own: export, restore, merge, erase."""

from __future__ import annotations

from pathlib import Path

from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.store.export import export_csv, export_json
from patella.store.export import restore as restore_json
from patella.store.joining import Merged
from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.merging import merge as merge_json
from patella.store.originals import Originals
from patella.store.whole import export_whole, merge_whole, restore_whole
from patella.store.whole_file import written_whole
from patella.terminal.page import Tone
from patella.terminal.refused import InputError
from patella.terminal.talk import Talk
from patella.terminal.wording import counted

WORD = "ERASE"
FOR_OTHERS = (".tcx", ".fit")


def export(log: Log, out: Path, *, replace: bool) -> int:
    """Write the diary to a .json, .csv or .zip file; how many entries. Raises InputError, StoreError."""
    writers = {".json": export_json, ".csv": export_csv, ".zip": export_whole}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise InputError(
            f"{out} must end in .json (to keep and restore), .csv (for a spreadsheet), .zip (originals too), "
            ".tcx (runs) or .fit (a session)."
        )
    return write(log, out, replace=replace)


def export_for_others(app: Patella, out: Path, session_id: str | None, *, replace: bool) -> tuple[str, int]:
    """Write the runs (.tcx) or a session (.fit) for other programmes; what, in words, and how many.

    Raises TrainingError, StoreError.
    """
    content, what, count = (_runs if out.suffix.lower() == ".tcx" else _session)(app, session_id)
    with written_whole(out, replace=replace) as part:
        part.write_bytes(content)
    return what, count


def _runs(app: Patella, _: str | None) -> tuple[bytes, str, int]:
    from patella.app.running.runs import runs_between
    from patella.paper.runs_tcx import runs_tcx

    runs = runs_between(app, None, None)
    text, count = runs_tcx(runs)
    left = len(runs) - count
    rest = f"; {left} without a distance or a time left out" if left else ""
    return text.encode(), f"{counted(count, 'run')}{rest}", count


def _session(app: Patella, session_id: str | None) -> tuple[bytes, str, int]:
    from patella.paper.session_fit import write_session

    session, content = write_session(app, session_id)
    count = len(session.sets)
    return content, f"the session of {session.day}, {counted(count, 'set')}", count


def restore(log: Log, file: Path, *, replace: bool) -> int:
    """Fill the diary from a .json or .zip file that `export` wrote; how many entries. Raises StoreError."""
    fill = restore_whole if file.suffix.lower() == ".zip" else restore_json
    return fill(log, file, replace=replace)


def merge(log: Log, file: Path) -> Merged:
    """Bring in what a .json or .zip file that `export` wrote has and the diary has not. Raises StoreError."""
    return merge_whole(log, file) if file.suffix.lower() == ".zip" else merge_json(log, file)


def erase(app: Patella, talk: Talk, *, sure: bool) -> int | None:
    """Erase the diary after saying what goes and asking for the word; how many entries went, None when none did."""
    entries = app.log.entries()
    sessions = {e.session_id for e in entries if e.kind == Kind.SESSION_BEGUN}
    if not entries:
        Originals(app.log.folder).erase()  # an import that was killed may have left some
        Keys(app.log.folder).forget()
        talk.page.say("There is nothing to erase: the diary is empty.")
        return 0
    if not sure:
        page = talk.page
        page.say("This erases, for good and at once:", tone=Tone.STRONG)
        page.item(f"{counted(len(entries), 'entry', 'entries')} from {entries[0].day} to {entries[-1].day},")
        page.item(
            f"among them {counted(len(sessions), 'session')}, every answer about pain, the screening, the settings"
        )
        page.item(f"in {app.log.path}, and the originals of what was imported; no browser is known any more")
        page.say("Exports and handouts that you saved elsewhere stay yours. patella export OUT keeps a copy first.")
        if talk.ask(f"Type {WORD} to erase, anything else to keep it:") != WORD:
            page.say("Nothing was erased.")
            return None
    app.log.erase()
    Keys(app.log.folder).forget()
    return len(entries)
