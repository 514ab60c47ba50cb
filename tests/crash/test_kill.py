from __future__ import annotations

import random
import shutil
import struct
import time
from pathlib import Path

from crash.writers import KILLED, Writers, batches_in, is_a_prefix, numbers
from patella.store.log import Log

WAL_HEADER, WAL_FRAME = 32, 24 + 4096


def test_two_hundred_kills_lose_and_double_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    rng = random.Random(20260531)  # noqa: S311 - the same kills every time
    folder, copy = tmp_path / "diary", tmp_path / "copy"
    acknowledged = -1
    with Writers() as writers:
        for _ in range(200):
            writers.begin("append_for_ever", folder=str(folder), first=acknowledged + 1)
            heard = writers.hear(rng.randrange(1, 8)) if rng.random() < 0.5 else []
            time.sleep(rng.uniform(0, 0.003 if heard else 0.03))
            writers.kill()
            heard += writers.rest()
            assert writers.status == KILLED
            acknowledged = max(numbers(heard, "ack"), default=acknowledged)
            # A copy is looked at, so that the next writer meets exactly what the kill has left.
            found = batches_in(_copied(folder, copy)) if folder.exists() else []
            assert is_a_prefix(found)
            assert len(found) - 1 in {acknowledged, acknowledged + 1}
    assert acknowledged > 400


def test_a_hundred_torn_copies_open_and_hold_a_prefix_of_what_was_written(tmp_path: Path) -> None:
    rng = random.Random(7)  # noqa: S311 - the same kills every time
    folder, copy = tmp_path / "diary", tmp_path / "copy"
    acknowledged, shorter = -1, 0
    with Writers() as writers:
        for turn in range(100):
            writers.begin("append_for_ever", folder=str(folder), first=acknowledged + 1)
            heard = writers.hear(rng.randrange(1, 12))
            time.sleep(rng.uniform(0, 0.003))
            writers.kill()
            acknowledged = max(numbers(heard + writers.rest(), "ack"))
            _tear(_copied(folder, copy), rng, filled=turn % 2 == 1)
            found = batches_in(copy)
            assert is_a_prefix(found)
            assert len(found) - 1 <= acknowledged + 1
            shorter += len(found) - 1 < acknowledged
    assert shorter > 40, "the cuts hit nothing"


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    with Writers() as one, Writers() as other:
        one.begin("append_some", folder=str(tmp_path), prefix="a", many=150)
        other.begin("append_some", folder=str(tmp_path), prefix="b", many=150)
        assert numbers(one.rest(), "ack") == numbers(other.rest(), "ack") == list(range(150))
        assert one.status == other.status == 0
    assert batches_in(tmp_path, "a") == batches_in(tmp_path, "b") == list(range(150))


def test_four_processes_that_open_a_new_diary_at_the_same_moment_all_find_it_usable(tmp_path: Path) -> None:
    with Writers() as writers:
        for number in range(40):
            folder = tmp_path / str(number)
            writers.begin("open_at_once", folder=str(folder), many=4)
            assert sorted(numbers(writers.rest(), "ack")) == [0, 1, 2, 3]
            with Log.open(folder) as log:
                assert sorted(entry.id for entry in log.entries()) == ["0-0.0", "1-0.0", "2-0.0", "3-0.0"]


def _copied(folder: Path, copy: Path) -> Path:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy


def _tear(copy: Path, rng: random.Random, *, filled: bool) -> None:
    """Cut the write-ahead log where a power cut could: anywhere behind what was, or was being, taken over.

    What is taken over into the database has been synced before. How far that has come, and where the log ends, stands
    in the shared memory file (WalCkptInfo.nBackfillAttempted at byte 128, WalIndexHdr.mxFrame at byte 16). `filled`:
    the file keeps its length, and the rest is zeros.
    """
    wal, shared = copy / "patella.db-wal", (copy / "patella.db-shm").read_bytes()
    (taken_over,), (frames,) = struct.unpack_from("=I", shared, 128), struct.unpack_from("=I", shared, 16)
    content = wal.read_bytes()
    safe = WAL_HEADER + taken_over * WAL_FRAME if taken_over else 0
    cut = rng.randint(min(safe, len(content)), min(WAL_HEADER + (frames + 4) * WAL_FRAME, len(content)))
    wal.write_bytes(content[:cut] + (bytes(len(content) - cut) if filled else b""))
