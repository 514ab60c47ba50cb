"""Movements: key poses as data."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.motion.body import Body
from patella.motion.contact import misses_m
from patella.motion.definition import DefinitionError
from patella.motion.movement import Movement, goals_at, parse_movement, pose_at, settled_pose_at

SQUAT = """
base = "up"
view = "side"
work = ["L", "R"]
loop_s = 6.0
cycle = [[0.0, "start"], [0.1, "start"], [0.5, "end"], [0.6, "end"]]
stills = ["start", "end"]
trace = ["hip.R"]
free = ["pz", "hip.L", "ankle.L", "hip.R", "ankle.R"]
[tempo]
up_s = 2.0
hold_s = 0.5
down_s = 2
rest_s = 0
[poses.start]
pz = 0.9
knee = 5
flex = 2
[poses.end]
like = "start"
knee.R = 50
knee.L = 50
hip = 50
[[contacts]]
point = "heel.L"
on = "floor"
y_m = { start = 0.04, end = 0.06 }
[[contacts]]
point = "ball.L"
on = "floor"
[[contacts]]
point = "heel.R"
on = "mat"
y_m = 0.04
during = ["start"]
[[contacts]]
point = "ball.R"
on = "floor"
[[props]]
kind = "mat"
centre_m = [0, 0]
size_m = [0.6, 1.8, 0.01]
[[props]]
kind = "pole"
centre_m = [0, -1]
height_m = 1.2
[[props]]
kind = "band"
points = ["knee.R"]
pole = "pole"
[[props]]
kind = "roller"
radius_m = 0.07
along = "x"
base_m = 0.01
"""


def values() -> dict[str, Any]:
    return tomllib.loads(SQUAT)


def squat() -> Movement:
    return parse_movement(values())


def test_a_file_becomes_a_movement() -> None:
    movement = squat()
    assert (movement.azimuth_deg, movement.elevation_deg) == (90, 6)
    assert movement.poses["end"].values == {
        "pz": 0.9, "flex": 2, "knee.L": 50, "knee.R": 50, "hip.L": 50, "hip.R": 50,
    }  # fmt: skip
    assert movement.tempo.down_s == 2
    assert {p.name: p.top_m for p in movement.props if p.top_m} == pytest.approx({"mat": 0.01, "roller": 0.15})
    assert movement.contacts[0].y_m == {"start": 0.04, "end": 0.06}
    assert movement.contacts[2].z_m == {"start": 0.01, "end": 0.01}


def test_a_key_pose_is_reached_when_the_cycle_says_and_held_as_long() -> None:
    movement = squat()
    assert movement.phase_of("end") == 0.5
    for phase in (0.5, 0.55, 0.6):
        assert pose_at(movement, phase)["knee.R"] == pytest.approx(50)
    for phase in (0.0, 0.05, 0.1):
        assert pose_at(movement, phase)["knee.R"] == pytest.approx(5)
    assert pose_at(movement, 0.3)["knee.R"] == pytest.approx(27.5)


@given(st.floats(0, 1), st.integers(-3, 3))
def test_the_cycle_repeats(phase: float, turns: int) -> None:
    movement = squat()
    assert pose_at(movement, phase + turns) == pytest.approx(pose_at(movement, phase), abs=1e-6)


@given(st.floats(0, 1))
def test_the_body_never_jumps(phase: float) -> None:
    movement = squat()
    here, next_moment = (pose_at(movement, phase + d)["knee.R"] for d in (0.0, 0.001))
    assert abs(next_moment - here) < 0.5


@given(st.floats(0, 1))
@settings(max_examples=15)
def test_contacts_hold_through_the_whole_cycle(phase: float) -> None:
    body, movement = Body(), squat()
    posture = body.posture(settled_pose_at(body, movement, phase), movement.base)
    for goal in goals_at(movement, phase):
        if goal.weight == 1:
            assert max(abs(m) for m in misses_m(body, posture, goal)) < 0.015


def test_a_contact_comes_and_goes_with_its_poses() -> None:
    movement = squat()
    weights = [goals_at(movement, phase)[2].weight for phase in (0.05, 0.3, 0.55)]
    assert weights == pytest.approx([1, 0.5, 0])
    assert all(g.weight == 1 for g in goals_at(movement, 0.55)[:2])


def test_a_pose_the_cycle_never_shows_has_no_phase() -> None:
    with pytest.raises(DefinitionError, match="not a pose of this movement's cycle"):
        squat().phase_of("middle")


def put(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Change one value; the key is a dotted path, with numbers for places in lists."""

    def change(told: dict[str, Any]) -> None:
        *way, last = key.split(".")
        here: Any = told
        for step in way:
            here = here[int(step)] if isinstance(here, list) else here[step]
        here[int(last) if isinstance(here, list) else last] = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("base", "sideways"), "base: must be one of"),
        (put("view", "back"), "view: must be one of"),
        (put("colour", "red"), "colour: is not a key"),
        (put("work", ["M"]), r"work\[0\]: must be a leg"),
        (put("work", []), "work: must name at least one"),
        (put("work", ["R", "R"]), "work: must name each leg once"),
        (put("poses.end.kneee", 3), r"poses.end.kneee: is not a degree of freedom"),
        (put("poses.end.knee", {"R": 3, "X": 3}), r"poses.end.knee.X: is not a key"),
        (put("poses.end.hip", 200), r"poses.end.hip: must be a number from -35 to 135"),
        (put("poses.end.knee", {"R": -40}), r"poses.end.knee.R: must be a number from -10 to 155"),
        (put("poses.end.flex", {"R": 1}), r"poses.end.flex: is not a degree of freedom"),
        (put("poses.start.like", "end"), r"poses.start.like: must be a pose told before"),
        (put("cycle", [[0.0, "start"], [0.5, "middle"]]), r"cycle\[1\]: names 'middle'"),
        (put("cycle", [[0.0, "start"], [0.5, "end"], [0.5, "start"]]), r"cycle\[2\]: must come later"),
        (put("cycle", [[0.2, "start"], [0.5, "end"]]), "cycle: must start at 0"),
        (put("cycle", []), "cycle: must start at 0"),
        (put("cycle", [[0.0, "start"], [0.5, "start"]]), "show at least two poses"),
        (put("cycle", [[0.0, "start"], [1.5, "end"]]), r"cycle\[1\].time: must be a number"),
        (put("cycle", ["start", "end"]), r"cycle\[0\]: must be a time and a pose"),
        (put("stills", ["start"]), "stills: must name at least two"),
        (put("stills", ["start", "middle"]), r"stills\[1\]: must be a pose of this file"),
        (put("trace", ["tail"]), r"trace\[0\]: must be a point of the body"),
        (put("free", ["wing.R"]), r"free\[0\]: must be a degree of freedom"),
        (put("crop_m", [0.7, 0.3]), "crop_m: must be two heights"),
        (put("tempo.up_s", 0), "tempo: must give the way out"),
        (put("tempo.pause_s", 1), "tempo.pause_s: is not a key"),
        (put("contacts.0.point", "tail"), r"contacts\[0\].point: must be a point of the body"),
        (put("contacts.0.on", "ceiling"), r"contacts\[0\].on: must be one of"),
        (put("contacts.0.on", "pole"), r"contacts\[0\].on: must be one of"),
        (put("contacts.0.z_m", 0.3), r"contacts\[0\].z_m: is given by what the point rests on"),
        (put("contacts.0.y_m", {"start": 1.0}), r"contacts\[0\].y_m.end: is missing"),
        (put("contacts.0.during", ["never"]), r"contacts\[0\].during\[0\]: must be a pose"),
        (put("contacts.0.toward", "knee.L"), r"contacts\[0\]: must give `toward` and `part` together"),
        (put("contacts.0", {"point": "heel.L"}), r"contacts\[0\]: must say where the point belongs"),
        (put("contacts.0", {"point": "heel.L", "x_m": 0.0, "planted": True}), "must say what it rests on"),
        (put("props.0.kind", "trampoline"), r"props\[0\].kind: must be one of"),
        (put("props.0.size_m", [1, 1]), r"props\[0\].size_m: must be three numbers"),
        (put("props.0.size_m", [1, 0, 1]), r"props\[0\].size_m: must be three numbers above 0"),
        (put("props.0.centre_m", [1, 1, 1]), r"props\[0\].centre_m: must be two numbers"),
        (put("props.0.name", "pole"), "must be its own"),
        (put("props.0.name", "floor"), "must be its own"),
        (put("props.2.pole", "mat"), r"props.band.pole: must be the name of a pole"),
        (put("props.2.points", ["knee.R", "knee.L"]), r"props\[2\].points: must be 1 to 1 points"),
        (put("props.3.along", "z"), r"props\[3\].along: must be one of"),
        (put("props.3.points", ["hip.R"]), r"props\[3\].points: is not a key"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(change: Callable[[dict[str, Any]], None], sentence: str) -> None:
    told = values()
    change(told)
    with pytest.raises(DefinitionError, match=sentence):
        parse_movement(told)


def test_a_file_without_poses_is_refused() -> None:
    told = values()
    del told["poses"]
    with pytest.raises(DefinitionError, match="poses: is missing"):
        parse_movement(told)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)))
@settings(max_examples=60)
def test_nonsense_in_place_of_any_key_is_refused_and_never_crashes(nonsense: object) -> None:
    for key in values():
        told = values()
        told[key] = nonsense
        try:
            parse_movement(told)
        except DefinitionError as error:
            assert error.sentence  # noqa: PT017 - nonsense may happen to mean something
