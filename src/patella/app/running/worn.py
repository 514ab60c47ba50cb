"""Shoes with what they have behind them, and a word when shoes and distance change together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patella.app.patella import Patella
from patella.app.running.runs import LoggedRun, counts, runs_between, runs_for_load, runs_lately
from patella.app.running.shoes import Shoe, shoes_of
from patella.care.entries.field import more_than
from patella.care.spike import Spike, spikes

NEW_DAYS = 28
NEW_M = 100_000
TOGETHER = (
    "{name} is new on your feet, and your latest run was longer than your knee is used to. Change one thing at a time: "
    "shorter runs in new shoes, for four to six weeks."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WornShoe(Shoe):
    """A pair with the metres and the runs that it has behind it, and the day of the last of them."""

    metres: float
    runs: int
    last: date | None


def answer_shoes(app: Patella) -> list[WornShoe]:
    """Every pair with what it has behind it."""
    runs = runs_between(app, None, None)
    return [_worn(s, [r for r in runs if r.shoe == s.id]) for s in shoes_of(app)]


def _worn(shoe: Shoe, runs: Sequence[LoggedRun]) -> WornShoe:
    metres = sum((r.distance_m or 0.0 for r in runs), 0.0)
    return more_than(WornShoe, shoe, metres=metres, runs=len(runs), last=runs[-1].day if runs else None)


def new_shoe_and_spike(app: Patella, lately: Sequence[LoggedRun] | None = None) -> str | None:
    """A word when the latest run of the last week was a spike in a pair that is new; None otherwise.

    New is a pair with less than 100 km, first worn within four weeks, when others were worn before it. `lately` are the
    runs that the load of today is read from, where they are at hand.
    """
    lately = runs_lately(app) if lately is None else lately
    if lately and _latest_spike(app, lately) is None:
        return None
    runs = runs_between(app, None, None)
    latest = _latest_spike(app, runs)
    if latest is None:
        return None
    own = [r for r in runs if r.shoe == latest.shoe]
    others = any(r.shoe not in (None, latest.shoe) and r.day < own[0].day for r in runs)
    is_new = own[0].day >= app.today - timedelta(days=NEW_DAYS) and sum(r.distance_m or 0 for r in own) < NEW_M
    if latest.shoe is None or not others or not is_new:
        return None
    return TOGETHER.format(name=next((s.name for s in shoes_of(app) if s.id == latest.shoe), "A shoe"))


def _latest_spike(app: Patella, runs: Sequence[LoggedRun]) -> LoggedRun | None:
    """The latest of these runs, if it was a spike within a week."""
    judged = [(r, s) for r, (_, s) in zip(filter(counts, runs), spikes(runs_for_load(runs)), strict=True)]
    if not judged or judged[-1][1] is Spike.USUAL or judged[-1][0].day < app.today - timedelta(days=7):
        return None
    return judged[-1][0]
