"""What a physiotherapist may choose from: every exercise with the library's bounds of its dose."""

from __future__ import annotations

from dataclasses import dataclass

from patella.app.patella import Patella
from patella.app.plan.plan import make_plan
from patella.care.choice import Scope
from patella.care.dose import Dose
from patella.care.exercise import Aim, Exercise, Load

WHY_NOT_SHARED = "They do not share why."
DAYS_A_WEEK = {Load.LOADED: 3, Load.LIGHT: 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One exercise, and the bounds of what may be set: up to `sets`, from the first to the second of the others.

    `steps` are its resistances in words, lightest first; one where there is nothing to add. `shut`: why it is not open
    to this person today, empty where it is.
    """

    exercise: str
    name: str
    summary: str
    aim: Aim
    load: Load
    sets: int
    reps: tuple[int, int] | None
    holds: int | None
    hold_s: tuple[float, float] | None
    steps: tuple[str, ...]
    days_a_week: int
    shut: str = ""


def choices_for(app: Patella, *, says_why: bool = True) -> list[Choice]:
    """Every exercise of the library, in its order, with why it is shut to this person today where it is.

    The reason tells of pain and of answers: without `says_why` it is said that it is shut, and no more.
    """
    plan = make_plan(app, scope=Scope.ONE, only=_any(app))
    shut = {s.exercise.id: s.because.text if says_why else WHY_NOT_SHARED for s in plan.shut}
    return [_choice(e, shut.get(e.id, "")) for e in app.library.exercises.values()]


def _any(app: Patella) -> str:
    """Whichever exercise is asked for: what is shut is told of all."""
    return next(iter(app.library.exercises))


def _choice(exercise: Exercise, shut: str) -> Choice:
    dose = exercise.dose
    by_holds = not dose.reps
    return Choice(
        exercise=exercise.id,
        name=exercise.name,
        summary=exercise.words.summary,
        aim=exercise.aim,
        load=exercise.load,
        sets=dose.sets,
        reps=dose.reps,
        holds=dose.holds,
        hold_s=(dose.hold_s or 0.0, dose.hold_top_s or 0.0) if by_holds else None,
        steps=tuple(step_words(dose, n) for n in range(dose.steps)),
        days_a_week=DAYS_A_WEEK[exercise.load],
        shut=shut,
    )


def step_words(dose: Dose, step: int) -> str:
    """A step of resistance in words: `medium band`, `2 kg`; empty where there is nothing to add."""
    found = dose.resistance(step)
    if found.load_kg is not None:
        return f"{found.load_kg:g} kg" if found.load_kg else "no weight"
    return found.band or found.level or ""
