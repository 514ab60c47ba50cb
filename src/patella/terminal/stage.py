"""Where a session is shown: a screen that is drawn anew, or lines that stay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from patella.terminal.digits import draw_number
from patella.terminal.frames import KEYS, Frame
from patella.terminal.page import Page, Tone

if TYPE_CHECKING:
    from rich.console import Console, Group
    from rich.live import Live
    from rich.text import Text

LINES_AROUND = 9  # what stands above and below the big number at most


class Stage(Protocol):
    """What a player needs to be seen and heard."""

    def announce(self, frame: Frame) -> None:
        """A new step begins."""

    def draw(self, frame: Frame) -> None:
        """The same step a moment later."""

    def note(self, text: str) -> None:
        """Something has been said: a cue, an answer, a trouble."""

    def count(self, second: int) -> None:
        """One of the last seconds is reached."""

    def ring(self) -> None:
        """Ring the bell, unless it is to be quiet."""

    def keys(self) -> None:
        """Show what each key does."""


class LineStage:
    """Plain lines, for a pipe or a terminal that cannot be drawn on."""

    def __init__(self, page: Page, *, quiet: bool) -> None:
        """Write to a page."""
        self._page = page
        self._quiet = quiet
        self._counting = False

    def announce(self, frame: Frame) -> None:
        """See Stage."""
        self._end_count()
        self._page.say()
        self._page.say(frame.place, tone=Tone.STRONG)
        self._page.say(". ".join(t for t in (frame.doing, frame.asks, frame.cue) if t))

    def draw(self, frame: Frame) -> None:
        """See Stage: what stands on paper stays as it is."""

    def note(self, text: str) -> None:
        """See Stage."""
        self._end_count()
        self._page.say(text)

    def count(self, second: int) -> None:
        """See Stage."""
        self._page.prompt(str(second))
        self._counting = True

    def ring(self) -> None:
        """See Stage."""
        if not self._quiet:
            self._page.bell()

    def keys(self) -> None:
        """See Stage."""
        self._end_count()
        for key, what in KEYS.items():
            self._page.item(f"{key}: {what}")

    def _end_count(self) -> None:
        if self._counting:
            self._page.say()
        self._counting = False


class LiveStage:
    """The whole screen, drawn anew each time, so that any change of its size is made good at once."""

    def __init__(self, console: Console, live: Live, *, quiet: bool) -> None:
        """Use `live_stage`."""
        self._console = console
        self._live = live
        self._quiet = quiet
        self._note = ""
        self._fresh = False
        self._drawn: object = None

    def announce(self, frame: Frame) -> None:
        """See Stage. A note that belongs to what was done last is shown for one more step."""
        self._note = self._note if self._fresh else ""
        self._fresh = False
        self.draw(frame)

    def draw(self, frame: Frame) -> None:
        """See Stage."""
        wanted = (frame, self._note, self._console.size)
        if wanted != self._drawn:
            self._live.update(self._laid_out(frame), refresh=True)
            self._drawn = wanted

    def note(self, text: str) -> None:
        """See Stage."""
        self._note, self._fresh = text, True

    def count(self, second: int) -> None:
        """See Stage: the big number says it."""

    def ring(self) -> None:
        """See Stage."""
        if not self._quiet:
            self._console.bell()

    def keys(self) -> None:
        """See Stage."""
        self.note("\n".join(f"{key}: {what}" for key, what in KEYS.items()))

    def _laid_out(self, frame: Frame) -> Group:
        from rich.console import Group

        width, height = self._console.size
        room = height - LINES_AROUND - self._note.count("\n")
        block = "█" if self._console.encoding.lower().startswith("utf") else "#"
        number = draw_number(frame.big, width=width - 2, height=room, block=block)
        gap = [""] if height > LINES_AROUND + 2 * len(number) else []
        lines = [
            (frame.place, "bold"),
            (frame.doing, ""),
            (frame.asks, ""),
            *((g, "") for g in gap),
            ("\n".join(number), "bold"),
            (frame.unit, ""),
            *((g, "") for g in gap),
            (frame.cue, "italic"),
            (self._note if self._note != frame.doing else "", "bold"),
            (frame.coming, ""),
            (frame.hint, "dim"),
        ]
        return Group(*(_centred(text, style) for text, style in lines if text or (text, style) == ("", "")))


def _centred(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style=style, justify="left" if "\n" in text and ": " in text else "center")


@contextmanager
def live_stage(page: Page, *, quiet: bool) -> Iterator[LiveStage]:
    """A stage on the whole screen; what stood there before comes back at the end."""
    from rich.console import Console
    from rich.live import Live

    console = Console(file=page.stream, no_color=not page.colour, highlight=False, force_terminal=True)
    with Live(console=console, screen=True, auto_refresh=False) as live:
        yield LiveStage(console, live, quiet=quiet)
