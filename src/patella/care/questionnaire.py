"""The questions before anything else, as data: screens of questions, their choices, and what each choice leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from patella.care.fact import Fact
from patella.motion.definition import DefinitionError, Table


class Outcome(StrEnum):
    """What a screening ends in, from the best to the most urgent."""

    OK = "ok"
    NO_RUN = "no_run"
    CLINICIAN_FIRST = "clinician_first"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"

    @property
    def urgency(self) -> int:
        """0 for ok to 5 for an emergency."""
        return tuple(Outcome).index(self)

    @property
    def pauses(self) -> bool:
        """Whether there is no exercise, and no running, until somebody was seen or has said yes."""
        return self.urgency >= Outcome.CLINICIAN_FIRST.urgency

    @property
    def stops_at_once(self) -> bool:
        """Whether no further question is asked."""
        return self in (Outcome.SAME_DAY, Outcome.EMERGENCY)

    @property
    def is_kept(self) -> bool:
        """Whether a yes holds for the same answer given later. What is urgent is new each time."""
        return self in (Outcome.NO_RUN, Outcome.CLINICIAN_FIRST, Outcome.SOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer.

    `note` is said when it is taken. `stays`: being assessed does not reopen what it closed. `calms`: a week of calm
    days follows. `was` names the answers of an older questionnaire that say the same, as "question:choice".
    """

    id: str
    text: str
    source: str
    outcome: Outcome
    facts: frozenset[Fact]
    note: str | None
    stays: bool
    calms: bool
    was: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `many` allows several choices or none, unless `least_one`.

    `when` names the choices of earlier questions ("question:choice") after any of which this one is asked; empty for
    always. `noted` says whether its choices can be noted later as something new. `note` is said when any is taken.
    """

    id: str
    ask: str
    screen: str
    many: bool
    least_one: bool
    noted: bool
    note: str | None
    when: frozenset[str]
    choices: tuple[Choice, ...]

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id."""
        return next((c for c in self.choices if c.id == choice_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Questions that are asked together, under one title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """All questions in their order, and the texts that go with each outcome. An older version has no texts any more."""

    version: int
    screens: tuple[Screen, ...]
    questions: tuple[Question, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    def symptoms(self) -> Iterator[tuple[Question, Choice]]:
        """What can be noted later as something new."""
        return ((q, c) for q in self.questions if q.noted for c in q.choices)

    def symptom(self, choice_id: str) -> tuple[Question, Choice] | None:
        """A warning sign by the id of its choice, with the question it stands under; None where there is none."""
        return next(((q, c) for q, c in self.symptoms() if c.id == choice_id), None)


TEXTS = (
    *Outcome,
    "always",
    "not_screened",
    "ask_again_month",
    "ask_again_red",
    "ask_again_symptom",
    "ask_again_new",
    "calm_days",
)


def parse_questionnaire(values: Mapping[str, object]) -> Questionnaire:
    """The questions in use, from the parsed `screening.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    texts = table.table("texts")
    found = {str(key): texts.text(key) for key in TEXTS}
    texts.done()
    return _questionnaire(table, found)


def parse_past_questionnaire(values: Mapping[str, object]) -> Questionnaire:
    """Questions that were asked once: answers to them are still read. Raises DefinitionError like the other."""
    return _questionnaire(Table(values), {})


def _questionnaire(table: Table, texts: Mapping[str, str]) -> Questionnaire:
    version = table.whole("version", 1, 99)
    screens = tuple(_screen(t) for t in table.tables("screens"))
    questions = tuple(_question(t) for t in table.tables("questions"))
    table.done()
    ids = [q.id for q in questions]
    if len(set(ids)) != len(ids):
        raise DefinitionError("questions", "must each have an id of their own.")
    _check_screens(screens, questions)
    _check_when(questions)
    _check_symptoms(questions)
    return Questionnaire(version=version, screens=screens, questions=questions, texts=texts)


def _check_screens(screens: tuple[Screen, ...], questions: tuple[Question, ...]) -> None:
    known = {s.id for s in screens} or {""}
    for question in questions:
        if question.screen not in known:
            raise DefinitionError("questions", f"{question.id} is on no screen that there is.")


def _check_when(questions: tuple[Question, ...]) -> None:
    earlier: set[str] = set()
    for question in questions:
        strangers = question.when - earlier
        if strangers:
            raise DefinitionError("questions", f"{question.id} waits for {min(strangers)}, which is no earlier choice.")
        earlier |= {key_of(question, c) for c in question.choices}


def _check_symptoms(questions: tuple[Question, ...]) -> None:
    noted = [c.id for q in questions if q.noted for c in q.choices]
    if len(set(noted)) != len(noted):
        raise DefinitionError("questions", "use one id for two things that can be noted.")


def key_of(question: Question, choice: Choice) -> str:
    """The name of one answer: "question:choice"."""
    return f"{question.id}:{choice.id}"


def _screen(table: Table) -> Screen:
    screen = Screen(id=table.text("id"), title=table.text("title"))
    table.done()
    return screen


def _question(table: Table) -> Question:
    source = table.text("source") if table.has("source") else None
    question = Question(
        id=table.text("id"),
        ask=table.text("ask"),
        screen=table.text("screen") if table.has("screen") else "",
        many=table.flag("many", default=False),
        least_one=table.flag("least_one", default=False),
        noted=table.flag("noted", default=False),
        note=table.text("note") if table.has("note") else None,
        when=frozenset(table.texts("when")),
        choices=tuple(_choice(t, source) for t in table.tables("choices")),
    )
    table.done()
    if not question.choices:
        raise DefinitionError(table.path("choices"), "needs at least one choice.")
    return question


def _choice(table: Table, source: str | None) -> Choice:
    outcome = table.choice("outcome", Outcome) if table.has("outcome") else Outcome.OK
    choice = Choice(
        id=table.text("id"),
        text=table.text("text"),
        source=table.text("source") if source is None or table.has("source") else source,
        outcome=outcome,
        facts=frozenset(table.choices("facts", Fact)) if table.has("facts") else frozenset(),
        note=table.text("note") if table.has("note") else None,
        stays=table.flag("stays", default=False),
        calms=table.flag("calms", default=False),
        was=frozenset(table.texts("was")),
    )
    table.done()
    if outcome is Outcome.NO_RUN and choice.note is None:
        raise DefinitionError(table.path("note"), "is missing: it is what is said in place of advice on running.")
    return choice
