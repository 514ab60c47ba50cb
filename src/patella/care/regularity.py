"""How regularly exercises were done: days done of those asked, week by week; a day left out for pain is not missed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patella.care.opening import LOADED_PER_WEEK, WEEK_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from `since`: how many had exercises, on which these were left out for pain, and how many are missing.

    Days asked are three a week. Beyond those done, a day without exercises on which pain was noted is adjusted; only
    the rest is missed. A day on which nothing was noted speaks for nobody.
    """

    since: date
    done: int
    adjusted: tuple[date, ...]
    missed: int

    @property
    def share(self) -> float | None:
        """Days done of those that were left to do, 1 at most; None where pain left none."""
        asked = LOADED_PER_WEEK - len(self.adjusted)
        return min(self.done / asked, 1.0) if asked else None


def week_of(since: date, done: Collection[date], pains: Mapping[date, int]) -> Week:
    """One week. `done` are days with exercises, `pains` the worst pain by day; of several sore days the worst count."""
    days = [since + timedelta(days=n) for n in range(WEEK_DAYS)]
    count = sum(1 for d in days if d in done)
    short = max(LOADED_PER_WEEK - count, 0)
    sore = sorted((d for d in days if d not in done and pains.get(d, 0) > 0), key=lambda d: (-pains[d], d))
    adjusted = tuple(sorted(sore[:short]))
    return Week(since=since, done=count, adjusted=adjusted, missed=short - len(adjusted))


def regularity(weeks: Sequence[Week]) -> float | None:
    """The mean share of these weeks; None where there is nothing to go by."""
    shares = [w.share for w in weeks if w.share is not None]
    return sum(shares) / len(shares) if shares else None
