"""Reading an export: looked over from end to end before anything is made of it, and never all of it at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from patella.care.entries.kinds import complaint
from patella.store.document import LIST, members
from patella.store.entry import Entry, StoreError, canonical, checked
from patella.store.rows import PAGE, row_of

FORMAT = "patella-diary"
VERSION = 1
LARGEST_BYTES = 200_000_000
KEYS = ("at", "body", "day", "id", "kind", "session_id")


class Export:
    """A file that `export_json` wrote, or one that says to be such."""

    def __init__(self, file: Path) -> None:
        """Raises StoreError if it cannot be read, is larger than 200 MB, or is not text."""
        self.file = file
        self._content = _text(file)

    def look_over(self) -> Iterator[None]:
        """Every entry, in steps. Raises StoreError where the file is of another format, newer, or wrong."""
        seen: dict[str, int] = {}
        for number, value in enumerate(_values(self._content, self.file), 1):
            entry = _entry(value, f"{self.file}, entry {number}")
            first = seen.setdefault(entry.id, number)
            if first != number:
                raise StoreError(f"{self.file}, entry {number}: the id {entry.id} is that of entry {first} already.")
            if number % PAGE == 0:
                yield
        yield

    def pages(self) -> Iterator[list[dict[str, object]]]:
        """The entries as they are kept (`log.row_of`), some hundreds at a time. Only after they were looked over."""
        rows: list[dict[str, object]] = []
        for value in _values(self._content, self.file):
            rows.append(row_of(_read(value)))
            if len(rows) == PAGE:
                yield rows
                rows = []
        yield rows


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
            "Update, then try again."
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
