"""What a set of answers comes to: the most urgent outcome, the facts that shut exercises, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.care.fact import Fact
from patella.care.questionnaire import Choice, Outcome, Question, Questionnaire, key_of

Answers = Mapping[str, object]
NONE = ("none", "no")


class AnswerError(ValueError):
    """The answers cannot be used; the message is one sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer that mattered: the question and the choice."""

    question: Question
    choice: Choice

    @property
    def key(self) -> str:
        """The name of this answer: "question:choice"."""
        return key_of(self.question, self.choice)

    @property
    def text(self) -> str:
        """It in words: the line that was ticked, or the question with its answer."""
        return self.choice.text if self.question.many else f"{self.question.ask} {self.choice.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What a set of answers comes to.

    `stays`: no assessment reopens it. `calms`: a week of calm days follows. `named`: every answer that was given, and
    what it was called in older questionnaires.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    facts: frozenset[Fact]
    notes: tuple[str, ...]
    stays: bool
    calms: bool = False
    named: frozenset[str] = frozenset()

    @property
    def is_ok(self) -> bool:
        """Whether no warning sign was named: there may be exercise."""
        return not self.outcome.pauses


def read_answer(question: Question, answer: object) -> tuple[Choice, ...]:
    """The choices an answer names: a choice id, true or false for yes and no, or a list where several may be chosen.

    Raises AnswerError with a sentence that names the question and what it takes.
    """
    given = _as_ids(question, answer)
    found = [question.choice(g) for g in given]
    if len(set(given)) != len(given) or None in found:
        raise AnswerError(_what_it_takes(question, answer))
    if question.least_one and not given:
        raise AnswerError(f"{question.id} needs at least one of {_ids(question)}.")
    return tuple(c for c in found if c is not None)


def _as_ids(question: Question, answer: object) -> list[str]:
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    if question.many:
        if answer in NONE:
            return []
        if isinstance(answer, str):
            return [answer]
        if isinstance(answer, list | tuple) and all(isinstance(a, str) for a in answer):
            return _several(question, answer)
    elif isinstance(answer, str):
        return [answer]
    raise AnswerError(_what_it_takes(question, answer))


def _several(question: Question, answer: list[str] | tuple[str, ...]) -> list[str]:
    if not any(n in answer for n in NONE):
        return list(answer)
    if len(answer) > 1:
        raise AnswerError(f"The answer to {question.id} says none and something as well; only one of them can be.")
    return []


def _ids(question: Question) -> str:
    return ", ".join(c.id for c in question.choices)


def _what_it_takes(question: Question, answer: object) -> str:
    how = f"a list of any of {_ids(question)}" if question.many else f"one of {_ids(question)}"
    return f"The answer to {question.id} must be {how}, not {answer!r}."


def is_asked(question: Question, taken: frozenset[str]) -> bool:
    """Whether a question comes after these choices ("question:choice"): always, or where it waits for one of them."""
    return not question.when or bool(question.when & taken)


def assess(questionnaire: Questionnaire, answers: Answers) -> Screening:
    """What the answers come to: the most urgent outcome, every fact, every note.

    An unanswered question is never taken for a good answer: it raises AnswerError, unless what is answered already
    calls for help today or at once. So does an answer that is not one of the choices, to no question of ours, or to
    one that only comes after another answer.
    """
    _check_ids(questionnaire, answers)
    findings = find(questionnaire, answers)
    taken = frozenset(f.key for f in findings)
    _check_asked(questionnaire, answers, taken)
    outcome = max((f.choice.outcome for f in findings), key=lambda o: o.urgency, default=Outcome.OK)
    missing = [q.id for q in questionnaire.questions if q.id not in answers and is_asked(q, taken)]
    if missing and not outcome.stops_at_once:
        raise AnswerError(f"Not answered yet: {', '.join(missing)}. A missing answer is never taken for a good one.")
    return Screening(
        outcome=outcome,
        findings=tuple(f for f in findings if f.choice.outcome is not Outcome.OK or f.choice.facts or f.choice.calms),
        facts=frozenset(fact for f in findings for fact in f.choice.facts),
        notes=tuple(dict.fromkeys(n for f in findings for n in (f.question.note, f.choice.note) if n)),
        stays=any(f.choice.stays for f in findings),
        calms=any(f.choice.calms for f in findings),
        named=frozenset(name for f in findings for name in (f.key, *f.choice.was)),
    )


def _check_ids(questionnaire: Questionnaire, answers: Answers) -> None:
    known = {q.id for q in questionnaire.questions}
    for key in answers:
        if key not in known:
            raise AnswerError(f"There is no question called {key}; the ids are {', '.join(sorted(known))}.")


def _check_asked(questionnaire: Questionnaire, answers: Answers, taken: frozenset[str]) -> None:
    for question in questionnaire.questions:
        if question.id in answers and not is_asked(question, taken):
            after = " or ".join(sorted(w.replace(":", " with ") for w in question.when))
            raise AnswerError(f"{question.id} is only asked after {after}. Leave it out, or add that answer.")


def find(questionnaire: Questionnaire, answers: Answers) -> tuple[Finding, ...]:
    """Every choice that was taken, in the order of the questions."""
    given = (q for q in questionnaire.questions if q.id in answers)
    return tuple(Finding(question=q, choice=c) for q in given for c in read_answer(q, answers[q.id]))


def stops_here(questionnaire: Questionnaire, answers: Answers) -> Outcome | None:
    """The outcome that ends the asking at once, if what has been answered so far calls for one."""
    outcomes = (f.choice.outcome for f in find(questionnaire, answers))
    worst = max(outcomes, key=lambda o: o.urgency, default=Outcome.OK)
    return worst if worst.stops_at_once else None


def carry_over(questionnaire: Questionnaire, screening: Screening) -> dict[str, list[str]]:
    """What of earlier answers may be ticked already when the questions come again: what a person has, no warning sign.

    Only choices that were taken: that something was not there a while ago says nothing of today.
    """
    lasting = (Outcome.OK, Outcome.NO_RUN, Outcome.CLINICIAN_FIRST)
    taken: dict[str, list[str]] = {}
    for question in questionnaire.questions:
        for choice in question.choices:
            known = {key_of(question, choice), *choice.was} & screening.named
            if question.many and not question.noted and choice.outcome in lasting and known:
                taken.setdefault(question.id, []).append(choice.id)
    return taken
