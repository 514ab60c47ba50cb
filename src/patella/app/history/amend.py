"""Taking back and correcting what is in the log: nothing is rewritten, an entry more says what holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from patella.app.history.events import AMENDS, events_of
from patella.app.history.reading import person_of
from patella.app.history.refused import NotThereError, OtherContentError, TrainingError
from patella.app.history.wrong import is_wrong
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.pain import Colour, colour_of
from patella.care.session import settle
from patella.store.entry import Entry, StoreError, is_in_reach

CORRECTABLE: Mapping[str, frozenset[str]] = {
    Kind.SET_DONE: frozenset({"reps", "holds", "hold_s", "held_s", "load_kg"}),
    Kind.PAIN_NOTED: frozenset({"nprs", "knee", "doing", "place"}),
    Kind.RUN_ADDED: frozenset({"distance_m", "moving_s", "cadence_spm", "shoe", "surface", "name", "race"}),
    Kind.SPORT_ADDED: frozenset({"distance_m", "moving_s", "name"}),
    Kind.SHOE_ADDED: frozenset({"name", "heel_drop_mm", "since", "until", "usual"}),
}
FOR_GOOD = frozenset({Kind.SCREENING_ANSWERED, Kind.ASSESSMENT_CONFIRMED, Kind.SYMPTOM_NOTED, Kind.PROFILE_SET})
DAY = timedelta(days=1)
USED = "This id was used before, for something else."
FOLLOWS = UUID("6f1c7f0e-5f43-5a0b-9a5e-6f6b6e656573")


def undo_entry(app: Patella, of: str, entry_id: str) -> None:
    """Take one entry back, whatever it belongs to; doing it twice with the same id does it once.

    Undoing the beginning of a session takes the session out of the diary; undoing an undo brings back what was undone.
    Raises NotThereError, OtherContentError, or TrainingError where something is not undone but answered again.
    """
    target = _find(app, of)
    if target.kind in FOR_GOOD and not is_wrong(app, target):
        raise TrainingError("This cannot be taken back. Answer the questions or change the settings again instead.")
    if not is_there(app, entry_id, Kind.ENTRY_UNDONE, {"of": of}):
        write_once(app, undoing(_around(app, target), target, entry_id, app.now()))


def change_entry(app: Patella, of: str, entry_id: str, body: Mapping[str, object]) -> None:
    """Correct a set or a pain; what `body` leaves out stays as it is. Doing it twice with the same id does it once.

    Raises NotThereError, OtherContentError, or TrainingError when this entry has no such values.
    """
    target = _find(app, of)
    if not is_there(app, entry_id, Kind.ENTRY_CHANGED, {"of": of, "body": body}):
        cautious = person_of(app).cautious
        write_once(app, changing(_around(app, target), target, entry_id, app.now(), body, cautious=cautious))


def undoing(around: Iterable[Entry], target: Entry, entry_id: str, at: datetime) -> list[Entry]:
    """The entries that take `target` back, and with it the stop that followed from it."""
    entries = [amendment(target, entry_id, at, Kind.ENTRY_UNDONE, {"of": target.id})]
    stop = stop_of(target.id)
    if any(e.id == stop for e in around):
        entries.append(amendment(target, stop_of(entry_id), at, Kind.ENTRY_UNDONE, {"of": stop}))
    return entries


def changing(
    around: Sequence[Entry],
    target: Entry,
    entry_id: str,
    at: datetime,
    body: Mapping[str, object],
    *,
    cautious: bool,
) -> list[Entry]:
    """The entries that correct `target`; a red pain that was none takes the stop back that followed from it."""
    allowed = CORRECTABLE.get(target.kind, frozenset())
    if not body or not set(body) <= allowed:
        raise TrainingError("Only sets, pains, runs and shoes can be corrected; take the rest back and say it again.")
    holds_now = next((e.body for e in settle(events_of(around)) if e.id == target.id), target.body)
    corrected = {k: holds_now.get(k) for k in allowed if k in holds_now} | corrected_holds(body)
    entries = [amendment(target, entry_id, at, Kind.ENTRY_CHANGED, {"of": target.id, "body": corrected})]
    stop, nprs = stop_of(target.id), corrected.get("nprs")
    calm = isinstance(nprs, int) and colour_of(nprs, cautious=cautious) is not Colour.RED
    if calm and any(e.id == stop for e in around):
        entries.append(amendment(target, stop_of(entry_id), at, Kind.ENTRY_UNDONE, {"of": stop}))
    return entries


def corrected_holds(body: Mapping[str, object]) -> dict[str, object]:
    """A correction of a set; where it is of the holds, how long each of them lasted is not known any more."""
    each_hold = {"held_s": None} if "holds" in body or "hold_s" in body else {}
    return {**each_hold, **body}


def stop_of(entry_id: str) -> str:
    """The id of the stop that follows from a red pain, of the taking back of that stop, and so on."""
    return str(uuid5(FOLLOWS, f"stop {entry_id}"))


def stop_for_pain(number: object, exercise_id: str) -> dict[str, object]:
    """What the stop says that follows from a red pain during this task."""
    return {"item": number, "exercise": exercise_id, "why": "pain"}


def amendment(target: Entry, entry_id: str, at: datetime, kind: Kind, body: Mapping[str, object]) -> Entry:
    """One more entry about the same day and session."""
    return Entry(id=entry_id, session_id=target.session_id, kind=kind, day=target.day, at=at, body=dict(body))


def is_there(app: Patella, entry_id: str, kind: str, body: Mapping[str, object]) -> bool:
    """Whether this was said before. Raises OtherContentError when the id was used for something else."""
    known = app.log.entry(entry_id)
    if known is None:
        return False
    check_same(known, kind, body)
    return True


def check_same(known: Entry, kind: str, body: Mapping[str, object]) -> None:
    """Raise OtherContentError unless the known entry says what is said again; it may say more."""
    if known.kind != kind or not _says(known.body, body):
        raise OtherContentError(USED)


def _says(known: object, said: object) -> bool:
    if isinstance(known, Mapping) and isinstance(said, Mapping):
        return all(v is None or _says(known.get(k), v) for k, v in said.items())
    return known == said


def write_once(app: Patella, entries: Sequence[Entry]) -> None:
    """Write all of these or none; what another process wrote meanwhile of the same is not written again.

    Raises OtherContentError when an id is there already with other content, StoreError for trouble.
    """
    try:
        app.append(entries)
    except StoreError:
        there = [app.log.entry(e.id) for e in entries]
        if not any(there):
            raise
        for known, wanted in zip(there, entries, strict=True):
            if known is None or known.session_id != wanted.session_id:
                raise OtherContentError(USED) from None
            check_same(known, wanted.kind, wanted.body)


def _find(app: Patella, entry_id: str) -> Entry:
    found = app.log.entry(entry_id)
    if found is None:
        raise NotThereError("There is no such entry; it may have been erased.")
    return found


def _around(app: Patella, target: Entry) -> list[Entry]:
    if target.session_id is not None:
        return app.entries(session_id=target.session_id)
    # Of ten years of pains those of one day: reading all of them takes longer than everything that follows.
    in_reach = is_in_reach(target.day)  # beyond, nothing can be made of it, and the last of all days has no next
    that_day = app.entries(kinds=(target.kind,), since=target.day, before=target.day + DAY) if in_reach else []
    return [*(e for e in that_day if e.kind not in AMENDS), *app.entries(kinds=AMENDS, since=target.day)]
