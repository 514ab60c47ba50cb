"""The command line: `patella` and its commands. Thin: each hands over to the terminal as soon as it can."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import typer

from patella.serving import register as register_serving
from patella.serving import serve
from patella.terminal import options as o
from patella.terminal.door import TROUBLE, Commands, Shared, command, folder_of, print_json, run
from patella.terminal.film import register as register_films
from patella.terminal.library import register as register_library
from patella.terminal.own_data import register as register_own_data
from patella.terminal.page import Page
from patella.terminal.people import register as register_people
from patella.terminal.person import register as register_person
from patella.terminal.programme import register as register_programme
from patella.terminal.refused import InputError
from patella.terminal.reporting import register as register_reports
from patella.terminal.running import register as register_running

if TYPE_CHECKING:
    from patella.app.patella import Patella
    from patella.care.choice import Scope

DAYS_SHOWN = 14
MOST_DAYS = 36_500
FASTEST = 1000
OBJECTS_BETWEEN_CLEANINGS = 200_000

app = typer.Typer(
    cls=Commands, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)


def _scope(patella: Patella, *, full: bool, short: bool, snack: bool, only: str | None) -> tuple[Scope, str | None]:
    if sum((full, short, snack, only is not None)) > 1:
        raise InputError("--full, --short, --snack and --only do not go together; choose one.")
    from patella.care.choice import Scope

    if only is not None:
        from patella.terminal.exercises import find_exercise

        return Scope.ONE, find_exercise(patella.library, only).id
    asked = {Scope.FULL: full, Scope.SHORT: short, Scope.SNACK: snack}
    return next((scope for scope, wanted in asked.items() if wanted), Scope.TODAY), None


@app.callback(invoke_without_command=True)
def begin(
    ctx: typer.Context, *, data: o.DataOrEnvironment = None, day: o.Day = None, show_version: o.Version = False
) -> None:
    """A knee-care coach for runners: the right dose for today with the reason why, and an honest diary of one knee.

    `patella` alone opens the pages in your browser; `patella start` is the guided session right here. General
    information and an exercise log, not a medical device.
    """
    ctx.obj = Shared(data=data, day=day)
    if show_version:
        from patella.version import VERSION

        sys.stdout.write(f"patella {VERSION}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        serve(ctx)


@command(app, "start")
def start(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    full: o.Full = False,
    short: o.Short = False,
    snack: o.Snack = False,
    only: o.Only = None,
    quiet: o.Quiet = False,
    speed: o.Speed = 1.0,
) -> int:
    """Today's session, guided: the plan with its reasons, timers, the diary. It goes on where you left off.

    Keys in the session: space counts a rep, d is done, p pauses, h says that it hurts, q leaves, ? shows them all.

    Example: patella start --short
    """
    if not 0 < speed <= FASTEST:
        raise InputError(f"--speed takes a number above 0, up to {FASTEST}.")
    from patella.terminal.hall import open_hall
    from patella.terminal.start import start as guide

    scope, exercise_id = _scope(patella, full=full, short=short, snack=snack, only=only)
    return guide(patella, open_hall(quiet=quiet, speed=speed), scope=scope, only=exercise_id)


@command(app, "today")
def today(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    full: o.Full = False,
    short: o.Short = False,
    snack: o.Snack = False,
    only: o.Only = None,
    why: o.Why = False,
    as_json: o.AsJson = False,
) -> None:
    """What to do today, how much of it, and why.

    Example: patella today --why
    """
    from patella.app.today.today import answer_today

    scope, exercise_id = _scope(patella, full=full, short=short, snack=snack, only=only)
    answer = answer_today(patella, scope=scope, only=exercise_id)
    if as_json:
        print_json(answer)
        return
    from patella.app.history.units import units_of
    from patella.terminal.today import show_today

    show_today(Page.standard(), answer, units_of(patella), why=why)


register_person(app)
register_programme(app)


@command(app, "pain")
def pain(
    patella: Patella,
    *,
    nprs: o.Nprs,
    when: o.WhenAsked,
    knee: o.WhichKnee = None,
    exercise: o.InExercise = None,
    as_json: o.AsJson = False,
) -> None:
    """Note how much it hurts, and hear what that means.

    Example: patella pain 2 --when morning
    """
    from patella.terminal.exercises import find_exercise
    from patella.terminal.pain import note_pain, say_pain

    if exercise is not None and when != "during":
        raise InputError("--exercise goes with --when during.")
    exercise_id = None if exercise is None else find_exercise(patella.library, exercise).id
    answer = note_pain(patella, nprs, when, knee=knee, exercise_id=exercise_id)
    if as_json:
        print_json(answer)
    else:
        say_pain(Page.standard(), nprs, answer)


@command(app, "history")
def history(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    days: o.Days = DAYS_SHOWN,
    session: o.SessionId = None,
    edit: o.Edit = None,
    undo: o.Undo = False,
    entry: o.EntryId = None,
    sure: o.Sure = False,
    as_json: o.AsJson = False,
) -> None:
    """The diary: what you did day by day, how the knee answered, and what follows from it.

    Example: patella history --days 30
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError("--days takes a number from 1 on.")
    from patella.terminal import past

    if entry is not None and not undo:
        raise InputError("--entry goes with --undo.")
    if edit is not None or undo:
        past.amend(patella, edit, entry, sure=sure)
        return
    from patella.app.diary.verdicts import answer_history
    from patella.app.history.reading import person_of

    session_id = past.find_session(patella, session).id if session is not None else None
    answer = answer_history(patella, days=days, session_id=session_id)
    if as_json:
        print_json(answer)
    else:
        past.show_history(Page.standard(), answer, cautious=person_of(patella).cautious)


register_library(app)


@command(app, "handout")
def handout(
    patella: Patella,
    *,
    out: o.HandoutFile,
    full: o.Full = False,
    letter: o.Letter = None,
    replace: o.Replace = False,
) -> None:
    """Today's exercises on paper, with drawings and a grid to tick.

    Example: patella handout knee.pdf
    """
    from patella.app.person.settings import settings_of
    from patella.paper.handout import PaperError, write_handout
    from patella.terminal.busy import busy

    paper = settings_of(patella).letter if letter is None else letter
    try:
        with busy("Drawing the handout"):
            write_handout(patella, out, full=full, letter=paper, replace=replace)
    except PaperError as error:
        raise InputError(str(error)) from None
    Page.standard().say(f"Written: {out}")


register_own_data(app)


register_running(app)
register_films(app)
register_reports(app)


@app.command("doctor")
def doctor(ctx: typer.Context, *, data: o.Data = None, as_json: o.AsJson = False) -> None:
    """Whether everything Patella needs is in order, and what to do where it is not.

    Example: patella doctor
    """
    from dataclasses import asdict

    from patella.terminal.doctor import examine, show_checks

    checks = examine(folder_of(data or ctx.find_root().obj.data))
    if as_json:
        print_json([asdict(c) for c in checks])
    else:
        show_checks(Page.standard(), checks)
    raise typer.Exit(0 if all(c.ok for c in checks) else TROUBLE)


register_serving(app)
register_people(app)


def main() -> None:
    """Run the command line and end the process with its exit code: 0, 1 for trouble, 2 for bad input."""
    # A start makes a great many objects that all stay: to look for garbage among them is a tenth of its time.
    gc.set_threshold(OBJECTS_BETWEEN_CLEANINGS)
    sys.exit(run(app, sys.argv[1:]))


if __name__ == "__main__":
    main()
