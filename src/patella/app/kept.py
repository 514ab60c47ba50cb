"""What was told, kept beside the log until anything is written: on a server where any of several processes may ask.

Most questions for today are asked again by a page that was opened once more. The process that is asked has rarely read
the diary of just this person, so that what is still right, and was kept, is the better part of speed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from patella.app.patella import Patella

# Derived from every entry, whatever day it is about: each that is written makes it forgotten.
FIRST, LAST = date.min, date.max


def kept(app: Patella, name: str) -> object | None:
    """What was kept under this name (`keep`), if it is still right at this moment; None if it has to be made."""
    found = app.log.remembered.span(_whole(app, name)) if app.is_one_of_many else None
    if not isinstance(found, Mapping) or found.get("day") != app.today.isoformat():
        return None
    now, until = app.now(), found["until"]
    if now < datetime.fromisoformat(found["made"]) or (until and now >= datetime.fromisoformat(until)):
        return None
    told: object = found["told"]
    return told


def keep(app: Patella, name: str, told: object, mark: int, *, until: datetime | None = None) -> None:
    """Keep plain values that were worked out of the log for today; nothing where one process answers alone.

    `mark` is what `Log.mark` said before the log was read for it. It is right until something is written, on this day
    alone, and not from `until` on where the clock changes it by itself.
    """
    if app.is_one_of_many:
        moments = {"made": app.now().isoformat(), "until": until and until.isoformat()}
        body = {"day": app.today.isoformat(), **moments, "told": told}
        app.log.remembered.keep(_whole(app, name), LAST, body, since=FIRST, mark=mark)


def _whole(app: Patella, name: str) -> str:
    return f"{name} {app.rules}"
