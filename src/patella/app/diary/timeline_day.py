"""One day of the timeline: what the log says of it, put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NotRequired

from typing_extensions import TypedDict

from patella.app.diary.days import DiaryDay, diary_days
from patella.app.history.events import loose_events
from patella.app.patella import Patella
from patella.app.running.shoes import Shoe, usual_shoe
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import BarefootNoted, PainNoted, ScoreGiven, SittingNoted
from patella.care.entries.of_running import RunAdded, SportAdded
from patella.care.pain import When
from patella.care.regularity import week_of
from patella.care.run import Run
from patella.care.session import Event
from patella.care.spike import spikes

KINDS = (Kind.PAIN_NOTED, Kind.RUN_ADDED, Kind.SPORT_ADDED, Kind.SITTING_NOTED, Kind.BAREFOOT_NOTED, Kind.SCORE_GIVEN)


class PainOfDay(TypedDict):
    """Pain of a day, in the morning, during and after; of a week the morning is the mean, the rest the worst."""

    morning: float | None
    during: int | None
    after: int | None
    worst: int | None


class NoteOfDay(TypedDict):
    """A pain that was noted outside sessions."""

    entry_id: str
    nprs: int
    when: str
    doing: str | None
    knee: str | None
    place: str | None


class RunOfDay(TypedDict):
    """A run, with the heel drop of its pair and how it stands to the longest of the thirty days before it."""

    id: str
    start: str | None
    distance_m: float | None
    moving_s: float | None
    cadence_spm: float | None
    ascent_m: float | None
    shoe: str | None
    surface: str | None
    name: str | None
    drop_mm: float | None
    spike: str | None


class SportOfDay(TypedDict):
    """Another sport; of a week each stands once, with its metres alone."""

    sport: str
    distance_m: float | None
    id: NotRequired[str]
    moving_s: NotRequired[float | None]
    name: NotRequired[str | None]


class ScoreOfDay(TypedDict):
    """A score that was given."""

    score: str
    value: float


class TimelineDay(TypedDict):
    """A day, or a week by its Monday. A table rather than an object: ten years of them are remembered as text.

    What is not known is null, never 0; `run_m` is 0 where no run is in the log; `adjusted` is 1 where exercises asked
    for were left out on a day with pain. Of a week, sitting and barefoot are means of the days that are known, lists of
    single things are empty, and in place of its runs it has `surface_m` (metres by ground) and `spike`, the worst.
    """

    day: str
    pain: PainOfDay
    notes: list[NoteOfDay]
    runs: list[RunOfDay]
    sports: list[SportOfDay]
    run_m: float
    longest_m: float | None
    shoe_m: dict[str, float]
    drop_mm: float | None
    sitting_h: float | None
    barefoot_min: float | None
    sessions: int
    exercises: int
    sets: int
    adjusted: int
    colour: str | None
    scores: list[ScoreOfDay]
    surface_m: NotRequired[dict[str, float]]
    spike: NotRequired[str | None]


Days = dict[str, TimelineDay]


def empty_day(day: date) -> TimelineDay:
    """A day of which nothing is known."""
    return {
        "day": day.isoformat(),
        "pain": {"morning": None, "during": None, "after": None, "worst": None},
        "notes": [],
        "runs": [],
        "sports": [],
        "run_m": 0.0,
        "longest_m": None,
        "shoe_m": {},
        "drop_mm": None,
        "sitting_h": None,
        "barefoot_min": None,
        "sessions": 0,
        "exercises": 0,
        "sets": 0,
        "adjusted": 0,
        "colour": None,
        "scores": [],
    }


def read_days(app: Patella, since: date, before: date) -> Days:
    """The days of a span that hold anything, by day, from the log alone."""
    return with_sessions(read_noted(app, since, before), diary_days(app, since, before))


def read_noted(app: Patella, since: date, before: date) -> Days:
    """What was noted outside sessions on the days of a span, by day."""
    found: Days = {}
    for event in loose_events(app, KINDS, since=since, before=before):
        _take(found.setdefault(event.day.isoformat(), empty_day(event.day)), event)
    return found


def with_sessions(found: Days, sessions: Iterable[DiaryDay]) -> Days:
    """The same days and those of the sessions, from the log alone: shoes and spikes are put on later."""
    for told in sessions:
        _take_sessions(found.setdefault(told["day"], empty_day(date.fromisoformat(told["day"]))), told)
    for values in found.values():
        pain = values["pain"]
        known = [p for p in (pain["during"], pain["after"], *(n["nprs"] for n in values["notes"])) if p is not None]
        pain["worst"] = max(known, default=None)
    return found


def _take(values: TimelineDay, event: Event) -> None:
    if event.kind == Kind.PAIN_NOTED:
        _take_pain(values, event.id, event.said(PainNoted))
    elif event.kind == Kind.RUN_ADDED:
        values["runs"].append(_run(event.id, event.said(RunAdded)))
    elif event.kind == Kind.SPORT_ADDED:
        values["sports"].append(_sport(event.id, event.said(SportAdded)))
    elif event.kind == Kind.SITTING_NOTED:
        values["sitting_h"] = event.said(SittingNoted).hours
    elif event.kind == Kind.BAREFOOT_NOTED:
        values["barefoot_min"] = event.said(BarefootNoted).minutes
    elif event.kind == Kind.SCORE_GIVEN:
        given = event.said(ScoreGiven)
        values["scores"].append({"score": given.score.value, "value": given.value})
    else:
        raise AssertionError(f"{event.kind} is asked for, and nothing is made of it.")


def _run(entry_id: str, run: RunAdded) -> RunOfDay:
    return {
        "id": entry_id,
        "start": run.start.isoformat() if run.start else None,
        "distance_m": run.distance_m,
        "moving_s": run.moving_s,
        "cadence_spm": run.cadence_spm,
        "ascent_m": run.ascent_m,
        "shoe": run.shoe,
        "surface": run.surface,
        "name": run.name,
        "drop_mm": None,
        "spike": None,
    }


def _sport(entry_id: str, sport: SportAdded) -> SportOfDay:
    return {
        "id": entry_id,
        "sport": sport.sport,
        "distance_m": sport.distance_m,
        "moving_s": sport.moving_s,
        "name": sport.name,
    }


def _take_pain(values: TimelineDay, entry_id: str, noted: PainNoted) -> None:
    pain = values["pain"]
    if noted.when is When.MORNING:
        pain["morning"] = noted.nprs
    elif noted.when is When.DURING:
        pain["during"] = _worse(pain["during"], noted.nprs)
    elif noted.when is When.AFTER:
        pain["after"] = _worse(pain["after"], noted.nprs)
    values["notes"].append(
        {
            "entry_id": entry_id,
            "nprs": noted.nprs,
            "when": noted.when.value,
            "doing": noted.doing.value if noted.doing else None,
            "knee": noted.knee.value if noted.knee else None,
            "place": noted.place.value if noted.place else None,
        }
    )


def _take_sessions(values: TimelineDay, told: DiaryDay) -> None:
    sessions, pain = told["sessions"], values["pain"]
    items = [i for s in sessions for i in s["items"]]
    values["sessions"] = len(sessions)
    values["exercises"] = sum(1 for i in items if i["sets"])
    values["sets"] = sum(len(i["sets"]) for i in items)
    values["colour"] = told["colour"]
    for item in items:
        pain["during"] = _worse(pain["during"], item["peak"])
    for session in sessions:
        pain["after"] = _worse(pain["after"], session["after"])


def _worse(one: int | None, other: int | None) -> int | None:
    return max((v for v in (one, other) if v is not None), default=None)


def put_shoes_on(held: Days, shoes: Sequence[Shoe]) -> None:
    """Say of every run in which pair, and sum up the metres of each."""
    drops = {s.id: s.heel_drop_mm for s in shoes}
    for day, values in held.items():
        runs = values["runs"]
        if not runs:
            continue
        usual = usual_shoe(shoes, date.fromisoformat(day))
        by_shoe: dict[str, float] = {}
        for run in runs:
            run["shoe"] = run["shoe"] or (usual.id if usual else None)
            run["drop_mm"] = drops.get(run["shoe"]) if run["shoe"] else None
            run["spike"] = None
            if run["shoe"] is not None:
                by_shoe[run["shoe"]] = by_shoe.get(run["shoe"], 0.0) + metres_of(run)
        values["run_m"] = sum(map(metres_of, runs))
        values["longest_m"] = max((metres_of(r) for r in runs if r["distance_m"] is not None), default=None)
        values["shoe_m"] = by_shoe
        values["drop_mm"] = _drop_of(by_shoe, drops)


def _drop_of(by_shoe: Mapping[str, float], drops: Mapping[str, float | None]) -> float | None:
    """The heel drop run in, weighed by distance; None where a pair's is not known."""
    known = [(drops.get(s), m) for s, m in by_shoe.items()]
    metres = sum(m for _, m in known)
    if not metres or any(d is None for d, _ in known):
        return None
    return round(sum((d or 0.0) * m for d, m in known) / metres, 1)


def metres_of(run: RunOfDay | SportOfDay) -> float:
    """How far a run went, in metres; 0 where that is not known."""
    return run["distance_m"] or 0.0


def mark_spikes(held: Days) -> None:
    """Say of every run how it stands to the longest of the thirty days before it."""
    told: list[RunOfDay] = []
    runs: list[Run] = []
    for day in sorted(held):
        for run in held[day]["runs"]:
            if run["distance_m"] is not None:
                told.append(run)
                runs.append(Run(day=date.fromisoformat(day), distance_m=metres_of(run)))
    for values, (_, spike) in zip(told, spikes(runs), strict=True):
        values["spike"] = spike.value


def mark_adjusted(app: Patella, held: Days) -> None:
    """Say of every day whether exercises that were asked for were left out on it for pain: such a day is not missed."""
    begun = app.log.first_day((Kind.SCREENING_ANSWERED,))
    done = {date.fromisoformat(d) for d, values in held.items() if values["sets"]}
    pains = {date.fromisoformat(d): values["pain"]["worst"] or 0 for d, values in held.items()}
    past = {d: p for d, p in pains.items() if p and begun is not None and begun <= d < app.today}
    weeks = {d - timedelta(days=d.weekday()) for d in past}
    adjusted = {d for monday in weeks for d in week_of(monday, done, past).adjusted}
    for day, values in held.items():
        values["adjusted"] = int(date.fromisoformat(day) in adjusted)
