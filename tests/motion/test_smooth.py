"""Smoothing takes the trembling out, keeps up with movement, and begins anew after a gap."""

import math

from hypothesis import given
from hypothesis import strategies as st

from patella.motion.smooth import RESET_S, smooth


def run(values: list[float], fps: float = 30.0, unit: float = 1.0) -> list[float]:
    found: list[float] = []
    before: float | None = None
    speed = 0.0
    for value in values:
        before, speed = smooth(value, before, speed, 1 / fps, unit)
        found.append(before)
    return found


def test_the_first_value_is_taken_as_it_is() -> None:
    assert smooth(12.5, None, 3.0, 0.03) == (12.5, 0.0)


def test_after_a_gap_it_begins_anew() -> None:
    assert smooth(80.0, 10.0, 5.0, RESET_S + 0.01) == (80.0, 0.0)


def test_a_still_joint_that_trembles_is_calmed() -> None:
    trembling = [30 + 2 * (-1) ** i for i in range(60)]
    assert max(abs(v - 30) for v in run([float(v) for v in trembling])[30:]) < 0.5


def test_it_keeps_up_with_a_movement() -> None:
    rising = [60 * i / 30 for i in range(31)]
    assert abs(run(rising)[-1] - 60) < 5


def test_parts_of_a_length_are_smoothed_like_angles_of_their_own_size() -> None:
    wave = [math.sin(i / 8) for i in range(80)]
    as_angles, as_parts = run([10 * w for w in wave]), run([0.2 * w for w in wave], unit=0.02)
    assert all(abs(a / 50 - p) < 1e-9 for a, p in zip(as_angles, as_parts, strict=True))


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=30), st.floats(1e-9, 10))
def test_it_never_leaves_the_range_of_what_was_read(values: list[float], dt_s: float) -> None:
    found = run(values, fps=1 / dt_s)
    assert min(values) - 1e-9 <= min(found)
    assert max(found) <= max(values) + 1e-9
