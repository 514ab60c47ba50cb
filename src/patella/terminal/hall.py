"""Sets up where a guided session takes place: a real terminal with single keys, or lines through a pipe."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from patella.terminal.keys import Keys, LineKeys, LineReader, can_read_single_keys, single_keys
from patella.terminal.page import Page
from patella.terminal.stage import LineStage, Stage, live_stage
from patella.terminal.start import Hall
from patella.terminal.talk import Talk, is_somebody_there


@dataclass(frozen=True, slots=True, kw_only=True)
class Faster:
    """Keys for a clock that runs `speed` times as fast: they wait that much less."""

    keys: Keys
    speed: float

    def read(self, timeout_s: float) -> str | None:
        """See Keys."""
        return self.keys.read(timeout_s / self.speed)


def open_hall(*, quiet: bool = False, speed: float = 1.0, error: bool = False) -> Hall:
    """The hall for whoever is at the other end. `speed` lets all timers run so many times as fast.

    `error` asks on the standard error, where the standard output is for an answer in JSON.
    """
    page = Page.standard(error=error)

    def clock() -> float:
        return time.monotonic() * speed

    if is_somebody_there() and can_read_single_keys() and can_be_drawn_on(page):
        return Hall(talk=Talk.on_terminal(page), open_player=lambda: _on_screen(page, quiet, speed), clock=clock)
    reader = LineReader.of(sys.stdin)
    return Hall(talk=Talk.through(page, reader), open_player=lambda: _in_lines(page, reader, quiet, speed), clock=clock)


def can_be_drawn_on(page: Page) -> bool:
    """Whether the page is a terminal that can do more than write one line after the other."""
    return page.stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def open_talk(*, error: bool = False) -> Talk:
    """Somebody to talk to, where no player is needed."""
    return open_hall(error=error).talk


def _on_screen(page: Page, quiet: bool, speed: float) -> Iterator[tuple[Keys, Stage]]:  # noqa: FBT001 - handed through
    with single_keys(sys.stdin.fileno()) as keys, live_stage(page, quiet=quiet) as stage:
        yield Faster(keys=keys, speed=speed), stage


def _in_lines(page: Page, reader: LineReader, quiet: bool, speed: float) -> Iterator[tuple[Keys, Stage]]:  # noqa: FBT001
    yield Faster(keys=LineKeys(reader), speed=speed), LineStage(page, quiet=quiet)
