"""The stage of the way back to running, in a few lines."""

from __future__ import annotations

from patella.app.running.told import ToldComeback
from patella.terminal.page import Page, Tone


def show_stage(page: Page, comeback: ToldComeback) -> None:
    """The stage of today in a few lines."""
    page.say(f"The way back to running, {comeback.number} of {comeback.of}", tone=Tone.STRONG)
    page.item(f"{comeback.name}. {comeback.how}")
    for reason in comeback.because[1:]:
        page.item(reason.text)
    if comeback.today:
        page.item("patella run --timer walks you through it.")
    page.say()
