from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from care.stories import LIBRARY, Story, a_course_open, a_history, a_person, a_plan, day, stories
from patella.care.choice import Scope
from patella.care.entries.field import read, write
from patella.care.entries.of_session import PlannedTask
from patella.care.person import Knee
from patella.care.task import Task, gear_for, seconds_left, task_in, task_of, tell_task


@settings(max_examples=60)
@given(stories)
def test_a_task_survives_the_log(story: Story) -> None:
    for item in story.plan.items:
        task = task_of(item)
        assert task_in(read(PlannedTask, json.loads(json.dumps(write(tell_task(task)))))) == task


@pytest.mark.parametrize("exercise_id", list(LIBRARY.exercises))
def test_every_exercise_becomes_a_task_that_survives_the_log(exercise_id: str) -> None:
    (item,) = a_plan(day(20), a_history(course=a_course_open()), scope=Scope.ONE, only=exercise_id).items
    task = task_of(item)
    assert task_in(read(PlannedTask, json.loads(json.dumps(write(tell_task(task)))))) == task
    assert task.exercise_id == exercise_id
    assert task.because == item.because
    assert (task.tempo is None) == (task.asked.reps is None)


def test_a_task_of_an_exercise_that_has_left_the_library_asks_for_nothing() -> None:
    (item,) = a_plan(day(20), a_history(course=a_course_open()), scope=Scope.ONE, only="medicine-ball-squeeze").items
    task = task_of(item)
    assert [g.thing.id for g in gear_for(task, a_person(), LIBRARY)]
    assert gear_for(replace(task, exercise_id="gone"), a_person(), LIBRARY) == ()


def test_what_is_left_of_a_task_is_the_time_of_the_sets_that_are_still_to_be_done() -> None:
    task = a_task()
    sets = task.asked.sets * 2
    assert [seconds_left(task, sets_done=n) for n in (0, sets // 2, sets, sets + 1)] == [
        task.seconds,
        task.seconds / 2,
        0,
        0,
    ]


def a_task(*knees: Knee) -> Task:
    person = a_person(knees=frozenset(knees))
    return task_of(a_plan(day(1), a_history(), person, scope=Scope.ONE, only="clamshell").items[0])


def test_sides_are_said_in_a_word() -> None:
    squat = task_of(a_plan(day(1), scope=Scope.ONE, only="squat").items[0])
    assert (squat.side, squat.sides) == ("both", ("both",))
    assert (a_task(Knee.RIGHT).side, a_task(Knee.RIGHT).sides) == ("each", ("right", "left"))


def test_plain_values_have_the_dose_the_load_and_the_arc() -> None:
    plan = a_plan(day(20), a_history(course=a_course_open()), scope=Scope.ONE, only="kettlebell-knee-extension")
    values = write(tell_task(task_of(plan.items[0])))
    assert {k: values[k] for k in ("sets", "reps", "holds", "hold_s", "load_kg", "arc_deg", "full_arc")} == {
        "sets": 2,
        "reps": 3,
        "holds": None,
        "hold_s": None,
        "load_kg": 0.0,
        "arc_deg": [90.0, 45.0],
        "full_arc": False,
    }
