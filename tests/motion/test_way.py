"""The way into a hold and out of it is told from its quick middle, as its slow ends are not to be seen."""

import math
from collections.abc import Callable
from itertools import pairwise

import pytest

from motion.rehearsal import chance
from patella.motion.easing import eased, uneased
from patella.motion.way import EVERY_S, KEPT_S, arrived, left, level, lowest, noted, still

NEAR = 2.0  # degrees


def recorded(measure: Callable[[float], float], from_s: float, to_s: float) -> list[float]:
    record: list[float] = []
    for i in range(int(from_s * 20), int(to_s * 20)):
        record = noted(record, i / 20, measure(i / 20))
    return record


def going(t_s: float, start_s: float, whole_s: float, far: float = 12.0) -> float:
    return far * eased(min(1.0, max(0.0, (t_s - start_s) / whole_s)))


def trembling(by: float, seed: int) -> Callable[[], float]:
    draw = chance(seed)
    return lambda: by * (2 * draw() - 1)


def test_a_share_of_the_way_and_the_time_at_which_it_is_gone_belong_together() -> None:
    for i in range(11):
        assert eased(uneased(i / 10)) == pytest.approx(i / 10, abs=1e-6)
    assert uneased(0.9) == pytest.approx(0.75, abs=0.01)


def test_a_record_is_of_the_last_seconds_and_an_older_one_stays_as_it_was() -> None:
    record = recorded(lambda t_s: t_s, 0, 20)
    before = list(record)
    assert noted(record, 20.2, 1.0)[-2:] == [20.2, 1.0]
    assert record == before
    times = record[::2]
    assert times[-1] - times[0] == pytest.approx(KEPT_S, abs=2 * EVERY_S)
    assert all(b - a >= EVERY_S for a, b in pairwise(times))
    assert record[1::2] == times


@pytest.mark.parametrize("whole_s", [0.8, 1.5, 3.0, 4.0])
def test_a_slow_way_there_is_over_when_it_is_and_not_when_it_begins_to_creep(whole_s: float) -> None:
    shakes = trembling(0.7, 3)
    record = recorded(lambda t_s: going(t_s, 1, whole_s) + shakes(), 0, 9)
    high = level(record, 6, 9, NEAR)
    assert high is not None
    assert high == pytest.approx(12, abs=0.5)
    found = arrived(record, 9, high, NEAR)
    assert found is not None
    assert found.s == pytest.approx(1 + whole_s, abs=0.35)
    assert found.low == pytest.approx(0, abs=1.2)


@pytest.mark.parametrize("whole_s", [0.8, 1.5, 3.0])
def test_a_slow_way_back_begins_when_it_does_and_not_when_it_is_clearly_away(whole_s: float) -> None:
    record = recorded(lambda t_s: 12 - going(t_s, 4, whole_s), 0, 8)
    found = left(record, 3, 12, NEAR, None)
    assert found is not None
    assert found.s == pytest.approx(4, abs=0.25)


def test_half_a_way_back_is_enough_where_it_is_known_from_where_it_came() -> None:
    record = recorded(lambda t_s: 12 - going(t_s, 4, 3), 0, 5.6)
    found = left(record, 3, 12, NEAR, 0.0)
    assert found is not None
    assert found.s == pytest.approx(4, abs=0.25)
    assert left(recorded(lambda t_s: 12 - going(t_s, 4, 3), 0, 5.0), 3, 12, NEAR, 0.0) is None  # too little is seen


def test_the_way_before_the_last_one_is_no_part_of_it() -> None:
    """It came down from 12, rested, and goes up again."""
    record = recorded(lambda t_s: 12 - going(t_s, 0, 1) + going(t_s, 2, 2), 0, 9)
    found = arrived(record, 9, 12, NEAR)
    assert found is not None
    assert found.s == pytest.approx(4, abs=0.25)


def test_somebody_who_comes_from_far_and_rests_on_the_way_arrives_from_where_they_rested() -> None:
    record = recorded(lambda t_s: going(t_s, 0, 1, 40) + going(t_s, 3, 2), 0, 9)
    found = arrived(record, 9, 52, NEAR)
    assert found is not None
    assert found.low == pytest.approx(40, abs=1)
    assert found.s == pytest.approx(5, abs=0.3)


def test_leaving_for_a_moment_is_neither_a_way_there_nor_a_way_back() -> None:
    record = recorded(lambda t_s: 4.0 if 6 <= t_s < 6.4 else going(t_s, 1, 1), 0, 9)
    found = arrived(record, 9, 12, NEAR)
    assert found is not None
    assert found.s == pytest.approx(2, abs=0.25)
    assert left(record, 5, 12, NEAR, None) is None


def test_who_goes_beyond_and_comes_back_at_once_has_arrived_after_that_and_who_sinks_slowly_has_not() -> None:
    quick = arrived(recorded(lambda t_s: going(t_s, 1, 1, 20) - going(t_s, 2, 1, 8), 0, 9), 9, 12, NEAR)
    assert quick is not None
    assert quick.s == pytest.approx(3, abs=0.3)
    slow = arrived(recorded(lambda t_s: going(t_s, 0, 1, 20) - going(t_s, 1, 6, 8), 0, 9), 9, 12, NEAR)
    assert slow is not None
    assert slow.s < 1.5


def test_who_stops_shortly_before_and_goes_on_arrives_after_that() -> None:
    record = recorded(lambda t_s: going(t_s, 1, 1, 15) + going(t_s, 2.4, 0.4, 3), 0, 9)
    found = arrived(record, 9, 18, NEAR)
    assert found is not None
    assert found.s == pytest.approx(2.6, abs=0.25)


def test_what_hardly_moves_is_no_way() -> None:
    shakes = trembling(1.5, 5)
    record = recorded(lambda _: 12 + shakes(), 0, 9)
    assert arrived(record, 9, 12, NEAR) is None
    assert left(record, 6, 12, NEAR, None) is None
    assert arrived([], 9, 12, NEAR) is None


def test_swaying_is_not_still_and_trembling_is() -> None:
    shakes = trembling(1.5, 7)
    sways = recorded(lambda t_s: 6 * math.sin(t_s), 0, 9)
    assert not still(sways, 0, 9, 2 * NEAR)
    assert still(recorded(lambda _: 12 + shakes(), 0, 9), 0, 9, 2 * NEAR)
    assert still(sways, 30, 40, 2 * NEAR)  # nothing is known of then


def test_where_it_is_held_is_the_middle_of_what_is_near_its_most_and_nothing_where_nothing_was_read() -> None:
    record = recorded(lambda t_s: going(t_s, 1, 1), 0, 9)
    assert level(record, 0, 9, NEAR) == pytest.approx(12, abs=0.1)
    assert level(record, 30, 40, NEAR) is None
    assert lowest(record, 0) == 0
    assert lowest(record, 4) == pytest.approx(12)
    assert lowest(record, 30) == math.inf
