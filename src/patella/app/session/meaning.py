"""What one answer about pain means, and what follows from it, in sentences; the pages and the terminal say the same."""

from __future__ import annotations

from datetime import timedelta

from patella.app.history.events import sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.patella import Patella
from patella.app.plan.plan import AS_PLANNED, EASIER, UNLOADED, make_plan
from patella.app.session.training import ADVICE, Advice
from patella.care.pain import Colour, When, colour_of, is_morning_worse, is_settled, usual_morning
from patella.care.plan import DayPlan
from patella.care.session import Session

PRAISE = " Stopping is a good decision."


def meaning_of(app: Patella, nprs: int, when: When, session: Session | None) -> Advice:
    """What an answer that is in the log already means; `session` is the one it speaks of.

    Where there is to be no exercise, only that is said.
    """
    plan = make_plan(app)
    colour = colour_of(nprs, cautious=person_of(app).cautious)
    if not plan.clearance.is_open:
        closed = app.library.questionnaire.texts[plan.clearance.standing.value]
        return Advice(colour=colour, says=f"Noted. {closed}")
    if when is When.BEFORE:
        return Advice(colour=colour, says=_of_today(plan))
    if when is When.DURING:
        return Advice(colour=colour, says=ADVICE[colour] + (PRAISE if colour is Colour.RED else ""))
    colour, says = _after(colour, nprs, session) if when is When.AFTER else _morning(app, colour, plan)
    return Advice(colour=colour, says=says)


def _of_today(plan: DayPlan) -> str:
    """What the pain of now makes of today, from the plan itself, so that the two never differ."""
    why = {r.key for r in plan.because}
    if "day_unload_now" in why:
        return UNLOADED
    return EASIER if "day_calm_now" in why else AS_PLANNED


def _after(colour: Colour, nprs: int, session: Session | None) -> tuple[Colour, str]:
    if session is None:
        return colour, "Noted. There is no session within the last eighteen hours that it could speak of."
    settled = is_settled(session.before, nprs)
    if settled is None:
        return colour, "Noted. Pain before the session is not known, so nothing goes up next time."
    if colour is Colour.RED:
        return colour, "That is a lot after an hour. Next time is easier."
    if settled:
        return colour, "Settled: about where it was before. That is what we want."
    return _at_least_amber(colour), "Not quite settled, so next time is one step easier."


def _morning(app: Patella, colour: Colour, plan: DayPlan) -> tuple[Colour, str]:
    worse, today = _is_worse(app), _of_today(plan)
    if worse is None:
        return colour, f"Noted. {today}"
    if worse:
        text = "Worse than your usual morning: what you did last time comes back one step easier."
        return _at_least_amber(colour), f"{text} {today}"
    return colour, f"No worse than your usual morning. {today}"


def _is_worse(app: Patella) -> bool | None:
    """Whether this morning is worse than usual after a session yesterday; None when unknown or there was none."""
    yesterday = app.today - timedelta(days=1)
    if not any(not s.is_empty for s in sessions_between(app, yesterday, app.today)):
        return None
    person = person_of(app)
    mornings = history_on(app, app.today, person).mornings
    usual = usual_morning(mornings, yesterday, at_screening=person.usual_pain)
    return is_morning_worse(mornings, yesterday, usual=usual)


def _at_least_amber(colour: Colour) -> Colour:
    return max(colour, Colour.AMBER, key=lambda c: c.rank)
