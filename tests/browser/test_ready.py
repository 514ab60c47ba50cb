"""Getting ready: what this person has, where the camera stands, the leg that works, and "ready" said aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.acts import begin, by, until
from browser.films import of_a_person
from browser.house import House
from browser.house_of_site import ON_A_SITE
from browser.test_camera import EXTENSION, instead

STRETCH = "strap-stretch"

# A recogniser that hears what the test says, and writes down how it was asked to hear.
EAR = """
window.ears = [];
window.hearing = __THERE__;
class Recogniser {
  #local = false;
  constructor() { window.ears.push(this); this.started = false; this.remote = false; }
  static async available({ langs, processLocally }) {
    return processLocally && langs.length === 1 && langs[0] === window.hearing ? "available" : "downloadable";
  }
  start() { this.started = true; this.remote = this.processLocally !== true; }
  abort() { this.started = false; }
}
if (__KNOWS__) Object.defineProperty(Recogniser.prototype, "processLocally", {
  get() { return this.kept ?? false; }, set(local) { this.kept = __KEEPS__ ? local : false; },
});
window.SpeechRecognition = window.webkitSpeechRecognition = Recogniser;
window.say = (words) => {
  const ear = window.ears.findLast((e) => e.started);
  if (ear) ear.onresult({ resultIndex: 0, results: [[{ transcript: words }]] });
  return Boolean(ear);
};
"""


def ear(page: Page, *, there: str = "en-GB", knows: bool = True, keeps: bool = True) -> None:
    """`there`: the language that is on the device; `knows`: what local hearing is; `keeps` to it when told."""
    said = {"__THERE__": repr(there), "__KNOWS__": str(knows).lower(), "__KEEPS__": str(keeps).lower()}
    script = EAR
    for name, value in said.items():
        script = script.replace(name, value)
    page.add_init_script(script)


def change(page: Page, house: House, **settings: object) -> None:
    page.goto(f"{house.url}/settings")
    page.evaluate(
        """async (said) => {
          const headers = { "Content-Type": "application/json" };
          const { ask } = await import("/static/app/transport.js");
          await ask("/api/profile", { method: "PATCH", headers, body: JSON.stringify(said) });
        }""",
        settings,
    )


def may_listen(page: Page) -> bool:
    allowed: bool = page.evaluate("document.featurePolicy.allowsFeature('microphone')")
    return allowed


def test_ready_is_heard_on_the_device_only_once_somebody_wished_for_it(page: Page, house: House) -> None:
    ear(page)
    begin(page, house, STRETCH)
    offer = by(page, "say-ready")
    expect(offer).to_be_visible()
    assert ON_A_SITE or not may_listen(page)  # a host of files says the same with all pages
    assert page.evaluate("ears.length") == 0
    offer.click()
    expect(by(page, "listening")).to_have_attribute("data-open", "true")
    assert may_listen(page)
    assert page.evaluate("ears.map((e) => [e.processLocally, e.remote, e.lang])") == [[True, False, "en-GB"]]
    for other in ("already", "I am not ready", "steady"):
        assert page.evaluate("(words) => say(words)", other)
    expect(page.locator(".at-ready")).to_be_visible()
    page.evaluate("say('okay, ready')")
    expect(page.locator(".at-hold")).to_be_visible()
    assert page.evaluate("ears.filter((e) => e.started).length") == 0
    assert not page.evaluate("say('ready')")


def test_the_microphone_is_shut_again_with_the_setting(page: Page, house: House) -> None:
    ear(page)
    begin(page, house, STRETCH)
    by(page, "say-ready").click()
    by(page, "stop-listening").click()
    page.wait_for_function("() => !document.featurePolicy.allowsFeature('microphone')")
    expect(by(page, "say-ready")).to_be_visible()
    assert page.evaluate("ears.length") == 0
    page.goto(f"{house.url}/settings")
    switch = page.get_by_role("switch", name="Say “ready” instead of tapping")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    page.wait_for_function("() => document.featurePolicy.allowsFeature('microphone')")


def test_a_pause_shuts_it_and_going_on_opens_it(page: Page, house: House) -> None:
    ear(page)
    begin(page, house, STRETCH)
    by(page, "say-ready").click()
    listening = by(page, "listening")
    expect(listening).to_have_attribute("data-open", "true")
    by(page, "pause").click()
    expect(listening).to_have_attribute("data-open", "false")
    assert not page.evaluate("say('ready')")
    by(page, "pause").click()
    expect(listening).to_have_attribute("data-open", "true")


def test_a_microphone_that_is_refused_is_said_and_not_asked_for_again(page: Page, house: House) -> None:
    ear(page)
    begin(page, house, STRETCH)
    by(page, "say-ready").click()
    expect(by(page, "listening")).to_have_attribute("data-open", "true")
    page.evaluate("ears.at(-1).onerror({ error: 'not-allowed' })")
    expect(by(page, "listening")).to_contain_text("or tap")
    page.wait_for_timeout(700)
    assert page.evaluate("ears.length") == 1
    expect(by(page, "im-ready")).to_be_visible()


@pytest.mark.parametrize(
    "browser_is",
    [{"there": "fr-FR"}, {"there": ""}, {"knows": False}],
    ids=["no English on the device", "nothing on the device", "no notion of the device"],
)
def test_where_the_device_cannot_hear_by_itself_nothing_is_shown_and_nothing_starts(
    page: Page, house: House, browser_is: dict[str, str | bool]
) -> None:
    """Not even for somebody who wished for it elsewhere."""
    change(page, house, listens=True)
    ear(page, **browser_is)  # type: ignore[arg-type]
    begin(page, house, STRETCH)
    page.wait_for_timeout(800)
    expect(by(page, "im-ready")).to_be_visible()
    expect(by(page, "say-ready")).to_have_count(0)
    expect(by(page, "listening")).to_have_count(0)
    assert page.evaluate("ears.length") == 0


def test_a_recogniser_that_does_not_stay_on_the_device_when_told_is_never_started(page: Page, house: House) -> None:
    change(page, house, listens=True)
    ear(page, keeps=False)
    begin(page, house, STRETCH)
    expect(by(page, "listening")).to_contain_text("or tap")
    assert page.evaluate("ears.every((e) => !e.started && !e.remote)")


def test_the_leg_that_works_is_the_one_in_the_picture(page: Page, house: House) -> None:
    """Every figure is told for the right leg: in the left one's turn it is mirrored, and back in the next."""
    begin(page, house, STRETCH)
    seen = []
    for _ in range(3):
        until(page, "hold")
        turned = page.locator(".scene .figure img").first.evaluate("(img) => getComputedStyle(img).transform")
        seen.append(("left leg" in page.locator(".where").inner_text(), turned.startswith("matrix(-1")))
        by(page, "next").click()
    assert seen == [(False, False), (True, True), (False, False)]


def test_what_both_legs_do_is_never_mirrored(page: Page, house: House) -> None:
    begin(page, house, "squat")
    expect(page.locator(".scene .figure img")).to_be_visible()
    expect(page.locator(".scene .figure")).not_to_have_class("mirrored")


def test_before_an_exercise_stands_what_this_person_has_for_it(page: Page, house: House) -> None:
    change(page, house, things={"strap": False})
    begin(page, house, STRETCH)
    expect(page.locator(".then")).to_contain_text("You need a belt instead of the strap.")
    page.goto(f"{house.url}/today?scope=one&only={STRETCH}")
    expect(page.locator(".item .things")).to_contain_text("Belt instead of the strap")


def test_where_the_camera_stands_is_said_once_and_only_while_it_is_on(page: Page, house: House, tmp_path: Path) -> None:
    place = "Camera at hip height, two to three metres away."
    begin(page, house, EXTENSION)
    expect(page.locator(".then")).to_contain_text("first.")
    expect(page.locator(".work")).not_to_contain_text(place)
    side = "L" if "Left" in page.locator(".then").inner_text() else "R"
    by(page, "camera-toggle").click()
    instead(page, of_a_person(tmp_path / "set.pose", side, still_s=20.0))
    expect(by(page, "camera-state")).to_contain_text("I can see you")
    expect(page.locator(".then")).to_contain_text(place)
    assert page.locator(".work").inner_text().count(place) == 1
