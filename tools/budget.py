"""For pytest: begins no further test once a process has taken so many seconds of processor, and says what was left.

`make fast` loads it; the seconds are in PATELLA_BUDGET_S.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest

LEFT = "left_for_time"
left: Counter[str] = Counter()


def taken_s() -> float:
    """Seconds of processor of this process and of those that it waited for."""
    return sum(os.times()[:4])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Let a test pass by when the time is up."""
    if taken_s() < float(os.environ["PATELLA_BUDGET_S"]):
        return None
    left[item.location[0]] += 1
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that runs this one."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[LEFT] = dict(left)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - xdist has no type for it
    """Hear it."""
    left.update(getattr(node, "workeroutput", {}).get(LEFT, {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it."""
    if left:
        files = ", ".join(f"{file} ({count})" for file, count in left.items())
        terminalreporter.line(f"The time is up: {left.total()} tests were not run, of {files}.")
