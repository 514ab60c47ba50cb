"""Cameras that stand further aside than is wanted, where much can be told all the same."""

import pytest

from motion.rehearsal import Scene
from patella.motion.coach import analyse


@pytest.mark.parametrize("yaw_deg", [-45, 45])
@pytest.mark.parametrize("exercise", ["calf-stretch", "strap-stretch", "hip-flexor-stretch", "split-squat"])
def test_half_way_round_to_the_front_the_body_is_read_as_if_from_where_exercises_are_told(
    exercise: str, yaw_deg: float
) -> None:
    scene = Scene(exercise=exercise, reps=2, yaw_deg=yaw_deg, fps=10)
    found = analyse(scene.spec, scene.film(), scene.side, running=True)
    assert len(found.holds or found.reps) == 2
