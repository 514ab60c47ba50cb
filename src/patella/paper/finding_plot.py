"""The plot behind a finding, from the finding as `app.insight` tells it."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.report.insight import ToldFinding
from patella.care.factor import Factor, Unit
from patella.care.units import METRIC, Units
from patella.paper.charts import finding_chart
from patella.paper.lanes.frame import Spec

AXES: Mapping[Unit, str] = {
    Unit.HOURS: "hours of sitting in a day",
    Unit.STEPS_A_MINUTE: "steps a minute",
    Unit.MM: "mm of heel drop",
}
ENDS: Mapping[Factor, tuple[str, str]] = {
    Factor.EXERCISES: ("a day without", "a day with exercises"),
    Factor.SPIKE: ("usual runs", "far runs"),
    Factor.SURFACE: ("other ground", "this ground"),
    Factor.SHOE: ("other shoes", "these shoes"),
}


def plot_finding(finding: ToldFinding, *, theme: str = "light", width: int = 420, units: Units = METRIC) -> Spec:
    """The mornings of one finding: its points, and what they come to; kilometres are drawn in the units wanted."""
    is_far = finding.factor.unit is Unit.KM
    one = units.much(1000) if is_far else 1.0
    return finding_chart(
        [(x * one, y) for x, y in finding.points],
        title=f"{units.distance} in a day" if is_far else AXES.get(finding.factor.unit, finding.name),
        ends=ENDS.get(finding.factor),
        slope=finding.effect / finding.step / one,
        theme=theme,
        width=width,
    )
