"""The longest words and numbers fit too; that what is usual fits, test_accessibility.py sees to, view by view."""

from __future__ import annotations

from playwright.sync_api import Page

from browser.conftest import DAY
from browser.house import House
from browser.measured import OUTSIDE, texts_outside
from browser.test_accessibility import at, unfolded

LONGEST = "W" * 60
SAY = """async ([path, body]) => (await import("/static/app/transport.js")).ask(`/api${path}`, {
  method: "POST", headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ id: crypto.randomUUID(), ...body }),
}).then((answer) => answer.status)"""


def test_the_longest_names_and_numbers_fit_as_well(page: Page, own_house: House) -> None:
    """A shoe called by one word without an end, a run of three hundred kilometres, and a pain of ten."""
    page.goto(f"{own_house.url}/today")
    for path, body in (
        ("/shoes", {"name": LONGEST}),
        ("/runs", {"distance_m": 299_900, "moving_s": 86_000}),
        ("/pain", {"nprs": 10, "when": "morning"}),
    ):
        assert page.evaluate(SAY, [path, body]) in (200, 201), path
    page.emulate_media(reduced_motion="reduce")
    for path in ("/timeline", "/timeline/shoes", "/diary", f"/diary/{DAY}", "/today"):
        unfolded(path)(page, own_house)
        page.wait_for_timeout(400)
        outside = texts_outside(page)
        assert not outside, f"{path}: " + "\n".join(outside)


def test_a_planted_fault_would_be_found(page: Page, house: House) -> None:
    at("/today")(page, house)
    page.evaluate("Object.assign(document.querySelector('.main').style, { width: '60px', whiteSpace: 'nowrap' })")
    assert any("runs over" in found for found in page.evaluate(OUTSIDE))
