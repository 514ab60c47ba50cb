"""The outline over the mirror: where the person is, as large as they are, and never in their way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.acts import begin, by, until, wait
from browser.films import of_a_person
from browser.house import House
from browser.test_camera import EXTENSION, instead
from motion.rehearsal import Scene, with_role
from patella.motion.performance import perform
from patella.motion.pose import Joint, PoseFrame, Side, unpack
from patella.motion.spec import Role
from patella.web.ghosts import show_ghost

WATCHED = with_role(Role.REPS, Role.HOLD, Role.POSTURE)
ON = "I can see you"

_BOX = """() => {
  const canvas = document.querySelector("[data-testid=ghost]"), { width, height } = canvas;
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  let [top, bottom, left, right, sum] = [height, 0, width, 0, 0];
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
    const ink = data[4 * (y * width + x) + 3];
    if (ink < 60) continue;
    [top, bottom, left, right] = [Math.min(top, y), Math.max(bottom, y), Math.min(left, x), Math.max(right, x)];
    sum = (sum * 31 + x * 7 + y) % 1_000_003;
  }
  return { high: (bottom - top) / height, foot: bottom / height, middle: (left + right) / 2 / width, sum };
}"""


def _watched(page: Page, recording: Path) -> None:
    instead(page, recording)
    expect(by(page, "camera-state")).to_contain_text(ON)
    expect(by(page, "ghost")).to_have_attribute("data-shown", "true")


def _begun(page: Page, house: House) -> str:
    """With the camera on: the leg that comes first."""
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    return "L" if "left" in page.locator(".where").inner_text() else "R"


@pytest.mark.parametrize("distance_m", [3.1, 4.4])
def test_it_stands_where_the_person_stands_and_is_as_large(
    page: Page, house: House, tmp_path: Path, distance_m: float
) -> None:
    """From near and from far: from the ears to the heels as high as the person, and the flesh round them."""
    side = _begun(page, house)
    recording = of_a_person(tmp_path / "set.pose", side, distance_m, still_s=20.0)
    _watched(page, recording)
    image = unpack(recording.read_bytes()[:940]).image
    own = side == "R"
    ear, heel = (image[4 * (joint + own) + 1] for joint in (Joint.LEFT_EAR, Joint.LEFT_HEEL))
    flesh = 0.10  # of it: half a head and a sole, and the few centimetres by which a straight knee makes taller
    high = pytest.approx((heel - ear) * (1 + flesh), rel=0.05)
    box = page.evaluate(_BOX)
    for _ in range(20):  # it takes its size from how the person is at rest, which a busy page learns later
        if box["high"] == high:
            break
        page.wait_for_timeout(250)
        box = page.evaluate(_BOX)
    assert box["high"] == high
    assert box["middle"] == pytest.approx(image[4 * (Joint.LEFT_ANKLE + own)], abs=0.1)
    assert box["foot"] == pytest.approx(heel, abs=0.04)


def test_it_moves_until_somebody_turns_it_off(page: Page, house: House, tmp_path: Path) -> None:
    _watched(page, of_a_person(tmp_path / "set.pose", _begun(page, house)))
    until(page, "reps")
    was = page.evaluate(_BOX)["sum"]
    wait(page, lambda: page.evaluate(_BOX)["sum"] != was)
    toggle = by(page, "ghost-toggle")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    toggle.click()
    expect(by(page, "ghost")).to_have_count(0)
    page.reload()
    expect(by(page, "camera-state")).to_contain_text("No camera")
    expect(by(page, "ghost-toggle")).to_have_count(0)
    instead(page, tmp_path / "set.pose")
    expect(by(page, "ghost-toggle")).to_have_attribute("aria-pressed", "false")
    expect(by(page, "ghost")).to_have_count(0)


def test_with_less_motion_it_shows_start_and_end_and_stands_still(page: Page, house: House, tmp_path: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    still = tmp_path / "still.pose"
    _watched(page, of_a_person(still, _begun(page, house), still_s=20.0, reps=0))
    drawn = [page.evaluate(_BOX)]

    def stands() -> bool:
        page.wait_for_timeout(600)
        drawn.append(page.evaluate(_BOX))
        return bool(drawn[-1] == drawn[-2])

    wait(page, stands)  # it settles into place first
    page.wait_for_timeout(600)
    assert page.evaluate(_BOX) == drawn[-1]


def test_it_is_not_there_while_the_view_is_wrong(page: Page, house: House, tmp_path: Path) -> None:
    other = "R" if _begun(page, house) == "L" else "L"
    instead(page, of_a_person(tmp_path / "other.pose", other))
    expect(by(page, "camera-state")).to_have_attribute("data-code", "wrong-side")
    page.wait_for_timeout(300)
    expect(by(page, "ghost")).to_have_attribute("data-shown", "false")


def _at_rest(exercise: str, side: Side, stature_m: float) -> PoseFrame:
    scene = Scene(exercise=exercise, side=side, stature_m=stature_m)
    still = replace(scene.told(), attempts=(), still_s=0.1, after_s=0.0)
    moment = next(perform(still, 1))
    return Scene(exercise=exercise, side=side).camera().sees(moment.points, 0.0)


_FIT = """async ([ghost, image, aspect]) => {
  const { fitOf, placedAt } = await import("/static/live/ghost.js");
  const fit = fitOf(ghost, image, aspect);
  return fit && { ...fit, ends: [0, 1].map((share) => placedAt(ghost, fit, share)) };
}"""


def test_it_fits_every_exercise_either_leg_and_any_size(page: Page, house: House) -> None:
    """In the start position each joint of the outline lies on the person's own, to within a hand's breadth."""
    page.goto(f"{house.url}/library")

    def fit(exercise: str, side: Side, ghost_side: str, stature_m: float) -> dict[str, Any]:
        frame = _at_rest(exercise, side, stature_m)
        told = [show_ghost(exercise, ghost_side), list(frame.image), frame.width_px / frame.height_px]
        found: dict[str, Any] = page.evaluate(_FIT, told)
        return found

    for exercise in WATCHED:
        small, tall = (fit(exercise, Side.RIGHT, "right", size_m) for size_m in (1.5, 1.8))
        assert small["off"] < 0.12, exercise
        assert (small["flip"], tall["flip"]) == (1, 1), exercise
        assert tall["scale"] / small["scale"] == pytest.approx(1.2, rel=0.04), exercise
        assert fit(exercise, Side.LEFT, "left", 1.72)["off"] < 0.12, exercise


def test_who_looks_the_other_way_has_an_outline_that_does(page: Page, house: House) -> None:
    """A squat is asked of both legs and counted from either side; the outline turns with the person."""
    page.goto(f"{house.url}/library")
    frame = _at_rest("squat", Side.LEFT, 1.72)
    found = page.evaluate(_FIT, [show_ghost("squat", "both"), list(frame.image), 4 / 3])
    assert found["flip"] == -1
    heel, toe = (found["ends"][1][joint] for joint in (Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX))
    assert toe[0] < heel[0]


def test_nobody_is_measured_by_a_body_that_is_not_seen(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library")
    frame = _at_rest("squat", Side.RIGHT, 1.72)
    unseen = [0.1 if i % 4 == 3 else value for i, value in enumerate(frame.image)]
    assert page.evaluate(_FIT, [show_ghost("squat", "both"), unseen, 4 / 3]) is None
