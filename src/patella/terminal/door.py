"""How a command gets what it works on: where the diary is, which day it is, and what is said when it cannot be done."""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import typer
from typer.core import TyperGroup

from patella.care.entries.field import plain
from patella.terminal.options import Data, Day
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError

if TYPE_CHECKING:
    from patella.app.patella import Patella
    from patella.care.units import Units

BAD_INPUT, TROUBLE, INTERRUPTED = 2, 1, 130
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What may stand ahead of a command as well as behind it."""

    data: Path | None = None
    day: str | None = None


class Commands(TyperGroup):
    """The commands in the order they are written; an unknown one is answered with those there are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - these types of Typer are not public
        """Find the command. Raises InputError that says what there is."""
        wanted = args[0] if args else ""
        if wanted not in self.commands and not wanted.startswith("-"):
            near = get_close_matches(wanted, list(self.commands), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise InputError(f"There is no command {wanted!r}.{hint} There is: {', '.join(self.commands)}.")
        return super().resolve_command(ctx, args)


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., int | None]], Callable[..., None]]:
    """Make a function a command on the diary: it gets an open Patella, and takes --data and --date as well."""

    def register(function: Callable[..., int | None]) -> Callable[..., None]:
        @wraps(function)
        def run(ctx: typer.Context, data: Path | None = None, day: str | None = None, **options: object) -> None:
            shared: Shared = ctx.find_root().obj
            with opened(folder_of(data or shared.data), clock_of(day or shared.day)) as patella:
                code = function(patella, **options)
            raise typer.Exit(code or 0)

        parameters = _parameters(function, {"data": Data, "day": Day})
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(name)(run)
        return run

    return register


def _parameters(function: Callable[..., int | None], added: dict[str, object]) -> list[inspect.Parameter]:
    """What Typer is to see: the function's own options without the Patella it is given, and those added."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    # Its name stands in for the class, which would bring the whole database along: --help can do without.
    known = get_type_hints(function, localns={"Patella": object}, include_extras=True)
    own = [p.replace(annotation=known[p.name]) for p in list(inspect.signature(function).parameters.values())[1:]]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    more = (inspect.Parameter(k, keyword, annotation=a, default=None) for k, a in added.items())
    return [context, *own, *more]


def folder_of(data: Path | None) -> Path:
    """The folder of the diary: the one that was named, else the usual one of this system."""
    if data is not None:
        return data.expanduser()
    from platformdirs import user_data_path

    return user_data_path("patella", appauthor=False)


def clock_of(day: str | None) -> Callable[[], datetime]:
    """The present moment in local time, on another day if one was named. Raises InputError."""
    if day is None:
        return lambda: datetime.now().astimezone()
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise InputError(f"--date takes a day such as 2026-11-22, not {day!r}.") from None
    return lambda: datetime.combine(wanted, datetime.now().time()).astimezone()  # noqa: DTZ005 - made aware at once


@contextmanager
def opened(folder: Path, now: Callable[[], datetime]) -> Iterator[Patella]:
    """An open Patella on the diary in a folder. Raises StoreError."""
    from uuid import uuid4

    from patella.app.patella import Patella
    from patella.files.library import own_library
    from patella.store.log import Log

    with Log.open(folder) as log:
        yield Patella(log=log, library=own_library(), now=now, new_id=lambda: str(uuid4()))


def units_at(folder: Path) -> Units:
    """The units of the diary in a folder; metric where there is none, or none that can be read. Nothing is made."""
    from patella.care.units import METRIC

    if not folder.is_dir():
        return METRIC
    from patella.app.history.units import units_of
    from patella.store.entry import StoreError
    from patella.store.private import DIARY

    if not (folder / DIARY).is_file():
        return METRIC
    try:
        with opened(folder, clock_of(None)) as patella:
            return units_of(patella)
    except StoreError:
        return METRIC


def print_json(values: object) -> None:
    """Answer in JSON, by the same rule as the pages."""
    sys.stdout.write(json.dumps(values, default=plain, indent=2, ensure_ascii=False) + "\n")


def run(app: typer.Typer, arguments: list[str]) -> int:
    """Run one command and give its exit code: 0, 1 for trouble, 2 for bad input.

    What is wrong is said on the standard error, in a sentence.
    """
    try:
        code = app(arguments, prog_name="patella", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read this has read enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        code = _code_of(error)
        if code is None and os.environ.get("PATELLA_DEBUG"):
            raise
        _complain(_unforeseen(error) if code is None else _sentence_of(error))
        return code or TROUBLE
    return code if isinstance(code, int) else 0


def _unforeseen(error: Exception) -> str:
    return (
        f"Something went wrong that should not have: {type(error).__name__}: {error}. "
        "`patella doctor` looks for the cause; PATELLA_DEBUG=1 shows where it happened."
    )


def _code_of(error: Exception) -> int | None:
    """The exit code of an error that says in a sentence what is wrong; None for one that nobody foresaw."""
    from patella.app.history.refused import TrainingError
    from patella.care.screening import AnswerError
    from patella.files.library import LibraryError
    from patella.store.entry import StoreError

    if isinstance(error, (UsageError, InputError, AnswerError, TrainingError)):
        return BAD_INPUT
    return TROUBLE if isinstance(error, (StoreError, LibraryError)) else None


def _sentence_of(error: Exception) -> str:
    return str(error.format_message()) if hasattr(error, "format_message") else str(error)


def _complain(sentence: str) -> None:
    Page.standard(error=True).say(" ".join(sentence.split()), tone=Tone.RED)
