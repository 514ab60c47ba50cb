"""What must hold for every history: 20 000 of them, told by chance; a failure names its seed, and `a_story(seed)` tells
the story again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given, settings

from care.safety import (
    broken_rules,
    harder_for_less_said,
    harder_for_more_pain,
    longer_for_more_pain,
    something_despite_a_flag,
    sorer,
    ways_it_is_harder,
)
from care.stories import LIBRARY, Story, a_story, at, day, done_as_planned, seeds
from patella.care.choice import Scope
from patella.care.course import Course, follow
from patella.care.entries.field import plain, read
from patella.care.history import Screened
from patella.care.plan import DayPlan, clearance_for
from patella.care.record import SessionDone

K = TypeVar("K")
V = TypeVar("V")
CHUNKS = 10
PAIRS = 1200  # in each chunk
FORGETFUL = 500
FLAGGED = 300
LENGTHS = 100
LATELY = 1500


def _seeds(chunk: int, count: int, *, salt: int) -> range:
    return range(salt + chunk * count, salt + (chunk + 1) * count)


@pytest.mark.slow
@pytest.mark.stories
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_more_pain_never_gives_a_harder_plan_and_every_plan_keeps_the_rules(chunk: int) -> None:
    for seed in _seeds(chunk, PAIRS, salt=0):
        assert list(harder_for_more_pain(seed)) == [], f"seed {seed}"


@pytest.mark.parametrize("seed", [100038731, 110001743])
def test_histories_that_once_broke_the_rule(seed: int) -> None:
    """What filled a day loaded the knee; a lowered dose made room for one more that does."""
    assert list(harder_for_more_pain(seed)) == []


@settings(max_examples=100)
@given(seeds)
def test_the_clearance_of_a_day_is_that_of_its_plan(seed: int) -> None:
    """Whoever asks only for that need not have the plan made."""
    story = a_story(seed)
    assert clearance_for(story.day, story.person, story.history, LIBRARY) == story.plan.clearance


@pytest.mark.slow
@pytest.mark.stories
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_more_it_hurts_now_the_shorter_the_plan(chunk: int) -> None:
    for seed in _seeds(chunk, LENGTHS, salt=4 * 10**6):
        assert list(longer_for_more_pain(seed)) == [], f"seed {seed}"


@pytest.mark.slow
@pytest.mark.stories
def test_worse_answers_lately_hardly_ever_make_the_plan_longer_and_never_by_much() -> None:
    """What repeats twelve times on its level takes longer than six on the next, and a sore day may then be longer."""
    longer = 0
    for seed in range(LATELY):
        story = a_story(seed)
        calm, sore = story.plan, sorer(Random(seed), story).plan  # noqa: S311 - a story, not a secret
        if calm.clearance.is_open:
            longer += sore.seconds > calm.seconds
            assert sore.seconds - calm.seconds < 10 * 60, f"seed {seed}"
    assert longer < LATELY * 0.02


@settings(max_examples=50)
@given(seeds)
def test_each_single_answer_raised_never_gives_a_harder_plan(seed: int) -> None:
    """One answer at a time, so that a failure names the answer."""
    story = a_story(seed)
    calm = story.plan
    for n, session in enumerate(story.history.sessions):
        for raised in _one_answer_raised(session):
            sessions = (*story.history.sessions[:n], raised, *story.history.sessions[n + 1 :])
            sore = replace(story, history=replace(story.history, sessions=sessions)).plan
            assert list(ways_it_is_harder(calm, sore)) == []


def _one_answer_raised(session: SessionDone) -> Iterator[SessionDone]:
    if session.after is not None:
        yield replace(session, after=min(10, session.after + 3))
    for n, item in enumerate(session.items):
        if item.peak is not None:
            sorer = replace(item, peak=min(10, item.peak + 4))
            yield replace(session, items=(*session.items[:n], sorer, *session.items[n + 1 :]))


def test_the_stories_hold_every_way_to_rise_and_the_knee_that_always_says_three() -> None:
    told = [a_story(seed).plan for seed in range(600)]
    keys = {r.key for plan in told for r in (*plan.because, *(r for i in plan.items for r in i.because))}
    ways = ("rise", "rise_slowly", "rise_by_two", "rise_apart", "step_up", "repeat_steady")
    assert {f"dose_{way}" for way in ways} | {"day_usual_now"} <= keys


@pytest.mark.slow
@pytest.mark.stories
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_leaving_good_answers_out_never_gives_a_harder_plan_and_an_incomplete_session_never_a_rise(chunk: int) -> None:
    for seed in _seeds(chunk, FORGETFUL, salt=10**6):
        assert list(harder_for_less_said(seed)) == [], f"seed {seed}"


@pytest.mark.slow
@pytest.mark.stories
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_red_flag_gives_no_exercise_and_no_running(chunk: int) -> None:
    for seed in _seeds(chunk, FLAGGED, salt=2 * 10**6):
        assert list(something_despite_a_flag(seed)) == [], f"seed {seed}"


# --- the same inputs give the same plan


def _turned(mapping: Mapping[K, V]) -> dict[K, V]:
    return dict(reversed(list(mapping.items())))


@settings(max_examples=80)
@given(seeds)
def test_the_same_inputs_in_any_order_give_the_same_plan(seed: int) -> None:
    story = a_story(seed)
    history = story.history
    turned = replace(
        history,
        mornings=_turned(history.mornings),
        course=replace(history.course, progress=_turned(history.course.progress)),
    )
    assert a_story(seed).plan == story.plan
    assert replace(story, history=turned).plan == story.plan


@settings(max_examples=80)
@given(seeds)
def test_a_history_summed_up_in_part_gives_the_same_plan(seed: int) -> None:
    story = a_story(seed)
    history = story.history
    for cut in range(len(history.sessions) + 1):
        course = follow(
            history.course,
            history.sessions[:cut],
            LIBRARY.exercises,
            person=story.person,
            mornings=history.mornings,
        )
        kept = read(Course, json.loads(json.dumps(plain(course))))
        summed = replace(history, course=kept, sessions=history.sessions[cut:])
        assert replace(story, history=summed).plan == story.plan


# --- whole lives: what a plan asked is what the next one looks back on


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_life_of_eight_weeks_keeps_the_rules_every_day(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a story, not a secret
    story = replace(a_story(seed + 3 * 10**6), scope=Scope.TODAY, only=None, day=day(0))
    screened = Screened(at=at(day(0), 6), day=day(0), screening=story.history.screened[0].screening)
    story = replace(
        story, history=replace(story.history, sessions=(), mornings={}, screened=(screened,), pain_now=None)
    )
    story = replace(story, history=replace(story.history, course=type(story.history.course)()))
    for number in range(56):
        story = replace(story, day=day(number))
        if story.plan.clearance.asks:
            again = replace(screened, at=at(story.day, 6), day=story.day)
            story = replace(story, history=replace(story.history, screened=(again,)))
        plan = story.plan
        assert list(broken_rules(story, plan)) == []
        if chance.random() < 0.7 and plan.items:
            story = _lived(chance, story, plan)


def _lived(chance: Random, story: Story, plan: DayPlan) -> Story:
    pains = (0, 0, 1, 1, 2, 3, 4, 7)
    done = done_as_planned(
        plan, peak=chance.choice(pains), before=chance.choice((0, 1)), after=chance.choice((0, 1, 2))
    )
    mornings = dict(story.history.mornings)
    if chance.random() < 0.9:
        mornings[plan.day + timedelta(days=1)] = chance.choice((0, 0, 0, 1, 2))
    return replace(story, history=replace(story.history, sessions=(*story.history.sessions, done), mornings=mornings))


def test_twenty_thousand_histories_are_told() -> None:
    assert CHUNKS * (PAIRS + FORGETFUL + FLAGGED) >= 20_000
