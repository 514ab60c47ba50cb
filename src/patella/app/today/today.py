"""Today: the plan as an answer, frozen once it is begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from patella.app.history.events import sessions_between
from patella.app.history.reading import person_and_history
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.plan import things_to_ask
from patella.app.plan.told import ShownPlan, ToldPlan, show_plan, tell_item, tell_plan, tell_sources
from patella.app.running.told import RunningToday, ToldComeback, ToldRunning
from patella.care.choice import Scope
from patella.care.clearance import Clearance
from patella.care.entries.field import BodyError, more_than, read, write
from patella.care.entries.kinds import Kind
from patella.care.history import History
from patella.care.person import Person
from patella.care.plan import DayPlan, plan_for
from patella.care.session import Session
from patella.care.task import task_of

RUNNERS = (Kind.RUN_ADDED, Kind.COMEBACK_BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThing:
    """A thing that today asks for, of which it was never said whether it is there."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun(ShownPlan):
    frozen: bool
    session: str | None
    finished: bool
    asks: tuple[AskedThing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Today(_Begun):
    """What there is to do today and why: its plan, `frozen` once a session of it was begun, and running.

    `running` is None while no run is known, `comeback` where there is no way back to walk; `no_run_text` is said in
    place of both.
    """

    running: ToldRunning | None
    comeback: ToldComeback | None
    no_run_text: str | None


def answer_today(
    app: Patella, *, scope: Scope = Scope.TODAY, only: str | None = None, pain_now: int | None = None
) -> Today:
    """What there is to do today and why, or why there is nothing; the frozen plan once today's was begun.

    `pain_now` is an answer that is not in the log yet; a frozen plan stays as it is.
    """
    person, history = person_and_history(app, app.today)
    begun = begun_today(app, scope)
    if begun is None and pain_now is not None:
        history = replace(history, pain_now=pain_now)
    plan = plan_for(app.today, person, history, app.library, scope=scope, only=only)
    shown = _shown(app, person, plan, begun if plan.clearance.is_open else None)
    running = _running(app, person, history, plan.clearance)
    cited = tell_sources(app.library, (r.source for r in running.reasons))
    return more_than(
        Today,
        shown,
        sources={**shown.sources, **cited},
        running=running.running,
        comeback=running.comeback,
        no_run_text=running.no_run_text,
    )


def _shown(app: Patella, person: Person, plan: DayPlan, begun: Session | None) -> _Begun:
    told, units = tell_plan(plan, app.library), units_of(app)
    if begun is None:
        shown = show_plan(told, [task_of(i) for i in plan.items], person, app.library, units)
        asks = tuple(AskedThing(id=t, name=app.library.equipment[t].name) for t in things_to_ask(app, plan, person))
        return more_than(_Begun, shown, frozen=False, session=None, finished=False, asks=asks)
    shown = show_plan(_frozen_plan(app, told, begun), begun.tasks, person, app.library, units)
    return more_than(_Begun, shown, frozen=True, session=begun.id, finished=begun.finished, asks=())


def _running(app: Patella, person: Person, history: History, clearance: Clearance) -> RunningToday:
    if not clearance.may_run or app.log.first_day(RUNNERS) is None:
        return RunningToday(no_run_text=clearance.no_run_text)
    from patella.app.running.load import running_for  # only who runs needs it

    return running_for(app, person, clearance, history.pain_now)


def begun_today(app: Patella, scope: Scope) -> Session | None:
    """The latest session of today that was begun from this sort of plan."""
    today = sessions_between(app, app.today, app.today + timedelta(days=1))
    return next((s for s in reversed(today) if s.scope == scope), None)


def _frozen_plan(app: Patella, told: ToldPlan, session: Session) -> ToldPlan:
    """The plan as it was frozen: what the log cannot say of it, as an older version did not, is said as of now."""
    begun = next(e for e in app.entries(session_id=session.id) if e.kind == Kind.SESSION_BEGUN)
    items = tuple(tell_item(t, app.library) for t in session.tasks)
    now = write(replace(told, items=items))
    said = begun.body["plan"]
    then = {k: v for k, v in said.items() if k in now and k != "items"} if isinstance(said, Mapping) else {}
    try:
        return read(ToldPlan, {**now, **then})
    except BodyError:
        return replace(told, items=items)
