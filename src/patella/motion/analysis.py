"""A whole film in one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from patella.motion.event import Event, HoldEnded, Rep, Seen, Short, event_to_json
from patella.motion.memory import State, side_name
from patella.motion.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What was counted and timed in a film, how much of it was seen, and what stood in the way (`notes`: codes)."""

    side: str
    view: str
    off_deg: float | None
    duration_s: float
    seen_fraction: float
    reps: tuple[Rep, ...]
    short: tuple[Short, ...]
    holds: tuple[HoldEnded, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Collects what a fold of `step` gives."""

    reps: list[Rep] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    holds: list[HoldEnded] = field(default_factory=list)
    codes: dict[str, None] = field(default_factory=dict)

    def take(self, _: State, events: Iterable[Event]) -> None:
        """Take in the events of one step."""
        for event in events:
            if isinstance(event, Rep):
                self.reps.append(event)
            elif isinstance(event, HoldEnded):
                self.holds.append(event)
            elif isinstance(event, Short):
                self.short.append(event)
            elif isinstance(event, Seen):
                self.codes[event.code.value] = None

    def result(self, spec: Spec, state: State) -> Analysis:
        """The answer, once all frames are in."""
        duration = (state.t_s or 0.0) - (state.first_s or 0.0)
        return Analysis(
            side=side_name(spec, state),
            view=spec.view.value,
            off_deg=state.off_deg,
            duration_s=duration,
            seen_fraction=min(1.0, state.usable / duration) if duration > 0 else 0.0,
            reps=tuple(self.reps),
            short=tuple(self.short),
            holds=tuple(self.holds),
            notes=tuple(c for c in self.codes if c != "ready"),
        )


def analysis_to_json(exercise: str, found: Analysis) -> dict[str, object]:
    """The plain form: exercise, side, view, duration_s, seen_fraction, reps, short, holds, notes."""

    def plain(events: Iterable[Event], *leave: str) -> list[dict[str, object]]:
        return [{k: v for k, v in event_to_json(e).items() if k not in ("kind", *leave)} for e in events]

    return {
        "exercise": exercise,
        "side": found.side,
        "view": found.view,
        "duration_s": round(found.duration_s, 3),
        "seen_fraction": round(found.seen_fraction, 3),
        "reps": plain(found.reps),
        "short": plain(found.short),
        "holds": plain(found.holds),
        "notes": list(found.notes),
    }
