"""Why: every number of a plan carries its reason, what the reason looked at, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from patella.motion.definition import DefinitionError, Table

Input = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: `about` names the number it explains (dose, load ...), `inputs` are what it was decided from."""

    key: str
    about: str
    text: str
    source: str
    inputs: Mapping[str, Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The words of a reason, with places for its inputs, and its source; `{source}` stands for the exercise's own."""

    key: str
    about: str
    text: str
    source: str


def parse_reasons(values: Mapping[str, object]) -> dict[str, Template]:
    """Every reason by its key, from the parsed `reasons.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    found: dict[str, Template] = {}
    for key in table.keys():  # noqa: SIM118 - a Table is not a dict
        entry = table.table(key)
        template = Template(key=key, about=entry.text("about"), text=entry.text("text"), source=entry.text("source"))
        entry.done()
        found[key] = template
    if not found:
        raise DefinitionError("", "has no reason at all.")
    return found


def give(template: Template, *, source: str | None = None, **inputs: Input) -> Reason:
    """The reason with its inputs put in. `source` is used where the template leaves it to the exercise."""
    used = source or template.source if template.source == "exercise" else template.source
    shown = {k: _plain(v) for k, v in inputs.items()}
    return Reason(
        key=template.key, about=template.about, text=template.text.format(**shown), source=used, inputs=dict(inputs)
    )


def say_day(day: date) -> str:
    """A day as a reason says it: 31 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


def _plain(value: Input) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
