"""Where a claim comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    WORD = "word"


OURS = frozenset({Kind.RULE, Kind.ROUTINE, Kind.WORD})


class Part(StrEnum):
    """How much of a source was read: of a paper its abstract or all of it, of a web page the page, or one table."""

    ABSTRACT = "abstract"
    PAPER = "paper"
    PAGE = "page"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """That somebody held an entry against its source: which part was read, and the day."""

    part: Part
    on: date

    def __str__(self) -> str:
        """As it is written: `abstract, 2026-11-28`."""
        return f"{self.part.value}, {self.on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `cite` is short ("Powers 2014"); `finding` is what it says, in a sentence; `link` may be empty.

    `checked` says what was read of it and when; None for what is our own or somebody's word, and so nothing to look up.
    """

    id: str
    kind: Kind
    cite: str
    title: str
    where: str
    link: str
    finding: str
    checked: Checked | None


def parse_sources(values: Mapping[str, object]) -> dict[str, Source]:
    """Every source by its id, from the parsed `sources.toml`: one table for each id.

    Raises DefinitionError with the key and a sentence.
    """
    table = Table(values)
    found: dict[str, Source] = {}
    for key in table.keys():  # noqa: SIM118 - a Table is not a dict
        entry = table.table(key)
        kind = entry.choice("kind", Kind)
        ours = kind in OURS
        found[key] = Source(
            id=key,
            kind=kind,
            cite=entry.text("cite"),
            title=entry.text("title"),
            where="" if ours else entry.text("where"),
            link=entry.text("link") if entry.has("link") else "",
            finding=entry.text("finding"),
            checked=None if ours else _checked(entry),
        )
        entry.done()
    if not found:
        raise DefinitionError("", "has no source at all.")
    return found


def _checked(entry: Table) -> Checked:
    part, _, day = entry.text("checked").partition(", ")
    try:
        return Checked(part=Part(part), on=date.fromisoformat(day))
    except ValueError:
        parts = ", ".join(p.value for p in Part)
        sentence = f'must say what was read ({parts}) and the day, as in "abstract, 2026-11-28".'
        raise DefinitionError(entry.path("checked"), sentence) from None
