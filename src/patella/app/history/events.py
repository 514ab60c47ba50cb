"""What the log holds as the core reads it: events that hold after undo and change, sessions, pains of mornings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from patella.app.history.same_run import SPORTS, once
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import PainNoted
from patella.care.pain import LOOK_BACK_DAYS, When
from patella.care.session import Event, Session, fold, settle
from patella.store.entry import Entry

AMENDS = (Kind.ENTRY_UNDONE, Kind.ENTRY_CHANGED)
MORNING_DAYS = LOOK_BACK_DAYS


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The entries as events of the core."""
    return [Event(id=e.id, kind=e.kind, day=e.day, at=e.at, body=e.body, values=e.said) for e in entries]


def loose_events(
    app: Patella, kinds: Iterable[str], *, since: date | None = None, before: date | None = None
) -> list[Event]:
    """What was noted outside sessions, of these kinds, as it holds after undo and change."""
    wanted = frozenset(kinds)
    return list(app.derived(("loose", wanted, since, before), lambda: _loose_events(app, wanted, since, before)))


def _loose_events(app: Patella, wanted: frozenset[str], since: date | None, before: date | None) -> list[Event]:
    asked = {*wanted, *AMENDS, *(SPORTS if wanted & SPORTS else ())}
    events = events_of(app.entries(kinds=asked, loose=True, since=since, before=before))
    return [e for e in (once if wanted & SPORTS else settle)(events) if e.kind in wanted]


def sessions_between(app: Patella, since: date | None, before: date | None) -> list[Session]:
    """Every session of these days, oldest first, as it stands after all its events."""
    return [session for session, _ in sessions_with_entries(app, since, before)]


def sessions_with_entries(app: Patella, since: date | None, before: date | None) -> list[tuple[Session, list[Entry]]]:
    """The same, each with its entries."""
    grouped: dict[str, list[Entry]] = {}
    for entry in app.entries(since=since, before=before):
        if entry.session_id is not None:
            grouped.setdefault(entry.session_id, []).append(entry)
    folded = ((fold(session_id, events_of(entries)), entries) for session_id, entries in grouped.items())
    found = [(session, entries) for session, entries in folded if session is not None]
    return sorted(found, key=lambda f: (f[0].day, f[0].begun_at))


def session_of(app: Patella, session_id: str) -> Session | None:
    """One session as it stands."""
    return fold(session_id, events_of(app.entries(session_id=session_id)))


def mornings_between(app: Patella, since: date | None, before: date | None) -> dict[date, int]:
    """The pain of each morning that was noted; the last word of a day counts."""
    return mornings_of(loose_events(app, (Kind.PAIN_NOTED,), since=since, before=before))


def mornings_of(noted: Iterable[Event]) -> dict[date, int]:
    """The same from pains that have been read."""
    said = ((e.day, e.said(PainNoted)) for e in noted)
    return {day: pain.nprs for day, pain in said if pain.when is When.MORNING}
