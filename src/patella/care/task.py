"""One exercise of a plan once begun: all that a player needs, in plain values, so that it can be frozen in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.care.gear import Gear, gear_of
from patella.care.item import PlanItem
from patella.care.library import Library
from patella.care.person import Person
from patella.care.prescription import Prescription
from patella.care.reason import Reason
from patella.motion.tempo import Tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One exercise to do. `tempo` is None where holds are timed; `because` are the reasons as they were given.

    `gentler` are the easier neighbours that were open when it was planned; None in a log that does not say.
    """

    exercise_id: str
    sides: tuple[str, ...]
    asked: Prescription
    load_kg: float | None
    band: str | None
    level: str | None
    arc_deg: tuple[float, float] | None
    rest_s: float
    hold_rest_s: float
    tempo: Tempo | None
    seconds: float
    because: tuple[Reason, ...]
    gentler: tuple[str, ...] | None = None

    @property
    def side(self) -> str:
        """The sides in a word: both, each, left or right."""
        return "each" if len(self.sides) > 1 else self.sides[0]


def seconds_left(task: Task, *, sets_done: int) -> float:
    """About how long the sets take that are still to be done; a set is one side's."""
    return task.seconds * max(0.0, 1 - sets_done / (task.asked.sets * len(task.sides)))


def task_of(item: PlanItem) -> Task:
    """The task that a plan's item comes to."""
    return Task(
        exercise_id=item.exercise.id,
        sides=item.sides,
        asked=item.asked,
        load_kg=item.load_kg,
        band=item.band,
        level=item.level,
        arc_deg=item.arc_deg,
        rest_s=item.rest_s,
        hold_rest_s=item.exercise.dose.hold_rest_s,
        tempo=item.exercise.dose.tempo,
        seconds=item.seconds,
        because=item.because,
        gentler=item.gentler,
    )


def gear_for(task: Task, person: Person, library: Library) -> tuple[Gear, ...]:
    """What this person has for a task; nothing for an exercise that has left the library."""
    exercise = library.exercises.get(task.exercise_id)
    return gear_of(exercise, person, library.equipment, step=task.asked.step) if exercise else ()


def task_to_json(task: Task) -> dict[str, object]:
    """Plain values of a task: what `patella today --json` answers for each item, and what the log keeps."""
    asked, tempo = task.asked, task.tempo
    return {
        "exercise": task.exercise_id,
        "side": task.side,
        "sides": list(task.sides),
        "sets": asked.sets,
        "reps": asked.reps,
        "holds": asked.holds,
        "hold_s": asked.hold_s,
        "load_kg": task.load_kg,
        "band": task.band,
        "level": task.level,
        "arc_deg": list(task.arc_deg) if task.arc_deg else None,
        "step": asked.step,
        "full_arc": asked.full_arc,
        "rest_s": task.rest_s,
        "hold_rest_s": task.hold_rest_s,
        "tempo": tempo_to_json(tempo) if tempo else None,
        "seconds": round(task.seconds),
        "gentler": None if task.gentler is None else list(task.gentler),
        "because": [reason_to_json(r) for r in task.because],
    }


def task_from_json(values: Mapping[str, object]) -> Task:
    """A task from its plain values; one that was written before there were levels has none."""
    v: dict[str, object] = dict(values)
    asked = {k: v[k] for k in ("sets", "reps", "holds", "hold_s", "step", "full_arc")}
    arc = v["arc_deg"]
    return Task(
        exercise_id=str(v["exercise"]),
        sides=tuple(v["sides"]),  # type: ignore[arg-type]
        asked=Prescription(**asked),  # type: ignore[arg-type]
        load_kg=v["load_kg"],  # type: ignore[arg-type]
        band=v["band"],  # type: ignore[arg-type]
        level=v.get("level"),  # type: ignore[arg-type]
        arc_deg=(arc[0], arc[1]) if arc else None,  # type: ignore[index]
        rest_s=v["rest_s"],  # type: ignore[arg-type]
        hold_rest_s=v["hold_rest_s"],  # type: ignore[arg-type]
        tempo=_tempo(v["tempo"]),
        seconds=v["seconds"],  # type: ignore[arg-type]
        because=tuple(reason_from_json(r) for r in v["because"]),  # type: ignore[attr-defined]
        gentler=_texts(v.get("gentler")),
    )


def _tempo(value: object) -> Tempo | None:
    if not isinstance(value, Mapping):
        return None
    return Tempo(up_s=value["up_s"], hold_s=value["hold_s"], down_s=value["down_s"], rest_s=value["rest_s"])


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(str(v) for v in value) if isinstance(value, list) else None


def tempo_to_json(tempo: Tempo) -> dict[str, object]:
    """Plain values of a tempo."""
    return {"up_s": tempo.up_s, "hold_s": tempo.hold_s, "down_s": tempo.down_s, "rest_s": tempo.rest_s}


def reason_to_json(reason: Reason) -> dict[str, object]:
    """Plain values of a reason."""
    return {
        "about": reason.about,
        "key": reason.key,
        "text": reason.text,
        "source": reason.source,
        "inputs": dict(reason.inputs),
    }


def reason_from_json(values: Mapping[str, object]) -> Reason:
    """A reason from its plain values."""
    return Reason(**{k: values[k] for k in ("key", "about", "text", "source", "inputs")})  # type: ignore[arg-type]
