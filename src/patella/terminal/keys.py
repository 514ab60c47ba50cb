"""Keys from a person: single ones from a real terminal, lines from a pipe. One small interface for both."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Protocol, TextIO

SLICE_S = 0.25  # how long a wait for a key may last before the screen is drawn anew, which is how it survives a resize
ENTER, DONE, BACKSPACE, UNKNOWN = "enter", "d", "backspace", "unknown:"
NAMED = {"\r": ENTER, "\n": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE}
END_OF_INPUT = "\x04"
WORDS = {
    "": DONE,
    "done": DONE,
    "next": DONE,
    "pause": "p",
    "back": "b",
    "skip": "s",
    "swap": "w",
    "easier": "e",
    "hurts": "h",
    "undo": "u",
    "quit": "q",
    "exit": "q",
    "help": "?",
}


class InputEndedError(Exception):
    """There is nobody there any more: the pipe is empty, or the person closed the input."""


class Keys(Protocol):
    """Where keys come from."""

    def read(self, timeout_s: float) -> str | None:
        """The next key, or None when there was none in that time. Raises InputEndedError at the end of input.

        A key is one character, or `enter` or `backspace`; a line that is no key comes as `unknown:` and the line.
        """


class LineReader:
    """Lines of a stream, read beside the timers in a thread, so that a timer runs on while nobody types."""

    def __init__(self, read_line: Callable[[], str], close: Callable[[], None] = lambda: None) -> None:
        """`read_line` blocks for a line and gives an empty text at the end, as the `readline` of a stream does.

        `close` is called once at the end.
        """
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._read_line = read_line
        self._close = close
        self._ended = False
        self._thread: threading.Thread | None = None

    @classmethod
    def of(cls, stream: TextIO) -> LineReader:
        """A reader of a stream that may be the standard input."""
        try:
            # A stream of our own on the same file: at exit Python would wait for the lock of a stream a thread reads.
            own = open(os.dup(stream.fileno()), encoding=stream.encoding, errors="replace")  # noqa: SIM115, PTH123
        except (OSError, ValueError, AttributeError):
            return cls(stream.readline)
        return cls(own.readline, own.close)

    def read(self, timeout_s: float | None) -> str | None:
        """The next line without its end; None when there was none in that time. Raises InputEndedError."""
        if self._ended:
            raise InputEndedError
        if self._thread is None:
            self._thread = threading.Thread(target=self._read_on, daemon=True)
            self._thread.start()
        line = self._next(timeout_s)
        if line == "":
            self._ended = True
            raise InputEndedError
        return None if line is None else line.rstrip("\r\n")

    def _next(self, timeout_s: float | None) -> str | None:
        while True:
            try:
                # In slices: on Windows a wait without end cannot be interrupted.
                return self._lines.get(timeout=SLICE_S if timeout_s is None else max(timeout_s, 0.0))
            except queue.Empty:
                if timeout_s is not None:
                    return None

    def _read_on(self) -> None:
        line = "begin"
        while line:
            try:
                line = self._read_line()
            except (OSError, ValueError):
                line = ""
            if not line:
                self._close()
            self._lines.put(line)


class LineKeys:
    """Keys from lines: an empty line is `d` (done, next), a number is typed and confirmed, a word is its key."""

    def __init__(self, reader: LineReader) -> None:
        """Use the reader that the questions use as well, so that no line is lost between them."""
        self._reader = reader
        self._waiting: deque[str] = deque()

    def read(self, timeout_s: float) -> str | None:
        """See `Keys.read`."""
        if not self._waiting:
            line = self._reader.read(timeout_s)
            if line is None:
                return None
            self._waiting.extend(_keys_of(line.strip().lower()))
        return self._waiting.popleft()


def _keys_of(line: str) -> tuple[str, ...]:
    if line in WORDS:
        return (WORDS[line],)
    if line.isascii() and line.isdigit():
        return (*line, ENTER)
    if len(line) == 1 or set(line) == {"+"}:
        return tuple(line)
    return (f"{UNKNOWN}{line}",)


class RawKeys:
    """Single keys from a POSIX terminal in cbreak mode; use it as a context, which puts the terminal back."""

    def __init__(self, handle: int) -> None:
        """`handle` is the file descriptor of a terminal."""
        self._handle = handle
        self._waiting: deque[str] = deque()
        self._interrupted = False

    def interrupt(self, *_: object) -> None:
        """Hear Ctrl-C: the next read raises it, so that it cuts no write and is lost nowhere; a second one at once."""
        if self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True

    def end(self) -> None:
        """Raise KeyboardInterrupt when Ctrl-C was heard after the last key."""
        if self._interrupted:
            raise KeyboardInterrupt

    def read(self, timeout_s: float) -> str | None:
        """See `Keys.read`. Raises KeyboardInterrupt."""
        import select

        if not self._waiting and not self._interrupted:
            ready, _, _ = select.select([self._handle], [], [], min(max(timeout_s, 0.0), SLICE_S))
            if ready and not self._interrupted:
                self._waiting.extend(_characters(os.read(self._handle, 64)))
        self.end()
        return self._waiting.popleft() if self._waiting else None


def _characters(data: bytes) -> Iterator[str]:
    """The keys in what a terminal sent; arrows and other sequences that begin with Escape are left out."""
    text = data.decode(errors="replace")
    if not text or END_OF_INPUT in text:
        raise InputEndedError
    if not text.startswith("\x1b"):
        yield from (NAMED.get(c, c.lower()) for c in text)


def can_read_single_keys() -> bool:
    """Whether this system knows how to read keys one by one (Windows does not, so there it is lines)."""
    try:
        import termios
    except ImportError:
        return False
    return hasattr(termios, "tcgetattr")


@contextmanager
def single_keys(handle: int) -> Iterator[RawKeys]:
    """Keys one by one; however the block ends, the terminal is as it was before.

    That also holds for a polite end from outside (SIGTERM, SIGHUP); after a stop and `fg` the mode is set again.
    """
    import termios
    import tty

    before = termios.tcgetattr(handle)
    keys = RawKeys(handle)

    def begin(*_: object) -> None:
        tty.setcbreak(handle)

    def end(number: int, _: object) -> None:
        sys.exit(128 + number)

    handlers: dict[int, Callable[[int, FrameType | None], Any]] = {
        signal.SIGCONT: begin,
        signal.SIGINT: keys.interrupt,
        signal.SIGTERM: end,
        signal.SIGHUP: end,
    }
    old = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    begin()
    try:
        yield keys
        keys.end()
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
