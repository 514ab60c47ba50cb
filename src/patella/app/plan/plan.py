"""The plan of today from everything in the log."""

from __future__ import annotations

from dataclasses import replace

from patella.app.history.reading import person_and_history
from patella.app.patella import Patella
from patella.care.choice import Scope
from patella.care.clearance import Clearance
from patella.care.person import Person
from patella.care.plan import DayPlan, clearance_for, plan_for

# What the pain of now makes of today's plan, wherever it is noted.
AS_PLANNED = "Calm enough: today's plan stays as it is."
EASIER = "A bit sensitive, so today's plan goes easier on the knee."
UNLOADED = "That is a lot. Today only what asks nothing of the knee; resting is a good decision too."


def make_plan(
    app: Patella, *, scope: Scope = Scope.TODAY, only: str | None = None, pain_now: int | None = None
) -> DayPlan:
    """The plan of today from everything in the log; `pain_now` is an answer that is not in the log yet."""
    person, history = person_and_history(app, app.today)
    if pain_now is not None:
        history = replace(history, pain_now=pain_now)
    return plan_for(app.today, person, history, app.library, scope=scope, only=only)


def clearance_now(app: Patella) -> Clearance:
    """Whether there may be exercise and running today, from everything in the log."""
    person, history = person_and_history(app, app.today)
    return clearance_for(app.today, person, history, app.library)


def closed_text(app: Patella) -> str | None:
    """What is said in place of anything about exercise while there is no plan; None where there may be one."""
    clearance = clearance_now(app)
    return None if clearance.is_open else app.library.questionnaire.texts[clearance.standing.value]


def things_to_ask(app: Patella, plan: DayPlan, person: Person) -> list[str]:
    """The things that a plan asks for and of which it was never said whether they are there, each once."""
    asked = (i.exercise.things_at(i.asked.step) for i in plan.items)
    wanted = dict.fromkeys(t for things in asked for t in things)
    return [t for t in wanted if not app.library.equipment[t].everyday and person.may_ask_for(t)]
