"""Today: the plan as an answer in plain values, frozen once it is begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from patella.app.diary import person_and_history, sessions_between
from patella.app.patella import Patella
from patella.care.choice import Scope, Shut
from patella.care.history import History
from patella.care.library import Library
from patella.care.person import Person
from patella.care.plan import DayPlan, plan_for
from patella.care.session import Kind, Session
from patella.care.task import reason_to_json, task_of, task_to_json

Answer = dict[str, object]


def make_plan(
    app: Patella, *, scope: Scope = Scope.TODAY, only: str | None = None, pain_now: int | None = None
) -> DayPlan:
    """The plan of today from everything in the log; `pain_now` is an answer that is not in the log yet."""
    person, history = person_and_history(app, app.today)
    if pain_now is not None:
        history = replace(history, pain_now=pain_now)
    return plan_for(app.today, person, history, app.library, scope=scope, only=only)


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
        more: Answer = {"frozen": False, "session": None, "finished": False}
    else:
        more = {**_frozen_plan(app, begun), "frozen": True, "session": begun.id, "finished": begun.finished}
    answer = {**plan_to_json(plan, app.library), **more}
    if not plan.clearance.is_open or app.log.first_day(("run.added",)) is None:
        return {**answer, "running": None}
    return _with_running(app, person, history, answer)


def _with_running(app: Patella, person: Person, history: History, answer: Answer) -> Answer:
    """The answer with how far to run today and why; that is None while no run is known."""
    from patella.app.load import running_for  # only who runs needs it

    running = running_for(app, person, history.pain_now)
    cited = _sources(app.library, running["because"]) if running else {}  # type: ignore[arg-type]
    return {**answer, "running": running, "sources": {**answer["sources"], **cited}}  # type: ignore[dict-item]


def begun_today(app: Patella, scope: Scope) -> Session | None:
    """The latest session of today that was begun from this sort of plan."""
    today = sessions_between(app, app.today, app.today + timedelta(days=1))
    return next((s for s in reversed(today) if s.scope == scope), None)


def _frozen_plan(app: Patella, session: Session) -> Mapping[str, object]:
    begun = next(e for e in app.log.entries(session_id=session.id) if e.kind == Kind.BEGUN)
    plan: Mapping[str, object] = begun.body["plan"]  # type: ignore[assignment]
    return {**plan, "items": [{**task_to_json(t), **_of_exercise(app.library, t.exercise_id)} for t in session.tasks]}


def plan_to_json(plan: DayPlan, library: Library) -> Answer:
    """A plan in plain values, with every source it cites."""
    texts = library.questionnaire.texts
    items = [{**task_to_json(task_of(i)), **_of_exercise(library, i.exercise.id)} for i in plan.items]
    shut = [_shut_to_json(s) for s in plan.shut]
    because = [reason_to_json(r) for r in plan.because]
    standing = plan.clearance.standing
    return {
        "date": plan.day.isoformat(),
        "scope": plan.scope.value,
        "clearance": standing.value,
        "clearance_text": texts[standing.value],
        "always": texts["always"],
        "notes": list(plan.clearance.notes),
        "screened_on": _iso(plan.clearance.since),
        "assessed_on": _iso(plan.clearance.assessed_on),
        "minutes": round(plan.seconds / 60),
        "because": because,
        "items": items,
        "shut": shut,
        "sources": _sources(library, [*_reasons(items), *_reasons(shut), *because]),
    }


def _of_exercise(library: Library, exercise_id: str) -> Answer:
    """What a person wants to know beside a dose; an exercise that has left the library keeps its id for a name."""
    exercise = library.exercises.get(exercise_id)
    if exercise is None:
        return {"name": exercise_id, "footwear": "any", "equipment": []}
    return {"name": exercise.name, "footwear": exercise.footwear.value, "equipment": list(exercise.equipment)}


def _shut_to_json(shut: Shut) -> Answer:
    return {"exercise": shut.exercise.id, "name": shut.exercise.name, "because": [reason_to_json(shut.because)]}


def _reasons(listed: Sequence[Mapping[str, object]]) -> list[Answer]:
    return [r for one in listed for r in one["because"]]  # type: ignore[attr-defined]


def _sources(library: Library, reasons: Sequence[Mapping[str, object]]) -> Answer:
    wanted = dict.fromkeys(str(r["source"]) for r in reasons)
    return {s: source_to_json(library, s) for s in wanted}


def source_to_json(library: Library, source_id: str) -> Answer:
    """A source in plain values."""
    source = library.sources[source_id]
    return {
        "cite": source.cite,
        "kind": source.kind.value,
        "title": source.title,
        "where": source.where,
        "link": source.link,
        "finding": source.finding,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
