"""A film of an exercise: what the coach counts in it, its angles as a table, and the film with all that drawn in."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from patella.care.exercise import Exercise, Position, Sides
from patella.files.film_remark import Remark
from patella.files.library import own_camera
from patella.files.model import Model
from patella.motion.analysis import Analysis, Tally, analysis_to_json
from patella.motion.angles import MEASURES, SHARES, Measure
from patella.motion.coach import begin, finish, step
from patella.motion.event import Cue, Event, Hold
from patella.motion.memory import State
from patella.motion.pose import PoseFrame, Side
from patella.motion.spec import Spec
from patella.store.whole_file import written_whole

if TYPE_CHECKING:
    from patella.files.annotated import Annotated
    from patella.files.film import Film, Picture

Progress = Callable[[float, float | None], None]
SIDELESS = (Measure.SIDE_LEAN, Measure.KNEE_SPREAD, Measure.KNEE_GAP, Measure.SITTING_HEIGHT)
SAID_S = 3.0  # how long a word stays in the annotated film
EXTRA = frozenset({"ai_edge_litert", "av", "numpy"})


class VideoMissingError(RuntimeError):
    """Films need parts that are not installed; the message says how to get them."""


class UnseenExerciseError(ValueError):
    """The camera sees nothing of this exercise; the message says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a film. None finds out the `side` and takes the `model` that suits the exercise.

    `angles` and `annotated` are files to write.
    """

    film: Path
    exercise: Exercise
    side: Side | None = None
    model: Model | None = None
    angles: Path | None = None
    annotated: Path | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What the coach found in a film, and what is worth a word about its file."""

    found: Analysis
    remarks: tuple[Remark, ...] = ()


def analyse_film(asked: Question, progress: Progress | None = None) -> Watched:
    """Watch a film with the coach; `progress` gets the seconds that are done, and those there are if they are known.

    Files are written whole or not at all. Raises BadFileError for the film, StoreError for a file that cannot be
    written, UnseenExerciseError, and VideoMissingError.
    """
    spec = camera_for(asked.exercise)
    open_film, poses = film_readers()
    side = None if asked.exercise.sides is Sides.BOTH else asked.side
    watching = _Watching.begun(spec, side)
    with ExitStack() as stack:
        film = stack.enter_context(open_film(asked.film))
        table = _table(stack, asked)
        drawn = _drawn(stack, asked)
        for picture, frame in poses(film, asked.model or model_for(asked.exercise)):
            watching.take(frame)
            if table:
                table(_angles(watching.state, spec, frame))
            if drawn:
                _draw(drawn, watching.leading, asked.exercise, (picture, frame))
            if progress:
                progress(frame.t_s, film.duration_s)
        found, otherwise = watching.result()
        remarks = [*film.remarks, *([Remark.OTHER_LEG] if otherwise else [])]
        if asked.side is not side:
            remarks.append(Remark.BOTH_LEGS)
        return Watched(found=found, remarks=tuple(remarks))


def camera_for(exercise: Exercise) -> Spec:
    """What the camera looks for. Raises UnseenExerciseError."""
    spec = own_camera(exercise.id)
    if spec is None:
        raise UnseenExerciseError(f"{exercise.name}: a camera cannot see what counts here, so nothing is counted.")
    return spec


def watched_to_json(asked: Question, watched: Watched) -> dict[str, object]:
    """The plain form of a film's answer, with what is worth a word about its file in `remarks`."""
    answer = analysis_to_json(asked.exercise.id, watched.found, asked.exercise.dose.tempo)
    return {**answer, "remarks": [remark.value for remark in watched.remarks]}


def film_readers() -> tuple[Callable[[Path], Film], Callable[[Film, Model], Iterator[tuple[Picture, PoseFrame]]]]:
    """What opens a film, and what finds the pose in each of its pictures. Raises VideoMissingError."""
    try:
        from patella.files.film import open_film
        from patella.files.film_pose import poses
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] not in EXTRA:
            raise
        raise VideoMissingError(
            "To read films, Patella needs its video part. In the folder it was installed from: pip install '.[video]'"
        ) from None
    return open_film, poses


def model_for(exercise: Exercise) -> Model:
    """The model for an exercise: heavy where the body lies, else full.

    On lying bodies whose angles are known, heavy was nearer on every film (knee 1.1 to 7.2 degrees off instead of 2.5
    to 16.5: full swaps their legs at times); on those that sit or stand it was not, and takes three times as long.
    """
    return Model.HEAVY if exercise.position is Position.LYING else Model.FULL


@dataclass(slots=True)
class _Watching:
    """The fold of the coach's `step`, and what is to be drawn of it."""

    spec: Spec
    state: State
    tally: Tally
    held_s: float = 0.0
    cue: str = ""
    cue_s: float = 0.0
    unasked: _Watching | None = None  # the same for whichever leg works, where one was named

    @classmethod
    def begun(cls, spec: Spec, side: Side | None) -> _Watching:
        """As it is at the first picture, with nothing counted; beside it one without a side where one was named."""
        watching = cls(spec, begin(spec, side, running=True), Tally(follows=spec.followed))
        watching.unasked = cls.begun(spec, None) if side else None
        return watching

    def take(self, frame: PoseFrame) -> None:
        self.state, events = step(self.spec, self.state, frame)
        self._note(events)
        if self.cue and frame.t_s - self.cue_s > SAID_S:
            self.cue = ""
        if self.unasked:
            self.unasked.take(frame)

    @property
    def leading(self) -> _Watching:
        """The one that counts: with the leg that was named, unless nothing is counted there but on the other."""
        other = self.unasked
        return other if other and other.counted and not self.counted else self

    @property
    def counted(self) -> bool:
        """Whether anything was, so far."""
        return bool(self.tally.reps or self.tally.holds or self.held_s)

    def result(self) -> tuple[Analysis, bool]:
        """What was found; and whether it looked like the other leg than the one that was named.

        Who did it knows better which leg it was than a picture, which may be a mirror image.
        """
        found, other = self.finished(), self.unasked.finished() if self.unasked else None
        if other is None or found.counted or not other.counted:
            return found, False
        return _on_side(other, Side.LEFT if self.state.asked == 0 else Side.RIGHT), True

    def finished(self) -> Analysis:
        """What was found with this leg."""
        self.state, events = finish(self.spec, self.state)
        self._note(events)
        return self.tally.result(self.spec, self.state)

    def _note(self, events: tuple[Event, ...]) -> None:
        self.tally.take(self.state, events)
        for event in events:
            if isinstance(event, Hold):
                self.held_s = event.seconds
            elif isinstance(event, Cue):
                self.cue, self.cue_s = event.code, event.t_s

    @property
    def count(self) -> str:
        """How many repetitions, or the seconds of the hold."""
        return f"{self.held_s:.0f} s" if self.spec.rep is None else str(len(self.tally.reps))


def _on_side(found: Analysis, side: Side) -> Analysis:
    """The same, all of it counted for one side."""
    name = side.value
    return replace(
        found,
        side=name,
        reps=tuple(replace(r, side=name) for r in found.reps),
        short=tuple(replace(s, side=name) for s in found.short),
        holds=tuple(replace(h, side=name) for h in found.holds),
    )


def _draw(drawn: Annotated, watching: _Watching, exercise: Exercise, seen: tuple[Picture, PoseFrame]) -> None:
    side = (Side.LEFT, Side.RIGHT)[watching.state.side] if watching.state.side >= 0 else None
    words = exercise.words.cues.get(watching.cue, "")
    drawn.add(*seen, side=side, count=watching.count, words=words)


def _drawn(stack: ExitStack, asked: Question) -> Annotated | None:
    if asked.annotated is None:
        return None
    from patella.files.annotated import Annotated

    return stack.enter_context(Annotated(stack.enter_context(written_whole(asked.annotated, replace=asked.replace))))


def _table(stack: ExitStack, asked: Question) -> Callable[[list[str]], object] | None:
    if asked.angles is None:
        return None
    file: TextIO = stack.enter_context(
        stack.enter_context(written_whole(asked.angles, replace=asked.replace)).open("w", encoding="utf-8", newline="")
    )
    writer = csv.writer(file)
    writer.writerow(angle_columns())
    return writer.writerow


def angle_columns() -> list[str]:
    """The names of the columns of a table of angles: seconds, then every measure of each side with its unit."""
    return ["t_s", *(_column(measure, side) for measure, side in _measures())]


def _column(measure: Measure, side: int) -> str:
    where = "" if measure in SIDELESS else ("_left", "_right")[side]
    return f"{measure}{where}_{'share' if measure in SHARES else 'deg'}"


def _measures() -> Iterator[tuple[Measure, int]]:
    for measure in Measure:
        yield from ((measure, side) for side in ((0,) if measure in SIDELESS else (0, 1)))


def _angles(state: State, spec: Spec, frame: PoseFrame) -> list[str]:
    """One row: the measures of one picture, less this person's own offset where it is known; empty where not seen."""
    row = [f"{frame.t_s:.3f}"]
    for measure, side in _measures():
        value = None
        if frame.image:
            aspect = frame.width_px / frame.height_px
            value = MEASURES[measure](frame.image, aspect, side, -1.0 if state.sense < 0 else 1.0)
        if value is not None and spec.straight is not None and spec.signals[spec.straight[0]].measure is measure:
            value -= state.zero
        row.append("" if value is None else f"{value:.3f}" if measure in SHARES else f"{value:.1f}")
    return row
