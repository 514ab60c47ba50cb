"""What goes with a bad morning: the sentences, and the mornings behind each."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.history.units import units_of
from patella.app.report.insight import ToldLink, insight_today
from patella.care.entries.field import more_than
from patella.web.answer import Json
from patella.web.answers_knee import DrawnFinding, InsightAnswer
from patella.web.routes.here import Here, shows
from patella.web.routes.timeline import Theme, Width
from patella.web.slow_work import run_in_thread

router = APIRouter()


@router.get("/insight", responses=shows(InsightAnswer, "What was found, or how much is missing."))
async def insight(here: Here, theme: Theme = "light", width: Width = 420) -> Json:
    """What goes with a bad morning: at most three findings, each with the chart of its mornings."""
    from patella.paper.finding_plot import plot_finding

    found = await run_in_thread(insight_today, here)  # two years of days are looked at many times over
    units = units_of(here)
    drawn = tuple(
        more_than(DrawnFinding, more_than(ToldLink, f), chart=plot_finding(f, theme=theme, width=width, units=units))
        for f in found.findings
    )
    return Json(more_than(InsightAnswer, found, findings=drawn))
