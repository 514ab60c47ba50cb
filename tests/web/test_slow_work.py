from __future__ import annotations

import asyncio
import sys
import threading

import pytest

from patella.web.slow_work import run_in_thread
from web.visit import Visit


async def where_it_runs() -> str:
    return await run_in_thread(lambda: threading.current_thread().name)


def test_slow_work_holds_nobody_up() -> None:
    assert asyncio.run(where_it_runs()) != threading.current_thread().name


def test_where_there_are_no_threads_it_is_done_all_the_same(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert asyncio.run(where_it_runs()) == threading.current_thread().name
    assert visit.get("/api/insight")["findings"] == []
