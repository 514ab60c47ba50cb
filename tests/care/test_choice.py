from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

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
    at,
    day,
    ids,
)
from patella.care.choice import Scope
from patella.care.course import Course
from patella.care.exercise import Footwear
from patella.care.history import History
from patella.care.person import Habit, Person
from patella.care.plan import DayPlan, plan_for
from patella.care.progression import Progress, Verdict, beginning

BAND, SQUEEZE, BELL = "terminal-knee-extension", "medicine-ball-squeeze", "kettlebell-knee-extension"
NEW = a_person(habit=Habit.NONE)
SOME = a_person(habit=Habit.SOME)
EVERYTHING = frozenset(LIBRARY.equipment)


def loaded_before(count: int) -> History:
    return a_history(course=Course(loaded_count=count, first_day=day(0)))


def today(history: History | None = None, person: Person = NEW, **facts: object) -> list[str]:
    history = history or a_history()
    if facts:
        history = replace(history, screened=(a_screening(day(0), **facts),))
    return ids(a_plan(day(10), history, person))


def key(plan: DayPlan, exercise_id: str) -> str:
    item = next(i for i in plan.items if i.exercise.id == exercise_id)
    return next(r.key for r in item.because if r.about == "exercise")


def swapped(exercise_id: str, *, on: int = 4) -> Progress:
    """An exercise that was red at its smallest dose."""
    dose = a_dose(exercise_id)
    return Progress(next=dose, last=dose, verdict=Verdict.SWAP, inputs={"peak": 7}, first_day=day(0), last_day=day(on))


def went_well(exercise_id: str, *, on: int) -> Progress:
    first = beginning(LIBRARY.exercises[exercise_id])
    return replace(first, last=first.next, first_day=day(on), last_day=day(on), last_green_day=day(on))


def with_progress(**progress: Progress) -> History:
    return a_history(course=Course(first_day=day(0), progress={k.replace("_", "-"): p for k, p in progress.items()}))


def test_a_stronger_day_is_two_for_the_knee_and_two_for_the_hips() -> None:
    assert today() == [BAND, SQUEEZE, "side-lying-hip-abduction", "glute-bridge"]


def test_those_who_have_not_trained_hips_begin_with_the_first_pair_for_six_stronger_days() -> None:
    for count in range(6):
        assert today(loaded_before(count))[2:] == ["side-lying-hip-abduction", "glute-bridge"]
    assert today(loaded_before(7))[2:] == ["fire-hydrant", "lateral-step-down"]
    sixth, seventh = (a_plan(day(10), loaded_before(n), NEW) for n in (5, 6))
    assert key(sixth, "glute-bridge") == "chosen_hip_starter"
    assert key(seventh, "glute-bridge") == "chosen_hip"


def test_hip_pairs_take_turns_for_the_others() -> None:
    assert [today(loaded_before(n), SOME)[2:] for n in range(4)] == [
        ["side-lying-hip-abduction", "glute-bridge"],
        ["fire-hydrant", "lateral-step-down"],
        ["side-plank", "lateral-band-walk"],
        ["side-lying-hip-abduction", "glute-bridge"],
    ]


def test_those_who_train_hips_regularly_anyway_get_one_for_the_hips() -> None:
    assert today(person=a_person()) == [BAND, SQUEEZE, "side-lying-hip-abduction", "dance-patella-dance"]


def test_a_hip_exercise_that_is_shut_is_replaced_by_a_calm_one() -> None:
    assert today(clinician_first="hamstring_strain")[2:] == ["side-lying-hip-abduction", "clamshell"]


def test_a_light_day_is_the_light_part_of_the_routine_and_one_that_takes_turns() -> None:
    yesterday = a_history(a_session(day(9), an_item("squat")))
    assert today(yesterday)[:3] == ["rotate-your-bones", "dance-patella-dance", "strap-stretch"]
    turns = [
        a_plan(day(10), a_history(course=Course(light_count=n, loaded_days=(day(9),)))).items[3].exercise.id
        for n in range(7)
    ]
    assert turns[:6] == list(LIBRARY.programme.light[-1])
    assert turns[6] == turns[0]


def test_what_is_shut_on_a_light_day_is_filled_up() -> None:
    yesterday = a_history(a_session(day(9), an_item("squat")))
    chosen = today(yesterday, clinician_first=["kneecap_dislocation", "sciatica"])
    assert chosen == ["dance-patella-dance", "roll-it-band", "heel-slide", "calf-stretch"]
    plan = a_plan(day(10), replace(yesterday, screened=(a_screening(day(0), clinician_first="sciatica"),)))
    assert key(plan, "heel-slide") == "chosen_fill"


def test_a_sore_knee_gets_one_for_the_knee_and_calm_ones_for_the_hips() -> None:
    sore = a_history(a_session(day(7), an_item("squat", peak=2), after=4))
    assert today(sore) == [BAND, "side-lying-hip-abduction", "glute-bridge", "dance-patella-dance"]
    assert today(sore, a_person()) == [BAND, "side-lying-hip-abduction", "glute-bridge", "dance-patella-dance"]


def test_a_very_sore_knee_is_asked_for_nothing() -> None:
    plan = a_plan(day(10), replace(a_history(), pain_now=6))
    assert ids(plan) == ["side-lying-hip-abduction", "glute-bridge", "dance-patella-dance", "strap-stretch"]
    assert all(i.exercise.knee_load == 0 for i in plan.items)


def test_squeeze_and_kettlebell_take_turns_once_it_is_open() -> None:
    opened = replace(a_course_open(), first_day=day(-30))
    even, odd = (today(a_history(course=replace(opened, loaded_count=n)), SOME) for n in (2, 3))
    assert SQUEEZE in even
    assert BELL not in even
    assert SQUEEZE not in odd
    assert odd[-1] == BELL


def test_the_back_shuts_the_squeeze_and_something_fills_its_place() -> None:
    assert today(low_back_pain="yes") == [BAND, "side-lying-hip-abduction", "glute-bridge", "dance-patella-dance"]


def test_without_a_band_the_squat_takes_the_place_of_the_terminal_knee_extension() -> None:
    plan = a_plan(day(10), a_history(), a_person(has=EVERYTHING - {"resistance-band"}))
    assert ids(plan)[0] == "squat"
    reasons = [r.key for r in plan.items[0].because if r.about == "exercise"]
    assert reasons == ["chosen_knee", "chosen_without"]
    assert "Terminal knee extension" in plan.items[0].because[1].text


def test_where_what_takes_the_place_is_shut_there_is_nothing_in_its_place() -> None:
    sore = replace(a_history(), pain_now=4)
    assert "squat" not in today(sore, a_person(has=EVERYTHING - {"resistance-band"}))


def test_what_needs_a_missing_thing_and_has_no_stand_in_is_left_out() -> None:
    plan = a_plan(day(10), a_history(), a_person(has=frozenset()), scope=Scope.ONE, only=BELL)
    assert ids(plan) == []
    only_elsewhere = a_plan(day(10), a_history(), a_person(has=frozenset()), scope=Scope.ONE, only="lateral-step-down")
    assert ids(only_elsewhere) == ["lateral-step-down"]


def test_a_home_with_nothing_but_everyday_things_has_a_whole_stronger_day() -> None:
    plan = a_plan(day(10), a_history(), a_person(habit=Habit.NONE, has=frozenset()))
    assert ids(plan) == ["squat", SQUEEZE, "side-lying-hip-abduction", "glute-bridge"]


def test_red_at_the_smallest_dose_brings_the_easier_neighbour_until_it_went_well() -> None:
    red = with_progress(terminal_knee_extension=swapped(BAND))
    plan = a_plan(day(10), red)
    assert ids(plan)[0] == "straight-leg-raise"
    assert key(plan, "straight-leg-raise") == "chosen_knee"
    assert any(r.key == "chosen_easier" and "Terminal knee extension" in r.text for r in plan.items[0].because)
    well = with_progress(
        terminal_knee_extension=swapped(BAND), straight_leg_raise=went_well("straight-leg-raise", on=6)
    )
    assert today(well)[0] == BAND
    before = with_progress(
        terminal_knee_extension=swapped(BAND), straight_leg_raise=went_well("straight-leg-raise", on=3)
    )
    assert today(before)[0] == "straight-leg-raise"


def test_a_neighbour_that_went_well_on_the_red_day_itself_still_stands_in() -> None:
    same_day = with_progress(
        terminal_knee_extension=swapped(BAND), straight_leg_raise=went_well("straight-leg-raise", on=4)
    )
    assert today(same_day)[0] == "straight-leg-raise"


def test_a_neighbour_that_is_shut_to_the_person_is_passed_over_for_the_next() -> None:
    red = with_progress(terminal_knee_extension=swapped(BAND))
    assert today(red, clinician_first="sciatica")[0] == "dance-patella-dance"


def test_a_neighbour_that_was_red_at_its_smallest_dose_too_makes_way_for_its_own() -> None:
    both = with_progress(terminal_knee_extension=swapped(BAND), straight_leg_raise=swapped("straight-leg-raise", on=6))
    assert today(both)[0] == "dance-patella-dance"


def test_with_no_neighbour_left_the_smallest_dose_is_what_is_left() -> None:
    red = with_progress(hip_flexor_stretch=swapped("hip-flexor-stretch"))
    barred = replace(red, screened=(a_screening(day(0), clinician_first="ankle_injury"),))
    plan = a_plan(day(10), barred, scope=Scope.ONE, only="hip-flexor-stretch")
    assert ids(plan) == ["hip-flexor-stretch"]
    open_neighbour = a_plan(day(10), red, scope=Scope.ONE, only="hip-flexor-stretch")
    assert ids(open_neighbour) == ["calf-stretch"]


def test_neighbours_that_point_at_each_other_come_to_an_end() -> None:
    circle = {
        "squat": replace(LIBRARY.exercises["squat"], easier=("calf-raise",)),
        "calf-raise": replace(LIBRARY.exercises["calf-raise"], easier=("squat",)),
    }
    library = replace(LIBRARY, exercises={**LIBRARY.exercises, **circle})
    history = with_progress(squat=swapped("squat"), calf_raise=swapped("calf-raise"))
    plan = plan_for(day(10), a_person(), history, library, scope=Scope.ONE, only="squat")
    assert ids(plan) == ["calf-raise"]


def test_a_neighbour_that_rests_today_leaves_the_place_empty() -> None:
    red = with_progress(lateral_step_down=swapped("lateral-step-down"))
    rested = replace(red, course=replace(red.course, loaded_days=(day(9),)))
    assert ids(a_plan(day(10), red, scope=Scope.ONE, only="lateral-step-down")) == ["glute-bridge"]
    assert ids(a_plan(day(10), rested, scope=Scope.ONE, only="lateral-step-down")) == []


def test_the_whole_routine_has_the_six_in_order_rolling_a_stretch_and_hips() -> None:
    chosen = ids(a_plan(day(10), a_history(), NEW, scope=Scope.FULL))
    assert chosen == [
        "rotate-your-bones",
        "dance-patella-dance",
        "strap-stretch",
        BAND,
        SQUEEZE,
        "roll-it-band",
        "roll-peroneals",
        "roll-calves",
        "quadriceps-stretch",
        "side-lying-hip-abduction",
        "glute-bridge",
    ]


def test_the_whole_routine_ends_with_the_kettlebell_in_sneakers() -> None:
    history = a_history(course=replace(a_course_open(), first_day=day(-30)))
    plan = a_plan(day(10), history, NEW, scope=Scope.FULL)
    assert ids(plan)[-1] == BELL
    assert [i.exercise.footwear is Footwear.SNEAKERS for i in plan.items[:-1]] == [False] * (len(plan.items) - 1)


def test_on_a_light_day_the_whole_routine_leaves_the_stronger_ones_out_and_says_so() -> None:
    plan = a_plan(day(10), a_history(a_session(day(9), an_item("squat"))), NEW, scope=Scope.FULL)
    assert {BAND, SQUEEZE, "glute-bridge"}.isdisjoint(ids(plan))
    resting = {s.exercise.id for s in plan.shut if s.because.key == "shut_rest_day"}
    assert resting == {BAND, SQUEEZE}


def test_a_snack_is_one_thing_without_set_up_another_each_day() -> None:
    chosen = [ids(a_plan(day(n), scope=Scope.SNACK)) for n in range(9)]
    assert {c[0] for c in chosen} == set(LIBRARY.programme.snack)
    assert all(len(c) == 1 for c in chosen)
    assert all(a != b for a, b in pairwise(chosen))


def test_a_snack_that_is_shut_is_passed_over() -> None:
    screened = (a_screening(day(0), clinician_first=["kneecap_dislocation", "sciatica", "ankle_injury"]),)
    plans = [a_plan(day(n), a_history(screened=screened), scope=Scope.SNACK) for n in range(4)]
    assert {i for p in plans for i in ids(p)} == {"dance-patella-dance"}


def test_a_snack_may_have_nothing_to_offer() -> None:
    everything = replace(LIBRARY, programme=replace(LIBRARY.programme, snack=()))
    assert plan_for(day(1), a_person(), a_history(), everything, scope=Scope.SNACK).items == ()


def test_one_exercise_is_just_that_one() -> None:
    plan = a_plan(day(1), scope=Scope.ONE, only="calf-raise")
    assert ids(plan) == ["calf-raise"]
    assert key(plan, "calf-raise") == "chosen_only"


def test_an_exercise_that_is_not_in_the_library_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="moon-walk"):
        a_plan(day(1), scope=Scope.ONE, only="moon-walk")


def test_one_exercise_that_rests_today_says_so() -> None:
    plan = a_plan(day(10), a_history(a_session(day(9), an_item("squat"))), scope=Scope.ONE, only="squat")
    assert plan.items == ()
    assert [(s.exercise.id, s.because.key) for s in plan.shut if s.exercise.id == "squat"] == [
        ("squat", "shut_rest_day")
    ]


def test_what_is_shut_says_why_whatever_was_asked() -> None:
    history = replace(a_history(), screened=(a_screening(day(0), low_back_pain=True),))
    plan = a_plan(day(10), history, a_person(has=EVERYTHING - {"foam-roller", "tennis-ball"}))
    why = {s.exercise.id: s.because for s in plan.shut}
    assert why[SQUEEZE].key == "shut_gate"
    assert why[SQUEEZE].source == "routine"
    assert why["roll-calves"].text == "Needs foam roller."
    assert why[BELL].key == "shut_days"


def test_an_exercise_that_pauses_for_its_neighbour_says_which() -> None:
    plan = a_plan(day(10), with_progress(terminal_knee_extension=swapped(BAND)))
    (why,) = [s.because for s in plan.shut if s.exercise.id == BAND]
    assert why.key == "shut_swapped"
    assert "Straight leg raise" in why.text


def test_an_unloading_day_leaves_the_bones_for_something_that_asks_nothing() -> None:
    reds = [a_session(day(n), an_item("squat", peak=8)) for n in (7, 9)]
    history = a_history(*reds, screened=(a_screening(day(10)),))
    plan = a_plan(day(10), history)
    assert all(i.exercise.knee_load == 0 for i in plan.items)
    assert "rotate-your-bones" in {s.exercise.id for s in plan.shut}
    assert plan.because[-1].key == "day_unload"
    assert at(day(9)) == reds[1].at
