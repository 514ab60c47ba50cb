"""One exercise of a plan once begun: all that a player needs, in plain values, so that it can be frozen in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.care.plan import PlanItem
from patella.care.prescription import Prescription
from patella.care.reason import Reason
from patella.motion.tempo import Tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One exercise to do. `tempo` is None where holds are timed; `because` are the reasons as they were given."""

    exercise_id: str
    sides: tuple[str, ...]
    asked: Prescription
    load_kg: float | None
    band: str | None
    arc_deg: tuple[float, float] | None
    rest_s: float
    hold_rest_s: float
    tempo: Tempo | None
    seconds: float
    because: tuple[Reason, ...]

    @property
    def side(self) -> str:
        """The sides in a word: both, each, left or right."""
        return "each" if len(self.sides) > 1 else self.sides[0]


def task_of(item: PlanItem) -> Task:
    """The task that a plan's item comes to."""
    return Task(
        exercise_id=item.exercise.id,
        sides=item.sides,
        asked=item.asked,
        load_kg=item.load_kg,
        band=item.band,
        arc_deg=item.arc_deg,
        rest_s=item.rest_s,
        hold_rest_s=item.exercise.dose.hold_rest_s,
        tempo=item.exercise.dose.tempo,
        seconds=item.seconds,
        because=item.because,
    )


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
        "arc_deg": list(task.arc_deg) if task.arc_deg else None,
        "step": asked.step,
        "full_arc": asked.full_arc,
        "rest_s": task.rest_s,
        "hold_rest_s": task.hold_rest_s,
        "tempo": tempo_to_json(tempo) if tempo else None,
        "seconds": round(task.seconds),
        "because": [reason_to_json(r) for r in task.because],
    }


def task_from_json(values: Mapping[str, object]) -> Task:
    """A task from its plain values."""
    v: dict[str, object] = dict(values)
    asked = {k: v[k] for k in ("sets", "reps", "holds", "hold_s", "step", "full_arc")}
    arc = v["arc_deg"]
    return Task(
        exercise_id=str(v["exercise"]),
        sides=tuple(v["sides"]),  # type: ignore[arg-type]
        asked=Prescription(**asked),  # type: ignore[arg-type]
        load_kg=v["load_kg"],  # type: ignore[arg-type]
        band=v["band"],  # type: ignore[arg-type]
        arc_deg=(arc[0], arc[1]) if arc else None,  # type: ignore[index]
        rest_s=v["rest_s"],  # type: ignore[arg-type]
        hold_rest_s=v["hold_rest_s"],  # type: ignore[arg-type]
        tempo=Tempo(**v["tempo"]) if v["tempo"] else None,  # type: ignore[arg-type]
        seconds=v["seconds"],  # type: ignore[arg-type]
        because=tuple(reason_from_json(r) for r in v["because"]),  # type: ignore[attr-defined]
    )


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
    return Reason(**values)  # type: ignore[arg-type]
