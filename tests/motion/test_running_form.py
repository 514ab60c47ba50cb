from __future__ import annotations

from dataclasses import replace

import pytest

from motion.striding import STEADY, Leg, Runner, filmed
from patella.motion.flaws import Flaws
from patella.motion.pose import Side
from patella.motion.running_form import Quantity, RunningForm, SideForm, Untold, look_at_running

EASY = Runner()
QUICK = Runner(cadence_spm=185, speed_ms=3.8, left=Leg(contact_share=0.30), right=Leg(contact_share=0.30, foot_deg=5))
SLOW = Runner(cadence_spm=155, speed_ms=2.2, left=Leg(contact_share=0.42), right=Leg(contact_share=0.42, lands_m=0.2))
RUNNERS = {"easy": EASY, "quick": QUICK, "slow": SLOW}


@pytest.mark.parametrize("azimuth_deg", [90.0, -90.0, 75.0])
@pytest.mark.parametrize("name", RUNNERS)
def test_a_runner_from_the_side_is_told_as_it_is(name: str, azimuth_deg: float) -> None:
    runner = RUNNERS[name]
    found = look_at_running(filmed(runner, azimuth_deg=azimuth_deg))
    assert found.near is (Side.RIGHT if azimuth_deg > 0 else Side.LEFT)
    assert told(found.cadence_spm) == pytest.approx(runner.cadence_spm, abs=0.5)
    assert told(found.trunk_lean_deg) == pytest.approx(runner.lean_deg, abs=3)
    for side, form in enumerate((found.left, found.right)):
        leg, landing_s = runner.leg(side), (1 - 0.5 * side) % 1 * runner.stride_s
        midstance_s = landing_s + runner.midstance(side) * runner.stride_s
        assert told(form.contact_share) == pytest.approx(leg.contact_share, abs=0.06)
        assert told(form.knee_contact_deg) == pytest.approx(runner.knee(landing_s, side)[1], abs=8)
        assert told(form.knee_midstance_deg) == pytest.approx(runner.knee(midstance_s, side)[1], abs=6)
        assert told(form.foot_contact_deg) == pytest.approx(leg.foot_deg, abs=4)


def test_legs_that_land_differently_are_told_apart() -> None:
    runner = Runner(left=Leg(contact_share=0.33, foot_deg=2), right=Leg(contact_share=0.39, foot_deg=20))
    found = look_at_running(filmed(runner, seconds=20))
    assert told(found.right.contact_share) - told(found.left.contact_share) == pytest.approx(0.06, abs=0.03)
    assert told(found.right.foot_contact_deg) - told(found.left.foot_contact_deg) == pytest.approx(18, abs=4)


def test_swapped_legs_lost_joints_and_lost_pictures_change_little() -> None:
    bad = Flaws(jitter_m=0.008, swapped_sides_hz=0.3, lost_joints_hz=0.1, dropped=0.1)
    found, clean = (look_at_running(filmed(EASY, seconds=20, flaws=f)) for f in (bad, STEADY))
    assert told(found.cadence_spm) == pytest.approx(EASY.cadence_spm, abs=2)
    for one, other in zip((found.left, found.right), (clean.left, clean.right), strict=True):
        assert told(one.knee_midstance_deg) == pytest.approx(told(other.knee_midstance_deg), abs=6)
        assert told(one.contact_share) == pytest.approx(told(other.contact_share), abs=0.05)


@pytest.mark.parametrize("swaps_hz", [0.5, 2.0, 6.0])
def test_legs_that_are_mixed_up_all_the_time_give_no_wrong_cadence(swaps_hz: float) -> None:
    found = look_at_running(filmed(EASY, seconds=12, flaws=Flaws(swapped_sides_hz=swaps_hz)))
    steps = found.cadence_spm
    assert steps.why is Untold.LEGS_MIXED_UP or told(steps) == pytest.approx(EASY.cadence_spm, rel=0.04)


def test_a_camera_that_is_not_upright_changes_the_trunk_alone() -> None:
    straight = [*filmed(EASY)]
    rolled = [replace(f, image=sheared(f.image)) for f in straight]
    one, other = look_at_running(straight), look_at_running(rolled)
    assert abs(told(one.trunk_lean_deg) - told(other.trunk_lean_deg)) > 3
    assert told(one.right.foot_contact_deg) == pytest.approx(told(other.right.foot_contact_deg), abs=1.5)
    assert told(one.right.contact_share) == pytest.approx(told(other.right.contact_share), abs=0.03)


def sheared(image: object) -> tuple[float, ...]:
    """A picture turned by some five degrees about its middle."""
    values = list(image)  # type: ignore[call-overload]
    for at in range(0, len(values), 4):
        x, y = 4 / 3 * (values[at] - 0.5), values[at + 1] - 0.5
        values[at], values[at + 1] = 0.5 + 0.75 * (0.996 * x - 0.087 * y), 0.5 + 0.087 * x + 0.996 * y
    return tuple(values)


def test_a_view_from_the_front_tells_nothing_and_one_from_aslant_only_the_cadence() -> None:
    front = look_at_running(filmed(EASY, azimuth_deg=0))
    assert {q.why for q in quantities(front)} == {Untold.NOT_FROM_THE_SIDE}
    aslant = look_at_running(filmed(EASY, azimuth_deg=45))
    assert told(aslant.cadence_spm) == pytest.approx(EASY.cadence_spm, abs=0.5)
    assert {q.why for q in quantities(aslant)[1:]} == {Untold.TURNED}


@pytest.mark.parametrize("cadence_spm", [112, 128])
def test_who_walks_does_not_run(cadence_spm: float) -> None:
    walking = Leg(contact_share=0.62, lands_m=0.3)
    walker = Runner(cadence_spm=cadence_spm, speed_ms=1.3, left=walking, right=walking)
    assert {q.why for q in quantities(look_at_running(filmed(walker)))} == {Untold.NOT_RUNNING}


def test_who_stands_does_not_run() -> None:
    still = [replace(f, t_s=n / 30) for n, f in enumerate(list(filmed(EASY, seconds=0.04)) * 300)]
    assert {q.why for q in quantities(look_at_running(still))} == {Untold.NOT_RUNNING}


def test_too_little_is_said_to_be_too_little() -> None:
    assert {q.why for q in quantities(look_at_running(filmed(EASY, seconds=2.5)))} == {Untold.TOO_SHORT}
    assert {q.why for q in quantities(look_at_running([]))} == {Untold.NOBODY}
    few = look_at_running(filmed(EASY, rate_hz=15, seconds=20))
    assert few.left.contact_share.why is Untold.TOO_FEW_PICTURES
    assert told(few.cadence_spm) == pytest.approx(EASY.cadence_spm, abs=0.5)


def test_a_leg_that_is_never_seen_is_not_guessed() -> None:
    hidden = [replace(f, image=without(f.image, (27, 29, 31))) for f in filmed(EASY)]
    assert {q.why for q in quantities(look_at_running(hidden))} == {Untold.NOT_RUNNING}
    toeless = [replace(f, image=without(f.image, (31,))) for f in filmed(EASY)]
    found = look_at_running(toeless)
    assert (found.left.contact_share.why, found.left.foot_contact_deg.why) == (Untold.UNSEEN, Untold.UNSEEN)
    assert told(found.left.knee_midstance_deg) > 30
    assert told(found.right.contact_share) > 0.2


def without(image: object, joints: tuple[int, ...]) -> tuple[float, ...]:
    values = list(image)  # type: ignore[call-overload]
    for joint in joints:
        values[4 * joint + 3] = 0.1
    return tuple(values)


def told(quantity: Quantity) -> float:
    assert quantity.value is not None, quantity.why
    return quantity.value


def quantities(found: RunningForm) -> list[Quantity]:
    sides = [getattr(form, name) for form in (found.left, found.right) for name in SideForm.__slots__]
    return [found.cadence_spm, found.trunk_lean_deg, *sides]
