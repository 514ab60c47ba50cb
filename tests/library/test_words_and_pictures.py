"""Words and picture agree: what an exercise names is drawn, and the body is where its words say."""

from __future__ import annotations

import re

import pytest

from patella.care.exercise import Exercise, Footwear, Position, Sides
from patella.files.library import own_library, read_movement
from patella.motion.body import Base, Body, Posture
from patella.motion.movement import Movement, settled_pose_at
from patella.motion.prop import PropKind

LIBRARY = own_library()
BODY = Body()
every_exercise = pytest.mark.parametrize("exercise", LIBRARY.exercises.values(), ids=lambda e: e.id)

# thing in equipment.toml -> what draws it
DRAWN = {
    "mat": PropKind.MAT,
    "towel": PropKind.TOWEL,
    "strap": PropKind.STRAP,
    "resistance-band": PropKind.BAND,
    "mini-band": PropKind.MINI_BAND,
    "pole": PropKind.POLE,
    "medicine-ball": PropKind.BALL,
    "cushion": PropKind.CUSHION,
    "kettlebell": PropKind.KETTLEBELL,
    "high-seat": PropKind.SEAT,
    "foam-roller": PropKind.ROLLER,
    "step": PropKind.STEP,
    "chair": PropKind.CHAIR,
    "wall": PropKind.WALL,
}
LYING = {Base.SUPINE, Base.PRONE, Base.LEFT, Base.RIGHT}
SAYS_A_SIDE = re.compile(
    r"\b(left|right) (leg|foot|knee|thigh|hand|arm|side|shoulder|hip)\b|\b(to|on) the (left|right)\b"
)
TALL_M = 0.75  # hips of who stands, on soft knees too
SUNK_M = 0.55  # between two feet that are far apart
FLAT_M = 0.02  # a foot that is down


def stills(movement: Movement) -> dict[str, Posture]:
    """The body in each pose that stands for the exercise."""
    return {
        name: BODY.posture(settled_pose_at(BODY, movement, movement.phase_of(name)), movement.base)
        for name in movement.stills
    }


def is_down(posture: Posture, side: str, *, by_m: float = 0.0) -> bool:
    """Whether heel or ball of a foot touches what it stands on."""
    return any(posture.at(f"{p}.{side}")[2] - BODY.radius_m(f"{p}.{side}") < by_m + FLAT_M for p in ("heel", "ball"))


@every_exercise
def test_everything_an_exercise_needs_is_in_its_picture(exercise: Exercise) -> None:
    movement = read_movement(exercise.id)
    if movement.crop_m:
        pytest.skip("a close-up shows the legs alone")
    assert {DRAWN[thing] for thing in exercise.equipment} <= {p.kind for p in movement.props}


@every_exercise
def test_the_feet_wear_what_the_words_say(exercise: Exercise) -> None:
    shoes = [p for p in read_movement(exercise.id).props if p.kind is PropKind.SHOE]
    if exercise.footwear is Footwear.SNEAKERS:
        assert {point[-1] for shoe in shoes for point in shoe.points} == {"L", "R"}
    else:
        assert shoes == []


@every_exercise
def test_the_body_is_drawn_as_it_starts(exercise: Exercise) -> None:
    movement = read_movement(exercise.id)
    for posture in stills(movement).values():
        hips, knees = posture.at("pelvis")[2], [posture.at(f"knee.{s}")[2] for s in "LR"]
        match exercise.position:
            case Position.LYING:
                assert movement.base in LYING
            case Position.STANDING:
                assert movement.base is Base.UP
                assert hips > (SUNK_M if exercise.id == "split-squat" else TALL_M)
            case Position.SITTING:
                seat = min(posture.at(f"seat.{s}")[2] - BODY.radius_m(f"seat.{s}") for s in "LR")
                tops = [p.top_m for p in movement.props if p.kind in (PropKind.SEAT, PropKind.CHAIR, PropKind.MAT)]
                assert movement.base is Base.UP
                assert min(abs(seat - top) for top in tops if top is not None) < FLAT_M
            case Position.KNEELING:
                assert movement.base is Base.UP
                assert min(knees) - BODY.radius_m("knee.L") < 0.08  # on the mat or a cushion


@every_exercise
def test_one_leg_works_where_each_has_its_turn_and_both_where_they_work_together(exercise: Exercise) -> None:
    work = read_movement(exercise.id).work
    walks = exercise.id == "lateral-band-walk"  # its sides are the two ways, and both legs go each
    assert (len(work) == 1) == (exercise.sides is Sides.EACH and not walks)


@every_exercise
def test_a_picture_is_told_for_the_right_leg_and_may_be_mirrored_for_the_left(exercise: Exercise) -> None:
    """Where each leg has its turn the right one works, or goes first; no words say which one the picture shows."""
    movement = read_movement(exercise.id)
    if exercise.sides is Sides.EACH and movement.work != ("R",):
        assert movement.work == ("L", "R")
        first = next(pose for _, pose in movement.cycle if pose != movement.stills[0])
        assert first.startswith("right")
    assert not SAYS_A_SIDE.search(f"{exercise.words.figure} {' '.join(exercise.words.how)}")


@pytest.mark.parametrize("name", ["squat", "calf-raise", "glute-bridge", "rotate-your-bones", "dance-patella-dance"])
def test_both_feet_stay_down_where_the_words_say_so(name: str) -> None:
    for posture in stills(read_movement(name)).values():
        assert all(is_down(posture, side) for side in "LR")


@pytest.mark.parametrize("name", ["single-leg-bridge", "single-leg-calf-raise"])
def test_one_foot_is_in_the_air_where_the_words_say_so(name: str) -> None:
    for posture in stills(read_movement(name)).values():
        assert is_down(posture, "R")
        assert not is_down(posture, "L")


def test_the_feet_stay_together_in_the_clamshell_while_the_knees_part() -> None:
    closed, open_ = stills(read_movement("clamshell")).values()
    for posture in (closed, open_):
        assert posture.at("ankle.R")[2] - posture.at("ankle.L")[2] < 0.10
    apart = [p.at("knee.R")[2] - p.at("knee.L")[2] for p in (closed, open_)]
    assert apart[0] < 0.13
    assert apart[1] > 0.30


def test_the_side_plank_begins_on_bent_knees_and_the_hips_leave_the_floor() -> None:
    movement = read_movement("side-plank")
    low, high = stills(movement).values()
    assert all(pose.values[f"knee.{s}"] > 80 for pose in movement.poses.values() for s in "LR")
    assert high.at("hip.R")[2] - low.at("hip.R")[2] > 0.05


def test_who_walks_with_the_band_ends_somewhere_else_and_the_feet_never_meet() -> None:
    movement = read_movement("lateral-band-walk")
    places = [
        BODY.posture(settled_pose_at(BODY, movement, movement.phase_of(name)), movement.base)
        for name in ("start", "wide", "end")
    ]
    hips = [p.at("pelvis")[0] for p in places]
    assert hips[0] > hips[1] > hips[2]
    assert hips[0] - hips[2] > 0.2
    assert all(p.at("heel.L")[0] - p.at("heel.R")[0] > 0.2 for p in places)


def test_the_free_heel_taps_the_floor_beside_the_step_and_the_trunk_stays_up() -> None:
    high, low = stills(read_movement("lateral-step-down")).values()
    assert not is_down(high, "L", by_m=0.03)
    assert is_down(low, "L")
    (_, hips, bottom), (_, neck, top) = low.at("pelvis"), low.at("neck")
    assert abs(hips - neck) < 0.25 * (top - bottom)


def test_the_calf_and_the_shin_are_rolled_sitting_on_the_floor() -> None:
    for name in ("roll-calves", "roll-peroneals"):
        assert {p.kind for p in read_movement(name).props} == {PropKind.MAT, PropKind.ROLLER}
    turned = read_movement("roll-peroneals").poses["high"].values["hrot.R"]
    assert turned < -30  # the toes fall outward


def test_a_hop_leaves_the_floor_with_both_feet_and_by_little() -> None:
    movement = read_movement("hop")
    low, high = stills(movement).values()
    assert all(is_down(low, s) and not is_down(high, s) for s in "LR")
    assert max(high.at(f"ball.{s}")[2] for s in "LR") < 0.12
