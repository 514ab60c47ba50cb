"""Questions before anything else: what the answers open, pause and shut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from patella.care.fact import Fact
from patella.motion.definition import DefinitionError, Table


class Outcome(StrEnum):
    """What a screening ends in, from the best to the most urgent."""

    OK = "ok"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"

    @property
    def urgency(self) -> int:
        """0 for ok to 3 for an emergency."""
        return tuple(Outcome).index(self)

    @property
    def stops_at_once(self) -> bool:
        """Whether no further question is asked."""
        return self in (Outcome.SAME_DAY, Outcome.EMERGENCY)


class AnswerError(ValueError):
    """The answers cannot be used; the message is one sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer. `stays`: being assessed does not reopen what it closed."""

    id: str
    text: str
    outcome: Outcome
    fact: Fact | None
    note: str | None
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `many` allows several choices or none. `note` is said when any choice is taken."""

    id: str
    number: int | None
    ask: str
    many: bool
    note: str | None
    source: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """All questions in their order, and the texts that go with each outcome."""

    questions: tuple[Question, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer that mattered: the question, the choice and its source."""

    question: Question
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What a set of answers comes to. `stays`: no assessment reopens it."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    facts: frozenset[Fact]
    notes: tuple[str, ...]
    stays: bool

    @property
    def is_ok(self) -> bool:
        """Whether no warning sign was named."""
        return self.outcome is Outcome.OK


TEXTS = (
    *Outcome,
    "always",
    "not_screened",
    "ask_again_month",
    "ask_again_red",
    "ask_again_symptom",
)


def parse_questionnaire(values: Mapping[str, object]) -> Questionnaire:
    """The questions from the parsed `screening.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    texts = table.table("texts")
    found = {key: texts.text(key) for key in TEXTS}
    texts.done()
    questions = tuple(_question(t) for t in table.tables("questions"))
    table.done()
    ids = [q.id for q in questions]
    if len(set(ids)) != len(ids):
        raise DefinitionError("questions", "must each have an id of their own.")
    return Questionnaire(questions=questions, texts={str(k): v for k, v in found.items()})


def _question(table: Table) -> Question:
    question = Question(
        id=table.text("id"),
        number=table.whole("number", 1, 99) if table.has("number") else None,
        ask=table.text("ask"),
        many=table.flag("many", default=False),
        note=table.text("note") if table.has("note") else None,
        source=table.text("source"),
        choices=tuple(_choice(t) for t in table.tables("choices")),
    )
    table.done()
    if not question.choices:
        raise DefinitionError(table.path("choices"), "needs at least one choice.")
    return question


def _choice(table: Table) -> Choice:
    choice = Choice(
        id=table.text("id"),
        text=table.text("text"),
        outcome=table.choice("outcome", Outcome) if table.has("outcome") else Outcome.OK,
        fact=table.choice("fact", Fact) if table.has("fact") else None,
        note=table.text("note") if table.has("note") else None,
        stays=table.flag("stays", default=False),
    )
    table.done()
    return choice


def read_answer(question: Question, answer: object) -> tuple[Choice, ...]:
    """The choices an answer names: a choice id, true or false for yes and no, or a list where several may be chosen.

    Raises AnswerError with a sentence that names the question and what it takes.
    """
    by_id = {c.id: c for c in question.choices}
    given = _as_ids(question, answer)
    if len(set(given)) != len(given) or any(g not in by_id for g in given):
        raise AnswerError(_what_it_takes(question, answer))
    return tuple(by_id[g] for g in given)


def _as_ids(question: Question, answer: object) -> list[str]:
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    if question.many:
        if answer in ("none", "no"):
            return []
        if isinstance(answer, str):
            return [answer]
        if isinstance(answer, list | tuple) and all(isinstance(a, str) for a in answer):
            return list(answer)
    elif isinstance(answer, str):
        return [answer]
    raise AnswerError(_what_it_takes(question, answer))


def _what_it_takes(question: Question, answer: object) -> str:
    choices = ", ".join(c.id for c in question.choices)
    how = f"a list of any of {choices}" if question.many else f"one of {choices}"
    return f"The answer to {question.id} must be {how}, not {answer!r}."


def assess(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Screening:
    """What the answers come to: the most urgent outcome, every fact, every note.

    An unanswered question is never taken for a good answer: it raises AnswerError, unless what is answered already
    calls for help today or at once. So does an answer that is not one of the choices, or to no question of ours.
    """
    known = {q.id for q in questionnaire.questions}
    for key in answers:
        if key not in known:
            raise AnswerError(f"There is no question called {key}; the ids are {', '.join(sorted(known))}.")
    findings, notes = _findings(questionnaire, answers)
    outcome = max((f.choice.outcome for f in findings), key=lambda o: o.urgency, default=Outcome.OK)
    missing = [q.id for q in questionnaire.questions if q.id not in answers]
    if missing and not outcome.stops_at_once:
        raise AnswerError(f"Not answered yet: {', '.join(missing)}. A missing answer is never taken for a good one.")
    return Screening(
        outcome=outcome,
        findings=tuple(f for f in findings if f.choice.outcome is not Outcome.OK or f.choice.fact is not None),
        facts=frozenset(f.choice.fact for f in findings if f.choice.fact is not None),
        notes=tuple(dict.fromkeys(notes)),
        stays=any(f.choice.stays for f in findings),
    )


def _findings(questionnaire: Questionnaire, answers: Mapping[str, object]) -> tuple[list[Finding], list[str]]:
    findings: list[Finding] = []
    notes: list[str] = []
    for question in questionnaire.questions:
        if question.id not in answers:
            continue
        chosen = read_answer(question, answers[question.id])
        findings += [Finding(question=question, choice=c) for c in chosen]
        notes += [question.note] if question.note and chosen else []
        notes += [c.note for c in chosen if c.note]
    return findings, notes


def stops_here(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Outcome | None:
    """The outcome that ends the asking at once, if what has been answered so far calls for one."""
    chosen: Sequence[Finding] = _findings(questionnaire, answers)[0]
    worst = max((f.choice.outcome for f in chosen), key=lambda o: o.urgency, default=Outcome.OK)
    return worst if worst.stops_at_once else None
