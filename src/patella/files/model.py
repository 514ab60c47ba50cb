"""The pose models that come with Patella."""

from __future__ import annotations

from enum import StrEnum


class Model(StrEnum):
    """From the quickest to the surest."""

    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"
