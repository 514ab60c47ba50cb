"""The way back to running at the terminal: the stage of today, and a timer that walks you through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from patella.app.knee.noted import Noted, note_knee
from patella.app.patella import Patella
from patella.app.running.comeback import Outing, note_outing, note_step
from patella.app.running.load import answer_running
from patella.app.running.told import ToldComeback, ToldSegment
from patella.care.comeback import Part, Step
from patella.care.pain import When
from patella.care.place import Doing
from patella.terminal.countdown import Countdown
from patella.terminal.frames import Frame
from patella.terminal.keys import SLICE_S, InputEndedError, Keys
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.stage import Stage
from patella.terminal.stages import show_stage
from patella.terminal.start import Hall
from patella.terminal.talk import LeftError

SAYS: Mapping[str, str] = {Part.WALK: "Walk", Part.RUN: "Run easily", Part.FAST: "A little faster"}
NOTHING = "There is no way back to walk: running goes on as it is. patella run --back begins one."
INTERRUPTED, LEAST_S = 130, 60.0
HINT = "space next piece  p pause  q stop here"


def take_step(app: Patella, step: str) -> None:
    """Begin the way back (begun), go a stage back after an illness (paused), or leave it (left)."""
    note_step(app, Step(step))


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The stage of today, or what is said in its place."""

    comeback: ToldComeback | None
    no_run_text: str | None


def answer_back(app: Patella) -> Back:
    """The stage of today, or what is said in its place."""
    answer = answer_running(app)
    return Back(comeback=answer.comeback, no_run_text=answer.no_run_text)


def show_back(page: Page, answer: Back) -> None:
    """The answer of `answer_back`."""
    if answer.comeback:
        show_stage(page, answer.comeback)
    else:
        page.say(answer.no_run_text or NOTHING)


def stage_of(app: Patella) -> ToldComeback:
    """The stage of today. Raises InputError where there is none, with what is said in its place."""
    answer = answer_running(app)
    if answer.no_run_text or not answer.comeback:
        raise InputError(answer.no_run_text or NOTHING)
    return answer.comeback


def walk_through(app: Patella, hall: Hall) -> int:
    """The outing of today's stage, then how the knee was; gives the exit code, 130 after Ctrl-C.

    Space or Enter skips a piece, p pauses, q ends the outing early. What was walked and run is kept.
    Raises InputError where there is no stage, TrainingError, StoreError.
    """
    comeback = stage_of(app)
    show_stage(hall.page, comeback)
    if not comeback.today:
        return 0
    outing = _Timer(comeback.segments, hall.clock)
    interrupted = False
    try:
        with contextmanager(hall.open_player)() as (keys, stage):
            outing.walk(keys, stage)
    except InputEndedError:
        outing.complete = False
    except KeyboardInterrupt:
        outing.complete, interrupted = False, True
    if outing.gone_s < LEAST_S:
        hall.page.say("Hardly begun, so it is not kept. Another time!")
    else:
        done = Outing(stage=comeback.stage, seconds=round(outing.gone_s), complete=outing.complete)
        note_outing(app, done)
        well = "That is it. Well done." if outing.complete else "Stopped, and kept as far as you went."
        hall.page.say(well, tone=Tone.STRONG)
        if not interrupted:
            _ask(app, hall)
    return INTERRUPTED if interrupted else 0


class _Timer:
    """An outing under way: its pieces by a clock, and how far it has come."""

    def __init__(self, segments: Sequence[ToldSegment], clock: Callable[[], float]) -> None:
        self._segments = segments
        self._clock = clock
        self.gone_s = 0.0
        self.complete = True

    def walk(self, keys: Keys, stage: Stage) -> None:
        """Piece by piece to the end, or to where the person stops. Raises InputEndedError, KeyboardInterrupt."""
        for number, segment in enumerate(self._segments):
            timer = Countdown(float(segment.seconds), self._clock)
            stage.announce(self._frame(number, timer))
            stage.ring()
            try:
                went_on = self._piece(number, timer, keys, stage)
            finally:
                self.gone_s += timer.elapsed
            if not went_on:
                self.complete = False
                return

    def _piece(self, number: int, timer: Countdown, keys: Keys, stage: Stage) -> bool:
        paused = False
        while timer.left:
            key = keys.read(SLICE_S if paused else min(timer.to_next_second, timer.left))
            if key == "q":
                return False
            if key == "p" or (paused and key is not None):
                paused = not paused
                timer.pause() if paused else timer.go_on()
                stage.note("Paused. p goes on." if paused else "")
            elif key in (" ", "enter", "d", "s"):
                return True
            for second in timer.passed_seconds():
                stage.count(second)
            stage.draw(self._frame(number, timer))
        return True

    def _frame(self, number: int, timer: Countdown) -> Frame:
        minutes, seconds = divmod(timer.shown, 60)
        after = self._segments[number + 1] if number + 1 < len(self._segments) else None
        return Frame(
            place=f"{number + 1} of {len(self._segments)}",
            doing=SAYS[self._segments[number].part],
            asks=_minutes(self._segments[number]),
            big=f"{minutes}:{seconds:02}",
            coming=f"Then: {SAYS[after.part].lower()}, {_minutes(after)}" if after else "The last piece.",
            hint=HINT,
        )


def _minutes(segment: ToldSegment) -> str:
    return f"{segment.seconds // 60} min"


def _ask(app: Patella, hall: Hall) -> None:
    try:
        nprs = hall.talk.ask_pain("How much did the knee hurt at its worst?")
    except (LeftError, InputEndedError):
        nprs = None
    if nprs is None:
        hall.page.say("Without an answer it does not count yet: patella knee N --doing run.")
        return
    said = note_knee(app, Noted(nprs=nprs, when=When.DURING, doing=Doing.RUN))
    hall.page.say(said.clearance_text or said.text)
    hall.page.say("In an hour, and tomorrow morning, say how it is: patella pain N --when morning.")
