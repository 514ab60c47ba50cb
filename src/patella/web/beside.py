"""Slow work beside the answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Told = ParamSpec("Told")
Made = TypeVar("Made")

ALONE = ("emscripten", "wasi")  # Python inside a page: one thread, and nobody else who asks


async def beside(work: Callable[Told, Made], *told: Told.args, **more: Told.kwargs) -> Made:
    """What `work` gives. It runs in a thread so that others are answered meanwhile; where there are none, at once."""
    if sys.platform in ALONE:
        return work(*told, **more)
    return await asyncio.to_thread(work, *told, **more)
