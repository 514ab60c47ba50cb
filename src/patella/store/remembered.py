"""What was worked out of the log and is remembered beside it, until an entry comes that could change it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date
from zlib import crc32

from sqlalchemy import Connection, delete, func, insert, select

from patella.store.entry import StoreError
from patella.store.rows import Whose, mark_in, owner_in
from patella.store.tables import memo, span

SEAL_LENGTH = 9
MOST_HELD = 2000


class Remembered:
    """Values by name: memos, which hold at the start of a day, and spans, which hold for some days alone."""

    def __init__(self, transaction: Callable[..., AbstractContextManager[Connection]], whose: Whose) -> None:
        """`transaction` begins one with the log's database; `writes` and `waits_s` as there."""
        self._transaction = transaction
        self._whose = whose
        self._held: dict[tuple[str, date], tuple[int, str]] = {}

    def by_way_of(self, transaction: Callable[..., AbstractContextManager[Connection]]) -> Remembered:
        """The same values, asked for by other transactions."""
        same = Remembered(transaction, self._whose)
        same._held = self._held
        return same

    def memo(self, name: str, *, no_later_than: date) -> tuple[date, object] | None:
        """The newest value remembered under this name, with its day: it holds at the start of that day."""
        wanted = (
            select(memo.c.day, memo.c.body)
            .where(memo.c.person_id == self._whose.now(), memo.c.name == name, memo.c.day <= no_later_than)
            .order_by(memo.c.day.desc())
            .limit(1)
        )
        with self._transaction() as connection:
            row = connection.execute(wanted).one_or_none()
        kept = row and (row.day, _unsealed(row.body))
        held = max(((day, t) for day, t in self._held_texts(name) if day <= no_later_than), default=None)
        if held and (kept is None or held[0] > kept[0]):
            return held[0], json.loads(held[1])
        return None if kept is None or kept[1] is None else (kept[0], json.loads(kept[1]))

    def span(self, name: str) -> object | None:
        """The value remembered under this name from some days alone."""
        text = self.span_text(name)
        return None if text is None else json.loads(text)

    def spans(self, begin: str) -> dict[str, object]:
        """Every value remembered from some days alone whose name begins so."""
        wanted = select(span.c.name, span.c.body).where(
            span.c.person_id == self._whose.now(), func.substr(span.c.name, 1, len(begin)) == begin
        )
        with self._transaction() as connection:
            rows = [(row.name, _unsealed(row.body)) for row in connection.execute(wanted)]
        held = {name for name, _ in list(self._held) if name.startswith(begin)}
        texts = {**dict(rows), **{name: text for name in held for _, text in self._held_texts(name)}}
        return {name: json.loads(text) for name, text in texts.items() if text is not None}

    def span_text(self, name: str) -> str | None:
        """The same as the JSON text it is kept in: to be passed on, where nobody has to read it."""
        wanted = select(span.c.body).where(span.c.person_id == self._whose.now(), span.c.name == name)
        with self._transaction() as connection:
            sealed = connection.scalar(wanted)
        kept = None if sealed is None else _unsealed(sealed)
        return kept if kept is not None else next((text for _, text in self._held_texts(name)), None)

    def keep(self, name: str, day: date, body: object, *, since: date | None = None, mark: int | None = None) -> None:
        """Keep a value that was derived from all entries about days ahead of `day`, until one of them changes.

        With `since` from those of the days from then on alone: a span. `mark` is what `mark()` said before those
        entries were read: if another process has written one of them since, the value is out of date and is not kept.
        An empty log keeps nothing: there is nothing to derive from. While another process writes, or where nothing can
        be written, it is held in memory instead.
        """
        text = _text_of(body)
        try:
            self._write(name, since, day, text, mark)
        except StoreError:
            self._hold(name, day, text, mark)

    def _write(self, name: str, since: date | None, day: date, text: str, mark: int | None) -> None:
        with self._transaction(writes=True, waits_s=0.0) as connection:
            owner = owner_in(connection, self._whose)
            if owner is None or (mark is not None and mark_in(connection, self._whose, since=since, before=day) > mark):
                return
            values = {"person_id": owner, "name": name, "day": day, "body": _sealed(text)}
            if since is None:
                there = memo.c.person_id == owner, memo.c.name == name, memo.c.day == day
                connection.execute(delete(memo).where(*there))
                connection.execute(insert(memo).values(values))
            else:
                connection.execute(delete(span).where(span.c.person_id == owner, span.c.name == name))
                connection.execute(insert(span).values(values | {"since": since}))

    def forget_others(self, rules: str) -> None:
        """Forget what is remembered under a name that does not hold these rules: nobody asks for it any more.

        Where nothing can be written it stays.
        """
        with suppress(StoreError), self._transaction(writes=True, waits_s=0.0) as connection:
            for table in (memo, span):
                other = ~table.c.name.contains(rules, autoescape=True)
                connection.execute(delete(table).where(table.c.person_id == self._whose.now(), other))

    def _hold(self, name: str, day: date, text: str, mark: int | None) -> None:
        """Where nothing can be written (a full disk, one that may only be read), it is good for as long as this is."""
        with suppress(StoreError):
            if mark is not None and mark == self._mark():
                if len(self._held) >= MOST_HELD:
                    self._held.clear()
                self._held[name, day] = mark, text

    def _held_texts(self, name: str) -> list[tuple[date, str]]:
        """What could not be kept on the disk, with its day, while nothing was written since."""
        held = [(day, *value) for (known, day), value in list(self._held.items()) if known == name]
        if not held:
            return []
        now = self._mark()
        return [(day, text) for day, mark, text in held if mark == now]

    def _mark(self) -> int:
        with self._transaction() as connection:
            return mark_in(connection, self._whose)


def _text_of(value: object) -> str:
    """A value as JSON. It is our own, plain as it comes, so that nothing in it is looked at one by one."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise StoreError(f"Not saved: {error}") from None


def _sealed(text: str) -> str:
    """A text with its check sum in front, so that one that was garbled is told from it."""
    return f"{crc32(text.encode()):08x} {text}"


def _unsealed(sealed: object) -> str | None:
    """The text again; None where it is not what was sealed: what is only remembered is worked out anew then."""
    text = str(sealed)[SEAL_LENGTH:]
    return text if sealed == _sealed(text) else None
