"""Running load: how far is near what the knee is used to, and what to do while it is sore. Nothing is ever shut.

The rule with evidence is the single run: the longest of the last 30 days is the measure (Frandsen 2025). Weekly change
is a soft note; a ratio of this week to the last four is not shown at all (Lolli 2019, Impellizzeri 2020).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.care.pain import GREEN_MAX, Colour, Response, colour_of
from patella.care.reason import Input, Reason, Template, give
from patella.care.run import Run

LOOK_BACK_DAYS = 30
CAP_PERCENT, STRONG_PERCENT, RED_PERCENT = 110, 130, 200
RESTART_MOST_M = 3000
USUAL_RUNS = 10
LATEST_DAYS = 7
WEEK_DAYS = 7
WEEK_NOTE_PERCENT = 130
CADENCE_RUNS = 3
CADENCE_ENOUGH_SPM = 170
CADENCE_PERCENT = (105, 110)
RUN_WALK_MIN = (4, 1)
RESTART_RUN_WALK_MIN = (2, 1)
SLOWER_PERCENT = (10, 20)


class Ground(StrEnum):
    """What the advice stands on. Unknown: no run is known; restart: none within 30 days; flared: an answer was red."""

    UNKNOWN = "unknown"
    RESTART = "restart"
    OPEN = "open"
    SORE = "sore"
    FLARED = "flared"


class Spike(StrEnum):
    """How far one run went beyond the longest of the 30 days before it: by more than 10 %, 30 % or 100 %."""

    USUAL = "usual"
    WARN = "warn"
    STRONG = "strong"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningAdvice:
    """What is known about today's run. Distances in whole metres; None where there is nothing to go by.

    `cap_m` is how far is near what the knee is used to; beyond `strong_over_m` and `red_over_m` the risk rises further.
    `latest` is the spike of the last seven days' last run. `run_walk_min` is minutes of running, then of walking.
    """

    day: date
    ground: Ground
    cap_m: int | None
    longest_m: int | None
    strong_over_m: int | None
    red_over_m: int | None
    latest: Spike | None
    cadence_spm: int | None
    cadence_target_spm: tuple[int, int] | None
    week_m: int
    week_before_m: int
    run_walk_min: tuple[int, int] | None
    slower_percent: tuple[int, int] | None
    because: tuple[Reason, ...]


def spike_of(distance_m: float, longest_m: float | None, *, floor_m: float = 0) -> Spike:
    """How a run of this length stands to the longest of the 30 days before it, both taken to the whole metre.

    Exactly 10, 30 or 100 % more still belongs to the calmer class. Nothing is a spike where no run is known, or up to
    `floor_m`, which a restart allows. Source: Frandsen 2025 (the classes).
    """
    here = round(distance_m)
    if longest_m is None or here <= round(floor_m):
        return Spike.USUAL
    percent, longest = here * 100, round(longest_m)
    for spike, over in ((Spike.RED, RED_PERCENT), (Spike.STRONG, STRONG_PERCENT), (Spike.WARN, CAP_PERCENT)):
        if percent > longest * over:
            return spike
    return Spike.USUAL


def spikes(runs: Sequence[Run]) -> tuple[tuple[Run, Spike], ...]:
    """Every run in the order of days, each against the longest run of the 30 days before its day."""
    ordered = sorted(runs, key=lambda r: r.day)
    found = []
    longest: deque[Run] = deque()  # falling distances: the first is the longest of the window
    entered = 0
    for run in ordered:
        while ordered[entered].day < run.day:
            _enter(longest, ordered[entered])
            entered += 1
        while longest and longest[0].day < run.day - timedelta(days=LOOK_BACK_DAYS):
            longest.popleft()
        most = longest[0].distance_m if longest else None
        floor = _restart_cap_m(ordered[max(0, entered - USUAL_RUNS) : entered])
        found.append((run, spike_of(run.distance_m, most, floor_m=floor or 0)))
    return tuple(found)


def _enter(longest: deque[Run], run: Run) -> None:
    while longest and longest[-1].distance_m <= run.distance_m:
        longest.pop()
    longest.append(run)


def longest_before(runs: Sequence[Run], day: date) -> int | None:
    """The longest run of the 30 days before a day, in whole metres; None where there was none."""
    since = day - timedelta(days=LOOK_BACK_DAYS)
    return max((round(r.distance_m) for r in runs if since <= r.day < day), default=None)


def advise(
    day: date,
    runs: Sequence[Run],
    templates: Mapping[str, Template],
    *,
    response: Response | None = None,
    pain_now: int | None = None,
) -> RunningAdvice:
    """How far today, and why, from the runs before and the knee's answer to the last of them.

    `runs` are all that are known, in any order; later ones than `day` are left out. `response` is the knee's answer to
    the latest run. A sore knee's cap is the longest run itself; after red half of it, and no more than a restart. More
    pain never raises the cap. Source: Frandsen 2025 (cap), La Trobe TREK (sore), Patella's own rules (restart).
    """
    look = _Look(day=day, runs=tuple(sorted((r for r in runs if r.day <= day), key=lambda r: r.day)))
    ground = _ground(look, response, pain_now)
    because = _Because(templates)
    cap = _cap(look, ground, because)
    latest = _latest(look, because)
    run_walk, slower = _sore_advice(ground, response, pain_now, because)
    cadence, target = _cadence(look, because)
    week, week_before = _weeks(look, because)
    longest = look.longest_m
    return RunningAdvice(
        day=day,
        ground=ground,
        cap_m=cap,
        longest_m=longest,
        strong_over_m=_percent(longest, STRONG_PERCENT),
        red_over_m=_percent(longest, RED_PERCENT),
        latest=latest,
        cadence_spm=cadence,
        cadence_target_spm=target,
        week_m=week,
        week_before_m=week_before,
        run_walk_min=run_walk,
        slower_percent=slower,
        because=tuple(because.found),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """The runs up to a day, oldest first."""

    day: date
    runs: tuple[Run, ...]

    @property
    def before(self) -> tuple[Run, ...]:
        return tuple(r for r in self.runs if r.day < self.day)

    @property
    def longest_m(self) -> int | None:
        return longest_before(self.runs, self.day)

    def within(self, days: int, *, ago: int = 0) -> tuple[Run, ...]:
        """The runs of so many days, the last of them `ago` days back."""
        last = self.day - timedelta(days=ago)
        return tuple(r for r in self.runs if last - timedelta(days=days) < r.day <= last)


class _Because:
    """Gathers the reasons of one advice."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self.templates = templates
        self.found: list[Reason] = []

    def add(self, key: str, **inputs: str | int) -> None:
        shown: dict[str, Input] = dict(inputs)
        self.found.append(give(self.templates[key], source=None, **shown))


def _ground(look: _Look, response: Response | None, pain_now: int | None) -> Ground:
    if not look.runs:
        return Ground.UNKNOWN
    colours = {colour_of(p) for p in _pains(response, pain_now)}
    if Colour.RED in colours:
        return Ground.FLARED
    if look.longest_m is None:
        return Ground.RESTART
    sore = Colour.AMBER in colours or (response is not None and response.unsettled)
    return Ground.SORE if sore else Ground.OPEN


def _pains(response: Response | None, pain_now: int | None) -> list[int]:
    """What was answered: in the last run, an hour after it, and now."""
    answered = (response.peak, response.after) if response else ()
    return [p for p in (*answered, pain_now) if p is not None]


def _restart_cap_m(runs: Sequence[Run]) -> int | None:
    """Half of the last usual run and 3 km at most; the usual one is the median of the last ten."""
    ranked = sorted(round(r.distance_m) for r in runs[-USUAL_RUNS:])
    return min(ranked[len(ranked) // 2] // 2, RESTART_MOST_M) if ranked else None


def _cap(look: _Look, ground: Ground, because: _Because) -> int | None:
    longest, restart = look.longest_m, _restart_cap_m(look.before or look.runs)
    if ground is Ground.UNKNOWN or restart is None:
        because.add("run_unknown")
        return None
    if ground is Ground.FLARED:
        cap = restart if longest is None else min(restart, longest // 2)
        because.add("run_cap_flared", cap=_km(cap))
        return cap
    if longest is None:
        because.add("run_cap_restart", cap=_km(restart))
        return restart
    if ground is Ground.SORE:
        cap = max(longest, restart)
        because.add("run_cap_sore", cap=_km(cap))
        return cap
    cap = max(longest * CAP_PERCENT // 100, restart)
    because.add("run_cap", cap=_km(cap), longest=_km(longest))
    return cap


def _latest(look: _Look, because: _Because) -> Spike | None:
    """The spike of the latest run within seven days, with a word if it was one."""
    if not look.within(LATEST_DAYS):
        return None
    run, spike = spikes(look.runs)[-1]
    if spike is not Spike.USUAL:
        longest = longest_before(look.runs, run.day) or 0
        because.add(f"run_spike_{spike.value}", distance=_km(round(run.distance_m)), longest=_km(longest))
    return spike


def _sore_advice(
    ground: Ground, response: Response | None, pain_now: int | None, because: _Because
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if ground is Ground.RESTART:
        because.add("run_walk_restart", run=RESTART_RUN_WALK_MIN[0], walk=RESTART_RUN_WALK_MIN[1])
        return RESTART_RUN_WALK_MIN, None
    if ground not in (Ground.SORE, Ground.FLARED):
        return None, None
    pains = _pains(response, pain_now)
    if ground is Ground.FLARED or max(pains, default=0) > GREEN_MAX:
        because.add("run_sore" if ground is Ground.SORE else "run_flared", pain=max(pains))
    else:
        because.add("run_unsettled")
    because.add("run_walk", run=RUN_WALK_MIN[0], walk=RUN_WALK_MIN[1])
    because.add("run_slower", least=SLOWER_PERCENT[0], most=SLOWER_PERCENT[1])
    return RUN_WALK_MIN, SLOWER_PERCENT


def _cadence(look: _Look, because: _Because) -> tuple[int | None, tuple[int, int] | None]:
    """The median cadence of the last 30 days' runs and a target 5 to 10 % above it, where more steps may help."""
    known = sorted(r.cadence_spm for r in look.within(LOOK_BACK_DAYS + 1) if r.cadence_spm is not None)
    if len(known) < CADENCE_RUNS:
        return None, None
    base = round(known[len(known) // 2])
    if base > CADENCE_ENOUGH_SPM:
        because.add("run_cadence_enough", cadence=base)
        return base, None
    low, high = (round(base * p / 100) for p in CADENCE_PERCENT)
    because.add("run_cadence", cadence=base, low=low, high=high)
    return base, (low, high)


def _weeks(look: _Look, because: _Because) -> tuple[int, int]:
    week = sum(round(r.distance_m) for r in look.within(WEEK_DAYS))
    before = sum(round(r.distance_m) for r in look.within(WEEK_DAYS, ago=WEEK_DAYS))
    if before and week * 100 > before * WEEK_NOTE_PERCENT:
        because.add("run_week", week=_km(week), before=_km(before))
    return week, before


def _percent(longest_m: int | None, percent: int) -> int | None:
    return None if longest_m is None else longest_m * percent // 100


def _km(metres: int) -> str:
    """Kilometres for a sentence, rounded down to the hundred metres so that a cap is not raised by its words."""
    return f"{metres // 100 / 10:g} km"
