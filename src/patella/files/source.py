"""A file of an import, wherever it lies: its name, its bytes, and what its name says that it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from patella.files.recording import ENDINGS

PHOTOS, PLANS = "photos and films", "plans: courses, routes, workouts"
EMPTY, OTHER = "recordings and lists with nothing in them", "settings, measures and other documents"
_PHOTOS = ".jpg .jpeg .png .heic .webp .gif .mp4 .mov .avi .m4v .3gp .insv .tif .tiff"
PHOTO_ENDINGS = tuple(_PHOTOS.split())
PLAN_FOLDERS = frozenset({"routes", "courses", "workouts", "schedules", "training-target", "plans"})
OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")
NOT_READ = {
    ".kml": "It is KML, a line on a map without what was run. Export this activity as GPX, TCX or FIT.",
    ".kmz": "It is KMZ, a line on a map without what was run. Export this activity as GPX, TCX or FIT.",
    ".pwx": "It is PWX, which is not read here. Export this activity as FIT, GPX or TCX.",
    ".sml": "It is a log of Suunto in its own manner. Export this activity as FIT from the Suunto app.",
    ".hrm": "It is HRM, pulse without a way. Export this activity from Polar Flow as TCX or FIT.",
    ".db": "It is a database of an app. Export its activities as FIT, GPX or TCX.",
    **dict.fromkeys(
        OTHER_ARCHIVES, "It is an archive of a kind that is not opened here. Unpack it, or pack it as zip."
    ),
}
LISTS = frozenset({"activities.csv", "shoes.csv", "cardioactivities.csv"})
LIST_ENDS = ("summarizedactivities.json", "_gear.json", ".xml")
LIST_STARTS = (
    "training-session-",
    "exercise-",
    "com.samsung.shealth.exercise.",
    "com.samsung.health.exercise.",
    "sport_",
    "motion path detail data",
    "userexercises_",
)
LIST_FOLDERS = frozenset({"sport-sessions", "activities"})
TABLES = (".json", ".csv")
SESSION_OF_GOOGLE = re.compile(r"\d{4}-\d\d-\d\dt\d\d_\d\d_\d\d[^/]{0,40}\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something to read: its name for the person, and how to get its bytes.

    `read` gives the bytes as they lie there, gzipped ones still packed, and refuses what is too large; `pieces` gives
    them one after the other, however many. Both raise BadFileError.
    """

    name: str
    read: Callable[[], bytes]
    pieces: Callable[[], Iterator[bytes]]

    @property
    def last(self) -> str:
        """The file's own name, in lower case."""
        return _name_and_folder(self.name)[0]

    @property
    def parent(self) -> str:
        """The name of the folder it lies in, in lower case."""
        return _name_and_folder(self.name)[1]

    def head(self, size: int) -> bytes:
        """Its first bytes, `size` of them or all there are, read no further than that."""
        found = b""
        for piece in chain(self.pieces(), (b"",)):
            found += piece
            if len(found) >= size:
                break
        return found[:size]

    @property
    def is_recording(self) -> bool:
        """Whether it is called like an activity file."""
        return self.last.endswith(ENDINGS)

    @property
    def is_list(self) -> bool:
        """Whether it is called like one of the lists that exports come with."""
        return is_list_named(self.name)

    @property
    def is_sure(self) -> bool:
        """Whether it can only be a list of activities by its name: if it cannot be read, that is worth a word."""
        return (
            self.last in LISTS or self.last.endswith("summarizedactivities.json") or self.last.startswith(LIST_STARTS)
        )

    @property
    def none(self) -> str | None:
        """The kind of what is no activity, by its name and where it lies; None where it may be one."""
        if self.last.endswith(PHOTO_ENDINGS):
            return PHOTOS
        if self.is_recording and self.parent in PLAN_FOLDERS:
            return PLANS
        return None if self.is_recording or self.is_list else OTHER

    @property
    def refusal(self) -> str | None:
        """What is said of a format that is known and not read."""
        last = self.last
        if self.is_recording:
            return None
        return next((why for ending, why in NOT_READ.items() if last.endswith(ending)), None)


def is_list_named(name: str) -> bool:
    """Whether a file of this name, with the folders it lies in, is called like one of the lists of exports."""
    last, folder = _name_and_folder(name)
    if last in LISTS or last.endswith(LIST_ENDS):
        return not last.endswith("_cda.xml")
    if SESSION_OF_GOOGLE.fullmatch(last):
        return True
    return last.endswith(TABLES) and (last.startswith(LIST_STARTS) or folder in LIST_FOLDERS)


def _name_and_folder(name: str) -> tuple[str, str]:
    """The last two parts of a name, in lower case. Asked of each entry again and again: no path is made for it."""
    folder, _, last = name.lower().rstrip("/").rpartition("/")
    return last, folder.rstrip("/").rpartition("/")[2]
