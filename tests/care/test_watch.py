"""What the diary asks to be shown to somebody: severe pain, mornings that climb, six weeks without a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from care.stories import LIBRARY, a_course_open, a_history, a_person, a_plan, a_session, an_item, day, ids
from patella.care.course import Course
from patella.care.history import History
from patella.care.outcomes import ScoreId, ScoreOfDay
from patella.care.person import Person
from patella.care.watch import Concern, Whom, Worry, concerns_on

TODAY = 50


def concerns(
    on: int = TODAY, person: Person | None = None, course: Course | None = None, **known: object
) -> tuple[Concern, ...]:
    history = replace(a_history(mornings={}), **known)  # type: ignore[arg-type]
    return concerns_on(
        day(on), person or a_person(), history, course or Course(), reasons=LIBRARY.reasons, scores=LIBRARY.scores
    )


def worries(on: int = TODAY, **known: object) -> list[Worry]:
    return [c.worry for c in concerns(on, **known)]  # type: ignore[arg-type]


def on_days(numbers: Mapping[int, int]) -> dict[date, int]:
    return {day(n): pain for n, pain in numbers.items()}


def weekly(*pains: int, end: int = TODAY) -> dict[date, int]:
    """Each morning of some weeks, the last of which ends on a day."""
    return {day(end - 7 * back - n): p for back, p in enumerate(reversed(pains)) for n in range(7)}


# --- severe


def test_pain_of_eight_on_three_days_of_seven_is_for_a_doctor_and_stops_running() -> None:
    (found,) = concerns(pains=on_days({45: 8, 47: 9, 50: 10}))
    assert (found.worry, found.whom, found.stops_running) == (Worry.SEVERE, Whom.DOCTOR, True)
    assert "8/10 or more on 3 days within a week" in found.because.text
    assert "doctor" in found.because.text
    assert found.because.inputs["days"] == 3
    assert found.because.source in LIBRARY.sources


@pytest.mark.parametrize(
    "pains",
    [{45: 8, 50: 8}, {43: 8, 47: 8, 50: 8}, {45: 7, 47: 8, 50: 8}, {45: 8, 47: 8, 51: 8}],
    ids=["two days", "one more than a week before", "one of seven", "one that lies ahead"],
)
def test_less_than_that_is_not_severe(pains: Mapping[int, int]) -> None:
    assert worries(pains=on_days(pains)) == []


def test_severe_pain_is_remembered_for_a_week_after_it_has_passed() -> None:
    pains = on_days({40: 9, 41: 9, 42: 8})
    assert [bool(worries(n, pains=pains)) for n in (42, 48, 52, 53)] == [True, True, True, False]


def test_pain_said_just_now_counts_as_today() -> None:
    known = on_days({46: 8, 48: 8, 50: 3})
    assert worries(pains=known, pain_now=8) == [Worry.SEVERE]
    assert worries(pains=known, pain_now=7) == []


def test_what_was_noted_before_somebody_saw_the_knee_is_answered() -> None:
    pains = on_days({45: 8, 47: 9, 50: 10})
    assert worries(pains=pains, seen_on=day(44)) == [Worry.SEVERE]
    assert worries(pains=pains, seen_on=day(45)) == []
    again = {**pains, **on_days({51: 8, 52: 9})}
    assert worries(52, pains=again, seen_on=day(47)) == [Worry.SEVERE]


def test_severe_pain_makes_the_days_calm_and_leaves_no_word_of_running_but_to_stop() -> None:
    pains = on_days({5: 9, 7: 9, 8: 8})
    plan = a_plan(day(10), replace(a_history(), pains=pains, pain_now=0))
    assert not plan.clearance.may_run
    assert "No running until somebody has seen this knee" in (plan.clearance.no_run_text or "")
    assert plan.because[-1].key == "day_calm_alarm"
    assert all(i.exercise.knee_load <= 1 for i in plan.items)
    seen = a_plan(day(10), replace(a_history(), pains=pains, pain_now=0, seen_on=day(9)))
    assert seen.clearance.may_run
    assert seen.concerns == ()


def test_after_strong_pain_a_day_without_a_word_is_no_full_day() -> None:
    """9 of 10 yesterday, and nobody has said how it is today."""
    silent = replace(a_history(), pains=on_days({9: 9}))
    plan = a_plan(day(10), silent)
    assert plan.because[-1].key == "day_calm_wary"
    assert all(i.exercise.knee_load <= 1 for i in plan.items)
    assert a_plan(day(10), replace(silent, pain_now=1)).because[-1].key == "day_loaded"
    calmer = a_plan(day(10), replace(silent, pains=on_days({8: 9, 9: 2})))
    assert calmer.because[-1].key == "day_loaded"
    long_ago = a_plan(day(10), replace(silent, pains=on_days({1: 9})))
    assert long_ago.because[-1].key == "day_loaded"


# --- climbing


def test_mornings_that_climb_two_weeks_running_are_for_a_physiotherapist() -> None:
    (found,) = concerns(mornings=weekly(1, 2, 3))
    assert (found.worry, found.whom, found.stops_running) == (Worry.CLIMBING, Whom.PHYSIOTHERAPIST, False)
    assert "1/10 was usual, now it is 3/10" in found.because.text


def test_a_morning_pain_that_creeps_from_nothing_to_seven_in_four_weeks_is_told() -> None:
    """The week-by-week creep that a moving yardstick follows upwards."""
    creep = {day(n): round(n / 4) for n in range(29)}
    first = next(n for n in range(29) if worries(n, mornings={d: p for d, p in creep.items() if d <= day(n)}))
    assert first <= 21


@pytest.mark.parametrize(
    "mornings", [weekly(2, 2, 4), weekly(3, 2, 4), weekly(2, 2, 2), weekly(3, 2, 1), weekly(2, 3), weekly(1, 2)]
)
def test_mornings_that_go_up_and_down_or_rise_once_are_not_climbing(mornings: dict[date, int]) -> None:
    assert worries(mornings=mornings) == []


def test_too_few_mornings_say_nothing_about_climbing() -> None:
    few = {d: p for d, p in weekly(1, 3, 5).items() if d not in (day(46), day(47), day(48), day(49), day(50))}
    assert worries(mornings=few) == []


def test_a_climb_that_somebody_has_seen_is_not_told_again() -> None:
    assert worries(mornings=weekly(1, 2, 3), seen_on=day(45)) == []


# --- no change in six weeks


def trained(**changes: object) -> Course:
    """Six weeks with two stronger sessions in each, up to now."""
    course = Course(first_day=day(TODAY - 42), last_day=day(TODAY - 1), loaded_count=12)
    return replace(course, **changes)  # type: ignore[arg-type]


FIRST_WEEK = {day(TODAY - 42 + n): 4 for n in range(7)}
LAST_WEEK = {day(TODAY - n): 3 for n in range(7)}
SAME = {**FIRST_WEEK, **LAST_WEEK}


def test_six_weeks_of_exercises_without_a_change_are_for_a_physiotherapist() -> None:
    (found,) = concerns(course=trained(), mornings=SAME)
    assert (found.worry, found.whom) == (Worry.UNCHANGED, Whom.PHYSIOTHERAPIST)
    assert found.because.text.startswith("6 weeks of exercises, and your mornings are about where they were: 4/10 then")


def better(points: int) -> dict[date, int]:
    return {**FIRST_WEEK, **dict.fromkeys(LAST_WEEK, 4 - points)}


@pytest.mark.parametrize(
    ("course", "mornings"),
    [
        (Course(), SAME),
        (trained(first_day=day(TODAY - 41)), SAME),
        (trained(loaded_count=11), SAME),
        (trained(last_day=day(TODAY - 15)), SAME),
        (trained(), better(2)),
        (trained(), {**FIRST_WEEK, **dict.fromkeys(LAST_WEEK, 1)}),
        (trained(), dict.fromkeys(SAME, 1)),
        (trained(), FIRST_WEEK),
    ],
    ids=[
        "not begun", "not six weeks yet", "hardly trained", "not lately", "better by two", "well now", "well all along",
        "no mornings lately",
    ],
)  # fmt: skip
def test_it_is_not_said_where_it_is_not_so(course: Course, mornings: dict[date, int]) -> None:
    assert worries(course=course, mornings=mornings) == []


def test_better_by_one_is_no_change() -> None:
    assert worries(course=trained(), mornings=better(1)) == [Worry.UNCHANGED]


def test_without_the_mornings_of_the_beginning_what_was_said_then_counts() -> None:
    late = trained(first_day=day(TODAY - 60))
    assert worries(course=late, mornings=LAST_WEEK, person=a_person(usual_pain=4)) == [Worry.UNCHANGED]
    assert worries(course=late, mornings=LAST_WEEK, person=a_person(usual_pain=5)) == []
    assert worries(course=late, mornings=LAST_WEEK, person=a_person(usual_pain=None)) == []


def given(score: ScoreId, *values: tuple[int, float]) -> tuple[ScoreOfDay, ...]:
    return tuple(ScoreOfDay(score=score, day=day(on), value=value) for on, value in values)


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        (given(ScoreId.AKPS, (8, 70), (50, 90)), False),
        (given(ScoreId.AKPS, (8, 70), (50, 73)), True),
        (given(ScoreId.AKPS, (8, 70), (10, 90)), True),
        (given(ScoreId.AKPS, (50, 90)), True),
        (given(ScoreId.GROC, (50, 5)), False),
        (given(ScoreId.GROC, (50, 1)), True),
        ((), True),
    ],
    ids=["much better", "about the same", "too early to tell", "given once", "says better", "says the same", "none"],
)
def test_a_score_that_has_become_better_is_a_change_and_anything_less_is_none(
    scores: Sequence[ScoreOfDay], *, told: bool
) -> None:
    assert (worries(course=trained(), mornings=SAME, scores=scores) == [Worry.UNCHANGED]) is told


def test_once_seen_it_takes_six_more_weeks() -> None:
    assert worries(course=trained(), mornings=SAME, seen_on=day(TODAY - 10)) == []
    later = {day(n): 3 for n in range(TODAY - 10, TODAY + 40)}
    course = trained(last_day=day(TODAY + 39), loaded_count=24)
    assert worries(TODAY + 31, course=course, mornings=later, seen_on=day(TODAY - 10)) == []
    assert worries(TODAY + 32, course=course, mornings=later, seen_on=day(TODAY - 10)) == [Worry.UNCHANGED]


# --- the end of the programme


def at_the_end(on: int = 84, **changes: object) -> History:
    """Twelve green weeks and quiet mornings."""
    course = replace(
        a_course_open(), first_day=day(0), last_day=day(82), green_loaded=24, loaded_count=36, loaded_days=(day(82),)
    )
    history = a_history(course=course, mornings={day(on - n): 0 for n in range(20)})
    return replace(history, **changes)  # type: ignore[arg-type]


def test_after_twelve_green_weeks_the_end_is_said_with_what_keeps_it() -> None:
    end = a_plan(day(84), screened_lately(at_the_end())).end
    assert end is not None
    assert "this is the end of the programme" in end.text
    assert "five minutes on two or three days a week" in end.text
    assert end.source == "bickel-2011"


def screened_lately(history: History) -> History:
    again = replace(history.screened[-1], day=day(80))
    return replace(history, screened=(again,))


def course(**changes: object) -> dict[str, object]:
    return {"course": replace(at_the_end().course, **changes)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "person"),
    [
        (course(first_day=day(1)), a_person()),
        (course(first_day=None, last_day=None), a_person()),
        (course(green_loaded=23), a_person()),
        (course(amber_day=day(57)), a_person()),
        (course(last_day=day(70)), a_person()),
        ({"mornings": {}}, a_person()),
        ({"mornings": {day(84 - n): 3 if n == 9 else 0 for n in range(14)}}, a_person()),
        ({"pains": {day(80): 4}}, a_person()),
        ({"mornings": weekly(1, 2, 3, end=84), "pains": {}}, a_person()),
        ({}, replace(a_person(), maintenance=False)),
        ({}, replace(a_person(), maintenance=True)),
    ],
    ids=[
        "a day too early", "never trained", "too few green", "amber lately", "not trained lately", "no mornings",
        "a sore morning", "pain in between", "a concern", "went on", "keeps it already",
    ],
)  # fmt: skip
def test_the_end_is_not_said_where_not_all_is_well_or_it_was_said_before(
    changes: dict[str, object], person: Person
) -> None:
    assert a_plan(day(84), screened_lately(at_the_end(84, **changes)), person).end is None


KEEPS = replace(a_person(), maintenance=True)


def test_keeping_it_is_two_exercises_of_one_set_in_about_five_minutes() -> None:
    plan = a_plan(day(84), screened_lately(at_the_end()), KEEPS)
    assert len(plan.items) == 2
    assert [i.exercise.aim.value for i in plan.items] == ["knee", "hip"]
    assert all(i.asked.sets == 1 for i in plan.items)
    assert 2 * 60 < plan.seconds < 8 * 60
    assert plan.because[0].key == "day_kept"
    assert "dose_kept" in {r.key for i in plan.items for r in i.because}


def test_in_between_there_is_nothing_to_do_and_it_is_said() -> None:
    plan = a_plan(day(83), screened_lately(at_the_end()), KEEPS)
    assert plan.items == ()
    assert plan.because[0].key == "day_kept_free"


def test_who_keeps_it_may_have_the_whole_of_it_any_day_and_nothing_climbs_by_itself() -> None:
    whole = a_plan(day(84), screened_lately(at_the_end()), KEEPS, scope=type(a_plan(day(0)).scope).FULL)
    assert len(whole.items) > 6
    assert whole.because[0].key == "day_loaded"


def test_a_sore_knee_that_keeps_it_has_a_calm_day() -> None:
    sore = a_history(a_session(day(82), an_item("squat", peak=2), after=4), course=at_the_end().course)
    plan = a_plan(day(84), screened_lately(sore), KEEPS)
    assert ids(plan) == ["terminal-knee-extension", "glute-bridge"]
    assert plan.because[-1].key == "day_calm"


def test_the_reasons_of_the_watch_have_a_source_and_say_whom_to_see() -> None:
    for worry in Worry:
        assert LIBRARY.reasons[worry.value].source in LIBRARY.sources
        assert "{whom}" in LIBRARY.reasons[worry.value].text


def test_what_is_urgent_is_said_alone() -> None:
    climbing = weekly(5, 7, 9)
    assert worries(mornings=climbing, pains={d: n for d, n in climbing.items() if n > 7}) == [Worry.SEVERE]
    assert worries(mornings=climbing) == [Worry.CLIMBING]
