"""The whole way of a runner with a phone and a folder on a host: no server, and no network after the first load."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.acts import by, kind, saved, until
from browser.films import for_the_camera, of_a_figure
from browser.hosted import hosted
from browser.sites import STARTS_WITHIN_MS, Phone, opened
from browser.test_first_days import about_me, walk_through
from patella.store.log import Log
from store.diary import entry

EXTENSION = "terminal-knee-extension"
# What every page needs is here, and then the camera and the moving figures.
ALL_HERE = "async () => { while (!(await caches.match('ahead'))) await new Promise((next) => setTimeout(next, 50)); }"
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.mark.alone
@pytest.mark.slow
def test_from_the_link_to_a_counted_session_and_the_next_day_without_a_network_and_killed_twice(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    film = for_the_camera(tmp_path / "set.mjpeg", of_a_figure(EXTENSION, 3, after_s=4))
    phone = Phone(browser.browser_type, tmp_path / "profile")
    today, tomorrow = zones_a_day_apart()

    with hosted(site) as address, phone.open(address, zone=today) as context:
        begin_the_questions(opened(context, address))

    # From here on there is no host any more.
    looking = (*CAMERA, f"--use-file-for-fake-video-capture={film}")
    with phone.open(address, *looking, zone=today) as context:
        page = opened(context, address)
        finish_the_questions(page)
        left = count_a_set(page)

    with phone.open(address, zone=today) as context:
        day = finish_the_session(context, *left)

    with phone.open(address, zone=tomorrow) as context:
        page = opened(context, address)
        see_the_next_plan(page)
        assert local_day(page) == day + timedelta(days=1)
        copy = save_a_copy(page, f"{address}#/settings", tmp_path / "phone.json")

    kept = json.loads(copy.read_text())["entries"]
    first, *_ = [e["body"] for e in kept if e["kind"] == "set.done"]
    assert (first["counted_by"], first["item"], bool(first["camera"]["reps"])) == ("camera", 0, True)
    assert [e["kind"] for e in kept].count("session.finished") == 1
    assert phone.foreign == []
    assert f"{len(kept)} entries" in merged_into_a_laptop(tmp_path / "laptop", copy)
    assert merged_into_a_laptop(tmp_path / "laptop", copy).startswith("Nothing in it was new")


def zones_a_day_apart() -> tuple[str, str]:
    """Two time zones with the same time of different days, not about midnight: in the second it is tomorrow."""
    west = 12 if datetime.now(UTC).hour != 11 else 11
    return f"Etc/GMT+{west}", f"Etc/GMT-{24 - west}"


def begin_the_questions(page: Page) -> None:
    """The first two screens, until everything is here."""
    by(page, "begin-questions").click(timeout=STARTS_WITHIN_MS)
    answer_with_nothing(page, "emergency", "same_day")
    expect(page.locator("input[name=soon]").first).to_be_attached()
    page.evaluate(ALL_HERE)


def answer_with_nothing(page: Page, *screens: str) -> None:
    for screen in screens:
        expect(page.locator(f"input[name={screen}]").first).to_be_attached(timeout=STARTS_WITHIN_MS)
        by(page, "onward").click()


def finish_the_questions(page: Page) -> None:
    """From the screen at which the browser was killed."""
    answer_with_nothing(page, "soon", "health")
    about_me(page)
    by(page, "onward").click()
    by(page, "got-it").click()


def count_a_set(page: Page) -> tuple[str, str, str]:
    """Before the camera the model finds the figure, and the page's Python counts it. Where it was then left."""
    page.locator(".before .scale button").nth(1).click()
    by(page, "start-session").click()
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=STARTS_WITHIN_MS)
    until(page, "reps")
    expect(by(page, "rep-count")).not_to_have_text("0", timeout=STARTS_WITHIN_MS)
    by(page, "done").click()
    saved(page)
    return page.url, kind(page), by(page, "step-name").inner_text()


def finish_the_session(context: BrowserContext, place: str, step: str, name: str) -> date:
    """From the step at which the browser was killed; the day on which it was done."""
    page = context.new_page()
    page.clock.install()
    page.goto(place)
    expect(by(page, "step-name")).to_have_text(name, timeout=STARTS_WITHIN_MS)
    assert kind(page) == step
    by(page, "camera-toggle").click()  # it came back by itself, and there is none any more
    if by(page, "pause").get_attribute("aria-label") == "Go on":  # who was away for no more than ten seconds goes on
        by(page, "pause").click()
    walk_through(page)
    page.locator(".card .scale button").nth(1).click()
    by(page, "finish").click()
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    expect(by(page, "tomorrow")).to_contain_text("Tomorrow: a light day")
    saved(page)
    return local_day(page)


def see_the_next_plan(page: Page) -> None:
    by(page, "due-morning").locator(".scale button").nth(1).click(timeout=STARTS_WITHIN_MS)
    by(page, "due-morning").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".lead-in")).to_contain_text("A light day: stronger exercises come every other day")


def save_a_copy(page: Page, settings: str, to: Path) -> Path:
    page.goto(settings)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Everything (JSON)").click()
    coming.value.save_as(to)
    return to


def local_day(page: Page) -> date:
    return date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))


def merged_into_a_laptop(folder: Path, copy: Path) -> str:
    """What `patella merge` says over a diary that has something of its own."""
    with Log.open(folder) as log:
        if not log.mark():
            log.append([entry(1, "of.tomorrow")])
    command = [sys.executable, "-m", "patella.cli", "merge", str(copy), "--data", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()
