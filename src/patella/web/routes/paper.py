"""What leaves the screen: the handout, the report for a physiotherapist, and reminders for a calendar."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from patella.app.patella import Patella
from patella.app.person.settings import settings_of
from patella.paper.sheet import Sheet
from patella.web.answer import Json, Refusal
from patella.web.answers import ReportPages
from patella.web.routes.here import Here, shows
from patella.web.slow_work import ALONE, run_in_thread

router = APIRouter()

PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}, "description": "The handout."}}
ICS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}, "description": "The reminders."}}

Ending = Literal["pdf", "csv", "json", "fhir.json"]
KINDS = {"pdf": "application/pdf", "csv": "text/csv", "json": "application/json", "fhir.json": "application/fhir+json"}
REPORT: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in KINDS.values()}, "description": "The report."}
}
Weeks = Annotated[int, Query(ge=1, le=104, description="How many weeks up to today.")]
Times = Annotated[str, Query(max_length=120, description="Times of the day, as 09:00,13:00,17:00.")]
Days = Annotated[str, Query(max_length=40, description="Days of the week, as mo,tu,we,th,fr.")]


@router.get("/handout.pdf", response_class=Response, responses=PDF)
async def handout(here: Here, *, full: bool = False, letter: bool | None = None) -> Response:
    """The handout of today, or of the whole routine, on the person's paper."""
    _refuse_without_a_press()
    from patella.paper.handout import print_handout

    on_letter = settings_of(here).letter if letter is None else letter
    content = await run_in_thread(print_handout, here, full=full, letter=on_letter)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="patella.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.get("/report.{ending}", response_class=Response, responses=REPORT)
async def report(here: Here, ending: Ending, weeks: Weeks = 12) -> Response:
    """The last weeks for a physiotherapist: a page or two, or the same as a spreadsheet, JSON, or a FHIR R4 bundle."""
    return await report_of(here, ending, weeks)


async def report_of(here: Patella, ending: Ending, weeks: int, *, name: str = "") -> Response:
    """The report of a diary as a file; with the `name` of its person for somebody who looks after many."""
    if ending == "pdf":
        _refuse_without_a_press()
    content = await run_in_thread(_written, here, ending, weeks, name)
    file = f"patella-report.{ending}"
    if name:
        file = f"{name} {here.today.isoformat()}.{ending}"
    said = f"attachment; filename=\"{re.sub(r'[^A-Za-z0-9. -]', '_', file)}\"; filename*=UTF-8''{quote(file, safe='')}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": said}
    return Response(content, media_type=KINDS[ending], headers=headers)


@router.get("/paper/handout", responses=shows(Sheet, "What stands on the handout."))
async def handout_page(here: Here, *, full: bool = False) -> Json:
    """What stands on the handout of today, or of the whole routine: for a browser to print."""
    from patella.paper.handout import tell_handout

    return Json(tell_handout(here, full=full))


@router.get("/paper/report", responses=shows(ReportPages, "What stands on the report."))
async def report_pages(here: Here, weeks: Weeks = 12) -> Json:
    """What stands on the pages of the report: for a browser to print."""
    from patella.app.report.report import report_on
    from patella.paper.report import tell_report

    return Json(await run_in_thread(lambda: tell_report(here, report_on(here, weeks=weeks))))


def _refuse_without_a_press() -> None:
    if sys.platform in ALONE:
        raise Refusal(
            409,
            "no-paper",
            "A browser alone makes no PDF. Open it under “On paper” in the settings, and print it from there.",
        )


def _written(here: Patella, ending: Ending, weeks: int, name: str) -> bytes:
    from patella.app.report.report import report_on
    from patella.paper.fhir import report_fhir, whose_of
    from patella.paper.report import report_csv, report_json, report_pdf

    found = report_on(here, weeks=weeks)
    if ending == "pdf":
        return report_pdf(here, found, letter=settings_of(here).letter, name=name)
    if ending == "fhir.json":
        return report_fhir(found, here.now().isoformat(), whose_of(here, name))
    return report_csv(found) if ending == "csv" else report_json(found)


@router.get("/reminders.ics", response_class=Response, responses=ICS)
async def reminders(here: Here, times: Times = "09:00,13:00,17:00", days: Days = "mo,tu,we,th,fr") -> Response:
    """Small breaks through the day, as a file for a calendar."""
    return calendar_of(here, times, days)


def calendar_of(here: Patella, times: str, days: str) -> Response:
    """The reminders at these times on these days, as a calendar. Raises Refusal."""
    from patella.paper.reminders import ReminderError, write_reminders

    try:
        calendar = write_reminders(times, days, since=here.today)
    except ReminderError as error:
        raise Refusal(422, "reminders", str(error)) from None
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="patella.ics"'}
    return Response(calendar, media_type="text/calendar", headers=headers)


@router.get("/morning.ics", response_class=Response, responses=ICS)
async def morning(here: Here, request: Request) -> Response:
    """Tomorrow morning's question, as a file for a calendar, with a link that opens it here."""
    from patella.paper.reminders import write_morning

    calendar = write_morning(here.today + timedelta(days=1), f"{request.app.state.home or request.base_url}today")
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="patella-morning.ics"'}
    return Response(calendar, media_type="text/calendar", headers=headers)
