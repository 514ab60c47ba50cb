"""A1: axe finds nothing on any view, light and dark, at 320, 768 and 1280 px; and everything fits: the page on the
screen, and each text within its box, at four widths and with letters twice as large. Each view is opened once for both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.acts import begin, by, until
from browser.conftest import DAY, Guard
from browser.house import House
from browser.measured import texts_outside
from browser.tools import node_modules
from calm import calm_answers

Opener = Callable[[Page, House], None]
WIDTHS = {320: 640, 768: 1024, 1280: 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCAN = """async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations
.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" | ")}`)"""
NARROW_TARGETS = """() => [...document.querySelectorAll("button, a, input, summary")]
.filter((e) => e.checkVisibility() && !e.closest("p, .sources, .left-out, sup, .days, label, .did, h2"))
.map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
.filter(([, r]) => r.width > 1 && Math.min(r.width, r.height) < 43.5).map(([h, r]) => `${h} ${r.width}x${r.height}`)"""


@pytest.fixture(scope="session")
def axe() -> str:
    return (node_modules() / "axe-core/axe.min.js").read_text()


def at(path: str) -> Opener:
    def open_it(page: Page, house: House) -> None:
        page.goto(house.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    return open_it


def in_player(wanted: str, only: str = "strap-stretch") -> Opener:
    def open_it(page: Page, house: House) -> None:
        begin(page, house, only)
        until(page, wanted)
        by(page, "pause").click()

    return open_it


def hurt(answer: int | None) -> Opener:
    def open_it(page: Page, house: House) -> None:
        begin(page, house, "strap-stretch")
        until(page, "hold")
        by(page, "pain-button").click()
        if answer is not None:
            page.locator("dialog .scale button").nth(answer).click()

    return open_it


def sheet(label: str) -> Opener:
    def open_it(page: Page, house: House) -> None:
        begin(page, house, "strap-stretch")
        page.get_by_label(label).click()
        expect(page.locator("dialog")).to_be_visible()

    return open_it


def summary(page: Page, house: House) -> None:
    begin(page, house, "dance-patella-dance")
    until(page, "reps")
    by(page, "done").click()
    page.get_by_label("Leave the session").click()
    by(page, "finish-here").click()
    expect(by(page, "finish")).to_be_visible()


def finished(page: Page, house: House) -> None:
    summary(page, house)
    by(page, "finish").click()
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()


def noting(name: str) -> Opener:
    def open_it(page: Page, house: House) -> None:
        at("/timeline")(page, house)
        by(page, name).click()
        expect(page.locator("dialog h2")).to_be_visible()

    return open_it


def unfolded(path: str) -> Opener:
    def open_it(page: Page, house: House) -> None:
        at(path)(page, house)
        page.wait_for_timeout(400)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")

    return open_it


def screen(number: int, *ticked: str) -> Opener:
    """One of the screens of the questions, from 0, with these lines ticked."""

    def open_it(page: Page, house: House) -> None:
        page.goto(house.url)
        by(page, "begin-questions").click()
        for at_screen in range(1, number + 1):
            by(page, "onward").click()
            expect(page.get_by_label(f"Screen {at_screen + 1} of 5")).to_be_visible()
        for line in ticked:
            page.get_by_label(line, exact=True).check()

    return open_it


def saying_yes(page: Page, house: House) -> None:
    stopped({"health": ["knee_ligament"]})(page, house)
    by(page, "assessed").click()
    expect(page.get_by_label("On which day?")).to_be_visible()


def something_new(page: Page, house: House) -> None:
    at("/today")(page, house)
    page.get_by_text("Something new about the knee?").click()
    expect(by(page, "save-new")).to_be_visible()


def stopped(answers: dict[str, object]) -> Opener:
    def open_it(page: Page, house: House) -> None:
        page.goto(f"{house.url}/library")
        questions: list[dict[str, Any]] = house.ask("/questions")["questions"]  # type: ignore[assignment]
        page.evaluate(
            "async (answers) => (await import('/static/app/api.js')).api.screen(answers)",
            calm_answers(questions, **answers),
        )
        at("/today")(page, house)

    return open_it


def on_the_way(*taps: str) -> Opener:
    def open_it(page: Page, house: House) -> None:
        at("/walkrun")(page, house)
        for tap in taps:
            by(page, tap).click()
        expect(by(page, taps[-1])).to_have_count(0)

    return open_it


SCENES: dict[str, tuple[str, Opener]] = {
    "welcome": ("new", at("/welcome")),
    "emergency signs": ("new", screen(0)),
    "what a tick leads to": ("new", screen(3, "Knee or hip surgery within a year", "Kneecap that popped out")),
    "about you": ("new", screen(4)),
    "emergency": ("screened", stopped({"emergency": ["cannot_lift"]})),
    "see someone first": ("screened", stopped({"soon": ["giving_way"]})),
    "ask first": ("screened", stopped({"health": ["knee_ligament"]})),
    "saying yes": ("screened", saying_yes),
    "something new": ("screened", something_new),
    "today": ("screened", at("/today")),
    "today, everything open": ("third-week", unfolded("/today")),
    "the whole routine": ("third-week", at("/today?scope=full")),
    "get ready": ("screened", in_player("ready")),
    "hold": ("screened", in_player("hold")),
    "reps": ("screened", in_player("reps", "dance-patella-dance")),
    "rest": ("screened", in_player("rest")),
    "worst pain": ("screened", in_player("pain")),
    "it hurts": ("screened", hurt(None)),
    "amber": ("screened", hurt(4)),
    "red": ("screened", hurt(8)),
    "more": ("screened", sheet("More:")),
    "leave": ("screened", sheet("Leave the session")),
    "summary": ("screened", summary),
    "finished": ("screened", finished),
    "diary": ("third-week", at("/diary")),
    "timeline": ("third-week", unfolded("/timeline")),
    "empty timeline": ("screened", at("/timeline?since=2025-01-01&before=2025-03-01")),
    "pain anywhere": ("screened", noting("note-pain")),
    "a run by hand": ("screened", noting("note-run")),
    "sitting": ("screened", noting("note-sitting")),
    "import": ("screened", unfolded("/timeline/import")),
    "shoes": ("screened", unfolded("/timeline/shoes")),
    "scores": ("screened", at("/timeline/scores")),
    "empty diary": ("screened", at("/diary?month=2025-01")),
    "day": ("third-week", at("/diary/2026-03-10")),
    "library": ("screened", at("/library")),
    "exercise": ("screened", at("/library/terminal-knee-extension")),
    "coming back": ("screened", at("/walkrun")),
    "a stage": ("screened", on_the_way("begin-back")),
    "an outing": ("screened", on_the_way("begin-back", "set-out")),
    "after an outing": ("screened", on_the_way("begin-back", "set-out", "end-outing")),
    "lessons": ("third-week", at("/lessons")),
    "a lesson": ("screened", unfolded("/lessons/shoes")),
    "settings": ("screened", unfolded("/settings")),
    "nothing here": ("screened", at("/nowhere")),
}


@pytest.mark.parametrize("scene", SCENES)
def test_axe_finds_nothing_and_everything_fits(
    page: Page, house_of: Callable[[str], House], guard: Guard, axe: str, scene: str
) -> None:
    guard.allow(r"status of 404")
    diary, open_it = SCENES[scene]
    open_it(page, house_of(diary))
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_timeout(300)
    problems = texts_outside(page)
    page.evaluate(axe)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")  # wherever it was, something would be half behind a bar by chance
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{width} px: scrolls sideways")
        problems += [f"{width} px: {small}" for small in page.evaluate(NARROW_TARGETS)]
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            problems += [f"{width} px, {theme}: {found}" for found in page.evaluate(SCAN, RULES)]
    assert not problems, "\n".join(problems)


def test_axe_would_find_a_planted_fault(page: Page, house: House, axe: str) -> None:
    at("/today")(page, house)
    page.evaluate("document.querySelector('h1').style.color = '#E8E0D4'")
    page.evaluate(axe)
    assert any(found.startswith("color-contrast") for found in page.evaluate(SCAN, RULES))


@pytest.mark.parametrize(
    "path", ["/today", "/timeline", "/diary", f"/diary/{DAY}", "/library/squat", "/lessons/noises", "/settings"]
)
def test_four_times_as_large_nothing_is_lost(page: Page, house: House, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    at(path)(page, house)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(
        "[...document.querySelectorAll('h1, h2, button')].every((e) => e.scrollWidth <= e.clientWidth + 1)"
    )


def test_four_times_as_large_the_player_is_still_played(page: Page, house: House) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    begin(page, house, "dance-patella-dance")
    until(page, "reps")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name in ("add-rep", "done"):
        by(page, name).scroll_into_view_if_needed()
        by(page, name).click()
    expect(page.locator(".at-rest")).to_be_visible()


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (1280, 800)])
def test_everything_to_be_pressed_in_the_player_is_on_the_screen(
    page: Page, house: House, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    begin(page, house, "dance-patella-dance")
    until(page, "reps")
    for name in ("step-name", "rep-count", "add-rep", "done", "pause", "next", "back", "pain-button", "cue", "undo"):
        expect(by(page, name)).to_be_in_viewport(ratio=1)


def test_digits_are_read_from_three_metres(page: Page, house: House) -> None:
    begin(page, house, "strap-stretch")
    until(page, "hold")
    height = by(page, "timer").bounding_box()
    assert height
    assert height["height"] >= 100
