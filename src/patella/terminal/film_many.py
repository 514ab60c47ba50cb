"""What is said of many films: a bar meanwhile, one table, and every film that could not be looked at with why."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from patella.app.film.film import UnseenExerciseError, VideoMissingError
from patella.app.film.many import Engine, KeptElsewhereError, Looked, Wanted, films_in, look_at_films
from patella.app.film.spread import EngineError
from patella.app.film.telling import reasons_among
from patella.files.film_remark import Remark
from patella.files.library import read_sayings
from patella.terminal.door import BAD_INPUT, INTERRUPTED, TROUBLE, print_json
from patella.terminal.film_running import WHY
from patella.terminal.importing import shown
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.wording import counted

NAME = 36
OPEN = "open"


def say_films(
    paths: Sequence[Path], wanted: Wanted, kept: Path | None, engine: Engine | None = None, *, as_json: bool
) -> int:
    """Look at all of them, by an engine or on this machine, and say what was found; the exit code."""
    films = films_in(paths)
    if not films:
        raise InputError("There is no film in that folder.")
    page, complain = Page.standard(), Page.standard(error=True)
    done = list[Looked]()
    try:
        with _bar(len(films)) as progress:
            for looked in look_at_films(films, wanted, kept, engine):
                done.append(looked)
                progress()
    except KeyboardInterrupt:
        complain.say(f"Stopped after {len(done)} of {len(films)} films. {_going_on(kept)}")
        return INTERRUPTED
    except EngineError as error:
        complain.say(f"{error} {counted(len(done), 'film')} of {len(films)} done. {_going_on(kept)}", tone=Tone.RED)
        return TROUBLE
    except (VideoMissingError, KeptElsewhereError, UnseenExerciseError) as error:
        complain.say(str(error), tone=Tone.RED)
        return BAD_INPUT if isinstance(error, UnseenExerciseError) else TROUBLE
    order = {film: n for n, film in enumerate(films)}
    done.sort(key=lambda looked: order[looked.film])
    if as_json:
        print_json({"films": [_to_json(looked) for looked in done]})
    else:
        _say(page, done, wanted)
    return TROUBLE if any(looked.error for looked in done) else 0


def _going_on(kept: Path | None) -> str:
    if kept is None:
        return "With --into FILE the answers are kept as they come, and the same command goes on from there."
    return "Their answers are kept; the same command goes on from there."


def _to_json(looked: Looked) -> dict[str, object]:
    if looked.answer is None:
        return {"film": str(looked.film), "error": looked.error}
    return {"film": str(looked.film), **looked.answer}


def _say(page: Page, done: Sequence[Looked], wanted: Wanted) -> None:
    names = _names([looked.film for looked in done])
    found = [(names[looked.film], looked.answer) for looked in done if looked.answer is not None]
    before = sum(looked.before for looked in done)
    told = f", {before} of them from before" if before else ""
    of = f"{len(found)} of " if len(found) < len(done) else ""
    page.say(f"{of}{counted(len(done), 'film')} looked at{told}.", tone=Tone.STRONG)
    if found:
        head, cells = (RUNNING, _running) if wanted.exercise is None else (EXERCISE, _exercise)
        _row(page, "film", head)
        for name, answer in found:
            _row(page, name, cells(answer))
        for name, answer in found:
            for words in _words(answer):
                page.item(f"{name}: {words}")
    failed = [looked for looked in done if looked.error]
    if failed:
        page.say(f"{counted(len(failed), 'film')} could not be looked at:")
        for looked in failed:
            page.item(f"{names[looked.film]}: {looked.error}")


EXERCISE = ("leg", "reps", "clean", "holds", "held", "seen")
RUNNING = ("steps", "ground", "landing", "midst.", "toes up", "trunk")


def _exercise(answer: Mapping[str, Any]) -> tuple[str, ...]:
    reps, holds = answer["reps"], answer["holds"]
    sides = {one["side"] for one in (*reps, *holds)} or {answer["side"]}
    clean = str(sum(not rep["faults"] for rep in reps)) if all(rep["judged"] for rep in reps) else "-"
    return (
        sides.pop() if len(sides) == 1 else "both", str(len(reps)), clean, str(len(holds)),
        f"{sum(hold['seconds'] for hold in holds):.0f} s", f"{100 * answer['seen_fraction']:.0f}%",
    )  # fmt: skip


def _running(answer: Mapping[str, Any]) -> tuple[str, ...]:
    sides = answer["left"], answer["right"]

    def pair(name: str, scale: int = 1) -> str:
        return "/".join(_number(side[name], scale) for side in sides)

    steps, trunk = _number(answer["cadence_spm"]), _number(answer["trunk_lean_deg"])
    angles = (pair(f"{name}_deg") for name in ("knee_contact", "knee_midstance", "foot_contact"))
    return (steps, pair("contact_share", 100), *angles, trunk)


def _number(value: float | None, scale: int = 1) -> str:
    return "-" if value is None else f"{scale * value:.0f}"


def _words(answer: Mapping[str, Any]) -> Iterator[str]:
    """What is worth a word about a film: what stood in the way where nothing was found, and what its file has."""
    if "untold" in answer:
        yield from dict.fromkeys(words for why, words in WHY.items() if why.value in answer["untold"].values())
    elif not (answer["reps"] or answer["holds"]):
        codes = read_sayings().codes
        titles = (codes[n].title for n in reasons_among(answer["notes"], answer["seen_fraction"]))
        yield " ".join(["Nothing was counted.", *(f"{title}." for title in titles)])
    for code in answer["remarks"]:
        yield Remark(code).words


def _names(films: Sequence[Path]) -> dict[Path, str]:
    """Each film by its name below the folder that holds them all."""
    above = Path(os.path.commonpath([film.absolute().parent for film in films]))
    return {film: shown(str(film.absolute().relative_to(above))) for film in films}


def _row(page: Page, name: str, cells: Sequence[str]) -> None:
    short = name if len(name) <= NAME else f"{name[: NAME // 2 - 2]}...{name[-NAME // 2 + 1 :]}"
    page.draw(f"  {short:<{NAME}}{''.join(f'{cell:>8}' for cell in cells)}")


@contextmanager
def _bar(count: int) -> Iterator[Callable[[], object]]:
    """A bar on the standard error, where there is somebody to see it."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Watching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Watching", total=count)
        yield lambda: bar.advance(task)
