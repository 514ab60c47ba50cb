"""The watch over the diary, ten minutes and the end of the programme, at the terminal."""

from __future__ import annotations

from cli.conftest import Patella


def severe(patella: Patella) -> None:
    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        assert patella("--date", day, "pain", 9, "--when", "morning").code == 0


def test_severe_pain_says_whom_to_see_and_how_to_say_that_somebody_has(screened: Patella) -> None:
    severe(screened)
    told = screened("--date", "2026-11-03", "today").text
    assert "Please have a doctor look at this knee" in told
    assert "patella screen --seen" in told
    assert "No running until somebody has seen this knee" in told
    noted = screened("--date", "2026-11-03", "screen", "--seen")
    assert noted.text == "Noted: seen on 2026-11-03. Good that you went. patella today says what to do."
    assert "Please have a doctor" not in screened("--date", "2026-11-03", "today").text


def test_the_day_on_which_somebody_saw_it_can_be_said(screened: Patella) -> None:
    severe(screened)
    said = screened("--date", "2026-11-03", "screen", "--seen", "--on", "2026-11-02", "--json")
    assert said.json == {"seen_on": "2026-11-02"}
    refused = screened("--date", "2026-11-03", "screen", "--seen", "--on", "2026-11-04")
    assert refused.code == 2
    assert "still to come" in refused.complaint
    assert screened("screen", "--seen", "--assessed").code == 2


def test_about_ten_minutes_are_two_exercises(screened: Patella) -> None:
    answer = screened("today", "--short", "--json").json
    assert (answer["scope"], len(answer["items"])) == ("short", 2)
    assert screened("today", "--short", "--full").code == 2


def test_the_programme_can_be_only_kept_and_taken_up_again(screened: Patella) -> None:
    assert screened("settings", "--maintenance", "--json").json["maintenance"] is True
    kept = screened("today")
    assert "The programme is done; this keeps it." in kept.text
    assert len(screened("today", "--json").json["items"]) == 2
    assert screened("settings", "--no-maintenance", "--json").json["maintenance"] is False
    assert len(screened("today", "--json").json["items"]) == 4
