"""How what the app knows is shown to a page: plain values, with the words of the library beside the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from patella.app.history.reading import events_of, person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import source_to_json
from patella.app.session.outbox import Taken
from patella.app.session.training import can_ease, gentler_of
from patella.care.entries.field import write
from patella.care.exercise import Dose, Exercise
from patella.care.gear import say_needs
from patella.care.library import Library
from patella.care.person import Person
from patella.care.script import script_of
from patella.care.session import Event, Kind, Session, settle
from patella.care.task import Task, gear_for, tell_task
from patella.care.units import Units
from patella.files.library import own_experiment

Shown = dict[str, object]


def show_session(taken: Taken, here: Patella) -> Shown:
    """A session with its script, and everything that can be corrected in it by the id of its entry."""
    session, person, units = taken.session, person_of(here), units_of(here)
    held = settle(events_of(taken.entries))
    return {
        "id": session.id,
        "entry_id": next(e.id for e in held if e.kind == Kind.BEGUN),
        "day": session.day.isoformat(),
        "scope": session.scope,
        "begun_at": session.begun_at.isoformat(),
        "last_at": session.last_at.isoformat(),
        "finished": session.finished,
        "paused": session.paused,
        "step": session.step,
        "tasks": [_task(session, n, here.library, person, units) for n in range(len(session.tasks))],
        "steps": [{**asdict(s), "kind": s.kind.value} for s in script_of(session.tasks)],
        "sets": _sets(session, held),
        "pains": [_pain(e) for e in held if e.kind == Kind.PAIN],
        "efforts": [_effort(e) for e in held if e.kind == Kind.EFFORT],
        "peaks": {str(k): v for k, v in session.peaks.items()},
        "before": session.before,
        "after": session.after,
        "skipped": sorted(session.skipped),
        "stopped": sorted(session.stopped),
        "left": [i.exercise_id for i in session.left.values()],
        "now": here.now().isoformat(),
    }


def _task(session: Session, number: int, library: Library, person: Person, units: Units) -> Shown:
    """A task with its words, and what the pain rule may offer in it."""
    task = session.tasks[number]
    may = {"can_ease": can_ease(library, task), "gentler": list(gentler_of(library, session, number))}
    told = write(tell_task(task))
    words = {"because": told["because"], **_words(library, task), "needs": say_needs(gear_for(task, person, library))}
    return {**told, **units.said_in(words), **may}


def _words(library: Library, task: Task) -> Shown:
    """What the player says; an exercise that has left the library keeps its id for a name."""
    exercise = library.exercises.get(task.exercise_id)
    if exercise is None:
        nothing: list[str] = []
        lists = dict.fromkeys(("how", "cautions", "mistakes", "easier"), nothing)
        unseen = {"view": "none", "counts": "nothing"}
        return {
            "name": task.exercise_id,
            "footwear": "any",
            "cues": {},
            "figure_text": "",
            "camera": unseen,
            "asks_effort": False,
            **lists,
        }
    words = exercise.words
    return {
        "name": exercise.name,
        "footwear": exercise.footwear.value,
        "cues": dict(words.cues),
        "how": list(words.how),
        "cautions": list(words.cautions),
        "mistakes": list(words.mistakes),
        "figure_text": words.figure,
        "easier": list(exercise.easier),
        "camera": _camera_of_task(exercise),
        "asks_effort": exercise.asks_effort,
    }


def _camera_of_task(exercise: Exercise) -> Shown:
    """What the player shows of the camera; the words of an experiment, where there is one."""
    experiment = own_experiment(exercise.id)
    tried = {"counts": experiment.counts, "says": experiment.says} if experiment else None
    return {**_camera(exercise), "position": exercise.position.value, "experiment": tried}


def _camera(exercise: Exercise) -> Shown:
    return {"view": exercise.camera.view.value, "counts": exercise.camera.counts.value}


def _sets(session: Session, held: Sequence[Event]) -> list[Shown]:
    bodies = {e.id: e.body for e in held if e.kind == Kind.SET}
    return [
        {
            "event_id": logged.event_id,
            "task": logged.task,
            "exercise": logged.exercise_id,
            "side": logged.done.side,
            "set": bodies[logged.event_id].get("set") or 1,
            "reps": logged.done.reps,
            "holds": logged.done.holds,
            "hold_s": logged.done.hold_s,
            "held_s": bodies[logged.event_id].get("held_s"),
            "load_kg": logged.done.load_kg,
            "counted_by": bodies[logged.event_id].get("counted_by") or "hand",
            "camera": bodies[logged.event_id].get("camera"),
        }
        for logged in session.sets
    ]


def _effort(event: Event) -> Shown:
    body = event.body
    return {"entry_id": event.id, "item": body["item"], "exercise": body["exercise"], "left": body["left"]}


def _pain(event: Event) -> Shown:
    body = event.body
    item = body.get("item")
    return {"entry_id": event.id, "when": body["when"], "nprs": body["nprs"], "item": item, "knee": body.get("knee")}


def show_exercise_row(exercise: Exercise) -> Shown:
    """One line of the library, as `patella exercises --json` gives it, and what a shelf shows beside it."""
    dose = exercise.dose
    return {
        "id": exercise.id,
        "name": exercise.name,
        "routine_number": exercise.routine_number,
        "dose": {
            "sets": dose.sets,
            "reps": list(dose.reps) if dose.reps else None,
            "holds": dose.holds,
            "hold_s": dose.hold_s,
        },
        "sides": exercise.sides.value,
        "footwear": exercise.footwear.value,
        "equipment": list(exercise.equipment),
        "level": exercise.level.value,
        "camera": _camera(exercise),
        "group": exercise.group.value,
        "aim": exercise.aim.value,
        "summary": exercise.words.summary,
        "has_figure": has_figure(exercise.id),
    }


def show_exercise(exercise: Exercise, library: Library, units: Units) -> Shown:
    """Everything about one exercise, its sources written out as they are."""
    sources = {s: source_to_json(library, s) for s in exercise.sources}
    return {**units.said_in(_exercise(exercise, library)), "sources": sources}


def _exercise(exercise: Exercise, library: Library) -> Shown:
    words = exercise.words
    return {
        **show_exercise_row(exercise),
        "dose": _dose(exercise.dose),
        "load": exercise.load.value,
        "knee_load": exercise.knee_load,
        "position": exercise.position.value,
        "bare_legs": exercise.bare_legs,
        "things": [_thing(exercise, library, t) for t in exercise.things],
        "without_equipment": exercise.without_equipment,
        "how": list(words.how),
        "feel": words.feel,
        "mistakes": list(words.mistakes),
        "cautions": list(words.cautions),
        "evidence": words.evidence,
        "cues": dict(words.cues),
        "figure_text": words.figure,
        "gates": [{"fact": g.fact.value, "why": words.gates[g.fact.value], "source": g.source} for g in exercise.gates],
        "unlock": asdict(exercise.unlock) if exercise.unlock else None,
        "arc": asdict(exercise.arc) if exercise.arc else None,
        "easier": _neighbours(exercise.easier, library),
        "harder": _neighbours(exercise.harder, library),
    }


def _dose(dose: Dose) -> Shown:
    shown = asdict(dose)
    shown["tempo"] = write(dose.tempo) if dose.tempo else None
    return {k: list(v) if isinstance(v, tuple) else v for k, v in shown.items()}


def _thing(exercise: Exercise, library: Library, thing: str) -> Shown:
    instead = [library.equipment[t].name for t in exercise.substitutes.get(thing, ())]
    return {"id": thing, "name": library.equipment[thing].name, "instead": instead}


def _neighbours(ids: Sequence[str], library: Library) -> list[Shown]:
    return [{"id": i, "name": library.exercises[i].name} for i in ids]


FIGURES = Path(__file__).resolve().parent / "static" / "figures"
FIGURE_FILES = ("{id}.avif", "{id}-start.webp", "{id}-end.webp")


def has_figure(exercise_id: str) -> bool:
    """Whether the moving figure and both of its stills are there."""
    return all((FIGURES / name.format(id=exercise_id)).is_file() for name in FIGURE_FILES)
