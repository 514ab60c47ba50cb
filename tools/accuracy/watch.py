"""Lets the coach watch a film: landmarks first (kept in a folder, since finding them takes time), then `step`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clips import Clip, Span
from score import Counted, Watched

from patella.files.library import read_spec
from patella.motion.analysis import Tally
from patella.motion.angles import Measure, measured
from patella.motion.coach import begin, finish, step
from patella.motion.event import Cue, Event, HoldEnded, Rep, Short
from patella.motion.memory import State
from patella.motion.pose import PoseFrame, Side, pack, unpack_all
from patella.motion.spec import Spec, View


def landmarks(film: Path, model: str, kept: Path) -> list[PoseFrame]:
    """The film's landmarks: those that are kept, or found now and kept. Raises FilmError for a film that is none."""
    file = kept / model / f"{film.stem}.pose"
    if file.is_file() and file.stat().st_mtime > film.stat().st_mtime:
        return list(unpack_all(file.read_bytes()))
    from patella.files.film_pose import frames_of as found_in

    frames = list(found_in(film, model))
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    half.write_bytes(b"".join(map(pack, frames)))
    half.replace(file)
    return frames


def watch(clip: Clip, frames: Iterable[PoseFrame]) -> Watched:
    """Everything the coach makes of the film, the fold of `step` that `analyse` is, with the knees beside it."""
    spec = read_spec(clip.exercise)
    state = begin(spec, Side(clip.side) if clip.side else None, running=True)
    tally, cues = Tally(), list[str]()
    knees: list[tuple[float, float | None, float | None]] = []
    for frame in frames:
        state, events = step(spec, state, frame)
        tally.take(state, events)
        cues += [e.fault for e in events if isinstance(e, Cue)]
        knees.append((frame.t_s, _knee(spec, state, frame, 0), _knee(spec, state, frame, 1)))
    state, events = finish(spec, state)
    tally.take(state, events)
    found = tally.result(spec, state)
    return Watched(
        reps=tuple(map(_counted, found.reps)), shorts=tuple(map(_counted, found.short)),
        holds=tuple(map(_counted, found.holds)), cues=tuple(cues),
        seen_fraction=found.seen_fraction, knees=knees,
    )  # fmt: skip


def _knee(spec: Spec, state: State, frame: PoseFrame, side: int) -> float | None:
    """What `patella analyze --angles` writes: the picture's angle, less the person's own offset once it is known."""
    if not frame.image or spec.view is not View.SIDE:
        return None
    sense = -1.0 if state.sense < 0 else 1.0
    value = measured(Measure.KNEE_FLEXION, frame.image, frame.width_px / frame.height_px, side, sense)
    own = spec.straight is not None and spec.signals[spec.straight[0]].measure is Measure.KNEE_FLEXION
    return value - state.zero if value is not None and own else value


def _counted(event: Event) -> Counted:
    if not isinstance(event, Rep | Short | HoldEnded):
        raise TypeError("Only repetitions and holds have a beginning and an end.")
    seconds = event.seconds if isinstance(event, HoldEnded) else event.end_s - event.start_s
    span = Span(start_s=event.start_s, end_s=event.end_s)
    return Counted(
        span=span, seconds=seconds, faults=frozenset({"shallow"} if isinstance(event, Short) else event.faults)
    )
