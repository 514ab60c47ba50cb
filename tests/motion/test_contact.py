"""Contacts: what rests on what."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.motion.body import Base, Body
from patella.motion.contact import Goal, misses_m, settle
from patella.motion.definition import DefinitionError

BODY = Body()
FEET = [
    Goal(point="heel.R", y_m=0.14, z_m=0),
    Goal(point="ball.R", z_m=0),
    Goal(point="heel.L", y_m=-0.05, z_m=0),
    Goal(point="ball.L", z_m=0),
]
LEGS = ["pz", "hip.R", "ankle.R", "hip.L", "knee.L", "ankle.L"]


@given(st.floats(2, 45))
@settings(max_examples=20)
def test_a_foot_that_is_planted_stays_on_the_floor(knee: float) -> None:
    pose = {"pz": 0.87, "knee.R": knee, "hip.R": knee / 2, "ankle.R": knee / 2, "hip.L": 15, "knee.L": 20}
    settled = settle(BODY, pose, Base.UP, FEET, LEGS)
    posture = BODY.posture(settled)
    for goal in FEET:
        assert max(abs(m) for m in misses_m(BODY, posture, goal)) < 0.002
    assert settled["knee.R"] == knee


@given(st.sampled_from(list(Base)), st.floats(0, 60), st.floats(0, 0.5))
@settings(max_examples=30)
def test_a_planted_body_is_lowered_until_its_lowest_planted_point_rests(base: Base, hip: float, top: float) -> None:
    goals = [Goal(point=p, z_m=top, planted=True) for p in ("seat.L", "heel.L", "head")]
    posture = BODY.posture(settle(BODY, {"hip.L": hip, "pz": 2.0}, base, goals), base)
    gaps = [misses_m(BODY, posture, g)[-1] for g in goals]
    assert min(gaps) == pytest.approx(0, abs=1e-9)


def test_a_limb_with_freedom_to_spare_stays_where_its_author_put_it() -> None:
    pose = {"sh.R": 40.0, "elbow.R": 60.0, "srot.R": 10.0, "sabd.R": 12.0}
    hand = BODY.posture(pose).at("hand.R")
    goal = Goal(point="hand.R", x_m=hand[0], y_m=hand[1], z_m=hand[2] - BODY.radius_m("hand.R"))
    settled = settle(BODY, pose, Base.UP, [goal], list(pose))
    assert settled == pytest.approx(pose, abs=0.01)


def test_a_hand_can_hold_a_moving_ankle() -> None:
    pose = {"pz": 0.9, "hip.R": -6, "knee.R": 140, "sh.R": -45, "elbow.R": 10}
    goal = Goal(point="hand.R", to="ankle.R", x_m=0, y_m=0.02, z_m=0.03)
    settled = settle(BODY, pose, Base.UP, [goal], ["sh.R", "sabd.R", "srot.R", "elbow.R"])
    assert max(abs(m) for m in misses_m(BODY, BODY.posture(settled), goal)) < 0.005


def test_a_place_between_two_points_has_their_mixed_thickness() -> None:
    posture = BODY.posture({})
    hip, knee = (BODY.posture({}).at(f"{n}.R")[2] - BODY.radius_m(f"{n}.R") for n in ("hip", "knee"))
    middle = Goal(point="hip.R", toward="knee.R", part=0.5, z_m=0.0)
    assert misses_m(BODY, posture, middle)[0] == pytest.approx((hip + knee) / 2)


def test_a_goal_out_of_reach_is_missed_but_not_by_more_than_it_must() -> None:
    far = Goal(point="hand.R", y_m=-3.0)
    settled = settle(BODY, {"sh.R": 20.0}, Base.UP, [far], ["sh.R", "elbow.R"])
    assert settled["sh.R"] == pytest.approx(90, abs=5)


def test_free_angles_stay_within_what_a_body_can_do() -> None:
    behind = Goal(point="ankle.R", y_m=-2.0)
    settled = settle(BODY, {"knee.R": 20.0}, Base.UP, [behind], ["knee.R"])
    assert settled["knee.R"] >= -10


def test_a_contact_without_weight_pulls_nothing() -> None:
    pose = {"sh.R": 10.0}
    goal = Goal(point="hand.R", z_m=1.0, weight=0.0)
    assert settle(BODY, pose, Base.UP, [goal], ["sh.R"]) == pytest.approx(pose, abs=1e-6)


def test_settling_is_quick_enough_for_a_moving_figure() -> None:
    pose = {"pz": 0.87, "knee.R": 35, "hip.R": 18, "ankle.R": 20, "hip.L": 15, "knee.L": 20}
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        settle(BODY, pose, Base.UP, FEET, LEGS)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.1


def test_an_unknown_free_angle_is_refused_with_a_sentence() -> None:
    with pytest.raises(DefinitionError, match=r"wing\.R.*cannot be left free"):
        settle(BODY, {}, Base.UP, FEET, ["wing.R"])
