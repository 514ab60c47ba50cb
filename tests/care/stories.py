"""Builders of people, sessions and histories, and the days of a life with Patella."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from hypothesis import strategies as st

from patella.care.choice import Scope
from patella.care.course import Course
from patella.care.entries.of_programme import ProgrammeExercise, ProgrammeSet
from patella.care.exercise import Exercise, Load
from patella.care.fact import Fact
from patella.care.history import Assessed, History, Screened, SymptomNoted
from patella.care.home_programme import HomeProgramme, Said, programme_on
from patella.care.pain import Response
from patella.care.person import Habit, Knee, Person
from patella.care.plan import DayPlan, plan_for
from patella.care.prescription import Prescription, start_of
from patella.care.progression import Progress, Verdict, beginning, decide
from patella.care.questionnaire import Outcome, Question
from patella.care.record import Effort, ItemDone, SessionDone, SetDone
from patella.care.screening import Screening, assess
from patella.files.library import own_library

LIBRARY = own_library()
FIRST_DAY = date(2026, 1, 5)  # a Monday
ASKED = LIBRARY.questionnaire


def _calm(question: Question) -> object:
    """None of these, or the first choice that is a good one."""
    return [] if question.many else next(c.id for c in question.choices if c.outcome is Outcome.OK)


CALM_ANSWERS: Mapping[str, object] = {q.id: _calm(q) for q in ASKED.questions if not q.when}


def day(number: int) -> date:
    """The day with this number; day 0 is a Monday in January."""
    return FIRST_DAY + timedelta(days=number)


def at(on: date, hour: int = 18) -> datetime:
    """A moment of a day, in the evening if not said."""
    return datetime.combine(on, time(hour), tzinfo=UTC)


def answers_naming(question_id: str, choice_id: str) -> dict[str, object]:
    """Calm answers but for one choice, and the answer after which its question is asked at all."""
    question = next(q for q in ASKED.questions if q.id == question_id)
    before: dict[str, object] = dict(CALM_ANSWERS)
    if question.when:
        before = answers_naming(*min(question.when).split(":"))
    after = {**before, question_id: [choice_id] if question.many else choice_id}
    taken = f"{question_id}:{choice_id}"
    follow = {q.id: _calm(q) if not q.least_one else [q.choices[0].id] for q in ASKED.questions if taken in q.when}
    return {**after, **{k: v for k, v in follow.items() if k not in after}}


def a_yes(at: datetime) -> Assessed:
    """Somebody said yes, on that day."""
    return Assessed(at=at, on=at.date())


def exercise(exercise_id: str) -> Exercise:
    return LIBRARY.exercises[exercise_id]


def a_person(
    *,
    knees: frozenset[Knee] = frozenset(),
    habit: Habit = Habit.REGULAR,
    has: frozenset[str] | None = None,
    cautious: bool = False,
    usual_pain: int | None = 0,
) -> Person:
    return Person(knees=knees, habit=habit, has=has, cautious=cautious, usual_pain=usual_pain)


def a_screening(on: date = FIRST_DAY, /, **answers: object) -> Screened:
    """A screening in the morning in which everything is well but what is named."""
    found = assess(LIBRARY.questionnaire, {**CALM_ANSWERS, **answers})
    return Screened(at=at(on, 8), day=on, screening=found)


def a_dose(exercise_id: str, *, top: bool = False, step: int = 0, full_arc: bool | None = None) -> Prescription:
    """The dose to begin with, or the top of the range, at a step of resistance."""
    of = exercise(exercise_id)
    first = start_of(of)
    if top:
        first = replace(first, reps=of.dose.reps[1] if of.dose.reps else None, hold_s=of.dose.hold_top_s)
    return replace(first, step=step, full_arc=first.full_arc if full_arc is None else full_arc)


def an_item(
    exercise_id: str,
    asked: Prescription | None = None,
    *,
    peak: int | None = 0,
    in_full: bool = True,
    form_ok: float | None = None,
    stopped: bool = False,
) -> ItemDone:
    """An exercise done as asked; `in_full=False` leaves out the last set."""
    of = exercise(exercise_id)
    asked = asked or start_of(of)
    sides = ("both",) if of.sides.value == "both" else ("left", "right")
    one = {"reps": asked.reps, "holds": asked.holds, "hold_s": asked.hold_s}
    sets = tuple(SetDone(side=s, form_ok=form_ok, **one) for _ in range(asked.sets) for s in sides)  # type: ignore[arg-type]
    return ItemDone(
        exercise_id=exercise_id,
        asked=asked,
        sides=sides,
        sets=sets if in_full else sets[:-1],
        peak=peak,
        stopped=stopped,
    )


def a_session(
    on: date, *items: ItemDone, before: int | None = 0, after: int | None = 0, hour: int = 18, finished: bool = True
) -> SessionDone:
    moment = at(on, hour)
    return SessionDone(
        id=moment.isoformat(), day=on, at=moment, items=items, before=before, after=after, finished=finished
    )


def a_history(
    *sessions: SessionDone,
    mornings: Mapping[date, int] | None = None,
    screened: tuple[Screened, ...] | None = None,
    pain_now: int | None = None,
    course: Course | None = None,
    symptoms: tuple[SymptomNoted | datetime, ...] = (),
    assessed: tuple[datetime, ...] = (),
) -> History:
    """A history screened on the first day, with a calm morning after each session unless mornings are given.

    A symptom of which only the moment is given is a vague one.
    """
    calm = {s.day + timedelta(days=1): 0 for s in sessions}
    return History(
        course=course or Course(),
        sessions=sessions,
        mornings=calm if mornings is None else mornings,
        screened=(a_screening(),) if screened is None else screened,
        assessed=tuple(a_yes(a) for a in assessed),
        symptoms=tuple(s if isinstance(s, SymptomNoted) else SymptomNoted(at=s) for s in symptoms),
        pain_now=pain_now,
    )


def a_course_open() -> Course:
    """A course after which even the advanced exercises are open, if the knee is calm."""
    topped = {e: replace(beginning(exercise(e)), top_run=1) for e in ("terminal-knee-extension", "split-squat")}
    return Course(first_day=day(-30), green_loaded=12, progress=topped)


def a_plan(
    on: date,
    history: History | None = None,
    person: Person | None = None,
    *,
    scope: Scope = Scope.TODAY,
    only: str | None = None,
) -> DayPlan:
    return plan_for(on, person or a_person(), history or a_history(), LIBRARY, scope=scope, only=only)


def ids(plan: DayPlan) -> list[str]:
    return [i.exercise.id for i in plan.items]


def done_as_planned(
    plan: DayPlan, *, peak: int | None = 0, before: int | None = 0, after: int | None = 0
) -> SessionDone:
    """The session of somebody who does all of a plan."""
    items = tuple(replace(an_item(i.exercise.id, i.asked, peak=peak), sides=i.sides) for i in plan.items)
    return a_session(plan.day, *items, before=before, after=after)


# --- chance: stories by the thousand, each from its own seed


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that a plan is made from."""

    day: date
    person: Person
    history: History
    scope: Scope
    only: str | None

    @property
    def plan(self) -> DayPlan:
        return plan_for(self.day, self.person, self.history, LIBRARY, scope=self.scope, only=self.only)


FACTS = tuple(Fact)
EXERCISES = tuple(LIBRARY.exercises)
HARD = tuple(e.id for e in LIBRARY.exercises.values() if e.dose.steps > 1)
LADDERS = tuple(ladder.rungs for ladder in LIBRARY.programme.ladders.values())
LOADED = tuple(e.id for e in LIBRARY.exercises.values() if e.load is Load.LOADED)
THINGS = tuple(LIBRARY.equipment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How a story goes: pains to draw from, and how often a dose is at the top, done in full, an amber day recent.

    Steady is the knee that always says 3.
    """

    pains: tuple[int | None, ...]
    top: float
    full: float
    amber: float


QUIET = Mood(pains=(0, 0, 0, 0, 0, 1), top=0.85, full=0.99, amber=0.1)
MIXED = Mood(pains=(0, 0, 0, 1, 1, 2, 3, None), top=0.5, full=0.9, amber=0.5)
SORE = Mood(pains=(0, 1, 2, 3, 4, 5, 6, 8, None), top=0.3, full=0.9, amber=0.8)
STEADY = Mood(pains=(3, 3, 3, 3, 3, 4), top=0.6, full=0.99, amber=0.1)
MOODS = (QUIET, QUIET, QUIET, MIXED, SORE, STEADY)
EFFORTS = (None, None, *Effort)


def a_story(seed: int) -> Story:
    """Anything a person could have lived through, from a seed: a course so far, some sessions, answers, gaps."""
    chance = Random(seed)  # noqa: S311 - a story, not a secret
    mood = chance.choice(MOODS)
    count = chance.choice((0, 1, 1, 2, 2, 3, 4, 6))
    today = day(30 + chance.randrange(40))
    last = chance.choice((0, 1, 2, 2, 2, 2, 3, 5, 9, 15))
    gaps = [chance.choice((0, 1, 2, 2, 2, 3, 4, 7, 10)) for _ in range(count)]
    days = [today - timedelta(days=last + sum(gaps[:i])) for i in range(count)][::-1]
    begun = days[0] if days else today
    mornings = {begun + timedelta(days=i): chance.choice(mood.pains) for i in range(-9, (today - begun).days + 1)}
    scope = chance.choice((Scope.TODAY, Scope.TODAY, Scope.TODAY, Scope.FULL, Scope.SHORT, Scope.SNACK, Scope.ONE))
    screened_on = today - timedelta(days=4)
    return Story(
        day=today,
        person=_a_person(chance, mood),
        history=History(
            course=_a_course(chance, begun, mood) if chance.random() < 0.8 else Course(),
            sessions=tuple(_a_session(chance, d, mood, n) for n, d in enumerate(days)),
            mornings={d: n for d, n in mornings.items() if n is not None and chance.random() < 0.9},
            screened=(Screened(at=at(screened_on, 7), day=screened_on, screening=_open(chance)),),
            pain_now=chance.choice((None, None, None, 0, 1, 2, 3, 6)),
            pains=_pains(chance, today, mood),
            seen_on=chance.choice((None, None, None, today - timedelta(days=chance.randrange(60)))),
        ),
        scope=scope,
        only=chance.choice((*HARD, *EXERCISES)) if scope is Scope.ONE else None,
    )


def a_set_story(seed: int) -> Story:
    """The same with something a physiotherapist set, at any time since the beginning."""
    story, chance = a_story(seed), Random(seed + 1)  # noqa: S311 - a story, not a secret
    return replace(story, history=replace(story.history, programme=_a_programme(chance, story)))


def _a_programme(chance: Random, story: Story) -> HomeProgramme:
    """Made of what was done in it, and of other exercises."""
    today, on = story.day, story.day - timedelta(days=chance.choice((0, 1, 3, 9, 20, 60)))
    done = dict.fromkeys(i.exercise_id for s in story.history.sessions for i in s.items if chance.random() < 0.7)
    chosen = list(dict.fromkeys((*done, *chance.sample(EXERCISES, chance.choice((1, 2, 4))))))[:9]
    chance.shuffle(chosen)
    word = ProgrammeSet(by="Ada", exercises=tuple(_a_line(chance, exercise(e)) for e in chosen))
    found = programme_on(today, [Said(id="set", day=on, word=word)], LIBRARY.exercises)
    assert found is not None
    return found


def _a_line(chance: Random, of: Exercise) -> ProgrammeExercise:
    start, most = _any_dose(chance, of, 0.2), _any_dose(chance, of, 0.6)
    grows = chance.random() < 0.6
    return ProgrammeExercise(
        exercise=of.id,
        sets=chance.randint(1, of.dose.sets),
        reps=start.reps,
        hold_s=start.hold_s,
        step=start.step,
        most_reps=most.reps if grows else None,
        most_hold_s=most.hold_s if grows else None,
        most_step=most.step if grows else None,
        days_a_week=chance.choice((None, None, None, 1, 2, 3, 5, 7)),
        note=chance.choice(("", "Slowly down, please.")),
    )


def _pains(chance: Random, today: date, mood: Mood) -> dict[date, int]:
    """The worst pain of some of the days before."""
    worst = {today - timedelta(days=n): chance.choice(mood.pains) for n in range(1, 10) if chance.random() < 0.5}
    return {d: n for d, n in worst.items() if n is not None}


def _open(chance: Random) -> Screening:
    facts = chance.sample(FACTS, chance.choice((0, 0, 0, 0, 1, 2, 4)))
    return Screening(outcome=Outcome.OK, findings=(), facts=frozenset(facts), notes=(), stays=False)


def _a_person(chance: Random, mood: Mood) -> Person:
    has = frozenset(chance.sample(THINGS, chance.randrange(len(THINGS)))) if chance.random() < 0.3 else None
    return Person(
        knees=frozenset(chance.sample(tuple(Knee), chance.randrange(3))),
        one_leg=chance.random() < 0.2,
        habit=chance.choice(tuple(Habit)),
        has=has,
        cautious=chance.random() < 0.2,
        full_arc=chance.random() < 0.5,
        usual_pain=3 if mood is STEADY else chance.choice((None, 0, 0, 1, 2, 4)),
        maintenance=chance.choice((None, None, None, None, False, True)),
    )


def _any_dose(chance: Random, of: Exercise, top: float) -> Prescription:
    first = start_of(of)
    step, full_arc = chance.randrange(of.dose.steps), first.full_arc or chance.random() < 0.4
    at_top = chance.random() < top
    if of.dose.reps:
        reps = of.dose.reps[1] if at_top else chance.randint(*of.dose.reps)
        return replace(first, step=step, full_arc=full_arc, reps=reps)
    low, high = int(of.dose.hold_s or 0), int(of.dose.hold_top_s or 0)
    return replace(first, step=step, full_arc=full_arc, hold_s=float(high if at_top else chance.randint(low, high)))


def _an_item(chance: Random, exercise_id: str, mood: Mood) -> ItemDone:
    item = an_item(
        exercise_id,
        _any_dose(chance, exercise(exercise_id), mood.top),
        peak=chance.choice(mood.pains),
        in_full=chance.random() < mood.full,
        form_ok=chance.choice((None, None, None, 0.8, 1.0)) if chance.random() < mood.full else 0.5,
        stopped=chance.random() > mood.full,
    )
    return replace(item, effort=chance.choice(EFFORTS))


def _a_session(chance: Random, on: date, mood: Mood, number: int) -> SessionDone:
    hard = chance.sample(HARD, chance.choice((0, 1, 2)))
    items = dict.fromkeys((*hard, *chance.sample(EXERCISES, chance.choice((1, 2, 3)))))
    return a_session(
        on,
        *(_an_item(chance, e, mood) for e in items),
        before=chance.choice(mood.pains),
        after=chance.choice(mood.pains),
        hour=6 + number,
    )


def _a_course(chance: Random, before: date, mood: Mood) -> Course:
    """What sessions before the ones told may have summed up to."""
    days = sorted({before - timedelta(days=chance.choice((1, 2, 3, 4, 5, 8, 9, 13, 30))) for _ in range(3)})
    amber = chance.choice((days[0], days[-1])) if chance.random() < mood.amber else None
    red = amber if chance.random() < mood.amber / 2 else None
    climbed = (e for rungs in LADDERS for e in rungs[: chance.randrange(len(rungs) + 1)])
    known = dict.fromkeys((*HARD, *climbed, *chance.sample(EXERCISES, 4)))
    return Course(
        progress={e: _a_progress(chance, exercise(e), days[-1], mood) for e in known},
        first_day=before - timedelta(days=chance.choice((5, 10, 13, 14, 40, 40))),
        last_day=days[-1],
        green_loaded=chance.choice((0, 4, 5, 6, 9)),
        loaded_count=chance.randrange(20),
        light_count=chance.randrange(20),
        loaded_days=tuple(days),
        amber_day=amber,
        flare_day=amber if chance.random() < 0.5 else red,
        red_day=red,
        red_pattern=at(red) if red and chance.random() < 0.5 else None,
        sore=chance.random() < mood.amber / 4,
    )


def _a_progress(chance: Random, of: Exercise, last: date, mood: Mood) -> Progress:
    so_far = replace(
        beginning(of),
        top_run=chance.choice((0, 1, 1, 2)),
        top_points=chance.choice((0, 1, 2, 2, 3, 4)),
        last=_any_dose(chance, of, mood.top),
        verdict=chance.choice((Verdict.RISE, Verdict.REPEAT_STEADY, Verdict.REPEAT_AMBER)),
        amber_run=chance.randrange(5) if chance.random() < mood.amber else 0,
        green_sessions=chance.randrange(8),
        first_day=last - timedelta(days=chance.choice((0, 5, 14, 30))),
    )
    item = _an_item(chance, of.id, mood)
    well = chance.random() > mood.amber / 2
    response = Response(
        peak=item.peak,
        settled=True if well else chance.choice((True, None, False)),
        morning_worse=False if well else chance.choice((False, None, True)),
        morning=chance.choice(mood.pains),
        usual=3.0 if mood is STEADY else chance.choice((None, 0.0, 3.0)),
    )
    return decide(of, so_far, item, response, last - timedelta(days=chance.choice((0, 0, 1, 3, 20))))


seeds = st.integers(min_value=0, max_value=2**32)
stories = seeds.map(a_story)


@st.composite
def doses(draw: st.DrawFn) -> tuple[Exercise, Prescription]:
    """An exercise and any dose within its range."""
    of = exercise(draw(st.sampled_from(EXERCISES)))
    chance = Random(draw(seeds))  # noqa: S311 - a story, not a secret
    return of, _any_dose(chance, of, 0.3)
