"""A run, as far as the knee is concerned, and how the knee took it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from patella.care.pain import GREEN_MAX, Colour, Response, colour_of

USUAL_CALM_MAX = 3
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run on a local day. `cadence_spm` counts the steps of both feet; None where something is not known."""

    day: date
    distance_m: float
    moving_s: float | None = None
    cadence_spm: float | None = None
    shoe: str | None = None
    surface: str | None = None
    race: bool = False


class Took(StrEnum):
    """How the knee took a run. Silent: nothing bad is known, and not enough to call it good."""

    GOOD = "good"
    SILENT = "silent"
    SORE = "sore"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What was said of the knee round the runs.

    `of_runs` is the answer to the runs of a day, `mornings` the pain of each morning, `noted` the worst that was noted
    on a day at any moment outside the exercises, `now` what was said today. `usual` is the pain of a usual morning as
    it was said at the screening; `cautious` makes everything above 2 red.
    """

    of_runs: Mapping[date, Response] = field(default_factory=dict)
    mornings: Mapping[date, int] = field(default_factory=dict)
    noted: Mapping[date, int] = field(default_factory=dict)
    now: int | None = None
    usual: int | None = None
    cautious: bool = False

    @property
    def calm_max(self) -> int:
        """The most that a calm morning hurts: 2, or 3 for whom that is usual. The yardstick never moves with pain."""
        return GREEN_MAX if self.cautious else max(GREEN_MAX, min(self.usual or 0, USUAL_CALM_MAX))

    def is_red(self, nprs: int) -> bool:
        """Whether so much pain stops running: from 6, in cautious mode everything above 2."""
        return colour_of(nprs, cautious=self.cautious) is Colour.RED

    def took(self, day: date) -> Took:
        """How the knee took the runs of a day.

        Good takes two answers: 2 or less at the worst of the run, and either settled within the hour or no worse the
        next morning (calm, where no usual morning is known). What is missing never counts as good; what is known to be
        bad is never outweighed.
        """
        response = self.of_runs.get(day)
        if response is None:
            return Took.SILENT
        worst = colour_of(max(response.peak or 0, response.after or 0), cautious=self.cautious)
        if worst is Colour.RED:
            return Took.RED
        if worst is Colour.AMBER or response.unsettled:
            return Took.SORE
        morning = self.mornings.get(day + NEXT_DAY)
        calm = response.morning_worse is None and morning is not None and morning <= self.calm_max
        calm_after = response.settled is True or response.morning_worse is False or calm
        return Took.GOOD if response.peak is not None and calm_after else Took.SILENT

    def pain_of(self, day: date, *, today: date) -> int:
        """The worst that is known of a day, 0 where nothing is: for a sentence, never for a decision."""
        response = self.of_runs.get(day)
        of_run = (response.peak, response.after) if response else ()
        said = (*of_run, self.noted.get(day), self.mornings.get(day), self.now if day == today else None)
        return max((n for n in said if n is not None), default=0)
