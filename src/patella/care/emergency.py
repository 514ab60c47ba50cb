"""The number to call in an emergency, by country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table

LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumbers:
    """`of` is by country, two capital letters; `default` where a country is not known. `sources` are of the rows."""

    of: Mapping[str, str]
    default: str
    sources: tuple[str, ...]

    def number_in(self, country: str | None) -> str:
        """The number that brings an ambulance there."""
        return self.of.get(country or "", self.default)


def parse_emergency_numbers(values: Mapping[str, object]) -> EmergencyNumbers:
    """The numbers from the parsed `emergency.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    default = _number(table, "default")
    found: dict[str, str] = {}
    sources: list[str] = []
    for row in table.tables("numbers"):
        number = _number(row, "number")
        for country in row.texts("countries"):
            if len(country) != LETTERS or not country.isupper() or country in found:
                raise DefinitionError(
                    row.path("countries"), f"must be two capital letters each, once: not {country!r}."
                )
            found[country] = number
        sources.append(row.text("source"))
        row.done()
    table.done()
    return EmergencyNumbers(of=found, default=default, sources=tuple(sources))


def _number(table: Table, key: str) -> str:
    number = table.text(key)
    if not number.isdigit():
        raise DefinitionError(table.path(key), "must be digits alone, so that it can be tapped to call.")
    return number
