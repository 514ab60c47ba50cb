from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from crash.writer import batch
from crash.writers import Writers, batches_in, numbers
from patella.store.log import Log


def test_a_full_disk_refuses_says_so_and_takes_everything_again_once_there_is_room(tmp_path: Path) -> None:
    with Writers() as writers:
        writers.begin("append_on_a_full_disk", folder=str(tmp_path), steps=60, bytes_a_step=1500)
        lines = writers.rest()
        assert writers.status == 0
    refused = numbers(lines, "refused")
    assert len(refused) == 60
    assert numbers(lines, "half") == []
    assert set(_reasons(lines)) <= {
        f"Not saved: {tmp_path}/patella.db could not be read or written. Is the disk full, or was it taken out?",
        "Not saved: the disk is full. Make some room, then try again.",
    }
    # Everything is there once, the refused among it: each was said again when there was room.
    assert batches_in(tmp_path) == list(range(max(refused) + 1))


@pytest.fixture(scope="module")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to build the failing disk with")
    library = tmp_path_factory.mktemp("disk") / "failing_write.so"
    source = Path(__file__).with_name("failing_write.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True, timeout=60)
    return library


def test_whichever_write_or_sync_fails_nothing_false_is_acknowledged(tmp_path: Path, failing_disk: Path) -> None:
    rng = random.Random(3)  # noqa: S311 - the same kills every time
    turns_with_a_refusal = 0
    with Writers({"LD_PRELOAD": str(failing_disk)}) as writers:
        for nth in rng.sample(range(1, 141), 60):
            folder = tmp_path / str(nth)
            failing = f"{nth} {rng.randint(1, 4)}"
            writers.begin("append_while_writes_fail", folder=str(folder), many=8, failing=failing)
            lines = writers.rest()
            assert writers.status == 0
            acknowledged, refused = numbers(lines, "ack"), numbers(lines, "refused")
            assert sorted(acknowledged + refused) == list(range(8))
            assert all(reason.endswith((".", "?")) and "sql" not in reason for reason in _reasons(lines))
            assert len(refused) < 8, "the disk works again, and the diary should too"
            assert set(acknowledged) <= set(batches_in(folder))
            with Log.open(folder) as log:
                log.append(batch(99))
            turns_with_a_refusal += bool(refused)
    assert turns_with_a_refusal > 40, "the disk hardly failed"


def _reasons(lines: list[tuple[str, str]]) -> list[str]:
    return [what for word, what in lines if word == "because"]
