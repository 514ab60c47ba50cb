"""What must hold for every history: 20 000 of them, told by chance; a failure names its seed, and `a_story(seed)` tells
the story again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given, settings

from care.stories import LIBRARY, Story, a_screening, a_story, at, day, done_as_planned, seeds
from patella.care.choice import Scope
from patella.care.course import course_from_json, course_to_json, follow
from patella.care.exercise import Footwear, Load
from patella.care.history import Screened
from patella.care.opening import LOADED_GAP_DAYS, LOADED_PER_WEEK, WEEK_DAYS
from patella.care.pain import GREEN_MAX, Colour, is_settled
from patella.care.plan import DayPlan, PlanItem
from patella.care.prescription import Prescription
from patella.care.record import ItemDone, SessionDone, response_to
from patella.care.screening import Outcome

K = TypeVar("K")
V = TypeVar("V")
CHUNKS = 10
PAIRS = 1200  # in each chunk
FORGETFUL = 500
FLAGGED = 300
LIBRARY_QUESTIONS = LIBRARY.questionnaire.questions
RED_FLAGS = [(q.id, c.id) for q in LIBRARY_QUESTIONS for c in q.choices if c.outcome is not Outcome.OK]


def _told(chunk: int, count: int, *, salt: int) -> Iterator[tuple[int, Story, Random]]:
    for seed in range(chunk * count, (chunk + 1) * count):
        yield seed, a_story(seed + salt), Random(seed)  # noqa: S311 - a story, not a secret


# --- more pain never gives a harder plan


def _sorer(chance: Random, story: Story) -> Story:
    """The same story with more pain in some of its answers.

    Only answers that are the knee's response are raised: the worst pain during an exercise, the hour after, the
    mornings that follow the latest session, and now. What they are measured against stays as it was: pain before a
    session, and the earlier mornings, which make up a usual one. Raising those as well can make a plan harder, because
    the same pain afterwards is then nothing out of the usual.
    """
    history, share = story.history, chance.choice((0.1, 0.3, 1.0))

    def more(nprs: int | None) -> int | None:
        if nprs is None or chance.random() > share:
            return nprs
        return min(10, nprs + chance.choice((1, 2, 3, 5, 9)))

    latest = history.sessions[-1].day if history.sessions else date.min
    return replace(
        story,
        history=replace(
            history,
            sessions=tuple(
                replace(s, items=tuple(replace(i, peak=more(i.peak)) for i in s.items), after=more(s.after))
                for s in history.sessions
            ),
            mornings={d: (more(n) or 0) if d > latest else n for d, n in history.mornings.items()},
            pain_now=more(history.pain_now),
        ),
    )


def _ways_it_is_harder(calm: DayPlan, sore: DayPlan) -> Iterator[str]:
    if sore.clearance.is_open and not calm.clearance.is_open:
        yield "it is open"
    known = {i.exercise.id: i for i in calm.items}
    most = max((i.exercise.knee_load for i in calm.items), default=0)
    for item in sore.items:
        before = known.get(item.exercise.id)
        if before and item.asked.hardness > before.asked.hardness:
            yield f"{item.exercise.id} asks for {item.asked} instead of {before.asked}"
        if before is None and item.exercise.load is Load.LOADED and item.exercise.knee_load > most:
            yield f"{item.exercise.id} came in"
    for load in (1, 2, 3):
        if _count(sore, load) > _count(calm, load):
            yield f"more of knee load {load}"
    opened = {s.exercise.id for s in calm.shut} - {s.exercise.id for s in sore.shut}
    if sore.clearance.is_open and opened:
        yield f"opened {', '.join(sorted(opened))}"


def _count(plan: DayPlan, load: int) -> int:
    return sum(1 for i in plan.items if i.exercise.knee_load >= load)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_more_pain_never_gives_a_harder_plan_and_every_plan_keeps_the_rules(chunk: int) -> None:
    for seed, story, chance in _told(chunk, PAIRS, salt=0):
        calm = story.plan
        assert list(_broken_rules(story, calm)) == [], f"seed {seed}"
        assert list(_ways_it_is_harder(calm, _sorer(chance, story).plan)) == [], f"seed {seed}"


@settings(max_examples=50)
@given(seeds)
def test_each_single_answer_raised_never_gives_a_harder_plan(seed: int) -> None:
    """One answer at a time, so that a failure names the answer."""
    story = a_story(seed)
    calm = story.plan
    for n, session in enumerate(story.history.sessions):
        for sorer in _one_answer_raised(session):
            sessions = (*story.history.sessions[:n], sorer, *story.history.sessions[n + 1 :])
            sore = replace(story, history=replace(story.history, sessions=sessions)).plan
            assert list(_ways_it_is_harder(calm, sore)) == []


def _one_answer_raised(session: SessionDone) -> Iterator[SessionDone]:
    if session.after is not None:
        yield replace(session, after=min(10, session.after + 3))
    for n, item in enumerate(session.items):
        if item.peak is not None:
            sorer = replace(item, peak=min(10, item.peak + 4))
            yield replace(session, items=(*session.items[:n], sorer, *session.items[n + 1 :]))


# --- every plan keeps the rules


def _broken_rules(story: Story, plan: DayPlan) -> Iterator[str]:
    chosen = [i.exercise.id for i in plan.items]
    if len(set(chosen)) != len(chosen):
        yield "an exercise comes twice"
    if len(chosen) > {Scope.TODAY: 4, Scope.SNACK: 1, Scope.ONE: 1}.get(story.scope, 20):
        yield "too many items"
    if sum(_steps_up(story, i) for i in plan.items) > 1:
        yield "more than one level at a time"
    if any(i.exercise.load is Load.LOADED for i in plan.items) and not _may_load(story):
        yield "loaded too soon"
    shoes = [i.exercise.footwear is Footwear.SNEAKERS for i in plan.items]
    if shoes != sorted(shoes):
        yield "shoes on and off again"
    for item in plan.items:
        yield from (f"{item.exercise.id}: {broken}" for broken in _broken_rules_of(story, plan, item))


def _steps_up(story: Story, item: PlanItem) -> bool:
    last = _last_asked(story, item.exercise.id)
    level = (item.asked.step, item.asked.full_arc)
    return level > ((last.step, last.full_arc) if last else (0, item.exercise.arc is None))


def _last_asked(story: Story, exercise_id: str) -> Prescription | None:
    done = (i for s in reversed(story.history.sessions) for i in s.items if i.exercise_id == exercise_id)
    known = story.history.course.progress.get(exercise_id)
    return next((i.asked for i in done), known.last if known else None)


def _may_load(story: Story) -> bool:
    exercises = LIBRARY.exercises
    begun = {
        s.day for s in story.history.sessions for i in s.items if exercises[i.exercise_id].load is Load.LOADED
    } | set(story.history.course.loaded_days)
    rested = all((story.day - d).days >= LOADED_GAP_DAYS for d in begun)
    return rested and sum((story.day - d).days < WEEK_DAYS for d in begun) < LOADED_PER_WEEK


def _broken_rules_of(story: Story, plan: DayPlan, item: PlanItem) -> Iterator[str]:
    dose, asked = item.exercise.dose, item.asked
    if asked.sets != (1 if story.scope is Scope.SNACK else dose.sets) or not 0 <= asked.step < dose.steps:
        yield f"out of range: {asked}"
    if dose.reps and not dose.reps[0] <= (asked.reps or 0) <= dose.reps[1]:
        yield f"out of range: {asked}"
    if dose.holds and (asked.holds != dose.holds or not _between(dose.hold_s, asked.hold_s, dose.hold_top_s)):
        yield f"out of range: {asked}"
    if any(g.fact in plan.clearance.facts for g in item.exercise.gates):
        yield "shut by a gate"
    if not {"exercise", "dose", "range", "rest"} <= {r.about for r in item.because}:
        yield "a number without its reason"
    for reason in item.because:
        if reason.source not in LIBRARY.sources or "None" in reason.text or "{" in reason.text:
            yield f"not a reason: {reason}"
    if item.exercise.id in {s.exercise.id for s in plan.shut}:
        yield "planned and shut"


def _between(low: float | None, value: float | None, high: float | None) -> bool:
    return low is not None and value is not None and high is not None and low <= value <= high


# --- missing answers never make anything rise


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_leaving_good_answers_out_never_gives_a_harder_plan_and_an_incomplete_session_never_a_rise(chunk: int) -> None:
    for seed, told, chance in _told(chunk, FORGETFUL, salt=10**6):
        story = replace(told, scope=Scope.FULL)
        forgetful = _forgetful(chance, story)
        plan = forgetful.plan
        assert list(_ways_it_is_harder(story.plan, plan)) == [], f"seed {seed}"
        assert [i for i in plan.items if _rose_on_an_incomplete_session(forgetful, i)] == [], f"seed {seed}"


def _forgetful(chance: Random, story: Story) -> Story:
    """The same story without some of its good answers: green, settled, no worse in the morning.

    What was asked for help in an answer (pain, a knee that did not settle) cannot be left out and count as before, and
    earlier mornings stay, as they make up a usual one.
    """
    history, person = story.history, story.person

    def without(session: SessionDone) -> SessionDone:
        items = tuple(
            replace(i, peak=None if _is_green(i) and chance.random() < 0.5 else i.peak) for i in session.items
        )
        calm = is_settled(session.before, session.after) is not False and (session.after or 0) <= GREEN_MAX
        if calm and chance.random() < 0.5:
            first = chance.random() < 0.5
            return replace(
                session,
                items=items,
                before=None if first else session.before,
                after=session.after if first else None,
            )
        return replace(session, items=items)

    mornings = dict(history.mornings)
    if history.sessions:
        last = history.sessions[-1]
        next_morning = last.day + timedelta(days=1)
        response = response_to(last, last.items[0], mornings, usual_pain=person.usual_pain, cautious=False)
        if response.morning_worse is not True and chance.random() < 0.5:
            mornings.pop(next_morning, None)
    return replace(
        story, history=replace(history, sessions=tuple(without(s) for s in history.sessions), mornings=mornings)
    )


def _is_green(item: ItemDone) -> bool:
    return item.peak is not None and item.peak <= 2


def _rose_on_an_incomplete_session(story: Story, item: PlanItem) -> bool:
    history, person = story.history, story.person
    done = ((s, i) for s in reversed(history.sessions) for i in s.items if i.exercise_id == item.exercise.id)
    session, last = next(done, (None, None))
    if session is None or last is None:
        return False
    response = response_to(session, last, history.mornings, usual_pain=person.usual_pain, cautious=person.cautious)
    return response.colour is not Colour.GREEN and item.asked.hardness > last.asked.hardness


# --- a red flag gives no exercise


def _with_a_warning_sign(chance: Random, story: Story) -> Story:
    question, choice = chance.choice(RED_FLAGS)
    screened = a_screening(story.day - timedelta(days=2), **{question: choice})
    before = tuple(screened.at - timedelta(hours=n) for n in range(chance.randrange(3)))
    return replace(story, history=replace(story.history, screened=(screened,), assessed=before))


def _with_a_new_symptom(chance: Random, story: Story) -> Story:
    answered = story.history.screened[-1].at
    return replace(
        story, history=replace(story.history, symptoms=(answered + timedelta(minutes=chance.randint(1, 999)),))
    )


def _not_screened(_: Random, story: Story) -> Story:
    return replace(story, history=replace(story.history, screened=()))


def _under_age(chance: Random, story: Story) -> Story:
    screened = a_screening(story.day, age=chance.choice(("sixteen", "child", "child_limp")))
    return replace(
        story, history=replace(story.history, screened=(screened,), assessed=(screened.at + timedelta(hours=1),))
    )


FLAGS: tuple[Callable[[Random, Story], Story], ...] = (
    _with_a_warning_sign,
    _with_a_new_symptom,
    _not_screened,
    _under_age,
)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_red_flag_gives_no_exercise(chunk: int) -> None:
    for seed, story, chance in _told(chunk, FLAGGED, salt=2 * 10**6):
        plan = chance.choice(FLAGS)(chance, story).plan
        assert plan.items == (), f"seed {seed}"
        assert not plan.clearance.is_open, f"seed {seed}"


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
        kept = course_from_json(json.loads(json.dumps(course_to_json(course))))
        summed = replace(history, course=kept, sessions=history.sessions[cut:])
        assert replace(story, history=summed).plan == story.plan


# --- whole lives: what a plan asked is what the next one looks back on


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
        assert list(_broken_rules(story, plan)) == []
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
