from __future__ import annotations

from collections import Counter
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
from patella.care.exercise import Aim, Footwear
from patella.care.fact import Fact
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
    assert today(loaded_before(7))[2:] == ["lateral-step-down", "calf-raise"]
    sixth, seventh = (a_plan(day(10), loaded_before(n), NEW) for n in (5, 6))
    assert key(sixth, "glute-bridge") == "chosen_hip_starter"
    assert key(seventh, "glute-bridge") == "chosen_hip"


def test_what_is_for_the_calves_says_so() -> None:
    plan = a_plan(day(10), loaded_before(0), SOME)
    assert [key(plan, e) for e in ("glute-bridge", "calf-raise")] == ["chosen_hip", "chosen_calf"]


def test_two_for_hips_and_calves_take_turns_for_the_others() -> None:
    assert [today(loaded_before(n), SOME)[2:] for n in range(5)] == [
        ["glute-bridge", "calf-raise"],
        ["lateral-step-down", "side-plank"],
        ["glute-bridge", "calf-raise"],
        ["lateral-step-down", "fire-hydrant"],
        ["glute-bridge", "fire-hydrant"],
    ]


def test_what_opens_or_shuts_with_pain_leaves_the_turns_of_the_others_as_they_are() -> None:
    """The hop and the kettlebell are open to the one and shut to the other; the rest of each day stays the same."""
    calm = replace(
        a_course_open(),
        first_day=day(-90),
        green_loaded=30,
        progress={e: replace(went_well(e, on=8), top_run=1) for e in ("split-squat", BAND, "strap-stretch")},
    )
    sore = replace(calm, amber_day=day(5))
    hopped = 0
    for number in range(10):
        one, other = (_not_for_the_knee(replace(c, loaded_count=number)) for c in (calm, sore))
        hopped += "hop" in one
        assert other == ["fire-hydrant" if e == "hop" else e for e in one]
    assert hopped == 2


def _not_for_the_knee(course: Course) -> list[str]:
    return [e for e in today(a_history(course=course), SOME) if LIBRARY.exercises[e].aim is not Aim.KNEE or e == "hop"]


def test_those_who_train_hips_regularly_anyway_get_as_many_and_begin_higher() -> None:
    assert len(today(person=a_person())) == len(today(person=SOME)) == 4
    assert today(loaded_before(3), a_person())[2:] == ["lateral-step-down", "lateral-band-walk"]
    assert today(loaded_before(2), a_person())[2] == "single-leg-bridge"


def test_a_hip_exercise_that_is_shut_is_replaced_by_a_calm_one() -> None:
    assert today(health=["hamstring_strain"])[2:] == ["side-lying-hip-abduction", "clamshell"]


def light_day(number: int) -> list[str]:
    """The light day with this number, on the day after a stronger one."""
    return ids(a_plan(day(10), a_history(course=Course(light_count=number, loaded_days=(day(9),)))))


def test_a_light_day_is_a_drill_the_strap_another_stretch_and_hips_or_a_roller_in_turn() -> None:
    assert [light_day(n) for n in range(6)] == [
        ["rotate-your-bones", "strap-stretch", "quadriceps-stretch", "side-lying-hip-abduction"],
        ["dance-patella-dance", "strap-stretch", "hip-flexor-stretch", "roll-it-band"],
        ["rotate-your-bones", "strap-stretch", "calf-stretch", "side-lying-hip-abduction"],
        ["dance-patella-dance", "strap-stretch", "quadriceps-stretch", "roll-calves"],
        ["rotate-your-bones", "strap-stretch", "hip-flexor-stretch", "side-lying-hip-abduction"],
        ["dance-patella-dance", "strap-stretch", "calf-stretch", "roll-peroneals"],
    ]
    assert light_day(6) == light_day(0)


def done_on(number: int, *exercises: str) -> Course:
    return Course(first_day=day(0), progress={e: went_well(e, on=number) for e in exercises}, loaded_count=1)


def test_a_week_without_the_light_part_of_the_routine_brings_one_of_it_into_a_stronger_day() -> None:
    never = a_plan(day(7), a_history(course=Course(first_day=day(0), loaded_count=1)), SOME)
    assert key(never, ids(never)[1]) == "chosen_gap"
    lately = done_on(4, "strap-stretch", "rotate-your-bones", SQUEEZE)
    assert ids(a_plan(day(10), a_history(course=lately), SOME))[1] == SQUEEZE
    assert ids(a_plan(day(11), a_history(course=lately), SOME))[1] == "dance-patella-dance"
    long_ago = replace(lately, progress={**lately.progress, SQUEEZE: went_well(SQUEEZE, on=-2)})
    assert ids(a_plan(day(11), a_history(course=long_ago), SOME))[1] == SQUEEZE


def test_where_nothing_of_the_second_place_is_this_persons_the_light_part_has_it() -> None:
    screened = a_screening(day(0))
    facts = frozenset({Fact.LOW_BACK_PAIN, Fact.OSTEOPOROSIS, Fact.KNEE_SURGERY})
    shut = replace(screened, screening=replace(screened.screening, facts=facts))
    history = a_history(course=Course(first_day=day(0), loaded_count=1), screened=(shut,))
    plan = a_plan(day(9), history, SOME)
    assert {BAND, SQUEEZE, BELL}.isdisjoint(ids(plan))
    assert "chosen_gap" in {r.key for i in plan.items for r in i.because}


def test_the_shape_of_the_programme_gives_each_thing_as_often_as_it_says() -> None:
    """A week of training every day, three stronger days and four light ones, over twelve weeks of turns."""
    often: Counter[str] = Counter()
    for number in range(36):
        often.update(today(replace(loaded_before(number), course=a_course_later(number)), SOME))
    for number in range(48):
        often.update(light_day(number))
    hips = {e.id for e in LIBRARY.exercises.values() if e.aim is Aim.HIP}
    assert often["strap-stretch"] == 4 * 12
    assert often["side-lying-hip-abduction"] == 2 * 12
    assert {often[s] for s in ("quadriceps-stretch", "hip-flexor-stretch", "calf-stretch")} == {16}
    assert {often[r] for r in ("roll-it-band", "roll-calves", "roll-peroneals")} == {8}
    assert often[BELL] == 22
    assert min(often[e] for e in (SQUEEZE, BAND, "side-plank", "fire-hydrant")) >= 7
    assert often["calf-raise"] == 15
    assert often["fire-hydrant"] == 14
    assert sum(often[h] for h in hips) >= 5 * 12


def a_course_later(number: int) -> Course:
    """A green course in which the squat has followed the band, and the light part of the routine was done lately."""
    lately = {e: went_well(e, on=9) for e in (BAND, "squat", "strap-stretch")}
    return replace(a_course_open(), first_day=day(-30), progress=lately, loaded_count=number)


def test_what_is_shut_on_a_light_day_is_filled_up() -> None:
    yesterday = a_history(a_session(day(9), an_item("squat")))
    chosen = today(yesterday, health=["kneecap_out", "back"], kneecap_out="earlier", back=["shooting"])
    assert chosen == ["dance-patella-dance", "quadriceps-stretch", "side-lying-hip-abduction", "heel-slide"]
    plan = a_plan(day(10), replace(yesterday, screened=(a_screening(day(0), health=["back"], back=["shooting"]),)))
    assert key(plan, "dance-patella-dance") == "chosen_fill"


def test_a_sore_knee_gets_one_for_the_knee_and_calm_ones_for_the_hips() -> None:
    sore = a_history(a_session(day(7), an_item("squat", peak=2), after=4))
    assert today(sore) == [BAND, "side-lying-hip-abduction", "glute-bridge"]
    assert today(sore, a_person()) == [BAND, "side-lying-hip-abduction", "glute-bridge"]


def test_a_very_sore_knee_is_asked_for_nothing() -> None:
    plan = a_plan(day(10), replace(a_history(), pain_now=6))
    assert ids(plan) == ["side-lying-hip-abduction", "glute-bridge"]
    assert all(i.exercise.knee_load == 0 for i in plan.items)


def test_a_sore_day_is_short_two_sets_and_nothing_filled_in_beyond_two_exercises() -> None:
    sore = a_plan(day(10), replace(a_history(), pain_now=4))
    assert [i.asked.sets for i in sore.items] == [2, 2, 2]
    assert "chosen_fill" not in {r.key for i in sore.items for r in i.because}
    one_hip = a_screening(day(0), health=["pregnancy"], pregnancy=["pelvic_pain"])
    filled = a_plan(day(10), replace(a_history(), pain_now=6, screened=(one_hip,)))
    assert ids(filled) == ["glute-bridge", "dance-patella-dance"]
    assert key(filled, "dance-patella-dance") == "chosen_fill"


def test_squeeze_and_kettlebell_take_turns_once_it_is_open() -> None:
    opened = replace(a_course_open(), first_day=day(-30))
    lately = {**opened.progress, "strap-stretch": went_well("strap-stretch", on=9)}
    turns = [today(a_history(course=replace(opened, progress=lately, loaded_count=n)), SOME) for n in range(4)]
    assert [SQUEEZE in t for t in turns] == [False, True, False, False]
    assert [t[-1] == BELL for t in turns] == [True, False, True, True]


def test_the_back_shuts_the_squeeze_and_something_fills_its_place() -> None:
    assert today(health=["back"], back=["low_back_pain"]) == [
        BAND,
        "side-lying-hip-abduction",
        "glute-bridge",
        "dance-patella-dance",
    ]


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
    bare = a_person(has=frozenset())
    assert ids(a_plan(day(10), a_history(), bare, scope=Scope.ONE, only="lateral-band-walk")) == [
        "side-lying-hip-abduction"
    ]
    assert ids(a_plan(day(10), a_history(pain_now=3), bare, scope=Scope.ONE, only=BELL)) == []
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
    assert today(red, health=["back"], back=["shooting"])[0] == "dance-patella-dance"


def test_a_neighbour_that_was_red_at_its_smallest_dose_too_makes_way_for_its_own() -> None:
    both = with_progress(terminal_knee_extension=swapped(BAND), straight_leg_raise=swapped("straight-leg-raise", on=6))
    assert today(both)[0] == "dance-patella-dance"


def test_with_no_neighbour_left_the_smallest_dose_is_what_is_left() -> None:
    red = with_progress(hip_flexor_stretch=swapped("hip-flexor-stretch"))
    barred = replace(red, screened=(a_screening(day(0), health=["ankle_injury"]),))
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
        BELL,
    ]


def whole_routine(pain_now: int | None = None, **facts: object) -> DayPlan:
    history = replace(a_history(), pain_now=pain_now, screened=(a_screening(day(0), **facts),))
    return a_plan(day(1), history, SOME, scope=Scope.FULL)


def test_the_whole_routine_has_all_six_from_the_first_day_and_the_kettlebell_from_the_lightest() -> None:
    plan = whole_routine()
    six = [i.exercise.routine_number for i in plan.items if i.exercise.routine_number]
    assert six == [1, 2, 3, 4, 5, 6]
    bell = plan.items[-1]
    assert (bell.exercise.id, bell.load_kg, bell.asked.sets, bell.asked.reps) == (BELL, 0, 2, 3)
    assert [r.key for r in bell.because if r.about == "exercise"] == ["chosen_full", "chosen_wish"]


def test_every_item_of_the_routine_has_the_dose_the_routine_gives_it() -> None:
    """Two sets of 6 to 12, or 3 to 6 with the weight; holds of 30 s, and five of 10 s, however far they had grown."""
    grown = with_progress(medicine_ball_squeeze=went_well(SQUEEZE, on=0))
    ball = replace(grown.course.progress[SQUEEZE], next=a_dose(SQUEEZE, top=True))
    grown = replace(grown, course=replace(grown.course, progress={SQUEEZE: ball}))
    planned = {i.exercise.routine_number: i for i in a_plan(day(2), grown, SOME, scope=Scope.FULL).items}
    assert all(planned[n].asked.sets == 2 for n in range(1, 7))
    assert all(6 <= (planned[n].asked.reps or 0) <= 12 for n in (1, 2, 4))
    assert planned[3].asked.hold_s == 30
    assert (planned[5].asked.holds, planned[5].asked.hold_s) == (5, 10)
    assert "dose_full" in {r.key for r in planned[5].because}
    assert 3 <= (planned[6].asked.reps or 0) <= 6


@pytest.mark.parametrize(
    ("pain_now", "facts", "why"),
    [(3, {}, "shut_pain"), (None, {"health": ["osteoporosis"], "sudden_inner_pain": "no"}, "shut_gate")],
    ids=["sore", "gate"],
)
def test_asking_for_the_whole_routine_opens_the_kettlebell_neither_to_a_sore_knee_nor_past_a_gate(
    pain_now: int | None, facts: dict[str, object], why: str
) -> None:
    plan = whole_routine(pain_now, **facts)
    assert BELL not in ids(plan)
    assert next(s.because.key for s in plan.shut if s.exercise.id == BELL) == why


def test_ten_minutes_are_the_two_that_matter() -> None:
    chosen = [ids(a_plan(day(10), loaded_before(n), SOME, scope=Scope.SHORT)) for n in range(2)]
    assert chosen == [[BAND, "glute-bridge"], [BAND, "lateral-step-down"]]
    light = a_history(course=Course(loaded_days=(day(9),)))
    plan = a_plan(day(10), light, SOME, scope=Scope.SHORT)
    assert ids(plan) == ["side-lying-hip-abduction", "strap-stretch"]
    assert plan.items[0].asked.sets == 2
    assert "dose_short" in {r.key for r in plan.items[0].because}
    sore = a_plan(day(10), a_history(pain_now=4), SOME, scope=Scope.SHORT)
    assert ids(sore) == [BAND, "glute-bridge"]


def test_ten_minutes_of_a_light_day_without_the_strap_are_filled() -> None:
    yesterday = a_history(course=Course(loaded_days=(day(9),)))
    sciatica = a_screening(day(0), health=["back"], back=["shooting"])
    plan = a_plan(day(10), replace(yesterday, screened=(sciatica,)), scope=Scope.SHORT)
    assert ids(plan) == ["side-lying-hip-abduction", "dance-patella-dance"]


def test_ten_minutes_take_about_ten_minutes() -> None:
    plans = [a_plan(day(10), loaded_before(n), SOME, scope=Scope.SHORT) for n in range(4)]
    assert all(6 * 60 < p.seconds < 14 * 60 for p in plans)


def test_the_whole_routine_ends_with_the_kettlebell_in_sneakers() -> None:
    history = a_history(course=replace(a_course_open(), first_day=day(-30)))
    plan = a_plan(day(10), history, NEW, scope=Scope.FULL)
    assert ids(plan)[-1] == BELL
    assert [i.exercise.footwear is Footwear.SNEAKERS for i in plan.items[:-1]] == [False] * (len(plan.items) - 1)


def test_on_a_light_day_the_whole_routine_leaves_the_stronger_ones_out_and_says_so() -> None:
    plan = a_plan(day(10), a_history(a_session(day(9), an_item("squat"))), NEW, scope=Scope.FULL)
    assert {BAND, SQUEEZE, "glute-bridge"}.isdisjoint(ids(plan))
    resting = {s.exercise.id for s in plan.shut if s.because.key == "shut_rest_day"}
    assert resting == {BAND, SQUEEZE, BELL}


def test_a_snack_is_the_one_that_has_waited_longest() -> None:
    waited = done_on(3, *LIBRARY.programme.snack)
    older = replace(waited.progress["roll-calves"], last_day=day(1))
    history = a_history(course=replace(waited, progress={**waited.progress, "roll-calves": older}))
    assert ids(a_plan(day(10), history, scope=Scope.SNACK)) == ["roll-calves"]


def test_a_snack_is_one_thing_without_set_up_another_each_day() -> None:
    chosen = [ids(a_plan(day(n), scope=Scope.SNACK)) for n in range(9)]
    assert {c[0] for c in chosen} == set(LIBRARY.programme.snack)
    assert all(len(c) == 1 for c in chosen)
    assert all(a != b for a, b in pairwise(chosen))


def test_a_snack_that_is_shut_is_passed_over() -> None:
    screened = (
        a_screening(day(0), health=["kneecap_out", "back", "ankle_injury"], kneecap_out="earlier", back=["shooting"]),
    )
    plans = [a_plan(day(n), a_history(screened=screened), scope=Scope.SNACK) for n in range(4)]
    assert {i for p in plans for i in ids(p)} == {"dance-patella-dance", "quadriceps-stretch"}


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
    history = replace(a_history(), screened=(a_screening(day(0), health=["back"], back=["low_back_pain"]),))
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
