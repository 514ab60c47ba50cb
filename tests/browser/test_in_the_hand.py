"""The camera of a phone: which way it looks, how the phone stands, and a voice for whoever is two metres away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.acts import begin, by, until
from browser.conftest import PATIENCE_MS, Guard
from browser.films import of_a_person
from browser.house import House
from browser.measured import texts_outside
from browser.test_camera import EXTENSION, instead

HEARD = """
window.said = [];
speechSynthesis.speak = (u) => { said.push(u.text); setTimeout(() => { u.onstart?.(); u.onend?.(); }, 5); };
"""
TWO_CAMERAS = """
window.wanted = [];
const named = (label) => ({ kind: "videoinput", deviceId: label, label });
navigator.mediaDevices.enumerateDevices = async () => [named("facing front"), named("facing back")];
navigator.mediaDevices.getUserMedia = async ({ video }) => {
  wanted.push(video.facingMode ?? video.deviceId?.exact ?? "");
  const canvas = Object.assign(document.createElement("canvas"), { width: 480, height: 640 });
  const pen = canvas.getContext("2d");
  setInterval(() => { pen.fillStyle = "#ccc"; pen.fillRect(0, 0, 480, 640); }, 100);
  const stream = canvas.captureStream(10);
  const facingMode = video.facingMode ?? "user";
  stream.getVideoTracks()[0].getSettings = () => ({ facingMode });
  return stream;
};
"""
GUIDED = """async () => {
  const { Guide } = await import("/static/live/guide.js");
  const guide = new Guide(0), said = [];
  const view = (code) => ({ code, head: `head of ${code}`, says: `says ${code}` });
  const see = (code, from, to) => {
    for (let s = from; s < to; s += 0.2) {
      const words = guide.say(view(code), 1000 * s);
      if (words) said.push(words);
    }
  };
  see("loading", 0, 7);
  see("nobody", 7, 12);
  for (let s = 12; s < 20; s += 2) { see("too-near", s, s + 1); see("nobody", s + 1, s + 2); }
  see("too-near", 20, 40);
  see("stand-still", 40, 50);
  see("ready", 50, 90);
  return said;
}"""


@pytest.fixture(params=[320, 390])
def phone(browser: Browser, guard: Guard, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page under a finger."""
    size = {"width": request.param, "height": 640 if request.param == 320 else 844}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    guard.watch(context)
    yield context.new_page()
    context.close()


def test_how_a_phone_stands_and_that_its_screen_goes_dark_is_told_and_the_other_camera_is_a_tap_away(
    phone: Page, house: House
) -> None:
    phone.add_init_script("delete Navigator.prototype.wakeLock")
    phone.add_init_script(TWO_CAMERAS)
    phone.context.route("**/models/*.task", lambda _: None)  # it is still on its way
    begin(phone, house, EXTENSION)
    by(phone, "camera-toggle").click()
    expect(phone.locator(".mirror.empty .stand")).to_be_visible()
    expect(phone.locator(".placement figcaption")).to_contain_text("A phone stands by itself on a chair")
    expect(by(phone, "goes-dark")).to_contain_text("Let it stay on")
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert texts_outside(phone) == []
    phone.get_by_role("button", name="Another camera, or a film").click()
    by(phone, "turn-camera").click()
    phone.get_by_role("button", name="Another camera, or a film").click()
    expect(by(phone, "turn-camera")).to_have_text("The camera in front")
    assert phone.evaluate("wanted") == ["", "environment"]


def test_on_a_phone_files_are_chosen_and_nobody_is_asked_to_drop_any(phone: Page, house: House) -> None:
    phone.goto(f"{house.url}/timeline/import")
    expect(phone.get_by_text("Choose files")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("Drop")


def test_what_lies_behind_the_screen_is_no_mirror_image(page: Page, house: House) -> None:
    page.add_init_script(TWO_CAMERAS)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    until(page, "reps")
    mirror = page.locator(".mirror")
    expect(mirror).to_have_class("mirror turned")
    page.get_by_role("button", name="Another camera, or a film").click()
    by(page, "turn-camera").click()
    expect(mirror).to_have_class("mirror ")


def test_what_looks_and_could_not_be_fetched_is_said_to_come_with_a_network(
    page: Page, house: House, guard: Guard
) -> None:
    guard.allow_a_server_that_is_gone()
    page.add_init_script(TWO_CAMERAS)
    page.context.route("**/vendor/pose/vision_bundle.mjs", lambda route: route.abort())
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("The coach is not here yet. It is fetched once, with a network")
    page.context.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "nobody", timeout=60_000)


def test_the_voice_says_what_keeps_the_camera_from_seeing_and_not_too_often(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library")
    assert page.evaluate(GUIDED) == [
        "says nobody",
        "says too-near",
        "says too-near",
        "head of ready.",
    ]


def test_a_person_too_near_hears_it(page: Page, house: House, tmp_path: Path) -> None:
    page.add_init_script(HEARD)
    begin(page, house, EXTENSION)
    side = "L" if "left" in page.locator(".where").inner_text() else "R"
    by(page, "camera-toggle").click()
    instead(page, of_a_person(tmp_path / "near.pose", side, distance_m=1.2, still_s=20.0))
    page.wait_for_function("() => said.some((words) => words.startsWith('Take a step back'))", timeout=40_000)
    assert by(page, "camera-state").get_attribute("data-code") in ("too-near", "out-of-frame")
