"""`patella import --watch`: says of each file that comes what became of it, until somebody stops it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.running.watching import DIARY_THERE, Came, Watching
from patella.care.entries.field import plain, write
from patella.files.activity import UNKNOWN
from patella.files.bad_file import BadFileError
from patella.files.watched import WatchedFolder
from patella.terminal.importing import say_imported, shown
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.sports import say_unnamed

EVERY_S = 1.5
IDLE_FOR_EACH_BUSY = 9  # a folder of many files on a slow share is looked at less often


def watch_folder(app: Patella, place: Path, *, as_json: bool, rest: Callable[[float], object] = time.sleep) -> int:
    """Import what comes, until Ctrl-C: the exit code is 0 then. With `as_json` each answer is one line of JSON.

    Raises InputError: the folder is not there at the start, holds the diary itself or too many files; StoreError.
    """
    place = place.expanduser().absolute()
    if not place.is_dir():
        raise InputError(f"{shown(str(place))} is not a folder. Make it, or name another.")
    if app.log.path.is_relative_to(place.resolve()):
        raise InputError(DIARY_THERE)
    page = Page.standard()
    say = _say_json if as_json else lambda came: _say(page, app, came)
    aside = Page.standard(error=True)
    aside.say(f"Watching {shown(str(place))}. What is put there is taken in once it is whole. Ctrl-C ends it.")
    try:
        _go_on(Watching(app, WatchedFolder(place)), aside, say, rest)
    except BadFileError as error:
        raise InputError(f"{shown(str(place))}: {error}") from None
    except KeyboardInterrupt:
        aside.say("Ended. What was taken in is kept.")
    return 0


def _go_on(watching: Watching, aside: Page, say: Callable[[Came], None], rest: Callable[[float], object]) -> None:
    was_there = True
    while True:
        began = time.monotonic()
        for came in watching.look(began):
            say(came)
        if watching.is_there != was_there:
            was_there = watching.is_there
            aside.say("The folder is there again." if was_there else "The folder is not there now; waiting for it.")
        rest(max(EVERY_S, IDLE_FOR_EACH_BUSY * (time.monotonic() - began)))


def _say(page: Page, app: Patella, came: Came) -> None:
    what = shown(came.files[0]) if len(came.files) == 1 else f"{len(came.files)} files"
    page.say(f"{time.strftime('%H:%M')} {what}", tone=Tone.STRONG)
    say_imported(page, came.imported, units_of(app))
    if any(b.sport == UNKNOWN for b in came.imported.brought):
        say_unnamed(app, page)  # asked is somewhere else: a question would keep the next file waiting
    sys.stdout.flush()


def _say_json(came: Came) -> None:
    sys.stdout.write(json.dumps({"came": came.files, **write(came.imported)}, default=plain, ensure_ascii=False) + "\n")
    sys.stdout.flush()
