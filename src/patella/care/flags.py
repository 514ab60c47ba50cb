"""What warning signs have been named and not been seen by anybody yet: a fold over answers, symptoms and yeses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from patella.care.fact import Fact
from patella.care.history import Assessed, History, Screened, SymptomNoted
from patella.care.questionnaire import Outcome
from patella.care.screening import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A warning sign and the day it was named."""

    finding: Finding
    day: date


@dataclass(slots=True)
class Flags:
    """What is open now. `pending`, by the name of the answer: nobody has seen it yet.

    `kept` are answers that a yes holds for, as each later screening has named them again. `facts` come from symptoms
    that were noted since the last screening.
    """

    pending: dict[str, Named] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    facts: set[Fact] = field(default_factory=set)

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


def flags_of(history: History) -> Flags:
    """Everything in the order it was said. A yes and an answer of the same moment: the yes was there before."""
    said: list[Assessed | Screened | SymptomNoted] = [*history.assessed, *history.screened, *history.symptoms]
    flags, last = Flags(), frozenset[str]()
    for one in sorted(said, key=lambda s: s.at):
        if isinstance(one, Assessed):
            _see(flags, last)
        elif isinstance(one, Screened):
            last = one.screening.named
            _screen(flags, one)
        elif one.finding is not None:
            flags.pending[one.finding.key] = Named(finding=one.finding, day=one.at.date())
            flags.facts |= one.finding.choice.facts
    return flags


def _screen(flags: Flags, one: Screened) -> None:
    """New answers: what was said before stays open, but for what held for its time; a kept yes is not asked again."""
    flags.facts.clear()
    flags.kept &= one.screening.named
    flags.pending = {k: n for k, n in flags.pending.items() if n.finding.choice.outcome is not Outcome.NO_RUN}
    for finding in one.screening.findings:
        if finding.choice.outcome is Outcome.OK:
            continue
        if flags.kept & {finding.key, *finding.choice.was}:
            flags.kept.add(finding.key)
        else:
            flags.pending[finding.key] = Named(finding=finding, day=one.day)


def _see(flags: Flags, last: frozenset[str]) -> None:
    """A yes: it holds for everything that was open, but for what no assessment reopens and was said last."""
    stay = {k: n for k, n in flags.pending.items() if n.finding.choice.stays}
    flags.kept |= {k for k, n in flags.pending.items() if k not in stay and n.finding.choice.outcome.is_kept}
    flags.pending = {k: n for k, n in stay.items() if k in last}
