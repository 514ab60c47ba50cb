"""The knee's timeline: plain values, and the chart of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query

from patella.app.diary.timeline import Timeline, timeline_in_steps
from patella.app.history.reading import person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.web.answer import Json
from patella.web.answers_knee import ChartAnswer
from patella.web.routes.days import Before, Since, span_of
from patella.web.routes.here import Here, shows
from patella.web.slow_work import steps_of

router = APIRouter()

USUAL_DAYS, MOST_DAYS = 84, 3700

Theme = Annotated[Literal["light", "dark"], Query(description="What it is drawn on.")]
Width = Annotated[int, Query(ge=200, le=4000, description="How wide it may be, in CSS pixels.")]


@router.get("/timeline", responses=shows(Timeline, "The days."))
async def timeline(here: Here, since: Since = None, before: Before = None) -> Json:
    """Every day of a span, or every week beyond a year; what is not known is null."""
    first, last = span_of(since, before, here.today, usual=USUAL_DAYS, most=MOST_DAYS)
    return Json(await _timeline(here, first, last))


@router.get("/timeline/chart", responses=shows(ChartAnswer, "The days, and the chart of them."))
async def chart(
    here: Here, since: Since = None, before: Before = None, theme: Theme = "light", width: Width = 640
) -> Json:
    """The same with its chart, a Vega-Lite specification."""
    from patella.paper.charts import timeline_chart

    first, last = span_of(since, before, here.today, usual=USUAL_DAYS, most=MOST_DAYS)
    found = await _timeline(here, first, last)
    names = {s.id.value: s.name for s in here.library.scores.values()}
    drawn = timeline_chart(
        found, names=names, theme=theme, width=width, units=units_of(here), cautious=person_of(here).cautious
    )
    return Json({"timeline": found, "chart": drawn})


async def _timeline(here: Patella, first: date, last: date) -> Timeline:
    """The timeline, worked out in steps: what is remembered of ten years comes at once, and all else takes its time."""
    found: Timeline | None = None
    async for found in steps_of(timeline_in_steps(here, first, last)):  # noqa: B007 - the last is all
        pass
    return cast("Timeline", found)
