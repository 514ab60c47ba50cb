"""Where a claim comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.motion.definition import DefinitionError, Table


class Kind(StrEnum):
    """What sort of source it is, said beside it so that nobody takes our own rule for a finding."""

    TRIAL = "trial"
    STUDY = "study"
    REVIEW = "review"
    GUIDELINE = "guideline"
    ADVICE = "advice"
    ROUTINE = "routine"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `cite` is short ("Powers 2014"); `finding` is what it says, in a sentence; `link` may be empty."""

    id: str
    kind: Kind
    cite: str
    title: str
    where: str
    link: str
    finding: str


def parse_sources(values: Mapping[str, object]) -> dict[str, Source]:
    """Every source by its id, from the parsed `sources.toml`: one table for each id.

    Raises DefinitionError with the key and a sentence.
    """
    table = Table(values)
    found: dict[str, Source] = {}
    for key in table.keys():  # noqa: SIM118 - a Table is not a dict
        entry = table.table(key)
        kind = entry.choice("kind", Kind)
        ours = kind in (Kind.RULE, Kind.ROUTINE)
        found[key] = Source(
            id=key,
            kind=kind,
            cite=entry.text("cite"),
            title=entry.text("title"),
            where="" if ours else entry.text("where"),
            link=entry.text("link") if entry.has("link") else "",
            finding=entry.text("finding"),
        )
        entry.done()
    if not found:
        raise DefinitionError("", "has no source at all.")
    return found
