"""Today's answer, kept beside the log until anything is written: for a server where any of several processes may ask.

Most questions for today are asked again by a page that was opened once more. On a server of many the process that is
asked has rarely read the diary of just this person, so that a text that is still right is the better part of speed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from patella.app.patella import Patella
from patella.app.today.due import next_due_change

# Derived from every entry, whatever day it is about: each that is written makes it forgotten.
FIRST, LAST = date.min, date.max


def kept_today(app: Patella, scope: str) -> str | None:
    """The answer that was kept (`keep_today`), if it is still right at this moment; None if it has to be made."""
    kept = app.log.remembered.span(_name(app, scope))
    if not isinstance(kept, Mapping) or kept.get("day") != app.today.isoformat():
        return None
    now, until = app.now(), kept["until"]
    if now < datetime.fromisoformat(kept["made"]) or (until and now >= datetime.fromisoformat(until)):
        return None
    return str(kept["told"])


def keep_today(app: Patella, scope: str, told: str, mark: int) -> None:
    """Keep what was answered now; `mark` is what `Log.mark` said before the diary was read for it."""
    until = next_due_change(app)
    body = {
        "day": app.today.isoformat(),
        "made": app.now().isoformat(),
        "until": until and until.isoformat(),
        "told": told,
    }
    app.log.remembered.keep(_name(app, scope), LAST, body, since=FIRST, mark=mark)


def _name(app: Patella, scope: str) -> str:
    return f"today {scope} {app.rules}"
