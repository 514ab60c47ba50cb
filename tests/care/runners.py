"""Made-up runners: a past of runs, answers and gaps, and what happens to whoever runs the number every day.

`violations(seed)` tells one runner's story and names every rule that it breaks; it needs a seed and nothing else, so
that a run over a million of them can name what it found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from patella.care.line import WEEK_DAYS, Ground, Line, draw_line, week_most_m
from patella.care.pain import Response
from patella.care.run import Felt, Run
from patella.care.spike import RESTART_MOST_M, longest_before

FIRST_DAY = date(2026, 1, 5)
DAY = timedelta(days=1)
OBEYED_DAYS = 21
BEGINNER_WEEK_M = 3 * RESTART_MOST_M


@dataclass(frozen=True, kw_only=True)
class Runner:
    """One past, up to the day before `today`."""

    today: date
    runs: tuple[Run, ...]
    felt: Felt
    seed: int = 0
    answers: float = field(default=1.0)

    def line(self) -> Line | None:
        return draw_line(self.today, self.runs, self.felt)


def an_answer(peak: int | None = 0, after: int | None = 0, *, worse: bool | None = False) -> Response:
    settled = None if after is None else after <= 1
    return Response(peak=peak, settled=settled, morning_worse=worse, before=0, after=after)


def a_runner(seed: int) -> Runner:
    """A runner told by chance: a plain week or a wild one, answers to all, some or none of it, jumps and gaps."""
    chance = Random(seed)  # noqa: S311 - a story, not a secret
    days = chance.choice((3, 10, 35, 60, 80))
    share, usual = chance.choice((0.15, 0.4, 0.6, 0.9)), chance.choice((800, 2500, 5000, 9000, 16_000))
    answers, soreness = chance.choice((0.0, 0.5, 1.0)), chance.choice((0.0, 0.05, 0.2, 0.5))
    gap = range(chance.randrange(days), days) if chance.random() < 0.2 else range(0)
    runs: list[Run] = []
    of_runs: dict[date, Response] = {}
    mornings: dict[date, int] = {}
    for number in range(days):
        day = FIRST_DAY + number * DAY
        if chance.random() < answers:
            mornings[day] = _some_pain(chance, soreness)
        if number in gap or chance.random() > share:
            continue
        metres = usual * chance.uniform(0.5, 1.2) * (chance.uniform(1.5, 4) if chance.random() < 0.05 else 1)
        runs.append(Run(day=day, distance_m=round(metres), race=chance.random() < 0.03))
        if chance.random() < answers:
            of_runs[day] = an_answer(_some_pain(chance, soreness), _some_pain(chance, soreness / 2))
    felt = Felt(of_runs=of_runs, mornings=mornings, usual=chance.choice((None, 0, 3)))
    return Runner(today=FIRST_DAY + days * DAY, runs=tuple(runs), felt=felt, seed=seed, answers=answers)


def _some_pain(chance: Random, soreness: float) -> int:
    return chance.choice((3, 4, 5, 7, 9)) if chance.random() < soreness else chance.choice((0, 0, 1, 2))


def sorer(runner: Runner, chance: Random) -> Runner:
    """The same runs with more pain in some of the answers; what the answers are held against stays as it was."""

    def more(nprs: int | None) -> int | None:
        return nprs if nprs is None or chance.random() < 0.6 else min(10, nprs + chance.choice((1, 2, 3, 5, 9)))

    felt = runner.felt
    of_runs = {d: _sorer(r, more(r.peak), more(r.after), worse=chance.random() < 0.1) for d, r in felt.of_runs.items()}
    mornings = {d: more(n) or 0 for d, n in felt.mornings.items()}
    now = chance.choice((None, 0, 3, 4, 7))
    return replace(runner, felt=replace(felt, of_runs=of_runs, mornings=mornings, now=now))


def _sorer(response: Response, peak: int | None, after: int | None, *, worse: bool) -> Response:
    settled = response.settled and after is not None and after <= 1
    return replace(response, peak=peak, after=after, settled=settled, morning_worse=worse or response.morning_worse)


def quieter(runner: Runner, chance: Random) -> Runner:
    """The same runs with some of the good answers left out: a missing answer never counts as a good one."""
    felt = runner.felt
    of_runs = {d: r for d, r in felt.of_runs.items() if felt.took(d) in ("sore", "red") or chance.random() < 0.5}
    mornings = {d: n for d, n in felt.mornings.items() if n > felt.calm_max or chance.random() < 0.5}
    return replace(runner, felt=replace(felt, of_runs=of_runs, mornings=mornings))


def violations(seed: int) -> Iterator[str]:
    """Every rule about the line that this runner's story breaks, in a sentence."""
    runner, chance = a_runner(seed), Random(seed + 1)  # noqa: S311
    line = runner.line()
    if (line is None) is not (not runner.runs):
        yield "the line is known without a run, or not known with one"
    for named, other in (("more pain", sorer(runner, chance)), ("fewer answers", quieter(runner, chance))):
        drawn = other.line()
        if line and drawn and drawn.metres > line.metres:
            yield f"{named} raised the line from {line} to {drawn}"
    yield from _obeyed(runner, chance)


def _obeyed(runner: Runner, chance: Random) -> Iterator[str]:
    """What goes wrong for whoever runs exactly the number every day from now on."""
    felt, runs = runner.felt, list(runner.runs)
    of_runs, mornings = dict(felt.of_runs), dict(felt.mornings)
    soreness = chance.choice((0.0, 0.0, 0.1))
    for number in range(OBEYED_DAYS if runs else 0):
        day = runner.today + number * DAY
        if chance.random() < runner.answers:
            mornings[day] = _some_pain(chance, soreness)
        line = draw_line(day, runs, replace(felt, of_runs=of_runs, mornings=mornings))
        if line is None or not line.metres:
            continue
        yield from _broken(day, line, runs)
        runs.append(Run(day=day, distance_m=line.metres))
        if chance.random() < runner.answers:
            of_runs[day] = an_answer(_some_pain(chance, soreness), 0)


def _broken(day: date, line: Line, runs: list[Run]) -> Iterator[str]:
    week = line.metres + _between(runs, day - (WEEK_DAYS - 1) * DAY, day)
    before = _between(runs, day - 4 * WEEK_DAYS * DAY + DAY, day - (WEEK_DAYS - 1) * DAY) / 3
    known = runs[0].day <= day - 4 * WEEK_DAYS * DAY + DAY
    if known and week > max(1.3 * before, BEGINNER_WEEK_M):
        yield f"on {day} the week comes to {week} m after weeks of {before:.0f} m"
    if week > week_most_m(day, runs, first_day=runs[0].day):
        yield f"on {day} the week comes to {week} m, more than it holds"
    longest = longest_before(runs, day)
    if longest is not None and line.metres > max(longest * 110 // 100, RESTART_MOST_M):
        yield f"on {day} the line is a jump: {line.metres} m after {longest} m"
    if line.ground is Ground.FLARED:
        yield f"on {day} a flared knee was given {line.metres} m"


def _between(runs: list[Run], since: date, before: date) -> int:
    return sum(round(r.distance_m) for r in runs if since <= r.day < before)
