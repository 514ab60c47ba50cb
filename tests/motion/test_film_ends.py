"""Where a film cuts a repetition: one that was under way when it began is none, unless most of it was seen.

One that its end cuts counts if it went far enough and has come more than half-way back.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from motion.stick import Stick, between, film, follow, followed, there_and_back
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
    (cut,) = at_the_end(lambda t_s: down_and_up_to(36, t_s, then=5), 5.8)
    assert cut.end_s == pytest.approx(5.8, abs=0.06)  # the film's end, and not that of the highest point


def test_a_film_that_ends_on_the_way_out_again_has_no_end_of_a_repetition_to_count() -> None:
    assert at_the_end(lambda t_s: down_and_up_to(36, t_s, then=10), 6.0) == []


def test_the_way_back_that_a_film_cuts_is_as_long_as_the_whole_of_it_would_have_been() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=between(4, 84, (t_s - 2) / 2) if t_s < 4 else max(4, 84 - 40 * (t_s - 4)))

    (whole,) = [e for e in follow(SQUAT, film(pose, 8)) if isinstance(e, Rep)]
    (cut,) = at_the_end(pose, 5.4)
    assert cut.end_s == pytest.approx(5.4, abs=0.06)
    assert cut.down_s == pytest.approx(whole.down_s, abs=0.25)


def test_a_film_that_ends_with_the_knee_out_of_sight_counts_nothing_of_what_was_under_way() -> None:
    state, _ = followed(SQUAT, begin(SQUAT), film(lambda t_s: down_and_up_to(36, t_s), 5.2))
    state.values[SQUAT.main] = None
    assert [e for e in finish(SQUAT, state)[1] if isinstance(e, Rep)] == []


def in_a_film(pose: Callable[[float], Stick], seconds: float, begins_s: float = 0.0) -> int:
    """How many are counted where a set may be under way when the film begins, by a clock that begins so late."""
    frames = (replace(f, t_s=f.t_s + begins_s) for f in film(pose, seconds))
    return len([e for e in follow(SQUAT, frames, running=True) if isinstance(e, Rep)])


def test_a_film_that_begins_a_moment_into_a_repetition_has_seen_the_most_of_it() -> None:
    def pose(t_s: float, begins_s: float) -> Stick:
        return Stick(knee=there_and_back(t_s + 2 + begins_s, 4, 60))

    assert in_a_film(lambda t_s: pose(t_s, 0.2), 10) == 2
    assert in_a_film(lambda t_s: pose(t_s, 0.7), 9.5) == 1


@pytest.mark.parametrize(("still_s", "counts"), [(0.4, 0), (1.3, 1)])
def test_where_the_camera_moves_the_first_counts_only_of_who_was_seen_to_stand_before_it(
    still_s: float, counts: int
) -> None:
    """Whoever bends as the film begins, while the picture moves, may be walking into it."""

    def pose(t_s: float) -> Stick:
        knee = there_and_back(t_s, 4, 60, still_s=still_s) if t_s < still_s + 5 else 4
        panned = min(1.0, max(0.0, (t_s - still_s - 1) / 0.5))
        return Stick(knee=knee, lean=knee / 3, at=(-0.2 * panned, 0))

    assert in_a_film(pose, still_s + 5.5) == counts


def test_what_a_film_cuts_is_told_whatever_its_clock_says_at_the_beginning() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=there_and_back(t_s + 2.7, 4, 60))

    assert in_a_film(pose, 9.5) == in_a_film(pose, 9.5, begins_s=100) == 1


def test_a_film_that_ends_a_third_of_the_way_back_counts_nothing() -> None:
    assert at_the_end(lambda t_s: down_and_up_to(56, t_s), 5.4) == []


def test_a_film_that_ends_while_somebody_stands_in_the_way_counts_nothing_that_nobody_saw_end() -> None:
    def ends(people: int) -> int:
        frames = [replace(f, people=people if f.t_s > 5 else 1) for f in film(lambda t: down_and_up_to(36, t), 5.6)]
        state, before = followed(SQUAT, begin(SQUAT), frames)
        assert [e for e in before if isinstance(e, Rep)] == []
        return len([e for e in finish(SQUAT, state)[1] if isinstance(e, Rep)])

    assert (ends(1), ends(2)) == (1, 0)


@pytest.mark.parametrize(("still_s", "counts"), [(0.0, 0), (0.8, 1)])
def test_one_that_comes_up_further_than_it_went_down_counts_only_of_who_was_seen_to_begin_it(
    still_s: float, counts: int
) -> None:
    """The knee is bent by 22 degrees as the film begins, goes down to 60 from there, and comes back to 4."""

    def pose(t_s: float) -> Stick:
        t_s -= still_s
        return Stick(knee=22 + 38 * min(1.0, max(0.0, t_s / 1.5)) if t_s < 2 else between(60, 4, (t_s - 2) / 1.5))

    assert in_a_film(pose, still_s + 5) == counts
