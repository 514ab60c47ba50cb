"""How fast an exercise goes."""

from __future__ import annotations

from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table

LONGEST_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Seconds of one repetition: towards the effort, held there, back, and at rest before the next."""

    up_s: float
    hold_s: float
    down_s: float
    rest_s: float

    @property
    def rep_s(self) -> float:
        """Seconds of one whole repetition."""
        return self.up_s + self.hold_s + self.down_s + self.rest_s


def parse_tempo(table: Table) -> Tempo:
    """A tempo from its table. Raises DefinitionError with the key and a sentence."""
    up, hold, down, rest = (table.number(k, 0, LONGEST_S) for k in ("up_s", "hold_s", "down_s", "rest_s"))
    table.done()
    if up <= 0 or down <= 0:
        raise DefinitionError(table.key, "must give the way out and the way back some time.")
    return Tempo(up_s=up, hold_s=hold, down_s=down, rest_s=rest)
