"""The command about films: `patella analyze`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from patella.files.model import Model
from patella.terminal import options as o


class FilmSide(StrEnum):
    """The leg that works; auto finds it."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"


Film = Annotated[Path, typer.Argument(metavar="FILM", help="A film of one exercise, one person in it.")]
Of = Annotated[str, typer.Option("--exercise", metavar="ID", help="Which exercise: its id, name, or routine number.")]
WhichSide = Annotated[FilmSide, typer.Option("--side", help="The leg that works.")]
WhichModel = Annotated[
    Model | None, typer.Option("--model", help="lite is quickest, heavy surest; else full, and heavy for lying bodies.")
]
Angles = Annotated[Path | None, typer.Option("--angles", metavar="OUT.csv", help="Write all angles as a table.")]
Drawn = Annotated[
    Path | None, typer.Option("--annotated", metavar="OUT.mp4", help="Write the film with what was seen drawn in.")
]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("analyze")(analyze)


def analyze(  # noqa: PLR0913 - each is one option of the command line
    film: Film,
    *,
    exercise: Of,
    side: WhichSide = FilmSide.AUTO,
    model: WhichModel = None,
    as_json: o.AsJson = False,
    angles: Angles = None,
    annotated: Drawn = None,
    replace: o.Replace = False,
    _data: o.Data = None,
) -> None:
    """Count the reps and time the holds in a film of one exercise. The film stays where it is; nothing is sent.

    Example: patella analyze squats.mp4 --exercise squat --annotated seen.mp4
    """
    from patella.app.film import Question
    from patella.files.library import own_library
    from patella.motion.pose import Side
    from patella.terminal.exercises import find_exercise
    from patella.terminal.filming import say_film

    asked = Question(
        film=film,
        exercise=find_exercise(own_library(), exercise),
        side=None if side is FilmSide.AUTO else Side(side.value),
        model=model,
        angles=angles,
        annotated=annotated,
        replace=replace,
    )
    raise typer.Exit(say_film(asked, as_json=as_json))
