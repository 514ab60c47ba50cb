"""Steps of resistance beyond the first: weights, bands or levels in words, and the thing that they need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.stories import LIBRARY, a_course_open, a_history, a_person, day
from patella.care.choice import Scope
from patella.care.entries.field import read, write
from patella.care.entries.of_session import PlannedTask
from patella.care.exercise import Exercise
from patella.care.history import History
from patella.care.item import PlanItem
from patella.care.plan import plan_for
from patella.care.prescription import Prescription, start_of
from patella.care.progression import Progress, Verdict
from patella.care.task import task_in, task_of, tell_task

SIDE = "side-lying-hip-abduction"
NOTHING: frozenset[str] = frozenset()
LEVELS = ("on the floor", "10 cm step", "20 cm step")


def levelled(**changes: object) -> Exercise:
    """A hip exercise with steps of another kind."""
    of = LIBRARY.exercises[SIDE]
    plain = replace(of.dose, loads_kg=(), bands=(), levels=(), step_thing=None)
    return replace(of, equipment=(), substitutes={}, dose=replace(plain, **changes))  # type: ignore[arg-type]


WEIGHTED = levelled(loads_kg=(0.0, 1.0, 2.0), step_thing="ankle-weight")
STEPPED = levelled(levels=LEVELS)


def planned(of: Exercise, history: History | None = None, *, has: frozenset[str] | None) -> PlanItem:
    library = replace(LIBRARY, exercises={**LIBRARY.exercises, SIDE: of})
    plan = plan_for(day(10), a_person(has=has), history or a_history(), library, scope=Scope.ONE, only=SIDE)
    return plan.items[0]


def stands_at(asked: Prescription, verdict: Verdict, **changes: object) -> History:
    progress = Progress(next=asked, last=asked, verdict=verdict, inputs={"peak": 0}, last_day=day(8), **changes)  # type: ignore[arg-type]
    course = replace(a_course_open(), progress={SIDE: progress}, loaded_days=(day(8),))
    return a_history(course=course)


def topped(of: Exercise, step: int) -> History:
    """Green at the top of the range twice running."""
    assert of.dose.reps
    asked = replace(start_of(of), step=step, reps=of.dose.reps[1])
    return stands_at(asked, Verdict.TOP_TWICE, at_top=True, top_run=2)


def keys(item: PlanItem, about: str) -> list[str]:
    return [r.key for r in item.because if r.about == about]


def test_a_level_is_named_and_is_the_next_resistance() -> None:
    first = planned(STEPPED, has=None)
    assert (first.level, first.band, first.load_kg) == ("on the floor", None, None)
    higher = planned(STEPPED, topped(STEPPED, 0), has=None)
    assert (higher.level, keys(higher, "dose")) == ("10 cm step", ["dose_step_up_apart"])
    (said,) = (r.text for r in higher.because if r.about == "load")
    assert said == "10 cm step: step 2 of 3."


def test_a_level_that_asks_nothing_of_the_knee_waits_for_no_calm_week_but_for_a_day_that_is_not_sore() -> None:
    """On a sore day others leave the plan, and their turn would pass to it: more pain would make it harder."""
    ready = topped(STEPPED, 0)
    flared = replace(ready, course=replace(ready.course, flare_day=day(9)))
    assert planned(STEPPED, flared, has=None).level == "10 cm step"
    for sore in (replace(flared, pain_now=4), replace(flared, pain_now=7)):
        waiting = planned(STEPPED, sore, has=None)
        assert (waiting.level, keys(waiting, "dose")) == ("on the floor", ["dose_top_twice_apart", "dose_sore"])


def test_the_first_of_the_weights_is_none_and_says_so_without_speaking_of_an_arc() -> None:
    first = planned(WEIGHTED, has=None)
    assert (first.load_kg, keys(first, "load")) == (0.0, ["load_none"])


def test_without_the_thing_that_the_steps_need_the_first_step_is_all_there_is() -> None:
    item = planned(WEIGHTED, topped(WEIGHTED, 0), has=NOTHING)
    assert (item.asked.step, keys(item, "dose")) == (0, ["dose_top_of_all"])


def test_with_the_thing_or_what_stands_in_for_it_the_next_step_opens() -> None:
    with_it = planned(WEIGHTED, topped(WEIGHTED, 0), has=NOTHING | {"ankle-weight"})
    assert (with_it.load_kg, keys(with_it, "equipment")) == (1.0, [])
    other = replace(WEIGHTED, substitutes={"ankle-weight": ("cushion",)})
    stood_in = planned(other, topped(WEIGHTED, 0), has=NOTHING)
    assert (stood_in.load_kg, keys(stood_in, "equipment")) == (1.0, ["use_substitute"])


@pytest.mark.parametrize("verdict", [Verdict.RISE, Verdict.TOP_TWICE, Verdict.REPEAT_AMBER])
def test_a_person_beyond_the_first_step_without_the_thing_does_the_most_of_the_first_and_is_told(
    verdict: Verdict,
) -> None:
    item = planned(WEIGHTED, stands_at(replace(start_of(WEIGHTED), step=2), verdict), has=NOTHING)
    assert WEIGHTED.dose.reps
    assert (item.asked.step, item.asked.reps) == (0, WEIGHTED.dose.reps[1])
    assert keys(item, "dose") == ["dose_without_thing"]


def test_a_step_that_has_left_the_library_becomes_the_highest_that_is_there() -> None:
    item = planned(STEPPED, stands_at(replace(start_of(STEPPED), step=7), Verdict.RISE), has=None)
    assert (item.asked.step, item.level) == (2, "20 cm step")
    assert STEPPED.dose.resistance(7).level == "20 cm step"


def test_what_the_first_step_does_not_need_is_not_asked_for() -> None:
    assert WEIGHTED.things == ("ankle-weight",)
    assert STEPPED.things == STEPPED.equipment


def test_a_task_from_before_there_were_levels_has_none() -> None:
    values = write(tell_task(task_of(planned(STEPPED, has=None))))
    assert task_in(read(PlannedTask, values)).level == "on the floor"
    del values["level"]
    assert task_in(read(PlannedTask, values)).level is None
