"""Whatever a person does, in any order: a diary in a file and one among many on a server say the same (R10)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from patella.app.patella import Patella
from patella.app.running.importing import import_files
from patella.files.library import own_library
from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.postgresql import SharedStore
from patella.web.app import make_app
from patella.web.door import cookie_name
from postgresql import Server
from web.recorded import gpx
from web.visit import HOME, PORT, Clock, Plain, Visit

WALKS, STEPS = int(os.environ.get("PATELLA_WALKS", "3")), 50
LOOKED_EVERY = 10
LIBRARY = own_library()
PERSON = 3
FIRST = 1 << 64


def named(numbers: Iterator[int]) -> str:
    """An id that is another each time, and the same in both."""
    return str(UUID(int=FIRST + next(numbers), version=4))


@dataclass
class Side:
    """One of both: its diary, that can be opened anew, and what it is asked by."""

    open: Callable[[], Log]
    clock: Clock
    folder: Path
    visit: Visit
    numbers: Iterator[int]

    def restart(self) -> None:
        """End, and begin again on what is there."""
        self.visit.client.close()
        self.visit.patella.log.close()
        self.visit = visiting_by(self.open(), self.clock, self.folder, self.numbers)


def visiting_by(log: Log, clock: Clock, folder: Path, numbers: Iterator[int]) -> Visit:
    keys = Keys(folder, or_in_memory=True)
    app = Patella(log=log, library=LIBRARY, now=clock, new_id=partial(named, numbers), is_one_of_many=True)
    cookies = {cookie_name(PORT): keys.let_in()}
    client = TestClient(make_app(app, port=PORT, keys=keys), HOME, cookies=cookies)
    return Visit(patella=app, clock=clock, client=client, keys=keys)


@contextmanager
def both(postgresql: Server) -> Iterator[tuple[Side, Side]]:
    with tempfile.TemporaryDirectory() as folder:
        place, address = Path(folder), postgresql.fresh()
        (place / "keys").mkdir()
        stores = list[SharedStore]()

        def on_server() -> Log:
            stores.append(SharedStore.open(address, place / "people"))
            return stores[-1].log_of(PERSON)

        sides = list[Side]()
        for opening in (partial(Log.open, place / "own"), on_server):
            clock, numbers = Clock(), count()
            visit = visiting_by(opening(), clock, place / "keys", numbers)
            sides.append(Side(open=opening, clock=clock, folder=place / "keys", visit=visit, numbers=numbers))
        yield sides[0], sides[1]
        for side in sides:
            side.visit.client.close()
            side.visit.patella.log.close()
        for store in stores:
            store.close()


def _unfinished(visit: Visit) -> Plain | None:
    found = visit.get("/api/today")["due"]["unfinished"]
    return None if found is None else visit.get(f"/api/sessions/{found['id']}")


def _begin(side: Side, rng: Random) -> None:
    said = {"id": named(side.numbers), "before": rng.randrange(4)}
    side.visit.client.post("/api/sessions", json=said)  # where nothing is open it is refused, on both


def _say(side: Side, event: Plain) -> None:
    if (session := _unfinished(side.visit)) is not None:
        side.visit.say(session, {**event, "id": named(side.numbers), "at": side.clock.now.isoformat()})


def _set(side: Side, rng: Random) -> None:
    if (session := _unfinished(side.visit)) is not None:
        item = rng.randrange(len(session["tasks"]))
        side.visit.say(session, {**side.visit.set_done(session, item), "id": named(side.numbers)})


def _pain_meanwhile(side: Side, rng: Random) -> None:
    _say(side, side.visit.pain(rng.randrange(9)))


def _skip(side: Side, rng: Random) -> None:
    if (session := _unfinished(side.visit)) is not None:
        _say(side, side.visit.event("item.skipped", {"item": rng.randrange(len(session["tasks"]))}))


def _finish(side: Side, rng: Random) -> None:  # noqa: ARG001 - every deed is told the same
    _say(side, side.visit.event("session.finished"))


def _morning(side: Side, rng: Random) -> None:
    side.visit.post("/api/pain", {"id": named(side.numbers), "nprs": rng.randrange(8), "when": "morning"})


def _run(side: Side, rng: Random) -> None:
    side.visit.post("/api/runs", {"id": named(side.numbers), "distance_m": rng.randrange(2000, 15000)}, 201)


def _import(side: Side, rng: Random) -> None:
    began = side.clock.now - timedelta(hours=rng.randrange(2, 40))
    file = side.folder / f"{began:%d%H%M}.gpx"
    file.write_bytes(gpx(began, rng.randrange(3, 12)))
    import_files(side.visit.patella, [file])


def _take_back(side: Side, rng: Random) -> None:
    """Undo one of the latest entries, if it can be undone."""
    entries = side.visit.patella.log.entries()
    if entries:
        target = entries[-1 - rng.randrange(min(5, len(entries)))]
        path = f"/api/entries/{target.id}/undo"
        side.visit.client.post(path, json={"id": named(side.numbers)})


def _later(side: Side, rng: Random) -> None:
    side.clock.move(minutes=rng.choice((1, 50, 60 * 11, 60 * 24)))


def _elsewhere(side: Side, rng: Random) -> None:
    side.clock.now = side.clock.now.astimezone(timezone(timedelta(hours=rng.randrange(-11, 13))))


def _restart(side: Side, rng: Random) -> None:  # noqa: ARG001 - every deed is told the same
    side.restart()


def _questions(side: Side, rng: Random) -> None:  # noqa: ARG001 - every deed is told the same
    side.visit.screen()


# How often each is done, beside the others.
DEEDS: dict[Callable[[Side, Random], None], int] = {
    _set: 12, _begin: 4, _later: 5, _finish: 2, _pain_meanwhile: 2, _skip: 1, _morning: 2, _run: 2, _import: 2,
    _take_back: 2, _elsewhere: 1, _restart: 1, _questions: 1,
}  # fmt: skip


def seen(side: Side) -> dict[str, object]:
    """What its person is shown and takes along."""
    day = side.visit.patella.today
    told: dict[str, object] = {"export": side.visit.client.get("/api/export.json").content}
    for path in ("/api/today", "/api/diary", f"/api/timeline?since={day - timedelta(days=60)}&before={day}"):
        told[path] = side.visit.get(path)
    return told


@pytest.mark.parametrize("seed", range(WALKS))
def test_both_say_the_same_whatever_is_done(postgresql: Server, seed: int) -> None:
    rng, most = Random(seed), 0  # noqa: S311 - the same walk every time
    deeds = rng.choices(list(DEEDS), list(DEEDS.values()), k=STEPS)
    with both(postgresql) as sides:
        for number, deed in enumerate((_questions, _begin, *deeds)):
            for side in sides:
                deed(side, Random(f"{seed} {number}"))  # noqa: S311 - the same on both
            if number % LOOKED_EVERY == 0:
                mine, theirs = (seen(side) for side in sides)
                assert mine == theirs
                most = max(most, len(sides[0].visit.patella.log.entries()))
        mine, theirs = (seen(side) for side in sides)
        assert mine == theirs
    assert most >= STEPS // 3, "too little happened"
