"""Lessons on a terminal: today's, any other, and the list of all."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from patella.app.today.lessons import Lessons, LessonToday, ToldLesson, answer_lesson, answer_lessons, note_lesson
from patella.care.words import name_sources
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.today import say_closed, say_source

if TYPE_CHECKING:
    from patella.app.patella import Patella
    from patella.care.library import Library


def lessons_as_json(patella: Patella, wanted: str | None, *, every: bool) -> object:
    """Today's lesson, one of them, or all, in plain values; nothing counts as read by it. Raises InputError."""
    if every:
        return answer_lessons(patella)
    return answer_lesson(patella) if wanted is None else _find(answer_lessons(patella), wanted)


def read_lesson(page: Page, patella: Patella, wanted: str | None = None, *, why: bool = False) -> None:
    """Show one lesson, today's unless an id says which, and note that it was read. `why` writes its sources out.

    While the clearance allows no plan there is no lesson of today: what matters more is said in its place, and ahead of
    one that was asked for. Raises InputError for an id that there is not.
    """
    answer = answer_lesson(patella) if wanted is None else answer_lessons(patella)
    lesson = answer.lesson if isinstance(answer, LessonToday) else _find(answer, wanted or "")
    if answer.clearance_text:
        say_closed(page, answer.clearance, answer.clearance_text)
    if lesson is None:
        return
    _say(page, lesson, patella.library)
    page.say()
    if why:
        page.say("Sources", tone=Tone.STRONG)
        for source in lesson.cited:
            say_source(page, answer.sources[source])
    else:
        page.say(f"Its sources in full: patella lesson {lesson.id} --why", tone=Tone.QUIET)
    note_lesson(patella, lesson.id)


def _say(page: Page, lesson: ToldLesson, library: Library) -> None:
    if lesson.wait:
        page.say(f"Not for now: {lesson.wait}", tone=Tone.STRONG)
        page.say()
    page.say(lesson.title, tone=Tone.STRONG)
    for paragraph in lesson.text:
        page.say()
        page.say(name_sources(paragraph, library.sources))


def list_lessons(page: Page, patella: Patella) -> None:
    """Every lesson with its id, and which have been read."""
    answer = answer_lessons(patella)
    if answer.clearance_text:
        say_closed(page, answer.clearance, answer.clearance_text)
    for lesson in answer.lessons:
        told = f", read on {lesson.read_on}" if lesson.read_on else ""
        today = ", today's" if lesson.id == answer.today else ""
        page.item(f"{lesson.title} ({lesson.id}{told}{today})")
    page.say("patella lesson ID shows one of them.")


def _find(answer: Lessons, wanted: str) -> ToldLesson:
    known = {e.id: e for e in answer.lessons}
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, list(known), n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`patella lesson --all` lists them."
    raise InputError(f"There is no lesson called {wanted!r}. {hint}")
