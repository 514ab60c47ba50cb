"""A week of the timeline: seven of its days as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from patella.app.diary.timeline_day import SportOfDay, TimelineDay, empty_day, metres_of
from patella.care.pain import Colour, worst_of
from patella.care.spike import Spike

SPIKES = [s.value for s in Spike]
UNSAID = "unsaid"


def week_of_days(days: Sequence[TimelineDay]) -> TimelineDay:
    """Days of one week as one: what was done is summed, mornings and hours are a mean, other pains the worst."""
    pains = [d["pain"] for d in days]
    by_shoe: dict[str, float] = {}
    for day in days:
        for shoe, metres in day["shoe_m"].items():
            by_shoe[shoe] = by_shoe.get(shoe, 0.0) + metres
    surface_m, spike = _week_of_runs(days)
    return {
        **empty_day(date.fromisoformat(days[0]["day"])),
        "pain": {
            "morning": _mean((p["morning"] for p in pains), 1),
            "during": _worst_of(p["during"] for p in pains),
            "after": _worst_of(p["after"] for p in pains),
            "worst": _worst_of(p["worst"] for p in pains),
        },
        "run_m": sum(d["run_m"] for d in days),
        "longest_m": max((d["longest_m"] for d in days if d["longest_m"] is not None), default=None),
        "shoe_m": by_shoe,
        "surface_m": surface_m,
        "spike": spike,
        "sports": _week_of_sports(days),
        "drop_mm": _drop_of(days),
        "sitting_h": _mean((d["sitting_h"] for d in days), 2),
        "barefoot_min": _mean((d["barefoot_min"] for d in days), 0),
        "sessions": sum(d["sessions"] for d in days),
        "exercises": sum(d["exercises"] for d in days),
        "sets": sum(d["sets"] for d in days),
        "adjusted": sum(d["adjusted"] for d in days),
        "colour": worst_of(Colour(d["colour"]) if d["colour"] else None for d in days if d["colour"] or d["sets"]),
        "scores": [s for d in days for s in d["scores"]],
    }


def _drop_of(days: Iterable[TimelineDay]) -> float | None:
    """The heel drop run in, weighed by distance."""
    known = [(d["drop_mm"], d["run_m"]) for d in days if d["drop_mm"] is not None]
    metres = sum(m for _, m in known)
    return round(sum(drop * m for drop, m in known) / metres, 1) if metres else None


def _week_of_runs(days: Iterable[TimelineDay]) -> tuple[dict[str, float], str | None]:
    """What a week keeps of its single runs: the metres on each ground, and the worst spike."""
    runs = [r for d in days for r in d["runs"]]
    metres: dict[str, float] = {}
    for run in runs:
        ground = run["surface"] or UNSAID
        metres[ground] = metres.get(ground, 0.0) + metres_of(run)
    there = [SPIKES.index(r["spike"]) for r in runs if r["spike"] is not None]
    return metres, SPIKES[max(there)] if there else None


def _week_of_sports(days: Iterable[TimelineDay]) -> list[SportOfDay]:
    """Each other sport of a week once, with its metres where they are known."""
    found: dict[str, float] = {}
    for day in days:
        for sport in day["sports"]:
            found[sport["sport"]] = found.get(sport["sport"], 0.0) + metres_of(sport)
    return [{"sport": sport, "distance_m": metres or None} for sport, metres in found.items()]


def _worst_of(values: Iterable[int | None]) -> int | None:
    return max((v for v in values if v is not None), default=None)


def _mean(values: Iterable[float | None], digits: int) -> float | None:
    known = [v for v in values if v is not None]
    return round(sum(known) / len(known), digits) if known else None
