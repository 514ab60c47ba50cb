from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.stories import LIBRARY, a_dose, a_history, a_person, a_plan, at, day
from patella.care.choice import Scope
from patella.care.entries.field import BodyError, write
from patella.care.entries.kinds import Kind
from patella.care.record import Effort, SessionDone, effort_of
from patella.care.session import Event, Session, fold, record_of, settle
from patella.care.task import Task, task_of, tell_task

PLAN = a_plan(day(0), a_history(), a_person())
TASKS = [task_of(i) for i in PLAN.items]
BAND, SQUEEZE, HIP, LAST = (t.exercise_id for t in TASKS)


def task(exercise_id: str) -> Task:
    (item,) = a_plan(day(0), scope=Scope.ONE, only=exercise_id).items
    return task_of(item)


SQUAT, RAISE = task("squat"), task("straight-leg-raise")


def told(*events: tuple[str, Mapping[str, object]]) -> list[Event]:
    """Events a minute apart, with the ids e0, e1 ..."""
    return [
        Event(id=f"e{n}", kind=kind, day=day(0), at=at(day(0)) + timedelta(minutes=n), body=body)
        for n, (kind, body) in enumerate(events)
    ]


BEGUN = (Kind.SESSION_BEGUN, {"plan": {"scope": "today", "items": [write(tell_task(t)) for t in TASKS]}})


def a_set(
    number: int, exercise_id: str, side: str = "both", reps: int = 6, **more: object
) -> tuple[str, dict[str, object]]:
    return Kind.SET_DONE, {"item": number, "exercise": exercise_id, "side": side, "reps": reps, **more}


def pain(nprs: int, when: str = "during", item: int | None = 0) -> tuple[str, dict[str, object]]:
    return Kind.PAIN_NOTED, {"when": when, "nprs": nprs, "item": item}


def swap(number: int, to: Task) -> tuple[str, dict[str, object]]:
    return Kind.ITEM_SWAPPED, {"item": number, "to": write(tell_task(to))}


def undo(of: str) -> tuple[str, dict[str, object]]:
    return Kind.ENTRY_UNDONE, {"of": of}


def change(of: str, **body: object) -> tuple[str, dict[str, object]]:
    return Kind.ENTRY_CHANGED, {"of": of, "body": body}


def folded(*events: tuple[str, Mapping[str, object]]) -> Session:
    session = fold("s", told(BEGUN, *events))
    assert session is not None
    return session


def recorded(*events: tuple[str, Mapping[str, object]]) -> SessionDone:
    return record_of(folded(*events))


def test_a_session_begins_with_the_plan_as_it_was_frozen() -> None:
    session = folded()
    assert session.tasks == tuple(TASKS)
    assert (session.id, session.day, session.scope, session.step) == ("s", day(0), "today", 0)
    assert session.begun_at == session.last_at == at(day(0))
    assert session.is_empty
    assert not session.finished


def test_a_plan_without_a_scope_is_that_of_today() -> None:
    session = fold("s", told((Kind.SESSION_BEGUN, {"plan": {"items": []}})))
    assert session is not None
    assert session.scope == "today"


def test_what_comes_before_the_beginning_or_without_it_is_no_session() -> None:
    assert fold("s", []) is None
    assert fold("s", told(a_set(0, BAND))) is None
    assert fold("s", told(BEGUN, undo("e0"))) is None


def test_the_step_to_go_on_with_is_the_last_one_reached() -> None:
    assert folded((Kind.STEP_REACHED, {"step": 3}), (Kind.STEP_REACHED, {"step": 7})).step == 7


def test_what_an_experiment_makes_of_the_form_decides_nothing() -> None:
    session = folded(
        a_set(0, BAND, counted_by="experiment", form_ok=0.1), a_set(0, BAND, counted_by="camera", form_ok=0.1)
    )
    assert [s.done.form_ok for s in session.sets] == [None, 0.1]
    assert [s.done.reps for s in session.sets] == [6, 6]


def test_sets_are_kept_with_the_event_that_logged_them() -> None:
    session = folded(a_set(0, BAND, "left", load_kg=None, form_ok=0.9))
    (logged,) = session.sets
    assert (logged.event_id, logged.task, logged.exercise_id) == ("e1", 0, BAND)
    assert (logged.done.side, logged.done.reps, logged.done.form_ok) == ("left", 6, 0.9)
    assert not session.is_empty


def test_the_worst_pain_during_a_task_counts_and_the_last_word_before_and_after() -> None:
    session = folded(
        pain(1, "before", None),
        pain(2, "before", None),
        pain(5),
        pain(3),
        pain(4, "after", None),
        pain(1, "after", None),
    )
    assert (session.before, session.peaks, session.after) == (2, {0: 5}, 1)


def test_pain_of_a_morning_or_of_no_task_is_not_the_sessions() -> None:
    session = folded(pain(9, "morning", None), pain(9, "during", None))
    assert session.is_empty
    assert (session.before, session.after) == (None, None)


def test_skipped_stopped_paused_and_finished_are_kept() -> None:
    session = folded((Kind.ITEM_SKIPPED, {"item": 1}), (Kind.ITEM_STOPPED, {"item": 2}), (Kind.SESSION_PAUSED, {}))
    assert (session.skipped, session.stopped) == (frozenset({1}), frozenset({2}))
    assert session.paused
    assert not folded((Kind.SESSION_PAUSED, {}), (Kind.SESSION_RESUMED, {})).paused
    ended = folded((Kind.SESSION_PAUSED, {}), (Kind.SESSION_FINISHED, {}))
    assert ended.finished
    assert ended.paused


def test_an_event_of_a_kind_that_is_not_known_changes_nothing_but_the_clock() -> None:
    assert replace(folded(("something.new", {})), last_at=at(day(0))) == folded()


def test_the_clock_of_a_session_never_runs_backwards() -> None:
    events = told(BEGUN, a_set(0, BAND))
    back = replace(events[1], at=events[0].at - timedelta(hours=2))
    session = fold("s", [events[0], back])
    assert session is not None
    assert session.last_at == events[0].at


def test_an_easier_dose_is_what_counts_as_asked_from_then_on() -> None:
    eased = replace(TASKS[1], asked=a_dose(SQUEEZE))
    record = recorded((Kind.ITEM_EASED, {"item": 1, "to": write(tell_task(eased))}), pain(2, item=1))
    assert record.items[1].asked == a_dose(SQUEEZE)
    assert record.items[1].peak == 2


def test_a_swapped_exercise_keeps_what_was_done_and_the_new_one_begins_fresh() -> None:
    record = recorded(a_set(0, BAND, "left"), pain(5), swap(0, SQUAT), a_set(0, "squat"), pain(1))
    left, now = record.items[0], record.items[1]
    assert (left.exercise_id, len(left.sets), left.peak) == (BAND, 1, 5)
    assert (now.exercise_id, len(now.sets), now.peak) == ("squat", 1, 1)


def test_an_exercise_swapped_before_it_was_begun_leaves_no_trace() -> None:
    record = recorded(swap(0, SQUAT))
    assert [i.exercise_id for i in record.items] == ["squat", SQUEEZE, HIP, LAST]


def test_what_was_stopped_stays_stopped_and_what_takes_its_place_is_not() -> None:
    record = recorded(a_set(0, BAND, "left"), (Kind.ITEM_STOPPED, {"item": 0}), swap(0, SQUAT), a_set(0, "squat"))
    assert record.items[0].stopped
    assert not record.items[1].stopped


def test_swapping_back_goes_on_where_it_was_left_and_counts_nothing_twice() -> None:
    there_and_back = (a_set(0, BAND, "left"), pain(4), swap(0, SQUAT), pain(2), swap(0, TASKS[0]))
    record = recorded(*there_and_back, a_set(0, BAND, "right"))
    bands = [i for i in record.items if i.exercise_id == BAND]
    assert [len(i.sets) for i in bands] == [2]
    assert bands[0].peak == 4
    squat = next(i for i in record.items if i.exercise_id == "squat")
    assert squat.peak == 2


def test_swapping_back_to_what_had_no_answer_yet_has_no_answer() -> None:
    record = recorded(a_set(0, BAND, "left"), swap(0, SQUAT), pain(6), swap(0, TASKS[0]))
    assert next(i for i in record.items if i.exercise_id == BAND).peak is None


def test_the_same_exercise_with_another_dose_is_no_swap() -> None:
    lighter = replace(TASKS[0], rest_s=99.0)
    session = folded(a_set(0, BAND, "left"), pain(3), swap(0, lighter))
    assert session.peaks == {0: 3}
    assert session.swapped_away == {}
    assert session.tasks[0].rest_s == 99.0


def test_undo_takes_a_thing_back_and_undoing_the_undo_brings_it_again() -> None:
    done = a_set(0, BAND, "left")
    assert folded(done, undo("e1")).sets == ()
    assert len(folded(done, undo("e1"), undo("e2")).sets) == 1
    assert folded(done, undo("e1"), undo("e2"), undo("e3")).sets == ()


def test_undoing_a_swap_brings_back_the_exercise_with_its_sets_and_its_pain() -> None:
    session = folded(a_set(0, BAND, "left"), pain(4), swap(0, SQUAT), undo("e3"))
    assert session.tasks[0].exercise_id == BAND
    assert session.peaks == {0: 4}
    assert len(record_of(session).items[0].sets) == 1


def test_undoing_what_is_not_there_does_nothing() -> None:
    assert len(folded(a_set(0, BAND, "left"), undo("e99")).sets) == 1


def test_a_change_corrects_what_it_names_and_leaves_the_rest() -> None:
    session = folded(a_set(0, BAND, "left", reps=6, form_ok=0.5), change("e1", reps=9))
    assert (session.sets[0].done.reps, session.sets[0].done.form_ok, session.sets[0].done.side) == (9, 0.5, "left")


def test_two_changes_of_one_thing_both_hold_and_the_later_word_counts() -> None:
    session = folded(a_set(0, BAND, "left"), change("e1", reps=9), change("e1", form_ok=0.7), change("e1", reps=8))
    assert (session.sets[0].done.reps, session.sets[0].done.form_ok) == (8, 0.7)


def test_a_change_that_was_undone_does_not_hold() -> None:
    assert folded(a_set(0, BAND, "left"), change("e1", reps=9), undo("e2")).sets[0].done.reps == 6


def test_a_change_of_what_was_undone_or_never_was_does_nothing() -> None:
    assert folded(a_set(0, BAND, "left"), undo("e1"), change("e1", reps=9)).sets == ()
    assert folded(a_set(0, BAND, "left"), change("e99", reps=9)).sets[0].done.reps == 6


def test_a_number_that_is_not_whole_is_refused_with_its_key() -> None:
    with pytest.raises(BodyError, match="nprs must be a whole number from 0 to 10, not '3'"):
        folded((Kind.PAIN_NOTED, {"when": "before", "nprs": "3"}))


def test_a_record_says_when_what_and_how_it_went() -> None:
    record = recorded(pain(1, "before", None), a_set(1, SQUEEZE), pain(2, "after", None), (Kind.SESSION_FINISHED, {}))
    assert (record.id, record.day, record.before, record.after, record.finished) == ("s", day(0), 1, 2, True)
    assert record.at == at(day(0))
    assert [i.exercise_id for i in record.items] == [BAND, SQUEEZE, HIP, LAST]
    assert [i.begun for i in record.items] == [False, True, False, False]


numbers = st.integers(0, len(TASKS) - 1)
grades = st.integers(0, 10)
one_event = st.one_of(
    st.builds(lambda n: (Kind.STEP_REACHED, {"step": n}), st.integers(0, 40)),
    st.builds(
        lambda n, side: a_set(n, TASKS[n].exercise_id, side), numbers, st.sampled_from(["left", "right", "both"])
    ),
    st.builds(pain, grades, st.sampled_from(["before", "during", "after", "morning"]), st.none() | numbers),
    st.builds(lambda n, kind: (kind, {"item": n}), numbers, st.sampled_from([Kind.ITEM_SKIPPED, Kind.ITEM_STOPPED])),
    st.builds(swap, numbers, st.sampled_from([*TASKS, SQUAT, RAISE])),
    st.builds(lambda n: (Kind.ITEM_EASED, {"item": n, "to": write(tell_task(TASKS[n]))}), numbers),
    st.builds(
        lambda kind: (kind, {}), st.sampled_from([Kind.SESSION_PAUSED, Kind.SESSION_RESUMED, Kind.SESSION_FINISHED])
    ),
    st.builds(lambda n: undo(f"e{n}"), st.integers(0, 12)),
    st.builds(lambda n: change(f"e{n}", reps=3), st.integers(0, 12)),
)
event_lists = st.lists(one_event, max_size=12)


@given(event_lists)
def test_every_beginning_of_a_session_folds_and_can_be_recorded(events: list[tuple[str, Mapping[str, object]]]) -> None:
    whole = told(BEGUN, *events)
    for length in range(1, len(whole) + 1):
        session = fold("s", whole[:length])
        if session is not None:
            record = record_of(session)
            assert len(record.items) >= len(TASKS)
            ids = [(n, s.exercise_id) for n, s in enumerate(session.tasks)]
            assert not set(ids) & set(session.swapped_away)


@given(event_lists)
def test_undoing_everything_but_the_beginning_leaves_the_beginning(
    events: list[tuple[str, Mapping[str, object]]],
) -> None:
    undone = [undo(f"e{n}") for n in range(len(events), 0, -1)]
    session = fold("s", told(BEGUN, *events, *undone))
    start = folded()
    assert session is None or replace(session, last_at=start.last_at) == start


@given(event_lists)
def test_settling_twice_is_settling_once(events: list[tuple[str, Mapping[str, object]]]) -> None:
    once = settle(told(BEGUN, *events))
    assert settle(once) == once


@given(event_lists, numbers)
def test_one_more_undo_and_its_undo_change_nothing(events: list[tuple[str, Mapping[str, object]]], of: int) -> None:
    length = len(events) + 1
    plain = settle(told(BEGUN, *events))
    assert settle(told(BEGUN, *events, undo(f"e{of}"), undo(f"e{length}"))) == plain


def effort(left: str, number: int = 0, exercise_id: str = BAND) -> tuple[str, dict[str, object]]:
    return Kind.EFFORT_NOTED, {"item": number, "exercise": exercise_id, "left": left}


def efforts(session: SessionDone) -> list[Effort | None]:
    return [i.effort for i in session.items]


def test_how_hard_it_was_belongs_to_its_exercise_and_the_last_word_counts() -> None:
    assert efforts(recorded()) == [None] * 4
    assert efforts(recorded(effort("0-1"), effort("4+"), effort("2-3", 2, HIP))) == [
        Effort.MANY_LEFT,
        None,
        Effort.SOME_LEFT,
        None,
    ]


def test_how_hard_it_was_can_be_taken_back() -> None:
    assert efforts(recorded(effort("0-1"), effort("4+"), undo("e2")))[0] is Effort.NONE_LEFT
    assert efforts(recorded(effort("0-1"), undo("e1")))[0] is None


def test_an_effort_in_words_that_are_not_known_counts_as_none() -> None:
    assert efforts(recorded(effort("4+"), effort("heaps")))[0] is None


def test_an_effort_stays_with_the_exercise_that_was_swapped_away_and_comes_back_with_it() -> None:
    begun = (a_set(0, BAND, "left"), effort("4+"), swap(0, SQUAT))
    left, now = efforts(recorded(*begun))[:2]
    assert (left, now) == (Effort.MANY_LEFT, None)
    assert efforts(recorded(*begun, swap(0, TASKS[0])))[0] is Effort.MANY_LEFT


@pytest.mark.parametrize(("reps_left", "left"), [(0, "0-1"), (1, "0-1"), (2, "2-3"), (3, "2-3"), (4, "4+"), (9, "4+")])
def test_a_number_of_repetitions_left_is_one_of_three_answers(reps_left: int, left: str) -> None:
    assert effort_of(reps_left) == left


def test_effort_is_asked_of_repetitions_with_load_and_not_of_holds_or_light_drills() -> None:
    asked = {e.id for e in LIBRARY.exercises.values() if e.asks_effort}
    assert {"terminal-knee-extension", "side-lying-hip-abduction", "squat"} <= asked
    assert asked.isdisjoint({"rotate-your-bones", "strap-stretch", "roll-calves", "side-plank", "heel-slide"})


def test_a_session_of_a_film_says_so() -> None:
    film = fold("s", told((Kind.SESSION_BEGUN, {"plan": {"scope": "film", "items": [write(tell_task(TASKS[0]))]}})))
    assert film is not None
    assert film.of_film
    today = fold("s", told(BEGUN))
    assert today is not None
    assert not today.of_film


def test_what_is_about_an_exercise_that_the_session_does_not_have_does_nothing() -> None:
    nowhere = len(TASKS)
    assert recorded(a_set(0, BAND), swap(nowhere, SQUAT), a_set(nowhere, BAND), pain(9, item=nowhere)) == recorded(
        a_set(0, BAND)
    )


def test_a_correction_after_which_an_entry_made_no_sense_does_nothing() -> None:
    events = told(BEGUN, a_set(0, BAND, reps=6), change("e1", reps=7), change("e1", side="upside down"))
    assert settle(events)[1].body == events[1].body
    assert settle(events[:3])[1].body == {**events[1].body, "reps": 7}
