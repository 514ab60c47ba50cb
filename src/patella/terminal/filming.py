"""What is said of a film: the count, each repetition, and what stood in the way; with a bar to watch meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from typing import TypeVar

from patella.app.film.film import (
    Progress,
    Question,
    UnseenExerciseError,
    VideoMissingError,
    analyse_film,
    watched_to_json,
)
from patella.app.film.running import running_to_json, watch_running
from patella.app.film.telling import (
    TIMED_SHORT,
    clean_words,
    far_words,
    leg_words,
    lost_words,
    pace_words,
    reasons_of,
    way_word,
)
from patella.care.exercise import Exercise
from patella.care.session import Session
from patella.files.bad_file import BadFileError
from patella.files.model import Model
from patella.motion.analysis import Analysis
from patella.motion.event import Rep
from patella.motion.tempo import Way
from patella.terminal.door import BAD_INPUT, INTERRUPTED, TROUBLE, print_json
from patella.terminal.film_keeping import kept_to_json, say_kept
from patella.terminal.film_running import say_running
from patella.terminal.page import Page, Tone
from patella.terminal.wording import counted

Keeps = Callable[[Analysis], Session]
T = TypeVar("T")


def say_film(asked: Question, *, as_json: bool, keep: Keeps | None = None) -> int:
    """Watch a film and say what was counted, and keep it if that is wished; the exit code."""
    watched = _watched(asked.film, lambda progress: analyse_film(asked, progress))
    if isinstance(watched, int):
        return watched
    found, page = watched.found, Page.standard()
    answer = watched_to_json(asked, watched)
    if not as_json:
        _say(page, asked, found)
        for remark in watched.remarks:
            page.item(remark.words)
    kept = keep(found) if keep and found.counted else None
    if as_json:
        print_json({**answer, "kept": kept_to_json(kept)} if keep else answer)
    elif kept:
        say_kept(page, kept)
    elif keep:
        page.say("So there is nothing to keep.")
    return TROUBLE if keep and not kept else 0


def say_running_film(film: Path, model: Model | None, *, as_json: bool) -> int:
    """Watch somebody run and say how; the exit code."""
    watched = _watched(film, lambda progress: watch_running(film, model, progress))
    if isinstance(watched, int):
        return watched
    if as_json:
        print_json(running_to_json(watched))
    else:
        say_running(Page.standard(), watched)
    return 0


def _watched(film: Path, watch: Callable[[Progress | None], T]) -> T | int:
    """What was seen in a film; or, once it is said why nothing was, the exit code."""
    complain = Page.standard(error=True)
    try:
        with _bar() as progress:
            return watch(progress)
    except KeyboardInterrupt:
        complain.say("Stopped. Nothing was written.")
        return INTERRUPTED
    except BadFileError as error:
        complain.say(f"{_shown(film)}: {error}", tone=Tone.RED)
        return TROUBLE
    except (VideoMissingError, UnseenExerciseError) as error:
        complain.say(str(error), tone=Tone.RED)
        return BAD_INPUT if isinstance(error, UnseenExerciseError) else TROUBLE


def _say(page: Page, asked: Question, found: Analysis) -> None:
    page.say(f"{asked.exercise.name}{leg_words(found)}", tone=Tone.STRONG)
    _say_reps(page, asked.exercise, found)
    for hold in found.holds:
        page.item(f"held {hold.seconds:.1f} s, from {_clock(hold.start_s)}{_faults(hold.faults)}")
    if found.short:
        page.say(f"{counted(len(found.short), 'smaller movement')} not counted: go as far as the exercise asks.")
    if not (found.reps or found.holds):
        page.say("Nothing was counted.")
    _say_sight(page, asked.exercise, found)
    for file in (asked.angles, asked.annotated):
        if file is not None:
            page.say(f"Written: {_shown(file)}", tone=Tone.QUIET)


def _say_reps(page: Page, exercise: Exercise, found: Analysis) -> None:
    if not found.reps:
        return
    page.say(f"{counted(len(found.reps), 'rep')}{clean_words(found)}. {_tempo(exercise, found.reps)}")
    for rep in found.reps:
        page.say(_line(exercise, found, rep), indent="  ")
    page.say(TIMED_SHORT, tone=Tone.QUIET)


def _tempo(exercise: Exercise, reps: Sequence[Rep]) -> str:
    """The mean of each way, beside what was asked where anything was: "Down 1.8 s (asked: 2), up 1.2 s (asked: 2)."."""
    tempo = exercise.dose.tempo
    there, back = (mean(getattr(rep, way) for rep in reps) for way in ("up_s", "down_s"))
    ways = ((Way.OUT, there, tempo and tempo.up_s), (Way.BACK, back, tempo and tempo.down_s))
    told = (
        f"{way_word(exercise, way)} {took_s:.1f} s{f' (asked: {asked_s:g})' if asked_s else ''}"
        for way, took_s, asked_s in ways
    )
    return f"{', '.join(told).capitalize()}."


def _line(exercise: Exercise, found: Analysis, rep: Rep) -> str:
    out, back = (way_word(exercise, way) for way in Way)
    ways = f"{rep.up_s:5.1f} s {out} {rep.down_s:4.1f} s {back}"
    pace = "".join(f", {words}" for words in pace_words(exercise, rep))
    leg = f"{rep.side:<7}" if len({r.side for r in found.reps}) > 1 else ""
    return f"{rep.n:>3}  {leg}at {_clock(rep.start_s)}  {far_words(found, rep):>4} {ways}{_faults(rep.faults)}{pace}"


def _faults(faults: tuple[str, ...]) -> str:
    return "".join(f", {fault.replace('_', ' ')}" for fault in faults)


def _say_sight(page: Page, exercise: Exercise, found: Analysis) -> None:
    """How much was seen, what was lost and why, and what stood in the way."""
    page.say(f"Seen well enough in {100 * found.seen_fraction:.0f} % of {_clock(found.duration_s)}.", tone=Tone.QUIET)
    for one in found.lost:
        page.item(f"Not counted, at {_clock(one.start_s)}: {lost_words(one)}.")
    for way in reasons_of(found):
        page.item(f"{way.title}. {way.say}")
    if not (found.reps or found.holds):
        page.say(f"How to film it: `patella show {exercise.id}`.", tone=Tone.QUIET)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _shown(file: Path) -> str:
    """A file's name as it may be written to a terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(file))


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A bar on the standard error, where there is somebody to see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Watching"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Watching", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
