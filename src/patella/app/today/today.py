"""Today: the plan as an answer in plain values, frozen once it is begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from patella.app.history.reading import person_and_history, sessions_between
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.plan import things_to_ask
from patella.app.plan.told import Answer, in_units, plan_to_json, sources_of, task_beside, with_gear
from patella.care.choice import Scope
from patella.care.clearance import Clearance
from patella.care.entries.field import write
from patella.care.history import History
from patella.care.person import Person
from patella.care.plan import plan_for
from patella.care.session import Kind, Session
from patella.care.task import tell_task

RUNNERS = ("run.added", "comeback.begun")


def answer_today(
    app: Patella, *, scope: Scope = Scope.TODAY, only: str | None = None, pain_now: int | None = None
) -> Answer:
    """What there is to do today and why, or why there is nothing; the frozen plan once today's was begun.

    `pain_now` is an answer that is not in the log yet; a frozen plan stays as it is.
    """
    person, history = person_and_history(app, app.today)
    begun = begun_today(app, scope)
    if begun is None and pain_now is not None:
        history = replace(history, pain_now=pain_now)
    plan = plan_for(app.today, person, history, app.library, scope=scope, only=only)
    if begun is None or not plan.clearance.is_open:
        asks = [{"id": t, "name": app.library.equipment[t].name} for t in things_to_ask(app, plan)]
        more: Answer = {"frozen": False, "session": None, "finished": False, "asks": asks}
    else:
        more = {**_frozen_plan(app, begun), "frozen": True, "session": begun.id, "finished": begun.finished, "asks": []}
    answer = with_gear({**plan_to_json(plan, app.library), **more}, person, app.library)
    answer = in_units(answer, units_of(app))
    if not plan.clearance.may_run or app.log.first_day(RUNNERS) is None:
        return {**answer, "running": None, "comeback": None, "no_run_text": plan.clearance.no_run_text}
    return _with_running(app, person, history, plan.clearance, answer)


def _with_running(app: Patella, person: Person, history: History, clearance: Clearance, answer: Answer) -> Answer:
    """The answer with how far to run today and why; that is None while no run is known."""
    from patella.app.running.load import running_for  # only who runs needs it

    found = running_for(app, person, clearance, history.pain_now)
    shown: list[Mapping[str, list[Answer]]] = [found[k] for k in ("running", "comeback") if found[k]]  # type: ignore[misc]
    cited = sources_of(app.library, [r for one in shown for r in one["because"]])
    return {**answer, **found, "sources": {**answer["sources"], **cited}}  # type: ignore[dict-item]


def begun_today(app: Patella, scope: Scope) -> Session | None:
    """The latest session of today that was begun from this sort of plan."""
    today = sessions_between(app, app.today, app.today + timedelta(days=1))
    return next((s for s in reversed(today) if s.scope == scope), None)


def _frozen_plan(app: Patella, session: Session) -> Mapping[str, object]:
    begun = next(e for e in app.entries(session_id=session.id) if e.kind == Kind.BEGUN)
    plan: Mapping[str, object] = begun.body["plan"]  # type: ignore[assignment]
    return {**plan, "items": [{**write(tell_task(t)), **task_beside(app.library, t)} for t in session.tasks]}
