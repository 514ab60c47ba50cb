"""For pytest: begins no further test once a process has taken so many seconds of processor, and writes what was left.

`make fast` loads it; the seconds are in PATELLA_BUDGET_S. Into the file that PATELLA_BUDGET_TOLD names goes, by file of
tests, how many were not run, and how many seconds of processor those took that were.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

BUDGET_S, TOLD = "PATELLA_BUDGET_S", "PATELLA_BUDGET_TOLD"
LEFT, TOOK_S = "left", "took_s"
left: Counter[str] = Counter()
took_s: dict[str, float] = {}


def taken_s() -> float:
    """Seconds of processor of this process and of those that it waited for."""
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note what each test takes, with what is set up for it."""
    began_s, file = taken_s(), item.location[0]
    done = yield
    took_s[file] = took_s.get(file, 0.0) + taken_s() - began_s
    return done


@pytest.hookimpl(tryfirst=True, specname="pytest_runtest_protocol")
def pytest_pass_by(item: pytest.Item) -> bool | None:
    """Let a test pass by when the time is up."""
    if taken_s() < float(os.environ[BUDGET_S]):
        return None
    left[item.location[0]] += 1
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that runs this one; that one writes it."""
    told = {LEFT: dict(left), TOOK_S: took_s}
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output |= told
    else:
        Path(os.environ[TOLD]).write_text(json.dumps(told), encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - xdist has no type for it
    """Hear it."""
    output = getattr(node, "workeroutput", {})
    left.update(output.get(LEFT, {}))
    took_s.update(output.get(TOOK_S, {}))  # each file is run by one process
