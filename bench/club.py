"""A shared Patella under load: so many people, so many questions for today's page a second; how long each waits.

    python bench/club.py [--people 200] [--a-second 60] [--for-s 20] [--workers 4]

Needs PostgreSQL's own programs. People have the made-up runner's twelve weeks each. Questions come when they come, and
do not wait for the answers before them, so that a server that falls behind is seen to.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE / "tests"))

import postgresql  # noqa: E402
from patella.app.demo import fill  # noqa: E402
from patella.app.diaries import Diaries  # noqa: E402
from patella.files.library import own_library  # noqa: E402
from patella.store.people import accounts, visits  # noqa: E402
from patella.store.people.people import Role, people_in  # noqa: E402
from patella.store.postgresql import SharedStore  # noqa: E402
from patella.web.people.cookie import NAME  # noqa: E402
from web.shared import HOST, club  # noqa: E402

COPY = """
WITH one AS (INSERT INTO person (made_at) SELECT made_at FROM person ORDER BY id LIMIT 1 RETURNING id),
     whose AS (INSERT INTO diary (account_id, person_id) SELECT :account, id FROM one RETURNING person_id)
INSERT INTO entry (id, person_id, session_id, kind, day, at, body)
SELECT e.id, w.person_id, e.session_id, e.kind, e.day, e.at, e.body
FROM entry e, whose w WHERE e.person_id = :first ORDER BY e.seq
"""


def main() -> int:
    """Fill, ask, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", type=int, default=200)
    ask.add_argument("--a-second", type=float, default=60.0)
    ask.add_argument("--for-s", type=float, default=20.0)
    ask.add_argument("--workers", type=int, default=4)
    said = ask.parse_args()
    with (
        postgresql.running() as server,
        tempfile.TemporaryDirectory() as folder,
        club(server, Path(folder) / "club", workers=said.workers) as shared,
    ):
        keys = fill_all(shared.database, Path(folder), said.people)
        asyncio.run(load(shared.port, keys, 5.0, min(20.0, said.a_second)))  # each worker has read its code by now
        waited = asyncio.run(load(shared.port, keys, said.for_s, said.a_second))
    ordered = sorted(waited)
    print(
        f"{len(ordered)} answers to {said.people} people, {said.a_second:.0f} a second, {said.workers} workers: "
        f"median {statistics.median(ordered) * 1000:.0f} ms, p99 {ordered[int(len(ordered) * 0.99)] * 1000:.0f} ms, "
        f"longest {ordered[-1] * 1000:.0f} ms"
    )
    return 0


def fill_all(database: str, folder: Path, number: int) -> list[str]:
    """So many runners with a diary; the keys by which they are signed in."""
    store = SharedStore.open(database, folder / "people")
    people, keys = people_in(store.engine), list[str]()
    for n in range(number):
        with people.begin() as connection:
            account = accounts.made(
                connection, handle=f"runner{n}", name=f"Runner {n}", role=Role.RUNNER, kept="", at_s=time.time()
            )
            keys.append(visits.begin(connection, account, "bench", time.time()))
        if n == 0:
            fill(Diaries(store, own_library(), waits_s=5.0).of(account))
            first = store.log_of(account).owner()
            continue
        with store.engine.begin() as connection:
            connection.execute(text(COPY), {"account": account, "first": first})
    with store.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    store.close()
    return keys


async def load(port: int, keys: list[str], for_s: float, a_second: float) -> list[float]:
    """How long each question waited, in seconds."""
    rng, waited, asked = random.Random(1), list[float](), set[asyncio.Task[None]]()  # noqa: S311 - no secret
    begun = due = time.monotonic()
    while due < begun + for_s:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        asked.add(asyncio.create_task(one(port, rng.choice(keys), due, waited)))
        due += rng.expovariate(a_second)
    await asyncio.gather(*asked)
    return waited


async def one(port: int, key: str, due: float, waited: list[float]) -> None:
    """Ask for today's page once, counted from when it was due."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /api/today HTTP/1.1\r\nHost: {HOST}\r\nCookie: {NAME}={key}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:200])
    waited.append(time.monotonic() - due)


if __name__ == "__main__":
    sys.exit(main())
