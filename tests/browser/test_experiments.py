"""Camera experiments in the player: off until somebody asks, named for what they are, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from browser.acts import begin, by, saved, session_id, until
from browser.films import as_webm, landmarks
from browser.house import House
from browser.test_accessibility import NARROW_TARGETS, RULES, SCAN
from browser.test_camera import instead
from browser.tools import node_modules
from knees import RATE, dance, film
from web.coached import BALL, before_us, squeezes

BONES, KNEECAPS = "rotate-your-bones", "dance-patella-dance"


def _asked(page: Page) -> list[dict[str, Any]]:
    """What the page says first on each line to the coach, as it goes on."""
    said: list[dict[str, Any]] = []

    def hear(data: str | bytes) -> None:
        if isinstance(data, str):
            said.append(json.loads(data))

    page.on("websocket", lambda socket: socket.on("framesent", hear))
    return said


def _only_set(house: House, page: Page) -> dict[str, Any]:
    sets: list[dict[str, Any]] = house.session(session_id(page))["sets"]  # type: ignore[assignment]
    (done,) = sets
    return done


def test_an_experiment_is_off_until_somebody_asks_for_it(page: Page, house: House, tmp_path: Path) -> None:
    asked = _asked(page)
    begin(page, house, BALL)
    by(page, "camera-toggle").click()
    switch = page.get_by_role("switch", name="Experiment")
    expect(switch).not_to_be_checked()
    expect(by(page, "experiment")).to_contain_text("gap between your knees")
    instead(page, landmarks(tmp_path / "ball.pose", squeezes(1)))
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=30_000)
    assert [a["experiment"] for a in asked] == [False]
    switch.check()
    for _ in range(100):
        if len(asked) > 1:
            break
        page.wait_for_timeout(100)
    assert [a["experiment"] for a in asked] == [False, True]
    page.reload()
    by(page, "camera-state").wait_for()
    expect(switch).to_be_checked()


def test_a_squeeze_is_timed_and_the_log_says_how(page: Page, house: House, tmp_path: Path) -> None:
    begin(page, house, BALL)
    by(page, "camera-toggle").click()
    page.get_by_role("switch", name="Experiment").check()
    instead(page, landmarks(tmp_path / "ball.pose", squeezes(1, hold_s=14.0)))
    until(page, "hold")
    expect(by(page, "experiment")).to_have_text("Experiment")
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=30_000)
    page.wait_for_function("() => !document.querySelector('.at-hold')", timeout=40_000)
    until(page, "rest")
    saved(page)
    done = _only_set(house, page)
    assert done["counted_by"] == "experiment"
    assert done["camera"]["form"] is None


def test_a_turn_of_the_bones_is_counted_and_the_beat_and_the_buttons_stay(
    page: Page, house: House, tmp_path: Path
) -> None:
    begin(page, house, BONES)
    by(page, "camera-toggle").click()
    page.get_by_role("switch", name="Experiment").check()
    instead(page, landmarks(tmp_path / "bones.pose", before_us(BONES, 3, hold_s=1.0)))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("1", timeout=30_000)
    expect(page.locator(".metronome")).to_be_visible()
    by(page, "less-rep").click()
    expect(by(page, "rep-count")).to_have_text("0")


@pytest.mark.alone
def test_the_jumps_of_the_kneecaps_are_counted_in_the_page(page: Page, house: House, tmp_path: Path) -> None:
    """The film is looked at as a camera would be: its pictures stay here, and no line to the coach is opened."""
    lines: list[object] = []
    page.on("websocket", lambda socket: lines.append(socket))  # noqa: PLW0108 - it takes no built-in
    still = film(lambda _: 0.0, 1)
    pictures = np.concatenate([film(dance, 21), still])
    shown = as_webm(tmp_path / "knees.webm", (np.repeat(p[..., None], 3, axis=2) for p in pictures), rate=int(RATE))
    begin(page, house, KNEECAPS)
    by(page, "camera-toggle").click()
    page.get_by_role("switch", name="Experiment").check()
    expect(by(page, "camera-state")).not_to_have_attribute("data-code", "mirror")
    instead(page, shown)
    expect(page.locator(".knee-frames rect")).to_have_count(4)
    until(page, "reps")
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=60_000)
    expect(page.locator(".metronome")).to_be_visible()
    expect(by(page, "rep-count")).not_to_have_text("0", timeout=30_000)
    by(page, "done").click()
    saved(page)
    assert lines == []
    assert _only_set(house, page)["counted_by"] == "experiment"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_beside_an_experiment(page: Page, house: House, theme: str, width: int) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 740})
    begin(page, house, BALL)
    by(page, "camera-toggle").click()
    page.get_by_role("switch", name="Experiment").check()
    page.evaluate((node_modules() / "axe-core/axe.min.js").read_text())
    assert page.evaluate(SCAN, RULES) == []
    assert page.evaluate(NARROW_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
