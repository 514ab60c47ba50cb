"""The plot behind a finding, from the finding as `app.insight` tells it."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.report.insight import ToldFinding
from patella.care.factor import Factor
from patella.care.units import METRIC, Units
from patella.paper.charts import finding_chart
from patella.paper.lanes.frame import Spec

AXES: Mapping[str, str] = {
    "sitting": "hours of sitting in a day",
    "cadence": "steps a minute",
    "drop": "mm of heel drop",
}
ENDS: Mapping[str, tuple[str, str]] = {
    "exercises": ("a day without", "a day with exercises"),
    "spike": ("usual runs", "far runs"),
    "surface": ("other ground", "this ground"),
    "shoe": ("other shoes", "these shoes"),
}


def plot_finding(finding: ToldFinding, *, theme: str = "light", width: int = 420, units: Units = METRIC) -> Spec:
    """The mornings of one finding: its points, and what they come to; kilometres are drawn in the units wanted."""
    is_far = finding.factor is Factor.DISTANCE
    one = units.much(1000) if is_far else 1.0
    return finding_chart(
        [(x * one, y) for x, y in finding.points],
        title=f"{units.distance} in a day" if is_far else AXES.get(finding.factor, finding.name),
        ends=ENDS.get(finding.factor),
        slope=finding.effect / finding.step / one,
        theme=theme,
        width=width,
    )
