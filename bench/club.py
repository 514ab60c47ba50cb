"""A shared Patella under load: so many questions for today's page a second while others train; how long each waits.

    python bench/club.py [--people 1000] [--here 300] [--training 100] [--a-second 60] [--for-s 60] [--workers 4]

Needs PostgreSQL's own programs, and about 5 MB of disk for each of the people. Questions come when they come, and do
not wait for the answers before them, so that a server that falls behind is seen to.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import uuid4

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE / "tests"))

from asking import Asking  # noqa: E402
from club_people import LOOKED_AFTER, Filled, fill_club, live_a_year  # noqa: E402
from figure import at  # noqa: E402
from house import serving  # noqa: E402

import postgresql  # noqa: E402
from patella.app.patella import Patella  # noqa: E402
from patella.files.library import own_library  # noqa: E402
from patella.store.log import Log  # noqa: E402
from patella.web.people.cookie import NAME  # noqa: E402
from web.shared import HOST, club  # noqa: E402

# A server of a machine's own, which waits for its disk.
SERVER = {"fsync": "on", "shared_buffers": "512MB", "max_wal_size": "4GB"}
SET_EVERY_S = 40.0  # a set, and its rest
OK = b"HTTP/1.1 2"


@dataclass(slots=True)
class Door:
    """Lines to the server that are used again, as a proxy has them."""

    port: int
    free: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=deque)

    async def ask(self, key: str, method: str, path: str, body: object = None) -> bytes:
        """The content of a good answer. Raises RuntimeError with another."""
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\nCookie: {NAME}={key}\r\n"
        head += "" if body is None else f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        while True:
            kept = bool(self.free)
            reader, writer = (
                self.free.pop() if kept else await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
            )
            try:
                writer.write(head.encode() + b"\r\n" + content)
                said = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = next(int(part[15:]) for part in said.split(b"\r\n") if part.startswith(b"content-length:"))
                answer = await reader.readexactly(length)
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                if kept:  # one that was silent for long is hung up
                    continue
                raise
            self.free.append((reader, writer))
            if not said.startswith(OK.lower()):
                raise RuntimeError(f"{method} {path}: {said[:20]!r} {answer[:200]!r}")
            return answer


def main() -> int:
    """Fill, ask, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", type=int, default=1000)
    ask.add_argument("--here", type=int, default=300, help="people who are here today")
    ask.add_argument("--training", type=int, default=100, help="of them, who train meanwhile")
    ask.add_argument("--a-second", type=float, default=60.0)
    ask.add_argument("--for-s", type=float, default=60.0)
    ask.add_argument("--workers", type=int, default=4)
    said = ask.parse_args()
    _alone()
    postgresql.SETTINGS.update(SERVER)
    with (
        postgresql.running() as server,
        tempfile.TemporaryDirectory() as folder,
        club(server, Path(folder) / "club", workers=said.workers) as shared,
    ):
        filled = fill_club(shared.database, Path(folder), people=said.people, here=said.here)
        print(f"{said.people} people, {filled.entries} entries, {filled.size_gb:.1f} GB ({filled.took_s:.0f} s)")
        programs = [shared.process.pid, server.process.pid if server.process else 0]
        asyncio.run(_all(said, shared.port, filled, programs))
    return 0


def _alone() -> None:
    """The same diary in a Patella of one person, asked again and again for the same page, as many ask."""
    with tempfile.TemporaryDirectory() as folder:
        with Log.open(Path(folder)) as log:
            live_a_year(
                Patella(log=log, library=own_library(), now=lambda: datetime.now(UTC), new_id=lambda: str(uuid4()))
            )
        with serving(Path(folder)) as house:
            asking = Asking(house)
            asking.get("/api/today")
            asking.settle()
            took = [asking.get("/api/today") for _ in range(20)]
    print(
        f"one person's own, one question after another: median {median(t.waited_s for t in took) * 1000:.0f} ms, "
        f"{median(t.processor_s for t in took) * 1000:.1f} ms of processor each"
    )


async def _all(said: argparse.Namespace, port: int, filled: Filled, programs: list[int]) -> None:
    door, keys, waited = Door(port), filled.keys, list[float]()
    _warm = [await door.ask(keys[0], "GET", "/api/today") for _ in range(4 * said.workers)]  # their code is read
    rest = deque(keys)
    before, began = _processor_s(programs), time.monotonic()
    await asyncio.gather(*(_first(door, rest, waited) for _ in range(2)))
    _tell("the first question of somebody's day, two at a time", waited, programs, before, began)
    for name in ("the first time today", "again"):
        before, began = _processor_s(programs), time.monotonic()
        await door.ask(filled.physiotherapist, "GET", "/api/people/caseload")
        list_ = f"a physiotherapist's list of {LOOKED_AFTER}, {name}"
        _tell(list_, [time.monotonic() - began], programs, before, began)
    trained, stop = list[float](), asyncio.Event()
    trainees = [asyncio.create_task(_train(door, k, n, stop, trained)) for n, k in enumerate(keys[: said.training])]
    while len(trained) < said.training:  # each has begun, and done a set
        await asyncio.sleep(0.2)
        if done := next((t for t in trainees if t.done()), None):
            done.result()
    trained.clear()
    before, began = _processor_s(programs), time.monotonic()
    waited = await _asked(door, keys[said.training :], said.for_s, said.a_second)
    stop.set()
    await asyncio.gather(*trainees)
    _tell(f"{said.a_second:.0f} questions a second, {said.training} in training", waited, programs, before, began)
    _tell("their sets", trained, programs, None, began)
    print(f"memory of all of Patella's processes: {_memory_mb(programs[:1]):.0f} MB, of the database's: ", end="")
    print(f"{_memory_mb(programs[1:]):.0f} MB")


async def _first(door: Door, rest: deque[str], waited: list[float]) -> None:
    while rest:
        began = time.monotonic()
        await door.ask(rest.popleft(), "GET", "/api/today")
        waited.append(time.monotonic() - began)


async def _train(door: Door, key: str, number: int, stop: asyncio.Event, waited: list[float]) -> None:
    """Begin today's session, and do a set of its first task every so often, until it is enough."""
    rng = random.Random(number)  # noqa: S311 - no secret
    session = json.loads(await door.ask(key, "POST", "/api/sessions", {"id": str(uuid4()), "before": 1}))
    task, turn = session["tasks"][0], 0
    asked = {k: task[k] for k in ("reps", "holds", "hold_s", "load_kg", "band")}
    body = {"item": 0, "exercise": task["exercise"], "side": task["sides"][0], "set": 1, "form_ok": None, **asked}
    wait_s = 0.0
    while not stop.is_set():
        now = datetime.now(UTC).isoformat()
        event = {"id": str(uuid4()), "kind": "set.done", "at": now, "body": {**body, "set": 1 + turn % 3}}
        began = time.monotonic()
        await door.ask(key, "POST", f"/api/sessions/{session['id']}/events", {"events": [event]})
        waited.append(time.monotonic() - began)
        turn, wait_s = turn + 1, SET_EVERY_S * (rng.random() if wait_s == 0 else 1)
        try:
            await asyncio.wait_for(stop.wait(), wait_s)
        except TimeoutError:
            continue


async def _asked(door: Door, keys: list[str], for_s: float, a_second: float) -> list[float]:
    """How long each question waited, in seconds from when it was due."""
    rng, waited, asked = random.Random(1), list[float](), set[asyncio.Task[None]]()  # noqa: S311 - no secret
    begun = due = time.monotonic()
    while due < begun + for_s:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        asked.add(asyncio.create_task(_one(door, rng.choice(keys), due, waited)))
        due += rng.expovariate(a_second)
    await asyncio.gather(*asked)
    return waited


async def _one(door: Door, key: str, due: float, waited: list[float]) -> None:
    await door.ask(key, "GET", "/api/today")
    waited.append(time.monotonic() - due)


def _tell(name: str, waited: list[float], programs: list[int], before: float | None, began: float) -> None:
    ordered, lasted_s = sorted(waited), time.monotonic() - began
    took = ""
    if before is not None:
        used_s = _processor_s(programs) - before
        took = f"; {used_s / len(ordered) * 1000:.1f} ms of processor each, {used_s / lasted_s:.2f} cores"
    ms = [f"{name_} {at(share, ordered) * 1000:.0f}" for name_, share in (("median", 0.5), ("p99", 0.99), ("most", 1))]
    print(f"{name}: {len(ordered)} answers, {len(ordered) / lasted_s:.1f} a second, {', '.join(ms)} ms{took}")


def _processor_s(programs: list[int]) -> float:
    """Seconds of processor of these programs and of all that they began, database included."""
    return sum(_own_s(pid) for pid in _all_of(programs))


def _memory_mb(programs: list[int]) -> float:
    """What they have of the machine's memory, what several share in shares (PSS)."""
    return sum(_share_kb(pid) for pid in _all_of(programs)) / 1000


def _share_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _all_of(programs: list[int]) -> list[int]:
    table = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in table.splitlines())}
    return [pid for pid in parents if _is_of(pid, parents, programs)]


def _is_of(pid: int, parents: dict[int, int], programs: list[int]) -> bool:
    while pid:
        if pid in programs:
            return True
        pid = parents.get(pid, 0)
    return False


def _own_s(pid: int) -> float:
    try:
        return sum(int(s.read_text().split()[0]) for s in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    except OSError:  # it ended meanwhile
        return 0.0


if __name__ == "__main__":
    sys.exit(main())
