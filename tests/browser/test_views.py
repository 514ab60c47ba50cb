"""Summary, diary, library and settings do what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.acts import begin, by, saved, take_over, until, wait
from browser.conftest import DAY, Guard
from browser.house import House
from browser.house_of_site import ON_A_SITE
from patella.store.log import Log


def finish(page: Page, house: House) -> str:
    session = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    by(page, "done").click()
    page.keyboard.press("Escape")
    by(page, "finish-here").click()
    expect(by(page, "finish")).to_be_visible()
    return session


def sets_of(house: House, session: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.session(session)["sets"]  # type: ignore[assignment]
    return found


def test_the_summary_is_corrected_before_and_after_it_is_finished(page: Page, house: House) -> None:
    session = finish(page, house)
    asked = sets_of(house, session)[0]["reps"]
    by(page, "correct").click()
    page.get_by_label("Reps, set 1: more").click()
    by(page, "finish").click()
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    saved(page)
    assert sets_of(house, session)[0]["reps"] == asked + 1
    for _ in range(3):
        page.get_by_label("Reps, set 1: less").click()
    page.get_by_text("Worst pain: not answered").click()
    page.locator("dialog .scale button").nth(3).click()
    page.get_by_label("Pain after the session").get_by_role("button").nth(2).click()
    saved(page)
    shown = house.session(session)
    assert sets_of(house, session)[0]["reps"] == asked - 2
    assert shown["peaks"] == {"0": 3}
    assert (shown["after"], shown["finished"]) == (2, True)


def test_a_session_is_summed_up_in_one_look_and_finishes_by_itself_after_a_minute(page: Page, house: House) -> None:
    page.clock.install()
    session = finish(page, house)
    expect(by(page, "done-words")).to_have_text("1 exercise, 1 set, 1 minute.")
    expect(by(page, "by-itself")).to_be_visible()
    page.clock.fast_forward(59_000)
    assert by(page, "finish").count() == 1
    page.clock.fast_forward(2_000)
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    expect(by(page, "tomorrow")).to_contain_text("Tomorrow: a ")
    saved(page)
    assert house.session(session)["finished"] is True


def test_whoever_answers_at_the_end_is_not_hurried(page: Page, house: House) -> None:
    page.clock.install()
    session = finish(page, house)
    by(page, "worst").locator(".scale button").nth(2).click()
    page.clock.fast_forward(120_000)
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    shown = house.session(session)
    assert (shown["peaks"], shown["finished"]) == ({"0": 2}, False)


def test_a_day_that_is_done_urges_no_second_round(page: Page, house: House) -> None:
    session = begin(page, house)
    until(page, "reps")
    by(page, "done").click()
    page.keyboard.press("Escape")
    by(page, "finish-here").click()
    by(page, "finish").click()
    saved(page)
    assert house.session(session)["finished"] is True
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name="Done for today. Well done.")).to_be_visible()
    expect(by(page, "start-session")).to_have_count(0)


def test_a_finish_is_undone_with_one_tap(page: Page, house: House) -> None:
    session = finish(page, house)
    by(page, "finish").click()
    by(page, "undo").click()
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    assert house.session(session)["finished"] is False


def test_a_set_is_added_and_removed_in_the_summary(page: Page, house: House) -> None:
    session = finish(page, house)
    by(page, "correct").click()
    page.get_by_role("button", name="Add a set").click()
    expect(page.locator(".set-line")).to_have_count(2)
    page.get_by_label("Remove set 1").click()
    expect(page.locator(".set-line")).to_have_count(1)
    saved(page)
    assert len(sets_of(house, session)) == 1


def test_the_calendar_opens_each_day_and_everything_there_can_be_corrected(
    page: Page, house_of: Callable[[str], House]
) -> None:
    house = house_of("third-week")
    page.goto(f"{house.url}/diary")
    expect(page.get_by_role("heading", name="March 2026")).to_be_visible()
    page.get_by_role("link", name="Tuesday 10 March").click()
    expect(page.locator(".session")).to_have_count(1)
    page.get_by_label("Correct: In the morning").click()
    page.locator("dialog .scale button").nth(4).click()
    expect(page.locator(".pains")).to_contain_text("4: Moderate")
    page.get_by_role("button", name="Correct this").click()
    page.locator(".set-line .stepper button").last.click()
    saved(page)
    page.get_by_role("button", name="Close").click()
    page.get_by_label("Correct: In the morning").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator(".pains")).not_to_contain_text("In the morning")
    by(page, "undo").click()
    expect(page.locator(".pains")).to_contain_text("In the morning")
    page.get_by_role("button", name="Take this session out").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator(".session")).to_have_count(0)


def test_a_day_whose_answers_are_missing_says_so_wherever_it_is_shown(page: Page, house: House) -> None:
    finish(page, house)
    page.goto(f"{house.url}/diary")
    today = page.locator(".calendar a[aria-current]")
    expect(today).to_have_attribute("aria-label", re.compile("answers missing$"))
    expect(page.locator("ol.days li").first).to_contain_text("Answers missing")
    today.click()
    expect(page.locator(".day .mark.none")).to_have_text("Answers missing")
    page.get_by_role("button", name="Correct this").click()
    page.get_by_text("Worst pain: not answered").click()
    page.locator("dialog .scale button").nth(4).click()
    page.locator(".card .scale button").nth(3).click()
    saved(page)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".day .mark.amber").first).to_have_text("Amber")
    expect(page.locator(".pains")).to_contain_text("An hour after")


def test_the_months_of_the_diary_are_turned(page: Page, house_of: Callable[[str], House]) -> None:
    page.goto(f"{house_of('third-week').url}/diary")
    page.get_by_label("The month before").click()
    expect(page.get_by_role("heading", name="February 2026")).to_be_visible()
    page.get_by_label("The month after").click()
    page.get_by_label("The month after").click()
    expect(page.get_by_role("heading", name="April 2026")).to_be_visible()


def test_every_exercise_says_how_it_is_done_and_where_that_is_from(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library")
    expect(page.locator(".shelf a")).to_have_count(len(house.list("/exercises")))
    page.get_by_role("link", name="Terminal knee extension").click()
    for head in ("How", "What you feel", "Common slips", "Take care", "What the evidence says"):
        expect(page.get_by_role("heading", name=head, exact=True)).to_be_visible()
    for link in page.locator(".sources a").all():
        assert (link.get_attribute("href") or "").startswith("https://")
        assert "noreferrer" in (link.get_attribute("rel") or "")
    page.get_by_role("link", name="Straight leg raise").click()
    expect(page.get_by_role("heading", name="Straight leg raise")).to_be_visible()


def test_every_figure_has_words_for_the_movement(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library")
    for one in house.list("/exercises"):
        page.evaluate("async (id) => (await import('/static/app/router.js')).go(`/library/${id}`)", one["id"])
        expect(page.get_by_role("heading", level=1, name=str(one["name"]))).to_be_visible()
        words = str(house.ask(f"/exercises/{one['id']}")["figure_text"])
        expect(page.locator(".hero .figure img").first).to_have_attribute("alt", words)
        page.wait_for_function("() => document.querySelector('.hero .figure img').naturalWidth > 0")


def test_each_source_says_what_was_read_of_it(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library/squat")
    sources = page.locator("ol.sources li")
    expect(sources.filter(has_text="Powers 2014")).to_contain_text("(read: abstract, 2026-")
    expect(sources.filter(has_text="Patella's own rule")).not_to_contain_text("read:")


def test_less_motion_shows_start_and_end_side_by_side(page: Page, house: House) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{house.url}/library/squat")
    figure = page.locator(".hero .figure")
    expect(figure.locator("img").first).to_be_visible()
    shown = figure.locator("img").count()
    assert shown == 2 or "still=pair" in (figure.locator("img").get_attribute("src") or "")
    assert page.evaluate("document.getAnimations().length") == 0


def test_settings_are_kept(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Both", exact=True).click()
    page.get_by_label("Cautious mode").check()
    page.get_by_label("strap", exact=True).uncheck()
    page.get_by_role("button", name="Pounds").click()
    page.get_by_role("button", name="US Letter").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    wait(page, lambda: house.ask("/profile")["theme"] == "dark")
    profile = house.ask("/profile")
    assert sorted(profile["knees"]) == ["left", "right"]  # type: ignore[call-overload]
    assert (profile["cautious"], profile["weight"], profile["letter"], profile["theme"]) == (
        True,
        "lb",
        True,
        "dark",
    )
    assert "strap" not in profile["has"]  # type: ignore[operator]
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def _hold_the_first_change(page: Page) -> list[Route]:
    held: list[Route] = []
    page.route("**/api/profile", lambda r: r.continue_() if held or r.request.method == "GET" else held.append(r))
    return held


def test_a_late_answer_to_one_change_undoes_no_later_one(page: Page, house: House) -> None:
    held = _hold_the_first_change(page)
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Both", exact=True).click()
    wait(page, lambda: bool(held))
    answer = held[0].fetch()
    page.get_by_label("Cautious mode").check()
    page.wait_for_timeout(300)
    held[0].fulfill(response=answer)
    wait(page, lambda: bool(house.ask("/profile")["cautious"]))
    expect(page.get_by_label("Cautious mode")).to_be_checked()
    assert sorted(house.ask("/profile")["knees"]) == ["left", "right"]  # type: ignore[call-overload]


def test_a_change_that_is_refused_goes_back_alone(page: Page, house: House, guard: Guard) -> None:
    guard.allow("status of 503")
    held = _hold_the_first_change(page)
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Both", exact=True).click()
    page.get_by_label("Cautious mode").check()
    wait(page, lambda: bool(held))
    held[0].fulfill(status=503, content_type="application/json", body='{"error": {"sentence": "Busy."}}')
    expect(page.get_by_text("Busy.")).to_be_visible()
    expect(page.get_by_role("button", name="Both", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_label("Cautious mode")).to_be_checked()
    wait(page, lambda: bool(house.ask("/profile")["cautious"]))
    assert house.ask("/profile")["knees"] != ["left", "right"]


def test_reminders_are_spread_through_the_day_and_come_as_a_file(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    expect(page.get_by_text("At 09:00, 13:00, 17:00.")).to_be_visible()
    page.get_by_label("Breaks a day: more").click()
    expect(page.get_by_text("At 09:00, 11:40, 14:20, 17:00.")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Calendar file").click()
    assert b"BEGIN:VCALENDAR" in got.value.path().read_bytes()


@pytest.mark.parametrize(
    ("link", "start"), [("Everything (JSON)", b"{"), ("Spreadsheet (CSV)", b""), ("Today\u2019s handout", b"%PDF")]
)
def test_what_is_yours_is_downloaded(page: Page, house: House, link: str, start: bytes) -> None:
    page.goto(f"{house.url}/settings")
    with page.expect_download() as got:
        page.get_by_role("link", name=link).click()
    assert got.value.path().read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("path", "link", "name"),
    [
        ("/today", "Today\u2019s plan on paper", "patella.pdf"),
        ("/today?scope=full", "The whole routine on paper", "patella.pdf"),
        ("/diary", "Report for your physiotherapist", "patella-report.pdf"),
    ],
)
def test_paper_is_offered_where_one_looks_for_it(page: Page, house: House, path: str, link: str, name: str) -> None:
    page.goto(f"{house.url}{path}")
    with page.expect_download() as got:
        page.get_by_role("link", name=link, exact=True).click()
    assert got.value.suggested_filename == name
    assert got.value.path().read_bytes().startswith(b"%PDF")


KEPT = """async () => {
  const db = await new Promise((yes) => {
    const asked = indexedDB.open("patella");
    asked.onsuccess = () => yes(asked.result);
  });
  const stores = ["outbox", "sessions", "runs"];
  const counted = await Promise.all(stores.map((name) => new Promise((yes) => {
    const asked = db.transaction(name).objectStore(name).count();
    asked.onsuccess = () => yes(asked.result);
  })));
  db.close();
  return stores.filter((_, n) => counted[n] > 0);
}"""


def test_everything_is_erased_and_restored(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    with page.expect_download() as got:
        page.get_by_role("link", name="Everything (JSON)").click()
    kept = got.value.path()
    assert len(json.loads(kept.read_text())["entries"]) > 1
    page.get_by_text("Erase everything").first.click()
    expect(by(page, "erase")).to_be_disabled()
    page.get_by_label("Type ERASE").fill("ERASE")
    by(page, "erase").click()
    expect(page.get_by_role("heading", name="Hello.")).to_be_visible()
    assert house.ask("/today")["clearance"] == "not_screened"
    page.goto(f"{house.url}/settings")
    page.get_by_label("An export of Patella").set_input_files(kept)
    page.get_by_role("button", name="Restore into an empty diary").click()
    expect(page.get_by_text("Restored:")).to_be_visible()
    assert house.ask("/today")["clearance"] == "ok"


REMINDED = """async () => {
  const { html, render } = await import("/static/ui/html.js");
  const { Reminder } = await import("/static/view/copy.js");
  const place = document.createElement("div");
  document.body.prepend(place);
  render(html`<${Reminder} />`, place);
}"""


def test_once_a_month_a_copy_is_asked_for_where_something_lies_in_none(
    page: Page, house_of: Callable[[str], House]
) -> None:
    """Where the diary lies in a browser alone; over a server's, which is asked the same, it is put into the page."""
    house = house_of("third-week")
    asked = by(page, "save-a-copy")

    def on(days: int) -> None:
        page.clock.set_fixed_time(datetime.fromisoformat(f"{DAY}T09:00") + timedelta(days=days))
        page.goto(f"{house.url}/today")
        if not ON_A_SITE:
            page.evaluate(REMINDED)
        page.wait_for_load_state("networkidle")

    on(10)  # the diary began two weeks before
    expect(asked).to_have_count(0)
    on(31)
    expect(asked).to_contain_text("A copy somewhere else keeps it for you.")
    asked.get_by_role("button", name="Not now").click()
    expect(asked).to_have_count(0)
    on(50)
    expect(asked).to_have_count(0)
    on(62)
    expect(asked.get_by_role("link", name="Save a copy")).to_have_attribute("href", re.compile("^/?api/export.json$"))
    page.evaluate("async () => (await import('/static/app/outgoing.js')).copied()")
    expect(asked).to_have_count(0)
    on(150)  # and nothing has come since
    expect(asked).to_have_count(0)


def test_what_another_tab_keeps_goes_with_an_erase(page: Page, house: House) -> None:
    """A session in progress lies in the browser too, in a tab that did not ask for the erase."""
    begin(page, house, "terminal-knee-extension")
    other = page.context.new_page()
    other.goto(f"{house.url}/settings")
    take_over(other)
    other.get_by_text("Erase everything").first.click()
    other.get_by_label("Type ERASE").fill("ERASE")
    by(other, "erase").click()
    expect(other.get_by_role("heading", name="Hello.")).to_be_visible()
    if not ON_A_SITE:  # where the other tab has the diary, this one says that
        expect(page.get_by_role("heading", name="Hello.")).to_be_visible()
    assert other.evaluate(KEPT) == []


def test_a_tab_that_heard_of_an_erase_keeps_nothing_more_on_its_way_out(page: Page, house: House) -> None:
    begin(page, house, "terminal-knee-extension")
    assert "sessions" in page.evaluate(KEPT)
    page.evaluate("""async () => {
      const { memory } = await import("/static/app/memory.js");
      const gone = memory.clear(true);
      await memory.put("runs", "late", 1);
      await gone;
      await memory.put("runs", "later", 1);
    }""")
    assert page.evaluate(KEPT) == []


def test_what_a_browser_keeps_goes_with_an_erase_from_elsewhere(page: Page, house: House) -> None:
    begin(page, house, "terminal-knee-extension")
    page.goto(f"{house.url}/today")
    assert "sessions" in page.evaluate(KEPT)
    with Log.open(house.folder) as log:
        log.erase()
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name="Hello.")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_a_file_that_is_no_export_is_refused_in_a_sentence(page: Page, house: House, guard: Guard) -> None:
    guard.allow(r"status of 4\d\d")
    page.goto(f"{house.url}/settings")
    page.get_by_label("An export of Patella").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": b"[1]"}
    )
    page.get_by_role("button", name="Replace what is here").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert house.ask("/today")["clearance"] == "ok"


def test_what_is_asked_the_next_morning_is_asked_once(page: Page, house_of: Callable[[str], House]) -> None:
    house = house_of("third-week")
    page.goto(f"{house.url}/today")
    by(page, "due-morning").locator(".scale button").nth(2).click()
    by(page, "due-morning").get_by_role("button", name="Save").click()
    by(page, "undo").click()
    expect(by(page, "due-morning")).to_be_visible()
    by(page, "due-morning").locator(".scale button").nth(1).click()
    by(page, "due-morning").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Good").click()
    expect(by(page, "due-morning")).to_have_count(0)
