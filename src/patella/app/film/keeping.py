"""A film's sets in the diary: a session of its own on the day of the film, counted by the camera.

It is folded like every other session. What nobody answered stays open, and pain before it is never asked, so that a
film alone makes no dose harder; and as no camera sees how heavy a thing is, no weight is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from patella.app.history.amend import write_once
from patella.app.history.events import session_of
from patella.app.history.reading import person_and_history
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.session.intake import Taken, find_session
from patella.app.session.seen import SeenHold, SeenRep, SeenSet
from patella.care.course import follow
from patella.care.entries.field import write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_session import SessionBegun, SideName
from patella.care.exercise import Exercise, Sides
from patella.care.prescription import Prescription, start_of
from patella.care.session import FILM, Session
from patella.care.task import Task, tell_task
from patella.motion.analysis import Analysis
from patella.motion.analysis import SetSeen as Sight
from patella.motion.event import Rep
from patella.store.entry import Entry

REP_PAUSE_S = 20.0  # longer than anybody stops between two repetitions, shorter than the rest between any two sets
HOLD_PAUSE_S = 5.0  # more than the rest that an exercise asks between two holds
MOST_LOGGED = 40
PARTS = UUID("4f0f6d3a-58a4-5c58-9d0a-66696c6d6564")

Values = dict[str, object]


class KeptAlreadyError(TrainingError):
    """The film is in the diary already; the message says on which day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmedSet:
    """A set of a film as it is logged: reps, or holds of `hold_s` seconds (`held_s` each), and what the camera saw."""

    side: SideName
    reps: int | None
    holds: int | None
    hold_s: float | None
    held_s: tuple[float, ...] | None
    camera: SeenSet


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmedSets:
    """What is to be kept of a film: its mark (`files/film_mark.py`), the day it shows, and its sets."""

    mark: str
    exercise: Exercise
    day: date
    sets: Sequence[FilmedSet]


def sets_to_keep(exercise: Exercise, found: Analysis, side: str | None = None) -> list[FilmedSet]:
    """The sets of a film as they are logged: side, reps or holds, and what the camera saw of each.

    `side` is the leg, where the person says it. An exercise of one leg after the other whose leg was not told apart
    gives sets of the side both: nobody can keep these before they have said which.
    """
    pause_s = REP_PAUSE_S if exercise.dose.reps else exercise.dose.hold_rest_s + HOLD_PAUSE_S
    return [_filmed(s, side if side and exercise.sides is Sides.EACH else s.side) for s in found.sets(pause_s)]


def _filmed(found: Sight, side: str) -> FilmedSet:
    held_s = tuple(round(h.seconds, 1) for h in found.holds)
    return FilmedSet(
        side=SideName(side),
        reps=len(found.reps) or None,
        holds=len(held_s) or None,
        hold_s=min(held_s, default=None),
        held_s=held_s[:MOST_LOGGED] or None,
        camera=SeenSet(
            seen_fraction=round(found.seen_fraction, 2),
            reps=tuple(_rep(r) for r in found.reps[:MOST_LOGGED]),
            holds=tuple(SeenHold(seconds=round(h.seconds, 1), faults=h.faults) for h in found.holds[:MOST_LOGGED]),
            form=None if found.form is None else round(found.form, 2),
        ),
    )


def _rep(rep: Rep) -> SeenRep:
    range_deg, up_s, down_s = round(rep.range_deg, 1), round(rep.up_s, 2), round(rep.down_s, 2)
    return SeenRep(range_deg=range_deg, up_s=up_s, down_s=down_s, faults=rep.faults)


def find_kept(app: Patella, mark: str, exercise_id: str) -> Session | None:
    """The session in which this film was kept as this exercise, if it was and still is."""
    for entry in reversed(app.entries(kinds=(Kind.SESSION_BEGUN,))):
        film = entry.said.film if isinstance(entry.said, SessionBegun) else None
        if film and (film.mark, film.exercise) == (mark, exercise_id):
            session = session_of(app, entry.session_id or "")
            if session is not None:
                return session
    return None


def keep_film(app: Patella, session_id: str, film: FilmedSets) -> Taken:
    """Log the sets of a film as a session under an id that the caller chose; a second time it is the same session.

    Raises KeptAlreadyError, TrainingError where it cannot be kept like this, OtherContentError, StoreError.
    """
    kept = find_kept(app, film.mark, film.exercise.id)
    if kept is not None:
        if kept.id == session_id:
            return find_session(app, session_id)
        raise KeptAlreadyError(f"This film is in the diary already, on {day_words(kept.day)}.")
    _check(app, film)
    write_once(app, _entries(app, session_id, film))
    return find_session(app, session_id)


def day_words(day: date) -> str:
    """A day as people say it."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _check(app: Patella, film: FilmedSets) -> None:
    if not film.sets:
        raise TrainingError("Nothing was counted in this film, so there is nothing to keep.")
    if film.day > app.today:
        raise TrainingError("That day is still to come. Choose the day on which the film was made.")
    if film.exercise.sides is Sides.EACH and any(s.side is SideName.BOTH for s in film.sets):
        raise TrainingError("Say which leg it was, left or right: the film does not tell.")


def _entries(app: Patella, session_id: str, film: FilmedSets) -> list[Entry]:
    task = write(tell_task(_task(app, film.exercise, film.day)))
    plan = {"date": film.day.isoformat(), "scope": FILM, "items": [{**task, "name": film.exercise.name}]}
    about = {"mark": film.mark, "exercise": film.exercise.id}
    bodies: list[tuple[str, Values]] = [(Kind.SESSION_BEGUN, {"plan": plan, "film": about})]
    done: dict[SideName, int] = {}
    for one in film.sets:
        number = done[one.side] = done.get(one.side, 0) + 1
        bodies.append((Kind.SET_DONE, _set_body(film.exercise, one, number)))
    bodies.append((Kind.SESSION_FINISHED, {}))
    at = app.now()
    return [
        Entry(id=_part(session_id, n), session_id=session_id, kind=kind, day=film.day, at=at, body=body)
        for n, (kind, body) in enumerate(bodies)
    ]


def _part(session_id: str, number: int) -> str:
    return str(uuid5(PARTS, f"{number} {session_id}"))


def _set_body(exercise: Exercise, one: FilmedSet, number: int) -> Values:
    body: Values = {
        "item": 0, "exercise": exercise.id, "set": number, **write(one), "load_kg": None, "band": None, "level": None,
        "form_ok": one.camera.form, "counted_by": "camera",
    }  # fmt: skip
    return {k: v for k, v in body.items() if k != "held_s" or v is not None}


def _task(app: Patella, exercise: Exercise, day: date) -> Task:
    """What was asked of the exercise by that day: the dose the person stood at, so that the film is held against it."""
    dose, asked = exercise.dose, _asked(app, exercise, day)
    return Task(
        exercise_id=exercise.id,
        sides=("left", "right") if exercise.sides is Sides.EACH else ("both",),
        asked=asked,
        load_kg=None,
        band=None,
        level=None,
        arc_deg=None,
        rest_s=dose.rest_s,
        hold_rest_s=dose.hold_rest_s,
        tempo=dose.tempo,
        seconds=0,
        because=(),
        gentler=(),
    )


def _asked(app: Patella, exercise: Exercise, day: date) -> Prescription:
    person, history = person_and_history(app, day)
    course = follow(history.course, history.sessions, app.library.exercises, person=person, mornings=history.mornings)
    known = course.progress.get(exercise.id)
    return known.next if known else start_of(exercise)
