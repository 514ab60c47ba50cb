"""A session as a FIT file of strength training: each set with its exercise, repetitions or seconds held, and weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from patella.app.history.events import session_of, sessions_between
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.session import LoggedSet, Session
from patella.paper.fit_file import (
    BYTE,
    ENUM,
    LONG,
    LONG_Z,
    TEXT,
    WORD,
    Message,
    Value,
    fit_file,
    local_seconds_of,
    seconds_of,
)

FILE_ID, SESSION, LAP, EVENT, ACTIVITY, SET, TITLE = 0, 18, 19, 21, 34, 225, 264
OF_ACTIVITY, DEVELOPMENT = 4, 255
TRAINING, STRENGTH = 10, 20
TIMER, START, STOP_ALL = 0, 0, 4
OF_SESSION, OF_LAP, OF_WHOLE, STOPPED = 8, 9, 26, 1
ACTIVE = 1
OWN_CATEGORY = 65_534  # "unknown": ours are not in Garmin's list, so each is told by its title
KG = 16


def write_session(app: Patella, session_id: str | None) -> tuple[Session, bytes]:
    """A session, the latest in which a set was done where none is named, and its file. Raises TrainingError."""
    if session_id is None:
        found = next((s for s in reversed(sessions_between(app, None, None)) if s.sets), None)
    else:
        found = session_of(app, session_id)
    if session_id is None and found is None:
        raise TrainingError("There is no session with a set in it yet. After the first one there is a file of it.")
    if found is None or not found.sets:
        raise TrainingError("There is no such session with a set in it; patella history shows each with its id.")
    told = app.entries(session_id=found.id)
    done_at = {e.id: e.at for e in told}
    ended = max(
        e.at for e in told if e.kind in (Kind.SESSION_BEGUN, Kind.SET_DONE, Kind.SESSION_FINISHED)
    )  # pain is told an hour later too
    names = {
        i: app.library.exercises[i].name for i in {s.exercise_id for s in found.sets} if i in app.library.exercises
    }
    return found, fit_file(_messages(found, ended, done_at, names))


def _messages(
    session: Session, ended: datetime, done_at: Mapping[str, datetime], names: Mapping[str, str]
) -> Iterator[Message]:
    begun = session.begun_at
    start, end = Value(2, LONG, seconds_of(begun)), Value(253, LONG, seconds_of(ended))
    lasted_ms = round((ended - begun).total_seconds() * 1000)
    took = [Value(7, LONG, lasted_ms), Value(8, LONG, lasted_ms)]
    yield Message(
        FILE_ID,
        [
            Value(0, ENUM, OF_ACTIVITY),
            Value(1, WORD, DEVELOPMENT),
            Value(2, WORD, 0),
            Value(3, LONG_Z, 1),
            Value(4, LONG, seconds_of(begun)),
        ],
    )
    yield Message(EVENT, [Value(253, LONG, seconds_of(begun)), Value(0, ENUM, TIMER), Value(1, ENUM, START)])
    numbers = {exercise: number for number, exercise in enumerate(dict.fromkeys(s.exercise_id for s in session.sets))}
    for number, logged in enumerate(session.sets):
        yield _set(number, logged, done_at.get(logged.event_id, ended), numbers[logged.exercise_id])
    yield Message(EVENT, [end, Value(0, ENUM, TIMER), Value(1, ENUM, STOP_ALL)])
    for exercise, number in numbers.items():
        name = Value(2, TEXT, names.get(exercise, exercise))
        yield Message(TITLE, [Value(254, WORD, number), Value(0, WORD, OWN_CATEGORY), Value(1, WORD, number), name])
    whole = [Value(254, WORD, 0), end, start, *took, Value(1, ENUM, STOPPED)]
    kind = Value(5, ENUM, TRAINING), Value(6, ENUM, STRENGTH)
    yield Message(LAP, [*whole, Value(0, ENUM, OF_LAP), Value(25, ENUM, TRAINING), Value(39, ENUM, STRENGTH)])
    yield Message(SESSION, [*whole, Value(0, ENUM, OF_SESSION), *kind, Value(25, WORD, 0), Value(26, WORD, 1)])
    of_whole = Value(3, ENUM, OF_WHOLE), Value(4, ENUM, STOPPED), Value(5, LONG, local_seconds_of(ended))
    yield Message(ACTIVITY, [end, Value(0, LONG, lasted_ms), Value(1, WORD, 1), Value(2, ENUM, 0), *of_whole])


def _set(number: int, logged: LoggedSet, at: datetime, exercise: int) -> Message:
    """One set. Its seconds are those that were held; how long repetitions took, nobody timed."""
    done = logged.done
    held_s = done.holds * done.hold_s if done.holds is not None and done.hold_s is not None else None
    return Message(
        SET,
        [
            Value(254, LONG, seconds_of(at)),
            Value(0, LONG, None if held_s is None else round(held_s * 1000)),
            Value(3, WORD, done.reps if done.reps is not None else done.holds),
            Value(4, WORD, None if done.load_kg is None else round(done.load_kg * KG)),
            Value(5, BYTE, ACTIVE),
            Value(6, LONG, seconds_of(at) - round(held_s or 0)),
            Value(7, WORD, OWN_CATEGORY),
            Value(8, WORD, exercise),
            Value(10, WORD, number),
        ],
    )
