from __future__ import annotations

from dataclasses import replace

import pytest

from care.stories import a_dose, a_session, an_item, day
from patella.care.record import ItemDone, SetDone, holds_done, response_to


def test_an_item_with_neither_a_set_nor_an_answer_was_not_begun() -> None:
    empty = ItemDone(exercise_id="squat", asked=a_dose("squat"), sides=("both",))
    assert not empty.begun
    assert replace(empty, peak=3).begun
    assert replace(empty, sets=(SetDone(side="both", reps=1),)).begun


def test_done_in_full_means_every_set_of_every_side() -> None:
    assert an_item("terminal-knee-extension").in_full
    assert not an_item("terminal-knee-extension", in_full=False).in_full


def test_a_set_of_the_other_side_does_not_stand_in() -> None:
    full = an_item("terminal-knee-extension")
    left_only = replace(full, sets=tuple(replace(s, side="left") for s in full.sets))
    assert not left_only.in_full


def test_a_set_that_falls_short_does_not_count() -> None:
    full = an_item("squat")
    short = replace(full, sets=(full.sets[0], replace(full.sets[1], reps=7)))
    assert not short.in_full
    assert not replace(full, sets=(full.sets[0], replace(full.sets[1], reps=None))).in_full


def test_a_hold_counts_when_it_was_held_as_long_and_as_often_as_asked() -> None:
    full = an_item("medicine-ball-squeeze")
    assert full.in_full
    assert not replace(full, sets=tuple(replace(s, hold_s=9.0) for s in full.sets)).in_full
    assert not replace(full, sets=tuple(replace(s, holds=4) for s in full.sets)).in_full
    assert not replace(full, sets=tuple(replace(s, holds=None, hold_s=None) for s in full.sets)).in_full


def test_an_exercise_that_was_stopped_is_not_done_in_full() -> None:
    assert not an_item("squat", stopped=True).in_full


def test_form_is_that_of_the_worst_set_that_was_seen() -> None:
    item = an_item("squat")
    assert item.form_ok is None
    seen = replace(item, sets=(replace(item.sets[0], form_ok=0.9), replace(item.sets[1], form_ok=0.6)))
    assert seen.form_ok == 0.6
    assert replace(item, sets=(item.sets[0], replace(item.sets[1], form_ok=1.0))).form_ok == 1.0


def test_a_response_gathers_all_that_is_known_of_a_session() -> None:
    session = a_session(day(3), an_item("squat", peak=2), before=1, after=3)
    mornings = {day(1): 0, day(2): 1, day(3): 1, day(4): 4}
    response = response_to(session, session.items[0], mornings, usual_pain=5, cautious=True)
    assert (response.peak, response.before, response.after, response.morning) == (2, 1, 3, 4)
    assert response.usual == 1.0
    assert response.settled is False
    assert response.morning_worse is True
    assert response.cautious


@pytest.mark.parametrize(
    ("held", "done"),
    [
        ([30.0, 30.0], {"holds": 2, "hold_s": 30.0}),
        ([30.0, 12.9], {"holds": 1, "hold_s": 30.0, "held_s": [30.0, 12.0]}),
        ([20.5, 12.9], {"holds": 2, "hold_s": 12.0, "held_s": [20.0, 12.0]}),
        ([12.9], {"holds": 1, "hold_s": 12.0, "held_s": None}),
    ],
)
def test_holds_in_full_are_those_that_count_and_where_none_was_the_shortest_says_how_long(
    held: list[float], done: dict[str, object]
) -> None:
    assert holds_done(held, 30.0) == done
