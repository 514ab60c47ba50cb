"""What a session asks, key by key: how much it hurts, how many more would have gone, whether to try again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from patella.care.pain import NPRS_MAX
from patella.care.record import Effort, effort_of
from patella.terminal.countdown import Countdown
from patella.terminal.frames import HINT_EFFORT, HINT_PAIN, Frame
from patella.terminal.keys import BACKSPACE, DONE, ENTER, SLICE_S, Keys
from patella.terminal.stage import Stage
from patella.terminal.talk import LeftError

PAIN_WAIT_S = 20.0  # nobody has to touch a key: the question goes on unanswered
LONGEST_NUMBER = 3
ON = (ENTER, " ", DONE)
MOVES = ("b", "u", "q", "?")
ASK_EFFORT = "How many more could you have done?"


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Go to another step, in place of an answer."""

    at: int


class Asking:
    """Questions on a stage. `clock` gives monotonic seconds; `keys` waits no longer than it is told."""

    def __init__(self, keys: Keys, stage: Stage, clock: Callable[[], float]) -> None:
        """Nothing is asked yet."""
        self._keys = keys
        self._stage = stage
        self._clock = clock

    def pain(self, frame: Frame, question: str, *, move: Callable[[str], int | None] | None = None) -> int | To | None:
        """A number, None where it was left open, or another step to go to. Raises LeftError.

        `move` does what a key says that is no answer; with it the question goes on by itself after a while.
        """
        frame = replace(frame, doing=question, asks="", hint=HINT_PAIN)
        self._stage.note(question)
        typed = ""
        waits = Countdown(PAIN_WAIT_S, self._clock)
        while True:
            self._stage.draw(replace(frame, big=typed))
            key = self._keys.read(SLICE_S)
            if key is None and not typed and waits.left <= 0 and move is not None:
                self._stage.note("Left open; it can still be answered at the end.")
                return None
            if key in (ENTER, DONE):
                if not typed or int(typed) <= NPRS_MAX:
                    return int(typed) if typed else None
                self._stage.note("Pain is a whole number from 0 (none) to 10 (the worst).")
                typed = ""
            elif key is not None and (key.isdigit() or key == BACKSPACE):
                typed = with_key(typed, key)
            elif key in MOVES and move is not None:
                moved = move(key)
                if moved is not None:
                    return To(at=moved)
            elif key is not None:
                self._other(key, HINT_PAIN)

    def effort(self, frame: Frame) -> Effort | None:
        """One key: so many more would have gone; Enter leaves it open. Raises LeftError."""
        frame = replace(frame, doing=ASK_EFFORT, asks="", hint=HINT_EFFORT)
        self._stage.note(ASK_EFFORT)
        while True:
            self._stage.draw(frame)
            key = self._keys.read(SLICE_S)
            if key in ON:
                return None
            if key is not None and key.isdigit():
                return effort_of(int(key))
            if key is not None:
                self._other(key, HINT_EFFORT)

    def again(self, sentence: str) -> None:
        """Say what could not be saved, and wait until it is to be tried again. Raises LeftError."""
        self._stage.note(sentence)
        frame = Frame(place="Not saved", doing=sentence, hint="Enter tries again  q leaves")
        key = None
        while key not in (*ON, "r"):
            self._stage.draw(frame)
            key = self._keys.read(SLICE_S)
            if key == "q":
                raise LeftError

    def _other(self, key: str, hint: str) -> None:
        if key == "q":
            raise LeftError
        self._stage.note(hint)


def with_key(typed: str, key: str) -> str:
    """A number that is being typed, one key later."""
    return typed[:-1] if key == BACKSPACE else (typed + key)[-LONGEST_NUMBER:]
