from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.person.screening import change_profile
from patella.app.plan.plan import make_plan
from patella.app.session import training
from patella.app.today.due import find_due
from patella.care.choice import Scope
from patella.care.entries.kinds import Kind
from patella.care.pain import When
from patella.care.script import script_of
from patella.care.session import Session
from patella.files.library import own_library
from patella.store.entry import Entry, ErasedError
from patella.store.log import Log
from patella.terminal.asking import PAIN_WAIT_S
from patella.terminal.keys import ENTER, InputEndedError, Keys
from patella.terminal.player import Player
from patella.terminal.talk import LeftError
from terminal.theatre import Clock, Fingers, Notebook, TroubledLog, begin, plan_of, play

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


def test_before_an_exercise_the_person_is_told_what_they_have_for_it(app: Patella, clock: Clock) -> None:
    change_profile(app, {"things": {"medicine-ball": False}})
    stage = Notebook()
    play(app, begin(app, SQUEEZE, sets=1), clock, ["enter"], stage)
    assert stage.frames[0].doing.startswith("Get ready")
    assert stage.frames[0].asks == "You need a firm cushion instead of the ball, and a high seat, legs dangling."


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

    after = play(app, session, clock, ["d", 10.0, "enter"], Asleep())

    assert done(after) == [(1, 10)]


@pytest.mark.parametrize("exercise_id", [e.id for e in own_library().exercises.values() if e.unlock is None])
def test_whoever_touches_nothing_has_done_and_logged_the_whole_exercise(
    app: Patella, clock: Clock, exercise_id: str
) -> None:
    session = begin(app, exercise_id)
    task = session.tasks[0]

    after = play(app, session, clock, [3600.0])

    assert after.step == len(script_of(session.tasks))
    asked = task.asked.reps if task.asked.reps is not None else (task.asked.holds, task.asked.hold_s)
    assert done(after) == [asked] * task.asked.sets * len(task.sides)
    assert after.peaks == {}


def test_who_only_let_the_beat_run_is_asked_for_no_more_than_before(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS)
    play(app, session, clock, [3600.0])
    training.note(app, session, Kind.SESSION_FINISHED)
    training.note_loose_pain(app, 0, When.AFTER)
    clock.seconds += 24 * 3600
    training.note_loose_pain(app, 0, When.MORNING)

    (item,) = make_plan(app, scope=Scope.ONE, only=REPS).items

    assert item.asked == session.tasks[0].asked
    assert [r.key for r in item.because if r.about == "dose"] == ["dose_repeat_unanswered"]


def test_repetitions_go_at_their_tempo(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS)
    stage = Notebook()
    script = script_of(session.tasks)
    tempo = session.tasks[0].tempo
    assert tempo is not None
    led_s = sum(s.reps or 0 for s in script) * tempo.rep_s
    asked_s = sum(s.seconds or 0 for s in script) + led_s + PAIN_WAIT_S

    after = play(app, session, clock, [asked_s + 1], stage)

    assert done(after) == [6, 6]
    assert {e.body["counted_by"] for e in app.log.entries(kinds=[Kind.SET_DONE])} == {"beat"}
    assert after.step == len(script)
    assert after.peaks == {}


def test_whoever_counts_counts_that_set_and_the_beat_leads_the_next(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS)
    after = play(app, session, clock, ["d", "+", 500.0, "d", "d", 49.0])
    entries = app.log.entries(kinds=[Kind.SET_DONE])
    assert done(after) == [6, 6]
    assert [e.body.get("counted_by") for e in entries] == [None, "beat"]


def test_the_beat_waits_in_a_pause(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, REPS, sets=1), clock, ["d", 20.0, "p", 3600.0, "p", 20.0])
    assert done(after) == []
    again = play(app, begin(app, REPS, sets=1), clock, ["d", 20.0, "p", 3600.0, "p", 28.5])
    assert done(again) == [6]


def test_a_gentler_exercise_is_never_the_one_it_came_from(app: Patella) -> None:
    session = begin(app, "squat")
    been = ["squat"]
    for _ in range(8):
        if not training.gentler_of(app.library, session, 0):
            break
        session = training.swap(app, session, 0)
        been.append(session.tasks[0].exercise_id)
    assert len(set(been)) == len(been) > 1
    with pytest.raises(TrainingError, match="Skipping it is fine"):
        training.swap(app, session, 0)


def test_a_sore_exercise_offers_only_what_there_is(app: Patella, clock: Clock) -> None:
    stage = Notebook()
    play(app, begin(app, "heel-slide"), clock, ["d", "h", "4", "enter"], stage)
    (offer,) = (s for s in stage.said if s.startswith("Enter: go on"))
    assert ("e: make it easier" in offer, "w: a gentler exercise" in offer) == (False, False)


def test_where_nobody_is_led_the_count_waits_for_the_person(app: Patella, clock: Clock) -> None:
    keys = Fingers(clock, ["d", 600.0])
    player = Player(app, begin(app, REPS), keys=keys, stage=Notebook(), clock=clock, leads=False)
    with pytest.raises(InputEndedError):
        player.run()
    assert app.log.entries(kinds=[Kind.SET_DONE]) == []


def test_a_hold_left_early_in_the_middle_of_several_is_kept_as_long_as_it_was(app: Patella, clock: Clock) -> None:
    keys: list[str | float] = ["d", 10.1, "d", 3.2, "enter", "d", 10.1, "d", 10.1, "d", 10.1]
    after = play(app, begin(app, SQUEEZE, sets=1), clock, keys)
    (entry,) = app.log.entries(kinds=[Kind.SET_DONE])
    assert done(after) == [(4, 10)]
    assert entry.body["held_s"] == [10, 3, 10, 10, 10]


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
    assert "Thanks for telling us" in stage.said[-1]


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
    assert [e.kind for e in app.log.entries(session_id=session.id)].count(Kind.SET_DONE) == 1


def test_nothing_is_shown_as_saved_while_it_is_not(app: Patella, clock: Clock) -> None:
    in_set = play(app, begin(app, REPS), clock, ["d", 0.1])
    log = cast("Log", TroubledLog(app.log, troubles=1))

    with pytest.raises(LeftError):
        play(replace(app, log=log), in_set, clock, ["d", "q"], stage := Notebook())

    assert not any(s.startswith("Saved") for s in stage.said)
    assert done(training.reload(app, in_set.id)) == []


@given(cut=st.integers(min_value=0, max_value=60))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@pytest.mark.slow
@given(presses=st.lists(st.sampled_from(KEYS), max_size=60))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


SQUAT = "squat"  # 2 sets of 8 reps, both sides at once; worth asking how hard it was


@pytest.mark.parametrize(("key", "effort"), [("0", "0-1"), ("3", "2-3"), ("6", "4+")])
def test_after_the_pain_one_key_says_how_many_more_there_would_have_been(
    app: Patella, clock: Clock, key: str, effort: str
) -> None:
    stage = Notebook()
    after = play(app, begin(app, SQUAT), clock, ["d", "d", "d", "d", "1", "enter", key], stage)

    assert after.efforts == {(0, SQUAT): effort}
    assert after.step == len(script_of(after.tasks))
    assert stage.said[-1] == f"Saved: {effort} more."


def test_how_hard_it_was_may_be_left_open(app: Patella, clock: Clock) -> None:
    after = play(app, begin(app, SQUAT), clock, ["d", "d", "d", "d", "1", "enter", "x", "enter"], stage := Notebook())

    assert after.efforts == {}
    assert after.step == len(script_of(after.tasks))
    assert "Enter leaves it open" in stage.said[-1]


@pytest.mark.parametrize("answer", [["enter"], ["7", "enter"]])
def test_how_hard_it_was_is_not_asked_without_an_answer_about_pain_nor_after_a_red_one(
    app: Patella, clock: Clock, answer: list[str | float]
) -> None:
    after = play(app, begin(app, SQUAT), clock, ["d", "d", "d", "d", *answer], stage := Notebook())

    assert after.step == len(script_of(after.tasks))
    assert not any("How many more" in s for s in stage.said)


def test_leaving_at_the_question_of_how_hard_it_was_keeps_the_pain(app: Patella, clock: Clock) -> None:
    with pytest.raises(LeftError):
        play(app, begin(app, SQUAT), clock, ["d", "d", "d", "d", "1", "enter", "q"])

    session = find_due(app).unfinished
    assert session is not None
    assert session.peaks == {0: 1}


def test_how_hard_it_was_can_be_taken_back(app: Patella, clock: Clock) -> None:
    session = play(app, begin(app, SQUAT), clock, ["d", "d", "d", "d", "1", "enter", "4"])
    undone = training.undo_last(app, session)

    assert undone is not None
    assert (undone.efforts, undone.peaks) == ({}, {0: 1})


def test_two_terminals_in_one_session_record_a_set_once(app: Patella, clock: Clock) -> None:
    """The second one hears that the set is there, and goes on after it."""
    session = begin(app, REPS)
    stage = Notebook()
    late = Player(app, session, keys=Fingers(clock, [1.0, ENTER, 2.0, "6", 0.5, ENTER, 3.0]), stage=stage, clock=clock)
    read = late._keys.read

    def while_the_other_window_ends_its_set(timeout_s: float) -> str | None:
        if clock.seconds > 2.0 and not training.reload(app, session.id).sets:
            training.log_set(app, training.reload(app, session.id), 0, "both", {"reps": 5})
        return read(timeout_s)

    late._keys = cast("Keys", type("Hands", (), {"read": staticmethod(while_the_other_window_ends_its_set)}))
    with pytest.raises(InputEndedError):
        late.run()
    assert done(training.reload(app, session.id)) == [5]
    assert "Another window has recorded this set; it counts once." in stage.said
    assert stage.doing[-1] == "Work, set 2 of 2"


def test_two_windows_that_end_a_set_in_the_same_moment_record_it_once(app: Patella) -> None:
    """Neither has seen the other when it writes: the second is refused by the set's own id."""
    session = begin(app, REPS)
    log, seen = app.log, app.log.entries(session_id=session.id)

    class Blind:
        """A log as it was before the other window wrote."""

        def entries(self, **wanted: object) -> list[Entry]:
            kinds = cast("list[str] | None", wanted.get("kinds"))
            return [e for e in seen if kinds is None or e.kind in kinds]

        def __getattr__(self, name: str) -> object:
            return getattr(log, name)

    training.log_set(app, session, 0, "both", {"reps": 6})
    later = replace(app, log=cast("Log", Blind()), now=lambda: app.now() + timedelta(seconds=1))
    with pytest.raises(training.RecordedElsewhereError):
        training.log_set(later, session, 0, "both", {"reps": 5})
    assert done(training.reload(app, session.id)) == [6]


def test_after_an_erase_from_elsewhere_a_session_writes_nothing_more(app: Patella, clock: Clock) -> None:
    session = begin(app, REPS)
    player = Player(app, session, keys=Fingers(clock, [1.0, ENTER, "6", ENTER, 30.0]), stage=Notebook(), clock=clock)
    app.log.erase()
    with pytest.raises(ErasedError, match="erased meanwhile"):
        player.run()
    assert not app.log.entries()
