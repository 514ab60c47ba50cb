"""What stands on a handout, as plain data: the exercises with their doses in words, and the rules beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from patella.app.history.reading import history_on, person_of
from patella.app.patella import Patella
from patella.app.plan.plan import make_plan
from patella.app.today.lessons import answer_lesson
from patella.app.today.today import answer_today, begun_today
from patella.care.choice import Scope
from patella.care.clearance import Clearance, Standing
from patella.care.exercise import Exercise, Footwear, Group, Load, Sides
from patella.care.item import BOTH
from patella.care.library import Library
from patella.care.pain import Colour, limits
from patella.care.person import Knee
from patella.care.plan import DayPlan, plan_for
from patella.care.prescription import start_of
from patella.care.task import Task, task_of
from patella.care.words import name_sources
from patella.paper.card import Briefs, Card, cards_of

SHEET_DAYS = 7
MOMENTS = ("Before", "Worst during", "An hour after", "Next morning")
STOP_RULES = (
    "New swelling",
    "The knee locks",
    "The knee gives way",
    "Fever, or a hot red knee",
    "A swollen, tender calf",
    "Pain that wakes you at night",
)
STOP_NOW = (
    "Fever, a hot knee or a swollen calf: today. With chest pain or short of breath: call your emergency number now."
)
WHOLE = "The whole routine"
NOTES = "Runs, shoes, what your knee liked, what it did not."
NOTES_TO_TAKE_ALONG = "To take along: when it began, what makes it better or worse, what you would like to ask."
QUESTIONS_FIRST = "Answer the questions in Patella first"
NOT_A_DIAGNOSIS = "General information, not a diagnosis"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An exercise that is not on the sheet, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PainLine:
    """One line of the pain rule; its colour is told by a shape as well, and by words."""

    colour: Colour
    span: str
    do: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Today's lesson, to read where the paper has room for it; its sources stand in it by name."""

    title: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the exercises on every sheet: the day, the week to tick, the pain rule."""

    day: str
    week: tuple[str, ...]
    pain_rule: tuple[PainLine, ...]
    pain_after: str = "Sorer than usual an hour later, or the next morning? Do less next time."
    moments: tuple[str, ...] = MOMENTS
    stop_rules: tuple[str, ...] = STOP_RULES
    stop_now: str = STOP_NOW
    small_print: str = NOT_A_DIAGNOSIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything on a handout. `call` is what has to be done first, empty when nothing has.

    Without cards there is nothing to do, and so nothing to tick. `notes` stands above the lines to write on. `reading`
    is None where no lesson is due: before the questions, or when something matters more.
    """

    title: str
    facts: str
    lead: tuple[str, ...]
    frame: Frame
    call: str = ""
    cards: tuple[Card, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: str = NOTES
    reading: Reading | None = None


def sheet_for(app: Patella, briefs: Briefs, *, full: bool = False) -> Sheet:
    """The sheet of today: today's plan, or the whole routine with what rests today as it comes next.

    Before the first screening it is the routine with the doses everybody begins with. When the screening has closed the
    exercises, or its questions are due again, it holds the reason and no exercise. `briefs` are short steps by exercise
    id; an exercise without any shows all its steps.
    """
    scope = Scope.FULL if full else Scope.TODAY
    plan = make_plan(app, scope=scope)
    if plan.clearance.standing is Standing.NOT_SCREENED:
        return _general(app, briefs, full=full)
    if not plan.clearance.is_open:
        return _closed(app, plan.clearance)
    begun = begun_today(app, scope)
    tasks = begun.tasks if begun else tuple(task_of(i) for i in plan.items)
    later = _resting(app, plan, {t.exercise_id for t in tasks}) if full else ()
    resting = frozenset(t.exercise_id for t in later)
    ordered = _in_order(app.library, (*tasks, *later), as_set=plan.programme is not None)
    cards = cards_of(app.library, briefs, ordered, person_of(app), resting=resting)
    return Sheet(
        title=WHOLE if full else "Today for your knee",
        facts=_facts(cards, len(resting), sum(t.seconds for t in tasks)),
        lead=(*_lead(app, scope), *_written(plan)) if cards else ("Nothing today. Rest is a good decision.",),
        cards=cards,
        left_out=_left_out(plan, {c.exercise_id for c in cards}),
        frame=_frame(app),
        reading=_reading(app),
    )


def _reading(app: Patella) -> Reading | None:
    lesson = answer_lesson(app).lesson
    if lesson is None:
        return None
    return Reading(title=lesson.title, text=tuple(name_sources(p, app.library.sources) for p in lesson.text))


def _lead(app: Patella, scope: Scope) -> tuple[str, ...]:
    """What today's plan says of the day; once it is begun, what it said then."""
    return tuple(reason.text for reason in answer_today(app, scope=scope).because)


def _written(plan: DayPlan) -> tuple[str, ...]:
    """What a physiotherapist wrote to the whole of it."""
    return (plan.programme.note,) if plan.programme and plan.programme.note else ()


def _general(app: Patella, briefs: Briefs, *, full: bool) -> Sheet:
    library = app.library
    six = sorted((e for e in library.exercises.values() if e.routine_number), key=lambda e: e.routine_number or 0)
    ids = [e.id for e in six]
    if full:
        programme = library.programme
        ids += [*(slot[0] for slot in programme.full), *map(programme.first_of, programme.hip_starters)]
    tasks = _in_order(library, [_starting_task(library.exercises[i]) for i in ids])
    locked = frozenset(i for i in ids if library.exercises[i].unlock)
    cards = cards_of(library, briefs, tasks, person_of(app), locked=locked)
    return Sheet(
        title=WHOLE if full else "The routine",
        facts=_count(len(cards)),
        call=QUESTIONS_FIRST,
        lead=(library.questionnaire.texts[Standing.NOT_SCREENED], "The doses here are those everybody begins with."),
        cards=cards,
        frame=_frame(app),
    )


def _closed(app: Patella, clearance: Clearance) -> Sheet:
    return Sheet(
        title="Questions first" if clearance.asks else "Not today",
        facts="No exercises on this sheet",
        call=QUESTIONS_FIRST if clearance.asks else "",
        lead=(app.library.questionnaire.texts[clearance.standing.value],),
        notes="" if clearance.asks else NOTES_TO_TAKE_ALONG,
        frame=_frame(app),
    )


def _frame(app: Patella) -> Frame:
    today = app.today
    week = (today + timedelta(days=i) for i in range(SHEET_DAYS))
    return Frame(
        day=f"{today:%A} {today.day} {today:%B} {today.year}",
        week=tuple(f"{d:%a} {d.day}" for d in week),
        pain_rule=_pain_rule(cautious=person_of(app).cautious),
    )


def _facts(cards: Sequence[Card], resting: int, seconds: float) -> str:
    """How many exercises, and how long those of today take."""
    count = f"{len(cards) - resting} of {len(cards)} today" if resting else _count(len(cards))
    return f"{count}, about {max(1, round(seconds / 60))} min" if seconds else count


def _count(exercises: int) -> str:
    return "1 exercise" if exercises == 1 else f"{exercises} exercises"


def _resting(app: Patella, plan: DayPlan, shown: set[str]) -> tuple[Task, ...]:
    """The exercises of the whole routine that rest today, with the dose of the next day on which they come."""
    if all(s.because.key != "shut_rest_day" for s in plan.shut):
        return ()
    person = person_of(app)
    history = history_on(app, app.today, person)
    for ahead in range(1, SHEET_DAYS):
        later = plan_for(app.today + timedelta(days=ahead), person, history, app.library, scope=Scope.FULL)
        loaded = [i for i in later.items if i.exercise.load is Load.LOADED]
        if loaded:
            return tuple(task_of(i) for i in loaded if i.exercise.id not in shown)
    return ()


def _left_out(plan: DayPlan, shown: set[str]) -> tuple[LeftOut, ...]:
    """Those of the six that are shut, and why; in today's few only what an answer of the screening shut.

    Of what a physiotherapist set it is all.
    """
    if plan.programme:
        return tuple(LeftOut(name=s.exercise.name, why=s.because.text) for s in plan.shut if s.exercise.id not in shown)
    return tuple(
        LeftOut(name=s.exercise.name, why=s.because.text)
        for s in plan.shut
        if s.exercise.group is Group.ROUTINE
        and s.exercise.id not in shown
        and (plan.scope is Scope.FULL or s.because.key == "shut_gate")
    )


def _in_order(library: Library, tasks: Sequence[Task], *, as_set: bool = False) -> list[Task]:
    """Barefoot first, shoes on at the end, unless a physiotherapist set the order.

    What has left the library since a plan was frozen is passed over.
    """
    known = [t for t in tasks if t.exercise_id in library.exercises]
    if as_set:
        return known
    return sorted(known, key=lambda t: library.exercises[t.exercise_id].footwear is Footwear.SNEAKERS)


def _starting_task(exercise: Exercise) -> Task:
    """The dose everybody begins with."""
    dose, arc = exercise.dose, exercise.arc
    first = dose.resistance(0)
    return Task(
        exercise_id=exercise.id,
        sides=(BOTH,) if exercise.sides is Sides.BOTH else tuple(k.value for k in Knee),
        asked=start_of(exercise),
        load_kg=first.load_kg,
        band=first.band,
        level=first.level,
        arc_deg=arc.partial_deg if arc else None,
        rest_s=dose.rest_s,
        hold_rest_s=dose.hold_rest_s,
        tempo=dose.tempo,
        seconds=0,
        because=(),
    )


def _pain_rule(*, cautious: bool) -> tuple[PainLine, ...]:
    """The rule in three lines; for those who asked for caution there is no middle, as in `patella.care.pain`."""
    said = {
        Colour.GREEN: ("Go on", "Calm an hour later and next morning? Fine."),
        Colour.AMBER: ("Easier, and watch", "Smaller, slower, fewer. Stopping is fine too."),
        Colour.RED: ("Stop this one", "A good decision. The rest only if it does not hurt."),
    }
    return tuple(
        PainLine(colour=colour, span=f"{least} to {most}", do=said[colour][0], how=said[colour][1])
        for colour, (least, most) in limits(cautious=cautious).items()
    )
