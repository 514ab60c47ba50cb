"""What no file calls a run is asked for where it was imported, and put right on its day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.house import House
from files.recordings import Outing, gpx_of


def test_what_no_file_says_is_asked_once_and_put_right_on_its_day(page: Page, house: House, tmp_path: Path) -> None:
    start = datetime.fromisoformat("2026-03-01T08:00:00+00:00")
    for number in range(2):
        outing = Outing(start=start - timedelta(days=number), name=f"Outing {number}")
        (tmp_path / f"{number}.gpx").write_bytes(gpx_of(outing, kind=None))
    page.goto(f"{house.url}/timeline/import")
    page.get_by_test_id("import-files").set_input_files([tmp_path / "0.gpx", tmp_path / "1.gpx"])
    asked = page.get_by_test_id("unnamed")
    expect(asked).to_contain_text("2 activities without a sport, between 4:10 a km and 8:20 a km. Were they runs?")
    asked.get_by_role("button", name="Running").click()
    expect(asked).to_have_count(0)
    page.goto(f"{house.url}/diary/2026-03-01")
    page.get_by_role("button", name="Correct: Outing 0").click()
    page.get_by_role("button", name="It was no run").click()
    page.get_by_role("button", name="Cycling").click()
    expect(page.locator(".out")).to_contain_text("Cycling, 5 km")
