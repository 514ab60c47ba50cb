"""Bodies of every size do every exercise before cameras all round where they belong, seen by a model with flaws."""

from dataclasses import replace

import pytest

from motion.rehearsal import LONGEST_HOLD_S, Scene, with_role
from motion.stick import followed
from patella.motion.coach import analyse, begin
from patella.motion.event import Cue, Rep
from patella.motion.flaws import Flaws
from patella.motion.performance import Fault, filmed, takes_of
from patella.motion.pose import Side
from patella.motion.spec import Role, View

pytestmark = pytest.mark.slow

PLACES = [
    (-30.0, 1.72, Side.LEFT), (-15.0, 1.55, Side.RIGHT), (0.0, 1.92, Side.LEFT), (15.0, 1.72, Side.RIGHT),
    (30.0, 1.55, Side.LEFT),
]  # fmt: skip
EXTENSION = "terminal-knee-extension"
OFF_S = 0.5


@pytest.mark.parametrize("exercise", with_role(Role.REPS))
def test_every_repetition_is_counted_where_it_was_done(exercise: str) -> None:
    for i, (yaw_deg, stature_m, side) in enumerate(PLACES):
        scene = Scene(exercise=exercise, reps=2, side=side, yaw_deg=yaw_deg, stature_m=stature_m, fps=12)
        found = analyse(scene.spec, scene.poor_film(Flaws(), i), side, running=False)
        takes = takes_of(scene.told())
        assert len(found.reps) == len(takes), scene
        assert {r.side for r in found.reps} <= {side.value, "both"}
        for rep, take in zip(found.reps, takes, strict=True):
            assert take.start_s < rep.peak_s < take.end_s
            assert abs(rep.end_s - take.end_s) < 0.2 * (take.end_s - take.start_s)


@pytest.mark.parametrize("exercise", [e for e in with_role(Role.REPS) if Scene(exercise=e).spec.view is View.SIDE])
def test_the_side_beside_the_camera_is_found_without_being_told(exercise: str) -> None:
    for side in Side:
        scene = Scene(exercise=exercise, reps=2, side=side, fps=12)
        found = analyse(scene.spec, scene.poor_film(Flaws()), None)
        assert len(found.reps) == 2
        assert found.side in (side.value, "both")


@pytest.mark.parametrize("exercise", with_role(Role.HOLD))
def test_every_hold_is_timed_while_it_is_held_and_not_before_or_after_it(exercise: str) -> None:
    for side in Side:
        scene = Scene(exercise=exercise, reps=2, side=side, fps=15)
        found = analyse(scene.spec, scene.poor_film(Flaws()), side, running=False)
        takes = takes_of(scene.told())
        assert len(found.holds) == len(takes)
        for hold, take in zip(found.holds, takes, strict=True):
            assert hold.seconds >= LONGEST_HOLD_S - OFF_S
            assert take.start_s < hold.start_s < take.peak_s + OFF_S
            assert take.peak_end_s - OFF_S < hold.end_s < take.end_s


@pytest.mark.parametrize("exercise", with_role(Role.REPS, Role.HOLD))
def test_nothing_is_counted_of_who_only_walks_in_and_keeps_still(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=0, fps=12, walk_s=3.0)
    found = analyse(scene.spec, scene.poor_film(Flaws()), scene.side, running=False)
    assert found.reps == ()
    assert found.holds == ()


@pytest.mark.parametrize(
    ("exercise", "fault"),
    [
        (EXTENSION, Fault.HEEL_RISE),
        (EXTENSION, Fault.TRUNK_LEAN),
        ("kettlebell-knee-extension", Fault.THIGH_NOT_HORIZONTAL),
        ("kettlebell-knee-extension", Fault.TRUNK_LEAN_BACK),
        ("kettlebell-knee-extension", Fault.DROPPED_LOWERING),
        ("straight-leg-raise", Fault.KNEE_LAG),
    ],
)
def test_a_fault_is_found_in_the_repetition_that_has_it_and_in_no_other(exercise: str, fault: Fault) -> None:
    for side in Side:
        scene = Scene(exercise=exercise, reps=3, side=side, faults=(None, fault, None), fps=15)
        found = analyse(scene.spec, scene.film(), side, running=False)
        assert [fault.value in r.faults for r in found.reps] == [False, True, False]


def test_heels_that_rise_in_every_repetition_are_found_in_each() -> None:
    """There is no flat one to compare with: where the heel rests is what is left."""
    scene = Scene(exercise=EXTENSION, reps=3, faults=(Fault.HEEL_RISE,) * 3, fps=15)
    found = analyse(scene.spec, scene.film(), scene.side, running=False)
    assert [r.faults for r in found.reps] == [("heel_rise",)] * 3


@pytest.mark.parametrize("exercise", [EXTENSION, "calf-raise"])
def test_picking_something_up_is_no_repetition_and_worth_no_word(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=2, fps=15)
    told = replace(scene.told(), picks_up=True)
    events = followed(scene.spec, begin(scene.spec, scene.side), filmed(told, scene.camera(), 15))[1]
    begins_s = takes_of(told)[0].start_s
    assert [e for e in events if isinstance(e, Cue) and e.t_s < begins_s] == []
    assert [e.start_s >= begins_s - 1 for e in events if isinstance(e, Rep)] == [True, True]
