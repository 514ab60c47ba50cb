"""Questions to a person, one at a time, on a terminal or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from patella.care.pain import NPRS_MAX
from patella.terminal.keys import InputEndedError, LineReader
from patella.terminal.page import Page, Tone

BACK, LEAVE = "b", "q"


class LeftError(Exception):
    """The person wants to stop here."""


class Talk:
    """A page to write on and a person who answers in lines."""

    def __init__(self, page: Page, read_line: Callable[[], str]) -> None:
        """`read_line` gives a line without its end; it raises InputEndedError when nobody answers any more."""
        self.page = page
        self._read_line = read_line

    @classmethod
    def on_terminal(cls, page: Page) -> Talk:
        """Answers typed at a real terminal, with its own line editing."""

        def read_line() -> str:
            try:
                return input()
            except EOFError:
                raise InputEndedError from None

        return cls(page, read_line)

    @classmethod
    def through(cls, page: Page, reader: LineReader) -> Talk:
        """Answers from the lines of a stream."""

        def read_line() -> str:
            line = reader.read(None)
            page.say()
            return line or ""

        return cls(page, read_line)

    def ask(self, prompt: str) -> str:
        """One line. Raises LeftError for `q`, InputEndedError at the end of input."""
        self.page.prompt(prompt)
        answer = self._read_line().strip()
        if answer.lower() in (LEAVE, "quit", "exit"):
            raise LeftError
        return answer

    def ask_choice(self, question: str, choices: Sequence[str], *, back: bool = False) -> int | None:
        """The number of one choice, from 0; None for back. Enter alone is never an answer."""
        self._show(question, choices)
        while True:
            answer = self.ask(_what(f"1 to {len(choices)}", back=back)).lower()
            if back and answer == BACK:
                return None
            number = _whole(answer)
            if number is not None and 1 <= number <= len(choices):
                return number - 1
            self.page.say(f"Please type a number from 1 to {len(choices)}.")

    def ask_several(
        self, question: str, choices: Sequence[str], *, back: bool = False, least_one: bool = False
    ) -> list[int] | None:
        """The numbers of any of the choices, from 0, in order; 0 typed alone means none of these. None for back."""
        self._show(question, choices)
        takes = "numbers with spaces" if least_one else "0 for none of these, or numbers with spaces"
        while True:
            answer = self.ask(_what(takes, back=back)).lower()
            if back and answer == BACK:
                return None
            numbers = [_whole(part) for part in answer.replace(",", " ").split()]
            if numbers == [0] and not least_one:
                return []
            if numbers and all(n is not None and 1 <= n <= len(choices) for n in numbers):
                return sorted({n - 1 for n in numbers if n is not None})
            none = "" if least_one else ", or 0 for none of them"
            self.page.say(f"Please type numbers from 1 to {len(choices)}, such as `1 3`{none}.")

    def ask_pain(self, question: str) -> int | None:
        """Pain from 0 to 10; None when Enter says that it is not known."""
        self.page.say(question, tone=Tone.STRONG)
        while True:
            answer = self.ask("0 to 10, Enter to leave it open:")
            number = _whole(answer)
            if not answer or (number is not None and number <= NPRS_MAX):
                return number
            self.page.say("Pain is a whole number from 0 (none) to 10 (the worst).")

    def confirm(self, question: str) -> bool:
        """Whether the answer is yes; anything else is no."""
        return self.ask(f"{question} (y for yes):").lower() in ("y", "yes")

    def _show(self, question: str, choices: Sequence[str]) -> None:
        self.page.say()
        self.page.say(question, tone=Tone.STRONG)
        for number, choice in enumerate(choices, 1):
            self.page.item(choice, mark=f"{number:>3}")


def _what(takes: str, *, back: bool) -> str:
    return f"{takes} (b: back, q: leave):" if back else f"{takes} (q: leave):"


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None  # noqa: PLR2004 - no number is long


def is_somebody_there() -> bool:
    """Whether a person sits at both ends: a terminal to read from and one to write to."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
