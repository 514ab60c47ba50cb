"""What a camera saw of a set, as it is kept and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from patella.care.entries import of_session
from patella.care.entries.field import more_than


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRep:
    """One repetition as the camera saw it."""

    range_deg: float
    up_s: float
    down_s: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHold:
    """One hold as the camera saw it."""

    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSet:
    """What the camera saw of a set; `form` is the share of repetitions or holds without a fault."""

    seen_fraction: float
    reps: tuple[SeenRep, ...]
    holds: tuple[SeenHold, ...]
    form: float | None


def seen_in(kept: of_session.SeenSet) -> SeenSet:
    """What an entry keeps of it."""
    reps = tuple(more_than(SeenRep, r) for r in kept.reps)
    holds = tuple(more_than(SeenHold, h) for h in kept.holds)
    return SeenSet(seen_fraction=kept.seen_fraction, reps=reps, holds=holds, form=kept.form)
