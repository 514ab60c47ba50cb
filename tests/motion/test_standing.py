"""Who stands on one leg: the leg that bends over a foot that stays is followed, from either side of the body."""

from dataclasses import replace

import pytest

from motion.rehearsal import Scene, chance
from motion.stick import film, follow
from motion.test_coach import STILL
from patella.motion.analysis import Analysis
from patella.motion.coach import analyse, begin, step
from patella.motion.event import Seen, Shown, Sight
from patella.motion.flaws import Flaws, flawed, swapped
from patella.motion.pose import PoseFrame, Side

OTHER_SIDE_DEG = 180.0
NEAR = Scene(exercise="lateral-step-down", fps=15)
FAR = replace(NEAR, yaw_deg=OTHER_SIDE_DEG)


def seen(scene: Scene, asked: Side | None = None, *, running: bool = False) -> Analysis:
    return analyse(scene.spec, scene.film(), asked, running=running)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("yaw_deg", [150, 165, 180, 195, 210])
def test_a_leg_away_from_the_camera_is_counted_and_not_judged(side: Side, yaw_deg: float) -> None:
    found = seen(replace(FAR, side=side, yaw_deg=yaw_deg))
    assert (found.side, len(found.reps)) == (side.value, 3)
    assert {(r.range_deg, r.reach_deg, r.faults, r.judged) for r in found.reps} == {(0, 0, (), False)}
    assert "far-leg" in found.notes


@pytest.mark.parametrize("side", Side)
def test_a_leg_beside_the_camera_is_judged_and_asked_to_go_nowhere(side: Side) -> None:
    found = seen(replace(NEAR, side=side))
    assert (found.side, len(found.reps), all(r.judged and r.range_deg > 15 for r in found.reps)) == (
        side.value,
        3,
        True,
    )
    assert "far-leg" not in found.notes


def test_who_says_which_leg_works_and_shows_the_other_is_counted_once_that_leg_is_seen_to_work() -> None:
    found = seen(FAR, Side.RIGHT)
    assert (found.side, [r.judged for r in found.reps]) == ("right", [False] * 2)


def test_to_turn_round_is_said_once_while_the_count_goes_on() -> None:
    state, said, shown = begin(FAR.spec), list[Sight](), list[Shown]()
    for frame in FAR.film():
        state, events = step(FAR.spec, state, frame)
        said += [e.code for e in events if isinstance(e, Seen)]
        shown += [e for e in events if isinstance(e, Shown) and Sight.FAR_LEG in said]
    assert (said.count(Sight.FAR_LEG), state.n, state.ready, shown) == (1, 3, True, [])


def test_who_walks_in_to_the_other_side_is_counted_from_the_first_on() -> None:
    assert len(seen(replace(FAR, walk_s=2.5)).reps) == 3
    assert len(seen(replace(NEAR, walk_s=2.5)).reps) == 3


@pytest.mark.parametrize("scene", [NEAR, FAR], ids=["near", "far"])
def test_a_model_that_takes_one_leg_for_the_other_for_a_moment_is_set_right(scene: Scene) -> None:
    def wrong(frame: PoseFrame) -> PoseFrame:
        return swapped(frame) if frame.t_s % 4 < 0.6 and frame.image else frame

    found = analyse(scene.spec, map(wrong, scene.film()), running=False)
    assert len(found.reps) == 3


def test_a_model_that_trembles_makes_no_other_leg_work() -> None:
    found = analyse(NEAR.spec, flawed(NEAR.film(), Flaws(jitter_m=0.008, bias_m=0.02), chance(4)), running=False)
    assert (found.side, len(found.reps), "far-leg" in found.notes) == ("right", 3, False)


def test_who_stands_and_does_nothing_is_asked_to_go_nowhere() -> None:
    events = follow(NEAR.spec, film(lambda _: STILL, 6))
    assert [e.code.value for e in events if isinstance(e, Seen)] == ["stand-still", "ready"]


def test_a_leg_beside_the_camera_that_trembles_does_not_keep_the_other_one_from_being_counted() -> None:
    film = replace(FAR, side=Side.LEFT).film()
    shaken = [flawed(film, Flaws(jitter_m=0.003, bias_m=0.01), chance(seed)) for seed in range(8)]
    assert [len(analyse(FAR.spec, one, running=False).reps) for one in shaken] == [3] * 8


@pytest.mark.parametrize("yaw_deg", [0, OTHER_SIDE_DEG])
def test_who_bends_a_knee_in_a_long_step_does_not_stand_on_one_leg(yaw_deg: float) -> None:
    stretch = Scene(exercise="calf-stretch", yaw_deg=yaw_deg, fps=15)
    assert analyse(NEAR.spec, stretch.film(), running=False).reps == ()
