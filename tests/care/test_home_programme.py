"""What a physiotherapist sets decides what a plan offers and bounds how much; every gate stands above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from care.safety import (
    harder_for_less_said,
    harder_for_more_pain,
    longer_for_more_pain,
    something_despite_a_flag,
)
from care.stories import (
    LIBRARY,
    Story,
    a_history,
    a_person,
    a_plan,
    a_screening,
    a_session,
    a_set_story,
    an_item,
    day,
    ids,
    seeds,
)
from patella.care.choice import Scope
from patella.care.entries.of_programme import ProgrammeEnded, ProgrammeExercise, ProgrammeSet
from patella.care.fact import Fact
from patella.care.history import History
from patella.care.home_programme import HomeProgramme, Said, programme_on
from patella.care.item import PlanItem
from patella.care.plan import DayPlan
from patella.care.record import SessionDone

START = day(0)
TODAY = day(1)
SQUAT = ProgrammeExercise(exercise="squat", sets=2, reps=10)
RAISE = ProgrammeExercise(exercise="straight-leg-raise", sets=1, reps=9, step=1, most_reps=11, most_step=2)
STRETCH = ProgrammeExercise(exercise="calf-stretch", sets=2, hold_s=30)
CALM_SINCE = a_session(day(5), an_item("heel-slide"))
BRIDGE = ProgrammeExercise(exercise="glute-bridge", sets=2, reps=8, most_reps=12, note="Slowly down.")


def a_word(*exercises: ProgrammeExercise, since: date | None = None, until: date | None = None) -> ProgrammeSet:
    return ProgrammeSet(by="Ada Byron", exercises=exercises, since=since, until=until, note="Take your time.")


def said(*words: tuple[date, ProgrammeSet | ProgrammeEnded]) -> list[Said]:
    return [Said(id=str(n), day=on, word=word) for n, (on, word) in enumerate(words)]


def in_force(on: date, *words: tuple[date, ProgrammeSet | ProgrammeEnded]) -> HomeProgramme | None:
    return programme_on(on, said(*words), LIBRARY.exercises)


def with_set(history: History, *exercises: ProgrammeExercise, on: date = START) -> History:
    return replace(history, programme=in_force(on, (on, a_word(*exercises))))


def planned(*exercises: ProgrammeExercise, on: date = TODAY, scope: Scope = Scope.TODAY, **more: object) -> DayPlan:
    return a_plan(on, with_set(a_history(**more), *exercises), scope=scope)  # type: ignore[arg-type]


def item(plan: DayPlan, exercise_id: str) -> PlanItem:
    return next(i for i in plan.items if i.exercise.id == exercise_id)


def why(item: PlanItem) -> list[str]:
    return [r.key for r in item.because if r.about in ("exercise", "dose")]


def left_out(plan: DayPlan) -> dict[str, str]:
    return {s.exercise.id: s.because.key for s in plan.shut}


# --- what is in force


def test_the_last_that_was_set_and_has_begun_is_in_force() -> None:
    first, second = a_word(SQUAT), a_word(STRETCH, since=day(4))
    words = ((day(0), first), (day(1), second))
    assert [e.id for e in getattr(in_force(day(3), *words), "exercises", ())] == ["squat"]
    assert [e.id for e in getattr(in_force(day(4), *words), "exercises", ())] == ["calf-stretch"]
    assert in_force(day(0)) is None


def test_it_is_over_after_its_last_day_and_what_was_there_before_does_not_come_back() -> None:
    words = ((day(0), a_word(SQUAT)), (day(1), a_word(STRETCH, until=day(3))))
    assert in_force(day(3), *words) is not None
    assert in_force(day(4), *words) is None


def test_whoever_ends_it_ends_what_was_set_by_then_and_no_more() -> None:
    ended = (day(1), ProgrammeEnded())
    assert in_force(day(9), (day(0), a_word(SQUAT)), (day(0), a_word(SQUAT, since=day(5))), ended) is None
    assert in_force(day(9), (day(0), a_word(SQUAT)), ended, (day(2), a_word(STRETCH))) is not None


def test_what_is_set_as_it_was_goes_on_and_what_is_set_anew_begins_anew() -> None:
    other_words = replace(SQUAT, note="Look ahead.", days_a_week=2)
    found = in_force(day(5), (day(0), a_word(SQUAT, STRETCH)), (day(5), a_word(BRIDGE, other_words)))
    assert found is not None
    assert {e.id: e.since for e in found.exercises} == {"glute-bridge": day(5), "squat": day(0)}
    harder = in_force(day(5), (day(0), a_word(SQUAT)), (day(5), a_word(replace(SQUAT, reps=12))))
    assert harder is not None
    assert harder.exercises[0].since == day(5)


def test_what_lies_outside_the_library_counts_as_the_nearest_inside() -> None:
    wild = ProgrammeExercise(exercise="squat", sets=9, reps=99, step=7)
    gone = ProgrammeExercise(exercise="handstand", sets=1)
    long_ = ProgrammeExercise(exercise="side-plank", sets=1, hold_s=2)
    found = in_force(TODAY, (day(0), a_word(wild, gone, long_)))
    assert found is not None
    squat, plank = found.exercises
    assert (squat.start.sets, squat.start.reps, squat.start.step) == (2, 12, 0)
    assert plank.start.hold_s == 10


# --- what a plan makes of it


def test_a_plan_has_their_exercises_in_their_order_with_their_dose_notes_and_name() -> None:
    plan = planned(STRETCH, BRIDGE, SQUAT)
    assert ids(plan) == ["calf-stretch", "glute-bridge", "squat"]
    assert (item(plan, "squat").asked.reps, item(plan, "glute-bridge").note) == (10, "Slowly down.")
    assert why(item(plan, "squat")) == ["chosen_set", "dose_set"]
    texts = [r.text for r in item(plan, "squat").because]
    assert "Set by your physiotherapist, Ada Byron, on 5 January 2026." in texts
    assert [r.key for r in plan.because] == ["day_set"]
    assert plan.programme is not None
    assert plan.programme.note == "Take your time."


def test_shoes_stay_where_a_physiotherapist_put_them() -> None:
    seated = ProgrammeExercise(exercise="kettlebell-knee-extension", sets=1, reps=4)
    assert ids(planned(seated, STRETCH)) == ["kettlebell-knee-extension", "calf-stretch"]


def test_what_is_for_the_advanced_needs_no_past_where_it_was_set_and_a_calm_knee_all_the_same() -> None:
    hop = ProgrammeExercise(exercise="hop", sets=1, reps=6)
    assert ids(planned(hop)) == ["hop"]
    assert left_out(planned(hop, pain_now=3)) == {"hop": "shut_pain"}


def test_its_end_is_not_offered_and_what_is_only_kept_makes_way() -> None:
    kept = replace(a_person(), maintenance=True)
    plan = a_plan(TODAY, with_set(a_history(), SQUAT), kept)
    assert item(plan, "squat").asked.sets == 2
    assert plan.end is None


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.TODAY, ["squat", "calf-stretch", "glute-bridge", "heel-slide"]),
        (Scope.SHORT, ["squat", "calf-stretch"]),
        (Scope.SNACK, ["calf-stretch"]),
        (Scope.FULL, ["squat", "calf-stretch", "glute-bridge", "heel-slide", "clamshell"]),
    ],
)
def test_four_of_it_a_day_two_in_ten_minutes_one_in_two_and_all_where_all_is_asked_for(
    scope: Scope, expected: list[str]
) -> None:
    more = (ProgrammeExercise(exercise="heel-slide", sets=1), ProgrammeExercise(exercise="clamshell", sets=1))
    plan = planned(SQUAT, STRETCH, BRIDGE, *more, scope=scope)
    assert ids(plan) == expected
    if scope is Scope.TODAY:
        assert left_out(plan) == {"clamshell": "shut_set_most"}


def test_what_has_waited_longest_comes_first_where_it_is_too_much_for_one_day() -> None:
    lines = [
        ProgrammeExercise(exercise=e, sets=1) for e in ("heel-slide", "clamshell", "calf-stretch", "strap-stretch")
    ]
    done = a_session(day(0), *(an_item(line.exercise) for line in lines))
    history = with_set(a_history(done), *lines, ProgrammeExercise(exercise="dance-patella-dance", sets=1))
    assert ids(a_plan(TODAY, history))[-1] == "dance-patella-dance"
    assert len(a_plan(TODAY, history).items) == 4


def test_one_alone_that_was_asked_for_is_dosed_as_it_was_set() -> None:
    plan = a_plan(TODAY, with_set(a_history(), RAISE), scope=Scope.ONE, only="straight-leg-raise")
    asked = item(plan, "straight-leg-raise").asked
    assert (asked.sets, asked.reps, asked.step) == (1, 9, 1)
    assert [r.key for r in plan.because] == ["day_loaded"]


@pytest.mark.parametrize(
    ("days_a_week", "done", "comes"),
    [(7, (1,), True), (2, (1,), False), (2, (3,), True), (2, (3, 6), False), (1, (6,), False), (1, (7,), True)],
)
def test_so_many_days_a_week_are_spread_over_it(days_a_week: int, done: tuple[int, ...], comes: bool) -> None:  # noqa: FBT001
    today = day(20)
    history = a_history(*(a_session(today - timedelta(days=n), an_item("heel-slide")) for n in reversed(done)))
    line = ProgrammeExercise(exercise="heel-slide", sets=1, days_a_week=days_a_week)
    plan = a_plan(today, with_set(history, line, on=day(5)))
    assert (ids(plan) == ["heel-slide"]) is comes
    if not comes:
        assert left_out(plan) == {"heel-slide": "shut_set_days"}
        assert ("one day a week" in plan.shut[0].because.text) is (days_a_week == 1)


# --- gates stand above it


def test_a_fact_of_the_screening_a_missing_thing_and_a_day_of_rest_leave_out_with_their_reason() -> None:
    loaded_yesterday = a_session(day(0), an_item("glute-bridge"))
    screened = (a_screening(),)
    screened = (replace(screened[0], screening=replace(screened[0].screening, facts=frozenset({Fact.KNEE_SURGERY}))),)
    history = with_set(a_history(loaded_yesterday, screened=screened), SQUAT, BRIDGE, RAISE)
    band = ProgrammeExercise(exercise="lateral-band-walk", sets=2, reps=10)
    plan = a_plan(TODAY, history)
    assert left_out(plan) == {"squat": "shut_gate", "glute-bridge": "shut_rest_day"}
    bare = a_plan(TODAY, with_set(a_history(), band, STRETCH), a_person(has=frozenset()))
    assert left_out(bare) == {"lateral-band-walk": "shut_equipment"}


def test_on_a_sore_day_what_loads_the_knee_is_left_out_and_nothing_takes_its_place() -> None:
    plan = planned(SQUAT, STRETCH, BRIDGE, pain_now=4)
    assert ids(plan) == ["calf-stretch", "glute-bridge"]
    assert left_out(plan) == {"squat": "shut_calm"}


def test_where_all_of_it_is_too_much_one_thing_that_asks_nothing_of_the_knee_lets_it_show_that_it_is_calm() -> None:
    red = a_session(day(3), an_item("squat", peak=7))
    history = with_set(a_history(red), SQUAT)
    sore = a_plan(day(5), history)
    (only,) = sore.items
    assert (only.exercise.knee_load, why(only)[0]) == (0, "chosen_fill")
    calm = a_plan(day(12), with_set(a_history(red, done(sore)), SQUAT))
    assert [s.because.key for s in calm.shut] == ["shut_swapped"]


def test_without_a_clearance_there_is_no_plan_whatever_was_set() -> None:
    assert planned(SQUAT, screened=()).items == ()


def test_what_was_red_at_its_smallest_dose_makes_way_for_an_easier_neighbour_of_no_more_sets() -> None:
    red = a_session(day(3), an_item("squat", peak=7))
    history = with_set(a_history(red, CALM_SINCE), replace(SQUAT, sets=1, reps=8), on=day(2))
    plan = a_plan(day(12), history)
    (only,) = plan.items
    assert (only.exercise.id, only.asked.sets) == ("terminal-knee-extension", 1)
    assert left_out(plan) == {"squat": "shut_swapped"}


def test_it_only_pauses_where_the_neighbour_is_set_itself_and_has_a_turn_of_its_own() -> None:
    red = a_session(day(3), an_item("squat", peak=7))
    band = ProgrammeExercise(exercise="terminal-knee-extension", sets=2, reps=12)
    plan = a_plan(day(12), with_set(a_history(red, CALM_SINCE), replace(SQUAT, reps=8), band, on=day(2)))
    assert ids(plan) == ["terminal-knee-extension"]
    assert left_out(plan) == {"squat": "shut_swapped"}


# --- from there the ordinary rules


def done(plan: DayPlan, peak: int = 0) -> SessionDone:
    items = [replace(an_item(i.exercise.id, i.asked, peak=peak), sides=i.sides) for i in plan.items]
    return a_session(plan.day, *items)


def test_pain_lowers_it_at_once_and_the_reason_says_both() -> None:
    history = with_set(a_history(), replace(SQUAT, reps=12))
    after = replace(history, sessions=(done(a_plan(TODAY, history), peak=6), CALM_SINCE), mornings={day(6): 0})
    lowered = item(a_plan(day(12), after), "squat")
    assert lowered.asked.reps == 8
    assert why(lowered) == ["chosen_set", "dose_set", "dose_lower_red"]


def test_it_rises_as_far_as_was_set_and_no_further() -> None:
    history, asked = with_set(a_history(), replace(BRIDGE, most_reps=10)), []
    for number in (1, 3, 5, 8, 10, 12):
        plan = a_plan(day(number), history)
        found = item(plan, "glute-bridge")
        asked.append(found.asked.reps)
        sessions = (*history.sessions, done(plan))
        history = replace(history, sessions=sessions, mornings={s.day + timedelta(days=1): 0 for s in sessions})
    assert asked == [8, 9, 10, 10, 10, 10]
    assert why(found) == ["chosen_set", "dose_set", "dose_set_most"]


def test_without_a_most_it_stays_at_what_was_set() -> None:
    history = with_set(a_history(), SQUAT)
    history = replace(history, sessions=(done(a_plan(TODAY, history)),), mornings={day(2): 0})
    after = item(a_plan(day(3), history), "squat")
    assert (after.asked.reps, why(after)[-1]) == (10, "dose_set_most")


def test_the_next_resistance_is_as_far_as_was_set() -> None:
    history, seen = with_set(a_history(), replace(RAISE, reps=12)), []
    for number in range(1, 40):
        plan = a_plan(day(number), replace(history, screened=(a_screening(day(number)),)))
        seen.append((item(plan, "straight-leg-raise").asked.step, item(plan, "straight-leg-raise").asked.reps))
        sessions = (*history.sessions, done(plan))
        history = replace(history, sessions=sessions, mornings={s.day + timedelta(days=1): 0 for s in sessions})
    assert seen[0] == (1, 12)
    assert max(seen) == seen[-1] == (2, 11)


def test_what_the_next_step_needs_is_not_there_and_the_dose_says_so() -> None:
    line = replace(RAISE, step=2, most_step=None)
    plan = a_plan(TODAY, with_set(a_history(), line), a_person(has=frozenset()))
    found = item(plan, "straight-leg-raise")
    assert found.asked.step == 0
    assert why(found) == ["chosen_set", "dose_set", "dose_without_thing"]


def test_the_part_of_the_arc_stays_as_it_was_set() -> None:
    whole = replace(an_item("kettlebell-knee-extension").asked, full_arc=True, step=1)
    before = a_session(day(0), an_item("kettlebell-knee-extension", whole))
    line = ProgrammeExercise(exercise="kettlebell-knee-extension", sets=2, reps=4)
    found = item(a_plan(day(2), with_set(a_history(before), line)), "kettlebell-knee-extension")
    assert (found.asked.full_arc, found.asked.step, found.asked.reps) == (False, 0, 4)


# --- whatever is set, no rule of safety is broken

RULES: tuple[Callable[[int, Callable[[int], Story]], Iterator[str]], ...] = (
    harder_for_more_pain,
    longer_for_more_pain,
    harder_for_less_said,
    something_despite_a_flag,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@settings(max_examples=40)
@given(seed=seeds)
def test_whatever_is_set_at_any_time_breaks_no_rule(
    rule: Callable[[int, Callable[[int], Story]], Iterator[str]], seed: int
) -> None:
    assert list(rule(seed, a_set_story)) == []


def test_the_stories_hold_all_that_a_programme_can_say() -> None:
    plans = [a_set_story(seed).plan for seed in range(250)]
    keys = {r.key for p in plans for r in (*p.because, *(r for i in p.items for r in i.because))}
    assert {"day_set", "chosen_set", "chosen_fill", "dose_set", "dose_set_most", "dose_rise", "dose_step_up"} <= keys
    assert {"shut_set_days", "shut_set_most", "shut_gate", "shut_rest_day"} <= {
        s.because.key for p in plans for s in p.shut
    }
