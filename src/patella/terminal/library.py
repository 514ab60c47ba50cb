"""The commands about the library: `patella exercises`, `show`, `lesson`, `check-library`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from patella.terminal import options as o
from patella.terminal.door import TROUBLE, command, folder_of, print_json, units_at
from patella.terminal.page import Page
from patella.terminal.refused import InputError

if TYPE_CHECKING:
    from patella.app.patella import Patella


def register(app: typer.Typer) -> None:
    """Add these commands to the command line; only a lesson needs a diary."""
    app.command("exercises")(exercises)
    app.command("show")(show)
    command(app, "lesson")(lesson)
    app.command("check-library")(check_library)


def exercises(*, as_json: o.AsJson = False, _data: o.Data = None) -> None:
    """Every exercise in the library, the routine first.

    Example: patella exercises --json
    """
    from patella.files.library import own_library
    from patella.terminal.exercises import exercise_to_json, list_exercises

    library = own_library()
    if as_json:
        print_json([exercise_to_json(e) for e in library.exercises.values()])
    else:
        list_exercises(Page.standard(), library.exercises.values())


def show(ctx: typer.Context, exercise: o.Exercise, *, as_json: o.AsJson = False, data: o.Data = None) -> None:
    """All about one exercise: how, how much, cautions, and what research says.

    Example: patella show strap-stretch
    """
    from patella.files.library import own_library
    from patella.terminal.exercises import exercise_in_full, find_exercise, show_exercise

    library = own_library()
    found = find_exercise(library, exercise)
    if as_json:
        print_json(exercise_in_full(found, library))
    else:
        units = units_at(folder_of(data or ctx.find_root().obj.data))
        show_exercise(Page.standard(), found, library, units)


def lesson(
    patella: Patella,
    *,
    lesson: o.Lesson = None,
    every: o.AllLessons = False,
    why: o.Why = False,
    as_json: o.AsJson = False,
) -> None:
    """Why knees hurt, and what helps: one idea a day, half a minute to read.

    Example: patella lesson
    """
    from patella.terminal import lesson as shown

    if every and lesson is not None:
        raise InputError("--all goes without a lesson's id.")
    if as_json:
        print_json(shown.lessons_as_json(patella, lesson, every=every))
    elif every:
        shown.list_lessons(Page.standard(), patella)
    else:
        shown.read_lesson(Page.standard(), patella, lesson, why=why)


def check_library(folder: o.Folder = None, *, as_json: o.AsJson = False, _data: o.Data = None) -> None:
    """Check every definition of a library, and name what is wrong by file, key and a sentence.

    Example: patella check-library my-library
    """
    from patella.files.library import own_folder
    from patella.files.library_check import check_folder
    from patella.terminal.busy import busy

    if folder is not None and not folder.is_dir():
        raise InputError(f"{folder} is not a folder. Name the folder of a library.")
    with busy("Checking the library"):
        problems = check_folder(folder or own_folder())
    if as_json:
        print_json([{"file": p.file, "key": p.key, "sentence": p.sentence} for p in problems])
    else:
        sys.stdout.write("".join(f"{p}\n" for p in problems) or "All is well.\n")
    raise typer.Exit(TROUBLE if problems else 0)
