from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patella.motion.beat import Beat
from patella.motion.tempo import Tempo

STEP_DOWN = Beat(tempo=Tempo(up_s=3, hold_s=0, down_s=2, rest_s=1), reps=8, out="Down", back="Up")


def test_a_set_takes_as_long_as_its_repetitions() -> None:
    assert STEP_DOWN.seconds == 48
    assert [STEP_DOWN.reps_over(s) for s in (48, 42.1, 42, 0.1, 0)] == [0, 0, 1, 7, 8]


def test_the_word_follows_the_movement_and_is_silent_while_it_rests() -> None:
    assert [STEP_DOWN.word(48 - s) for s in (0, 2.9, 3, 4.9, 5, 5.9, 6)] == ["Down", "Down", "Up", "Up", "", "", "Down"]


def test_a_hold_at_the_end_of_the_movement_has_its_word() -> None:
    raise_ = Beat(tempo=Tempo(up_s=2, hold_s=1, down_s=3, rest_s=1), reps=2, out="Up", back="Down")
    assert raise_.word(14 - 2.5) == "Hold"
    assert raise_.tell() == "Up for 2, hold 1, down for 3"
    assert STEP_DOWN.tell() == "Down for 3, up for 2"


@given(
    up=st.floats(0.5, 8),
    hold=st.floats(0, 5),
    down=st.floats(0.5, 8),
    rest=st.floats(0, 4),
    reps=st.integers(1, 30),
    share=st.floats(0, 1),
)
def test_the_count_never_runs_ahead_and_ends_with_the_set(
    *, up: float, hold: float, down: float, rest: float, reps: int, share: float
) -> None:
    beat = Beat(tempo=Tempo(up_s=up, hold_s=hold, down_s=down, rest_s=rest), reps=reps, out="Out", back="Back")
    left = beat.seconds * share
    assert 0 <= beat.reps_over(left) <= (beat.seconds - left) / beat.tempo.rep_s + 1e-3
    assert beat.reps_over(0) == reps
