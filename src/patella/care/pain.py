"""Pain on the numeric rating scale, and what it says: green, amber or red.

Pain is a whole number from 0 (none) to 10 (the worst imaginable). It is asked before a session, at its worst during
each exercise, an hour after, and the next morning. None means "not answered" and is never read as a good answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NPRS_MAX = 10
GREEN_MAX = 2
AMBER_MAX = 5
SETTLED_WITHIN = 1
WORSE_BY = 2
WORSE_TWICE_BY = 1
BASELINE_MORNINGS = 7
BASELINE_LEAST = 3
BASELINE_DAYS = 28
BASELINE = timedelta(days=BASELINE_DAYS)
CALMEST_DAYS = 56
LOOK_BACK_DAYS = CALMEST_DAYS + BASELINE_DAYS
CLIMB_AT_MOST = 1
ABOVE_USUAL = 1


class When(StrEnum):
    """The four moments at which pain is asked."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    MORNING = "morning"


class Colour(StrEnum):
    """What an answer means for the plan, from the calmest to the loudest."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for green, 1 for amber, 2 for red."""
        return _RANKS[self]


_RANKS = {colour: rank for rank, colour in enumerate(Colour)}


def check_nprs(value: object) -> int:
    """The value as a pain number. Raises ValueError with a sentence unless it is a whole number from 0 to 10."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= NPRS_MAX:
        raise ValueError(f"Pain is a whole number from 0 (none) to 10 (worst), not {value!r}.")
    return value


def colour_of(nprs: int, *, cautious: bool = False) -> Colour:
    """Green up to 2, amber from 3 to 5, red from 6; in cautious mode everything above 2 is red.

    Source: La Trobe TREK (at most 5 during exercise, ideally below 2), with Patella's own cut-offs.
    """
    if nprs <= GREEN_MAX:
        return Colour.GREEN
    return Colour.AMBER if nprs <= AMBER_MAX and not cautious else Colour.RED


def limits(*, cautious: bool = False) -> dict[Colour, tuple[int, int]]:
    """From which pain to which each colour goes, both ends counted; in cautious mode there is no amber."""
    ends = {Colour.GREEN: GREEN_MAX, Colour.AMBER: GREEN_MAX if cautious else AMBER_MAX, Colour.RED: NPRS_MAX}
    begins = [0, *(end + 1 for end in ends.values())]
    return {colour: (begin, end) for begin, (colour, end) in zip(begins, ends.items(), strict=False) if begin <= end}


def span_of(colour: Colour, *, cautious: bool = False) -> str:
    """The pains of a colour in words: "0 to 2", "3 to 5", "6 or more"."""
    least, most = limits(cautious=cautious)[colour]
    return f"{least} or more" if most == NPRS_MAX else f"{least} to {most}"


def worst_of(colours: Iterable[Colour | None]) -> Colour | None:
    """The worst that is known; None stands for an answer that is missing, and never counts as green.

    None where nothing is known, and where all that is known is green but something is missing.
    """
    told = list(colours)
    worst = max((c for c in told if c is not None), key=lambda c: c.rank, default=None)
    return None if worst is Colour.GREEN and None in told else worst


def is_settled(before: int | None, after: int | None) -> bool | None:
    """Whether pain an hour after is back to where it was before, give or take one; None when either is unknown."""
    if before is None or after is None:
        return None
    return after <= before + SETTLED_WITHIN


def usual_morning(mornings: Mapping[date, int], day: date, *, at_screening: int | None) -> float | None:
    """The pain of a usual morning: the median of the last seven up to `day`, if there are three within four weeks.

    It never climbs by more than a point above the calmest such median of eight weeks, so that a knee which gets worse
    little by little is told from one that is as ever; while no morning is older than four weeks, what was said at the
    screening counts among the calmest. With too few mornings it is what was said; None when neither is known.
    Looks back 84 days. Source: Patella's own, after Silbernagel 2007 (pain in the morning must not rise from week to
    week).
    """
    since = day - timedelta(days=LOOK_BACK_DAYS)
    known = [d for d in (since + timedelta(days=n) for n in range(1, LOOK_BACK_DAYS + 1)) if d in mornings]
    said = [] if at_screening is None else [float(at_screening)]
    latest = _median_up_to(day, known, mornings)
    if latest is None:
        return said[0] if said else None
    calmest = _medians(known, mornings, since=day - timedelta(days=CALMEST_DAYS))
    if known[0] > day - BASELINE:
        calmest += said
    return min([latest, *(m + CLIMB_AT_MOST for m in calmest)])


def _medians(known: list[date], mornings: Mapping[date, int], *, since: date) -> list[float]:
    """The same median up to each of these mornings after `since`, as far as there is one: in one walk, not many."""
    told = [mornings[d] for d in known]
    found: list[float] = []
    first = 0
    for last, day in enumerate(known):
        while known[first] <= day - BASELINE:
            first += 1
        begin = max(first, last + 1 - BASELINE_MORNINGS)
        if day > since and last + 1 - begin >= BASELINE_LEAST:
            found.append(median(sorted(told[begin : last + 1])))
    return found


def _median_up_to(day: date, known: list[date], mornings: Mapping[date, int]) -> float | None:
    """The median of the last seven of these mornings up to a day, if there are three within four weeks."""
    days = [d for d in known[-BASELINE_MORNINGS:] if d > day - BASELINE]
    return median(sorted(mornings[d] for d in days)) if len(days) >= BASELINE_LEAST else None


def median(ranked: list[int]) -> float:
    """The middle one, or the mean of the two in the middle; `statistics` would cost every start 20 ms."""
    half = len(ranked) // 2
    return float(ranked[half]) if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def is_morning_worse(mornings: Mapping[date, int], day: date, *, usual: float | None) -> bool | None:
    """Whether the morning after a session on `day` was worse than usual: by two points, or by one twice running.

    None when that morning or the usual one is unknown. Source: Patella's own; one point is less than the smallest
    change that mattered to people with this pain (Piva 2009: 1.16 points).
    """
    next_morning = mornings.get(day + timedelta(days=1))
    if next_morning is None or usual is None:
        return None
    if next_morning >= usual + WORSE_BY:
        return True
    the_same_day = mornings.get(day)
    twice = the_same_day is not None and the_same_day >= usual + WORSE_TWICE_BY
    return twice and next_morning >= usual + WORSE_TWICE_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How the knee answered one exercise of one session.

    `peak` is the worst pain during it; `settled` and `morning_worse` are those of the whole session.
    """

    peak: int | None
    settled: bool | None
    morning_worse: bool | None
    before: int | None = None
    after: int | None = None
    morning: int | None = None
    usual: float | None = None
    cautious: bool = False

    @property
    def complete(self) -> bool:
        """Whether every answer is there; without it nothing goes up."""
        return self.peak is not None and self.settled is not None and self.morning_worse is not None

    @property
    def unsettled(self) -> bool:
        """Whether the knee is known to have stayed sore after an hour, or to have been worse the next morning."""
        return self.settled is False or self.morning_worse is True

    @property
    def steady(self) -> bool:
        """Whether amber was no more than what this knee is used to, and all of it is known.

        Settled within the hour, the morning no worse than a usual one, and at its worst a point above the usual at
        most: one point is about noise. Source: La Trobe TREK (up to 5 is allowed if it settles), with Patella's bounds.
        """
        told = [n for n in (self.peak, self.after) if n is not None]
        if self.colour is not Colour.AMBER or self.unsettled or not self.complete:
            return False
        if self.usual is None or self.morning is None or self.morning > self.usual:
            return False
        return max(told) <= self.usual + ABOVE_USUAL

    @property
    def colour(self) -> Colour | None:
        """The worst of the three: the peak, the hour after, the next morning.

        None while all that is known is green but something is unknown: a missing answer never counts as green.
        """
        known = [colour_of(n, cautious=self.cautious) for n in (self.peak, self.after) if n is not None]
        if self.unsettled:
            known.append(Colour.AMBER)
        return worst_of(known if self.complete else [*known, None])
