"""What is written to a terminal or a pipe: wrapped to its width, in colour only where colour is wanted."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from enum import StrEnum
from typing import TextIO

WIDEST = 88
NARROWEST = 20


class Tone(StrEnum):
    """How a text is meant; the value is the ANSI code that says so where there is colour. Never the only sign of it."""

    PLAIN = ""
    STRONG = "1"
    QUIET = "2"
    GREEN = "32"
    AMBER = "33"
    RED = "1;31"


class Page:
    """A stream of text with a width."""

    def __init__(self, stream: TextIO, *, width: Callable[[], int], colour: bool) -> None:
        """`width` is asked anew for each text, since a window may change."""
        self.stream = stream
        self.colour = colour
        self._width = width

    @classmethod
    def standard(cls, *, error: bool = False) -> Page:
        """The standard output, or the standard error."""
        stream = sys.stderr if error else sys.stdout
        return cls(stream, width=_terminal_width, colour=wants_colour(stream))

    @property
    def width(self) -> int:
        """Columns to write in."""
        return max(NARROWEST, min(self._width(), WIDEST))

    def say(self, text: str = "", *, tone: Tone = Tone.PLAIN, indent: str = "", hang: str | None = None) -> None:
        """Write a paragraph; `indent` stands before its first line and `hang` before the others."""
        rest = indent if hang is None else hang
        for paragraph in text.split("\n"):
            lines = textwrap.wrap(
                paragraph, self.width, initial_indent=indent, subsequent_indent=rest, break_on_hyphens=False
            )
            for line in lines or [""]:
                self._write(self.toned(line, tone) + "\n")
            indent = rest

    def item(self, text: str, *, mark: str = "-", tone: Tone = Tone.PLAIN) -> None:
        """Write one line of a list."""
        self.say(text, tone=tone, indent=f"{mark} ", hang=" " * (len(mark) + 1))

    def shout(self, text: str) -> None:
        """Write what must not be missed: alone, between two lines, strong."""
        rule = "=" * self.width
        self.say()
        self._write(self.toned(rule, Tone.RED) + "\n")
        self.say(text, tone=Tone.RED, indent=" ")
        self._write(self.toned(rule, Tone.RED) + "\n")
        self.say()

    def draw(self, line: str) -> None:
        """Write a line as it is, which is known to fit."""
        self._write(f"{line}\n")

    def prompt(self, text: str) -> None:
        """Write what asks for an answer, without ending the line."""
        self._write(f"{text} ")

    def bell(self) -> None:
        """Ring, where there is somebody to hear it."""
        if self.stream.isatty():
            self._write("\a")

    def toned(self, text: str, tone: Tone) -> str:
        """The text in its tone."""
        return f"\x1b[{tone.value}m{text}\x1b[0m" if self.colour and tone else text

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes there: to a terminal that can, unless NO_COLOR says otherwise (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _terminal_width() -> int:
    return shutil.get_terminal_size((80, 24)).columns
