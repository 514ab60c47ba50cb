from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from care.stories import (
    LIBRARY,
    a_course_open,
    a_dose,
    a_history,
    a_person,
    a_screening,
    a_session,
    an_item,
    at,
    day,
    exercise,
)
from patella.care.clearance import clear
from patella.care.course import Course, follow
from patella.care.fact import Fact
from patella.care.history import History
from patella.care.opening import Day, Ease, missing_things, shut_by, why_resting, why_shut
from patella.care.person import Person
from patella.care.progression import Progress, Verdict, beginning

BELL, BAND = "kettlebell-knee-extension", "terminal-knee-extension"
EVERYTHING = frozenset(LIBRARY.equipment)


def a_day(
    on: date,
    course: Course | None = None,
    *,
    history: History | None = None,
    person: Person | None = None,
    pain_now: int | None = None,
) -> Day:
    history, person = history or a_history(), person or a_person()
    course = course or follow(Course(), history.sessions, LIBRARY.exercises, person=person, mornings=history.mornings)
    clearance = clear(on, history, course, LIBRARY.questionnaire.texts)
    return Day(date=on, person=person, course=course, clearance=clearance, library=LIBRARY, pain_now=pain_now)


@pytest.mark.parametrize(
    ("pain_now", "ease"), [(None, Ease.OPEN), (2, Ease.OPEN), (3, Ease.CALM), (5, Ease.CALM), (6, Ease.UNLOAD)]
)
def test_pain_now_decides_how_easy_the_day_has_to_be(pain_now: int | None, ease: Ease) -> None:
    assert a_day(day(1), pain_now=pain_now).ease is ease


def test_in_cautious_mode_pain_of_three_asks_for_a_day_of_nothing() -> None:
    assert a_day(day(1), pain_now=3, person=a_person(cautious=True)).ease is Ease.UNLOAD


def test_a_knee_that_was_sore_after_last_time_has_a_calm_day() -> None:
    assert a_day(day(1), Course(sore=True)).ease is Ease.CALM
    assert a_day(day(1), Course(sore=True), pain_now=7).ease is Ease.UNLOAD


def test_a_second_red_within_a_week_unloads_for_forty_eight_hours() -> None:
    course = Course(red_pattern=at(day(5), 23))
    assert [a_day(day(n), course).is_unloading for n in (5, 6, 7, 8)] == [True, True, True, False]
    assert a_day(day(6), course).ease is Ease.UNLOAD


def test_stronger_exercises_come_every_other_day() -> None:
    course = Course(loaded_days=(day(0),))
    assert [a_day(day(n), course).may_load for n in (0, 1, 2)] == [False, False, True]


def test_stronger_exercises_come_three_times_in_seven_days_at_most() -> None:
    course = Course(loaded_days=(day(0), day(2), day(4)))
    assert [a_day(day(n), course).may_load for n in (6, 7, 8)] == [False, True, True]


def test_a_stronger_day_that_lies_ahead_counts_as_just_behind() -> None:
    assert not a_day(day(0), Course(loaded_days=(day(1),))).may_load


def test_a_first_day_may_be_a_stronger_one() -> None:
    assert a_day(day(0)).may_load


def test_pain_now_that_is_usual_for_a_knee_leaves_the_day_open() -> None:
    def ease(pain_now: int, usual: float | None, *, cautious: bool = False) -> Ease:
        return replace(a_day(day(1), pain_now=pain_now, person=a_person(cautious=cautious)), usual=usual).ease

    assert [ease(n, 3.0) for n in (2, 3, 4, 6)] == [Ease.OPEN, Ease.OPEN, Ease.CALM, Ease.UNLOAD]
    assert ease(3, 2.5) is Ease.CALM
    assert ease(3, None) is Ease.CALM
    assert ease(6, 8.0) is Ease.UNLOAD
    assert ease(3, 3.0, cautious=True) is Ease.UNLOAD


def test_a_sore_knee_has_its_calm_day_also_where_pain_now_is_usual() -> None:
    assert replace(a_day(day(1), Course(sore=True), pain_now=3), usual=3.0).ease is Ease.CALM


def test_levels_rise_only_after_seven_days_without_a_flare_and_steady_amber_is_none() -> None:
    course = Course(amber_day=day(0), flare_day=day(0))
    assert a_day(day(1), Course(amber_day=day(0))).is_quiet
    assert [a_day(day(n), course).is_quiet for n in (6, 7)] == [False, True]
    assert a_day(day(1)).is_quiet


def test_levels_do_not_rise_on_a_sore_day_or_while_something_is_swapped() -> None:
    assert not a_day(day(1), Course(sore=True)).is_quiet
    assert not a_day(day(1), pain_now=3).is_quiet
    red = Progress(next=a_dose("squat"), verdict=Verdict.SWAP, inputs={}, last_day=day(0))
    assert not a_day(day(1), Course(progress={"squat": red})).is_quiet


@pytest.mark.parametrize("fact", list(Fact))
def test_a_gate_shuts_exactly_the_exercises_that_name_it(fact: Fact) -> None:
    screened = a_screening(day(0))
    screened = replace(screened, screening=replace(screened.screening, facts=frozenset({fact})))
    today = a_day(day(1), history=a_history(screened=(screened,)))
    for of in LIBRARY.exercises.values():
        gate = shut_by(today, of)
        named = [g for g in of.gates if g.fact is fact]
        assert gate == (named[0] if named else None)
        if gate:
            why = why_shut(today, of)
            assert why is not None
            assert (why.key, why.text, why.source) == ("shut_gate", of.words.gates[fact.value], gate.source)


def test_every_answer_that_shuts_something_shuts_at_least_one_exercise() -> None:
    gated = {g.fact for of in LIBRARY.exercises.values() for g in of.gates}
    assert gated == set(Fact)


def kettlebell(**changes: object) -> str | None:
    course = replace(a_course_open(), **changes)  # type: ignore[arg-type]
    why = why_shut(a_day(day(20), course), exercise(BELL))
    return why.key if why else None


def test_the_kettlebell_opens_when_all_that_it_asks_is_behind() -> None:
    assert kettlebell() is None


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"first_day": None}, "shut_days"),
        ({"first_day": day(14)}, "shut_days"),
        ({"green_loaded": 2}, "shut_green"),
        ({"amber_day": day(13)}, "shut_amber"),
        ({"amber_day": day(12)}, None),
        ({"first_day": day(13)}, None),
    ],
)
def test_the_kettlebell_is_shut_while_anything_of_it_is_missing(changes: dict[str, object], key: str | None) -> None:
    assert kettlebell(**changes) == key


@pytest.mark.parametrize(
    ("band", "key"),
    [
        (None, "shut_top"),
        (beginning(exercise(BAND)), "shut_top"),
        (replace(beginning(exercise(BAND)), top_run=1), None),
        (replace(beginning(exercise(BAND)), next=a_dose(BAND, step=1)), None),
    ],
    ids=["never", "begun", "at the top", "on a level above the top"],
)
def test_what_opens_after_the_top_of_another_waits_for_it(band: Progress | None, key: str | None) -> None:
    bell = exercise(BELL)
    assert bell.unlock is not None
    after_band = replace(bell, unlock=replace(bell.unlock, top_of=BAND))
    course = replace(a_course_open(), progress={BAND: band} if band else {})
    why = why_shut(a_day(day(20), course), after_band)
    assert (why.key if why else None) == key


def test_pain_above_two_in_between_shuts_the_kettlebell_for_a_week_too() -> None:
    today = a_day(day(20), a_course_open())
    for on, key in ((12, None), (13, "shut_amber"), (19, "shut_amber")):
        why = why_shut(replace(today, pains={day(on): 3}, pain_now=0), exercise(BELL))
        assert (why.key if why else None) == key


def test_the_calm_days_after_an_injury_are_no_days_of_the_programme() -> None:
    today = a_day(day(20), a_course_open())
    for until, key in ((day(13), None), (day(14), "shut_days"), (day(30), "shut_days"), (day(-9), None)):
        why = why_shut(replace(today, clearance=replace(today.clearance, calm_until=until)), exercise(BELL))
        assert (why.key if why and why.key != "shut_calm" else None) == key


def test_what_was_asked_for_by_name_opens_as_long_as_the_knee_is_calm() -> None:
    assert why_shut(replace(a_day(day(1)), wish=True), exercise(BELL)) is None
    lately = replace(a_day(day(20), replace(a_course_open(), amber_day=day(14))), wish=True)
    shut = why_shut(lately, exercise(BELL))
    assert shut is not None
    assert shut.key == "shut_amber"


def test_the_kettlebell_is_shut_at_pain_above_two_before_it() -> None:
    shut = why_shut(a_day(day(20), a_course_open(), pain_now=3), exercise(BELL))
    assert shut is not None
    assert shut.text == "Not at 3/10 before you begin; up to 2 is fine."
    assert why_shut(a_day(day(20), a_course_open(), pain_now=2), exercise(BELL)) is None


def test_what_loads_the_knee_is_shut_on_a_sore_day_and_what_does_not_is_open() -> None:
    calm = a_day(day(1), Course(sore=True))
    shut = {of.id for of in LIBRARY.exercises.values() if why_shut(calm, of)}
    assert {of.id for of in LIBRARY.exercises.values() if of.knee_load > 1} <= shut
    assert exercise("glute-bridge").id not in shut


def test_only_the_stronger_ones_rest() -> None:
    rests = a_day(day(1), Course(loaded_days=(day(0),)))
    why = why_resting(rests, exercise("squat"))
    assert why is not None
    assert why.key == "shut_rest_day"
    assert why_resting(rests, exercise("heel-slide")) is None
    assert why_resting(a_day(day(1)), exercise("squat")) is None


def test_everything_is_at_hand_until_the_person_was_asked() -> None:
    assert not any(missing_things(a_day(day(1)), of) for of in LIBRARY.exercises.values())


def test_a_substitute_at_hand_will_do_and_everyday_things_always_are() -> None:
    bare = a_day(day(1), person=a_person(has=frozenset()))
    assert missing_things(bare, exercise(BAND)) == ("resistance-band",)
    assert missing_things(bare, exercise(BELL)) == ("kettlebell",)
    with_ball = a_day(day(1), person=a_person(has=frozenset({"tennis-ball"})))
    assert missing_things(with_ball, exercise("roll-calves")) == ()


def test_the_history_of_a_day_makes_its_course() -> None:
    sessions = (a_session(day(0), an_item("squat")),)
    assert not a_day(day(0) + timedelta(days=1), history=a_history(*sessions)).may_load


def test_what_is_not_there_is_missing_even_where_everything_is_taken_to_be() -> None:
    without = a_day(day(1), person=replace(a_person(), lacks=frozenset({"resistance-band", "towel"})))
    assert missing_things(without, exercise(BAND)) == ("resistance-band",)


@pytest.mark.parametrize(("pain_now", "key"), [(None, None), (2, None), (3, "shut_pain"), (6, "shut_pain")])
def test_the_bones_are_not_turned_above_pain_of_two(pain_now: int | None, key: str | None) -> None:
    why = why_shut(a_day(day(1), pain_now=pain_now, person=a_person(usual_pain=4)), exercise("rotate-your-bones"))
    assert (why.key if why else None) == key
    assert why is None or why.text == f"Not at {pain_now}/10 before you begin; up to 2 is fine."
