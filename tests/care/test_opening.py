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
from patella.care.opening import Day, Ease, missing_things, shut_by, stand_in, why_resting, why_shut
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
    clearance = clear(on, history, course)
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


def test_levels_rise_only_after_seven_days_without_amber() -> None:
    course = Course(amber_day=day(0))
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
        ({"first_day": day(7)}, "shut_days"),
        ({"green_loaded": 5}, "shut_green"),
        ({"progress": {}}, "shut_top"),
        ({"progress": {BAND: beginning(exercise(BAND))}}, "shut_top"),
        ({"amber_day": day(13)}, "shut_amber"),
        ({"amber_day": day(12)}, None),
        ({"first_day": day(6)}, None),
    ],
)
def test_the_kettlebell_is_shut_while_anything_of_it_is_missing(changes: dict[str, object], key: str | None) -> None:
    assert kettlebell(**changes) == key


def test_the_kettlebell_stays_open_on_the_levels_above_the_top() -> None:
    higher = replace(beginning(exercise(BAND)), next=a_dose(BAND, step=1))
    assert kettlebell(progress={BAND: higher}) is None


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
    band, bell, roll = exercise(BAND), exercise(BELL), exercise("roll-calves")
    assert stand_in(bare, band, "pole") == "heavy-table"
    assert missing_things(bare, band) == ("resistance-band",)
    assert missing_things(bare, bell) == ("kettlebell",)
    with_ball = a_day(day(1), person=a_person(has=frozenset({"tennis-ball"})))
    assert stand_in(with_ball, roll, "foam-roller") == "tennis-ball"
    with_roller = a_day(day(1), person=a_person(has=EVERYTHING))
    assert stand_in(with_roller, roll, "foam-roller") == "foam-roller"


def test_the_history_of_a_day_makes_its_course() -> None:
    sessions = (a_session(day(0), an_item("squat")),)
    assert not a_day(day(0) + timedelta(days=1), history=a_history(*sessions)).may_load
