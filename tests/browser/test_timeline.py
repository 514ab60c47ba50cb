"""The knee's own timeline: files dropped, a year on one page, pain in a second, and everything by keyboard."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.acts import by, wait
from browser.conftest import DAY
from browser.house import House

METRES_A_DEGREE = 111_195
DROP = """([names, texts]) => {
  const data = new DataTransfer();
  names.forEach((name, i) => data.items.add(new File([texts[i]], name)));
  const at = document.querySelector(".import, .timeline");
  const said = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) at.dispatchEvent(new DragEvent(kind, said));
}"""


def gpx(day: date, km: float) -> str:
    start = datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC)
    points = "".join(
        f'<trkpt lat="{48 + km * 1000 / METRES_A_DEGREE * n / 10:.6f}" lon="2.0">'
        f"<time>{start + timedelta(minutes=3 * n):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for n in range(11)
    )
    head = '<gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>'
    return f"{head}<trkseg>{points}</trkseg></trk></gpx>"


def drawn(page: Page) -> None:
    page.locator(".timeline .chart canvas").first.wait_for()


def test_a_year_of_files_is_dropped_and_seen_on_one_page(page: Page, house: House) -> None:
    last = date.fromisoformat(DAY) - timedelta(days=1)
    files = {f"{n}.gpx": gpx(last - timedelta(days=7 * n), 5 + n % 4) for n in range(52)}
    files |= {"broken.fit": "nothing of a run", "worse.fit": "nor of anything", "line.kml": "<kml/>"}
    page.goto(f"{house.url}/timeline")
    drawn(page)
    page.evaluate(DROP, [list(files), list(files.values())])
    expect(by(page, "import-result")).to_contain_text("52 new runs.")
    month = by(page, "brought").locator("details").first
    expect(month.locator("summary")).to_have_text("March 2026: 2 runs, 11 km")
    expect(month.locator("li")).to_have_count(2)
    expect(by(page, "brought").locator("details")).to_have_count(13)
    expect(page.locator(".failed > li > b")).to_have_text(["line.kml", "2 files"])
    page.locator(".failed summary").click()
    expect(page.locator(".failed li li")).to_have_text(["broken.fit", "worse.fit"])
    year = house.ask(f"/timeline?since={last - timedelta(days=364)}&before={DAY}")
    runs = [r for d in year["days"] for r in d["runs"]]  # type: ignore[attr-defined]
    assert len(runs) == 52
    page.goto(f"{house.url}/timeline?since={last - timedelta(days=364)}&before={DAY}")
    drawn(page)
    label = page.locator(".timeline .chart").first.get_attribute("aria-label") or ""
    assert "km run" in label
    page.get_by_text("As a table").click()
    expect(page.locator(".as-table tbody tr")).to_have_count(52)


def test_files_are_chosen_and_the_same_again_are_known(page: Page, house: House, tmp_path: Path) -> None:
    file = tmp_path / "one.gpx"
    file.write_text(gpx(date.fromisoformat(DAY) - timedelta(days=2), 6))
    for expected in ("1 new run.", "0 new runs. 1 was known already."):
        page.goto(f"{house.url}/timeline/import")
        by(page, "import-files").set_input_files(str(file))
        expect(by(page, "import-result")).to_contain_text(expected)


COUNTED = """
sentBytes = 0;
const really = fetch;
fetch = (where, how) => {
  if (String(where.url ?? where).includes("/files?")) sentBytes += how.body.size;
  return really(where, how);
};"""


def with_films(place: Path, run: str) -> None:
    """An archive of two films of 150 MB each, which take no room on the disk, and a run between them."""
    with place.open("wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            film = zipfile.ZipInfo(f"export/media/{number}.mp4")
            film.CRC, film.file_size, film.compress_size = 0, 150_000_000, 150_000_000
            film.header_offset = stream.tell()
            stream.write(film.FileHeader(zip64=False))
            stream.seek(film.file_size, 1)
            archive.start_dir = stream.tell()
            archive.filelist.append(film)
            archive.writestr(f"export/activities/{number}.gpx", run)


def test_of_a_large_archive_what_is_no_film_is_sent_and_the_films_are_counted(
    page: Page, house: House, tmp_path: Path
) -> None:
    archive = tmp_path / "export.zip"
    with_films(archive, gpx(date.fromisoformat(DAY) - timedelta(days=3), 7))
    page.add_init_script(COUNTED)
    page.goto(f"{house.url}/timeline/import")
    by(page, "import-files").set_input_files(archive)

    expect(by(page, "import-result")).to_contain_text("1 new run. 1 was known already.")
    expect(by(page, "import-passed")).to_contain_text("2 photos and films")
    assert 0 < page.evaluate("sentBytes") < 20_000


def test_pain_is_noted_in_a_second_and_taken_back(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline")
    by(page, "note-pain").click()
    page.locator("dialog .scale button").nth(2).click()
    by(page, "save-pain").click()
    expect(page.locator("dialog")).to_contain_text("Saved")
    notes = house.ask(f"/timeline?since={DAY}&before=2026-03-13")["days"][0]["notes"]  # type: ignore[index]
    assert [n["nprs"] for n in notes] == [2]
    by(page, "undo").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert not house.ask(f"/timeline?since={DAY}&before=2026-03-13")["days"][0]["notes"]  # type: ignore[index]


def test_a_place_is_tapped_on_the_knee(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline")
    by(page, "note-pain").click()
    page.locator("dialog .scale button").nth(3).click()
    page.locator(".knee-map .spot").nth(2).click()
    expect(page.get_by_role("button", name="Just below the kneecap")).to_have_attribute("aria-pressed", "true")
    by(page, "save-pain").click()
    expect(page.locator("dialog .note")).to_contain_text("below the kneecap")


def test_giving_way_leads_to_what_to_do(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline")
    by(page, "note-pain").click()
    page.locator("dialog .scale button").nth(3).click()
    page.get_by_label("It gave way").check()
    by(page, "save-pain").click()
    expect(page.locator("dialog .note")).to_contain_text("Book a doctor or a physiotherapist")
    page.get_by_role("link", name="What to do").click()
    expect(page.get_by_role("heading", name="See someone first.")).to_be_visible()


def test_a_run_by_hand_is_in_its_day_and_can_be_corrected(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline")
    by(page, "note-run").click()
    by(page, "run-far").fill("7,5")
    by(page, "save-run").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.goto(f"{house.url}/diary/{DAY}")
    expect(page.locator(".out")).to_contain_text("7.5 km")
    page.get_by_label("Correct: A run").click()
    by(page, "run-far").fill("8")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".out")).to_contain_text("8 km")
    page.get_by_label("Correct: A run").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator(".out")).to_have_count(0)
    by(page, "undo").click()
    expect(page.locator(".out")).to_contain_text("8 km")


def test_each_unit_is_a_setting_and_the_pages_tell_and_take_it(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    unit = {name: page.get_by_role("button", name=name, exact=True) for name in ("Pounds", "Miles", "Feet and inches")}
    for button in unit.values():
        expect(button).to_have_attribute("aria-pressed", "false")
    unit["Pounds"].click()
    for button in unit.values():
        expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Centimetres").click()
    expect(unit["Feet and inches"]).to_have_attribute("aria-pressed", "false")
    expect(unit["Miles"]).to_have_attribute("aria-pressed", "true")
    page.goto(f"{house.url}/timeline")
    by(page, "note-run").click()
    expect(by(page, "run-far").locator("..")).to_have_text("mi")
    by(page, "run-far").fill("5")
    by(page, "save-run").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.goto(f"{house.url}/diary/{DAY}")
    expect(page.locator(".out")).to_contain_text("5 mi")
    page.get_by_label("Correct: A run").click()
    expect(by(page, "run-far")).to_have_value("5")
    by(page, "run-far").fill("3.1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".out")).to_contain_text("3.1 mi")
    (kept,) = house.ask("/timeline")["days"][-1]["runs"]  # type: ignore[index]
    assert kept["distance_m"] == 4989


def test_sitting_that_was_a_slip_is_taken_out_again(page: Page, house: House) -> None:
    page.goto(f"{house.url}/diary/{DAY}")
    page.get_by_role("button", name="Note it").click()
    page.get_by_label("Sitting: more").click()
    by(page, "save-sitting").click()
    expect(page.locator(".sat")).to_contain_text("0.5 h of sitting")
    page.locator(".sat").get_by_role("button", name="Correct").click()
    by(page, "forget-sitting").click()
    expect(page.locator(".sat")).to_contain_text("Nothing noted.")


def test_before_there_is_enough_the_page_says_how_much_is_missing(page: Page, house_of: Callable[[str], House]) -> None:
    page.goto(f"{house_of('third-week').url}/timeline")
    expect(page.locator(".findings")).to_contain_text("Not enough yet:")


def test_a_pair_of_shoes_is_added(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline/shoes")
    by(page, "add-shoe").click()
    by(page, "shoe-name").fill("Daily trainer")
    by(page, "shoe-drop").fill("10")
    by(page, "save-shoe").click()
    expect(page.locator(".pairs")).to_contain_text("10 mm drop")


def test_a_score_is_given_by_keyboard(page: Page, house: House) -> None:
    page.goto(f"{house.url}/timeline/scores")
    page.get_by_label("Answer: Pain in a usual week").focus()
    page.keyboard.press("Enter")
    page.locator("dialog .scale button").nth(4).focus()
    page.keyboard.press("Enter")
    by(page, "save-score").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.get_by_text("4 on 12 Mar")).to_be_visible()
    page.get_by_label("Answer: Pain in a usual week").click()
    by(page, "take-out-score").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.get_by_text("4 on 12 Mar")).to_have_count(0)


def test_the_span_is_moved_by_keyboard(page: Page, house_of: Callable[[str], House]) -> None:
    page.goto(f"{house_of('third-week').url}/timeline")
    drawn(page)
    before = page.locator(".eyebrow").inner_text()
    for name in ("Earlier", "Closer"):
        page.get_by_label(name, exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".eyebrow")).not_to_have_text(before)
        before = page.locator(".eyebrow").inner_text()
    drawn(page)


def test_a_mark_opens_its_day(page: Page, house_of: Callable[[str], House]) -> None:
    page.goto(f"{house_of('third-week').url}/timeline?since=2026-03-06&before={DAY}")
    drawn(page)
    page.wait_for_timeout(300)
    page.locator(".timeline .chart canvas").first.evaluate("(e) => e.scrollIntoView()")
    box = page.locator(".timeline .chart canvas").first.bounding_box()
    assert box
    for y in range(24, 120, 3):
        page.mouse.click(box["x"] + 26 + (box["width"] - 38) * 5.5 / 7, box["y"] + y)
        if "/diary/" in page.url:
            break
    expect(page.locator("h1")).to_contain_text("March 2026")
    assert page.url.endswith("/diary/2026-03-10")


@pytest.mark.slow
@pytest.mark.alone
def test_five_years_are_drawn_in_a_second(page: Page, house_of: Callable[[str], House]) -> None:
    house = house_of("third-week")
    page.goto(f"{house.url}/timeline")
    drawn(page)
    spans = []
    for since in ("2021-03-12", "2021-03-19", "2021-03-26"):
        began = time.perf_counter()
        page.evaluate(
            """async (to) => {
              const old = document.querySelector(".timeline .chart canvas");
              const { go } = await import("/static/app/router.js");
              go(to, { replace: true });
              while (document.contains(old)) await new Promise((next) => setTimeout(next, 5));
            }""",
            f"/timeline?since={since}&before={DAY}",
        )
        drawn(page)
        spans.append(time.perf_counter() - began)
    assert min(spans) < 1.0, spans


def test_a_cautious_persons_timeline_knows_no_amber(page: Page, own_house: House) -> None:
    page.goto(f"{own_house.url}/settings")
    page.get_by_label("Cautious mode").check()
    wait(page, lambda: bool(own_house.ask("/profile")["cautious"]))
    page.goto(f"{own_house.url}/timeline")
    drawn(page)
    expect(page.locator(".legend li")).to_have_text(["0 to 2", "3 or more"])
