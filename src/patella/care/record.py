"""What was done and answered in a session: the record that decisions are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from patella.care.pain import Response, is_morning_worse, is_settled, usual_morning
from patella.care.prescription import Prescription

NONE_LEFT_MOST, SOME_LEFT_MOST = 1, 3


class Effort(StrEnum):
    """How many more repetitions a person could have done at the end of an exercise, as they judge it."""

    NONE_LEFT = "0-1"
    SOME_LEFT = "2-3"
    MANY_LEFT = "4+"


def effort_of(reps_left: int) -> Effort:
    """The effort that so many repetitions in reserve come to."""
    if reps_left <= NONE_LEFT_MOST:
        return Effort.NONE_LEFT
    return Effort.SOME_LEFT if reps_left <= SOME_LEFT_MOST else Effort.MANY_LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone:
    """One set as it was done: `side` is left, right or both; `form_ok` the share of good reps, if they were seen."""

    side: str
    reps: int | None = None
    holds: int | None = None
    hold_s: float | None = None
    load_kg: float | None = None
    form_ok: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone:
    """One exercise of a session: what was asked and done, the worst pain during it, and how hard it was.

    `load_kg` is the weight that was asked for, where there was one. `peak` and `effort` are None where they were not
    answered.
    """

    exercise_id: str
    asked: Prescription
    sides: tuple[str, ...]
    sets: tuple[SetDone, ...] = ()
    peak: int | None = None
    stopped: bool = False
    effort: Effort | None = None
    load_kg: float | None = None

    @property
    def begun(self) -> bool:
        """Whether there is anything to learn from it."""
        return bool(self.sets) or self.peak is not None

    @property
    def in_full(self) -> bool:
        """Whether every set of every side reached what was asked."""
        return not self.stopped and all(self._sets_reached(side) >= self.asked.sets for side in self.sides)

    def _sets_reached(self, side: str) -> int:
        return sum(1 for s in self.sets if s.side == side and _reached(s, self.asked))

    @property
    def form_ok(self) -> float | None:
        """The lowest share of good repetitions of any set that was seen; None where none was."""
        return min((s.form_ok for s in self.sets if s.form_ok is not None), default=None)


def _reached(done: SetDone, asked: Prescription) -> bool:
    if asked.reps is not None:
        return (done.reps or 0) >= asked.reps
    return (done.holds or 0) >= (asked.holds or 0) and (done.hold_s or 0.0) >= (asked.hold_s or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDone:
    """One session on a local `day`; `at` is when it began, `before` and `after` are pain (None: not answered)."""

    id: str
    day: date
    at: datetime
    items: tuple[ItemDone, ...]
    before: int | None = None
    after: int | None = None
    finished: bool = True


def response_to(
    session: SessionDone, item: ItemDone, mornings: Mapping[date, int], *, usual_pain: int | None, cautious: bool
) -> Response:
    """How the knee answered one exercise of a session, from all that is known by now."""
    usual = usual_morning(mornings, session.day, at_screening=usual_pain)
    return _response(session, item, mornings, usual=usual, cautious=cautious)


class PainsTold(NamedTuple):
    """The pain before, at its worst during, and an hour after; None where it was not told."""

    before: int | None
    peak: int | None
    after: int | None


def responses_to(
    session: SessionDone, mornings: Mapping[date, int], *, usual_pain: int | None, cautious: bool
) -> list[tuple[ItemDone, Response]]:
    """The same for each exercise of it; what a usual morning is, is worked out once."""
    usual = usual_morning(mornings, session.day, at_screening=usual_pain)
    return [(i, _response(session, i, mornings, usual=usual, cautious=cautious)) for i in session.items]


def _response(
    session: SessionDone, item: ItemDone, mornings: Mapping[date, int], *, usual: float | None, cautious: bool
) -> Response:
    told = PainsTold(before=session.before, peak=item.peak, after=session.after)
    return answer_of(session.day, told, mornings, usual=usual, cautious=cautious)


def answer_of(
    day: date,
    told: PainsTold,
    mornings: Mapping[date, int],
    *,
    usual: float | None,
    cautious: bool,
) -> Response:
    """How the knee answered what was done on a day, by what was `told` of it."""
    return Response(
        peak=told.peak,
        settled=is_settled(told.before, told.after),
        morning_worse=is_morning_worse(mornings, day, usual=usual),
        before=told.before,
        after=told.after,
        morning=mornings.get(day + timedelta(days=1)),
        usual=usual,
        cautious=cautious,
    )


def holds_done(held: list[float], asked_s: float) -> dict[str, object]:
    """What a set of holds comes to: those held in full; where none was, all of them at the shortest.

    Where one was left early, `held_s` keeps how long each lasted.
    """
    full = [s for s in held if s >= asked_s]
    if len(full) == len(held):
        return {"holds": len(full), "hold_s": asked_s}
    seconds = [float(int(s)) for s in held]
    if full:
        return {"holds": len(full), "hold_s": asked_s, "held_s": seconds}
    return {"holds": len(held), "hold_s": min(seconds), "held_s": seconds if len(held) > 1 else None}
