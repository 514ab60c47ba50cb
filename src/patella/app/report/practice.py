"""What was practised: how regularly, how much of the dose, and each exercise from its first time to its last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

from patella.app.history.events import events_of
from patella.app.session.intake import Taken
from patella.care.entries.kinds import Kind
from patella.care.library import Library
from patella.care.opening import LOADED_PER_WEEK, WEEK_DAYS
from patella.care.record import ItemDone
from patella.care.regularity import Week, regularity, week_of
from patella.care.session import record_of, settle

Values = dict[str, object]

ADHERENT = 0.8
SPANS_DAYS = (7, 28)


def adherence(
    taken: Sequence[Taken], since: date, before: date, *, pains: Mapping[date, int], begun: date | None
) -> Values:
    """How many of three days a week had exercises, and how much of what was asked in them was done; shares of 1.

    `pains` is the worst pain of each day on which one was noted: a day left out then is adjusted, not missed. Weeks
    that began before the person did (`begun`) are not counted. Adherent is 80 % of the days, None while no week is
    over. Source: 3 sessions a week as in most trials; 80 % as a trial defined it.
    """
    done = {t.session.day for t in taken if t.session.sets}
    weeks = _weeks(done, pains, since, before, begun)
    regular = regularity(weeks)
    return {
        "asked_days_a_week": LOADED_PER_WEEK,
        "days_done": len(done),
        "days_adjusted": sum(len(w.adjusted) for w in weeks),
        "days_missed": sum(w.missed for w in weeks),
        "sessions": len(taken),
        "weeks": [
            {"since": w.since.isoformat(), "days": w.done, "adjusted": len(w.adjusted), "missed": w.missed}
            for w in weeks
        ],
        "regularity": _share(regular),
        "dose": _dose(taken),
        "adherent": None if regular is None else regular >= ADHERENT,
        "lately": {str(n): _lately(taken, weeks, before, n) for n in SPANS_DAYS},
    }


def _weeks(
    done: Collection[date], pains: Mapping[date, int], since: date, before: date, begun: date | None
) -> list[Week]:
    starts = (since + timedelta(days=WEEK_DAYS * n) for n in range((before - since).days // WEEK_DAYS))
    return [week_of(s, done, pains) for s in starts if begun is not None and begun <= s]


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def _lately(taken: Sequence[Taken], weeks: Sequence[Week], before: date, days: int) -> Values:
    since = before - timedelta(days=days)
    mine = [t for t in taken if t.session.day >= since]
    latest = [w for w in weeks if w.since >= since]
    return {
        "days_done": len({t.session.day for t in mine if t.session.sets}),
        "days_adjusted": sum(len(w.adjusted) for w in latest),
        "days_missed": sum(w.missed for w in latest),
        "regularity": _share(regularity(latest)),
        "dose": _dose(mine),
    }


def _dose(taken: Iterable[Taken]) -> float | None:
    shares = [share_done(i) for t in taken for i in record_of(t.session).items]
    return round(fmean(shares), 3) if shares else None


def share_done(item: ItemDone) -> float:
    """How much of an exercise's dose was done, 0 to 1: repetitions, or seconds held, over all sets and sides."""
    asked, sets = item.asked, item.asked.sets * len(item.sides)
    if asked.reps is not None:
        return _share_of(sum(s.reps or 0 for s in item.sets), sets * asked.reps)
    held_s = sum((s.holds or 0) * (s.hold_s or 0.0) for s in item.sets)
    return _share_of(held_s, sets * (asked.holds or 1) * (asked.hold_s or 0.0))


def _share_of(done: float, asked: float) -> float:
    """How much was done of what was asked, 0 to 1: of repetitions, or of seconds."""
    return min(done / asked, 1.0) if asked else 0.0


@dataclass(slots=True, kw_only=True)
class _Course:
    """One exercise through the weeks, gathered."""

    items: list[tuple[date, ItemDone]]
    ranges_deg: list[float]


def practice(library: Library, taken: Sequence[Taken]) -> list[Values]:
    """Every exercise that was begun, with its dose and pain from first to last, and what a camera saw of it."""
    courses: dict[str, _Course] = {}
    for one in taken:
        for item in record_of(one.session).items:
            if item.begun:
                course = courses.setdefault(item.exercise_id, _Course(items=[], ranges_deg=[]))
                course.items.append((one.session.day, item))
        for exercise_id, range_deg in _ranges(one):
            if exercise_id in courses:
                courses[exercise_id].ranges_deg.append(range_deg)
    order = {e: n for n, e in enumerate(library.exercises)}
    listed = sorted(courses.items(), key=lambda c: order.get(c[0], len(order)))
    return [_shown(library, exercise_id, course) for exercise_id, course in listed]


def _shown(library: Library, exercise_id: str, course: _Course) -> Values:
    exercise = library.exercises.get(exercise_id)
    items = [i for _, i in course.items]
    peaks = [i.peak for i in items if i.peak is not None]
    seen = [s.form_ok for i in items for s in i.sets if s.form_ok is not None]
    return {
        "exercise": exercise_id,
        "name": exercise.name if exercise else exercise_id,
        "times": len(items),
        "last_day": course.items[-1][0].isoformat(),
        "first_dose": _told(items[0], library),
        "last_dose": _told(items[-1], library),
        "dose": round(fmean(share_done(i) for i in items), 3),
        "stopped": sum(1 for i in items if i.stopped),
        "pain": {
            "answered": len(peaks),
            "first": items[0].peak,
            "last": items[-1].peak,
            "worst": max(peaks, default=None),
        },
        "form": {"sets_seen": len(seen), "clean": round(fmean(seen), 2) if seen else None},
        "range_deg": {
            "reps_seen": len(course.ranges_deg),
            "median": _to_five(median(course.ranges_deg)) if course.ranges_deg else None,
        },
    }


def _to_five(degrees: float) -> int:
    return 5 * round(degrees / 5)


def _told(item: ItemDone, library: Library) -> str:
    """A dose in figures: `2 x 8, 2.5 kg`."""
    asked = item.asked
    once = f"{asked.reps}" if asked.reps is not None else f"{asked.hold_s or 0:g} s"
    if asked.reps is None and (asked.holds or 1) > 1:
        once = f"{asked.holds} x {once}"
    exercise = library.exercises.get(item.exercise_id)
    dose = exercise.dose if exercise else None
    more = ""
    if dose and asked.step < len(dose.loads_kg):
        more = f", {dose.loads_kg[asked.step]:g} kg"
    elif dose and asked.step < len(dose.bands):
        more = f", {dose.bands[asked.step]}"
    return f"{asked.sets} x {once}{more}"


def _ranges(taken: Taken) -> Iterator[tuple[str, float]]:
    """The range of every repetition that a camera saw."""
    for event in settle(events_of(taken.entries)):
        tried = event.body.get("counted_by") == "experiment"  # it counts, and knows no angle
        camera = event.body.get("camera") if event.kind == Kind.SET_DONE and not tried else None
        reps = camera.get("reps") if isinstance(camera, Mapping) else None
        for rep in reps if isinstance(reps, Sequence) else ():
            value = rep.get("range_deg") if isinstance(rep, Mapping) else None
            if isinstance(value, int | float) and value > 0:  # 0: counted from where no angle can be told
                yield str(event.body.get("exercise")), float(value)
