"""The diary as a file of one's own: JSON to keep and to restore, CSV for a spreadsheet.

The JSON format, version 1::

    {"format":"patella-diary","version":1,"entries":[
    {"at":"2026-05-31T18:04:11+02:00","body":{"nprs":2},"day":"2026-05-31","id":"...","kind":"pain.noted","session_id":null},
    ...
    ]}

UTF-8 (only ASCII is written; other characters are escaped), an entry a line, in order of writing, a newline at the end.

- `id`: 1 to 200 printable characters, unique in the file. `kind`: what it is; `session_id`: the session, or null.
  Likewise 1 to 200 printable characters.
- `day`: the local day the entry is about, YYYY-MM-DD. `at`: when it was written down, ISO 8601 with its UTC offset.
- `body`: a table; what stands in it depends on the kind, see docs/diary.md. Numbers are finite.

The same diary always gives the same bytes: keys within an entry are sorted, there are no spaces, numbers are written in
their shortest form. A reader may take any JSON of this shape; it must refuse a version or a key that it does not know.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from patella.store.entry import Entry, canonical
from patella.store.exported import FORMAT, KEYS, VERSION, Export
from patella.store.log import Log
from patella.store.whole_file import written_whole

FROM_BODY = ("exercise", "side", "set", "reps", "holds", "hold_s", "load_kg", "nprs", "when", "knee")
CSV_COLUMNS = ("seq", "id", "session", "day", "at", "kind", *FROM_BODY, "body")

# A spreadsheet takes text that begins so for a formula; an apostrophe in front makes it text again (OWASP).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def export_json(log: Log, out: Path, *, replace: bool = False) -> int:
    """Write every entry to `out` in the format above, whole or not at all; return how many there are.

    Raises StoreError if something is there already and `replace` is not set, or if it cannot be written.
    """
    return _written(json_pages(log), out, "ascii", replace=replace)


def export_csv(log: Log, out: Path, *, replace: bool = False) -> int:
    """Write every entry to `out`, one row each, for people and spreadsheets; return how many there are.

    Units stand in the names of the columns. What has no column of its own is in `body`, as JSON. Text that a
    spreadsheet would take for a formula gets an apostrophe in front. Such a file cannot be restored. Raises StoreError
    like `export_json`.
    """
    return _written(csv_pages(log), out, "utf-8", replace=replace)


def json_pages(log: Log) -> Iterator[tuple[str, int]]:
    """The text of the JSON file piece by piece, each with how many entries are in it: for whoever does more meanwhile.

    Raises StoreError, also in the middle.
    """
    yield f'{{"format":"{FORMAT}","version":{VERSION},"entries":[\n', 0
    between = ""
    for entries in log.pages():
        yield between + ",\n".join(map(_json_line, entries)), len(entries)
        between = ",\n"
    yield f"{between and chr(10)}]}}\n", 0


def csv_pages(log: Log) -> Iterator[tuple[str, int]]:
    """The table (CSV) in pieces, each with how many entries it holds; all the entries in the order of writing."""
    # The mark at the beginning is what tells the most common spreadsheet that this is UTF-8.
    yield "\ufeff" + _csv_text([CSV_COLUMNS]), 0
    count = 0
    for entries in log.pages():
        yield _csv_text(_csv_row(number, entry) for number, entry in enumerate(entries, count + 1)), len(entries)
        count += len(entries)


def _written(pages: Iterator[tuple[str, int]], out: Path, encoding: str, *, replace: bool) -> int:
    count = 0
    with (
        written_whole(out, replace=replace) as temporary,
        temporary.open("w", encoding=encoding, errors="backslashreplace", newline="") as stream,
    ):
        for text, entries in pages:
            stream.write(text)
            count += entries
    return count


def restore(log: Log, file: Path, *, replace: bool = False) -> int:
    """Fill the log from a JSON export, all or nothing; return how many entries it has now.

    With `replace` the entries in the log give way, in one transaction: the old stay until the new are in. Raises
    StoreError, and changes nothing, if the log is not empty and `replace` is not set, or if the file is larger than
    200 MB, of another format, newer, or wrong: the sentence says where. An entry is wrong when its body is not what its
    kind asks for (`care/entries/`); kinds and keys of a newer version are kept as they are.
    """
    count = 0
    for count in restoring(log, file, replace=replace):  # noqa: B007 - the last is all of them
        pass
    return count


def restoring(log: Log, file: Path, *, replace: bool = False) -> Iterator[int]:
    """The same in steps, for whoever does more meanwhile; after each, how many entries are in, in the end all of them.

    First everything is looked at, and only then is anything written.
    """
    export = Export(file)
    for _ in export.look_over():
        yield 0
    yield from log.refilling(export.pages(), replace=replace)


def _json_line(entry: Entry) -> str:
    values = (entry.at.isoformat(), entry.body, entry.day.isoformat(), entry.id, entry.kind, entry.session_id)
    fields = (f'"{key}":{canonical(value)}' for key, value in zip(KEYS, values, strict=True))
    return f"{{{','.join(fields)}}}"


def _csv_text(rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def _csv_row(number: int, entry: Entry) -> list[object]:
    rest = dict(entry.body)
    own = [rest.pop(key) if key in rest and _fits_a_cell(rest[key]) else None for key in FROM_BODY]
    moment, body = entry.at.isoformat(), json.dumps(rest, sort_keys=True, ensure_ascii=False)
    cells = (number, entry.id, entry.session_id, entry.day.isoformat(), moment, entry.kind, *own, body)
    return [harmless(cell) for cell in cells]


def _fits_a_cell(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
