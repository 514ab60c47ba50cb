"""Slow work beside the answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import ParamSpec, TypeVar

Told = ParamSpec("Told")
Made = TypeVar("Made")

ALONE = ("emscripten", "wasi")  # Python inside a page: one thread, and nobody else who asks
BREATH_S = 0.004  # there: long enough for whatever waits, as a browser lets what is due go ahead of what just came


async def run_in_thread(work: Callable[Told, Made], *told: Told.args, **more: Told.kwargs) -> Made:
    """What `work` gives. It runs in a thread so that others are answered meanwhile; where there are none, at once."""
    if sys.platform in ALONE:
        return work(*told, **more)
    return await asyncio.to_thread(work, *told, **more)


async def steps_of(work: Iterator[Made]) -> AsyncIterator[Made]:
    """What `work` gives, step by step: between two of them others are answered, also where there are no threads."""
    while found := await run_in_thread(_next, work):
        yield found[0]
        await asyncio.sleep(BREATH_S if sys.platform in ALONE else 0)


def _next(work: Iterator[Made]) -> tuple[Made] | None:
    """What comes next, in a tuple; None where nothing does: StopIteration cannot leave a thread."""
    for made in work:
        return (made,)
    return None
