"""What warning signs have been named and not been seen by anybody yet: a fold over answers, symptoms and yeses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from patella.care.fact import Fact
from patella.care.history import Assessed, History, Saying, Screened, SymptomNoted
from patella.care.questionnaire import Outcome
from patella.care.screening import Finding

S = TypeVar("S", bound=Saying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A warning sign, the day it was named, and all that named it and nobody has answered."""

    finding: Finding
    day: date
    by: tuple[Saying, ...]


@dataclass(slots=True)
class Flags:
    """What is open now. `pending`, by the name of the answer: nobody has seen it yet.

    `kept` are answers that a yes holds for, as each later screening has named them again. `noted` are the symptoms
    since the last screening, `asks` those since the last screening or yes: after them the questions come again.
    `screened` are the screenings that hold: the last, and what was answered elsewhere without knowing of it. Likewise
    `assessed`, the yeses since then.
    """

    pending: dict[str, Named] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    noted: tuple[SymptomNoted, ...] = ()
    asks: tuple[SymptomNoted, ...] = ()
    screened: tuple[Screened, ...] = ()
    assessed: tuple[Assessed, ...] = ()

    @property
    def worst(self) -> Outcome:
        """The most urgent of what is pending."""
        outcomes = (n.finding.choice.outcome for n in self.pending.values())
        return max(outcomes, key=lambda o: o.urgency, default=Outcome.OK)

    @property
    def urgent_since(self) -> date | None:
        """The day on which the latest of what cannot wait was named."""
        urgent = (n.day for n in self.pending.values() if n.finding.choice.outcome.stops_at_once)
        return max(urgent, default=None)

    @property
    def facts(self) -> frozenset[Fact]:
        """What shuts single exercises, by answers and by symptoms."""
        by_symptoms = (s.finding.choice.facts for s in self.noted if s.finding)
        return frozenset().union(*(s.screening.facts for s in self.screened), *by_symptoms)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """The ids of all that stands open, and of the last answers: what is said next is said in view of these."""
        named = (s for n in self.pending.values() for s in n.by)
        said = (*named, *self.noted, *self.asks, *self.screened, *self.assessed)
        return tuple(sorted({s.id for s in said if s.id}))


def flags_of(history: History) -> Flags:
    """Everything in the order it was said. A yes and an answer of the same moment: the yes was there before.

    An answer or a yes does away with what it was said in view of, and with nothing else.
    """
    said: list[Assessed | Screened | SymptomNoted] = [*history.assessed, *history.screened, *history.symptoms]
    flags = Flags()
    for one in sorted(said, key=lambda s: s.at):
        if isinstance(one, Assessed):
            _see(flags, one)
        elif isinstance(one, Screened):
            _screen(flags, one)
        else:
            _note(flags, one)
    return flags


def _note(flags: Flags, one: SymptomNoted) -> None:
    flags.noted, flags.asks = (*flags.noted, one), (*flags.asks, one)
    if one.finding is not None:
        _name(flags, one.finding, one, one.at.date())


def _name(flags: Flags, finding: Finding, said: Saying, day: date) -> None:
    before = flags.pending.get(finding.key)
    still = _unknown_to(said, before.by) if before else ()
    flags.pending[finding.key] = Named(finding=finding, day=day, by=(*still, said))


def _screen(flags: Flags, one: Screened) -> None:
    """New answers: what was said before stays open, but for what held for its time; a kept yes is not asked again."""
    flags.noted, flags.asks = _unknown_to(one, flags.noted), _unknown_to(one, flags.asks)
    flags.screened = (*_unknown_to(one, flags.screened), one)
    flags.assessed = _unknown_to(one, flags.assessed)
    flags.kept &= one.screening.named
    for key, named in list(flags.pending.items()):
        if named.finding.choice.outcome is Outcome.NO_RUN:
            _answer(flags, key, one)
    for finding in one.screening.findings:
        if finding.choice.outcome is Outcome.OK:
            continue
        if flags.kept & {finding.key, *finding.choice.was}:
            flags.kept.add(finding.key)
        else:
            _name(flags, finding, one, one.day)


def _see(flags: Flags, yes: Assessed) -> None:
    """A yes: it holds for everything that was open, but for what no assessment reopens and was said last."""
    flags.asks, flags.assessed = _unknown_to(yes, flags.asks), (*_unknown_to(yes, flags.assessed), yes)
    last = {key for s in flags.screened for key in s.screening.named}
    for key, named in list(flags.pending.items()):
        choice = named.finding.choice
        if choice.stays and key in last:
            continue
        if _answer(flags, key, yes) and choice.outcome.is_kept and not choice.stays:
            flags.kept.add(key)


def _answer(flags: Flags, key: str, said: Saying) -> bool:
    """Take out what was answered by this; whether nothing of it is open any more."""
    named = flags.pending.pop(key)
    still = _unknown_to(said, named.by)
    if still:
        flags.pending[key] = Named(finding=named.finding, day=named.day, by=still)
    return not still


def _unknown_to(said: Saying, others: Iterable[S]) -> tuple[S, ...]:
    return tuple(o for o in others if not said.knew_of(o))
