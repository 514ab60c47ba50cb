"""The library: every exercise with its words, its evidence and its drawing."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import tell_sources
from patella.app.today.today import answer_today
from patella.care.choice import Scope
from patella.care.entries.field import more_than
from patella.care.exercise import Exercise
from patella.web.answer import Json, Refusal
from patella.web.answers_exercise import ExerciseAnswer, GhostAnswer
from patella.web.routes.here import ExerciseId, Here, shows
from patella.web.shown_exercise import ExerciseRow, OpenToday, show_exercise, show_exercise_row

router = APIRouter(prefix="/exercises")

Still = Literal["pair", "start", "end"]
Ground = Literal["light", "dark"]
Working = Literal["left", "right", "both"]


@router.get("", responses=shows(list[ExerciseRow], "The exercises."))
async def every(here: Here) -> Json:
    """Every exercise, in the order of the routine and then by shelf."""
    return Json([show_exercise_row(e) for e in here.library.exercises.values()])


@router.get("/{exercise_id}", responses=shows(ExerciseAnswer, "The exercise."))
async def one(here: Here, exercise_id: ExerciseId) -> Json:
    """Everything about one exercise, and whether it is open today."""
    exercise = _find(here, exercise_id)
    shown = show_exercise(exercise, here.library, units_of(here))
    sources = tell_sources(here.library, exercise.sources)
    return Json(more_than(ExerciseAnswer, shown, today=_today(here, exercise), sources=sources))


@router.get(
    "/{exercise_id}/drawing.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}, "description": "The drawing."}},
)
async def drawing(
    here: Here, exercise_id: ExerciseId, still: Still = "pair", theme: Ground = "light", side: Working = "both"
) -> Response:
    """The line drawing of an exercise: start and end side by side, or one of them. Mirrored for the left leg."""
    from patella.web.drawing import draw

    _find(here, exercise_id)
    headers = {"Cache-Control": "max-age=86400"}
    return Response(draw(exercise_id, still, theme, side), media_type="image/svg+xml", headers=headers)


@router.get("/{exercise_id}/ghost", responses=shows(GhostAnswer, "The movement."))
async def ghost(here: Here, exercise_id: ExerciseId, side: Working = "both") -> Json:
    """The movement as thin limbs in the camera's view: one cycle, in metres, to lay over who follows it."""
    from patella.web.ghosts import show_ghost

    _find(here, exercise_id)
    found = show_ghost(exercise_id, side)
    if found is None:
        raise Refusal(404, "no-ghost", "The camera watches no body in this exercise.")
    return Json(found)


def _find(here: Patella, exercise_id: str) -> Exercise:
    exercise = here.library.exercises.get(exercise_id)
    if exercise is None:
        raise Refusal(404, "no-such-exercise", f"There is no exercise called {exercise_id}.")
    return exercise


def _today(here: Patella, exercise: Exercise) -> OpenToday:
    answer = answer_today(here, scope=Scope.ONE, only=exercise.id)
    because = next((s.because for s in answer.shut if s.exercise == exercise.id), ())
    opened = bool(answer.items)
    return OpenToday(
        open=opened,
        because=() if opened else because,
        clearance=answer.clearance,
        clearance_text=answer.clearance_text,
    )
