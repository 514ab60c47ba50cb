"""What is told of a film: its tempo in the exercise's own words."""

from __future__ import annotations

from dataclasses import replace

from motion.rehearsal import Scene
from patella.app.film.telling import clean_words, far_words, leg_words, pace_words, reasons_of
from patella.files.library import own_library
from patella.motion.coach import analyse
from patella.motion.event import Rep

SQUAT = own_library().exercises["squat"]
REP = Rep(
    n=1, side="both", start_s=0, peak_s=2, end_s=5, range_deg=50, reach_deg=50, up_s=2, down_s=2, faults=()
)  # fmt: skip


def test_a_way_that_was_too_fast_is_told_beside_what_was_asked() -> None:
    hurried = replace(REP, up_s=0.71)
    assert pace_words(SQUAT, hurried) == ("down too fast: 0.7 s instead of 2",)
    assert pace_words(own_library().exercises["kettlebell-knee-extension"], replace(REP, down_s=0.5)) == (
        "lower too fast: 0.5 s instead of 3",
    )


def test_a_repetition_in_time_has_no_word_of_its_tempo() -> None:
    assert pace_words(SQUAT, REP) == ()


def test_an_exercise_without_a_tempo_is_never_too_fast() -> None:
    held = own_library().exercises["calf-stretch"]
    assert held.dose.tempo is None
    assert pace_words(held, replace(REP, up_s=0.1, down_s=0.1)) == ()


def test_how_far_it_went_is_told_in_degrees_or_as_a_part_of_a_length() -> None:
    bent, spread = (Scene(exercise=e, reps=1) for e in ("squat", "clamshell"))
    [squat], [clam] = ([far_words(f, r) for r in f.reps] for f in (analyse(s.spec, s.film()) for s in (bent, spread)))
    assert squat.endswith("°")
    assert 30 < float(squat.rstrip("°")) < 90
    assert 0 < float(clam) < 3


STEP_DOWNS = Scene(exercise="lateral-step-down", reps=2, fps=12)


def test_whoever_is_counted_and_not_judged_reads_why() -> None:
    near, far = (analyse(s.spec, s.film()) for s in (STEP_DOWNS, replace(STEP_DOWNS, yaw_deg=180)))
    assert reasons_of(near) == ()
    assert [way.title for way in reasons_of(far)] == ["Turn round"]
    assert "can only count" in reasons_of(far)[0].say


def test_who_stands_still_all_the_time_is_not_told_to_hold_still() -> None:
    found = analyse(STEP_DOWNS.spec, replace(STEP_DOWNS, reps=0, walk_s=0).film(), running=False)
    longer = replace(found, seen_fraction=0.98)
    assert ("stand-still" in found.notes, found.counted, reasons_of(longer)) == (True, False, ())


def test_the_heading_names_the_leg_that_worked_and_both_where_one_came_after_the_other() -> None:
    right = analyse(STEP_DOWNS.spec, STEP_DOWNS.film())
    both = replace(right, reps=(*right.reps, replace(right.reps[0], side="left")))
    squat = analyse(replace(STEP_DOWNS, exercise="squat").spec, ())
    assert (leg_words(right), leg_words(both), leg_words(replace(squat, side="both"))) == (
        ", right leg",
        ", both legs",
        "",
    )


def test_one_repetition_is_clean_or_not_several_are_numbered_and_of_the_unjudged_nothing_is_said() -> None:
    found = analyse(STEP_DOWNS.spec, STEP_DOWNS.film())
    one, bad = found.reps[0], replace(found.reps[0], faults=("heel_rise",))
    told = [
        clean_words(replace(found, reps=reps))
        for reps in ((one,), (bad,), (one, bad), (one, replace(one, judged=False)))
    ]
    assert told == [", clean", ", not clean", ", 1 of them clean", ""]
