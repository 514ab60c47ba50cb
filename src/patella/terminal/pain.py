"""What one answer about pain means, and what follows from it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from patella.app.diary import history_on, person_of, sessions_between
from patella.app.patella import Patella
from patella.app.today import make_plan
from patella.app.training import ADVICE, note_loose_pain
from patella.care.pain import Colour, When, check_nprs, colour_of, is_morning_worse, is_settled, usual_morning
from patella.care.person import Knee
from patella.care.session import Session
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.wording import TONES

BEFORE = {
    Colour.GREEN: "Calm enough: today's plan stays as it is.",
    Colour.AMBER: "A bit sensitive: today's plan goes easier on the knee.",
    Colour.RED: "That is a lot. Today only what asks nothing of the knee; resting is a good decision too.",
}
PRAISE = " Stopping is a good decision."


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
    colour, text = _meaning(app, nprs, when, session)
    clearance = make_plan(app).clearance
    if not clearance.is_open:
        text += f" {app.library.questionnaire.texts[clearance.standing.value]}"
    return {"saved": True, "colour": colour.value, "text": text}


def say_pain(page: Page, nprs: int, meaning: Mapping[str, object]) -> None:
    """The number, its colour as a word, and the sentence."""
    page.say(f"{nprs} of 10, {meaning['colour']}. {meaning['text']}", tone=TONES[Colour(str(meaning["colour"]))])


def _meaning(app: Patella, nprs: int, when: When, session: Session | None) -> tuple[Colour, str]:
    colour = colour_of(nprs, cautious=person_of(app).cautious)
    if when is When.BEFORE:
        return colour, BEFORE[colour]
    if when is When.DURING:
        return colour, ADVICE[colour] + (PRAISE if colour is Colour.RED else "")
    if when is When.AFTER:
        return _after(colour, nprs, session)
    return _morning(app, colour)


def _after(colour: Colour, nprs: int, session: Session | None) -> tuple[Colour, str]:
    if session is None:
        return colour, "Noted. There is no session within the last eighteen hours that it could speak of."
    settled = is_settled(session.before, nprs)
    if settled is None:
        return colour, "Noted. Pain before the session is not known, so nothing goes up next time."
    if colour is Colour.RED:
        return colour, "That is a lot after an hour. Next time is easier."
    if settled:
        return colour, "Settled: about where it was before. That is what we want."
    return _at_least_amber(colour), "Not quite settled: next time is one step easier."


def _morning(app: Patella, colour: Colour) -> tuple[Colour, str]:
    worse = _is_worse(app)
    if worse is None:
        return colour, f"Noted. {BEFORE[colour]}"
    if worse:
        text = "Worse than your usual morning: what you did last time comes back one step easier."
        return _at_least_amber(colour), f"{text} {BEFORE[colour]}"
    return colour, f"No worse than your usual morning. {BEFORE[colour]}"


def _is_worse(app: Patella) -> bool | None:
    """Whether this morning is worse than usual after a session yesterday; None when unknown or there was none."""
    yesterday = app.today - timedelta(days=1)
    if not any(not s.is_empty for s in sessions_between(app, yesterday, app.today)):
        return None
    person = person_of(app)
    mornings = history_on(app, app.today, person).mornings
    usual = usual_morning(mornings, yesterday, at_screening=person.usual_pain)
    return is_morning_worse(mornings, yesterday, usual=usual)


def _at_least_amber(colour: Colour) -> Colour:
    return max(colour, Colour.AMBER, key=lambda c: c.rank)
