from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from care.stories import day
from patella.care.pain import (
    Colour,
    Response,
    When,
    check_nprs,
    colour_of,
    is_morning_worse,
    is_settled,
    limits,
    span_of,
    usual_morning,
    worst_of,
)

nprs = st.integers(min_value=0, max_value=10)


@pytest.mark.parametrize(
    ("pain", "colour"),
    [(0, "green"), (1, "green"), (2, "green"), (3, "amber"), (4, "amber"), (5, "amber"), (6, "red"), (10, "red")],
)
def test_pain_is_green_to_two_amber_to_five_and_red_from_six(pain: int, colour: str) -> None:
    assert colour_of(pain) == colour


def test_in_cautious_mode_everything_above_two_is_red() -> None:
    assert [colour_of(n, cautious=True) for n in (2, 3, 6)] == ["green", "red", "red"]


@given(nprs)
def test_every_pain_lies_within_the_limits_of_its_colour_and_of_no_other(pain: int) -> None:
    for cautious in (False, True):
        within = [c for c, (least, most) in limits(cautious=cautious).items() if least <= pain <= most]
        assert within == [colour_of(pain, cautious=cautious)]


def test_the_limits_are_said_in_words_and_with_caution_there_is_no_amber() -> None:
    assert [span_of(colour) for colour in Colour] == ["0 to 2", "3 to 5", "6 or more"]
    assert {c: span_of(c, cautious=True) for c in limits(cautious=True)} == {"green": "0 to 2", "red": "3 or more"}


def test_who_is_not_said_to_be_cautious_has_amber() -> None:
    assert limits() == limits(cautious=False) != limits(cautious=True)


def test_the_moments_of_a_pain_are_called_what_the_diaries_that_there_are_call_them() -> None:
    assert list(When) == ["before", "during", "after", "morning"]


@pytest.mark.parametrize(
    ("colours", "worst"),
    [
        ([], None),
        ([None], None),
        (["green", "green"], "green"),
        (["green", None], None),
        (["amber", None, "green"], "amber"),
        (["green", "red", None], "red"),
    ],
)
def test_of_several_the_worst_counts_and_a_missing_one_never_as_green(
    colours: list[str | None], worst: str | None
) -> None:
    assert worst_of(Colour(c) if c else None for c in colours) == worst


def test_colours_rank_from_the_calmest_to_the_loudest() -> None:
    assert [c.rank for c in (Colour.GREEN, Colour.AMBER, Colour.RED)] == [0, 1, 2]


@pytest.mark.parametrize("value", [-1, 11, 2.0, "3", None, True])
def test_pain_that_is_not_a_whole_number_from_nought_to_ten_is_refused_with_a_sentence(value: object) -> None:
    with pytest.raises(ValueError, match=r"whole number from 0 \(none\) to 10 \(worst\), not"):
        check_nprs(value)


@given(nprs)
def test_every_whole_number_from_nought_to_ten_is_pain(value: int) -> None:
    assert check_nprs(value) == value


def test_an_hour_after_may_be_one_above_before() -> None:
    assert is_settled(1, 2) is True
    assert is_settled(1, 3) is False


@pytest.mark.parametrize(("before", "after"), [(None, 0), (0, None), (None, None)])
def test_whether_the_knee_settled_is_unknown_when_either_answer_is(before: int | None, after: int | None) -> None:
    assert is_settled(before, after) is None


def test_a_usual_morning_is_the_median_of_the_last_seven() -> None:
    mornings = {day(i): n for i, n in enumerate((9, 9, 1, 2, 1, 3, 1, 2, 1))}
    assert usual_morning(mornings, day(8), at_screening=7) == 1.0


def test_a_usual_morning_may_lie_between_two_numbers() -> None:
    assert usual_morning({day(i): n for i, n in enumerate((0, 1, 2, 3))}, day(3), at_screening=None) == 1.5


def test_with_fewer_than_three_mornings_the_answer_of_the_screening_counts() -> None:
    mornings = {day(0): 5, day(1): 5}
    assert usual_morning(mornings, day(1), at_screening=2) == 2.0
    assert usual_morning(mornings, day(1), at_screening=None) is None


def test_mornings_of_four_weeks_ago_and_mornings_to_come_do_not_make_a_usual_one() -> None:
    old = {day(i): 8 for i in range(3)}
    assert usual_morning(old, day(30), at_screening=7) == 7.0
    assert usual_morning(old, day(29), at_screening=7) == 7.0
    assert usual_morning(old, day(27), at_screening=7) == 8.0
    to_come = {day(i): 8 for i in range(5, 9)}
    assert usual_morning(to_come, day(4), at_screening=0) == 0.0


@given(st.dictionaries(st.integers(0, 120), nprs, max_size=40), st.none() | nprs)
@example(
    {52: 0, 70: 0, 80: 0, 118: 9, 119: 9, 120: 9}, None
)  # the first of the calm ones is four weeks old by the third
def test_a_usual_morning_is_what_its_rule_says_told_the_long_way(pains: dict[int, int], said: int | None) -> None:
    def median_up_to(last: int) -> float | None:
        lately = [pains[d] for d in sorted(pains) if last - 28 < d <= last and d > 120 - 84][-7:]
        return median(lately) if len(lately) >= 3 else None

    calmest = [m for d in pains if d > 120 - 56 and (m := median_up_to(d)) is not None]
    long_ago = any(120 - 84 < d <= 120 - 28 for d in pains)
    calmest += [] if said is None or long_ago else [said]
    latest = median_up_to(120)
    usual = said if latest is None else min([latest, *(m + 1 for m in calmest)])
    assert usual_morning({day(d): n for d, n in pains.items()}, day(120), at_screening=said) == usual


def worse_mornings(climb: list[int], *, said: int | None = 0) -> list[int]:
    """The numbers of the days whose next morning was worse than a usual one."""
    mornings = {day(i): n for i, n in enumerate(climb)}
    worse = []
    for number in range(len(climb) - 1):
        usual = usual_morning(mornings, day(number), at_screening=said)
        if is_morning_worse(mornings, day(number), usual=usual):
            worse.append(number)
    return worse


def test_mornings_that_climb_from_nought_to_seven_in_four_weeks_are_worse_all_the_way_up() -> None:
    climb = [n // 4 for n in range(32)]
    assert climb[-1] == 7
    for said in (0, None):
        assert set(range(8, 31)) <= set(worse_mornings(climb, said=said))


def test_mornings_that_climb_by_half_a_point_a_week_are_worse_too() -> None:
    assert set(range(28, 99)) <= set(worse_mornings([n // 14 for n in range(100)]))


def test_a_knee_that_always_says_three_or_four_is_never_worse_for_it() -> None:
    assert worse_mornings([3, 4, 3, 3, 4, 3, 3] * 12, said=3) == []


def test_after_eight_weeks_a_new_level_is_the_usual_one() -> None:
    worse = worse_mornings([0] * 28 + [3] * 90)
    assert (worse[0], worse[-1]) == (27, 27 + 56 + 2)


def test_what_was_said_is_a_yardstick_only_while_the_mornings_are_few() -> None:
    mornings = [3] * 60
    assert worse_mornings(mornings, said=0) == list(range(28))
    assert worse_mornings(mornings, said=3) == []


def test_a_morning_is_worse_by_two_points() -> None:
    assert is_morning_worse({day(1): 3}, day(0), usual=1.0) is True
    assert is_morning_worse({day(1): 2}, day(0), usual=1.0) is False


def test_one_point_more_is_worse_only_when_it_comes_twice_running() -> None:
    assert is_morning_worse({day(0): 2, day(1): 2}, day(0), usual=1.0) is True
    assert is_morning_worse({day(0): 1, day(1): 2}, day(0), usual=1.0) is False
    assert is_morning_worse({day(0): 2, day(1): 1}, day(0), usual=1.0) is False


def test_whether_a_morning_is_worse_is_unknown_without_it_or_without_a_usual_one() -> None:
    assert is_morning_worse({day(0): 9}, day(0), usual=1.0) is None
    assert is_morning_worse({day(1): 9}, day(0), usual=None) is None


@given(st.lists(nprs, min_size=9, max_size=9), nprs)
def test_more_pain_the_next_morning_is_never_less_worse(values: list[int], more: int) -> None:
    mornings = {day(i): n for i, n in enumerate(values)}
    on = day(7)
    usual = usual_morning(mornings, on, at_screening=None)
    sorer = {**mornings, day(8): min(10, values[8] + more)}
    assert usual_morning(sorer, on, at_screening=None) == usual
    assert is_morning_worse(sorer, on, usual=usual) or not is_morning_worse(mornings, on, usual=usual)


def a_response(
    peak: int | None = 0,
    *,
    settled: bool | None = True,
    worse: bool | None = False,
    after: int | None = None,
    cautious: bool = False,
) -> Response:
    return Response(peak=peak, settled=settled, morning_worse=worse, after=after, cautious=cautious)


def test_what_nobody_answered_is_unknown_and_no_number() -> None:
    bare = Response(peak=1, settled=True, morning_worse=False)
    assert (bare.before, bare.after, bare.morning, bare.usual) == (None,) * 4


@pytest.mark.parametrize(
    ("response", "colour"),
    [
        (a_response(2), "green"),
        (a_response(3), "amber"),
        (a_response(3, cautious=True), "red"),
        (a_response(6), "red"),
        (a_response(0, settled=False), "amber"),
        (a_response(0, worse=True), "amber"),
        (a_response(0, after=6), "red"),
        (a_response(0, after=5), "amber"),
        (a_response(7, settled=False, worse=True), "red"),
    ],
)
def test_the_colour_is_the_worst_of_the_peak_the_hour_after_and_the_morning(response: Response, colour: str) -> None:
    assert response.complete
    assert response.colour == colour


@pytest.mark.parametrize("response", [a_response(None), a_response(settled=None), a_response(worse=None)])
def test_a_missing_answer_never_counts_as_green(response: Response) -> None:
    assert not response.complete
    assert response.colour is None


@pytest.mark.parametrize(
    ("response", "colour"), [(a_response(None, settled=False), "amber"), (a_response(8, settled=None), "red")]
)
def test_what_is_known_to_be_bad_counts_though_an_answer_is_missing(response: Response, colour: str) -> None:
    assert response.colour == colour


def test_a_response_is_unsettled_when_either_is_known_to_have_gone_badly() -> None:
    assert a_response(settled=False, worse=None).unsettled
    assert a_response(settled=None, worse=True).unsettled
    assert not a_response(settled=None, worse=None).unsettled


def steady(peak: int | None = 4, **changes: object) -> Response:
    """Case: usual pain 3; before 3, during 4, after 3, the morning 3."""
    calm = Response(
        peak=peak, settled=True, morning_worse=False, before=3, after=3, morning=3, usual=3.0, cautious=False
    )
    return replace(calm, **changes)  # type: ignore[arg-type]


def test_amber_that_is_usual_for_a_knee_and_settles_is_steady() -> None:
    assert steady().steady
    assert steady(peak=1).steady  # amber by the hour after
    assert steady(peak=3, before=2, after=2, morning=2, usual=2.0).steady


@pytest.mark.parametrize(
    "response",
    [
        steady(5),
        steady(settled=False),
        steady(morning_worse=True),
        steady(morning=4),
        steady(usual=2.5),
        steady(usual=None),
        steady(morning=None),
        steady(None),
        steady(settled=None),
        steady(after=5),
        steady(6, usual=6.0),
        steady(cautious=True),
        steady(2, before=2, after=2),
    ],
)
def test_amber_that_is_more_than_usual_or_not_all_known_is_not_steady_nor_is_green_or_red(response: Response) -> None:
    assert not response.steady


def test_the_next_morning_is_the_one_after_the_day_across_a_leap_day() -> None:
    before_leap_day = day(0).replace(year=2028, month=2, day=28)
    mornings = {before_leap_day + timedelta(days=1): 5}
    assert str(*mornings) == "2028-02-29"
    assert is_morning_worse(mornings, before_leap_day, usual=0.0) is True


def test_a_usual_morning_is_the_one_in_the_middle_or_halfway_between_the_two() -> None:
    assert usual_morning({day(i): n for i, n in enumerate((0, 5, 1))}, day(2), at_screening=None) == 1.0
    assert usual_morning({day(i): n for i, n in enumerate((4, 0, 5, 1))}, day(3), at_screening=None) == 2.5
