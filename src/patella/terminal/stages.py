"""The stage of the way back to running, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patella.terminal.page import Page, Tone

Values = Mapping[str, object]


def show_stage(page: Page, comeback: Values) -> None:
    """The stage of today in a few lines."""
    reasons: Sequence[Values] = comeback["because"]  # type: ignore[assignment]
    page.say(f"The way back to running, {comeback['number']} of {comeback['of']}", tone=Tone.STRONG)
    page.item(f"{comeback['name']}. {comeback['how']}")
    for reason in reasons[1:]:
        page.item(str(reason["text"]))
    if comeback["today"]:
        page.item("patella run --timer walks you through it.")
    page.say()
