"""Where a person stands on a ladder of exercises, and which rung may follow."""

from __future__ import annotations

from patella.care.exercise import Exercise
from patella.care.opening import WEEK_DAYS, Day, missing_things, shut_by, why_resting, why_shut
from patella.care.pain import GREEN_MAX
from patella.care.person import Habit
from patella.care.programme import Ladder
from patella.care.progression import LONG_BREAK_DAYS, Progress


def open_rungs(day: Day, ladder: Ladder) -> tuple[Exercise, ...]:
    """The rungs that no gate shuts to this person and that have their things at hand, whatever the knee says today."""
    rungs = (day.library.exercises[r] for r in ladder.rungs)
    return tuple(r for r in rungs if not shut_by(day, r) and not missing_things(day, r))


def standing_rung(day: Day, ladder: Ladder) -> Exercise | None:
    """The highest rung that was done within four weeks, all below it begun before; else the one to begin with.

    Pain plays no part in it, so that more of it never moves anybody up. None when no rung is open.
    """
    rungs = open_rungs(day, ladder)
    if not rungs:
        return None
    found = first = _first(day, ladder, rungs)
    for number in range(first, len(rungs)):
        progress = day.course.progress.get(rungs[number].id)
        if progress is None or progress.last_day is None:
            break
        if (day.date - progress.last_day).days < LONG_BREAK_DAYS:
            found = number
    return rungs[found]


def _first(day: Day, ladder: Ladder, rungs: tuple[Exercise, ...]) -> int:
    """Where to begin: at the bottom, or for those who train hips and glutes regularly where the ladder says."""
    if ladder.trained is None or day.person.habit is not Habit.REGULAR:
        return 0
    at_most = ladder.rungs.index(ladder.trained)
    return max((n for n, r in enumerate(rungs) if ladder.rungs.index(r.id) <= at_most), default=0)


def rungs_down(day: Day, ladder: Ladder) -> tuple[str, ...]:
    """The rung a person stands on and those below it, from the top: what a slot of a day tries in turn."""
    standing = standing_rung(day, ladder)
    if standing is None:
        return ()
    rungs = [r.id for r in open_rungs(day, ladder)]
    return tuple(reversed(rungs[: rungs.index(standing.id) + 1]))


def rung_above(day: Day, ladder: Ladder) -> Exercise | None:
    """The rung after the one a person stands on, whether or not it may open yet."""
    standing, rungs = standing_rung(day, ladder), open_rungs(day, ladder)
    if standing is None or standing is rungs[-1]:
        return None
    return rungs[rungs.index(standing) + 1]


def may_climb(day: Day, ladder: Ladder, progress: Progress, *, steps: int) -> bool:
    """Whether the next rung may open: twice green at the top of this one, seven calm days, no pain above 2 in them.

    `progress` is that of the rung a person stands on, `steps` how many steps of resistance it has for this person.
    """
    above, standing = rung_above(day, ladder), standing_rung(day, ladder)
    if above is None or standing is None or not progress.may_step or not day.is_quiet or not _no_pain_lately(day):
        return False
    passed = progress.next.step >= min(ladder.passed_at.get(standing.id, steps - 1), steps - 1)
    return passed and not why_shut(day, above) and not why_resting(day, above)


def _no_pain_lately(day: Day) -> bool:
    amber = day.course.amber_day
    if amber is not None and (day.date - amber).days < WEEK_DAYS:
        return False
    return all(n <= GREEN_MAX for d, n in day.pains.items() if (day.date - d).days < WEEK_DAYS)
