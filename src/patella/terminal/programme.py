"""`patella programme`: what a physiotherapist set, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from patella.terminal import options as o
from patella.terminal.door import command, print_json
from patella.terminal.page import Page, Tone
from patella.terminal.wording import counted, day_of

if TYPE_CHECKING:
    from patella.app.patella import Patella
    from patella.app.programme.setting import Programmes, SetDose, SetProgramme

End = Annotated[bool, typer.Option("--end", help="End it; the plan is Patella's own again.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    command(app, "programme")(programme)


def programme(patella: Patella, *, end: End = False, as_json: o.AsJson = False) -> None:
    """What your physiotherapist set for you: exercises, doses and notes. You can end it at any time.

    Example: patella programme
    """
    from patella.app.programme.setting import end_programme, programmes_of

    stands = end_programme(patella) if end else programmes_of(patella)
    if as_json:
        print_json(stands)
    else:
        _show(Page.standard(), stands, ended=end)


def _show(page: Page, stands: Programmes, *, ended: bool) -> None:
    if ended:
        page.say("Ended. Today's plan is Patella's own again.", tone=Tone.STRONG)
    elif stands.now is None and stands.later is None:
        page.say("No physiotherapist has set a programme for you. Today's plan is Patella's own: patella today")
    for found in (stands.now, stands.later):
        if found:
            _show_one(page, found, begins=found is stands.later)


def _show_one(page: Page, found: SetProgramme, *, begins: bool) -> None:
    page.say(f"Set by your physiotherapist, {found.by}, on {day_of(found.on)}", tone=Tone.STRONG)
    if begins:
        page.say(f"It begins on {day_of(found.since)}.")
    if found.until:
        page.say(f"Its last day is {day_of(found.until)}.")
    if found.note:
        page.say(found.note)
    for number, line in enumerate(found.exercises, 1):
        page.say()
        page.say(line.name, tone=Tone.STRONG, indent=f"{number}. ", hang="   ")
        often = f", {counted(line.days_a_week, 'day')} a week" if line.days_a_week else ""
        most = f". At most {_amount(line.most)}" if line.most != line.start else ""
        page.say(f"{counted(line.start.sets, 'set')} of {_amount(line.start)}{often}{most}.", indent="   ")
        if line.note:
            page.say(line.note, indent="   ")
    page.say()
    page.say("How your knee is still comes first: pain lowers a dose at once. To end it: patella programme --end")


def _amount(dose: SetDose) -> str:
    much = str(dose.reps) if dose.reps is not None else f"{counted(dose.holds or 1, 'hold')} of {dose.hold_s:g} s"
    return f"{much}, {dose.resistance}" if dose.resistance else much
