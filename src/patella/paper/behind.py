"""The plot behind a finding, from the finding as `app.insight` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from patella.paper.charts import finding_chart
from patella.paper.lanes import Spec

AXES = {
    "distance": "km in a day",
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


def behind(finding: Mapping[str, Any], *, theme: str = "light", width: int = 420) -> Spec:
    """The mornings of one finding: its points, and what they come to."""
    factor = str(finding["factor"])
    return finding_chart(
        [(float(x), float(y)) for x, y in finding["points"]],
        title=AXES.get(factor, str(finding["name"])),
        ends=ENDS.get(factor),
        slope=finding["effect"] / finding["step"],
        theme=theme,
        width=width,
    )
