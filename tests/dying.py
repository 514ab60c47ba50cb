"""Looks at films like `patella.app.film.many`, in a process that some of them end."""

from __future__ import annotations

import os
import time
from pathlib import Path

from patella.app.film.many import Looked, Wanted


def look(film: Path, wanted: Wanted, _version: str = "") -> Looked:
    """An answer at once; a film whose name says so ends the process, or takes its time."""
    if "deadly" in film.name:
        os._exit(9)
    if "slow" in film.name:
        time.sleep(60)
    return Looked(film=film, answer={"side": wanted.side})
