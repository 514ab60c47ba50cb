"""Pain at a terminal: an answer into the log, and what it means."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.patella import Patella
from patella.app.session.meaning import meaning_of
from patella.app.session.training import note_loose_pain
from patella.care.pain import Colour, When, check_nprs
from patella.care.person import Knee
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.wording import TONES


def note_pain(
    app: Patella, nprs: int, when: When, *, knee: Knee | None = None, exercise_id: str | None = None
) -> dict[str, object]:
    """Write an answer into the log and say what it means: {saved, colour, text}.

    Raises InputError when it is no pain number, TrainingError, StoreError.
    """
    try:
        check_nprs(nprs)
    except ValueError as error:
        raise InputError(str(error)) from None
    session = note_loose_pain(app, nprs, when, knee=knee, exercise_id=exercise_id)
    meaning = meaning_of(app, nprs, when, session)
    return {"saved": True, "colour": meaning.colour.value, "text": meaning.says}


def say_pain(page: Page, nprs: int, meaning: Mapping[str, object]) -> None:
    """The number, its colour as a word, and the sentence."""
    page.say(f"{nprs} of 10, {meaning['colour']}. {meaning['text']}", tone=TONES[Colour(str(meaning["colour"]))])
