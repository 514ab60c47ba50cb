"""What the coach says about seeing, as data: a title and a sentence for each sight, and where the camera goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table
from patella.motion.event import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A title to read from three metres, and one sentence to say."""

    title: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """By the code of a sight; and the place of the camera by view and position (`side-standing`)."""

    codes: Mapping[str, Saying]
    places: Mapping[str, str]


def parse_sayings(values: Mapping[str, object]) -> Sayings:
    """The words of `sights.toml`. Raises DefinitionError for a sight without words, or words without a sight."""
    table = Table(values)
    codes, places = table.table("codes"), table.table("places")
    found = Sayings(
        codes={key: _saying(codes.table(key)) for key in codes.keys()},  # noqa: SIM118 - a table of ours is no dict
        places={key: _place(places.table(key)) for key in places.keys()},  # noqa: SIM118
    )
    table.done()
    wrong = sorted({s.value for s in Sight} ^ set(found.codes))
    if wrong:
        raise DefinitionError("codes", f"must have one entry for each sight, and no other: {', '.join(wrong)}.")
    return found


def _saying(table: Table) -> Saying:
    saying = Saying(title=table.text("title"), say=table.text("say"))
    table.done()
    return saying


def _place(table: Table) -> str:
    say = table.text("say")
    table.done()
    return say
