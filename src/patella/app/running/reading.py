"""Reading recordings: here, one by one; or, of many, the next ones in processes of their own (`workers.py`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from functools import partial

from patella.app.running.recording import Read, Recording, opened
from patella.files.source import Found

MANY = 60  # recordings; of fewer, a process takes longer to begin than it saves
MOST_WORKERS = 2


def read_all(recordings: Sequence[Found], known: Collection[str]) -> Iterator[tuple[Found, Read]]:
    """Each with how to get what it holds, which raises what is wrong with it; `known`: the names the diary has."""
    count = min(MOST_WORKERS, os.cpu_count() or 1)
    if len(recordings) < MANY or count == 1 or sys.platform == "emscripten" or not sys.executable:
        for found in recordings:
            yield found, partial(_read_here, found, known)
        return
    from patella.app.running.workers import Workers

    with closing(Workers(count, known)) as others:
        yield from others.read(recordings)


def _read_here(found: Found, known: Collection[str]) -> Recording:
    content = found.read()
    return Recording(content, *opened(content, known))
