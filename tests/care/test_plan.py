from __future__ import annotations

from dataclasses import replace

import pytest

from care.stories import (
    LIBRARY,
    a_course_open,
    a_dose,
    a_history,
    a_person,
    a_plan,
    a_screening,
    a_session,
    an_item,
    day,
    done_as_planned,
    exercise,
    ids,
)
from patella.care.choice import Scope
from patella.care.course import Course
from patella.care.history import History
from patella.care.person import Habit, Knee, Person
from patella.care.plan import DayPlan, PlanItem
from patella.care.prescription import start_of
from patella.care.progression import Progress, Verdict
from patella.care.reason import Reason

BAND, SQUEEZE, BELL, WALK = (
    "terminal-knee-extension",
    "medicine-ball-squeeze",
    "kettlebell-knee-extension",
    "lateral-band-walk",
)


def item(plan: DayPlan, exercise_id: str) -> PlanItem:
    return next(i for i in plan.items if i.exercise.id == exercise_id)


def why(planned: PlanItem, about: str = "dose") -> list[Reason]:
    return [r for r in planned.because if r.about == about]


def topped(exercise_id: str, *, on: int = 8, step: int = 0, full_arc: bool | None = None) -> Progress:
    """Green at the top of the range twice running."""
    dose = a_dose(exercise_id, top=True, step=step, full_arc=full_arc)
    return Progress(
        next=dose,
        last=dose,
        verdict=Verdict.TOP_TWICE,
        inputs={"peak": 0},
        top_run=2,
        at_top=True,
        green_sessions=9,
        first_day=day(-20),
        last_day=day(on),
        last_green_day=day(on),
    )


def known(*progress: tuple[str, Progress], **changes: object) -> History:
    """A knee that has trained for a month, green throughout, on day 10."""
    course = replace(a_course_open(), first_day=day(-30), progress=dict(progress), loaded_days=(day(8),))
    return a_history(course=replace(course, **changes))  # type: ignore[arg-type]


def test_a_plan_says_what_day_it_is_for_and_how_long_it_takes() -> None:
    plan = a_plan(day(1))
    assert (plan.day, plan.scope) == (day(1), Scope.TODAY)
    assert plan.seconds == sum(i.seconds for i in plan.items)
    assert 8 * 60 < plan.seconds < 20 * 60


def test_without_a_clearance_there_is_a_plan_with_nothing_in_it() -> None:
    plan = a_plan(day(1), a_history(screened=()))
    assert (plan.items, plan.shut, plan.because, plan.seconds) == ((), (), (), 0)


def test_an_exercise_takes_as_long_as_its_sets_sides_and_rests() -> None:
    squat = item(a_plan(day(1), scope=Scope.ONE, only="squat"), "squat")
    assert squat.seconds == 5 + 2 * 8 * 6 + 60
    band = item(a_plan(day(1)), BAND)
    assert band.seconds == 5 + 2 * (2 * 6 * 6 + 8) + 60
    squeeze = item(a_plan(day(1)), SQUEEZE)
    assert squeeze.seconds == 5 + 2 * (5 * 10 + 4 * 8) + 60


def test_the_first_plan_begins_at_the_bottom_of_every_range() -> None:
    for planned in a_plan(day(1)).items:
        assert planned.asked == start_of(planned.exercise)
        assert [r.key for r in why(planned)] == ["dose_start"]


def test_a_green_session_done_in_full_asks_for_one_rep_more_next_time() -> None:
    first = a_plan(day(0))
    second = a_plan(day(2), a_history(done_as_planned(first)))
    assert item(second, BAND).asked.reps == 7
    (reason,) = why(item(second, BAND))
    assert reason.key == "dose_rise"
    assert reason.inputs["peak"] == 0


def test_nothing_rises_before_the_next_morning_is_answered() -> None:
    done = done_as_planned(a_plan(day(0)))
    plan = a_plan(day(2), a_history(done, mornings={}))
    assert item(plan, BAND).asked.reps == 6
    assert why(item(plan, BAND))[0].key == "dose_repeat_unanswered"


def test_nothing_rises_while_the_knee_is_sore_now() -> None:
    done = done_as_planned(a_plan(day(0)))
    plan = a_plan(day(2), replace(a_history(done), pain_now=3))
    assert item(plan, BAND).asked.reps == 6
    assert why(item(plan, BAND))[0].key == "dose_calm"


def test_the_sets_are_always_those_of_the_library() -> None:
    eased = an_item(BAND, replace(a_dose(BAND), sets=1))
    plan = a_plan(day(2), a_history(a_session(day(0), eased)))
    assert item(plan, BAND).asked.sets == 2


def test_the_next_level_comes_after_two_green_tops_and_seven_calm_days() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND))))
    assert item(plan, BAND).asked == a_dose(BAND, step=1)
    assert item(plan, BAND).band == "medium band"
    assert why(item(plan, BAND))[0].key == "dose_step_up"


def test_the_next_level_waits_while_amber_is_less_than_seven_days_back() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND)), amber_day=day(4)))
    assert item(plan, BAND).asked == a_dose(BAND, top=True)
    assert why(item(plan, BAND))[0].key == "dose_top_twice"


def test_at_the_top_of_all_it_stays() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND, step=2))))
    assert item(plan, BAND).asked == a_dose(BAND, top=True, step=2)
    assert why(item(plan, BAND))[0].key == "dose_top_of_all"


def test_one_level_at_a_time_and_the_lower_one_first() -> None:
    both = known((BAND, topped(BAND, step=1)), (WALK, topped(WALK)), loaded_count=2)
    plan = a_plan(day(10), both, a_person(habit=Habit.SOME))
    assert item(plan, WALK).asked.step == 1
    assert item(plan, BAND).asked.step == 1
    assert why(item(plan, BAND))[0].key == "dose_top_twice"


def test_an_advanced_exercise_takes_its_turn_last_so_that_more_pain_never_hands_it_to_another() -> None:
    opened = known((BAND, topped(BAND, step=1)), (BELL, topped(BELL)), green_loaded=6, loaded_count=3)
    locked = known((BAND, topped(BAND, step=1)), (BELL, topped(BELL)), green_loaded=5, loaded_count=3)
    calm, sore = (a_plan(day(10), h) for h in (opened, locked))
    assert BELL in ids(calm)
    assert BELL not in ids(sore)
    assert item(sore, BAND).asked.hardness <= item(calm, BAND).asked.hardness
    assert item(calm, BELL).asked.step == 0


def kettlebell(person: Person, **changes: object) -> PlanItem:
    progress = replace(topped(BELL), **changes)  # type: ignore[arg-type]
    history = known((BAND, topped(BAND, step=2)), (BELL, progress), loaded_count=3)
    return item(a_plan(day(10), history, person), BELL)


OPTED_IN = replace(a_person(), full_arc=True)


def test_the_kettlebell_begins_with_the_half_arc_and_no_weight() -> None:
    history = known((BAND, topped(BAND, step=2)), loaded_count=3)
    first = item(a_plan(day(10), history), BELL)
    assert (first.load_kg, first.arc_deg) == (0, (90, 45))
    assert why(first, "arc")[0].key == "arc_partial"
    assert why(first, "load")[0].key == "load_first"


def test_the_whole_arc_opens_for_those_who_ask_after_a_fortnight_and_four_green_sessions() -> None:
    whole = kettlebell(OPTED_IN)
    assert (whole.load_kg, whole.arc_deg) == (0, (90, 10))
    assert why(whole)[0].key == "dose_step_arc"
    assert why(whole)[0].source == "powers-2014"
    assert why(whole, "arc")[0].key == "arc_full"


def test_the_whole_arc_opens_on_the_fourteenth_day_after_the_fourth_green_session() -> None:
    just = kettlebell(OPTED_IN, first_day=day(10 - 14), green_sessions=4)
    assert just.arc_deg == (90, 10)
    assert kettlebell(OPTED_IN, first_day=day(10 - 13), green_sessions=4).arc_deg == (90, 45)


@pytest.mark.parametrize(
    ("person", "changes"),
    [
        (a_person(), {}),
        (OPTED_IN, {"first_day": day(-3)}),
        (OPTED_IN, {"green_sessions": 3}),
        (OPTED_IN, {"first_day": None}),
    ],
    ids=["not asked for", "too early", "too few green", "no first day"],
)
def test_the_whole_arc_stays_shut_for_anyone_else(person: Person, changes: dict[str, object]) -> None:
    assert kettlebell(person, **changes).arc_deg == (90, 45)


def test_weight_is_named_with_its_step() -> None:
    heavier = kettlebell(OPTED_IN, next=a_dose(BELL, step=4, full_arc=True), verdict=Verdict.RISE)
    assert heavier.load_kg == 4.08
    assert why(heavier, "load")[0].text == "4.08 kg: step 5 of 5."


def test_after_a_fortnight_away_the_dose_is_back_at_the_bottom() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND, step=1, on=-4))))
    assert item(plan, BAND).asked == a_dose(BAND, step=1)
    assert why(item(plan, BAND))[0].text.startswith("14 days since the last time")


def test_a_snack_is_one_set() -> None:
    (planned,) = a_plan(day(1), scope=Scope.SNACK).items
    assert planned.asked.sets == 1
    assert [r.key for r in why(planned)] == ["dose_start", "dose_snack"]


def sides(person: Person, of: str = BAND) -> tuple[tuple[str, ...], list[str]]:
    planned = item(a_plan(day(1), a_history(), person, scope=Scope.ONE, only=of), of)
    return planned.sides, [r.key for r in why(planned, "side")]


def test_the_sore_leg_goes_first_and_the_other_does_as_much() -> None:
    assert sides(a_person(knees=frozenset({Knee.RIGHT}))) == (("right", "left"), ["side_sore_first"])


@pytest.mark.parametrize("knees", [frozenset(), frozenset(Knee)])
def test_with_none_or_both_sore_left_goes_before_right(knees: frozenset[Knee]) -> None:
    assert sides(a_person(knees=knees)) == (("left", "right"), ["side_each"])


def test_only_the_sore_leg_is_trained_by_those_who_set_it() -> None:
    one = replace(a_person(knees=frozenset({Knee.LEFT})), one_leg=True)
    assert sides(one) == (("left",), ["side_one"])
    assert item(a_plan(day(1), a_history(), one), BAND).side == "left"


def test_what_both_legs_do_at_once_has_no_sides() -> None:
    assert sides(a_person(knees=frozenset({Knee.LEFT})), "squat") == (("both",), [])
    assert item(a_plan(day(1)), SQUEEZE).side == "both"
    assert item(a_plan(day(1)), BAND).side == "each"


def test_a_substitute_is_named_with_what_it_stands_in_for() -> None:
    plan = a_plan(day(1), a_history(), a_person(has=frozenset({"resistance-band"})))
    assert [r.text for r in why(item(plan, BAND), "equipment")] == [
        "No fixed pole or post? Use this: heavy table that cannot slide."
    ]


@pytest.mark.parametrize(
    ("exercise_id", "text"),
    [
        (BAND, "2 sets of 6 to 12 reps: the range of this exercise."),
        (SQUEEZE, "2 sets of 5 holds of 10 s: the range of this exercise."),
        ("strap-stretch", "2 sets of 1 hold of 30 s: the range of this exercise."),
    ],
)
def test_the_range_is_said_in_words(exercise_id: str, text: str) -> None:
    planned = item(a_plan(day(1), scope=Scope.ONE, only=exercise_id), exercise_id)
    assert [r.text for r in why(planned, "range")] == [text]


def test_a_range_of_one_number_is_said_as_one_number() -> None:
    from patella.care.plan import plan_for

    of = exercise("squat")
    fixed = replace(of, dose=replace(of.dose, reps=(8, 8)))
    library = replace(LIBRARY, exercises={**LIBRARY.exercises, "squat": fixed})
    (planned,) = plan_for(day(1), a_person(), a_history(), library, scope=Scope.ONE, only="squat").items
    assert why(planned, "range")[0].text == "2 sets of 8 reps: the range of this exercise."


@pytest.mark.parametrize(
    ("history", "keys"),
    [
        (a_history(), ["day_loaded"]),
        (a_history(course=Course(loaded_days=(day(9),))), ["day_light"]),
        (a_history(course=Course(sore=True)), ["day_loaded", "day_calm"]),
        (a_history(pain_now=4), ["day_loaded", "day_calm_now"]),
        (a_history(pain_now=7), ["day_loaded", "day_unload_now"]),
    ],
)
def test_the_day_says_what_shape_it_has_and_why(history: History, keys: list[str]) -> None:
    assert [r.key for r in a_plan(day(10), history).because] == keys


def test_the_day_after_a_second_red_says_that_it_unloads() -> None:
    reds = [a_session(day(n), an_item("squat", peak=8)) for n in (7, 9)]
    plan = a_plan(day(10), a_history(*reds, screened=(a_screening(day(10)),)))
    assert [r.key for r in plan.because] == ["day_light", "day_unload"]


def test_red_an_hour_after_says_its_own_number() -> None:
    done = a_session(day(0), an_item(BAND, a_dose(BAND, top=True), peak=None), after=7)
    plan = a_plan(day(2), a_history(done))
    assert why(item(plan, BAND))[0].text.startswith("Pain reached 7/10 last time.")
