"""A plan in plain values, with the sources that it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from patella.care.entries.field import read, write
from patella.care.entries.of_session import PlannedTask
from patella.care.left_out import Shut
from patella.care.library import Library
from patella.care.person import Person
from patella.care.plan import DayPlan
from patella.care.task import Task, gear_for, task_in, task_of, tell_task
from patella.care.units import Units
from patella.care.watch import Concern

Answer = dict[str, object]


def plan_to_json(plan: DayPlan, library: Library) -> Answer:
    """A plan in plain values, with every source it cites."""
    texts = library.questionnaire.texts
    tasks = [task_of(i) for i in plan.items]
    items = [{**write(tell_task(t)), **task_beside(library, t)} for t in tasks]
    shut = [_shut_to_json(s) for s in plan.shut]
    because = [write(r) for r in plan.because]
    concerns = [concern_to_json(c) for c in plan.concerns]
    end = write(plan.end) if plan.end else None
    standing = plan.clearance.standing
    return {
        "date": plan.day.isoformat(),
        "scope": plan.scope.value,
        "clearance": standing.value,
        "clearance_text": texts[standing.value],
        "always": texts["always"],
        "notes": list(plan.clearance.notes),
        "named": [f.text for f in plan.clearance.pending],
        "screened_on": _iso(plan.clearance.since),
        "assessed_on": _iso(plan.clearance.assessed_on),
        "minutes": round(plan.seconds / 60),
        "because": because,
        "items": items,
        "shut": shut,
        "concerns": concerns,
        "end": end,
        "sources": sources_of(
            library, [*_reasons(items), *_reasons(shut), *because, *concerns, *([end] if end else [])]
        ),
    }


def with_gear(answer: Answer, person: Person, library: Library) -> Answer:
    """A plan in plain values, each item with what this person has for it, in words."""
    items: Sequence[Answer] = answer["items"]  # type: ignore[assignment]
    named = [{**i, "gear": [g.says for g in gear_for(task_in(read(PlannedTask, i)), person, library)]} for i in items]
    return {**answer, "items": named}


def in_units(answer: Answer, units: Units) -> Answer:
    """A plan with every reason in a person's units. The rest of an item is what a player goes by, and stays metric."""
    items: Sequence[Answer] = answer["items"]  # type: ignore[assignment]
    said = [{**item, "because": units.said_in(item["because"])} for item in items]
    return {**answer, "items": said, **units.said_in({key: answer[key] for key in ("because", "shut")})}


def concern_to_json(concern: Concern) -> Answer:
    """What is worth showing to somebody, and to whom, in plain values."""
    return {**write(concern.because), "worry": concern.worry.value, "whom": concern.whom.value}


def task_beside(library: Library, task: Task) -> Answer:
    """What a person wants to know beside a dose; an exercise that has left the library keeps its id for a name."""
    exercise = library.exercises.get(task.exercise_id)
    if exercise is None:
        return {"name": task.exercise_id, "footwear": "any", "equipment": []}
    things = exercise.things_at(task.asked.step)
    return {"name": exercise.name, "footwear": exercise.footwear.value, "equipment": list(things)}


def name_of(exercise_id: str, library: Library) -> str:
    """An exercise's name; its id when it has left the library."""
    exercise = library.exercises.get(exercise_id)
    return exercise.name if exercise else exercise_id


def _shut_to_json(shut: Shut) -> Answer:
    return {"exercise": shut.exercise.id, "name": shut.exercise.name, "because": [write(shut.because)]}


def _reasons(listed: Sequence[Mapping[str, object]]) -> list[Answer]:
    return [r for one in listed for r in one["because"]]  # type: ignore[attr-defined]


def sources_of(library: Library, reasons: Sequence[Mapping[str, object]]) -> Answer:
    """Every source that these reasons name, each once."""
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
        "checked": str(source.checked) if source.checked else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
