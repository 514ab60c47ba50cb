"""Running as it is told to pages and `--json`: how far today, the way back, and why.

Plain words stand for `Ground`, `Spike` and `Part`, so that who never runs need not load the rules of running.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patella.care.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSegment:
    """A part of an outing: walk, run or fast."""

    part: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStage:
    """A stage of the way back, in words: `how` and `effort` (0 to 10) with its segments."""

    stage: str
    name: str
    how: str
    effort: int
    segments: tuple[ToldSegment, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldComeback(ToldStage):
    """The stage of today: its `number` of all (`of`), how often it went `well`, and when it is `next_on`."""

    number: int
    of: int
    well: int
    begun: bool
    next_on: date | None
    today: bool
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRunning:
    """How far today and why: distances in metres, cadence in steps a minute of both feet, None where not known.

    `shoes` is a word when shoes and distance changed together.
    """

    ground: str
    cap_m: int | None
    longest_m: int | None
    strong_over_m: int | None
    red_over_m: int | None
    latest: str | None
    cadence_spm: int | None
    cadence_target_spm: tuple[int, int] | None
    week_m: int
    week_before_m: int
    run_walk_min: tuple[int, int] | None
    slower_percent: tuple[int, int] | None
    because: tuple[Reason, ...]
    shoes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningToday:
    """How far today and the way back, or what is said in their place.

    `running` is None while no run is known, `comeback` where there is no way back to walk.
    """

    running: ToldRunning | None = None
    comeback: ToldComeback | None = None
    no_run_text: str | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the advice, then those of the way back: for the sources they cite."""
        return tuple(r for told in (self.running, self.comeback) if told for r in told.because)
