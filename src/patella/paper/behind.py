"""The plot behind a finding, from the finding as `app.insight` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from patella.care.factor import Factor
from patella.care.units import METRIC, Units
from patella.paper.charts import finding_chart
from patella.paper.lanes.frame import Spec

AXES = {
    "sitting": "hours of sitting in a day",
    "cadence": "steps a minute",
    "drop": "mm of heel drop",
}
ENDS = {
    "exercises": ("a day without", "a day with exercises"),
    "spike": ("usual runs", "far runs"),
    "surface": ("other ground", "this ground"),
    "shoe": ("other shoes", "these shoes"),
}


def behind(finding: Mapping[str, Any], *, theme: str = "light", width: int = 420, units: Units = METRIC) -> Spec:
    """The mornings of one finding: its points, and what they come to; kilometres are drawn in the units wanted."""
    factor = str(finding["factor"])
    is_far = factor == Factor.DISTANCE
    one = units.much(1000) if is_far else 1.0
    return finding_chart(
        [(float(x) * one, float(y)) for x, y in finding["points"]],
        title=f"{units.distance} in a day" if is_far else AXES.get(factor, str(finding["name"])),
        ends=ENDS.get(factor),
        slope=finding["effect"] / finding["step"] / one,
        theme=theme,
        width=width,
    )
