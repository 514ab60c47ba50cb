"""What an activity was, where its file did not say: asked once for all of a kind, and put right afterwards.

An activity of an unknown sport is no run until a person says so. Saying it takes the entry back and writes it anew as
what it was, in one step, so that nothing else has to know that it was ever unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid5

from patella.app.history.amend import write_once
from patella.app.history.events import loose_events
from patella.app.history.refused import NotThereError, OtherContentError, TrainingError
from patella.app.history.same_run import NAMED, RUNNING, UNKNOWN, undo_of_naming
from patella.app.patella import Patella
from patella.app.running.runs import LoggedRun, find_run, sports_between
from patella.app.running.shoes import find_shoe, shoe_by_name
from patella.care.entries.bounds import Text
from patella.care.entries.kinds import Kind
from patella.care.entries.of_running import RunAdded, SportAdded
from patella.care.run import Run
from patella.care.session import Event
from patella.care.units import Units
from patella.store.entry import Entry

CHOICES = (RUNNING, "walking", "hiking", "cycling", "other")
LONGEST_SPORT = 80
FASTEST_RUN_M_S = 7.0  # the mean of a whole activity; beyond it nobody is asked whether it was a run
BANDS_M_S = ((0.0, 2.0), (2.0, 4.0), (4.0, FASTEST_RUN_M_S))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """Activities of which nobody says what they were, all of one kind: the same strange word, or about as fast.

    `key` names the kind; `asks` is the question in words. `said` is the word of their files, None where there is none.
    """

    key: str
    asks: str
    said: str | None
    count: int
    first: date
    last: date


def answer_unnamed(app: Patella, units: Units) -> tuple[Unnamed, ...]:
    """Every kind of activity that is to be asked for, those with a word first."""
    kinds: dict[str, list[Event]] = {}
    for event in _unnamed(app):
        kinds.setdefault(_key(event.said(SportAdded)), []).append(event)
    return tuple(_asked(key, events, units) for key, events in sorted(kinds.items(), reverse=True))


def name_all(app: Patella, key: str, sport: str) -> int:
    """Say what all activities of a kind were; how many there were. Raises TrainingError with a sentence."""
    chosen = _checked(sport)
    events = [e for e in _unnamed(app) if _key(e.said(SportAdded)) == key]
    entries = [entry for e in events for entry in _renamed(app, e, str(uuid5(NAMED, f"{e.id} {chosen}")), chosen, None)]
    write_once(app, entries)
    return len(events)


def change_sport(
    app: Patella, activity_id: str, sport: str, *, shoe: str | None = None, entry_id: str | None = None
) -> LoggedRun:
    """Say what one activity was, and in which pair; it goes on under `entry_id`. The same id twice does it once.

    Raises NotThereError, OtherContentError, or TrainingError with a sentence.
    """
    chosen, found = _checked(sport), entry_id or app.new_id()
    if shoe is not None:
        find_shoe(app, shoe)
    known = app.log.entry(found)
    if known is not None:
        if known.body.get("sport") != chosen:
            raise OtherContentError("This id was used before, for something else.")
        return find_run(app, found)
    event = next((e for e in loose_events(app, (Kind.RUN_ADDED, Kind.SPORT_ADDED)) if e.id == activity_id), None)
    if event is None:
        raise NotThereError("There is no such activity; it may have been taken back.")
    write_once(app, list(_renamed(app, event, found, chosen, shoe)))
    return find_run(app, found)


def maybe_runs(app: Patella, since: date) -> list[Run]:
    """The activities from a day on that may have been runs: for today's line neither a rest nor a reason to rise."""
    logged = sports_between(app, since, app.today + timedelta(days=1))
    return [
        Run(day=r.day, distance_m=r.distance_m, moving_s=r.moving_s)
        for r in logged
        if r.sport == UNKNOWN and r.distance_m is not None and _may_be_run(r)
    ]


def _unnamed(app: Patella) -> Iterator[Event]:
    for event in loose_events(app, (Kind.SPORT_ADDED,)):
        said = event.said(SportAdded)
        if said.sport == UNKNOWN and (said.said or _may_be_run(said)):
            yield event


def _may_be_run(activity: LoggedRun | SportAdded) -> bool:
    speed = _speed_m_s(activity)
    return speed is None or speed < FASTEST_RUN_M_S


def _speed_m_s(activity: LoggedRun | SportAdded) -> float | None:
    seconds = activity.moving_s or activity.elapsed_s
    return activity.distance_m / seconds if activity.distance_m and seconds else None


def _key(said: SportAdded) -> str:
    """What a kind is known by: the word of its file, else how fast it was."""
    if said.said:
        return f"word {said.said.casefold()}"
    speed = _speed_m_s(said)
    if speed is None:
        return "pace unknown"
    return next(f"pace {low:g} to {high:g}" for low, high in BANDS_M_S if speed < high)


def _asked(key: str, events: Sequence[Event], units: Units) -> Unnamed:
    said = events[0].said(SportAdded).said
    number = f"{len(events)} activities" if len(events) > 1 else "One activity"
    days = [e.day for e in events]
    were = "Were they runs?" if len(events) > 1 else "Was it a run?"
    return Unnamed(
        key=key,
        asks=f"{number} {_of_kind(key, said, units)}. {were}",
        said=said,
        count=len(events),
        first=min(days),
        last=max(days),
    )


def _of_kind(key: str, said: Text | None, units: Units) -> str:
    if said:
        return f"called “{said}” by the file"
    if key == "pace unknown":
        return "without a sport or a pace"
    low, high = next((low, high) for low, high in BANDS_M_S if key == f"pace {low:g} to {high:g}")
    if not low:
        return f"without a sport, slower than {units.pace(high)}"
    if high == FASTEST_RUN_M_S:
        return f"without a sport, faster than {units.pace(low)}"
    return f"without a sport, between {units.pace(high)} and {units.pace(low)}"


def _checked(sport: str) -> str:
    name = " ".join(sport.split()).lower()
    if not 0 < len(name) <= LONGEST_SPORT or not name.isprintable() or name == UNKNOWN:
        raise TrainingError(f"A sport is one of {', '.join(CHOICES)}, or another in a word of your own.")
    return name


def _renamed(app: Patella, event: Event, new_id: str, sport: str, shoe: str | None) -> Iterator[Entry]:
    """The entries that take an activity back, and write it as what it was."""
    is_run, was = sport == RUNNING, event.said(SportAdded if event.kind == Kind.SPORT_ADDED else RunAdded)
    if is_run and shoe is None:
        shoe = was.shoe
        if shoe is None and was.gear:
            shoe, added = shoe_by_name(app, was.gear)
            yield from added
    body: Mapping[str, object] = {**event.body, "sport": sport, "shoe": shoe if is_run else None}
    undo_id, now = undo_of_naming(new_id), app.now()
    yield Entry(id=undo_id, session_id=None, kind=Kind.ENTRY_UNDONE, day=event.day, at=now, body={"of": event.id})
    kind = Kind.RUN_ADDED if is_run else Kind.SPORT_ADDED
    yield Entry(id=new_id, session_id=None, kind=kind, day=event.day, at=now, body=body)
