"""A week of the timeline: seven of its days as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from patella.app.diary.timeline_day import Values, empty_day, metres_of
from patella.care.pain import Colour, worst_of
from patella.care.spike import Spike

SPIKES = [s.value for s in Spike]
UNSAID = "unsaid"


def week_of_days(days: Sequence[Values]) -> Values:
    """Seven days as one."""
    week = empty_day(date.fromisoformat(str(days[0]["day"])))
    pains: list[Mapping[str, int | None]] = [d["pain"] for d in days]  # type: ignore[misc]
    worst = {k: _worst_of(p[k] for p in pains) for k in ("during", "after", "worst")}
    by_shoe: dict[str, float] = {}
    for day in days:
        for shoe, metres in day["shoe_m"].items():  # type: ignore[attr-defined]
            by_shoe[shoe] = by_shoe.get(shoe, 0.0) + metres
    drops = [(d["drop_mm"], d["run_m"]) for d in days if d["drop_mm"] is not None]
    metres = sum(float(str(m)) for _, m in drops)
    return {
        **week,
        "pain": {**worst, "morning": _mean((p["morning"] for p in pains), 1)},
        "run_m": sum(float(str(d["run_m"])) for d in days),
        "longest_m": max((float(str(d["longest_m"])) for d in days if d["longest_m"] is not None), default=None),
        "shoe_m": by_shoe,
        **_week_of_runs(days),
        "sports": _week_of_sports(days),
        "drop_mm": round(sum(float(str(d)) * float(str(m)) for d, m in drops) / metres, 1) if metres else None,
        "sitting_h": _mean((d["sitting_h"] for d in days), 2),
        "barefoot_min": _mean((d["barefoot_min"] for d in days), 0),
        **{key: sum(int(str(d[key])) for d in days) for key in ("sessions", "exercises", "sets", "adjusted")},
        "colour": worst_of(Colour(str(d["colour"])) if d["colour"] else None for d in days if d["colour"] or d["sets"]),
        "scores": [s for d in days for s in d["scores"]],  # type: ignore[attr-defined]
    }


def _week_of_runs(days: Sequence[Values]) -> Values:
    """What a week keeps of its single runs: the metres on each ground, and the worst spike."""
    runs: list[Values] = [r for d in days for r in d["runs"]]  # type: ignore[attr-defined]
    metres: dict[str, float] = {}
    for run in runs:
        ground = str(run["surface"] or UNSAID)
        metres[ground] = metres.get(ground, 0.0) + metres_of(run)
    there = [SPIKES.index(str(r["spike"])) for r in runs if r["spike"] is not None]
    return {"surface_m": metres, "spike": SPIKES[max(there)] if there else None}


def _week_of_sports(days: Sequence[Values]) -> list[Values]:
    """Each other sport of a week once, with its metres where they are known."""
    found: dict[str, float] = {}
    for day in days:
        for sport in day["sports"]:  # type: ignore[attr-defined]
            found[sport["sport"]] = found.get(sport["sport"], 0.0) + metres_of(sport)
    return [{"sport": sport, "distance_m": metres or None} for sport, metres in found.items()]


def _worst_of(values: Iterable[int | None]) -> int | None:
    return max((v for v in values if v is not None), default=None)


def _mean(values: Iterable[object], digits: int) -> float | None:
    known = [float(str(v)) for v in values if v is not None]
    return round(sum(known) / len(known), digits) if known else None
