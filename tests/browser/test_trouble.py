"""Every failure that a person can meet has a plain sentence and a way on, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.acts import begin, by, kind, saved, take_over, until, wait
from browser.conftest import DAY, Guard
from browser.house import House
from browser.people import Clock, patella_in
from patella.app.plan.plan import make_plan
from patella.app.session import training
from patella.care.choice import Scope
from patella.care.entries.bounds import LONGEST_TEXT
from patella.store import export


def reps_of(house: House, session: str) -> list[int]:
    sets: list[dict[str, Any]] = house.session(session)["sets"]  # type: ignore[assignment]
    return [s["reps"] for s in sets]


def worker_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.open('patella-1').then((c) => c.match('/static/view/player.js')).then(Boolean)")


def test_a_server_killed_mid_session_loses_nothing_even_over_a_reload(
    page: Page, own_house: House, guard: Guard
) -> None:
    guard.allow_a_server_that_is_gone()
    session = begin(page, own_house, "dance-patella-dance")
    worker_ready(page)
    until(page, "reps")
    saved(page)
    own_house.kill()
    for _ in range(7):
        by(page, "add-rep").click()
    by(page, "done").click()
    expect(by(page, "saved")).to_contain_text("Waiting to save")
    expect(page.locator(".below")).to_contain_text("Patella is not answering")
    page.reload()
    expect(page.locator(".at-rest")).to_be_visible()
    expect(by(page, "saved")).to_contain_text("Waiting to save")
    until(page, "reps")
    by(page, "add-rep").click()
    by(page, "done").click()
    own_house.start()
    saved(page)
    assert reps_of(own_house, session) == [7, 1]


def test_a_page_whose_tabs_did_not_come_says_so_and_gets_them_by_itself(page: Page, house: House, guard: Guard) -> None:
    guard.allow_a_server_that_is_gone()
    page.route("**/static/app/frame.js", lambda route: route.abort())
    page.goto(f"{house.url}/library")
    missing = page.get_by_text("Part of this page has not come yet")
    expect(missing).to_be_visible()
    page.unroute("**/static/app/frame.js")
    expect(page.get_by_role("navigation", name="Patella")).to_be_visible()
    expect(missing).to_have_count(0)


def test_the_shell_opens_without_a_server_and_says_what_to_do(page: Page, own_house: House, guard: Guard) -> None:
    guard.allow_a_server_that_is_gone()
    page.goto(f"{own_house.url}/today")
    expect(by(page, "start-session")).to_be_visible()
    worker_ready(page)
    own_house.kill()
    page.goto(f"{own_house.url}/diary")
    expect(page.get_by_role("heading", name="Patella is not answering")).to_be_visible()
    expect(page.get_by_text("Start it again in the terminal").first).to_be_visible()
    own_house.start()
    expect(page.get_by_role("heading", name="March 2026")).to_be_visible()


def test_a_session_cannot_be_begun_without_a_server_and_the_page_says_so(
    page: Page, own_house: House, guard: Guard
) -> None:
    guard.allow_a_server_that_is_gone()
    page.goto(f"{own_house.url}/today")
    expect(by(page, "start-session")).to_be_visible()
    own_house.kill()
    by(page, "start-session").click()
    expect(page.get_by_role("alert")).to_contain_text("Patella is not answering")
    own_house.start()
    by(page, "start-session").click()
    expect(by(page, "step-name")).to_be_visible()


def test_a_full_disk_is_said_plainly_and_saved_when_there_is_room(page: Page, own_house: House, guard: Guard) -> None:
    guard.allow(r"status of 507")
    session = begin(page, own_house, "dance-patella-dance")
    until(page, "reps")
    saved(page)
    own_house.fill_disk()
    by(page, "add-rep").click()
    by(page, "done").click()
    expect(by(page, "saved")).to_contain_text("Waiting to save")
    expect(page.locator(".below")).to_contain_text("Keep going")
    assert kind(page) == "rest"
    own_house.free_disk()
    saved(page)
    assert reps_of(own_house, session) == [1]


def test_a_second_tab_says_so_and_can_take_the_session_over(context: BrowserContext, page: Page, house: House) -> None:
    session = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    by(page, "add-rep").click()
    other = context.new_page()
    other.goto(page.url)
    take_over(other)
    expect(other.get_by_role("heading", name="open in another tab")).to_be_visible()
    other.get_by_role("button", name="Go on here").click()
    expect(by(other, "rep-count")).to_have_text("1")
    expect(page.get_by_role("heading", name="went on in another tab")).to_be_visible()
    by(other, "done").click()
    saved(other)
    assert reps_of(house, session) == [1]


def test_the_clock_of_the_machine_does_not_touch_the_timers(page: Page, house: House) -> None:
    page.clock.install(time=f"{DAY}T18:00:00Z")
    session = begin(page, house, "strap-stretch")
    until(page, "hold")
    before = int(by(page, "timer").inner_text())
    page.clock.set_system_time("2031-01-01T03:00:00Z")
    page.wait_for_timeout(500)
    assert 0 <= before - int(by(page, "timer").inner_text()) <= 10  # and no jump of five years
    by(page, "done").click()
    saved(page)
    assert house.session(session)["day"] == DAY


TIME_AND_TIMER = """() => [performance.now() / 1000, Number(document.querySelector("[data-testid=timer]").innerText)]"""


def test_a_hidden_tab_goes_on_by_its_end_times(page: Page, house: House) -> None:
    begin(page, house, "strap-stretch")
    until(page, "hold")
    client = page.context.new_cdp_session(page)
    at, left = page.evaluate(TIME_AND_TIMER)
    client.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.wait_for_timeout(4000)
    client.send("Page.setWebLifecycleState", {"state": "active"})
    wait(page, lambda: page.evaluate(TIME_AND_TIMER)[1] < left - 3)
    now, shown = page.evaluate(TIME_AND_TIMER)
    assert abs((left - shown) - (now - at)) <= 1.6  # two roundings, and a picture that is not drawn yet


def test_an_entry_that_the_server_refuses_is_named_and_the_rest_is_saved(
    page: Page, house: House, guard: Guard
) -> None:
    guard.allow(r"status of 4\d\d")
    session = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    saved(page)
    page.evaluate(
        """async (id) => { const { outbox } = await import("/static/live/outbox.js");
        const at = new Date().toISOString();
        await outbox.put(id, [{ id: crypto.randomUUID(), kind: "no.such.kind", at, body: {} }]); }""",
        session,
    )
    by(page, "add-rep").click()
    by(page, "done").click()
    expect(page.locator(".below")).to_contain_text("One entry could not be saved")
    saved(page)
    assert reps_of(house, session) == [1]
    page.get_by_role("button", name="Understood").click()
    expect(page.locator(".below")).not_to_contain_text("could not be saved")


def test_a_window_that_keeps_nothing_says_so_and_still_saves(page: Page, house: House) -> None:
    page.add_init_script("indexedDB.open = () => { const r = {}; setTimeout(() => r.onerror?.(), 0); return r; };")
    session = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    by(page, "add-rep").click()
    by(page, "done").click()
    saved(page)
    assert reps_of(house, session) == [1]
    page.keyboard.press("Escape")
    by(page, "leave").click()
    expect(page.get_by_text("This browser keeps nothing for later")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/nowhere", "/library/no-such-exercise", "/player/no-such-session", "/diary/2026-13-77"]
)
def test_an_address_that_leads_nowhere_has_a_way_on(page: Page, house: House, guard: Guard, path: str) -> None:
    guard.allow(r"status of 4\d\d")
    page.goto(house.url + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("a.main, button.main").first).to_be_visible()


CANARIES = [
    "<script>alert(1)</script>",
    "\"';--&amp;<img src=x onerror=alert(1)>",
    "\u202eright to left\u202c",
    "four bytes \U0001f9b5\U00020000",
    "x" * LONGEST_TEXT,
]


def test_text_from_a_diary_is_shown_as_text(page: Page, own_house_of: Callable[[str], House], tmp_path: Path) -> None:
    """S18: wherever a plan says text; it comes in through a restored export."""
    own = own_house_of("screened")
    own.kill()
    _plant(own.folder, tmp_path)
    own.start()
    page.goto(f"{own.url}/today")
    page.locator(".items summary").first.click()
    shown = page.locator(".items li").first.locator(".why p:first-child")
    expect(shown).to_have_count(len(CANARIES))
    assert [one.text_content() for one in shown.all()] == CANARIES
    by(page, "resume-session").click()
    for canary in CANARIES[:4]:
        until(page, "ready")
        name = by(page, "step-name").inner_text()
        by(page, "next").click()
        expect(page.locator(".eyebrow")).to_contain_text(canary[1:])
        page.get_by_label("More:").click()
        by(page, "skip").click()
        page.wait_for_function("was => document.querySelector('[data-testid=step-name]')?.innerText !== was", arg=name)
    page.goto(f"{own.url}/diary/{DAY}")
    expect(page.locator(".session")).to_be_visible()


def _plant(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "planted.json"
    clock = Clock(date.fromisoformat(DAY))
    clock.ids = 1000
    with patella_in(folder, clock) as app:
        training.begin(app, make_plan(app, scope=Scope.TODAY), before=1)
        export.export_json(app.log, file)
        document = json.loads(file.read_text())
        for entry in document["entries"]:
            if entry["kind"] == "session.begun":
                entry["at"] = f"{DAY}T23:59:00+00:00"
                for item, canary in zip(entry["body"]["plan"]["items"], CANARIES, strict=False):
                    reason = item["because"][0]
                    item["band"] = canary
                    item["because"] = [{**reason, "text": c, "key": f"canary_{n}"} for n, c in enumerate(CANARIES)]
        file.write_text(json.dumps(document))
        export.restore(app.log, file, replace=True)
