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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from patella.care.entries.kinds import complaint
from patella.store.document import LIST, members
from patella.store.entry import Entry, StoreError, canonical, checked
from patella.store.log import PAGE, Log, row_of
from patella.store.whole_file import written_whole

FORMAT = "patella-diary"
VERSION = 1
LARGEST_BYTES = 200_000_000

KEYS = ("at", "body", "day", "id", "kind", "session_id")
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
    """The same of the table."""
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
    text = _text(file)
    seen: dict[str, int] = {}
    for number, value in enumerate(_values(text, file), 1):
        entry = _entry(value, f"{file}, entry {number}")
        first = seen.setdefault(entry.id, number)
        if first != number:
            raise StoreError(f"{file}, entry {number}: the id {entry.id} is that of entry {first} already.")
        if number % PAGE == 0:
            yield 0
    seen.clear()
    yield 0
    yield from log.refilling(_pages_of_rows(text, file), replace=replace)


def _pages_of_rows(text: str, file: Path) -> Iterator[list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    for value in _values(text, file):
        rows.append(row_of(_read(value)))
        if len(rows) == PAGE:
            yield rows
            rows = []
    yield rows


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


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise StoreError(f"{file} could not be read: {error.strerror}.") from None
    if len(content) > LARGEST_BYTES:
        raise StoreError(f"{file} is larger than {LARGEST_BYTES // 1_000_000} MB: that is no diary of one person.")
    try:
        return content.decode(json.detect_encoding(content), "surrogatepass")
    except UnicodeDecodeError as error:
        raise StoreError(f"{file} is not a Patella export: byte {error.start + 1} is not text.") from None


def _values(text: str, file: Path) -> Iterator[object]:
    """What the list of entries holds, one by one: a diary of ten years is not read in one breath."""
    document: dict[str, object] = {}
    try:
        for name, value in members(text, "entries"):
            if name == "entries" and value is not LIST:
                yield value
            else:
                document[name] = value
                if value is LIST and {"format", "version"} <= document.keys():
                    _check_format(document, file)  # ahead of entries that only a newer version may know
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise StoreError(f"{file} is not a Patella export, or only a part of one: {error.msg}, {place}.") from None
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{file} is not a Patella export: {error}.") from None
    _check_document(document, file)


def _check_document(document: Mapping[str, object], file: Path) -> None:
    _check_format(document, file)
    if document.get("entries") is not LIST or len(document) != len(("format", "version", "entries")):
        raise StoreError(f"{file}: there must be format, version and a list of entries, and nothing else.")


def _check_format(document: Mapping[str, object], file: Path) -> None:
    if document.get("format") != FORMAT:
        raise StoreError(f'{file} is not a Patella export: it does not begin with "format": "{FORMAT}".')
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise StoreError(f"{file}: version must be a whole number from 1 on.")
    if version > VERSION:
        raise StoreError(
            f"{file} was written by a newer Patella (version {version} of the format, this one reads {VERSION}). "
            "Update, then restore."
        )


def _entry(value: object, where: str) -> Entry:
    if not isinstance(value, dict) or set(value) != set(KEYS):
        raise StoreError(f"{where}: there must be {', '.join(KEYS)}, and nothing else.")
    try:
        entry = _read(value)
        canonical(checked(entry).body)
    except ValueError as error:
        raise StoreError(f"{where}: {error}") from None
    if wrong := complaint(entry.kind, entry.body):
        raise StoreError(f"{where} ({entry.kind}, {entry.day}, id {entry.id}): {wrong}")
    return entry


def _read(value: Any) -> Entry:  # noqa: ANN401 - what a file holds
    return Entry(
        id=value["id"],
        session_id=value["session_id"],
        kind=value["kind"],
        day=_day(value["day"]),
        at=_moment(value["at"]),
        body=value["body"],
    )


def _day(value: object) -> date:
    with suppress(ValueError):
        if isinstance(value, str) and (day := date.fromisoformat(value)).isoformat() == value:
            return day
    raise ValueError("day must be a date such as 2026-05-31.")


def _moment(value: object) -> datetime:
    with suppress(ValueError):
        if isinstance(value, str):
            return datetime.fromisoformat(value)
    raise ValueError("at must be a date and time such as 2026-05-31T18:04:11+02:00.")
