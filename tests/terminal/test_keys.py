from __future__ import annotations

import io
import os
import pty
import signal
import termios
import time
from collections.abc import Iterator

import pytest

from patella.terminal.keys import ENTER, InputEndedError, LineKeys, LineReader, single_keys

SOON_S = 2.0


def keys_of(text: str) -> list[str]:
    keys = LineKeys(LineReader(io.StringIO(text).readline))
    found: list[str] = []
    try:
        while key := keys.read(SOON_S):
            found.append(key)
    except InputEndedError:
        return found
    raise AssertionError("the input ought to have ended")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ["d"]),
        ("12", ["1", "2", ENTER]),
        ("+++", ["+", "+", "+"]),
        ("p", ["p"]),
        ("  Pause ", ["p"]),
        ("quit", ["q"]),
        ("help", ["?"]),
        ("?", ["?"]),
        ("banana", ["unknown:banana"]),
    ],
)
def test_a_line_stands_for_keys(line: str, expected: list[str]) -> None:
    assert keys_of(f"{line}\n") == expected


def test_a_last_line_without_an_end_still_counts() -> None:
    assert keys_of("d\n7") == ["d", "7", ENTER]


def test_a_reader_gives_nothing_while_nobody_types_and_the_line_as_soon_as_it_is_there() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream:
        reader = LineReader.of(stream)
        before = time.monotonic()
        assert reader.read(0.05) is None
        assert time.monotonic() - before < SOON_S
        os.write(writing, b"hello\r\n")
        assert reader.read(SOON_S) == "hello"
        os.close(writing)
        with pytest.raises(InputEndedError):
            reader.read(SOON_S)
        with pytest.raises(InputEndedError):
            reader.read(SOON_S)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A person's end and a program's end of a terminal."""
    person, program = pty.openpty()
    yield person, program
    os.close(person)
    os.close(program)


def test_single_keys_come_one_by_one_without_enter(terminal: tuple[int, int]) -> None:
    person, program = terminal
    with single_keys(program) as keys:
        os.write(person, b"hP \x7f\r")
        assert [keys.read(SOON_S) for _ in range(5)] == ["h", "p", " ", "backspace", ENTER]
        assert keys.read(0.0) is None


def test_an_arrow_key_is_no_key(terminal: tuple[int, int]) -> None:
    person, program = terminal
    with single_keys(program) as keys:
        os.write(person, b"\x1b[A")
        assert keys.read(SOON_S) is None


def test_the_end_of_input_on_a_terminal_is_an_end(terminal: tuple[int, int]) -> None:
    person, program = terminal
    with single_keys(program) as keys:
        os.write(person, b"\x04")
        with pytest.raises(InputEndedError):
            keys.read(SOON_S)


def test_however_it_ends_the_terminal_is_as_it_was_before(terminal: tuple[int, int]) -> None:
    _, program = terminal
    before = termios.tcgetattr(program)

    def interrupted() -> None:
        with single_keys(program):
            assert termios.tcgetattr(program)[3] != before[3]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert termios.tcgetattr(program) == before


def test_an_interrupt_waits_for_the_next_key_so_that_it_cuts_nothing_in_half(terminal: tuple[int, int]) -> None:
    _, program = terminal
    written: list[str] = []

    def walk() -> None:
        with single_keys(program) as keys:
            signal.raise_signal(signal.SIGINT)
            written.append("whole")
            keys.read(SOON_S)
            written.append("never")

    with pytest.raises(KeyboardInterrupt):
        walk()
    assert written == ["whole"]


def test_a_second_interrupt_waits_for_nothing(terminal: tuple[int, int]) -> None:
    _, program = terminal

    def hang() -> None:
        with single_keys(program):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            pytest.fail("went on after the second")

    with pytest.raises(KeyboardInterrupt):
        hang()


def test_an_interrupt_after_the_last_key_is_heard_at_the_end(terminal: tuple[int, int]) -> None:
    _, program = terminal
    with pytest.raises(KeyboardInterrupt), single_keys(program):
        signal.raise_signal(signal.SIGINT)
