"""A set beside the camera: the other leg first, everything in sight, and how it is drawn afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser.acts import begin, by, saved, session_id, until, wait
from browser.films import STEP_DOWN, extensions, of_a_person, step_downs_behind
from browser.house import House
from browser.test_camera import EXTENSION, instead, sets_of
from patella.motion.performance import Fault


def test_who_shows_the_other_side_may_do_that_leg_first(page: Page, house: House, tmp_path: Path) -> None:
    """One tap: that leg is counted and logged as what it is, then comes the other one; a reload forgets nothing."""
    begin(page, house, EXTENSION)
    where = page.locator(".where")
    asked, shown = ("left", "right") if "left" in where.inner_text() else ("right", "left")
    by(page, "camera-toggle").click()
    instead(page, of_a_person(tmp_path / "other.pose", "LR"[shown == "right"], reps=2))
    expect(by(page, "camera-state")).to_have_attribute("data-code", "wrong-side")
    page.get_by_role("button", name=f"Do the {shown} leg first").click()
    expect(where).to_contain_text(f"{shown} leg")
    expect(by(page, "camera-state")).to_contain_text("I can see you")
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    by(page, "done").click()
    saved(page)
    assert (sets_of(house, page)[0]["side"], sets_of(house, page)[0]["counted_by"]) == (shown, "camera")
    expect(where).to_contain_text(f"{asked} leg")
    page.reload()
    expect(where).to_contain_text(f"{asked} leg")


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (844, 390), (1280, 800)])
def test_everything_of_a_set_is_in_sight_beside_the_camera(
    page: Page, house: House, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Upright and lying phones, a tablet and a laptop: nothing has to be scrolled to while a leg works."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    begin(page, house, EXTENSION)
    side = "L" if "left" in page.locator(".where").inner_text() else "R"
    by(page, "camera-toggle").click()
    instead(page, of_a_person(tmp_path / "set.pose", side))
    until(page, "reps")
    expect(by(page, "camera-state")).to_contain_text("I can see you")
    for name in ("camera-state", "rep-count", "add-rep", "done", "pause", "pain-button", "cue", "ghost"):
        box = by(page, name).bounding_box()
        assert box, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= size[1] + 1, name
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    bar = page.locator(".bar").bounding_box()
    last = by(page, "done").bounding_box()
    assert bar
    assert last
    assert last["y"] + last["height"] <= bar["y"] + 8


REFUSED_LATE = """navigator.mediaDevices.getUserMedia = () => new Promise((_, no) => {
  window.refuse = () => no(new DOMException("none", "NotFoundError"));
})"""


def test_a_camera_that_answers_late_does_not_speak_over_the_film(page: Page, house: House, tmp_path: Path) -> None:
    """A slow machine looks long for a camera; who chose a film meanwhile is not told that there is none."""
    page.add_init_script(REFUSED_LATE)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("Allow")
    instead(page, of_a_person(tmp_path / "set.pose", "L" if "left" in page.locator(".where").inner_text() else "R"))
    until(page, "reps")
    expect(by(page, "camera-state")).to_contain_text("I can see you")
    page.evaluate("window.refuse()")
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    assert "No camera" not in by(page, "camera-state").inner_text()


def test_a_camera_whose_words_come_late_does_not_take_the_film_away(page: Page, house: House, tmp_path: Path) -> None:
    """What was chosen last holds, whichever answer comes first."""
    begin(page, house, EXTENSION)
    held: list[Route] = []
    page.route("**/api/sights", lambda route: route.continue_() if held else held.append(route))
    by(page, "camera-toggle").click()
    wait(page, lambda: bool(held))
    instead(page, of_a_person(tmp_path / "set.pose", "L" if "left" in page.locator(".where").inner_text() else "R"))
    until(page, "reps")
    expect(by(page, "camera-state")).to_contain_text("I can see you")
    held[0].continue_()
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    assert "No camera" not in by(page, "camera-state").inner_text()


def test_who_stands_on_the_leg_behind_is_asked_to_turn_round_and_counted_all_the_same(
    page: Page, house: House, tmp_path: Path
) -> None:
    """The first is what shows it. How well they were done is not told, on the summary neither."""
    begin(page, house, STEP_DOWN)
    side = "L" if "left" in page.locator(".where").inner_text() else "R"
    by(page, "camera-toggle").click()
    instead(page, step_downs_behind(tmp_path / "behind.pose", side, 4))
    expect(by(page, "camera-state")).to_have_attribute("data-code", "wrong-side")
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("3", timeout=40_000)
    expect(by(page, "cue")).to_contain_text("I can only count")
    for width, height in ((320, 700), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        cue, pause = by(page, "cue").bounding_box(), by(page, "pause").bounding_box()
        assert cue
        assert pause
        assert cue["y"] + cue["height"] <= pause["y"] + 1, "all of it can be read without scrolling"
    by(page, "done").click()
    saved(page)
    counted = sets_of(house, page)[0]
    assert (counted["reps"], counted["counted_by"], counted["camera"]["form"]) == (3, "camera", None)
    page.goto(f"{house.url}/finish/{session_id(page)}")
    by(page, "correct").click()
    page.get_by_text("Counted by the camera").click()
    plot = page.locator(".set-plot")
    expect(plot.locator("figcaption")).to_have_text("How well they were done was not seen.")
    assert "How far" not in plot.inner_text()


def test_a_set_is_drawn_rep_by_rep_on_the_summary(page: Page, house: House, tmp_path: Path) -> None:
    """How far and how long, a bar each; who went astray is marked, and the words say the same."""
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    instead(page, extensions(tmp_path / "set.pose", 3, fault=Fault.TRUNK_LEAN))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("3", timeout=40_000)
    by(page, "done").click()
    saved(page)
    page.goto(f"{house.url}/finish/{session_id(page)}")
    page.set_viewport_size({"width": 320, "height": 700})
    by(page, "correct").click()
    page.get_by_text("Counted by the camera").click()
    plot = page.locator(".set-plot")
    expect(plot.locator("figcaption")).to_have_text("0 of 3 reps clean; trunk leaned 3\u00d7.")
    expect(plot.locator("rect")).to_have_count(9)
    expect(plot.locator("circle")).to_have_count(3)
    expect(plot.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"3 reps\..*There \d\.\d s Back \d\.\d s")
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    smallest = plot.locator("text").evaluate_all("all => Math.min(...all.map((t) => t.getBoundingClientRect().height))")
    assert smallest >= 8
