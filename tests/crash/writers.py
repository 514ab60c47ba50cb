"""The other end of `writer.py`: gives orders, hears acknowledgements, kills; and what a diary may hold afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Self

from crash.writer import batch
from patella.store.log import Log

KILLED = int(signal.SIGKILL)


class Writers(AbstractContextManager["Writers"]):
    """A process that forks one writer after the other."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("writer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            text=True,
        )
        self._pid = 0
        self.status = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the process, and with it a writer that is still at work: it has nobody to speak to any more."""
        self._process.kill()
        self._process.communicate()

    def begin(self, do: str, **order: object) -> None:
        """Let a writer begin; it is at work when this returns."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()
        word, pid = self._line()
        assert word == "begun"
        self._pid = int(pid)

    def hear(self, many: int) -> list[tuple[str, str]]:
        """The next so many lines."""
        return [self._line() for _ in range(many)]

    def kill(self) -> None:
        """Kill -9 the writer where it stands."""
        os.kill(self._pid, signal.SIGKILL)

    def rest(self) -> list[tuple[str, str]]:
        """Every line until the writer is gone; `status` says how it ended."""
        lines = []
        while (line := self._line())[0] != "gone":
            lines.append(line)
        self.status = int(line[1])
        return lines

    def _line(self) -> tuple[str, str]:
        assert self._process.stdout is not None
        word, _, what = self._process.stdout.readline().rstrip("\n").partition(" ")
        assert word, "the process that forks the writers has ended"
        return word, what


def numbers(lines: Collection[tuple[str, str]], word: str) -> list[int]:
    """The numbers that were said with this word."""
    return [int(what) for said, what in lines if said == word]


def batches_in(folder: Path, prefix: str = "n") -> list[int]:
    """The numbers of the batches in a diary, in order of writing; the file must be well and every batch whole."""
    with Log.open(folder) as log:
        assert log.check() == []
        stored = [entry for entry in log.entries() if entry.id.startswith(prefix)]
    found = list(dict.fromkeys(int(entry.id.removeprefix(prefix).split(".")[0]) for entry in stored))
    assert stored == [entry for number in found for entry in batch(number, prefix)]
    return found


def is_a_prefix(found: list[int]) -> bool:
    """Whether these are the batches 0, 1, 2 and so on, none left out, none twice."""
    return all(number == expected for number, expected in zip(found, count(), strict=False))
