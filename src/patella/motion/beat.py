"""The beat that leads a set of repetitions: how many are over, and the word of the moment. Pure; seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from patella.motion.tempo import Tempo

_A_MOMENT_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A set of `reps` at a tempo; `out` and `back` are the exercise's own words for the two ways of a repetition."""

    tempo: Tempo
    reps: int
    out: str
    back: str

    @property
    def seconds(self) -> float:
        """How long the set takes."""
        return self.reps * self.tempo.rep_s

    def reps_over(self, left_s: float) -> int:
        """How many repetitions are over when so many seconds of the set are left."""
        return self.reps - math.ceil(left_s / self.tempo.rep_s - _A_MOMENT_S)

    def word(self, left_s: float) -> str:
        """What is being done when so many seconds are left; empty while it rests before the next."""
        tempo = self.tempo
        at = (self.seconds - left_s + _A_MOMENT_S) % tempo.rep_s
        if at < tempo.up_s:
            return self.out
        if at < tempo.up_s + tempo.hold_s:
            return "Hold"
        return self.back if at < tempo.up_s + tempo.hold_s + tempo.down_s else ""

    def tell(self) -> str:
        """The tempo as a person says it: "Down for 3, up for 2"."""
        tempo = self.tempo
        hold = f", hold {tempo.hold_s:g}" if tempo.hold_s else ""
        return f"{self.out} for {tempo.up_s:g}{hold}, {self.back.lower()} for {tempo.down_s:g}"
