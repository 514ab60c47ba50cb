"""Today's plan: the few things to do, how much of each, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from patella.care.choice import Scope
from patella.care.clearance import Clearance, clear
from patella.care.course import Course, follow
from patella.care.history import History
from patella.care.home_programme import HomeProgramme
from patella.care.item import PlanItem
from patella.care.left_out import Shut, find_shut, why_no_time
from patella.care.length import plan_items, seconds_of
from patella.care.library import Library
from patella.care.maintenance import is_at_the_end
from patella.care.opening import WEEK_DAYS, Day
from patella.care.pain import usual_morning
from patella.care.person import Person
from patella.care.reason import Reason
from patella.care.shape import reasons_of
from patella.care.watch import Concern, concerns_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """The plan of one day. No items where the clearance is not open; `shut` says what was left out and why.

    `concerns` are what the diary asks to be shown to somebody; `end`, once, that the programme is done and what keeps
    it. `programme` is what a physiotherapist set, where it is in force.
    """

    day: date
    scope: Scope
    clearance: Clearance
    items: tuple[PlanItem, ...]
    shut: tuple[Shut, ...]
    because: tuple[Reason, ...]
    concerns: tuple[Concern, ...] = ()
    end: Reason | None = None
    programme: HomeProgramme | None = None

    @property
    def seconds(self) -> float:
        """About how long the whole of it takes."""
        return seconds_of(self.items)


def plan_for(
    day: date,
    person: Person,
    history: History,
    library: Library,
    *,
    scope: Scope = Scope.TODAY,
    only: str | None = None,
) -> DayPlan:
    """The plan for a day, from nothing but what is given: the same inputs give the same plan.

    `only` names the one exercise of scope one. Raises KeyError when the library has no such exercise.
    """
    if only is not None and only not in library.exercises:
        raise KeyError(only)
    course, clearance, concerns = _standing(day, person, history, library)
    if not clearance.is_open:
        return DayPlan(day=day, scope=scope, clearance=clearance, items=(), shut=(), because=())
    today = Day(
        date=day,
        person=person,
        course=course,
        clearance=clearance,
        library=library,
        pain_now=history.pain_now,
        usual=_usual(person, history, course),
        pains=history.pains,
        alarmed=any(c.stops_running for c in concerns),
        wish=scope.is_wish,
        programme=history.programme,
        done=_done(day, history),
    )
    items, no_time_for = plan_items(today, scope, only=only)
    return DayPlan(
        day=day,
        scope=scope,
        clearance=clearance,
        items=items,
        shut=(*find_shut(today, scope, only=only), *why_no_time(today, scope, no_time_for)),
        because=reasons_of(today, scope),
        concerns=concerns,
        end=_end(today, history, concerns) if scope is Scope.TODAY and not history.programme else None,
        programme=history.programme,
    )


def clearance_for(day: date, person: Person, history: History, library: Library) -> Clearance:
    """Whether there may be exercise and running on a day: the clearance of its plan, without the plan."""
    return _standing(day, person, history, library)[1]


def _standing(
    day: date, person: Person, history: History, library: Library
) -> tuple[Course, Clearance, tuple[Concern, ...]]:
    course = follow(history.course, history.sessions, library.exercises, person=person, mornings=history.mornings)
    clearance = clear(day, history, course, library.questionnaire.texts)
    if not clearance.is_open:
        return course, clearance, ()
    concerns = concerns_on(day, person, history, course, reasons=library.reasons, scores=library.scores)
    if any(c.stops_running for c in concerns):
        text = library.reasons["watch_no_run"].text
        clearance = replace(clearance, no_run_text=clearance.no_run_text or text)
    return course, clearance, concerns


def _done(day: date, history: History) -> dict[str, frozenset[date]]:
    """On which days of the last week each exercise was done, however it felt."""
    found: dict[str, set[date]] = {}
    for session in history.sessions:
        if (day - session.day).days < WEEK_DAYS:
            for item in (i for i in session.items if i.sets):
                found.setdefault(item.exercise_id, set()).add(session.day)
    return {e: frozenset(days) for e, days in found.items()}


def _end(today: Day, history: History, concerns: tuple[Concern, ...]) -> Reason | None:
    done = is_at_the_end(today.date, today.person, history, today.course, concerns)
    return today.reason("keep_offer") if done else None


def _usual(person: Person, history: History, course: Course) -> float | None:
    """The pain of a usual morning as of the last session: what was noted since is the knee's answer to it."""
    if course.last_day is None:
        return None if person.usual_pain is None else float(person.usual_pain)
    return usual_morning(history.mornings, course.last_day, at_screening=person.usual_pain)
