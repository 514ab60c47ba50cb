"""What asks for somebody who can examine the knee: pain that is severe, that climbs, or that does not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.care.course import Course
from patella.care.history import History
from patella.care.outcomes import Score, ScoreId, ScoreOfDay, Verdict, change_of
from patella.care.pain import median
from patella.care.person import Person
from patella.care.reason import Reason, Template, give

SEVERE = 8
SEVERE_DAYS = 3
WEEK = timedelta(days=7)
MORNINGS_LEAST = 3
CLIMBS_BY = 2
REVIEW_DAYS = 42
REVIEW_SESSIONS = 12
TRAINED_WITHIN_DAYS = 14
WELL = 1
BETTER = (Verdict.BETTER, Verdict.LIKELY_BETTER, Verdict.SMALL_BETTER)


class Worry(StrEnum):
    """What is worth showing to somebody; the values are keys of `reasons.toml`."""

    SEVERE = "watch_severe"
    CLIMBING = "watch_climbing"
    UNCHANGED = "watch_unchanged"


class Whom(StrEnum):
    """Who should see the knee."""

    DOCTOR = "doctor"
    PHYSIOTHERAPIST = "physiotherapist"


WHOM: Mapping[Worry, Whom] = {
    Worry.SEVERE: Whom.DOCTOR,
    Worry.CLIMBING: Whom.PHYSIOTHERAPIST,
    Worry.UNCHANGED: Whom.PHYSIOTHERAPIST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One worry with its sentence, what that was decided from and its source, and whom to see."""

    worry: Worry
    whom: Whom
    because: Reason

    @property
    def stops_running(self) -> bool:
        """Whether there is no running until somebody has seen the knee, and no more than a calm day."""
        return self.worry is Worry.SEVERE


def concerns_on(
    day: date,
    person: Person,
    history: History,
    course: Course,
    *,
    reasons: Mapping[str, Template],
    scores: Mapping[ScoreId, Score],
) -> tuple[Concern, ...]:
    """What a day's diary asks to be shown to somebody; where one thing is urgent, that alone.

    What was noted up to the day on which somebody last saw the knee is answered, and counts no more. A morning that is
    missing is no good morning and no bad one. Source: Patella's own rules; a change of two points is that of
    `scores.toml`.
    """
    since = history.seen_on
    found = (
        (Worry.SEVERE, _severe(day, history, since)),
        (Worry.CLIMBING, _climbing(day, history, since)),
        (Worry.UNCHANGED, _unchanged(day, person, history, course, scores)),
    )
    concerns = tuple(
        Concern(worry=w, whom=WHOM[w], because=give(reasons[w.value], whom=WHOM[w].value, **inputs))
        for w, inputs in found
        if inputs is not None
    )
    urgent = tuple(c for c in concerns if c.stops_running)
    return urgent or concerns


def _severe(day: date, history: History, since: date | None) -> dict[str, int] | None:
    """Pain of eight or more on three days of seven, up to now or up to a day within the last week."""
    worst = {**history.pains, day: max(history.pains.get(day, 0), history.pain_now or 0)}
    severe = [d for d, n in worst.items() if d <= day and n >= SEVERE and (since is None or d > since)]
    ends = [day - timedelta(days=back) for back in range(WEEK.days)]
    days = max(sum(1 for d in severe if end - WEEK < d <= end) for end in ends)
    return {"days": days, "severe": SEVERE} if days >= SEVERE_DAYS else None


def _climbing(day: date, history: History, since: date | None) -> dict[str, float] | None:
    """The median morning higher than the week before, twice running, and by two points in all."""
    weeks = [_week_of(history.mornings, day - n * WEEK, since) for n in range(3)]
    now, before, first = (median(w) if len(w) >= MORNINGS_LEAST else None for w in weeks)
    if now is None or before is None or first is None:
        return None
    return {"before": first, "now": now} if now > before > first and now - first >= CLIMBS_BY else None


def _week_of(mornings: Mapping[date, int], end: date, since: date | None) -> list[int]:
    return sorted(n for d, n in mornings.items() if end - WEEK < d <= end and (since is None or d > since))


def _unchanged(
    day: date, person: Person, history: History, course: Course, scores: Mapping[ScoreId, Score]
) -> dict[str, float] | None:
    """Six weeks of exercises, or since somebody saw the knee, and neither mornings nor scores have become better."""
    if course.first_day is None or course.last_day is None or course.loaded_count < REVIEW_SESSIONS:
        return None
    start = max(course.first_day, history.seen_on or course.first_day)
    if (day - start).days < REVIEW_DAYS or (day - course.last_day).days > TRAINED_WITHIN_DAYS:
        return None
    now, before = _week_of(history.mornings, day, None), _mornings_at_first(start, person, history, course)
    if len(now) < MORNINGS_LEAST or before is None:
        return None
    usual = median(now)
    well = usual <= WELL or before - usual >= scores[ScoreId.NPRS].change
    if well or _scores_are_better(history.scores, start, scores):
        return None
    return {"before": before, "now": usual, "weeks": (day - start).days // 7}


def _mornings_at_first(start: date, person: Person, history: History, course: Course) -> float | None:
    """The median of the first week of mornings; what was said at the screening where that week lies too far back."""
    first = _week_of(history.mornings, start + WEEK - timedelta(days=1), None)
    if len(first) >= MORNINGS_LEAST:
        return median(first)
    told = person.usual_pain if start == course.first_day else None
    return None if told is None else float(told)


def _scores_are_better(given: Sequence[ScoreOfDay], start: date, scores: Mapping[ScoreId, Score]) -> bool:
    return any(change_of(scores[a.score], a, b).verdict in BETTER for a, b in _first_and_last(given, start))


def _first_and_last(given: Sequence[ScoreOfDay], start: date) -> Iterator[tuple[ScoreOfDay, ScoreOfDay]]:
    """The first and the latest entry of each score, where the latest tells of the weeks since `start`."""
    for score in ScoreId:
        mine = sorted((e for e in given if e.score is score), key=lambda e: e.day)
        if mine and mine[-1].day > start + WEEK and (len(mine) > 1 or score is ScoreId.GROC):
            yield mine[0], mine[-1]
