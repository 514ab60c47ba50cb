"""Import: recordings of watches and archives of platforms into the log, each run once, each failure named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from uuid import UUID, uuid5

from patella.app.history.same_run import RUN, SPORT, Known
from patella.app.patella import Patella
from patella.app.running.shoes import shoe_by_name
from patella.care.entries.kinds import complaint
from patella.files.activity import RUNNING, UNKNOWN, Activity, local_start
from patella.files.archive import Found, Sources
from patella.files.bad_file import BadFileError, NoActivityError
from patella.files.lists import Lists, Row, usable
from patella.files.packed import is_gzip
from patella.files.recording import ending_of, plain, read_recording
from patella.files.sport import sport_of_name
from patella.store.entry import Entry, ErasedError, StoreError
from patella.store.originals import Originals, name_of

ENTRIES = UUID("5b1b9a52-0f0a-5c0e-9a1d-696d706f7274")
TOGETHER = 200
AHEAD = timedelta(days=1)
MOST_BROUGHT = 200

Progress = Callable[[int, int, str], None]


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
class Brought:
    """One activity that came in: the entry it has in the log, and what a person knows it by."""

    id: str
    day: date
    sport: str
    distance_m: float | None
    moving_s: float | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: runs and other activities that are new, those known already, and what failed.

    `brought` are the latest of the new ones, the newest first, at most `MOST_BROUGHT`.
    """

    runs: int
    other: int
    duplicates: int
    failed: tuple[Failed, ...]
    brought: tuple[Brought, ...]


def import_files(
    app: Patella,
    files: Sequence[Path | Upload],
    *,
    progress: Progress | None = None,
    home: tzinfo | None = None,
) -> Imported:
    """Take in files, folders and archives: FIT, GPX, TCX, each also gzipped; archives of Strava and Garmin.

    The same run twice, in one format or two, is one run: it began within two minutes and is as long within 3 %. What
    was taken back stays so. Originals are kept beside the diary. `progress` hears (done, of how many, name) after each;
    stopped in the middle, what was read until then is kept, and the next time goes on from there. `home`: the zone in
    which the person lives, None for that of this machine. Raises StoreError.
    """
    named = [(f.path, f.name) if isinstance(f, Upload) else (f, f.name or str(f)) for f in files]
    taking = _Import(app, home)
    with Sources(named, scratch=app.log.path.parent) as sources:
        try:
            taking.take(sources, progress or (lambda *_: None))
        finally:
            taking.write()
    return taking.result()


@dataclass(slots=True)
class _There(Known):
    """What the log holds already, taken back or not: by original, by entry, and by start and distance.

    `words` are those of which a person has said what sport they are.
    """

    originals: dict[str, set[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        self.ids.add(entry.id)
        original, start = entry.body.get("original"), entry.body.get("start")
        if isinstance(original, str):
            self.originals.setdefault(original, set()).add(str(start))
        if isinstance(said := entry.body.get("said"), str) and entry.body.get("sport") != UNKNOWN:
            self.words[said.casefold()] = str(entry.body["sport"])
        self.add(entry.id, entry.day, entry.body)


class _Import:
    def __init__(self, app: Patella, home: tzinfo | None) -> None:
        self.app = app
        self.home = home
        self.lists = Lists()
        self.known = _There()
        self.originals = Originals(app.log.path.parent)
        self.owner = app.log.owner()
        self.kept: list[Path] = []
        self.shoes: dict[str, str] = {}
        self.fresh: list[Entry] = []
        self.counts = {RUN: 0, SPORT: 0}
        self.duplicates = 0
        self.failed: list[Failed] = []
        self.brought: list[Brought] = []
        for entry in app.entries(kinds=(RUN, SPORT)):
            self.known.take(entry)

    def take(self, sources: Sources, progress: Progress) -> None:
        for refused in sources.refused:
            self.failed.append(Failed(file=refused.name, why=refused.why))
        for found in sources.lists:
            self._read(found, lambda f: self.lists.take(f.name, f.read()))
        for name in self.lists.shoes:
            self._shoe(name)
        total = len(sources.recordings) + len(self.lists.without_file)
        alone = len(sources.recordings) == 1 and not sources.lists
        for done, found in enumerate(sources.recordings, 1):
            self._read(found, self._recording, alone=alone)
            progress(done, total, found.name)
        for done, row in enumerate(self.lists.without_file, len(sources.recordings) + 1):
            self._row(row)
            progress(done, total, row.at)

    def _read(self, found: Found, read: Callable[[Found], None], *, alone: bool = True) -> None:
        try:
            read(found)
        except NoActivityError as error:
            # An archive is full of settings and sleep; only what was named by hand is worth a word.
            if alone or not found.last.endswith((".fit", ".fit.gz")):
                self.failed.append(Failed(file=found.name, why=str(error)))
        except BadFileError as error:
            self.failed.append(Failed(file=found.name, why=str(error)))
        except (StoreError, OSError):
            raise  # the diary's own trouble, and no fault of this file
        except Exception as error:  # noqa: BLE001 - whatever a stranger's file does to a reader, the others are read
            self.failed.append(Failed(file=found.name, why=_unforeseen(error)))

    def _recording(self, found: Found) -> None:
        content = found.read()
        opened = plain(content)
        name = name_of(opened)
        if name in self.known.originals:
            self.duplicates += len(self.known.originals[name])
            return
        activities, row = read_recording(opened), self.lists.about(found.name)
        told = [_told(a, row if len(activities) == 1 else None, found.name) for a in activities]
        keep = [self._add(a, f"{name} {n}", row, {"file": found.last, "original": name}) for n, a in enumerate(told)]
        if any(keep):
            self.kept.append(self.originals.keep(name, ending_of(opened), content, packed=is_gzip(content)))

    def _row(self, row: Row) -> None:
        try:
            activity = usable(row)
            self._add(activity, row.key, row, {"file": None, "original": None})
        except BadFileError as error:
            self.failed.append(Failed(file=row.at, why=str(error)))
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            self.failed.append(Failed(file=row.at, why=_unforeseen(error)))

    def _add(self, activity: Activity, key: str, row: Row | None, body: Mapping[str, object]) -> bool:
        """Add an activity unless it is known; whether it was new."""
        answered = self.known.words.get((activity.said or "").casefold())
        activity = replace(activity, sport=answered) if answered and activity.sport == UNKNOWN else activity
        start = local_start(activity, self.home)
        if activity.start > self.app.now() + AHEAD:
            raise BadFileError(f"It lies ahead, on {start.date()}; its clock was wrong.")
        entry_id = str(uuid5(ENTRIES, key))
        metres = activity.distance_m or 0.0
        if entry_id in self.known.ids or self.known.same_as(start.date(), activity.start, metres):
            self.duplicates += 1
            return False
        kind = RUN if activity.sport == RUNNING else SPORT
        gear = row.gear if row else None
        shoe = self._shoe(gear) if kind == RUN and gear else None
        entry = self._entry(
            entry_id, kind, start.date(), {**_body(activity, start), "shoe": shoe, "gear": gear, **body}
        )
        self.known.take(entry)
        self.counts[kind] += 1
        self._bring(entry, activity)
        return True

    def _bring(self, entry: Entry, activity: Activity) -> None:
        self.brought.append(
            Brought(
                id=entry.id,
                day=entry.day,
                sport=activity.sport,
                distance_m=activity.distance_m,
                moving_s=activity.moving_s,
                name=activity.name,
            )
        )
        if len(self.brought) >= 2 * MOST_BROUGHT:
            self.brought = self._latest()

    def _latest(self) -> list[Brought]:
        return sorted(self.brought, key=lambda b: b.day, reverse=True)[:MOST_BROUGHT]

    def _shoe(self, name: str) -> str:
        """The id of the pair of this name, added where there is none yet."""
        known = self.shoes.get(name)
        if known is None:
            known, added = shoe_by_name(self.app, name)
            self.shoes[name] = known
            self.fresh += added
        return known

    def _entry(self, entry_id: str, kind: str, day: date, body: Mapping[str, object]) -> Entry:
        if wrong := complaint(kind, body):
            raise BadFileError(f"It says what cannot be: {wrong}")
        entry = Entry(id=entry_id, session_id=None, kind=kind, day=day, at=self.app.now(), body=body)
        self.fresh.append(entry)
        if len(self.fresh) >= TOGETHER:
            self.write()
        return entry

    def write(self) -> None:
        """Put into the log what was read since the last time."""
        fresh, kept, self.fresh, self.kept = self.fresh, self.kept, [], []
        if fresh:
            self.originals.settle()
            try:
                self.app.log.append(fresh, of=self.owner)
            except ErasedError:
                for original in kept:
                    original.unlink(missing_ok=True)
                raise
            self.owner = self.owner or self.app.log.owner()

    def result(self) -> Imported:
        return Imported(
            runs=self.counts[RUN],
            other=self.counts[SPORT],
            duplicates=self.duplicates,
            failed=tuple(self.failed),
            brought=tuple(self._latest()),
        )


def _unforeseen(error: Exception) -> str:
    return f"It could not be read ({type(error).__name__}); the rest was."


def _told(activity: Activity, row: Row | None, file: str) -> Activity:
    """The activity with what the archive's list says of it, which holds, and else the file's own name."""
    if row and row.sport != UNKNOWN:
        activity = replace(activity, sport=row.sport, surface=activity.surface or row.surface, said=None)
    elif activity.sport == UNKNOWN:
        said = (row.said if row else None) or activity.said
        sport = UNKNOWN if said else sport_of_name(file)
        activity = replace(activity, sport=sport, said=said)
    surface = activity.surface if activity.sport == RUNNING else None
    return replace(activity, surface=surface, name=(row.name if row else None) or activity.name)


def _body(activity: Activity, start: datetime) -> dict[str, object]:
    return {
        "start": start.isoformat(timespec="seconds"),
        "sport": activity.sport,
        "distance_m": activity.distance_m,
        "moving_s": activity.moving_s,
        "elapsed_s": activity.elapsed_s,
        "cadence_spm": activity.cadence_spm,
        "ascent_m": activity.ascent_m,
        "name": activity.name,
        "surface": activity.surface,
        "source": activity.source,
        "said": activity.said,
    }
