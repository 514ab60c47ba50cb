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
    a_story,
    a_yes,
    an_item,
    at,
    day,
    done_as_planned,
    exercise,
    ids,
)
from patella.care.choice import Scope
from patella.care.course import Course
from patella.care.history import History
from patella.care.item import PlanItem
from patella.care.person import Habit, Knee, Person
from patella.care.plan import DayPlan
from patella.care.prescription import start_of
from patella.care.progression import Progress, Verdict, beginning
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
    lately = {"strap-stretch": beginning(exercise("strap-stretch"))}
    lately = {e: replace(p, last_day=day(9), first_day=day(9)) for e, p in lately.items()}
    course = replace(a_course_open(), first_day=day(-30), progress={**lately, **dict(progress)}, loaded_days=(day(8),))
    return a_history(course=replace(course, **changes))  # type: ignore[arg-type]


SQUATTING = replace(topped("squat"), next=a_dose("squat"), last=a_dose("squat"), verdict=Verdict.RISE, at_top=False)
SQUATS = ((BAND, topped(BAND)), ("squat", SQUATTING))


def only(exercise_id: str, history: History) -> DayPlan:
    return a_plan(day(10), history, scope=Scope.ONE, only=exercise_id)


def test_a_plan_says_what_day_it_is_for_and_how_long_it_takes() -> None:
    plan = a_plan(day(1), person=a_person(habit=Habit.SOME))
    assert (plan.day, plan.scope) == (day(1), Scope.TODAY)
    assert plan.seconds == sum(i.seconds for i in plan.items)
    assert 8 * 60 < plan.seconds < 21 * 60


def test_without_a_clearance_there_is_a_plan_with_nothing_in_it() -> None:
    plan = a_plan(day(1), a_history(screened=()))
    assert (plan.items, plan.shut, plan.because, plan.seconds) == ((), (), (), 0)


def test_an_exercise_takes_as_long_as_its_sets_sides_and_rests() -> None:
    squat = item(a_plan(day(1), scope=Scope.ONE, only="squat"), "squat")
    assert squat.seconds == 20 + 2 * 8 * 6 + 60
    band = item(a_plan(day(1)), BAND)
    assert band.seconds == 20 + 2 * (2 * 6 * 6 + 8) + 60
    squeeze = item(a_plan(day(1)), SQUEEZE)
    assert squeeze.seconds == 20 + 2 * (5 * 10 + 4 * 8) + 60


def test_the_first_plan_begins_at_the_bottom_of_every_range() -> None:
    for habit in (Habit.NONE, Habit.SOME):
        for planned in a_plan(day(1), person=a_person(habit=habit)).items:
            assert planned.asked == start_of(planned.exercise)
            assert [r.key for r in why(planned)] == ["dose_start"]


def first_of(exercise_id: str, *, pain_now: int = 0) -> PlanItem:
    """The first time of an exercise for somebody who trains hips regularly."""
    history = a_history(course=a_course_open(), pain_now=pain_now)
    return a_plan(day(20), history, scope=Scope.ONE, only=exercise_id).items[0]


def test_who_trains_hips_regularly_starts_them_in_the_middle_of_the_range() -> None:
    side, plank = first_of("side-lying-hip-abduction"), first_of("side-plank")
    assert (side.asked.reps, why(side)[0].key) == (10, "dose_start_trained")
    assert plank.asked.hold_s == (plank.exercise.dose.hold_s or 0) // 2 + (plank.exercise.dose.hold_top_s or 0) // 2


@pytest.mark.parametrize(("exercise_id", "pain_now"), [("lateral-step-down", 0), (BAND, 0), ("clamshell", 3)])
def test_what_loads_the_knee_more_and_a_sore_day_start_at_the_bottom_for_everybody(
    exercise_id: str, pain_now: int
) -> None:
    planned = first_of(exercise_id, pain_now=pain_now)
    sets = planned.exercise.dose.sets if pain_now == 0 else 2
    assert planned.asked == replace(start_of(planned.exercise), sets=sets)
    assert why(planned)[0].key == "dose_start"


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
    plan = only(BAND, known((BAND, topped(BAND))))
    assert item(plan, BAND).asked == a_dose(BAND, step=1)
    assert item(plan, BAND).band == "medium band"
    assert why(item(plan, BAND))[0].key == "dose_step_up"


def test_the_next_level_waits_while_a_flare_is_less_than_seven_days_back() -> None:
    plan = only(BAND, known((BAND, topped(BAND)), flare_day=day(4)))
    assert item(plan, BAND).asked == a_dose(BAND, top=True)
    assert why(item(plan, BAND))[0].key == "dose_top_twice"


def test_what_asks_nothing_of_the_knee_rises_and_goes_up_a_level_on_a_calm_day_and_not_on_one_of_rest() -> None:
    side = "side-lying-hip-abduction"

    def planned(progress: Progress, pain_now: int) -> PlanItem:
        history = replace(known((side, progress), flare_day=day(9), sore=True), pain_now=pain_now)
        return a_plan(day(10), history, scope=Scope.ONE, only=side).items[0]

    risen = replace(topped(side), verdict=Verdict.RISE, last=a_dose(side), next=replace(a_dose(side), reps=9))
    assert planned(risen, 4).asked.reps == 9
    assert planned(risen, 7).asked.reps == 8
    assert why(planned(risen, 7))[0].key == "dose_calm"


def test_pain_now_is_held_against_the_usual_as_of_the_last_session() -> None:
    person = a_person(usual_pain=3)
    assert [r.key for r in a_plan(day(1), a_history(pain_now=3), person).because] == ["day_loaded", "day_usual_now"]
    assert a_plan(day(1), a_history(pain_now=3), a_person(usual_pain=None)).because[1].key == "day_calm_now"
    before = {day(n): 1 for n in range(-6, 1)}
    since = {day(n): 3 for n in range(1, 9)}
    trained = a_history(a_session(day(0), an_item(BAND)), mornings={**before, **since}, pain_now=3)
    assert a_plan(day(9), trained, a_person(usual_pain=1)).because[1].key == "day_calm"


def test_once_at_the_top_of_all_there_is_no_word_of_a_next_level() -> None:
    once = replace(topped(BAND, step=2), verdict=Verdict.AT_TOP)
    assert why(item(only(BAND, known((BAND, once))), BAND))[0].key == "dose_top_of_all"


def test_at_the_top_of_all_it_stays() -> None:
    plan = only(BAND, known((BAND, topped(BAND, step=2))))
    assert item(plan, BAND).asked == a_dose(BAND, top=True, step=2)
    assert why(item(plan, BAND))[0].key == "dose_top_of_all"


def test_one_level_at_a_time_and_the_lower_one_first() -> None:
    both = known((BAND, topped(BAND, step=1)), (WALK, topped(WALK)), loaded_count=3)
    plan = a_plan(day(10), both, a_person(habit=Habit.REGULAR))
    assert item(plan, WALK).asked.step == 1
    assert item(plan, BAND).asked.step == 1
    assert why(item(plan, BAND))[0].key == "dose_top_twice"


def test_an_advanced_exercise_takes_its_turn_last_so_that_more_pain_never_hands_it_to_another() -> None:
    opened = known(*SQUATS, (WALK, topped(WALK, step=1)), (BELL, topped(BELL)), loaded_count=9)
    locked = replace(opened, course=replace(opened.course, green_loaded=2))
    calm, sore = (a_plan(day(10), h) for h in (opened, locked))
    assert BELL in ids(calm)
    assert BELL not in ids(sore)
    assert item(sore, WALK).asked.hardness <= item(calm, WALK).asked.hardness
    assert item(calm, BELL).asked.step == 0


def kettlebell(person: Person, **changes: object) -> PlanItem:
    progress = replace(topped(BELL), **changes)  # type: ignore[arg-type]
    history = known(*SQUATS, (BELL, progress), loaded_count=2)
    return item(a_plan(day(10), history, person), BELL)


OPTED_IN = replace(a_person(), full_arc=True)


def test_the_next_rung_of_a_ladder_opens_when_the_one_below_is_at_its_top() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND))))
    assert BAND not in ids(plan)
    squat = item(plan, "squat")
    assert squat.asked == a_dose("squat")
    assert [r.key for r in why(squat, "exercise")] == ["chosen_knee", "chosen_rung"]
    assert "Terminal knee extension went well" in why(squat, "exercise")[1].text
    assert [r.key for r in why(squat)] == ["dose_start"]


def test_where_a_ladder_says_so_an_exercise_is_passed_below_its_highest_step() -> None:
    assert LIBRARY.programme.ladders["knee"].passed_at[BAND] == 0
    assert "squat" in ids(a_plan(day(10), known((BAND, topped(BAND, step=1)))))
    walking = known(
        (BAND, replace(topped(BAND), verdict=Verdict.RISE, at_top=False)),
        SQUATS[1],
        ("fire-hydrant", topped("fire-hydrant")),
        loaded_count=3,
    )
    assert WALK in ids(a_plan(day(10), walking, a_person(habit=Habit.SOME)))


@pytest.mark.parametrize(
    "changes",
    [
        {"course": {"amber_day": day(4)}},
        {"course": {"flare_day": day(4)}},
        {"course": {"sore": True}},
        {"pain_now": 3},
        {"pains": {day(4): 3}},
        {"screened": (a_screening(day(0), health=["kneecap_out"], kneecap_out="earlier"),)},
    ],
    ids=[
        "steady amber within a week",
        "a flare within a week",
        "sore after last time",
        "sore now",
        "a sore morning within a week",
        "a gate",
    ],
)
def test_the_next_rung_stays_shut_while_anything_hurts(changes: dict[str, object]) -> None:
    history = known((BAND, topped(BAND)), **changes.pop("course", {}))  # type: ignore[arg-type]
    assert "squat" not in ids(a_plan(day(10), replace(history, **changes)))  # type: ignore[arg-type]


def test_pain_a_week_back_or_below_three_does_not_hold_the_next_rung_back() -> None:
    history = replace(known((BAND, topped(BAND))), pains={day(3): 6, day(9): 2})
    assert "squat" in ids(a_plan(day(10), history))


def test_who_stands_on_a_rung_stays_there_and_who_was_away_for_four_weeks_begins_below() -> None:
    assert ids(a_plan(day(10), known(*SQUATS)))[0] == "squat"
    away = known((BAND, topped(BAND, on=-20)), ("squat", topped("squat", on=-19)))
    assert ids(a_plan(day(10), away))[0] == BAND


def test_a_rung_that_is_too_much_today_leaves_its_place_to_the_one_below() -> None:
    sore = a_plan(day(10), replace(known(*SQUATS), pain_now=4))
    assert ids(sore)[0] == BAND
    assert item(sore, BAND).asked.step == 0


def test_a_rung_that_was_red_at_its_smallest_dose_falls_back_to_the_one_below() -> None:
    red = Progress(next=a_dose("squat"), verdict=Verdict.SWAP, inputs={}, first_day=day(2), last_day=day(8))
    plan = a_plan(day(10), known((BAND, topped(BAND)), ("squat", red)))
    assert ids(plan)[0] == BAND
    assert "chosen_easier" in {r.key for r in item(plan, BAND).because}
    assert item(plan, BAND).asked.step == 0


def test_a_rung_done_once_because_it_was_asked_for_is_no_step_up_while_the_one_below_was_never_done() -> None:
    assert ids(a_plan(day(10), known(("squat", SQUATTING))))[0] == BAND


def test_a_ladder_whose_every_rung_is_shut_leaves_its_slot_empty() -> None:
    operated = a_screening(day(0), health=["surgery"], surgery=["knee"])
    shut = replace(known(), screened=(operated,), assessed=(a_yes(at(day(1))),))
    assert ids(a_plan(day(10), shut))
    assert {BAND, "squat"}.isdisjoint(ids(a_plan(day(10), shut)))


def test_at_the_top_of_a_rung_it_says_that_the_next_one_comes() -> None:
    held = known(("fire-hydrant", topped("fire-hydrant")), flare_day=day(4), loaded_count=3)
    plan = a_plan(day(10), held, a_person(habit=Habit.SOME))
    assert why(item(plan, "fire-hydrant"))[0].key == "dose_top_twice"


def test_the_kettlebell_begins_with_the_half_arc_and_no_weight() -> None:
    history = known(*SQUATS, loaded_count=2)
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


def test_at_the_top_of_the_half_arc_the_whole_of_it_is_there_for_the_asking() -> None:
    top = a_dose(BELL, top=True, step=2, full_arc=False)
    assert why(kettlebell(a_person(), next=top, last=top))[0].key == "dose_ask_arc"
    assert why(kettlebell(OPTED_IN, next=top, last=top, first_day=day(5)))[0].key == "dose_top_twice"


def test_weight_is_named_with_its_step() -> None:
    heavier = kettlebell(OPTED_IN, next=a_dose(BELL, step=2, full_arc=True), verdict=Verdict.RISE)
    assert heavier.load_kg == 4.08
    assert why(heavier, "load")[0].text == "4.08 kg: step 3 of 3."


def test_after_a_fortnight_away_the_dose_is_back_at_the_bottom() -> None:
    plan = a_plan(day(10), known((BAND, topped(BAND, step=1, on=-4))))
    assert item(plan, BAND).asked == a_dose(BAND, step=1)
    assert why(item(plan, BAND))[0].text.startswith("It has been 14 days since the last time")


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
        (BAND, "For this exercise it is 2 sets of 6 to 12 reps."),
        (SQUEEZE, "For this exercise it is 2 sets of 5 holds of 10 s."),
        ("strap-stretch", "For this exercise it is 2 sets of 1 hold of 30 s."),
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
    assert why(planned, "range")[0].text == "For this exercise it is 2 sets of 8 reps."


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


def test_the_more_it_hurts_now_the_shorter_the_plan() -> None:
    minutes = [a_plan(day(10), a_history(pain_now=n)).seconds for n in range(11)]
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[-1] > 0


def test_what_does_not_fit_into_a_sore_day_goes_from_the_end_then_second_sets_go_and_it_says_so() -> None:
    """A squat and a bridge are quick; what takes their place lying down, one leg after the other, is not."""
    done = a_history(course=Course(progress={BAND: replace(beginning(exercise(BAND)), last_day=day(8))}))
    calm = a_plan(day(10), done, scope=Scope.SHORT)
    sore = a_plan(day(10), replace(done, pain_now=6), scope=Scope.SHORT)
    assert [(i.exercise.id, i.asked.sets) for i in sore.items] == [("glute-bridge", 2), ("side-lying-hip-abduction", 1)]
    assert sore.seconds <= calm.seconds
    said = "Fewer sets, so that a sore day takes no longer than a good one."
    assert [r.text for r in why(sore.items[1])][1:] == [said]


def test_one_set_of_one_exercise_is_the_least_and_never_nothing() -> None:
    rotated = a_plan(day(10), a_history(pain_now=2), scope=Scope.ONE, only="rotate-your-bones")
    assert rotated.items[0].asked.sets == 2
    for seed in range(300):
        told = replace(a_story(seed), scope=Scope.TODAY)
        plans = [replace(told, history=replace(told.history, pain_now=n)).plan for n in (0, 10)]
        assert plans[1].items or not plans[1].clearance.is_open or told.person.maintenance, seed


def test_what_stands_in_for_what_was_too_much_takes_no_longer_than_its_smallest_dose() -> None:
    red = a_session(day(8), an_item("glute-bridge", peak=7))
    plan = a_plan(day(11), a_history(red), scope=Scope.ONE, only="glute-bridge")
    stood_in = item(plan, "clamshell")
    assert stood_in.asked.sets == 1
    assert "dose_stand_in" in {r.key for r in why(stood_in)}


def test_what_the_whole_routine_has_no_time_for_on_a_sore_day_is_named_with_its_why() -> None:
    told = [replace(a_story(seed), scope=Scope.FULL) for seed in range(200)]
    plans = [replace(t, history=replace(t.history, pain_now=7)).plan for t in told]
    shut = [(s, p) for p in plans for s in p.shut if s.because.key == "shut_length"]
    assert shut
    assert all(s.exercise.id not in ids(p) for s, p in shut)
    assert shut[0][0].because.text == "Left out today, so that a sore day takes no longer than a good one."
