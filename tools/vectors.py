"""The rules that a page keeps a second time, as vectors: what is given, and what Python makes of it.

`patella.care` is where the rules are. A page has to know a few of them before the server answers: what a session comes
to with what is still on its way, what a pain means, how the beat goes, how quantities are said. It holds itself to
these vectors, which are made anew from a seed in every run of the tests; `make vectors` writes them into a file for
whoever wants to look, or to keep the same rules in another language.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from patella.app.history.events import events_of
from patella.app.session.intake import Intake, Said
from patella.app.session.training import ADVICE
from patella.care.entries.field import write
from patella.care.entries.kinds import Kind
from patella.care.exercise import Exercise, Sides
from patella.care.item import PlanItem
from patella.care.library import Library
from patella.care.pain import NPRS_MAX, colour_of, span_of
from patella.care.prescription import lower, start_of
from patella.care.record import holds_done
from patella.care.session import Event, Session, fold, settle
from patella.care.task import Task, task_of, tell_task
from patella.care.units import Distance, Height, Units, Weight
from patella.files.library import own_library
from patella.motion.beat import Beat
from patella.motion.tempo import Tempo
from patella.store.entry import Entry
from patella.web.shown_session import show_state

LISTS = 5000
SEED = 20261128
MOST_SAID = 12
SESSION = "session"
BEGUN_AT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
NOW = BEGUN_AT + timedelta(hours=2)

Plain = dict[str, object]


def make(seed: int = SEED, lists: int = LISTS) -> Plain:
    """Every vector from a seed: `lists` random lists of events, and as many quantities and moments of a beat."""
    rng = Random(seed)  # noqa: S311 - the same stories again, no secret
    library = own_library()
    ours = {level for exercise in library.exercises.values() for level in exercise.dose.levels}
    levels = [*sorted(ours), "10 cm", "a chair of 45 cm height"]
    return {
        "sessions": [a_list(rng, library) for _ in range(lists)],
        "pains": [a_pain(nprs, cautious=cautious) for cautious in (False, True) for nprs in range(NPRS_MAX + 1)],
        "quantities": [a_quantity(rng, levels) for _ in range(lists)],
        "beats": [a_beat(rng) for _ in range(lists // 10)],
        "holds": [some_holds(rng) for _ in range(lists // 10)],
    }


def _one_in(rng: Random, many: int) -> bool:
    return rng.randrange(many) == 0


# --- sessions


def a_list(rng: Random, library: Library) -> Plain:
    """What the server has of a session, what a page has said since, and what the server makes of all of it.

    Some of what the page still says may be there already: its answer was lost.
    """
    story = _Story(rng, library)
    many = rng.choice((1, 2, 3, 4, 6, MOST_SAID))
    has = rng.randint(0, many)
    kept = rng.choice((has, has, rng.randint(0, has)))
    for _ in range(kept):
        if _one_in(rng, 10):
            story.make_lighter()
        story.say()
    for _ in range(has - kept):
        story.say()
    session = story.shown
    for _ in range(many - has):
        story.say()
    notes = story.notes[kept:]
    return {"cautious": story.cautious, "session": session, "notes": notes, "expected": story.shown}


class _Story:
    """One session as it is said and taken in, event after event."""

    def __init__(self, rng: Random, library: Library) -> None:
        self.rng = rng
        self.library = library
        self.entries: list[Entry] = []
        self.notes: list[Plain] = []
        self.open: dict[str, Plain] = {}
        self.finished = False
        exercises = list(library.exercises.values())
        self.cautious = _one_in(self.rng, 3)
        self.tasks = [_task(e) for e in self.rng.sample(exercises, self.rng.randint(1, 3))]
        plan = {"scope": "today", "items": [write(tell_task(t)) for t in self.tasks]}
        self._write(Kind.SESSION_BEGUN, {"plan": plan})
        self._begin()

    def _begin(self) -> None:
        """What is said is checked against the session as it is: its exercises matter."""
        session = _folded(events_of(self.entries))
        self.intake = Intake(session, self.entries, library=self.library, now=NOW, cautious=self.cautious)
        self.entries = self.intake.entries

    @property
    def shown(self) -> Plain:
        """What the server says of it, and a page keeps."""
        tasks: list[Plain] = [{"exercise": t.exercise_id} for t in self.tasks]
        events = events_of(self.entries)
        return {"id": SESSION, "tasks": tasks, **write(show_state(_folded(events), settle(events)))}

    def say(self) -> None:
        """One thing more that happened on the page."""
        kind, body, undoes = self._event()
        note: Plain = {"id": self._id(), "kind": kind, "at": self._at().isoformat(), "body": body}
        if undoes:
            note["undoes"] = undoes
        self._remember(note)
        self.notes.append(note)
        said = Said(id=str(note["id"]), kind=kind, at=datetime.fromisoformat(str(note["at"])), body=body)
        self.intake.take(said)

    def make_lighter(self) -> None:
        """Another exercise in the place of one, or an easier dose: the server does it."""
        number = self.rng.randrange(len(self.tasks))
        was = self.tasks[number]
        if _one_in(self.rng, 2):
            task = _task(self.library.exercises[was.exercise_id], eased=True)
            kind = Kind.ITEM_EASED
        else:
            task = _task(self.rng.choice(list(self.library.exercises.values())))
            kind = Kind.ITEM_SWAPPED
        self.tasks[number] = task
        self._write(kind, {"item": number, "exercise": was.exercise_id, "to": write(tell_task(task))})
        self._begin()

    def _event(self) -> tuple[str, Plain, Plain | None]:
        chances = {
            self._set: 5,
            self._pain: 5,
            self._effort: 2,
            self._left: 2,
            self._clock: 2,
            self._step: 2,
            self._taken_back: 4 if self.open else 0,
            self._corrected: 4 if self._correctable else 0,
        }
        (make_event,) = self.rng.choices(list(chances), weights=list(chances.values()))
        return make_event()

    def _remember(self, note: Plain) -> None:
        kind, body = note["kind"], note["body"]
        if kind == Kind.ENTRY_UNDONE and isinstance(body, dict):
            self.open.pop(str(body["of"]), None)
            self.finished = self.finished and note.get("undoes") != {"kind": Kind.SESSION_FINISHED.value}
        elif kind in (
            Kind.SET_DONE,
            Kind.PAIN_NOTED,
            Kind.EFFORT_NOTED,
            Kind.ITEM_SKIPPED,
            Kind.ITEM_STOPPED,
            Kind.SESSION_FINISHED,
        ):
            self.open[str(note["id"])] = note
            self.finished = self.finished or kind == Kind.SESSION_FINISHED

    def _place(self) -> tuple[int, Task]:
        number = self.rng.randrange(len(self.tasks))
        return number, self.tasks[number]

    def _set(self) -> tuple[str, Plain, None]:
        number, task = self._place()
        held = task.asked.reps is None
        body: Plain = {
            "item": number,
            "exercise": task.exercise_id,
            "side": self.rng.choice(task.sides),
            "set": self.rng.randint(1, 3),
            "reps": None if held else self.rng.randint(1, 20),
            "holds": self.rng.randint(1, 5) if held else None,
            "hold_s": self.rng.randint(1, 60) if held else None,
            "load_kg": task.load_kg,
            "band": task.band,
            "level": task.level,
            "form_ok": None,
        }
        if held and _one_in(self.rng, 3):
            body["held_s"] = [self.rng.randint(1, 60) for _ in range(3)]
        if _one_in(self.rng, 3):
            body["counted_by"] = "beat"
        return Kind.SET_DONE.value, body, None

    def _pain(self) -> tuple[str, Plain, None]:
        nprs = self.rng.randint(0, NPRS_MAX)
        if _one_in(self.rng, 5):
            return Kind.PAIN_NOTED.value, {"when": "after", "nprs": nprs, "knee": None}, None
        number, task = self._place()
        body: Plain = {"when": "during", "nprs": nprs, "knee": None, "item": number, "exercise": task.exercise_id}
        return Kind.PAIN_NOTED.value, body, None

    def _effort(self) -> tuple[str, Plain, None]:
        number, task = self._place()
        left = self.rng.choice(("0-1", "2-3", "4+"))
        return Kind.EFFORT_NOTED.value, {"item": number, "exercise": task.exercise_id, "left": left}, None

    def _left(self) -> tuple[str, Plain, None]:
        number, task = self._place()
        kind = self.rng.choice((Kind.ITEM_SKIPPED, Kind.ITEM_STOPPED))
        why: Plain = {"why": "own"} if kind is Kind.ITEM_STOPPED else {}
        return kind.value, {"item": number, "exercise": task.exercise_id, **why}, None

    def _clock(self) -> tuple[str, Plain, None]:
        ends = [] if self.finished else [Kind.SESSION_FINISHED]  # a page offers it once
        return self.rng.choice((Kind.SESSION_PAUSED, Kind.SESSION_RESUMED, *ends)).value, {}, None

    def _step(self) -> tuple[str, Plain, None]:
        return Kind.STEP_REACHED.value, {"step": self.rng.randint(0, 4)}, None

    def _taken_back(self) -> tuple[str, Plain, Plain | None]:
        note = self.rng.choice(list(self.open.values()))
        undoes: Plain | None = {"kind": Kind.SESSION_FINISHED.value} if note["kind"] == Kind.SESSION_FINISHED else None
        return Kind.ENTRY_UNDONE.value, {"of": note["id"]}, undoes

    @property
    def _correctable(self) -> list[Plain]:
        return [n for n in self.open.values() if n["kind"] in (Kind.SET_DONE, Kind.PAIN_NOTED)]

    def _corrected(self) -> tuple[str, Plain, None]:
        note = self.rng.choice(self._correctable)
        body: Plain
        if note["kind"] == Kind.PAIN_NOTED:
            body = {"nprs": self.rng.randint(0, NPRS_MAX)}
        elif isinstance(note["body"], dict) and note["body"]["reps"] is not None:
            body = {"reps": self.rng.randint(0, 20)}
        else:
            held = self.rng.choice((None, [self.rng.randint(1, 9), self.rng.randint(1, 9)]))
            body = {"reps": None, "holds": self.rng.randint(1, 5), "hold_s": self.rng.randint(1, 60), "held_s": held}
        return Kind.ENTRY_CHANGED.value, {"of": note["id"], "body": body}, None

    def _write(self, kind: Kind, body: Mapping[str, object]) -> None:
        day = date(2026, 3, 12)
        entry = Entry(id=self._id(), session_id=SESSION, kind=kind, day=day, at=self._at(), body=dict(body))
        self.entries.append(entry)

    def _id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def _at(self) -> datetime:
        """Later and later, in whole milliseconds, as a page counts them."""
        return BEGUN_AT + timedelta(minutes=len(self.entries), milliseconds=self.rng.randrange(60_000))


def _folded(events: Sequence[Event]) -> Session:
    session = fold(SESSION, events)
    if session is None:
        raise AssertionError("A story begins with its session.")
    return session


def _task(exercise: Exercise, *, eased: bool = False) -> Task:
    asked = start_of(exercise)
    item = PlanItem(
        exercise=exercise,
        sides=("left", "right") if exercise.sides is Sides.EACH else ("both",),
        asked=lower(exercise, asked) if eased else asked,
        load_kg=None,
        band=None,
        level=None,
        arc_deg=None,
        rest_s=exercise.dose.rest_s,
        because=(),
    )
    return task_of(item)


# --- pain, quantities, the beat, holds


def a_pain(nprs: int, *, cautious: bool) -> Plain:
    """What a number leads to, and what is said."""
    colour = colour_of(nprs, cautious=cautious)
    return {
        "nprs": nprs,
        "cautious": cautious,
        "colour": colour.value,
        "says": ADVICE[colour],
        "span": span_of(colour, cautious=cautious),
    }


def a_quantity(rng: Random, levels: Sequence[str]) -> Plain:
    """A distance, a line of risk, a load and a level in somebody's units, and the metres of what was typed."""
    units = Units(weight=rng.choice(list(Weight)), distance=rng.choice(list(Distance)), height=rng.choice(list(Height)))
    metres = rng.choice((rng.randint(0, 3_000), rng.randint(0, 300_000)))
    kg = rng.choice((rng.randint(1, 400) / 4, rng.randint(1, 20_000) / 100))
    typed = f"{rng.uniform(0, 100):.{rng.randint(0, 3)}f}"
    level = rng.choice(levels)
    return {
        "units": {"weight": units.weight, "distance": units.distance, "height": units.height},
        "metres": metres,
        "far": units.far(metres),
        "line": units.line(metres),
        "kg": kg,
        "load": units.load(kg),
        "level": level,
        "level_said": units.said(level),
        "typed": typed,
        "metres_typed": units.metres_of(typed),
    }


def a_beat(rng: Random) -> Plain:
    """A tempo, how many reps it has counted at a moment, and what is being done then."""
    tempo = Tempo(
        up_s=rng.randint(1, 10) / 2,
        hold_s=rng.choice((0, 0, 0.5, 1, 2, 3, 5)),
        down_s=rng.randint(1, 10) / 2,
        rest_s=rng.randint(0, 4) / 2,
    )
    beat = Beat(tempo=tempo, reps=rng.randint(1, 30), out="Down", back="Up")
    left_s = rng.randint(1, round(beat.seconds * 1000)) / 1000
    return {
        "tempo": {"up_s": tempo.up_s, "hold_s": tempo.hold_s, "down_s": tempo.down_s, "rest_s": tempo.rest_s},
        "reps": beat.reps,
        "cues": {"out": beat.out, "back": beat.back},
        "left_s": left_s,
        "seconds": beat.seconds,
        "over": beat.reps_over(left_s),
        "word": beat.word(left_s),
        "says": beat.tell(),
    }


def some_holds(rng: Random) -> Plain:
    """How long each hold of a set lasted, in whole seconds, and what the set comes to."""
    asked = rng.choice((5, 10, 30, 60))
    held = [rng.choice((asked, asked, rng.randint(1, asked))) for _ in range(rng.randint(1, 5))]
    done = {k: v for k, v in holds_done([float(s) for s in held], float(asked)).items() if v is not None}
    return {"asked": asked, "held": held, "done": done}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write them down; the address of the file is said."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, help="where to, as JSON")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--lists", type=int, default=LISTS)
    given = parser.parse_args(arguments)
    text = json.dumps(make(given.seed, given.lists), indent=None, ensure_ascii=False)
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(text + "\n", encoding="utf-8")
    _tell((f"{given.lists} lists of events, with what they come to, are in {given.file}.",))
    return 0


def _tell(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
