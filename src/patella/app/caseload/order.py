"""Who needs a look first, and why in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from patella.app.caseload.summary import Summary
from patella.care.clearance import Standing

AWAY_DAYS = 10
NEW_DAYS = 14
SEVERE = 8
PAUSED = frozenset({Standing.EMERGENCY, Standing.SAME_DAY, Standing.SOON, Standing.CLINICIAN_FIRST})


class Need(IntEnum):
    """How soon a look is needed, the most urgent first."""

    RED_FLAG = 0
    SEVERE = 1
    UNSETTLED = 2
    AWAY = 3
    NEW = 4
    UNKNOWN = 5
    WELL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How soon, and why in a few words."""

    need: Need
    why: str


def look_at(found: Summary, days_here: int | None) -> Look:
    """Why somebody needs a look; `days_here`: for how many days there has been a diary, None where that is not known.

    What is not shared or was never noted is no sign that all is well.
    """
    hurts = found.hurts
    if found.flags or found.standing in {s.value for s in PAUSED}:
        return Look(need=Need.RED_FLAG, why="A warning sign: nothing is planned until somebody has seen the knee")
    if hurts and (hurts.severe or (hurts.worst_7 or 0) >= SEVERE):
        return Look(
            need=Need.SEVERE, why="Severe pain lately" if hurts.severe else f"Pain of {hurts.worst_7} this week"
        )
    if hurts and (hurts.unsettled or hurts.trend == "up" or hurts.concerns):
        return Look(need=Need.UNSETTLED, why=_unsettled(hurts.trend, unsettled=hurts.unsettled))
    if found.begun is None and (hurts or found.practised or found.ran or found.standing):
        return Look(need=Need.NEW, why="Has not answered the first questions yet, so there is no plan")
    return _quiet(found, days_here)


def _quiet(found: Summary, days_here: int | None) -> Look:
    """Somebody who answered the first questions, and whose knee says nothing bad."""
    hurts = found.hurts
    if found.days_away is not None and found.days_away >= AWAY_DAYS:
        return Look(need=Need.AWAY, why=f"Nothing noted for {found.days_away} days")
    if days_here is not None and days_here <= NEW_DAYS:
        return Look(need=Need.NEW, why=_begun(days_here))
    if found.days_away is None and (hurts or found.practised):
        return Look(need=Need.AWAY, why="Nothing noted for four weeks")
    if hurts is None or hurts.latest is None:
        return Look(need=Need.UNKNOWN, why="Not known: no pain is shared or noted")
    return Look(need=Need.WELL, why="All well")


def _begun(days_here: int) -> str:
    if days_here < 1:
        return "Began today"
    return "Began yesterday" if days_here == 1 else f"Began {days_here} days ago"


def _unsettled(trend: str | None, *, unsettled: bool) -> str:
    if trend == "up":
        return "Mornings are getting worse"
    return "The knee did not settle" if unsettled else "No better for weeks"
