"""What came of an import, told: what came, what was known, what was none, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

MOST_BROUGHT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on the disk that goes by another name than its path, such as one that a page has sent."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A file that could not be used, and why, in a sentence."""

    file: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Files that hold no activity, by their kind: photos, plans, settings; how many there were."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One activity that came in: the entry it has in the log, what a person knows it by, and what is to be said of it.

    `remark` says what was left out of its file, or where its values are from, if not from there.
    """

    id: str
    day: date
    sport: str
    distance_m: float | None
    moving_s: float | None
    name: str | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: runs and other activities that are new, those known already, and what failed.

    `files` is how many there were in all: each is read, passed over for its kind, or failed. `brought` are the latest
    of the new ones, the newest first, at most `MOST_BROUGHT`.
    """

    files: int
    runs: int
    other: int
    duplicates: int
    passed: tuple[Passed, ...]
    failed: tuple[Failed, ...]
    brought: tuple[Brought, ...]
