"""The command about films: `patella analyze`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from patella.files.model import Model
from patella.terminal import options as o
from patella.terminal.door import Shared, clock_of, folder_of, opened


class FilmSide(StrEnum):
    """The leg that works; auto finds it."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"


Films = Annotated[
    list[Path],
    typer.Argument(metavar="FILM...", help="A film of one exercise, or of running; or many, or folders of them."),
]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="FILE", help="Of many: keep each answer here, and go on from there next time."),
]
Over = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Of many: on the workers of the Dask scheduler there, which find the films at the same paths.",
    ),
]
Of = Annotated[
    str | None, typer.Option("--exercise", metavar="ID", help="Which exercise: its id, name, or routine number.")
]
Runs = Annotated[
    bool, typer.Option("--running", help="Somebody runs in it, seen from the side: tell how. It takes --model, --json.")
]
WhichSide = Annotated[FilmSide, typer.Option("--side", help="The leg that works.")]
WhichModel = Annotated[
    Model | None,
    typer.Option("--model", help="lite is quickest, heavy is surest. If not said: full, and heavy for lying bodies."),
]
Angles = Annotated[Path | None, typer.Option("--angles", metavar="OUT.csv", help="Write all angles as a table.")]
Keep = Annotated[bool, typer.Option("--keep", help="Put its sets into the diary.")]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help="With --keep: the day of the film; the file's own if not said."),
]
Worst = Annotated[
    int | None, typer.Option("--pain", metavar="N", help="With --keep: the worst pain during it, 0 to 10.")
]
After = Annotated[int | None, typer.Option("--after", metavar="N", help="With --keep: pain an hour after, 0 to 10.")]
Drawn = Annotated[
    Path | None, typer.Option("--annotated", metavar="OUT.mp4", help="Write the film with what was seen drawn in.")
]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("analyze")(analyze)


def analyze(  # noqa: PLR0913 - each is one option of the command line
    ctx: typer.Context,
    films: Films,
    *,
    exercise: Of = None,
    running: Runs = False,
    side: WhichSide = FilmSide.AUTO,
    model: WhichModel = None,
    as_json: o.AsJson = False,
    angles: Angles = None,
    annotated: Drawn = None,
    into: Into = None,
    dask: Over = None,
    replace: o.Replace = False,
    keep: Keep = False,
    on: OnDay = None,
    pain: Worst = None,
    after: After = None,
    data: o.Data = None,
    day: o.Day = None,
) -> None:
    """Count the reps and time the holds in a film of one exercise, or tell how somebody runs in it.

    Of many films, or of all in a folder, it makes one table, on all cores. Films stay where they are; nothing is sent,
    except with --dask, to the scheduler you name.

    Example: patella analyze squats.mp4 --exercise squat --keep
    """
    from patella.app.film.film import Question
    from patella.app.film.many import Wanted
    from patella.app.film.spread import spread_over
    from patella.files.library import own_library
    from patella.motion.pose import Side
    from patella.terminal.exercises import find_exercise
    from patella.terminal.film_keeping import Keeper, Wish
    from patella.terminal.film_many import say_films
    from patella.terminal.filming import say_film, say_running_film
    from patella.terminal.refused import InputError

    if running and (exercise is not None or keep or angles or annotated or side is not FilmSide.AUTO):
        raise InputError("--running takes a film, --model and --json, and nothing of an exercise.")
    if exercise is None and not running:
        raise InputError("Say which exercise it shows with --exercise, or that somebody runs in it with --running.")
    known = find_exercise(own_library(), exercise) if exercise is not None else None
    if len(films) > 1 or films[0].is_dir() or into or dask:
        if keep or angles or annotated:
            raise InputError("--keep, --angles and --annotated go with one film at a time.")
        leg = None if side is FilmSide.AUTO else side.value
        wanted = Wanted(exercise=known.id if known else None, side=leg, model=model.value if model else None)
        raise typer.Exit(say_films(films, wanted, into, spread_over(dask) if dask else None, as_json=as_json))
    [film] = films
    if known is None:
        raise typer.Exit(say_running_film(film, model, as_json=as_json))
    asked = Question(
        film=film,
        exercise=known,
        side=None if side is FilmSide.AUTO else Side(side.value),
        model=model,
        angles=angles,
        annotated=annotated,
        replace=replace,
    )
    if not keep:
        raise typer.Exit(say_film(asked, as_json=as_json))
    shared: Shared = ctx.find_root().obj
    with opened(folder_of(data or shared.data), clock_of(day or shared.day)) as patella:
        keeper = Keeper(patella, asked, Wish(on=on, during=pain, after=after), asks=not as_json)
        raise typer.Exit(say_film(asked, as_json=as_json, keep=keeper.keep))
