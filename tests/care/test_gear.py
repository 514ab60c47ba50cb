"""What a person is told to have ready: what they have, and never what they said is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.care.exercise import Exercise
from patella.care.gear import gear_of, say_needs, stand_in
from patella.care.person import Person
from patella.files.library import own_library

LIBRARY = own_library()
SHELF = LIBRARY.equipment
THINGS = st.frozensets(st.sampled_from(sorted(SHELF)))
BARE = Person(has=frozenset())


def says(exercise_id: str, person: Person, step: int = 0) -> str:
    return say_needs(gear_of(LIBRARY.exercises[exercise_id], person, SHELF, step=step))


@pytest.mark.parametrize(
    ("exercise_id", "person", "said"),
    [
        ("hop", Person(), ""),
        ("squat", Person(), "You need a sturdy chair."),
        ("glute-bridge", Person(), "You need an exercise mat."),
        ("terminal-knee-extension", Person(), "You need a long resistance band and a fixed pole or post."),
        ("strap-stretch", Person(lacks=frozenset({"strap"})), "You need a belt instead of the strap."),
        (
            "medicine-ball-squeeze",
            Person(lacks=frozenset({"medicine-ball"})),
            "You need a firm cushion instead of the ball, and a high seat, legs dangling.",
        ),
        ("lateral-step-down", BARE, "You need the bottom stair instead of the step, and a wall."),
    ],
)
def test_before_an_exercise_it_is_said_what_this_person_has_for_it(exercise_id: str, person: Person, said: str) -> None:
    assert says(exercise_id, person) == said


def test_a_higher_step_says_what_it_needs_too() -> None:
    assert says("straight-leg-raise", Person()) == ""
    assert says("straight-leg-raise", Person(), step=1) == "You need an ankle weight."


def test_what_is_there_too_and_would_do_is_known() -> None:
    (ball, seat) = gear_of(LIBRARY.exercises["medicine-ball-squeeze"], Person(lacks=frozenset({"cushion"})), SHELF)
    assert (ball.says, [t.id for t in ball.others]) == ("medicine ball", ["towel"])
    assert [t.id for t in seat.others] == ["kitchen-table"]


def test_the_thing_itself_comes_first_then_its_substitutes_in_their_order() -> None:
    strap = LIBRARY.exercises["strap-stretch"]
    roll = LIBRARY.exercises["roll-calves"]
    no_belt = Person(has=frozenset(), lacks=frozenset({"belt"}))
    assert [stand_in(strap, p, SHELF, "strap") for p in (Person(), BARE, no_belt)] == ["strap", "belt", "towel"]
    assert stand_in(roll, Person(has=frozenset(SHELF)), SHELF, "foam-roller") == "foam-roller"
    assert stand_in(roll, Person(has=frozenset({"tennis-ball"})), SHELF, "foam-roller") == "tennis-ball"
    assert stand_in(roll, BARE, SHELF, "foam-roller") is None


@pytest.mark.parametrize("exercise", LIBRARY.exercises.values(), ids=lambda e: e.id)
@given(has=st.none() | THINGS, lacks=THINGS)
def test_nobody_is_asked_for_what_they_said_is_not_there(
    exercise: Exercise, has: frozenset[str] | None, lacks: frozenset[str]
) -> None:
    person = Person(has=has, lacks=lacks)
    for step in (0, 1):
        gear = gear_of(exercise, person, SHELF, step=step)
        named = {g.thing.id for g in gear} | {t.id for g in gear for t in g.others}
        assert not named & lacks
        assert has is None or all(t in has or SHELF[t].everyday for t in named)
        assert {g.instead_of.id for g in gear if g.instead_of} <= set(exercise.things_at(step))
        said = say_needs(gear)
        assert all(g.thing.name in said for g in gear)
        assert bool(said) == bool(gear)
