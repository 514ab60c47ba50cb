"""What is told of a film: its tempo in the exercise's own words."""

from __future__ import annotations

from dataclasses import replace

from motion.rehearsal import Scene
from patella.app.film.telling import far_words, pace_words
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
