from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.runners import an_answer
from care.stories import LIBRARY, day
from patella.care.comeback import (
    Comeback,
    Footstep,
    Moved,
    Part,
    Position,
    Stage,
    Step,
    come_back,
    follow_back,
    how_it_went,
    parse_comeback,
)
from patella.care.line import Ground, Line
from patella.care.pain import Response
from patella.care.run import Felt, Took
from patella.care.units import METRIC, Distance, Units
from patella.files.library import own_comeback
from patella.motion.definition import DefinitionError

WAY = own_comeback()
STAGES = [s.id for s in WAY.stages]
FIRST = day(0)
OPEN = Line(ground=Ground.OPEN, metres=8000)
RESTART = Line(ground=Ground.RESTART, metres=3000)


def begun(on: int = 0, stage: str | None = None) -> Footstep:
    return Footstep(step=Step.BEGUN, day=day(on), stage=stage or STAGES[0])


def outing(on: int, stage: int = 0, *, complete: bool = True) -> Footstep:
    return Footstep(step=Step.OUTING, day=day(on), stage=STAGES[stage], complete=complete)


def step(kind: Step, on: int) -> Footstep:
    return Footstep(step=kind, day=day(on))


def calm(*days: int, **more: Mapping[date, int] | Mapping[date, Response] | int) -> Felt:
    """The outings of these days went well, and so did the mornings after."""
    values = {
        "of_runs": {day(n): an_answer() for n in days},
        "mornings": {day(n + 1): 0 for n in days},
        **more,
    }
    return Felt(**values)  # type: ignore[arg-type]


def place(*steps: Footstep, felt: Felt | None = None, today: int = 10) -> Position | None:
    return follow_back(WAY, steps, felt or Felt(), day(today))


def stage_today(
    *steps: Footstep, felt: Felt | None = None, line: Line | None = OPEN, today: int = 10
) -> Comeback | None:
    return come_back(WAY, steps, felt or Felt(), line, LIBRARY.reasons, today=day(today))


# --- the stages


def test_the_first_six_are_the_published_phases_and_hills_and_speed_come_last() -> None:
    by_source = [s.source for s in WAY.stages]
    assert by_source == ["crowell-2023"] * 6 + ["patella-rules"] * 6
    told = [(s.walk_min, s.run_min, s.effort) for s in WAY.stages[:6]]
    assert told == [(2, 3, 3), (2, 3, 3), (2, 4, 4), (2, 4, 4), (1, 4, 5), (0, 20, 5)]
    assert STAGES[6:] == ["further-1", "further-2", "hills-1", "hills-2", "speed-1", "speed-2"]


def test_an_outing_is_walked_run_and_walked() -> None:
    first, last = WAY.stages[0], WAY.stages[-1]
    assert [(s.part, s.seconds) for s in first.segments] == [
        (Part.WALK, 300),
        *[(Part.RUN, 180), (Part.WALK, 120)] * 3,
    ]
    assert [s.part for s in last.segments] == [Part.WALK, *[Part.RUN, Part.FAST] * 5, Part.WALK]


# --- how an outing went


@pytest.mark.parametrize(
    ("answer", "morning", "took"),
    [
        (an_answer(2, 1), 2, Took.GOOD),
        (an_answer(1, None, worse=None), 0, Took.GOOD),
        (an_answer(2, 1), None, Took.SILENT),
        (an_answer(None, 0), 0, Took.SILENT),
        (None, 0, Took.SILENT),
        (an_answer(3, 0), 0, Took.SORE),
        (an_answer(0, 3), 0, Took.SORE),
        (an_answer(0, 0, worse=True), 0, Took.SORE),
        (an_answer(0, 0), 3, Took.SORE),
        (an_answer(8, None), None, Took.SORE),
    ],
)
def test_well_is_a_calm_run_and_a_calm_next_morning(answer: Response | None, morning: int | None, took: Took) -> None:
    of_runs = {FIRST: answer} if answer else {}
    mornings = {} if morning is None else {day(1): morning}
    assert how_it_went(Felt(of_runs=of_runs, mornings=mornings), FIRST) is took


# --- from stage to stage


def test_it_begins_where_it_is_said_and_nowhere_before() -> None:
    assert place() is None
    assert place(outing(1)) is None
    assert place(begun()) == Position(stage=0)
    assert place(begun(stage="further-1")) == Position(stage=6)
    assert place(begun(stage="of another version")) == Position(stage=0)


def test_a_stage_is_done_when_it_went_well_twice_with_a_day_of_rest_between() -> None:
    once = place(begun(), outing(1), felt=calm(1))
    assert once == Position(stage=0, well=1, last=day(1), moved=Moved.ONCE)
    twice = place(begun(), outing(1), outing(3), felt=calm(1, 3))
    assert twice == Position(stage=1, well=0, last=day(3), moved=Moved.ON)
    assert place(begun(), outing(1), outing(2), felt=calm(1, 2)) == Position(
        stage=0, well=1, last=day(2), moved=Moved.ONCE
    )


def test_an_unanswered_a_short_or_another_outing_moves_nothing() -> None:
    for outings, felt, why in (
        ([outing(1)], Felt(), Moved.UNANSWERED),
        ([outing(1, complete=False)], calm(1), Moved.CUT_SHORT),
        ([outing(1, 4)], calm(1), Moved.CUT_SHORT),
    ):
        assert place(begun(), *outings, felt=felt) == Position(stage=0, last=day(1), moved=why)


@pytest.mark.parametrize("answer", [an_answer(4, 0), an_answer(0, 3), an_answer(7)])
def test_a_sore_or_red_outing_steps_back(answer: Response) -> None:
    felt = Felt(of_runs={day(1): answer})
    assert place(begun(stage=STAGES[3]), outing(1, 3), felt=felt) == Position(stage=2, last=day(1), moved=Moved.BACK)
    assert place(begun(), outing(1), felt=felt) == Position(stage=0, last=day(1), moved=Moved.BACK)


def test_red_pain_between_the_outings_steps_back_too() -> None:
    for felt in (Felt(noted={day(5): 6}), Felt(mornings={day(5): 7}), Felt(now=8)):
        found = place(begun(stage=STAGES[3]), felt=felt)
        assert found is not None
        assert (found.stage, found.moved) == (2, Moved.BACK)
    assert place(begun(stage=STAGES[3]), felt=Felt(noted={day(0): 6})) == Position(stage=3)


@pytest.mark.parametrize("felt", [Felt(noted={day(5): 3}), Felt(mornings={day(5): 3}), Felt(now=3)])
def test_in_cautious_mode_three_steps_back_as_red_does(felt: Felt) -> None:
    walked = begun(stage=STAGES[3])
    assert place(walked, felt=felt) == Position(stage=3)
    found = place(walked, felt=replace(felt, cautious=True))
    assert found is not None
    assert (found.stage, found.moved) == (2, Moved.BACK)


def test_not_at_ones_best_is_one_tap_and_one_stage_back() -> None:
    found = place(begun(stage=STAGES[3]), step(Step.PAUSED, 2))
    assert found == Position(stage=2, moved=Moved.UNWELL)
    assert place(step(Step.PAUSED, 2)) is None


def test_a_long_break_steps_back_and_a_month_begins_anew() -> None:
    def after(days: int) -> Position | None:
        return place(begun(stage=STAGES[5]), today=days)

    assert after(14) == Position(stage=5)
    assert after(15) == Position(stage=4, moved=Moved.BREAK)
    assert after(31) == Position(stage=0, moved=Moved.BREAK)


def test_it_is_over_when_it_is_left_or_the_last_stage_is_done() -> None:
    assert place(begun(), step(Step.LEFT, 3)) is None
    last = len(STAGES) - 1
    steps = (begun(stage=STAGES[last]), outing(1, last), outing(3, last))
    assert place(*steps, felt=calm(1, 3)) is None
    assert place(*steps, outing(5, last), felt=calm(1, 3, 5)) is None
    assert place(*steps, begun(6), felt=calm(1, 3)) == Position(stage=0)


def test_every_answer_good_it_takes_two_outings_a_stage_to_the_end() -> None:
    days = list(range(1, 4 * len(STAGES), 2))
    steps = [begun(), *(outing(on, n // 2) for n, on in enumerate(days))]
    assert len(days) == 2 * len(STAGES)
    assert follow_back(WAY, steps[:-1], calm(*days), day(days[-1])) is not None
    assert follow_back(WAY, steps, calm(*days), day(days[-1] + 1)) is None


answers = st.sampled_from([an_answer(0), an_answer(2, 1), an_answer(4), an_answer(7), None])


@given(st.lists(st.tuples(st.integers(1, 40), answers, st.none() | st.integers(0, 8)), max_size=20), st.integers(0, 19))
def test_more_pain_never_brings_anybody_further(
    told: list[tuple[int, Response | None, int | None]], which: int
) -> None:
    of_runs = {day(n): a for n, a, _ in told if a}
    mornings = {day(n + 1): m for n, _, m in told if m is not None}
    steps = [begun(), *(outing(n, 0) for n in sorted({n for n, _, _ in told}))]
    sore = dict(of_runs)
    if told:
        sore[day(told[which % len(told)][0])] = an_answer(8)
    calmer = follow_back(WAY, steps, Felt(of_runs=of_runs, mornings=mornings), day(42))
    sorer = follow_back(WAY, steps, Felt(of_runs=sore, mornings=mornings), day(42))
    assert calmer is not None
    assert sorer is not None
    assert (sorer.stage, sorer.well) <= (calmer.stage, calmer.well)


# --- what is said today


def test_a_break_offers_the_first_stage_and_a_flare_a_later_one() -> None:
    fresh = stage_today(line=RESTART)
    assert fresh is not None
    assert (fresh.stage.id, fresh.begun, fresh.next_on) == ("walk-run-1", False, day(10))
    beginner = stage_today(line=Line(ground=Ground.BEGINNING, metres=1610))
    assert beginner is not None
    assert beginner.stage.id == "walk-run-1"
    flared = stage_today(line=Line(ground=Ground.FLARED, metres=0, on=day(9)))
    assert flared is not None
    assert (flared.stage.id, flared.next_on) == ("walk-run-3", None)
    assert "First the knee calms down" in flared.because[-1].text
    climbing = stage_today(line=Line(ground=Ground.CLIMB, metres=2500))
    assert climbing is not None
    assert climbing.stage.id == "walk-run-3"


@pytest.mark.parametrize("line", [OPEN, None, Line(ground=Ground.CLIMB, metres=9000)])
def test_it_is_not_offered_where_running_goes_on(line: Line | None) -> None:
    assert stage_today(line=line) is None


def test_it_is_not_offered_again_to_who_has_just_left_it() -> None:
    assert stage_today(begun(), step(Step.LEFT, 5), line=RESTART) is None
    assert stage_today(begun(), step(Step.LEFT, 5), line=RESTART, today=36) is not None


def test_a_day_of_rest_is_said_with_the_day_that_follows() -> None:
    found = stage_today(begun(), outing(9), felt=calm(9), today=10)
    assert found is not None
    assert (found.begun, found.well, found.next_on) == (True, 1, day(11))
    keys = [r.key for r in found.because]
    assert keys == ["back_stage", "back_once", "back_rest"]
    assert found.because[0].source == "crowell-2023"
    assert "Stage 1 of 12" in found.because[0].text


def test_a_stage_is_named_with_its_distance_in_either_unit() -> None:
    miles = Units(distance=Distance.MI)
    first, seventh = WAY.stages[0], WAY.stages[6]
    assert first.name_in(METRIC) == "3 minutes running, 2 walking, about 1.6 km"
    assert first.name_in(miles) == "3 minutes running, 2 walking, about 1 mi"
    assert seventh.name_in(miles) == seventh.name == "25 minutes running"
    told = come_back(WAY, [begun()], Felt(), RESTART, LIBRARY.reasons, today=day(1), units=miles)
    assert told is not None
    assert told.because[-1].text == "No further than 1.8 mi in all."


def test_the_line_of_the_day_holds_for_an_outing_too() -> None:
    found = stage_today(begun(), line=RESTART)
    assert found is not None
    assert found.because[-1].text == "No further than 3 km in all."
    unknown = stage_today(begun(), line=None)
    assert unknown is not None
    assert [r.key for r in unknown.because] == ["back_stage", "back_begun"]


@pytest.mark.parametrize("ground", [Ground.FLARED, Ground.SORE, Ground.EASY, Ground.WEEK])
def test_an_outing_waits_for_the_knee(ground: Ground) -> None:
    line = Line(ground=ground, metres=0 if ground is Ground.WEEK else 2000)
    found = stage_today(begun(), line=line)
    assert found is not None
    assert found.next_on is None


# --- the definition


def a_stage(**different: object) -> dict[str, object]:
    plain = {"id": "one", "name": "One", "how": "Easily.", "source": "patella-rules", "repeats": 1, "effort": 3}
    minutes = {"warm_min": 5, "run_min": 3, "fast_min": 0, "walk_min": 2, "cool_min": 0}
    return {**plain, **minutes, **different}


def a_file(*stages: dict[str, object], **different: object) -> dict[str, object]:
    return {"after_break": "one", "after_red": "one", "stages": list(stages), **different}


def test_a_definition_is_read_as_it_stands() -> None:
    way = parse_comeback(a_file(a_stage()))
    assert isinstance(way.stages[0], Stage)
    assert way.number("one") == 0


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (a_file(), "stages"),
        (a_file(a_stage(), a_stage()), "stages"),
        (a_file(a_stage(), after_break="two"), "after_break"),
        (a_file(a_stage(), after_red="two"), "after_red"),
        (a_file(a_stage(run_min=0)), "stages[0].run_min"),
        (a_file(a_stage(note="x")), "stages[0].note"),
        (a_file(a_stage(), more=1), "more"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_by_its_key(values: dict[str, object], key: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_comeback(values)
    assert refused.value.key == key
