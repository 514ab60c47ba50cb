"""A plan as it is told to pages, `--json` and the log, with the sources that it cites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from patella.care.choice import Scope
from patella.care.clearance import Standing
from patella.care.entries.field import more_than
from patella.care.exercise import Footwear
from patella.care.home_programme import HomeProgramme
from patella.care.left_out import Shut
from patella.care.library import Library
from patella.care.person import Person
from patella.care.plan import DayPlan
from patella.care.reason import Reason
from patella.care.source import Kind
from patella.care.task import Task, ToldTask, gear_for, task_of, tell_task
from patella.care.units import Units
from patella.care.watch import Concern, Whom, Worry


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldItem(ToldTask):
    """A task with what a person wants to know beside its dose."""

    name: str
    footwear: Footwear
    equipment: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem(ToldItem):
    """The same with what this person has for it, in words."""

    gear: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldShut:
    """An exercise that is left out today, and why."""

    exercise: str
    name: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldConcern(Reason):
    """What is worth showing to somebody, and to whom."""

    worry: Worry
    whom: Whom


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProgramme:
    """Whose programme the plan follows: set `by` whom and when, until when, and what they wrote to it."""

    by: str
    on: dt.date
    until: dt.date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlan:
    """A plan as the log freezes it: what there is to do, what is left out, and why, with every source it cites.

    `always` stands under every plan; `named` are the findings that are still to be seen by somebody. `programme` is
    what a physiotherapist set, None where nothing is in force.
    """

    date: dt.date
    scope: Scope
    clearance: Standing
    clearance_text: str
    always: str
    notes: tuple[str, ...]
    named: tuple[str, ...]
    screened_on: dt.date | None
    assessed_on: dt.date | None
    minutes: int
    because: tuple[Reason, ...]
    items: tuple[ToldItem, ...]
    shut: tuple[ToldShut, ...]
    concerns: tuple[ToldConcern, ...]
    end: Reason | None
    programme: ToldProgramme | None
    sources: Mapping[str, ToldSource]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan(ToldPlan):
    """The same as a person is shown it."""

    items: tuple[ShownItem, ...]


def tell_plan(plan: DayPlan, library: Library) -> ToldPlan:
    """A plan as it is told, with every source it cites."""
    texts = library.questionnaire.texts
    items = tuple(tell_item(task_of(i), library) for i in plan.items)
    shut = tuple(_tell_shut(s) for s in plan.shut)
    concerns = tuple(tell_concern(c) for c in plan.concerns)
    end = (plan.end,) if plan.end else ()
    reasons = [*(r for i in items for r in i.because), *(r for s in shut for r in s.because)]
    standing = plan.clearance.standing
    return ToldPlan(
        date=plan.day,
        scope=plan.scope,
        clearance=standing,
        clearance_text=texts[standing.value],
        always=texts["always"],
        notes=tuple(plan.clearance.notes),
        named=tuple(f.text for f in plan.clearance.pending),
        screened_on=plan.clearance.since,
        assessed_on=plan.clearance.assessed_on,
        minutes=round(plan.seconds / 60),
        because=plan.because,
        items=items,
        shut=shut,
        concerns=concerns,
        end=plan.end,
        programme=_tell_programme(plan.programme) if plan.programme else None,
        sources=tell_sources(library, (r.source for r in (*reasons, *plan.because, *concerns, *end))),
    )


def show_plan(plan: ToldPlan, tasks: Sequence[Task], person: Person, library: Library, units: Units) -> ShownPlan:
    """A plan for this person: with what they have for each task, and every reason in their units.

    The rest of an item is what a player goes by, and stays metric.
    """
    items = (_show_item(t, person, library, units) for t in tasks)
    values = {"items": tuple(items), "because": units.said_in(plan.because), "shut": units.said_in(plan.shut)}
    return more_than(ShownPlan, plan, **values)


def _show_item(task: Task, person: Person, library: Library, units: Units) -> ShownItem:
    gear = tuple(g.says for g in gear_for(task, person, library))
    return more_than(ShownItem, tell_item(task, library), because=units.said_in(task.because), gear=gear)


def tell_concern(concern: Concern) -> ToldConcern:
    """What is worth showing to somebody, as it is told."""
    return more_than(ToldConcern, concern.because, worry=concern.worry, whom=concern.whom)


def tell_item(task: Task, library: Library) -> ToldItem:
    """A task as it is told; an exercise that has left the library keeps its id for a name."""
    exercise = library.exercises.get(task.exercise_id)
    return more_than(
        ToldItem,
        tell_task(task),
        name=name_of(task.exercise_id, library),
        footwear=exercise.footwear if exercise else Footwear.ANY,
        equipment=tuple(exercise.things_at(task.asked.step)) if exercise else (),
    )


def name_of(exercise_id: str, library: Library) -> str:
    """An exercise's name; its id when it has left the library."""
    exercise = library.exercises.get(exercise_id)
    return exercise.name if exercise else exercise_id


def _tell_programme(programme: HomeProgramme) -> ToldProgramme:
    return ToldProgramme(by=programme.by, on=programme.on, until=programme.until, note=programme.note)


def _tell_shut(shut: Shut) -> ToldShut:
    return ToldShut(exercise=shut.exercise.id, name=shut.exercise.name, because=(shut.because,))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSource:
    """A source as it is told: short (`cite`), what it says (`finding`), what was read of it and when (`checked`)."""

    cite: str
    kind: Kind
    title: str
    where: str
    link: str
    finding: str
    checked: str | None


def tell_source(library: Library, source_id: str) -> ToldSource:
    """A source as it is told."""
    source = library.sources[source_id]
    return ToldSource(
        cite=source.cite,
        kind=source.kind,
        title=source.title,
        where=source.where,
        link=source.link,
        finding=source.finding,
        checked=str(source.checked) if source.checked else None,
    )


def tell_sources(library: Library, ids: Iterable[str]) -> dict[str, ToldSource]:
    """These sources by their id, each once."""
    return {s: tell_source(library, s) for s in dict.fromkeys(ids)}
