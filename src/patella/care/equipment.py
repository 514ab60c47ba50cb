"""What an exercise may need, and what most homes have anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """One thing. `everyday` things are taken to be at hand unless a person says otherwise.

    `short` is its name where it was named in full before, as in `instead of the ball`; `article` stands before `name`.
    """

    id: str
    name: str
    everyday: bool
    short: str
    article: str


def parse_equipment(values: Mapping[str, object]) -> dict[str, Equipment]:
    """Every thing by its id, from the parsed `equipment.toml`: one table for each id.

    Raises DefinitionError with the key and a sentence.
    """
    table = Table(values)
    found: dict[str, Equipment] = {}
    for key in table.keys():  # noqa: SIM118 - a Table is not a dict
        entry = table.table(key)
        name = entry.text("name")
        found[key] = Equipment(
            id=key,
            name=name,
            everyday=entry.flag("everyday", default=False),
            short=entry.text("short") if entry.has("short") else name,
            article=entry.text("article") if entry.has("article") else "an" if name[:1] in "aeiou" else "a",
        )
        entry.done()
    if not found:
        raise DefinitionError("", "names no equipment at all.")
    return found
