"""One recording of an import: what there is in its file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from patella.files.activity import Activity
from patella.files.packed import is_gzip
from patella.files.recording import ending_of, plain, read_recording
from patella.store.originals import name_of


class Recording(NamedTuple):
    """The bytes of a file as they came, the name and kind of what they hold, and the activities of it.

    None of these where the diary has this very file already.
    """

    content: bytes
    name: str
    ending: str
    activities: tuple[Activity, ...]

    @property
    def is_packed(self) -> bool:
        """Whether it came gzipped."""
        return is_gzip(self.content)


Read = Callable[[], Recording]
Opened = tuple[str, str, tuple[Activity, ...]]


def opened(content: bytes, known: Collection[str]) -> Opened:
    """All of a recording but its bytes; `known`: the names the diary has. Raises BadFileError."""
    unpacked = plain(content)
    name = name_of(unpacked)
    return name, ending_of(unpacked), () if name in known else read_recording(unpacked)
