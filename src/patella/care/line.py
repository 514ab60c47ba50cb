"""How far today before the risk begins to rise: a line to stay below, never a target. The lowest of several counts.

Each line can only be lowered by pain and by missing answers, and the lowest of them is shown, so more pain never gives
a higher number. Where research has no number these are Patella's own rules, made to be safe and simple.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from patella.care.run import Felt, Run, Took
from patella.care.spike import (
    LOOK_BACK_DAYS,
    RESTART_LEAST_M,
    STRONG_PERCENT,
    USUAL_RUNS,
    WARN_PERCENT,
    Judged,
    Spike,
    judge,
    restart_of,
    usual_run_m,
)

DAY = timedelta(days=1)
WEEK_DAYS = 7
HOLD_DAYS, LONG_HOLD_DAYS, EASY_DAYS = 7, 14, 3
TWO_RISES_PERCENT = 121
SORE_PERCENT, SORE_DAYS, SORE_MORNINGS = 60, 14, 2
FLARE_DAYS, FLARE_MORNINGS, REST_DAYS = 30, 3, 7
CLIMB_PERCENT, CLIMB_GAP_DAYS, CLIMB_LEAST_PERCENT = 125, 3, 50
BASE_WEEKS, WEEK_PERCENT, WEEK_RUNS, LEAST_M = 3, 130, 3, 500
BASE_DAYS = BASE_WEEKS * WEEK_DAYS
SEEN_DAYS = LOOK_BACK_DAYS + WEEK_DAYS + LONG_HOLD_DAYS
KNOWN_DAYS = SEEN_DAYS + LOOK_BACK_DAYS + 1  # further back only the usual run is looked at


class Ground(StrEnum):
    """What the line of today stands on, the most careful first."""

    UNKNOWN = "unknown"
    FLARED = "flared"
    SORE = "sore"
    EASY = "easy"
    CLIMB = "climb"
    WEEK = "week"
    RESTART = "restart"
    BEGINNING = "beginning"
    HELD = "held"
    SILENT = "silent"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, in whole metres; 0 is a day without running. `on` is the day of the flare, the sore run or the jump.

    `until` is the last day of a hold, `of_m` what the line was measured from: the longest run that counts, the run that
    was a jump, or what a week holds.
    """

    ground: Ground
    metres: int
    on: date | None = None
    until: date | None = None
    of_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hold:
    """No rise until a day: after a run that was a jump, or a race. Runs until then count no further than `limit_m`."""

    day: date
    until: date
    limit_m: int
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """How much of a run counts at most, however well it went; and how it went."""

    day: date
    metres: int
    took: Took


def draw_line(day: date, runs: Sequence[Run], felt: Felt) -> Line | None:
    """The line of a day from the runs before it, in the order of days; None where no run is known at all.

    The line is a tenth above the longest run of 30 days that went well (Frandsen 2025: beyond that, more overuse
    injuries). A run without answers carries the line as it is and adds nothing. A jump counts no further than a tenth
    above what was behind it, and for 7 days (beyond 30 %, and after a race, 14) nothing rises. In seven days the line
    rises by two tenths at most. After red there is no running until three mornings were calm, then a climb by a quarter
    with each good run, two a week, from a restart. A sore knee gets 60 % of the usual run until two calm mornings.

    A week, today included, holds 30 % more than the mean of the three before it, so that running the number every day
    does not add up; but always three restarts, since a beginner has no weeks to take a share of, and a week of which
    nothing is known is taken for three usual runs. No study has set that bound.
    """
    if not runs:
        return None
    look = _Look(day, runs, felt)
    sore = tuple(look.sore())
    lines = [*look.flared(), *sore, *look.easy(), *look.climbs(), look.week(), look.calm()]
    lowest = min(lines, key=lambda line: line.metres)
    return replace(sore[0], metres=lowest.metres) if sore and lowest.metres else lowest


def draw_careful_line(day: date, runs: Sequence[Run], maybe: Sequence[Run], felt: Felt) -> tuple[Line | None, bool]:
    """The line where of some activities nobody knows whether they were runs, and whether they lowered it.

    They are taken for what gives the lower line: so none of them lets it rise, and none of them counts as a rest. Where
    no run is known, none of them makes a line. `runs` and `maybe` are each in the order of days.
    """
    line = draw_line(day, runs, felt)
    if line is None or not maybe:
        return line, False
    lower = draw_line(day, sorted((*runs, *maybe), key=lambda r: r.day), felt)
    return (lower, True) if lower is not None and lower.metres < line.metres else (line, False)


class _Look:
    """What is behind a day, read once."""

    def __init__(self, day: date, runs: Sequence[Run], felt: Felt) -> None:
        self.day, self.felt = day, felt
        self.first_day = runs[0].day
        self.runs = runs[: bisect_left(runs, day, key=lambda r: r.day)]
        self.ran_today = len(self.runs) < len(runs)
        self.usual_m = usual_run_m(self.runs or runs) or 0
        self.restart_m = restart_of(self.usual_m) or RESTART_LEAST_M
        judged = self._judged()
        self.holds = tuple(_holds(judged))
        self.counted = tuple(self._count(j) for j in judged)
        self.reds, self.sores = self._bad_days()

    def _judged(self) -> list[Judged]:
        seen = bisect_left(self.runs, self.day - timedelta(days=SEEN_DAYS), key=lambda r: r.day)
        known = bisect_left(self.runs, self.day - timedelta(days=KNOWN_DAYS), key=lambda r: r.day)
        start = max(0, known - USUAL_RUNS)
        return list(judge(self.runs[start:]))[seen - start :]

    def _count(self, judged: Judged) -> _Counted:
        run = judged.run
        limits = [h.limit_m for h in self.holds if h.day < run.day <= h.until or h.day == run.day]
        metres = min([round(run.distance_m), *limits])
        return _Counted(day=run.day, metres=metres, took=self.felt.took(run.day))

    def _bad_days(self) -> tuple[list[date], list[date]]:
        """The red days of the last 30, and the sore ones of the last 14, the latest first."""
        felt, calm_max, since = self.felt, self.felt.calm_max, self.day - timedelta(days=FLARE_DAYS)
        said = {day: nprs for day, nprs in felt.mornings.items() if nprs > calm_max}
        if felt.now is not None and felt.now > calm_max:
            said[self.day] = max(felt.now, said.get(self.day, 0))
        reds = {d for d, n in (*said.items(), *felt.noted.items()) if felt.is_red(n)}
        took = {d: felt.took(d) for d in felt.of_runs}
        reds.update(d for d, how in took.items() if how is Took.RED)
        sores = {*said, *(d for d, how in took.items() if how in (Took.SORE, Took.RED))}
        recent = self.day - timedelta(days=SORE_DAYS)
        return (
            sorted((d for d in reds if since <= d <= self.day), reverse=True),
            sorted((d for d in sores if recent <= d <= self.day), reverse=True),
        )

    def _released(self, on: date, mornings: int) -> date | None:
        """The day on which enough mornings had been calm, or a week without a run had gone by; None before it."""
        calm_max = self.felt.calm_max
        calm = sorted(d for d, nprs in self.felt.mornings.items() if nprs <= calm_max and on < d <= self.day)
        found = [calm[mornings - 1]] if len(calm) >= mornings else []
        start = on
        for run_day in (*(r.day for r in self.runs if r.day > on), self.day):
            if (run_day - start).days > REST_DAYS:
                found.append(start + REST_DAYS * DAY + DAY)
                break
            start = run_day
        return min(found, default=None)

    def flared(self) -> Iterator[Line]:
        """No running while a red answer of the last 30 days has not calmed down."""
        for on in self.reds:
            if self._released(on, FLARE_MORNINGS) is None:
                yield Line(ground=Ground.FLARED, metres=0, on=on, of_m=self._restart_at(on))

    def climbs(self) -> Iterator[Line]:
        """Step by step from a restart since each red answer of the last 30 days that has calmed down."""
        for on in self.reds:
            released = self._released(on, FLARE_MORNINGS)
            if released is not None:
                yield Line(ground=Ground.CLIMB, metres=self._climbed(on, released), on=on)

    def _restart_at(self, on: date) -> int:
        return restart_of(usual_run_m([r for r in self.runs if r.day <= on])) or RESTART_LEAST_M

    def _climbed(self, on: date, released: date) -> int:
        metres, step = self._restart_at(on), on
        for run in self.runs:
            far_enough = run.distance_m * 100 >= metres * CLIMB_LEAST_PERCENT
            rested = (run.day - step).days >= CLIMB_GAP_DAYS
            if run.day >= released and far_enough and rested and self.felt.took(run.day) is Took.GOOD:
                metres, step = metres * CLIMB_PERCENT // 100, run.day
        return metres

    def sore(self) -> Iterator[Line]:
        """A share of the usual run while the knee has not calmed down."""
        for on in self.sores:
            if self._released(on, SORE_MORNINGS) is None:
                yield Line(ground=Ground.SORE, metres=self.usual_m * SORE_PERCENT // 100, on=on)

    def easy(self) -> Iterator[Line]:
        """A few easy days after a race, and after a run far beyond what was behind it."""
        for hold in reversed(self.holds):
            if hold.until - hold.day > HOLD_DAYS * DAY and (self.day - hold.day).days <= EASY_DAYS:
                yield Line(ground=Ground.EASY, metres=self.restart_m, on=hold.day, of_m=hold.distance_m)

    def week(self) -> Line:
        """What is left of what seven days hold."""
        most, done = week_most_m(self.day, self.runs, first_day=self.first_day), _sum(self.runs, self.day - 6 * DAY)
        room = most - done
        return Line(ground=Ground.WEEK, metres=room if room >= LEAST_M else 0, of_m=most)

    def calm(self) -> Line:
        """The line of a calm knee: a tenth above the longest run that went well, as far as it may rise."""
        since = self.day - timedelta(days=LOOK_BACK_DAYS)
        window = [c for c in self.counted if c.day >= since]
        if not window:
            return Line(ground=Ground.BEGINNING if self.ran_today else Ground.RESTART, metres=self.restart_m)
        good = max((c.metres for c in window if c.took is Took.GOOD), default=0)
        silent = max((c.metres for c in window if c.took is Took.SILENT), default=0)
        hold = max((h for h in self.holds if self.day <= h.until), key=lambda h: h.until, default=None)
        reds = [d for d in self.reds if (self.day - d).days <= LONG_HOLD_DAYS]
        risen = good if hold or reds else good * WARN_PERCENT // 100
        ground = Ground.OPEN if risen > silent else Ground.SILENT
        metres = min(max(risen, silent), self._a_week_ago() * TWO_RISES_PERCENT // 100)
        if metres < self.restart_m:
            return Line(ground=Ground.BEGINNING, metres=self.restart_m)
        if hold:
            return Line(ground=Ground.HELD, metres=metres, on=hold.day, until=hold.until, of_m=hold.distance_m)
        return Line(ground=ground, metres=metres, of_m=max(good, silent))

    def _a_week_ago(self) -> int:
        """The longest that counted a week ago; where no run is as old as that, the longest of the first day of all."""
        since, until = self.day - timedelta(days=LOOK_BACK_DAYS + WEEK_DAYS), self.day - timedelta(days=WEEK_DAYS)
        older = [c for c in self.counted if since <= c.day <= until]
        if older:
            return max((c.metres for c in older if c.took in (Took.GOOD, Took.SILENT)), default=0)
        first = min(c.day for c in self.counted if c.day > until)
        return max(c.metres for c in self.counted if c.day == first)


def _holds(judged: Sequence[Judged]) -> Iterator[_Hold]:
    for j in judged:
        metres = round(j.run.distance_m)
        behind = j.longest_m if j.longest_m is not None else j.restart_m
        limit = max(behind * WARN_PERCENT // 100, j.restart_m or 0) if behind is not None else metres
        beyond = behind is not None and metres > limit
        if j.run.race or beyond:
            far = j.run.race or j.spike in (Spike.STRONG, Spike.RED) or metres * 100 > (behind or 0) * STRONG_PERCENT
            days = LONG_HOLD_DAYS if far else HOLD_DAYS
            yield _Hold(
                day=j.run.day,
                until=j.run.day + timedelta(days=days),
                limit_m=min(limit, metres),
                distance_m=metres,
            )


def week_most_m(day: date, runs: Sequence[Run], *, first_day: date) -> int:
    """What seven days up to a day hold at most, in metres: 30 % more than the mean of the three weeks before them.

    Three restarts are always allowed. The days before the first run of all are taken for weeks of three runs as long as
    that one, or as a usual one where that is shorter.
    """
    last = day - WEEK_DAYS * DAY
    since = last - (BASE_DAYS - 1) * DAY
    before = [r for r in runs if r.day < day]
    usual = usual_run_m(before or runs) or 0
    known_days = min(max((last - max(first_day, since)).days + 1, 0), BASE_DAYS)
    assumed = 0
    if known_days < BASE_DAYS:
        first = max((round(r.distance_m) for r in runs if r.day == first_day), default=0)
        assumed = WEEK_RUNS * min(first, usual) * (BASE_DAYS - known_days)
    behind = WEEK_DAYS * _sum(runs, since, last) + assumed
    restart = restart_of(usual) or RESTART_LEAST_M
    return max(behind * WEEK_PERCENT // (BASE_DAYS * 100), WEEK_RUNS * restart)


def _sum(runs: Sequence[Run], since: date, until: date | None = None) -> int:
    start = bisect_left(runs, since, key=lambda r: r.day)
    return sum(round(r.distance_m) for r in runs[start:] if until is None or r.day <= until)
