"""Films that a page looked at: what their landmarks come to, and keeping their sets. No picture ever comes here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from patella.app.film.keeping import FilmedSet, FilmedSets, KeptAlreadyError, find_kept, keep_film, sets_to_keep
from patella.app.film.telling import answer_film
from patella.app.patella import Patella
from patella.care.entries.field import more_than, read
from patella.care.entries.kinds import Kind
from patella.care.exercise import Exercise
from patella.care.session import Session
from patella.files.library import own_camera
from patella.motion.analysis import Analysis
from patella.motion.coach import analyse
from patella.motion.pose import PoseError, unpack_all
from patella.motion.spec import Spec
from patella.web.answer import Json, Refusal
from patella.web.answers_exercise import FilmAnswer, FilmKeptAnswer
from patella.web.routes.days import read_day
from patella.web.routes.here import Here, shows
from patella.web.routes.imports import BYTES
from patella.web.shown_session import ShownSession, show_session
from patella.web.slow_work import run_in_thread
from patella.web.wire_session import FilmKept

router = APIRouter(prefix="/films")

Of = Annotated[str, Query(pattern="^[a-z0-9][a-z0-9-]{0,79}$", description="The exercise.")]
Marked = Annotated[str, Query(pattern="^[0-9a-f]{64}$", description="By what the film is known again.")]
NO_EXERCISE = Refusal(404, "no-such-exercise", "There is no such exercise.")
UNSEEN = Refusal(422, "unseen", "A camera cannot see what counts in this exercise, so nothing is counted.")


@router.post("/look", responses=shows(FilmAnswer, "What was found in it."), openapi_extra=BYTES)
async def look(here: Here, request: Request, exercise: Of, mark: Marked) -> Json:
    """Fold a film's landmarks, one frame after the other as a camera sends them. Nothing is kept."""
    about = _find(here, exercise)
    spec = own_camera(exercise)
    if spec is None:
        raise UNSEEN
    found = await run_in_thread(_analyse, spec, await request.body())
    kept = find_kept(here, mark, exercise)
    return Json(
        more_than(
            FilmAnswer,
            answer_film(about, found),
            sides=about.sides,
            sets=sets_to_keep(about, found),
            kept=_kept(here, kept) if kept else None,
            now=here.now(),
        )
    )


@router.post("", status_code=201, responses=shows(ShownSession, "The session that it is in the diary.", 201))
async def keep(here: Here, said: FilmKept) -> Json:
    """Keep a film's sets as a session of its own. The same id twice is the same session; the same film comes once."""
    film = FilmedSets(
        mark=said.mark,
        exercise=_find(here, said.exercise),
        day=read_day(said.day),
        sets=[read(FilmedSet, one.model_dump()) for one in said.sets],
    )
    try:
        return Json(show_session(keep_film(here, said.id, film), here), 201)
    except KeptAlreadyError as error:
        raise Refusal(409, "kept-already", str(error)) from None


def _find(here: Patella, exercise: str) -> Exercise:
    found = here.library.exercises.get(exercise)
    if found is None:
        raise NO_EXERCISE
    return found


def _analyse(spec: Spec, landmarks: bytes) -> Analysis:
    try:
        return analyse(spec, unpack_all(landmarks))
    except PoseError as error:
        raise Refusal(422, "not-frames", str(error)) from None


def _kept(here: Patella, session: Session) -> FilmKeptAnswer:
    [begun] = here.log.entries(session_id=session.id, kinds=(Kind.SESSION_BEGUN,))
    return FilmKeptAnswer(session=session.id, entry_id=begun.id, day=session.day)
