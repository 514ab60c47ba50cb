from __future__ import annotations

import pytest
from hypothesis import given, settings

from care.stories import LIBRARY, Story, a_course_open, a_history, a_person, a_plan, day, stories
from patella.care.choice import Scope
from patella.care.script import Step, StepKind, script_of
from patella.care.task import Task, task_of


def a_task(exercise_id: str) -> Task:
    plan = a_plan(day(20), a_history(course=a_course_open()), a_person(), scope=Scope.ONE, only=exercise_id)
    return task_of(plan.items[0])


def kinds(steps: tuple[Step, ...]) -> str:
    return " ".join(s.kind.value for s in steps)


def test_both_legs_at_once_work_rest_and_work_again() -> None:
    assert kinds(script_of([a_task("squat")])) == "ready reps rest reps pain"


def test_one_leg_follows_the_other_before_the_rest() -> None:
    steps = script_of([a_task("terminal-knee-extension")])
    assert kinds(steps) == "ready reps switch reps rest reps switch reps pain"
    assert [s.side for s in steps if s.is_work] == ["left", "right", "left", "right"]


def test_holds_of_one_set_have_a_short_rest_between_them() -> None:
    steps = script_of([a_task("medicine-ball-squeeze")])
    one_set = "hold hold_rest hold hold_rest hold hold_rest hold hold_rest hold"
    assert kinds(steps) == f"ready {one_set} rest {one_set} pain"
    assert [s.hold for s in steps if s.kind is StepKind.HOLD] == [1, 2, 3, 4, 5] * 2
    assert [s.hold for s in steps if s.kind is StepKind.HOLD_REST] == [2, 3, 4, 5] * 2


def test_a_single_hold_has_no_rest_within_the_set() -> None:
    assert kinds(script_of([a_task("strap-stretch")])) == "ready hold switch hold rest hold switch hold pain"


@pytest.mark.parametrize("exercise_id", list(LIBRARY.exercises))
def test_each_side_has_each_of_its_sets_and_the_clock_is_that_of_the_plan(exercise_id: str) -> None:
    task = a_task(exercise_id)
    steps = script_of([task])
    assert sum(s.ends_set for s in steps) == task.asked.sets * len(task.sides)
    rep_s = task.tempo.rep_s if task.tempo else 0.0
    assert sum(s.seconds or (s.reps or 0) * rep_s for s in steps) == pytest.approx(task.seconds)


@settings(max_examples=30)
@given(stories)
def test_steps_are_numbered_and_end_each_task_with_its_pain(story: Story) -> None:
    tasks = [task_of(i) for i in story.plan.items]
    steps = script_of(tasks)
    assert [s.index for s in steps] == list(range(len(steps)))
    assert [s.task for s in steps if s.kind is StepKind.PAIN] == list(range(len(tasks)))
    assert [s.task for s in steps] == sorted(s.task for s in steps)
    assert all(s.seconds is None for s in steps if s.kind in (StepKind.REPS, StepKind.PAIN))
