from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from web.visit import Visit


@pytest.mark.parametrize(("query", "width"), [("?letter=false", 595), ("?letter=true", 612)])
def test_the_handout_is_a_pdf_on_the_paper_that_was_asked_for(screened: Visit, query: str, width: int) -> None:
    answer = screened.client.get(f"/api/handout.pdf{query}")
    assert answer.headers["content-type"] == "application/pdf"
    assert "attachment" in answer.headers["content-disposition"]
    assert round(PdfReader(io.BytesIO(answer.content)).pages[0].mediabox.width) == width


def test_the_handout_follows_the_settings(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"letter": True})
    answer = screened.client.get("/api/handout.pdf")
    assert round(PdfReader(io.BytesIO(answer.content)).pages[0].mediabox.width) == 612


def test_tomorrow_mornings_question_comes_as_a_calendar_with_a_link(visit: Visit) -> None:
    answer = visit.client.get("/api/morning.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "/today" in answer.text.replace("\r\n ", "")


def test_reminders_come_as_a_calendar(visit: Visit) -> None:
    answer = visit.client.get("/api/reminders.ics?times=08:30,16:00&days=mo,th")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "BYDAY=MO,TH" in answer.text


@pytest.mark.parametrize("query", ["times=25:00", "times=", "days=xx", "times=" + "a" * 200, "days="])
def test_reminders_that_cannot_be_are_refused(visit: Visit, query: str) -> None:
    assert visit.refused("GET", f"/api/reminders.ics?{query}")[0] == 422


@pytest.mark.parametrize(
    ("ending", "kind", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("csv", "text/csv", b"\xef\xbb\xbfsection"),
        ("json", "application/json", b"{"),
        ("fhir.json", "application/fhir+json", b"{"),
    ],
)
def test_the_report_comes_in_every_form(screened: Visit, ending: str, kind: str, start: bytes) -> None:
    answer = screened.client.get(f"/api/report.{ending}?weeks=6")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert f"patella-report.{ending}" in answer.headers["content-disposition"]
    assert answer.content.startswith(start)


@pytest.mark.parametrize("path", ["report.doc", "report.pdf?weeks=0", "report.csv?weeks=1000"])
def test_a_report_that_cannot_be_is_refused(visit: Visit, path: str) -> None:
    assert visit.refused("GET", f"/api/{path}")[0] == 422
