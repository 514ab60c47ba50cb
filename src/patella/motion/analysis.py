"""A whole film in one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from patella.motion.angles import Measure
from patella.motion.event import Event, HoldEnded, Lost, Rep, Seen, Short, Sight, event_to_json
from patella.motion.memory import State, side_name
from patella.motion.spec import Spec
from patella.motion.tempo import Tempo, Way, too_fast

ENOUGH_SEEN = 0.5  # less of a set than this says nothing about its form


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The measure that shows how an exercise goes, picture by picture; None where it was not seen."""

    measure: Measure
    t_s: tuple[float, ...]
    values: tuple[float | None, ...]

    def seen_between(self, start_s: float, end_s: float) -> float:
        """The share of the pictures from one moment to another in which it was seen; 0 where there are none."""
        seen = [v is not None for t, v in zip(self.t_s, self.values, strict=True) if start_s <= t <= end_s]
        return sum(seen) / len(seen) if seen else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSeen:
    """One set of a film: repetitions or holds of one side, with no long pause between them."""

    side: str
    reps: tuple[Rep, ...] = ()
    holds: tuple[HoldEnded, ...] = ()
    seen_fraction: float = 0.0

    @property
    def form(self) -> float | None:
        """The share of repetitions or holds without a fault; None where too little was seen, or nothing judged."""
        clean = [not faults for faults in (*(r.faults for r in self.reps), *(h.faults for h in self.holds))]
        known = clean and self.seen_fraction >= ENOUGH_SEEN and all(r.judged for r in self.reps)
        return sum(clean) / len(clean) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What was counted and timed in a film, what was lost and why, how much was seen, and what stood in the way.

    `notes` are the codes of all that stood in the way at some time, `in_the_way` of what did for the longest.
    """

    side: str
    view: str
    off_deg: float | None
    duration_s: float
    seen_fraction: float
    reps: tuple[Rep, ...]
    short: tuple[Short, ...]
    lost: tuple[Lost, ...]
    holds: tuple[HoldEnded, ...]
    notes: tuple[str, ...]
    in_the_way: str | None = None
    curve: Curve | None = None

    @property
    def counted(self) -> bool:
        """Whether there is anything in it to keep."""
        return bool(self.reps or self.holds)

    def sets(self, pause_s: float) -> tuple[SetSeen, ...]:
        """Its sets: a new one begins with another side, or after more than `pause_s` seconds without a movement."""
        ones: Sequence[Rep | HoldEnded] = self.reps or self.holds
        breaks = [n for n, (a, b) in enumerate(pairwise(ones), 1) if a.side != b.side or b.start_s - a.end_s > pause_s]
        spans = pairwise([0, *breaks, len(ones)]) if ones else ()
        return tuple(self._set(ones[a:b]) for a, b in spans)

    def _set(self, ones: Sequence[Rep | HoldEnded]) -> SetSeen:
        seen = self.curve.seen_between(ones[0].start_s, ones[-1].end_s) if self.curve else self.seen_fraction
        return SetSeen(
            side=ones[0].side,
            reps=tuple(o for o in ones if isinstance(o, Rep)),
            holds=tuple(o for o in ones if isinstance(o, HoldEnded)),
            seen_fraction=seen,
        )


@dataclass(slots=True)
class Tally:
    """Collects what a fold of `step` gives; `follows` is the signal whose curve is kept, -1 for none."""

    follows: int = -1
    reps: list[Rep] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    holds: list[HoldEnded] = field(default_factory=list)
    codes: dict[str, float] = field(default_factory=dict)  # how long each was so, in seconds
    times: list[float] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)

    def take(self, state: State, events: Iterable[Event]) -> None:
        """Take in the events of one step, and the state after it."""
        for event in events:
            if isinstance(event, Rep):
                self.reps.append(event)
            elif isinstance(event, HoldEnded):
                self.holds.append(event)
            elif isinstance(event, Short):
                self.short.append(event)
            elif isinstance(event, Lost):
                self.lost.append(event)
            elif isinstance(event, Seen):
                self.codes.setdefault(event.code.value, 0.0)
        self._follow(state)

    def _follow(self, state: State) -> None:
        """One picture more: for how long it looks like that, and where the measure is."""
        t_s = state.t_s
        if t_s is None or (self.times and t_s <= self.times[-1]):
            return
        if state.sight and self.times:
            self.codes[state.sight] = self.codes.get(state.sight, 0.0) + t_s - self.times[-1]
        self.times.append(t_s)
        if self.follows >= 0:
            self.values.append(state.values[self.follows] if state.used_s == t_s else None)

    def result(self, spec: Spec, state: State) -> Analysis:
        """The answer, once all frames are in."""
        duration = (state.t_s or 0.0) - (state.first_s or 0.0)
        others = {c: seconds for c, seconds in self.codes.items() if c != Sight.READY}
        if state.was_aside:
            others.setdefault(Sight.WRONG_VIEW.value, 0.0)
        if state.was_behind:
            others.setdefault(Sight.FAR_LEG.value, 0.0)
        if state.shook_s is not None:
            others.setdefault(Sight.CAMERA_MOVES.value, 0.0)
        return Analysis(
            side=side_name(spec, state),
            view=spec.view.value,
            off_deg=state.off_deg,
            duration_s=duration,
            seen_fraction=min(1.0, state.usable / duration) if duration > 0 else 0.0,
            reps=tuple(self.reps),
            short=tuple(self.short),
            lost=tuple(self.lost),
            holds=tuple(self.holds),
            notes=tuple(others),
            in_the_way=max(others, key=lambda c: others[c]) if others else None,
            curve=self._curve(spec),
        )

    def _curve(self, spec: Spec) -> Curve | None:
        if self.follows < 0:
            return None
        return Curve(measure=spec.signals[self.follows].measure, t_s=tuple(self.times), values=tuple(self.values))


def analysis_to_json(exercise: str, found: Analysis, tempo: Tempo | None = None) -> dict[str, object]:
    """The plain form: exercise, side, view, duration_s, seen_fraction, tempo, reps, short, holds, notes, lost.

    Each repetition says in `too_fast` which of its ways (out, back) was that, against the tempo asked of the exercise.
    """
    reps = [
        {**plain, "too_fast": [w.value for w in fast]}
        for plain, fast in zip(_plain(found.reps), ways_too_fast(found.reps, tempo), strict=True)
    ]
    return {
        "exercise": exercise,
        "side": found.side,
        "view": found.view,
        "duration_s": round(found.duration_s, 3),
        "seen_fraction": round(found.seen_fraction, 3),
        "reps": reps,
        "short": list(_plain(found.short)),
        "holds": list(_plain(found.holds)),
        "notes": list(found.notes),
        "lost": list(_plain(found.lost)),
    }


def ways_too_fast(reps: Iterable[Rep], tempo: Tempo | None) -> list[tuple[Way, ...]]:
    """For each repetition the ways that were too fast."""
    return [too_fast(tempo, rep.up_s, rep.down_s) for rep in reps]


def _plain(events: Iterable[Event]) -> Iterator[dict[str, object]]:
    return ({k: v for k, v in event_to_json(e).items() if k != "kind"} for e in events)
