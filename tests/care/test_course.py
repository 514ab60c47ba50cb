from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from care.stories import LIBRARY, Story, a_dose, a_person, a_session, an_item, at, day, stories
from patella.care.course import Course, counts_of, follow, with_counts
from patella.care.entries.field import plain, read
from patella.care.progression import Verdict
from patella.care.record import SessionDone

CALM = {day(n): 0 for n in range(-7, 90)}
BAND = "terminal-knee-extension"


def course_of(*sessions: SessionDone, mornings: Mapping[date, int] = CALM) -> Course:
    return follow(Course(), sessions, LIBRARY.exercises, person=a_person(), mornings=mornings)


def test_the_course_begins_with_nothing() -> None:
    assert course_of() == Course()


@settings(max_examples=40)
@given(stories)
def test_where_everything_stands_and_how_often_it_was_make_the_course_again(story: Story) -> None:
    course = story.history.course
    assert with_counts(with_counts(course, {}), counts_of(course)) == course
    assert not any(counts_of(with_counts(course, {})).values())


def test_a_session_in_which_nothing_was_begun_changes_nothing() -> None:
    empty = replace(an_item("squat", peak=None), sets=())
    assert course_of(a_session(day(0), empty)) == Course()


def test_an_exercise_that_has_left_the_library_is_passed_over() -> None:
    gone = replace(an_item("squat"), exercise_id="no-longer-here")
    assert course_of(a_session(day(0), gone)) == Course()
    assert list(course_of(a_session(day(0), gone, an_item("squat"))).progress) == ["squat"]


def test_first_and_last_day_are_kept() -> None:
    course = course_of(a_session(day(1), an_item("squat")), a_session(day(5), an_item("squat")))
    assert (course.first_day, course.last_day) == (day(1), day(5))


def test_loaded_and_light_days_are_counted_once_a_day() -> None:
    course = course_of(
        a_session(day(0), an_item("squat"), hour=8),
        a_session(day(0), an_item("glute-bridge"), hour=18),
        a_session(day(1), an_item("heel-slide"), hour=8),
        a_session(day(1), an_item("heel-slide"), hour=18),
        a_session(day(2), an_item("squat")),
    )
    assert (course.loaded_count, course.light_count) == (2, 1)
    assert course.loaded_days == (day(0), day(2))


def test_only_the_latest_loaded_days_are_kept() -> None:
    course = course_of(*(a_session(day(2 * n), an_item("squat")) for n in range(9)))
    assert course.loaded_days == tuple(day(2 * n) for n in range(2, 9))
    assert course.loaded_count == 9


def test_a_green_loaded_session_is_green_throughout() -> None:
    both = course_of(a_session(day(0), an_item("squat"), an_item("heel-slide")))
    light = course_of(a_session(day(0), an_item("heel-slide")))
    mixed = course_of(a_session(day(0), an_item("squat"), an_item("heel-slide", peak=3)))
    unanswered = course_of(a_session(day(0), an_item("squat"), an_item("heel-slide", peak=None)))
    assert [c.green_loaded for c in (both, light, mixed, unanswered)] == [1, 0, 0, 0]


def test_amber_and_red_days_are_remembered() -> None:
    amber = course_of(a_session(day(0), an_item("squat", peak=4)), a_session(day(2), an_item("squat")))
    red = course_of(a_session(day(0), an_item("squat", peak=7)), a_session(day(2), an_item("squat")))
    assert (amber.amber_day, amber.red_day) == (day(0), None)
    assert (red.amber_day, red.red_day) == (day(0), day(0))


def test_two_reds_within_seven_days_are_a_pattern_and_eight_days_apart_are_not() -> None:
    first = a_session(day(0), an_item("squat", peak=7))
    assert course_of(first).red_pattern is None
    assert course_of(first, a_session(day(6), an_item("squat", peak=7))).red_pattern == at(day(6))
    assert course_of(first, a_session(day(7), an_item("squat", peak=7))).red_pattern is None


def test_a_later_red_that_stands_alone_leaves_the_earlier_pattern() -> None:
    days = (0, 3, 30)
    course = course_of(*(a_session(day(n), an_item("squat", peak=7)) for n in days))
    assert course.red_pattern == at(day(3))
    assert course.red_day == day(30)


def test_two_red_sessions_on_one_day_are_a_pattern() -> None:
    twice = [a_session(day(0), an_item("squat", peak=7), hour=h) for h in (9, 17)]
    assert course_of(*twice).red_pattern == at(day(0), 17)


def test_the_knee_is_sore_after_red_unsettled_or_a_worse_morning_until_a_session_goes_well() -> None:
    red = a_session(day(0), an_item("squat", peak=6))
    unsettled = a_session(day(0), an_item("squat"), before=0, after=2)
    calm = a_session(day(0), an_item("squat", peak=4))
    assert course_of(red).sore
    assert course_of(unsettled).sore
    assert course_of(calm, mornings={**CALM, day(1): 2}).sore
    assert not course_of(calm).sore
    assert not course_of(red, a_session(day(2), an_item("squat"))).sore


def test_an_exercise_done_twice_in_a_session_counts_as_one_and_the_gentlest_answer_holds() -> None:
    top = a_dose(BAND, top=True)
    twice = a_session(day(0), an_item(BAND, top), an_item(BAND, top))
    assert course_of(twice).progress[BAND].verdict is Verdict.AT_TOP
    red_then_green = a_session(day(0), an_item(BAND, top, peak=7), an_item(BAND, top))
    green_then_red = a_session(day(0), an_item(BAND, top), an_item(BAND, top, peak=7))
    for session in (red_then_green, green_then_red):
        assert course_of(session).progress[BAND].verdict is Verdict.LOWER_RED


@settings(max_examples=60)
@given(stories)
def test_a_course_survives_the_log_and_folding_in_two_parts_equals_folding_at_once(story: Story) -> None:
    history, person = story.history, story.person

    def on(course: Course, sessions: tuple[SessionDone, ...]) -> Course:
        return follow(course, sessions, LIBRARY.exercises, person=person, mornings=history.mornings)

    whole = on(history.course, history.sessions)
    assert read(Course, json.loads(json.dumps(plain(whole)))) == whole
    for cut in range(len(history.sessions) + 1):
        first = on(history.course, history.sessions[:cut])
        kept = read(Course, json.loads(json.dumps(plain(first))))
        assert on(kept, history.sessions[cut:]) == whole


def test_an_empty_course_survives_the_log() -> None:
    assert read(Course, json.loads(json.dumps(plain(Course())))) == Course()
