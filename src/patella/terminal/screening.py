"""The screening at a terminal: one question at a time, and an end that cannot be missed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from patella.app.patella import Patella
from patella.app.person.help import emergency_number, system_country
from patella.app.person.screening import answer_screening, ticked_before
from patella.care.clearance import Clearance, Standing
from patella.care.fact import Fact
from patella.care.library import Library
from patella.care.questionnaire import Outcome, Question, Questionnaire
from patella.care.screening import Screening, find, is_asked, stops_here
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.talk import Talk
from patella.terminal.today import say_way_back

LARGEST_ANSWERS = 100_000


def ask_screening(app: Patella, talk: Talk) -> Screening:
    """Ask every question that is still needed, write the answers into the log, and say what they come to.

    Nothing is kept when the person leaves in the middle.
    """
    answers = _ask_all(app, talk)
    screening = answer_screening(app, answers)
    say_outcome(talk.page, screening, app)
    return screening


def _ask_all(app: Patella, talk: Talk) -> dict[str, object]:
    """The questions in their order, each asked where it comes at all; back goes to the one before."""
    questionnaire, ticked = app.library.questionnaire, ticked_before(app)
    answers: dict[str, object] = {}
    while True:
        question = _next(questionnaire, answers)
        if question is None:
            return answers
        answer = _ask_one(talk, question, ticked.get(question.id, ()), back=bool(answers))
        if answer is None:
            answers.popitem()
            continue
        answers[question.id] = answer
        if stops_here(questionnaire, answers):
            return answers


def _next(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Question | None:
    """The first question that is asked after these answers and has none."""
    taken = frozenset(f.key for f in find(questionnaire, answers))
    return next((q for q in questionnaire.questions if q.id not in answers and is_asked(q, taken)), None)


def _ask_one(talk: Talk, question: Question, ticked: Collection[str], *, back: bool) -> object:
    choices = [f"{c.text} (ticked last time)" if c.id in ticked else c.text for c in question.choices]
    ask = f"{question.ask} ..." if question.many and question.ask[-1].isalpha() else question.ask
    if question.many:
        several = talk.ask_several(ask, choices, back=back, least_one=question.least_one)
        return None if several is None else [question.choices[n].id for n in several]
    number = talk.ask_choice(ask, choices, back=back)
    return None if number is None else question.choices[number].id


def say_outcome(page: Page, screening: Screening, app: Patella) -> None:
    """What a screening came to, what else it found, and which exercises it shuts."""
    library = app.library
    page.say()
    text = library.questionnaire.texts[screening.outcome.value]
    if screening.is_ok:
        page.say(text, tone=Tone.STRONG)
    else:
        page.shout(text)
        if screening.outcome is Outcome.EMERGENCY:
            say_number(page, app)
        page.say("Because you answered:")
        for finding in screening.findings:
            page.item(finding.text)
        page.say()
    for note in screening.notes:
        page.item(note)
    for shut in shut_by(screening.facts, library):
        page.item(f"Left out: {shut.name}. {_text_of(shut)}")
    if not screening.is_ok and not screening.stays:
        say_way_back(page)


def say_number(page: Page, app: Patella) -> None:
    """The number to call, and of which country it is."""
    number = emergency_number(app, system_country())
    page.say(f"Emergency number: {number.text}", tone=Tone.STRONG)


def say_standing(page: Page, clearance: Clearance, app: Patella) -> None:
    """Why there is no plan today, and what opens it again."""
    text = app.library.questionnaire.texts[clearance.standing.value]
    if clearance.asks:
        page.say(text, tone=Tone.STRONG)
        page.say("patella start asks them; so does patella screen.")
        return
    page.shout(text)
    if clearance.standing is Standing.EMERGENCY:
        say_number(page, app)
    for finding in clearance.pending:
        page.item(finding.text)
    if not clearance.stays:
        say_way_back(page)


def screening_to_json(screening: Screening, library: Library) -> dict[str, object]:
    """The outcome of a screening in plain values."""
    return {
        "outcome": screening.outcome.value,
        "text": library.questionnaire.texts[screening.outcome.value],
        "facts": sorted(f.value for f in screening.facts),
        "notes": list(screening.notes),
        "findings": [
            {"question": f.question.id, "choice": f.choice.id, "source": f.choice.source} for f in screening.findings
        ],
        "shut": shut_by(screening.facts, library),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutWhy:
    """Why an exercise is shut, and the source that says so."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """An exercise that is shut by an answer."""

    exercise: str
    name: str
    because: tuple[ShutWhy, ...]


def shut_by(facts: frozenset[Fact], library: Library) -> list[Shut]:
    """The exercises that these facts shut, each with why."""
    return [
        Shut(
            exercise=exercise.id,
            name=exercise.name,
            because=tuple(ShutWhy(text=exercise.words.gates[g.fact.value], source=g.source) for g in gates),
        )
        for exercise in library.exercises.values()
        if (gates := [g for g in exercise.gates if g.fact in facts])
    ]


def _text_of(shut: Shut) -> str:
    return " ".join(r.text for r in shut.because)


def list_questions(page: Page, questions: Sequence[Question]) -> None:
    """Every question with its id and its choices."""
    for question in questions:
        page.say()
        page.say(f"{question.id}: {question.ask}", tone=Tone.STRONG)
        for choice in question.choices:
            page.item(f"{choice.id}: {choice.text}", mark="  -")
        if question.many:
            how = "a list of at least one of these" if question.least_one else "a list of any of these, or none"
            page.item(how, mark="  -", tone=Tone.QUIET)
        if question.when:
            after = " or ".join(sorted(w.replace(":", " with ") for w in question.when))
            page.item(f"only after {after}", mark="  -", tone=Tone.QUIET)


def read_answers(file: Path, stdin: TextIO) -> dict[str, object]:
    """The answers in a JSON file, `-` for the standard input. Raises InputError with a sentence."""
    text = stdin.read(LARGEST_ANSWERS + 1) if str(file) == "-" else _read(file)
    if len(text) > LARGEST_ANSWERS:
        raise InputError(f"{file} is too long to be answers to these questions.")
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{file} is not valid JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{file} is not JSON that can be read.") from None
    if not isinstance(values, dict):
        raise InputError(f"{file} must hold one JSON object: an answer for each question id.")
    return values


def _read(file: Path) -> str:
    if file.is_dir():
        raise InputError(f"{file} is a folder. Name a file with the answers.")
    try:
        with file.open(encoding="utf-8") as stream:
            return stream.read(LARGEST_ANSWERS + 1)
    except UnicodeDecodeError:
        raise InputError(f"{file} is not text.") from None
    except OSError as error:
        raise InputError(f"{file} could not be read: {error.strerror}.") from None
