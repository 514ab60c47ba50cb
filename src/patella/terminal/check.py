"""Every way to answer the screening from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, confirm_assessed, list_questions, note_seen, note_symptom
from patella.terminal import screening
from patella.terminal.hall import open_talk
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.talk import LeftError

Writer = Callable[[object], None] | None
INTERRUPTED = 130


def say_questions(app: Patella, write: Writer) -> int:
    """The questions with their ids and choices. `write` takes plain values where JSON is wanted; so below."""
    if write:
        write(list_questions(app))
    else:
        screening.list_questions(Page.standard(), app.library.questionnaire.questions)
    return 0


def say_screening(app: Patella, answers: Path | None, write: Writer) -> int:
    """Answer the questions, from a file or one by one; the exit code. Raises InputError, AnswerError, StoreError."""
    if answers is None:
        return _ask(app, write)
    found = answer_screening(app, screening.read_answers(answers, sys.stdin))
    if write:
        write(screening.screening_to_json(found, app.library))
    else:
        screening.say_outcome(Page.standard(), found, app)
    return 0


def _ask(app: Patella, write: Writer) -> int:
    talk = open_talk(error=write is not None)
    try:
        found = screening.ask_screening(app, talk)
    except (LeftError, InputEndedError, KeyboardInterrupt) as left:
        talk.page.say()
        talk.page.say("Left before the end, so nothing was saved. patella screen begins again.")
        return INTERRUPTED if isinstance(left, KeyboardInterrupt) else 0
    if write:
        write(screening.screening_to_json(found, app.library))
    elif found.is_ok:
        talk.page.say("Here is what to do today: patella today", tone=Tone.STRONG)
    return 0


def read_day(text: str | None) -> date | None:
    """The day that was typed, if one was. Raises InputError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--on takes a day such as 2026-05-31, not {text!r}.") from None


def say_assessed(app: Patella, on: date | None, write: Writer) -> int:
    """Note that the person was told yes, and when. Raises AnswerError when there is nothing to reopen."""
    clearance = confirm_assessed(app, on=on)
    day = (on or app.today).isoformat()
    if write:
        write({"clearance": clearance.standing.value, "assessed_on": day})
        return 0
    page = Page.standard()
    if clearance.is_open:
        page.say(f"Noted: a yes on {day}. The exercises are open again. patella today says what to do.")
    else:
        page.say(f"Noted: a yes on {day}.")
        screening.say_standing(page, clearance, app)
    return 0


def say_seen(app: Patella, on: date | None, write: Writer) -> int:
    """Note that somebody who can examine a knee has seen it, and when. Raises AnswerError."""
    note_seen(app, on=on)
    day = on or app.today
    if write:
        write({"seen_on": day.isoformat()})
    else:
        Page.standard().say(f"Noted: seen on {day}. Good that you went. patella today says what to do.")
    return 0


def say_symptom(app: Patella, symptom: str, write: Writer) -> int:
    """Note something new about the knee. Raises AnswerError when it is none of those known."""
    clearance = note_symptom(app, symptom.replace("-", "_").lower())
    text = app.library.questionnaire.texts[clearance.standing.value]
    if write:
        write({"saved": True, "clearance": clearance.standing.value, "text": text})
    else:
        page = Page.standard()
        page.say("Noted. Thanks for telling us.")
        screening.say_standing(page, clearance, app)
    return 0
