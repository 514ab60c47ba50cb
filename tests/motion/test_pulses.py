"""Going down a little and up again before the way back: one repetition, however many pulses it has."""

import math

import pytest

from motion.rehearsal import Scene, chance
from patella.motion.coach import analyse
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import perform, takes_of

RATE_HZ = 8.0
PULSES_S, ONE_S = 1.8, 0.9


@pytest.mark.parametrize("seed", [0, 10, 26, 28, 36, 39])
def test_pulses_at_the_top_are_one_repetition_also_where_the_feet_tremble(seed: int) -> None:
    scene = Scene(exercise="calf-raise", reps=2, fps=RATE_HZ)
    told, camera = scene.told(), scene.camera()
    moments, takes = list(perform(told, RATE_HZ)), takes_of(told)

    def shown_at(t_s: float) -> float:
        for n, take in enumerate(takes):
            since_s = t_s - PULSES_S * n - take.peak_end_s
            if since_s < 0:
                return t_s - PULSES_S * n
            if since_s < PULSES_S:
                down = 0.45 * (take.end_s - take.peak_end_s)
                return take.peak_end_s + down * (1 - math.cos(math.tau * since_s / ONE_S)) / 2
        return t_s - PULSES_S * len(takes)

    times = (i / RATE_HZ for i in range(len(moments) + 29))
    sees = [camera.sees(moments[min(len(moments) - 1, round(RATE_HZ * shown_at(t)))].points, t) for t in times]
    found = analyse(scene.spec, flawed(sees, Flaws(jitter_m=0.005), chance(seed)), scene.side)
    assert len(found.reps) == 2
