"""Import: recordings of watches and exports of platforms into the log, each activity once, each file accounted for."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid5

from patella.app.patella import Patella
from patella.app.running.corrected import body_of, told
from patella.app.running.imported import MOST_BROUGHT, Brought, Failed, Imported, Passed, Upload
from patella.app.running.known import There
from patella.app.running.reading import read_all
from patella.app.running.recording import Read
from patella.app.running.shoes import NAMED, shoe_by_name
from patella.app.running.writing import Writer
from patella.care.entries.kinds import Kind
from patella.files.activity import RUNNING, UNKNOWN, Activity, local_start
from patella.files.bad_file import BadFileError, EmptyError, NoActivityError, PlanError
from patella.files.found_files import FoundFiles
from patella.files.lists import Lists
from patella.files.pairs import Pair
from patella.files.row import Row, usable
from patella.files.source import EMPTY, OTHER, PLANS, Found
from patella.store.entry import Entry, StoreError

AHEAD = timedelta(days=1)
BEST_FIRST = (".fit", ".fit.gz", ".tcx", ".tcx.gz")  # of two recordings of one activity the one that says more stays
FROM_LIST = "Its file could not be used ({why}); these are the values of the list."
NO_FILE = "it is not there"
PASSED = {PlanError: PLANS, EmptyError: EMPTY}

Progress = Callable[[int, int, str], None]


class Step(NamedTuple):
    """How far an import has come: `done` of `total` recordings, the last of them by its name, "" before the first."""

    done: int
    total: int
    name: str


def import_files(
    app: Patella,
    files: Sequence[Path | Upload],
    *,
    progress: Progress | None = None,
    home: tzinfo | None = None,
    by_hand: bool = True,
) -> Imported:
    """Take in files, folders and archives: FIT, GPX, TCX, each also gzipped; the exports of platforms with their lists.

    What a list says of a recording holds. The same activity twice, in one format or two, by watch and phone, is one:
    of one sport and at the same time (`same_run.py`). What was taken back stays so. Originals are kept beside the
    diary. `progress` hears (done, of how many, name) after each; stopped in the middle, what was read until then is
    kept, and the next time goes on from there. `home`: the zone in which the person lives, None for that of this
    machine. `by_hand`: somebody chose these files, so that each is read whatever it is called. Raises StoreError.
    """
    with closing(importing(app, files, home=home, by_hand=by_hand)) as steps:
        for step in steps:
            if isinstance(step, Imported):
                return step
            if progress and step.name:
                progress(*step)
    raise AssertionError  # the last step is what came of it


def importing(
    app: Patella, files: Sequence[Path | Upload], *, home: tzinfo | None = None, by_hand: bool = True
) -> Generator[Step | Imported, None, None]:
    """The same in steps, between which others are answered; the last is what came of it. Close it to stop there."""
    named = [(f.path, f.name) if isinstance(f, Upload) else (f, f.name or str(f)) for f in files]
    taking = _Import(app, home)
    with FoundFiles(named, scratch=app.log.folder, by_hand=by_hand) as sources:
        for _ in sources.looking():
            yield Step(0, len(files), "")
        try:
            yield from taking.take(sources)
        finally:
            taking.writer.write()
    yield taking.result()


class _Import:
    def __init__(self, app: Patella, home: tzinfo | None) -> None:
        self.app = app
        self.home = home
        self.lists = Lists()
        self.told: set[str] = set()  # the lines of lists whose recording was read
        self.broken: dict[str, str] = {}  # why the recording of a line could not be
        self.known = There()
        self.writer = Writer(app)
        self.shoes: dict[str, str] = {}
        self.counts = {Kind.RUN_ADDED: 0, Kind.SPORT_ADDED: 0}
        self.files = self.duplicates = 0
        self.passed: dict[str, int] = {}
        self.failed: list[Failed] = []
        self.brought: list[Brought] = []
        for entry in app.entries(kinds=(Kind.RUN_ADDED, Kind.SPORT_ADDED)):
            self.known.take(entry)

    def take(self, sources: FoundFiles) -> Iterator[Step]:
        self.passed = dict(sources.passed)
        self.failed += [Failed(file=r.name, why=r.why) for r in sources.refused]
        recordings = sorted(sources.recordings, key=lambda f: not f.last.endswith(BEST_FIRST))
        self.files = len(recordings) + len(sources.lists) + len(self.failed) + sum(self.passed.values())
        alone = self.files == 1
        for found in sources.lists:
            self._read(found, self._list, alone=alone)
        for pair in self.lists.shoes:
            self._shoe(pair)
        total = len(recordings) + len(self.lists.rows)
        for done, (found, read) in enumerate(read_all(recordings, self.known.originals), 1):
            self._read(found, partial(self._recording, read=read), alone=alone)
            yield Step(done, total, found.name)
        for done, row in enumerate(self.lists.rows, len(recordings) + 1):
            if row.key not in self.told:
                self._row(row)
            yield Step(done, total, row.at)

    def _list(self, found: Found) -> None:
        before = len(self.lists.rows)
        try:
            self.lists.take(found)
        except BadFileError as error:
            if found.is_sure or isinstance(error, NoActivityError) or len(self.lists.rows) > before:
                raise
            raise NoActivityError(str(error)) from None

    def _read(self, found: Found, read: Callable[[Found], None], *, alone: bool) -> None:
        try:
            read(found)
        except NoActivityError as error:
            # An archive is full of settings and sleep; what was named by hand is worth a word.
            row = self.lists.about(found.name)
            if alone:
                self._fail(found.name, str(error))
            elif row is not None:
                self.broken[row.key] = str(error)
            else:
                kind = PASSED.get(type(error), OTHER)
                self.passed[kind] = self.passed.get(kind, 0) + 1
        except BadFileError as error:
            self._fail(found.name, str(error))
        except (StoreError, OSError):
            raise  # the diary's own trouble, and no fault of this file
        except Exception as error:  # noqa: BLE001 - whatever a stranger's file does to a reader, the others are read
            self._fail(found.name, _unforeseen(error))

    def _fail(self, name: str, why: str) -> None:
        """Name a file that could not be used; where a list has its values, those are taken in its place."""
        row = self.lists.about(name)
        if row is not None and row.activity is not None:
            self.broken[row.key] = why
        else:
            self.failed.append(Failed(file=name, why=why))

    def _recording(self, found: Found, read: Read) -> None:
        recording = read()
        name = recording.name
        row = self.lists.about(found.name)
        if name in self.known.originals:
            self.duplicates += len(self.known.originals[name])
            self.told |= {row.key} if row else set()
            return
        keep = []
        for number, activity in enumerate(recording.activities):
            about = row if row and len(recording.activities) == 1 else self.lists.at(activity)
            self.told |= {about.key} if about else set()
            said = told(activity, about, found.name)
            keep.append(self._add(said, f"{name} {number}", about, {"file": found.last, "original": name}))
        self.told |= {row.key} if row else set()
        if any(keep):
            self.writer.keep(recording)

    def _row(self, row: Row) -> None:
        """Take in a line of a list by itself: it has no file, or one that could not be used."""
        try:
            activity = usable(row)
            why = self.broken.get(row.key, NO_FILE if row.file else None)
            if why:
                activity = replace(activity, remarks=(FROM_LIST.format(why=why.rstrip(".")), *activity.remarks))
            self._add(activity, row.key, row, {"file": None, "original": None})
        except BadFileError as error:
            self.failed.append(Failed(file=row.at, why=str(error)))
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            self.failed.append(Failed(file=row.at, why=_unforeseen(error)))

    def _add(self, activity: Activity, key: str, row: Row | None, body: Mapping[str, object]) -> bool:
        """Add an activity unless it is known; whether it was new."""
        answered = self.known.words.get((activity.said or "").casefold())
        sport = answered if answered and activity.sport == UNKNOWN else activity.sport
        start, anywhere = local_start(activity, self.home), activity.local_only
        surface = activity.surface if sport == RUNNING else None
        activity = replace(activity, sport=sport, surface=surface, start=start.astimezone(UTC), local_only=False)
        if activity.start > self.app.now() + AHEAD:
            raise BadFileError(f"It lies ahead, on {start.date()}; its clock was wrong.")
        entry_id, at = str(uuid5(NAMED, key)), start.isoformat(timespec="seconds")
        said = {**body_of(activity), "start": at, **body}
        if entry_id in self.known.ids or self.known.same_as(start.date(), said, anywhere=anywhere):
            self.duplicates += 1
            return False
        kind = Kind.RUN_ADDED if sport == RUNNING else Kind.SPORT_ADDED
        gear = self.lists.gear_of(row) if row else None
        shoe = self._shoe(Pair(name=gear)) if kind == Kind.RUN_ADDED and gear else None
        entry = self.writer.add(entry_id, kind, start.date(), {**said, "shoe": shoe, "gear": gear})
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
                remark=" ".join(activity.remarks) or None,
            )
        )
        if len(self.brought) >= 2 * MOST_BROUGHT:
            self.brought = self._latest()

    def _latest(self) -> list[Brought]:
        return sorted(self.brought, key=lambda b: b.day, reverse=True)[:MOST_BROUGHT]

    def _shoe(self, pair: Pair) -> str:
        """The id of the pair of this name, added where there is none yet."""
        known = self.shoes.get(pair.name)
        if known is None:
            known, added = shoe_by_name(self.app, pair.name, since=pair.since, until=pair.until)
            self.shoes[pair.name] = known
            self.writer.fresh += added
        return known

    def result(self) -> Imported:
        passed = sorted(self.passed.items(), key=lambda kind: -kind[1])
        return Imported(
            files=self.files,
            runs=self.counts[Kind.RUN_ADDED],
            other=self.counts[Kind.SPORT_ADDED],
            duplicates=self.duplicates,
            passed=tuple(Passed(kind=kind, count=count) for kind, count in passed),
            failed=tuple(self.failed),
            brought=tuple(self._latest()),
        )


def _unforeseen(error: Exception) -> str:
    return f"It could not be read ({type(error).__name__}); the rest was."
