"""A run, as far as the knee is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run on a local day. `cadence_spm` counts the steps of both feet; None where something is not known."""

    day: date
    distance_m: float
    moving_s: float | None = None
    cadence_spm: float | None = None
    shoe: str | None = None
    surface: str | None = None
