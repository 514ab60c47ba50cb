"""A film that ends in a repetition counts it if it went far enough and has come more than half-way back."""

from collections.abc import Callable

import pytest

from motion.stick import Stick, between, film, follow, followed
from patella.files.library import read_spec
from patella.motion.coach import begin, finish
from patella.motion.event import Rep

SQUAT = read_spec("squat")


def at_the_end(pose: Callable[[float], Stick], seconds: float) -> list[Rep]:
    """What the end of the film counts, and nothing before it did."""
    state, before = followed(SQUAT, begin(SQUAT), film(pose, seconds))
    assert [e for e in before if isinstance(e, Rep)] == []
    return [e for e in finish(SQUAT, state)[1] if isinstance(e, Rep)]


def down_and_up_to(low: float, t_s: float, then: float = 0.0) -> Stick:
    """Squats until 4 s, comes up to `low` degrees until 5.2 s, and bends by `then` a second from there."""
    if t_s < 4:
        return Stick(knee=between(4, 84, (t_s - 2) / 2))
    return Stick(knee=between(84, low, (t_s - 4) / 1.2) + then * max(0.0, t_s - 5.2))


def test_a_film_that_ends_just_past_the_highest_point_of_the_way_back_counts_what_was_done() -> None:
    assert len(at_the_end(lambda t_s: down_and_up_to(36, t_s, then=5), 5.8)) == 1


def test_a_film_that_ends_on_the_way_out_again_has_no_end_of_a_repetition_to_count() -> None:
    assert at_the_end(lambda t_s: down_and_up_to(36, t_s, then=10), 6.0) == []


def test_the_way_back_that_a_film_cuts_is_as_long_as_the_whole_of_it_would_have_been() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=between(4, 84, (t_s - 2) / 2) if t_s < 4 else max(4, 84 - 40 * (t_s - 4)))

    (whole,) = [e for e in follow(SQUAT, film(pose, 8)) if isinstance(e, Rep)]
    (cut,) = at_the_end(pose, 5.4)
    assert cut.end_s == pytest.approx(5.4, abs=0.06)
    assert cut.down_s == pytest.approx(whole.down_s, abs=0.25)
