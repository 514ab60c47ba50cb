"""What the watch over the diary looks at besides sessions: scores, strong pains, and when somebody saw the knee."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import AssessmentConfirmed, KneeSeen, PainNoted, ScoreGiven
from patella.care.outcomes import ScoreOfDay
from patella.care.record import SessionDone
from patella.care.session import Event

PAIN_DAYS = timedelta(days=14)


def score_in(event: Event) -> ScoreOfDay:
    """A score as it was given."""
    given = event.said(ScoreGiven)
    return ScoreOfDay(score=given.score, day=event.day, value=given.value, activities=given.activities)


def worst_pains(day: date, noted: Iterable[Event], sessions: Iterable[SessionDone]) -> dict[date, int]:
    """The worst pain of each of the last fourteen days up to `day`: mornings, sessions, and in between."""
    said = [(e.day, e.said(PainNoted).nprs) for e in noted]
    for session in sessions:
        answers = (session.before, session.after, *(i.peak for i in session.items))
        said += [(session.day, n) for n in answers if n is not None]
    worst: dict[date, int] = {}
    for on, nprs in said:
        if day - PAIN_DAYS < on <= day:
            worst[on] = max(nprs, worst.get(on, 0))
    return worst


def seen_on(events: Iterable[Event]) -> date | None:
    """The latest day on which somebody who can examine a knee had seen it."""
    return max((_day_in(e) for e in events), default=None)


def _day_in(event: Event) -> date:
    said = event.said(KneeSeen).on if event.kind == Kind.KNEE_SEEN else event.said(AssessmentConfirmed).on
    return said or event.day
