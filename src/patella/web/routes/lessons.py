"""Why knees hurt: the lesson of today, all lessons, and that one was read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from patella.app.today.lessons import Lessons, answer_lesson, answer_lessons, note_lesson
from patella.care.entries.field import more_than
from patella.web.answer import Json
from patella.web.answers import EntryAnswer, LessonAnswer
from patella.web.routes.here import Here, shows
from patella.web.wire import LessonRead

router = APIRouter()

LessonId = Annotated[str, Path(pattern="^[a-z][a-z0-9-]{0,79}$")]


@router.get("/lesson", responses=shows(LessonAnswer, "The lesson of today, or what matters more."))
async def lesson(here: Here) -> Json:
    """The lesson of today: half a minute to read. Nothing is kept."""
    return Json(more_than(LessonAnswer, answer_lesson(here), now=here.now()))


@router.get("/lessons", responses=shows(Lessons, "Every lesson."))
async def lessons(here: Here) -> Json:
    """Every lesson in the order of reading, with its sources and when it was read."""
    return Json(answer_lessons(here))


@router.post("/lessons/{lesson_id}/read", responses=shows(EntryAnswer, "Kept."))
async def read(here: Here, lesson_id: LessonId, said: LessonRead) -> Json:
    """Note that a lesson was read today."""
    note_lesson(here, lesson_id, entry_id=said.id)
    return Json({"saved": said.id})
