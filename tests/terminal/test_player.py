from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patella.app import training
from patella.app.patella import Patella
from patella.care.script import script_of
from patella.care.session import Kind, Session
from patella.store.log import Log
from patella.terminal.talk import LeftError
from terminal.theatre import Clock, Notebook, TroubledLog, begin, plan_of, play

REPS = "rotate-your-bones"  # 2 sets of 6 reps, both sides at once
HOLDS = "strap-stretch"  # 2 sets of one hold of 30 s, each side
SQUEEZE = "medicine-ball-squeeze"  # 2 sets of 5 holds of 10 s


def done(session: Session) -> list[object]:
    return [s.done.reps if s.done.reps is not None else (s.done.holds, s.done.hold_s) for s in session.sets]


def test_a_session_of_holds_runs_by_itself_and_takes_as_long_as_its_steps(app: Patella, clock: Clock) -> None:
    session = begin(app, HOLDS)
    stage = Notebook()
    asked_s = sum(s.seconds or 0 for s in script_of(session.tasks))

    after = play(app, session, clock, [asked_s + 0.2, "enter"], stage)

    assert [(s.done.side, s.done.hold_s) for s in after.sets] == [("right", 30), ("left", 30)] * 2
    assert stage.doing == [
        "Get ready",
        "Hold, right, set 1 of 2",
        "Switch sides",
        "Hold, left, set 1 of 2",
        "Rest",
        "Hold, right, set 2 of 2",
        "Switch sides",
        "Hold, left, set 2 of 2",
        "Done",
    ]
    assert clock.seconds == pytest.approx(asked_s, abs=0.3)


def test_a_hold_rings_at_its_start_half_way_in_the_last_three_seconds_and_at_its_end(
    app: Patella, clock: Clock
) -> None:
    session = begin(app, HOLDS, sets=1)
    stage = Notebook()

    play(app, session, clock, ["d", 30.1, 0.1], stage)

    assert stage.bells >= 6
    assert stage.counted[:5] == [5, 4, 3, 2, 1]
    assert any("left" in s for s in stage.said)  # its own words at half-way: fifteen seconds left


def test_each_key_counts_one_rep_and_the_set_is_saved_at_the_number_asked(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", " ", "enter", "+", " ", " ", 0.1])

    assert done(after) == []

    after = play(app, after, clock, [" "])

    assert done(after) == [6]


def test_a_typed_number_is_taken_as_the_reps_done(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "9", "backspace", "1", "1", "enter"])

    assert done(after) == [11]


def test_done_means_the_number_that_was_asked(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "d", "d", "2", "enter"])

    assert done(after) == [6, 6]
    assert after.peaks == {0: 2}


def test_pain_left_open_stays_unknown(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "d", "d", "enter"])

    assert done(after) == [6, 6]
    assert after.peaks == {}


def test_a_pause_loses_no_second_of_a_hold(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, HOLDS, sets=1), clock, ["d", 10.0, "p", 500.0, "p", 19.9])
    assert done(after) == []

    again = play(app, begin(app, HOLDS, sets=1), clock, ["d", 10.0, "p", 500.0, "p", 20.1])
    assert done(again) == [(1, 30)]


def test_a_process_that_was_stopped_for_an_hour_finds_its_timer_over(app: Patella, clock: Clock) -> None:
    session = begin(app, SQUEEZE, sets=1, holds=1)

    class Asleep(Notebook):
        def count(self, second: int) -> None:
            super().count(second)
            clock.seconds += 3600

    after = play(app, session, clock, [5.0, 10.0, "enter"], Asleep())

    assert done(after) == [(1, 10)]


def test_a_hold_that_is_ended_early_is_logged_as_long_as_it_was(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, HOLDS, sets=1), clock, ["d", 12.5, "enter"])

    assert done(after) == [(1, 12)]


def test_only_holds_in_full_count_where_there_were_any(app: Patella, clock: Clock) -> None:
    presses: list[str | float] = ["d", "d", "d", 4.0, "enter", "d", "d", "d", "d", "d", "d"]

    after = play(app, begin(app, SQUEEZE, sets=1), clock, presses)

    assert done(after) == [(4, 10)]


def test_a_key_meant_for_the_step_before_does_not_end_the_next_one(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", *[" "] * 7, 0.1], stage := Notebook())

    assert done(after) == [6]
    assert stage.doing[-1] == "Rest"


def test_red_pain_stops_this_exercise_and_praises_it(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "h", "7", "enter"], stage := Notebook())

    assert after.stopped == {0}
    assert after.peaks == {0: 7}
    assert "Good that you said so" in stage.said[-1]


def test_amber_pain_lets_the_person_choose_to_stop(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "h", "4", "enter", "s"], stage := Notebook())

    assert after.stopped == {0}
    assert stage.said[-1] == "Stopped. A good decision."


def test_amber_pain_lets_the_person_go_on_easier(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS, reps=9)

    after = play(app, session, clock, ["d", " ", "h", "4", "enter", "e", *[" "] * 5])

    assert after.tasks[0].asked.reps == 6
    assert done(after) == [6]  # the one that was counted before still counts


def test_green_pain_is_noted_and_the_set_goes_on(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", " ", "h", "2", "enter", *[" "] * 5])

    assert after.peaks == {0: 2}
    assert done(after) == [6]


def test_pain_above_ten_is_asked_again(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "h", "1", "1", "enter", "1", "enter"], stage := Notebook())

    assert after.peaks == {0: 1}
    assert any("0 (none) to 10" in s for s in stage.said)


def test_a_skipped_exercise_is_left_without_a_question(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "s"], stage := Notebook())

    assert after.skipped == {0}
    assert stage.doing[-1] == "Work, set 1 of 2"
    assert after.step == len(script_of(after.tasks))


def test_an_exercise_that_is_skipped_half_way_is_still_asked_about(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "s", "3", "enter"])

    assert after.skipped == {0}
    assert after.peaks == {0: 3}


def test_swapping_begins_the_easier_neighbour(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, "squat"), clock, ["d", "w", 0.1], stage := Notebook())

    assert after.tasks[0].exercise_id in app.library.exercises["squat"].easier
    assert stage.doing[-1] == "Get ready"
    assert script_of(after.tasks)[after.step].kind == "ready"


def test_swapping_what_has_no_easier_neighbour_says_so(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, HOLDS), clock, ["w"], stage := Notebook())

    assert after.tasks[0].exercise_id == HOLDS
    assert "Nothing easier is open" in stage.said[0]


def test_going_back_and_doing_a_set_again_corrects_it(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "b", "4", "enter", 0.1], stage := Notebook())

    assert done(after) == [4]
    assert stage.doing[-3:] == ["Rest", "Work, set 1 of 2", "Rest"]


def test_undo_takes_the_last_set_back_and_goes_to_it(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "d", "u", 0.1], stage := Notebook())

    assert done(after) == []
    assert stage.doing[-1] == "Work, set 1 of 2"
    assert "Taken back: the last set." in stage.said


def test_undoing_red_pain_undoes_the_stop_with_it(app: Patella, clock: Clock) -> None:
    two = replace(plan_of(app, REPS), items=(*plan_of(app, REPS).items, *plan_of(app, HOLDS).items))
    session = training.begin(app, two, before=1)

    after = play(app, session, clock, ["d", "d", "h", "8", "enter", "u", 0.1], stage := Notebook())

    assert after.stopped == frozenset()
    assert after.peaks == {}
    assert stage.frames[-1].place.startswith("1 of 2")


def test_undoing_a_swap_brings_the_first_exercise_back(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, "squat"), clock, ["d", "w", "u", 0.1])

    assert after.tasks[0].exercise_id == "squat"


def test_with_nothing_done_there_is_nothing_to_take_back(app: Patella, clock: Clock) -> None:
    session = training.begin(app, plan_of(app, REPS), before=None)

    play(app, session, clock, ["u"], stage := Notebook())

    assert stage.said == ["There is nothing to take back."]


def test_the_easiest_dose_cannot_be_made_easier(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS), clock, ["d", "e"], stage := Notebook())

    assert after.tasks[0].asked.reps == 6
    assert "easiest" in stage.said[0]


def test_a_key_that_means_nothing_is_answered(app: Patella, clock: Clock) -> None:
    play(app, begin(app, REPS), clock, ["x", "unknown:hello", "?"], stage := Notebook())

    assert "'x'" in stage.said[0]
    assert "'hello'" in stage.said[1]
    assert stage.said[2] == "the keys"


def test_leaving_raises_and_the_reps_counted_so_far_are_kept(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS)
    with pytest.raises(LeftError):
        play(app, session, clock, ["d", " ", " ", " ", "q"])

    after = play(app, training.reload(app, session.id), clock, [" ", " ", " "])

    assert done(after) == [6]


def test_what_is_shown_as_next_is_what_comes_next(app: Patella, clock: Clock) -> None:
    stage = Notebook()
    play(app, begin(app, HOLDS), clock, ["d"] * 8 + ["enter"], stage)

    coming = [f.coming.removeprefix("Next: ") for f in stage.frames]

    assert coming[0] == "hold, right, set 1 of 2"
    assert coming[1] == "switch sides, 8 s"
    assert coming[-1] == "the summary"


@pytest.mark.parametrize("written_first", [False, True], ids=["before writing", "after writing"])
def test_what_could_not_be_saved_is_said_kept_and_saved_once_when_tried_again(
    app: Patella, clock: Clock, *, written_first: bool
) -> None:
    session = begin(app, REPS)
    in_set = play(app, session, clock, ["d", 0.1])
    log = cast("Log", TroubledLog(app.log, troubles=2, written_first=written_first))

    after = play(replace(app, log=log), in_set, clock, ["8", "enter", "enter", "r", 0.1], stage := Notebook())

    assert done(after) == [8]
    assert stage.said[0].startswith("Not saved: 8 reps.")
    assert stage.said.count("Saved: 8 reps.") == 1
    assert [e.kind for e in app.log.entries(session_id=session.id)].count(Kind.SET) == 1


def test_nothing_is_shown_as_saved_while_it_is_not(app: Patella, clock: Clock) -> None:
    in_set = play(app, begin(app, REPS), clock, ["d", 0.1])
    log = cast("Log", TroubledLog(app.log, troubles=1))

    with pytest.raises(LeftError):
        play(replace(app, log=log), in_set, clock, ["d", "q"], stage := Notebook())

    assert not any(s.startswith("Saved") for s in stage.said)
    assert done(training.reload(app, in_set.id)) == []


@given(cut=st.integers(min_value=0, max_value=60))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_a_session_is_cut_off_it_goes_on_at_the_same_step_and_ends_the_same(
    new_app: Callable[[], Patella], cut: int
) -> None:
    app, clock = new_app(), Clock()
    two = replace(plan_of(app, REPS), items=(*plan_of(app, REPS).items, *plan_of(app, SQUEEZE).items))
    session = training.begin(app, two, before=1)
    keys: list[str | float] = ["d"] * len(script_of(session.tasks))
    cut_off = play(app, session, clock, [*keys[:cut], 0.1])
    at = cut_off.step

    stage = Notebook()
    after = play(app, cut_off, clock, keys, stage)

    assert done(after) == [6, 6, (5, 10), (5, 10)]
    if at < len(script_of(session.tasks)):
        assert len(stage.frames) == len(script_of(session.tasks)) - at


KEYS = ["d", "enter", " ", "+", "p", "b", "s", "w", "e", "h", "u", "?", "3", "7", "backspace", "x", 7.0]


@given(presses=st.lists(st.sampled_from(KEYS), max_size=60))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_keys_breaks_a_session_or_its_diary(
    new_app: Callable[[], Patella], presses: list[str | float]
) -> None:
    app, clock = new_app(), Clock()
    two = replace(plan_of(app, "squat"), items=(*plan_of(app, "squat").items, *plan_of(app, SQUEEZE).items))
    session = training.begin(app, two, before=1)

    after = play(app, session, clock, presses)
    whole = play(app, after, clock, ["d"] * 80)

    assert whole.step == len(script_of(whole.tasks))
    for number, task in enumerate(whole.tasks):
        mine = [s for s in whole.sets if s.task == number and s.exercise_id == task.exercise_id]
        assert len(mine) <= task.asked.sets * len(task.sides)
    assert app.log.check() == []
