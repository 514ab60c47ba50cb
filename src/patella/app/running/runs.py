"""Runs and other sports in the log: typed in or imported, read back as they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from patella.app.history.amend import CORRECTABLE, change_entry, is_there
from patella.app.history.day import check_day
from patella.app.history.events import loose_events
from patella.app.history.refused import NotThereError, TrainingError
from patella.app.history.same_run import RUNNING
from patella.app.patella import Patella
from patella.app.running.shoes import Shoe, shoes_of, usual_shoe
from patella.care.entries.kinds import Kind
from patella.care.entries.of_running import RunAdded, SportAdded
from patella.care.line import KNOWN_DAYS
from patella.care.run import Run
from patella.care.session import Event
from patella.care.spike import USUAL_RUNS

LONGEST_M, LONGEST_S, LONGEST_NAME = 500_000, 7 * 86_400, 200
CADENCE_SPM = (60, 260)
LATELY_DAYS = 120
KEYS = CORRECTABLE[Kind.RUN_ADDED]


class Surface(StrEnum):
    """What was run on."""

    ROAD = "road"
    PAVEMENT = "pavement"
    PATH = "path"
    TRAIL = "trail"
    GRASS = "grass"
    TRACK = "track"
    TREADMILL = "treadmill"
    SAND = "sand"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRun:
    """A run, or another sport, as it stands in the log; None where it is not known.

    `shoe` is the id of the pair: the one that was said, else the usual one of that day. `start` is in the local time of
    its place. `source`: fit, gpx, tcx, csv, json, or hand.
    """

    id: str
    day: date
    start: datetime | None
    sport: str
    distance_m: float | None
    moving_s: float | None
    elapsed_s: float | None
    cadence_spm: float | None
    ascent_m: float | None
    name: str | None
    shoe: str | None
    surface: str | None
    source: str
    race: bool = False
    stage: str | None = None


def add_run(
    app: Patella, values: Mapping[str, object], *, day: date | None = None, entry_id: str | None = None
) -> LoggedRun:
    """Note a run that no watch recorded: distance_m or moving_s, and any of cadence_spm, shoe, surface, name, race.

    The same `entry_id` twice is one run. Raises TrainingError with a sentence.
    """
    body = checked_run(app, values)
    on = app.today if day is None else check_day(app, day)
    found = entry_id or app.new_id()
    if not is_there(app, found, Kind.RUN_ADDED, body):
        app.write(Kind.RUN_ADDED, body, day=on, entry_id=found)
    return find_run(app, found)


def checked_run(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """The body of an entry about a run that no watch recorded. Raises TrainingError with a sentence."""
    checked = check_run(app, values)
    if checked.get("distance_m") is None and checked.get("moving_s") is None:
        raise TrainingError("A run has a distance or a time, at best both.")
    empty = dict.fromkeys((*KEYS, "start", "elapsed_s", "ascent_m", "file", "original"))
    return {**empty, "sport": RUNNING, "source": "hand", **checked}


def change_run(app: Patella, run_id: str, values: Mapping[str, object], *, entry_id: str | None = None) -> LoggedRun:
    """Correct what is named of a run. Raises NotThereError, OtherContentError, TrainingError with a sentence."""
    change_entry(app, find_run(app, run_id).id, entry_id or app.new_id(), check_run(app, values))
    return find_run(app, run_id)


def check_run(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a run, each checked. Raises TrainingError with a sentence."""
    strange = sorted(set(values) - KEYS)
    if strange:
        raise TrainingError(f"A run has no {strange[0][:LONGEST_NAME]}; it has {', '.join(sorted(KEYS))}.")
    return {key: None if value is None else _checked(app, key, value) for key, value in values.items()}


def _checked(app: Patella, key: str, value: object) -> object:
    if key == "distance_m":
        return _number(value, 0, LONGEST_M, f"A distance is a number of metres from 0 to {LONGEST_M}.")
    if key == "moving_s":
        return _number(value, 0, LONGEST_S, "A time is a number of seconds, up to a week.")
    if key == "cadence_spm":
        low, high = CADENCE_SPM
        return _number(value, low, high, f"A cadence is a number of steps a minute from {low} to {high}.")
    if key == "surface":
        if value not in set(Surface):
            raise TrainingError(f"A surface is one of {', '.join(Surface)}.")
        return str(value)
    if key == "shoe":
        if value not in {s.id for s in shoes_of(app)}:
            raise TrainingError("There is no such shoe; add it first.")
        return value
    return _flag(value) if key == "race" else _name(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TrainingError("A run is a race, or it is not: true or false.")
    return value


def _name(value: object) -> str:
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise TrainingError(f"A name has 1 to {LONGEST_NAME} printable characters.")
    return name


def _number(value: object, low: float, high: float, sentence: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise TrainingError(sentence)
    return float(value)


def runs_between(app: Patella, since: date | None, before: date | None) -> list[LoggedRun]:
    """Every run of these days, by day and start."""
    return _logged(app, Kind.RUN_ADDED, since, before)


def runs_lately(app: Patella) -> list[LoggedRun]:
    """The runs of four months, if they are all that today's line is drawn from; none if it looks further back."""
    runs = runs_between(app, app.today - timedelta(days=LATELY_DAYS), app.today + timedelta(days=1))
    seen = app.today - timedelta(days=KNOWN_DAYS)
    before = sum(1 for r in runs if r.distance_m is not None and r.day < seen)
    return runs if before >= USUAL_RUNS else []


def sports_between(app: Patella, since: date | None, before: date | None) -> list[LoggedRun]:
    """Every other sport of these days, by day and start."""
    return _logged(app, Kind.SPORT_ADDED, since, before)


def find_run(app: Patella, run_id: str) -> LoggedRun:
    """One run or other sport by its id. Raises NotThereError."""
    entry = app.log.entry(run_id)
    if entry is not None and entry.kind in (Kind.RUN_ADDED, Kind.SPORT_ADDED):
        for logged in _logged(app, entry.kind, entry.day, entry.day + timedelta(days=1)):
            if logged.id == run_id:
                return logged
    raise NotThereError("There is no such run; it may have been taken back.")


def runs_for_load(logged: Sequence[LoggedRun]) -> list[Run]:
    """Runs as running load reads them: those that count (`counts`)."""
    return [
        Run(
            day=r.day,
            distance_m=r.distance_m,
            moving_s=r.moving_s,
            cadence_spm=r.cadence_spm,
            shoe=r.shoe,
            surface=r.surface,
            race=r.race,
        )
        for r in logged
        if r.distance_m is not None and counts(r)
    ]


def counts(run: LoggedRun) -> bool:
    """Whether it is a run, and its distance is known."""
    return run.distance_m is not None and run.sport == RUNNING


def _logged(app: Patella, kind: str, since: date | None, before: date | None) -> list[LoggedRun]:
    shoes = shoes_of(app)
    found = [logged_run(e, shoes) for e in loose_events(app, (kind,), since=since, before=before)]
    return sorted(found, key=lambda r: (r.day, r.start.isoformat() if r.start else ""))


def logged_run(event: Event, shoes: Sequence[Shoe]) -> LoggedRun:
    """What an entry says of a run, with its shoe."""
    said = event.said(RunAdded if event.kind == Kind.RUN_ADDED else SportAdded)
    usual = usual_shoe(shoes, event.day) if said.shoe is None and event.kind == Kind.RUN_ADDED else None
    return LoggedRun(
        id=event.id,
        day=event.day,
        start=said.start,
        sport=said.sport,
        distance_m=said.distance_m,
        moving_s=said.moving_s,
        elapsed_s=said.elapsed_s,
        cadence_spm=said.cadence_spm,
        ascent_m=said.ascent_m,
        name=said.name,
        shoe=usual.id if usual else said.shoe,
        surface=said.surface,
        source=said.source,
        race=said.race is True,
        stage=said.stage,
    )
