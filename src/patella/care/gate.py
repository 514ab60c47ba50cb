"""What shuts an exercise, and what has to be behind a person before one for the advanced opens."""

from __future__ import annotations

from dataclasses import dataclass

from patella.care.fact import Fact
from patella.motion.definition import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A fact that shuts this exercise, and the source that says so."""

    fact: Fact
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What has to be behind a person before an advanced exercise opens."""

    min_days: int
    green_sessions: int
    top_of: str | None
    amber_free_days: int
    max_pain: int
    source: str


def parse_gate(table: Table) -> Gate:
    """One of the tables `gates` of `exercise.toml`. Raises DefinitionError with the key and a sentence."""
    gate = Gate(fact=table.choice("fact", Fact), source=table.text("source"))
    table.done()
    return gate


def parse_unlock(table: Table) -> Unlock:
    """The table `unlock` of `exercise.toml`. Raises DefinitionError with the key and a sentence."""
    unlock = Unlock(
        min_days=table.whole("min_days", 0, 365),
        green_sessions=table.whole("green_sessions", 0, 100),
        top_of=table.text("top_of") if table.has("top_of") else None,
        amber_free_days=table.whole("amber_free_days", 0, 60),
        max_pain=table.whole("max_pain", 0, 10),
        source=table.text("source"),
    )
    table.done()
    return unlock
