"""One day of the timeline: what the log says of it, put side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from patella.app.diary.days import diary_days
from patella.app.history.reading import LOOSE_PAIN, SCREENING, loose_events
from patella.app.history.watched import SCORE
from patella.app.knee.sitting import BAREFOOT, SITTING
from patella.app.patella import Patella
from patella.app.running.runs import RUN, SPORT
from patella.app.running.shoes import Shoe, usual_shoe
from patella.care.pain import When
from patella.care.regularity import week_of
from patella.care.run import Run
from patella.care.session import Event
from patella.care.spike import spikes

Values = dict[str, object]
Days = dict[str, Values]

KINDS = (LOOSE_PAIN, RUN, SPORT, SITTING, BAREFOOT, SCORE)
OF_RUN = ("start", "distance_m", "moving_s", "cadence_spm", "ascent_m", "shoe", "surface", "name")
OF_SPORT = ("sport", "distance_m", "moving_s", "name")


def empty_day(day: date) -> Values:
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
    """The days of a span that hold anything, by day, from the log alone: shoes and spikes are put on later."""
    found: Days = {}
    for event in loose_events(app, KINDS, since=since, before=before):
        _take(found.setdefault(event.day.isoformat(), empty_day(event.day)), event)
    for told in diary_days(app, since, before):
        day = date.fromisoformat(str(told["day"]))
        _take_sessions(found.setdefault(day.isoformat(), empty_day(day)), told)
    for values in found.values():
        pain: dict[str, int | None] = values["pain"]  # type: ignore[assignment]
        notes: list[Mapping[str, int]] = values["notes"]  # type: ignore[assignment]
        known = [p for p in pain.values() if p is not None]
        pain["worst"] = max([*known, *(n["nprs"] for n in notes)], default=None)
    return found


def _take(values: Values, event: Event) -> None:
    body = event.body
    if event.kind == LOOSE_PAIN:
        _take_pain(values, event)
    elif event.kind == RUN:
        values["runs"].append({"id": event.id, **{k: body.get(k) for k in OF_RUN}})  # type: ignore[attr-defined]
    elif event.kind == SPORT:
        values["sports"].append({"id": event.id, **{k: body.get(k) for k in OF_SPORT}})  # type: ignore[attr-defined]
    elif event.kind == SITTING:
        values["sitting_h"] = body["hours"]
    elif event.kind == BAREFOOT:
        values["barefoot_min"] = body["minutes"]
    else:
        values["scores"].append({"score": body["score"], "value": body["value"]})  # type: ignore[attr-defined]


def _take_pain(values: Values, event: Event) -> None:
    body, pain = event.body, values["pain"]
    when, nprs = body.get("when"), int(str(body["nprs"]))
    if when == When.MORNING:
        pain["morning"] = nprs  # type: ignore[index]
    elif when in (When.DURING, When.AFTER):
        pain[when] = _worse(pain[when], nprs)  # type: ignore[index]
    note = {"entry_id": event.id, "nprs": nprs, **{k: body.get(k) for k in ("when", "doing", "knee", "place")}}
    values["notes"].append(note)  # type: ignore[attr-defined]


def _take_sessions(values: Values, told: Mapping[str, object]) -> None:
    sessions: Sequence[Mapping[str, object]] = told["sessions"]  # type: ignore[assignment]
    pain: dict[str, int | None] = values["pain"]  # type: ignore[assignment]
    items = [i for s in sessions for i in _listed(s, "items")]
    values["sessions"] = len(sessions)
    values["exercises"] = sum(1 for i in items if i["sets"])
    values["sets"] = sum(len(_listed(i, "sets")) for i in items)
    values["colour"] = told["colour"]
    for item in items:
        pain["during"] = _worse(pain["during"], item["peak"])
    for session in sessions:
        pain["after"] = _worse(pain["after"], session["after"])


def _listed(values: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    found: Sequence[Mapping[str, object]] = values[key]  # type: ignore[assignment]
    return found


def _worse(one: object, other: object) -> int | None:
    known = [v for v in (one, other) if isinstance(v, int)]
    return max(known, default=None)


def put_shoes_on(held: Days, shoes: Sequence[Shoe]) -> None:
    """Say of every run in which pair, and sum up the metres of each."""
    drops = {s.id: s.heel_drop_mm for s in shoes}
    for day, values in held.items():
        runs: list[Values] = values["runs"]  # type: ignore[assignment]
        if not runs:
            continue
        usual = usual_shoe(shoes, date.fromisoformat(day))
        by_shoe: dict[str, float] = {}
        for run in runs:
            run["shoe"] = run["shoe"] or (usual.id if usual else None)
            run["drop_mm"] = drops.get(str(run["shoe"]))
            run["spike"] = None
            if run["shoe"] is not None:
                by_shoe[str(run["shoe"])] = by_shoe.get(str(run["shoe"]), 0.0) + metres_of(run)
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


def metres_of(run: Mapping[str, object]) -> float:
    """How far a run went, in metres; 0 where that is not known."""
    metres = run["distance_m"]
    return float(metres) if isinstance(metres, int | float) else 0.0


def mark_spikes(held: Days) -> None:
    """Say of every run how it stands to the longest of the thirty days before it."""
    told: list[Values] = []
    runs: list[Run] = []
    for day in sorted(held):
        for run in held[day]["runs"]:  # type: ignore[attr-defined]
            if run["distance_m"] is not None:
                told.append(run)
                runs.append(Run(day=date.fromisoformat(day), distance_m=metres_of(run)))
    for values, (_, spike) in zip(told, spikes(runs), strict=True):
        values["spike"] = spike.value


def mark_adjusted(app: Patella, held: Days) -> None:
    """Say of every day whether exercises that were asked for were left out on it for pain: such a day is not missed."""
    begun = app.log.first_day((SCREENING,))
    done = {date.fromisoformat(d) for d, values in held.items() if values["sets"]}
    pains = {date.fromisoformat(d): _worst_pain(values) for d, values in held.items()}
    past = {d: p for d, p in pains.items() if p and begun is not None and begun <= d < app.today}
    weeks = {d - timedelta(days=d.weekday()) for d in past}
    adjusted = {d for monday in weeks for d in week_of(monday, done, past).adjusted}
    for day, values in held.items():
        values["adjusted"] = int(date.fromisoformat(day) in adjusted)


def _worst_pain(values: Values) -> int:
    worst: int | None = values["pain"]["worst"]  # type: ignore[index]
    return worst or 0
