from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from care.stories import LIBRARY, a_dose, doses, exercise
from patella.care.entries.field import plain, read
from patella.care.exercise import Exercise
from patella.care.prescription import (
    Prescription,
    at_load,
    bottom,
    is_top,
    lower,
    rise,
    start_of,
    step_up,
)

SQUAT, BAND, BELL = exercise("squat"), exercise("terminal-knee-extension"), exercise("kettlebell-knee-extension")
SQUEEZE, ROLL = exercise("medicine-ball-squeeze"), exercise("roll-calves")


def within(of: Exercise, asked: Prescription) -> bool:
    dose = of.dose
    amount = (
        asked.hold_s is None and asked.reps is not None and dose.reps[0] <= asked.reps <= dose.reps[1]
        if dose.reps
        else asked.reps is None
        and asked.holds == dose.holds
        and (dose.hold_s or 0) <= (asked.hold_s or 0) <= (dose.hold_top_s or 0)
    )
    return (
        amount and asked.sets == dose.sets and 0 <= asked.step < dose.steps and (asked.full_arc or of.arc is not None)
    )


def test_an_exercise_begins_at_the_bottom_with_the_lightest_and_the_safer_arc() -> None:
    assert start_of(BAND) == Prescription(sets=2, reps=6, holds=None, hold_s=None, step=0, full_arc=True)
    assert start_of(SQUEEZE) == Prescription(sets=2, reps=None, holds=5, hold_s=10, step=0, full_arc=True)
    assert start_of(BELL) == Prescription(sets=2, reps=3, holds=None, hold_s=None, step=0, full_arc=False)


def test_reps_rise_by_one_and_never_over_the_top() -> None:
    assert rise(SQUAT, a_dose("squat")).reps == 9
    top = a_dose("squat", top=True)
    assert is_top(SQUAT, top)
    assert rise(SQUAT, top) == top


def test_holds_rise_by_about_a_tenth_at_least_by_a_second_and_never_over_the_top() -> None:
    first = a_dose("medicine-ball-squeeze")
    assert rise(SQUEEZE, first).hold_s == 11
    assert rise(ROLL, a_dose("roll-calves")).hold_s == 33
    assert rise(ROLL, replace(a_dose("roll-calves"), hold_s=58.0)).hold_s == 60
    assert is_top(ROLL, a_dose("roll-calves", top=True))
    assert not is_top(SQUEEZE, first)


def next_level(of: Exercise, asked: Prescription, *, arc_may_open: bool) -> Prescription | None:
    return step_up(of, asked, arc_may_open=arc_may_open, steps=of.dose.steps)


def test_the_next_level_is_more_resistance_with_the_count_back_at_the_bottom() -> None:
    higher = next_level(BAND, a_dose("terminal-knee-extension", top=True), arc_may_open=False)
    assert higher == a_dose("terminal-knee-extension", step=1)


def test_the_whole_arc_comes_before_more_weight_where_it_may_open() -> None:
    top = a_dose("kettlebell-knee-extension", top=True)
    assert next_level(BELL, top, arc_may_open=True) == a_dose("kettlebell-knee-extension", full_arc=True)


def test_at_the_heaviest_there_is_nothing_to_add() -> None:
    assert next_level(BAND, a_dose("terminal-knee-extension", top=True, step=2), arc_may_open=True) is None
    assert next_level(SQUAT, a_dose("squat", top=True), arc_may_open=True) is None


def test_one_step_down_is_the_bottom_of_the_range_then_less_resistance_then_the_safer_arc() -> None:
    heavy = a_dose("kettlebell-knee-extension", top=True, step=1, full_arc=True)
    first = lower(BELL, heavy)
    second = lower(BELL, first)
    third = lower(BELL, second)
    assert first == a_dose("kettlebell-knee-extension", step=1, full_arc=True)
    assert second == a_dose("kettlebell-knee-extension", step=0, full_arc=True)
    assert third == start_of(BELL)
    assert lower(BELL, third) == third


def test_bottom_keeps_resistance_and_arc() -> None:
    heavy = a_dose("kettlebell-knee-extension", top=True, step=3, full_arc=True)
    assert bottom(BELL, heavy) == a_dose("kettlebell-knee-extension", step=3, full_arc=True)


@given(doses())
def test_a_rise_is_harder_or_the_top_a_step_down_is_easier_or_the_floor(chosen: tuple[Exercise, Prescription]) -> None:
    of, asked = chosen
    risen, lowered = rise(of, asked), lower(of, asked)
    assert risen.hardness > asked.hardness or (risen == asked and is_top(of, asked))
    assert lowered.hardness < asked.hardness or lowered == asked == start_of(of)
    assert within(of, risen)
    assert within(of, lowered)


@given(doses())
def test_a_step_up_is_harder_and_within_range(chosen: tuple[Exercise, Prescription]) -> None:
    of, asked = chosen
    for arc_may_open in (False, True):
        higher = next_level(of, asked, arc_may_open=arc_may_open)
        assert higher is None or (higher.hardness > asked.hardness and within(of, higher))


@given(doses())
def test_lowering_reaches_the_dose_to_begin_with(chosen: tuple[Exercise, Prescription]) -> None:
    of, asked = chosen
    for _ in range(10):
        asked = lower(of, asked)
    assert asked == start_of(of)


@given(doses())
def test_a_dose_survives_the_log(chosen: tuple[Exercise, Prescription]) -> None:
    _, asked = chosen
    assert read(Prescription, json.loads(json.dumps(plain(asked)))) == asked


def test_every_exercise_begins_within_its_own_range() -> None:
    assert all(within(of, start_of(of)) for of in LIBRARY.exercises.values())


def test_the_whole_arc_opens_at_the_lightest_weight() -> None:
    kettlebell = LIBRARY.exercises["kettlebell-knee-extension"]
    heavy = replace(start_of(kettlebell), step=3)

    opened = next_level(kettlebell, heavy, arc_may_open=True)

    assert opened is not None
    assert (opened.full_arc, opened.step) == (True, 0)
    assert opened.hardness > heavy.hardness


@pytest.mark.parametrize(
    ("step", "load_kg", "now"),
    [(0, 0.0, 0), (1, 1.0, 0), (2, 2.0, 1), (3, 3.0, 1), (4, 4.08, 2), (1, 2.0, 1), (2, None, 2), (9, -1.0, 0)],
)
def test_a_step_is_the_weight_it_was_and_not_its_number(step: int, load_kg: float | None, now: int) -> None:
    """The kettlebell once had five steps: 0, 1, 2, 3 and 4.08 kg."""
    bell = exercise("kettlebell-knee-extension")
    assert bell.dose.loads_kg == (0, 2, 4.08)
    assert at_load(bell, a_dose(bell.id, step=step), load_kg) == a_dose(bell.id, step=now)


def test_what_is_done_without_a_weight_keeps_its_step() -> None:
    band = exercise("terminal-knee-extension")
    assert at_load(band, a_dose(band.id, step=2), 5.0) == a_dose(band.id, step=2)


def test_a_hold_grows_by_as_much_as_its_exercise_says_or_by_a_tenth() -> None:
    plank, squeeze = exercise("side-plank"), exercise("medicine-ball-squeeze")
    assert rise(plank, a_dose(plank.id)).hold_s == 15
    assert rise(squeeze, a_dose(squeeze.id)).hold_s == 11
