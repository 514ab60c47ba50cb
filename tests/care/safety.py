"""What must hold for every history a person could have lived through: the rules, each told with the seed of a story.

A rule is a function from a seed to the sentences for what it found broken. The suite tries some thousand stories, and
`tools/safety.py` a million; `a_story(seed)` tells a story again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from care.stories import LIBRARY, Story, a_screening, a_story, a_yes, answers_naming
from patella.care.choice import Scope
from patella.care.exercise import Footwear, Load
from patella.care.history import SymptomNoted
from patella.care.home_programme import HomeExercise, HomeProgramme
from patella.care.item import PlanItem
from patella.care.opening import LOADED_GAP_DAYS, LOADED_PER_WEEK, WEEK_DAYS
from patella.care.pain import GREEN_MAX, is_settled
from patella.care.plan import DayPlan
from patella.care.prescription import Prescription
from patella.care.programme import Ladder
from patella.care.record import ItemDone, SessionDone, response_to
from patella.care.screening import Finding

SYMPTOMS = [(q, c) for q, c in LIBRARY.questionnaire.symptoms() if c.outcome.pauses]
LIBRARY_QUESTIONS = LIBRARY.questionnaire.questions
RED_FLAGS = [(q.id, c.id) for q in LIBRARY_QUESTIONS for c in q.choices if c.outcome.pauses]


Teller = Callable[[int], Story]


def _told(seed: int, tell: Teller) -> tuple[Story, Random]:
    return tell(seed), Random(seed)  # noqa: S311 - a story, not a secret


# --- more pain never gives a harder plan


def harder_for_more_pain(seed: int, tell: Teller = a_story) -> Iterator[str]:
    """What is wrong with a plan by itself, and what is harder in it once some answers hurt more."""
    story, chance = _told(seed, tell)
    calm = story.plan
    yield from broken_rules(story, calm)
    yield from ways_it_is_harder(calm, sorer(chance, story).plan)


def sorer(chance: Random, story: Story) -> Story:
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

    latest = history.sessions[-1].day if history.sessions else history.course.last_day or date.min
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
            pains={d: more(n) or 0 for d, n in history.pains.items()},
        ),
    )


def ways_it_is_harder(calm: DayPlan, sore: DayPlan) -> Iterator[str]:
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
    for ladder in LIBRARY.programme.ladders.values():
        if _rung(sore, ladder) > _rung(calm, ladder) >= 0:
            yield f"a higher rung of {ladder.id}"
    opened = {s.exercise.id for s in calm.shut if s.because.key != "shut_length"} - {s.exercise.id for s in sore.shut}
    if sore.clearance.is_open and opened:
        yield f"opened {', '.join(sorted(opened))}"


# --- more pain now never gives a longer plan


def longer_for_more_pain(seed: int, tell: Teller = a_story) -> Iterator[str]:
    """Where the plan takes longer the more it hurts now; one set of one exercise is the least there is."""
    told = tell(seed)
    plans = {n: replace(told, history=replace(told.history, pain_now=n)).plan for n in range(11)}
    for calm, sore in pairwise(plans):
        yield from ways_it_is_longer(plans[calm], plans[sore], f"{sore} instead of {calm}")
    unsaid = replace(told, history=replace(told.history, pain_now=None)).plan
    yield from ways_it_is_longer(plans[0], unsaid, "unsaid instead of 0")


def ways_it_is_longer(calm: DayPlan, sore: DayPlan, what: str) -> Iterator[str]:
    if calm.clearance.is_open and not is_the_least(sore):
        if sore.seconds > calm.seconds:
            yield f"{what}: {sore.seconds:g} s instead of {calm.seconds:g}"
        if len(sore.items) > len(calm.items):
            yield f"{what}: {len(sore.items)} exercises instead of {len(calm.items)}"


def is_the_least(plan: DayPlan) -> bool:
    """Whether nothing could be left out without everything being left out."""
    return len(plan.items) == 1 and plan.items[0].asked.sets == 1


def _rung(plan: DayPlan, ladder: Ladder) -> int:
    """The highest rung of a ladder that is in a plan."""
    return max((ladder.rungs.index(i.exercise.id) for i in plan.items if i.exercise.id in ladder.rungs), default=-1)


def _count(plan: DayPlan, load: int) -> int:
    return sum(1 for i in plan.items if i.exercise.knee_load >= load)


# --- every plan keeps the rules


def broken_rules(story: Story, plan: DayPlan) -> Iterator[str]:
    chosen = [i.exercise.id for i in plan.items]
    if len(set(chosen)) != len(chosen):
        yield "an exercise comes twice"
    if len(chosen) > {Scope.TODAY: 4, Scope.SHORT: 2, Scope.SNACK: 1, Scope.ONE: 1}.get(story.scope, 20):
        yield "too many items"
    if sum(_steps_up(story, i) for i in plan.items) > 1:
        yield "more than one level at a time"
    if any(i.exercise.load is Load.LOADED for i in plan.items) and not _may_load(story):
        yield "loaded too soon"
    shoes = [i.exercise.footwear is Footwear.SNEAKERS for i in plan.items]
    if shoes != sorted(shoes) and not plan.programme:
        yield "shoes on and off again"
    if plan.programme and plan.clearance.is_open:
        yield from _not_as_set(story, plan, plan.programme)
    for item in plan.items:
        yield from (f"{item.exercise.id}: {broken}" for broken in _broken_rules_of(story, plan, item))


def _not_as_set(story: Story, plan: DayPlan, programme: HomeProgramme) -> Iterator[str]:
    """What a plan does that a physiotherapist did not set; easier than they did is fine."""
    lines = [(i, line) for i in plan.items if (line := programme.of(i.exercise.id))]
    if any(i.asked.hardness > line.most.hardness or i.asked.sets > line.start.sets for i, line in lines):
        yield "more than was set"
    if any("dose_set" not in {r.key for r in i.because} or i.note != line.note for i, line in lines):
        yield "does not say who set it"
    if story.scope is Scope.ONE:
        return
    order = [programme.exercises.index(line) for _, line in lines]
    if order != sorted(order):
        yield "in another order than was set"
    others = [i for i in plan.items if programme.of(i.exercise.id) is None]
    if any(not {"chosen_easier", "chosen_fill"} & {r.key for r in i.because} for i in others):
        yield "something that was not set"
    told = {*(i.exercise.id for i, _ in lines), *(s.exercise.id for s in plan.shut)}
    if story.scope in (Scope.TODAY, Scope.FULL) and not {e.id for e in programme.exercises} <= told:
        yield "left out without a reason"


def _is_a_new_start(story: Story, item: PlanItem) -> bool:
    """Whether the dose is the one a physiotherapist lets it begin with: nothing was done of it since."""
    line = _set_for(story, item)
    return line is not None and not _done_since(story, line.id, line.since)


def _done_since(story: Story, exercise_id: str, since: date) -> bool:
    days = [s.day for s in story.history.sessions if any(i.exercise_id == exercise_id for i in s.items)]
    known = story.history.course.progress.get(exercise_id)
    return any(d >= since for d in (*days, known.last_day if known else None) if d)


def _set_for(story: Story, item: PlanItem) -> HomeExercise | None:
    return story.history.programme.of(item.exercise.id) if story.history.programme else None


def _steps_up(story: Story, item: PlanItem) -> bool:
    if _is_a_new_start(story, item):
        return False
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
    if not _has_its_sets(story, item) or not 0 <= asked.step < dose.steps:
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


def _has_its_sets(story: Story, item: PlanItem) -> bool:
    """As many as the scope asks for; fewer, if it says so."""
    sets, keys = item.asked.sets, {r.key for r in item.because}
    line = _set_for(story, item)
    most = min(_most_sets(story), line.start.sets if line else item.exercise.dose.sets)
    if keys & {"dose_no_longer", "dose_stand_in"}:
        return 1 <= sets < most
    return sets == (min(most, 2) if "dose_sore" in keys else most)


def _most_sets(story: Story) -> int:
    kept = story.scope is Scope.TODAY and story.person.maintenance is True and story.history.programme is None
    return 1 if kept else {Scope.SNACK: 1, Scope.SHORT: 2}.get(story.scope, 9)


def _between(low: float | None, value: float | None, high: float | None) -> bool:
    return low is not None and value is not None and high is not None and low <= value <= high


# --- missing answers never make anything rise


def harder_for_less_said(seed: int, tell: Teller = a_story) -> Iterator[str]:
    """What is harder once some good answers are left out, and what rose on a session without all its answers."""
    told, chance = _told(seed, tell)
    story = replace(told, scope=Scope.FULL)
    forgetful = leaving_out(chance, story)
    plan = forgetful.plan
    yield from ways_it_is_harder(story.plan, plan)
    yield from (f"{i.exercise.id} rose" for i in plan.items if _rose_on_an_incomplete_session(forgetful, i))


def leaving_out(chance: Random, story: Story) -> Story:
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
    if session is None or last is None or _is_a_new_start(story, item):
        return False
    response = response_to(session, last, history.mornings, usual_pain=person.usual_pain, cautious=person.cautious)
    return not response.complete and item.asked.hardness > last.asked.hardness


# --- a red flag gives no exercise and no running


def something_despite_a_flag(seed: int, tell: Teller = a_story) -> Iterator[str]:
    """Whatever a plan offers although a warning sign, a new symptom, youth or missing answers shut everything."""
    story, chance = _told(seed, tell)
    plan = chance.choice(FLAGS)(chance, story).plan
    if plan.items:
        yield f"exercises: {[i.exercise.id for i in plan.items]}"
    if plan.clearance.is_open:
        yield "it is open"
    if plan.clearance.may_run:
        yield "running is open"


def _with_a_warning_sign(chance: Random, story: Story) -> Story:
    question, choice = chance.choice(RED_FLAGS)
    screened = a_screening(story.day - timedelta(days=2), **answers_naming(question, choice))
    before = tuple(a_yes(screened.at - timedelta(hours=n)) for n in range(chance.randrange(3)))
    return replace(story, history=replace(story.history, screened=(screened,), assessed=before))


def _with_a_new_symptom(chance: Random, story: Story) -> Story:
    moment = story.history.screened[-1].at + timedelta(minutes=chance.randint(1, 999))
    found = chance.choice((None, *(Finding(question=q, choice=c) for q, c in SYMPTOMS)))
    return replace(story, history=replace(story.history, symptoms=(SymptomNoted(at=moment, finding=found),)))


def _not_screened(_: Random, story: Story) -> Story:
    return replace(story, history=replace(story.history, screened=()))


def _under_age(chance: Random, story: Story) -> Story:
    young = chance.choice((("age", "sixteen"), ("age", "under_16"), ("child_limp", "yes"), ("teenage_limp", "yes")))
    screened = a_screening(story.day, **answers_naming(*young))
    later = (a_yes(screened.at + timedelta(hours=1)),)
    return replace(story, history=replace(story.history, screened=(screened,), assessed=later))


FLAGS: tuple[Callable[[Random, Story], Story], ...] = (
    _with_a_warning_sign,
    _with_a_new_symptom,
    _not_screened,
    _under_age,
)
