"""A set of repetitions that a beat leads, on a clock that knows when it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from patella.care.library import Library
from patella.care.task import Task
from patella.motion.beat import Beat
from patella.terminal.countdown import Countdown


class LedSet:
    """How far the beat has led a set. `counted`: whether it has counted anything."""

    def __init__(self, beat: Beat, clock: Callable[[], float], *, done: int) -> None:
        """Begin now, `done` repetitions being over."""
        self._beat = beat
        self._timer = Countdown(beat.seconds - done * beat.tempo.rep_s, clock)
        self._over = done
        self.counted = False

    @classmethod
    def of(cls, task: Task, library: Library, clock: Callable[[], float], *, done: int) -> LedSet | None:
        """The beat of a task; None where an exercise has no tempo."""
        beat = beat_of(task, library)
        return cls(beat, clock, done=done) if beat else None

    @property
    def word(self) -> str:
        """What is being done now."""
        return self._beat.word(self._timer.left)

    @property
    def to_next(self) -> float:
        """Seconds until the next repetition is over, at least a moment."""
        return max(0.05, self._timer.left % self._beat.tempo.rep_s)

    def new_reps(self) -> int:
        """Repetitions that are over since this was asked."""
        over = self._beat.reps_over(self._timer.left)
        new, self._over = max(0, over - self._over), max(over, self._over)
        self.counted = self.counted or new > 0
        return new

    @contextmanager
    def standing(self) -> Iterator[None]:
        """The beat stands still meanwhile."""
        self._timer.pause()
        yield
        self._timer.go_on()


def beat_of(task: Task, library: Library) -> Beat | None:
    """The beat of a task, with the exercise's own words; None where there is no tempo."""
    if task.tempo is None or task.asked.reps is None:
        return None
    exercise = library.exercises.get(task.exercise_id)
    cues = exercise.words.cues if exercise else {}
    return Beat(tempo=task.tempo, reps=task.asked.reps, out=cues.get("out", "Out"), back=cues.get("back", "Back"))
