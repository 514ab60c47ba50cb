"""A film of one's own in the page: its picture, its curve and its reps, and its sets in the diary, once."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from browser.acts import by, saved
from browser.films import as_webm, of_a_figure
from browser.house import House
from browser.house_of_site import ON_A_SITE
from browser.test_accessibility import NARROW_TARGETS, RULES, SCAN
from browser.tools import node_modules
from patella.files.film_mark import END_BYTES, film_mark

LOOKED_MS = 300_000
HURRY = 4  # every so many pictures of the figure, so that it moves so many times as fast
FRAME_BYTES = 940
FILMED = "2026-03-10"


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One squat in time and one in a great hurry."""
    once = list(of_a_figure("squat", 1))
    return as_webm(tmp_path_factory.mktemp("films") / "squats.webm", chain(once, once[::HURRY]))


def look_at(page: Page, house: House, film: Path) -> None:
    page.goto(f"{house.url}/library/squat")
    by(page, "film-file").set_input_files(film)
    expect(by(page, "film-result")).to_be_visible(timeout=LOOKED_MS)


@pytest.mark.alone
def test_a_film_is_shown_read_kept_answered_and_taken_out_again(page: Page, house: House, squats: Path) -> None:
    posted: list[tuple[str, int]] = []
    page.on("request", lambda r: posted.append(_posted(r)) if r.method == "POST" else None)
    look_at(page, house, squats)
    result = by(page, "film-result")
    expect(result).to_have_attribute("data-reps", "2")
    if not ON_A_SITE:  # where nothing is posted anywhere
        [(path, size)] = posted
        assert path == "/api/films/look"
        assert size <= FRAME_BYTES * 15 * 30

    still = by(page, "film-still")
    expect(still).to_have_attribute("data-drawn", re.compile(r"^\d"))
    assert page.evaluate(_COLOURS) > 20
    shown_at = still.get_attribute("data-drawn")
    expect(page.get_by_role("img", name="Knee bend over time")).to_be_visible()
    expect(result).to_contain_text("Knee bend, degrees")
    expect(result).to_contain_text("Asked: down for 2 s, hold 1, up for 2.")
    hurried = page.get_by_role("row").filter(has=page.get_by_role("button", name="Rep 2, at"))
    expect(hurried).to_contain_text("too fast: 0.")
    expect(hurried).to_contain_text("s instead of 2")
    other = page.get_by_role("button", name="Rep", pressed=False).first
    other.focus()
    page.keyboard.press("Enter")
    expect(still).not_to_have_attribute("data-drawn", str(shown_at))
    _nothing_is_wrong(page)

    page.get_by_label("Day of the film").fill(FILMED)
    by(page, "keep-film").click()
    kept = by(page, "film-kept")
    expect(kept).to_contain_text("Kept: 1 set, Tuesday")
    page.get_by_role("group", name="Worst pain during").get_by_role("button", name="3:").click()
    saved(page)
    _nothing_is_wrong(page)
    by(page, "undo").click()
    expect(by(page, "film-keep")).to_contain_text("Taken out again.")
    assert house.ask(f"/diary?since={FILMED}")["days"] == []

    page.get_by_label("Day of the film").fill(FILMED)
    by(page, "keep-film").click()
    kept.get_by_role("link", name="Open in the diary").click()
    expect(page.get_by_role("heading", name="From a film")).to_be_visible()
    expect(page.get_by_text("2 reps (of 2 sets)")).to_be_visible()

    look_at(page, house, squats)
    expect(by(page, "film-kept")).to_contain_text("This film is in the diary already, on Tuesday")
    expect(by(page, "keep-film")).to_have_count(0)


def test_a_film_of_nobody_says_so_and_has_nothing_to_keep(page: Page, house: House, tmp_path: Path) -> None:
    room = list(of_a_figure("squat", 1, after_s=2))[-60:]
    look_at(page, house, as_webm(tmp_path / "room.webm", room))
    expect(by(page, "film-result")).to_contain_text("Nothing was counted in this film.")
    expect(by(page, "film-result")).to_contain_text("There is nothing to keep.")
    expect(by(page, "film-result")).to_contain_text("can't see you yet")
    for name in ("keep-film", "film-still", "film-curve"):
        expect(by(page, name)).to_have_count(0)


@pytest.mark.parametrize("size", [0, 1000, END_BYTES + 5, 3 * END_BYTES])
def test_page_and_terminal_know_a_film_by_the_same_mark(page: Page, house: House, tmp_path: Path, size: int) -> None:
    file = tmp_path / "film"
    file.write_bytes(bytes(n % 251 for n in range(size)))
    page.goto(f"{house.url}/library")
    made = page.evaluate(
        "async (size) => (await import('/static/live/mark.js'))"
        ".markOf(new Blob([Uint8Array.from({ length: size }, (_, n) => n % 251)]))",
        size,
    )
    assert made == film_mark(file)


def _posted(request: Request) -> tuple[str, int]:
    return urlsplit(request.url).path, len(request.post_data_buffer or b"")


_COLOURS = """() => { const c = document.querySelector("[data-testid=film-still]");
const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; const seen = new Set();
for (let i = 0; i < d.length; i += 400) seen.add(`${d[i]} ${d[i + 1]} ${d[i + 2]}`); return seen.size; }"""


def _nothing_is_wrong(page: Page) -> None:
    """axe finds nothing, everything can be hit with a thumb and fits, on a phone in the dark and on a laptop."""
    page.evaluate((node_modules() / "axe-core/axe.min.js").read_text())
    for width, theme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert page.evaluate(SCAN, RULES) == []
        assert page.evaluate(NARROW_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
