"""The session player: timers that keep time, hands free, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.acts import begin, by, kind, saved, seconds_left, until, wait
from browser.conftest import Guard
from browser.house import House


def sets_of(house: House, session_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.session(session_id)["sets"]  # type: ignore[assignment]
    return found


def test_a_session_of_holds_and_sides_runs_from_start_to_end_without_a_touch(page: Page, house: House) -> None:
    page.clock.install()
    session_id = begin(page, house, "strap-stretch")
    steps: list[dict[str, Any]] = house.session(session_id)["steps"]  # type: ignore[assignment]
    said = set()
    for step in steps:
        said.add(by(page, "cue").inner_text())
        expect(page.locator(f".at-{step['kind']}")).to_be_visible()
        page.clock.fast_forward(int((step["seconds"] or 20) * 1000) + 50)
        page.wait_for_timeout(250)
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    done = sets_of(house, session_id)
    assert [(s["side"], s["hold_s"]) for s in done] == [("right", 30), ("left", 30), ("right", 30), ("left", 30)]
    assert {"Lie back. Strap round your foot.", "Lower slowly. Now the other leg."} <= said


def test_whoever_touches_nothing_has_done_and_logged_a_session_of_reps(page: Page, house: House) -> None:
    page.clock.install()
    session_id = begin(page, house, "squat")
    task = house.session(session_id)["tasks"][0]  # type: ignore[index]
    rep_s = sum(task["tempo"].values())
    for step in house.session(session_id)["steps"]:  # type: ignore[attr-defined]
        expect(page.locator(f".at-{step['kind']}")).to_be_visible()
        page.clock.fast_forward(int((step["seconds"] or (step["reps"] or 0) * rep_s or 20) * 1000) + 50)
        page.wait_for_timeout(250)
    expect(page).to_have_url(re.compile("/finish/"))
    saved(page)
    done = sets_of(house, session_id)
    assert [(s["reps"], s["counted_by"]) for s in done] == [(task["reps"], "beat")] * task["sets"]


def test_the_last_set_is_put_right_in_the_rest_with_a_tap(page: Page, house: House) -> None:
    session_id = begin(page, house, "squat")
    until(page, "reps")
    by(page, "add-rep").click()
    by(page, "done").click()
    expect(page.locator(".at-rest")).to_be_visible()
    by(page, "correct").click()
    page.get_by_role("button", name="Reps, both: more").click()
    saved(page)
    assert [s["reps"] for s in sets_of(house, session_id)] == [2]


def test_reps_are_counted_by_plus_one_or_logged_as_asked_by_done(page: Page, house: House) -> None:
    session_id = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    asked = int(re.findall(r"\d+", page.locator(".digits").inner_text())[-1])
    for _ in range(asked + 1):
        by(page, "add-rep").click()
    expect(by(page, "rep-count")).to_have_text(str(asked + 1))
    by(page, "done").click()
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("0")
    by(page, "done").click()
    expect(page.locator(".at-pain")).to_be_visible()
    saved(page)
    assert [s["reps"] for s in sets_of(house, session_id)] == [asked + 1, asked]


def test_next_logs_only_what_was_done(page: Page, house: House) -> None:
    page.clock.install()
    session_id = begin(page, house, "strap-stretch")
    until(page, "hold")
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)  # a slow machine's clicks take no time
    before = int(by(page, "hold-seconds").inner_text())  # what is shown may be a moment old
    page.clock.run_for(11_000)
    expect(by(page, "hold-seconds")).to_have_text(re.compile(rf"^({before + 11}|{before + 12})$"))
    done_s = int(by(page, "hold-seconds").inner_text())
    by(page, "next").click()
    until(page, "hold")
    by(page, "next").click()
    until(page, "rest")
    page.clock.resume()
    saved(page)
    assert [s["hold_s"] for s in sets_of(house, session_id)] == [done_s]


def test_a_set_done_again_after_going_back_corrects_the_first(page: Page, house: House) -> None:
    session_id = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    by(page, "done").click()
    by(page, "back").click()
    by(page, "add-rep").click()
    by(page, "done").click()
    saved(page)
    assert [s["reps"] for s in sets_of(house, session_id)] == [1]


def test_undo_takes_the_last_set_back_and_returns_to_it(page: Page, house: House) -> None:
    session_id = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    expect(by(page, "undo")).to_be_disabled()
    by(page, "done").click()
    expect(page.locator(".at-rest")).to_be_visible()
    by(page, "undo").click()
    expect(page.locator(".at-reps")).to_be_visible()
    expect(by(page, "cue")).to_contain_text("Taken back")
    saved(page)
    assert sets_of(house, session_id) == []


def test_a_skipped_exercise_needs_no_reason_and_can_be_brought_back(page: Page, house: House) -> None:
    session_id = begin(page, house)
    first = by(page, "step-name").inner_text()
    page.get_by_label("More:").click()
    by(page, "skip").click()
    expect(by(page, "step-name")).not_to_have_text(first)
    expect(by(page, "cue")).to_contain_text("left out")
    saved(page)
    assert house.session(session_id)["skipped"] == [0]
    by(page, "undo").click()
    expect(by(page, "step-name")).to_have_text(first)
    saved(page)
    assert house.session(session_id)["skipped"] == []


def test_easing_keeps_the_session_going(page: Page, own_house_of: Callable[[str], House]) -> None:
    house = own_house_of("third-week")
    house.restart("2026-03-13")
    session_id = begin(page, house, "terminal-knee-extension")
    until(page, "reps")
    before: list[dict[str, Any]] = house.session(session_id)["tasks"]  # type: ignore[assignment]
    page.get_by_label("More:").click()
    by(page, "ease").click()
    expect(by(page, "cue")).to_contain_text("easier")
    after: list[dict[str, Any]] = house.session(session_id)["tasks"]  # type: ignore[assignment]
    assert (after[0]["step"], after[0]["reps"]) < (before[0]["step"], before[0]["reps"])


def test_swapping_keeps_the_session_going(page: Page, house: House) -> None:
    begin(page, house, "terminal-knee-extension")
    first = by(page, "step-name").inner_text()
    until(page, "reps")
    page.get_by_label("More:").click()
    by(page, "swap").click()
    expect(by(page, "step-name")).not_to_have_text(first)
    assert kind(page) == "ready"


def test_at_the_easiest_dose_a_sore_knee_is_offered_what_there_is_and_never_the_way_back(
    page: Page, house: House
) -> None:
    begin(page, house, "terminal-knee-extension")
    first = by(page, "step-name").inner_text()
    until(page, "reps")
    by(page, "pain-button").click()
    page.locator(".scale button").nth(4).click()
    expect(by(page, "ease")).to_have_count(0)
    by(page, "swap").click()
    expect(by(page, "step-name")).not_to_have_text(first)
    for _ in range(6):
        until(page, "reps" if page.locator(".at-hold").count() == 0 else "hold")
        by(page, "pain-button").click()
        page.locator(".scale button").nth(4).click()
        expect(by(page, "advice")).to_be_visible()
        if by(page, "swap").count() == 0:
            break
        by(page, "swap").click()
        expect(by(page, "step-name")).not_to_have_text(first)
    expect(page.locator("dialog .main")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("answer", "shape", "words"),
    [(2, "green", "Go on, calmly"), (4, "amber", "Make it smaller"), (7, "red", "Stop this one now")],
)
def test_the_pain_rule_decides_what_follows(page: Page, house: House, answer: int, shape: str, words: str) -> None:
    session_id = begin(page, house, "strap-stretch")
    until(page, "hold")
    by(page, "pain-button").click()
    page.locator("dialog .scale button").nth(answer).click()
    expect(by(page, "advice")).to_contain_text(words)
    expect(page.locator(f"dialog .mark.{shape}")).to_contain_text(f"{answer} of 10")
    if shape == "red":
        by(page, "stop-item").click()
        expect(by(page, "finish")).to_be_visible()
    else:
        page.locator("dialog").get_by_text(re.compile("^Go on")).click()
        expect(page.locator(".at-hold")).to_be_visible()
    saved(page)
    assert house.session(session_id)["peaks"] == {"0": answer}
    assert house.session(session_id)["stopped"] == ([0] if shape == "red" else [])


def test_time_stands_still_while_it_is_asked_how_much_it_hurts(page: Page, house: House) -> None:
    page.clock.install()
    begin(page, house, "strap-stretch")
    until(page, "hold")
    page.clock.fast_forward(10_000)
    page.wait_for_timeout(250)
    before = seconds_left(page)
    by(page, "pain-button").click()
    page.clock.fast_forward(30_000)
    page.keyboard.press("Escape")
    page.wait_for_timeout(250)
    assert before - seconds_left(page) < 15  # what it took to tap, not the half minute


def test_the_whole_session_is_done_by_keyboard(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today?scope=one&only=dance-patella-dance")
    expect(by(page, "start-session")).to_be_visible()
    by(page, "start-session").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".at-ready")).to_be_visible()
    page.keyboard.press("Space")
    expect(by(page, "pause")).to_have_attribute("aria-label", "Go on")
    page.keyboard.press("Space")
    expect(by(page, "pause")).to_have_attribute("aria-label", "Pause")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".at-reps")).to_be_visible()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(by(page, "rep-count")).to_have_text("2")
    page.keyboard.press("-")
    expect(by(page, "rep-count")).to_have_text("1")
    page.keyboard.press("h")
    expect(page.get_by_text("How much does it hurt?")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(by(page, "advice")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator(".at-rest")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".at-reps")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".at-pain")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Leave the session?")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(by(page, "finish")).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.testid") == "finish":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    saved(page)


@pytest.mark.parametrize("how", ["reload", "crash", "server"])
def test_the_player_comes_back_to_the_same_second(
    context: BrowserContext, page: Page, own_house: House, guard: Guard, how: str
) -> None:
    begin(page, own_house, "strap-stretch")
    until(page, "hold")
    wait(page, lambda: seconds_left(page) < 29)
    saved(page)
    if how == "server":
        guard.allow_a_server_that_is_gone()
        own_house.restart()
    before = seconds_left(page)
    if how in ("reload", "server"):
        page.reload()
    else:
        address = page.url
        page.goto("about:blank")
        page.close()
        page = context.new_page()
        page.goto(address)
    expect(page.locator(".at-hold")).to_be_visible()
    assert 0 <= before - seconds_left(page) <= 2


def test_without_the_server_a_cautious_person_is_still_cautious(page: Page, own_house: House, guard: Guard) -> None:
    page.goto(f"{own_house.url}/settings")
    page.get_by_label("Cautious mode").check()
    wait(page, lambda: bool(own_house.ask("/profile")["cautious"]))
    begin(page, own_house, "strap-stretch")
    until(page, "hold")
    saved(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # and everything lies in the browser
    expect(by(page, "timer")).to_be_visible()
    guard.allow_a_server_that_is_gone()
    own_house.kill()
    page.reload()
    by(page, "pain-button").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^4")).click()
    expect(by(page, "stop-item")).to_contain_text("On to the next one")
    expect(by(page, "smaller")).to_have_count(0)


def test_a_long_absence_is_not_counted_as_work(page: Page, house: House) -> None:
    page.clock.install()
    session_id = begin(page, house, "strap-stretch")
    until(page, "hold")
    page.clock.fast_forward(4000)
    page.wait_for_timeout(300)
    page.clock.fast_forward(3_600_000)
    page.wait_for_timeout(300)
    expect(by(page, "cue")).to_contain_text("You were away")
    assert 15 <= seconds_left(page) <= 26
    saved(page)
    assert sets_of(house, session_id) == []
    assert house.session(session_id)["paused"] is True
    by(page, "pause").click()
    page.clock.fast_forward(26_500)
    wait(page, lambda: bool(sets_of(house, session_id)))
    assert [s["hold_s"] for s in sets_of(house, session_id)] == [30]


def test_a_key_counts_from_the_first_moment_the_player_is_seen(page: Page, house: House) -> None:
    page.add_init_script(
        "new MutationObserver((_, watch) => { if (!document.querySelector('.player')) return; watch.disconnect();"
        "dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })); })"
        ".observe(document, { childList: true, subtree: true });"
    )
    begin(page, house)
    expect(page.get_by_text("Leave the session?")).to_be_visible()


def test_a_session_that_was_left_is_offered_again(page: Page, house: House) -> None:
    begin(page, house)
    page.keyboard.press("Escape")
    by(page, "leave").click()
    by(page, "resume-session").click()
    expect(by(page, "step-name")).to_be_visible()
    expect(by(page, "pause")).to_have_attribute("aria-label", "Go on")


def test_the_worst_pain_is_asked_once_and_never_in_the_way(page: Page, house: House) -> None:
    page.clock.install()
    session_id = begin(page, house, "rotate-your-bones")
    until(page, "pain")
    page.clock.fast_forward(21_000)
    expect(by(page, "finish")).to_be_visible()
    expect(page.get_by_text("Worst pain: not answered")).to_be_visible()
    saved(page)
    assert house.session(session_id)["peaks"] == {}


def test_a_missing_voice_is_replaced_by_tones_and_the_words_stay(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("The words are always on the screen.")).to_be_visible()


def test_the_voice_says_what_the_screen_shows(page: Page, house: House) -> None:
    page.add_init_script(
        "window.said = [];"
        "speechSynthesis.speak = (u) => { said.push(u.text); setTimeout(() => { u.onstart?.(); u.onend?.(); }, 5); };"
    )
    begin(page, house, "strap-stretch")
    page.wait_for_function("() => said.length > 0")
    assert page.evaluate("said[0]") == "Strap stretch. 30 s. You need a strap. Lie back. Strap round your foot."
    by(page, "next").click()
    page.wait_for_function("() => said.length > 1")
    assert page.evaluate("said[1]") == by(page, "cue").inner_text()
    page.get_by_label("Mute").click()
    said = page.evaluate("said.length")
    by(page, "next").click()
    page.wait_for_timeout(400)
    assert page.evaluate("said.length") == said


def test_the_screen_is_kept_awake_and_again_after_the_tab_was_hidden(page: Page, house: House) -> None:
    page.add_init_script(
        """
        window.locks = [];
        Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
          const lock = { released: false, release: async () => { lock.released = true; } };
          locks.push(lock); return lock; } } });
        """
    )
    begin(page, house, "strap-stretch")
    page.wait_for_function("() => locks.length === 1")
    page.evaluate("() => { locks[0].released = true; document.dispatchEvent(new Event('visibilitychange')); }")
    page.wait_for_function("() => locks.length === 2")
    page.keyboard.press("Escape")
    by(page, "leave").click()
    page.wait_for_function("() => locks.every((l) => l.released)")


_WAKE = """
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => { %s } } });
"""
_GIVES = """window.lock = new EventTarget(); lock.release = async () => undefined; return lock;"""


@pytest.mark.parametrize("browser_has", ["a refusal", "nothing", "second thoughts"])
def test_a_screen_that_may_go_dark_is_told_once(page: Page, house: House, browser_has: str) -> None:
    script = {
        "a refusal": _WAKE % "throw new DOMException('no', 'NotAllowedError');",
        "second thoughts": _WAKE % _GIVES,
    }
    page.add_init_script(script.get(browser_has, "delete Navigator.prototype.wakeLock"))
    begin(page, house, "strap-stretch")
    told = by(page, "dim")
    if browser_has == "second thoughts":
        expect(told).to_have_count(0)
        page.evaluate("lock.dispatchEvent(new Event('release'))")
    expect(told).to_contain_text("Your screen may go dark")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(told).to_have_count(1)
    expect(told).to_have_count(0, timeout=25_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)
    expect(told).to_have_count(0)


def test_without_a_camera_the_player_says_so_and_goes_on(page: Page, house: House) -> None:
    begin(page, house)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("No camera found")
    until(page, "reps")
    by(page, "add-rep").click()
    expect(by(page, "rep-count")).to_have_text("1")


def test_the_live_region_does_not_chatter(page: Page, house: House) -> None:
    begin(page, house, "strap-stretch")
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => heard.push(performance.now()))
        .observe(document.getElementById("live"), { childList: true, characterData: true, subtree: true }); }"""
    )
    for _ in range(6):
        by(page, "next").click()
        page.wait_for_timeout(150)
    page.wait_for_timeout(3500)
    heard: list[float] = page.evaluate("heard")
    assert heard
    assert all(later - earlier > 2900 for earlier, later in pairwise(heard))
