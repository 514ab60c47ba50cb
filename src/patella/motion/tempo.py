"""How fast an exercise goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from patella.motion.definition import DefinitionError, Table

LONGEST_S = 120
TOO_FAST = 0.4
"""The share of the time asked for below which a way was too fast.

A camera sees an eased movement late and lets go of it early. Made-up bodies of every size that kept each exercise's
tempo to the letter, before cameras up to 30 degrees aside and through a model that trembles, were timed at 0.5 to 1.6
of it. So what is under 0.4 cannot be somebody in time; nearly every way done in a quarter of its time is under it. And
a person who follows a beat is a little early or late with good reason: no more than this is worth a word. Nobody is
told that they were too slow: that harms nothing here. Our own rule.
"""


class Way(StrEnum):
    """A way of one repetition; the values are the keys of the exercise's own words for it."""

    OUT = "out"
    BACK = "back"


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


def too_fast(asked: Tempo | None, up_s: float, down_s: float) -> tuple[Way, ...]:
    """The ways of a repetition that took less than `TOO_FAST` of what was asked; none where no tempo is asked."""
    if asked is None:
        return ()
    timed = ((Way.OUT, up_s, asked.up_s), (Way.BACK, down_s, asked.down_s))
    return tuple(way for way, took_s, asked_s in timed if took_s < TOO_FAST * asked_s)


def parse_tempo(table: Table) -> Tempo:
    """A tempo from its table. Raises DefinitionError with the key and a sentence."""
    up, hold, down, rest = (table.number(k, 0, LONGEST_S) for k in ("up_s", "hold_s", "down_s", "rest_s"))
    table.done()
    if up <= 0 or down <= 0:
        raise DefinitionError(table.key, "must give the way out and the way back some time.")
    return Tempo(up_s=up, hold_s=hold, down_s=down, rest_s=rest)
