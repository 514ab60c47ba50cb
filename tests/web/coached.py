"""A body in front of a camera, as a page would send it, and a line to the coach."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from patella.files.library import read_movement
from patella.motion.body import Body
from patella.motion.camera import camera_round
from patella.motion.performance import Attempt, Fault, Performance, filmed
from patella.motion.pose import pack
from patella.motion.tempo import Tempo
from web.server import known_at

EXTENSION = "terminal-knee-extension"
TEMPO = Tempo(up_s=1.2, hold_s=0.4, down_s=1.6, rest_s=0.6)
BEGIN = {"kind": "begin", "exercise": EXTENSION, "side": "right"}
Plain = dict[str, Any]


@lru_cache(maxsize=8)
def frames_of(reps: int = 4, fps: int = 15, fault: Fault | None = None) -> tuple[bytes, ...]:
    """Terminal knee extensions of the right leg, sideways to the camera, packed; clean, or all with one fault."""
    told = Performance(
        body=Body(), movement=read_movement(EXTENSION), attempts=(Attempt(tempo=TEMPO, fault=fault),) * reps,
        side="R", walk_s=0.0, still_s=2.0, after_s=1.0,
    )  # fmt: skip
    return tuple(pack(f) for f in filmed(told, camera_round((0.0, -0.2, 0.86), 90, distance_m=3.1), fps))


BALL = "medicine-ball-squeeze"


def squeezes(count: int = 2, hold_s: float = 6.0) -> tuple[bytes, ...]:
    """Squeezes of a ball before the camera, packed, after five quiet seconds."""
    return before_us(BALL, count, hold_s)


@lru_cache(maxsize=4)
def before_us(exercise: str, count: int, hold_s: float) -> tuple[bytes, ...]:
    """An exercise in front of the camera, packed, after five quiet seconds."""
    tempo = Tempo(up_s=1.2, hold_s=hold_s, down_s=1.2, rest_s=3.0)
    told = Performance(
        body=Body(), movement=read_movement(exercise), attempts=(Attempt(tempo=tempo),) * count, side="R", walk_s=0.0,
        still_s=5.0, after_s=2.0,
    )  # fmt: skip
    return tuple(pack(f) for f in filmed(told, camera_round((0.0, -0.2, 0.86), 0, distance_m=3.1), 15))


@asynccontextmanager
async def line(port: int, **how: Any) -> AsyncIterator[ClientConnection]:  # noqa: ANN401 - handed on
    """An open socket, from our own page unless another origin is said."""
    how = {"origin": f"http://127.0.0.1:{port}"} | how
    how["additional_headers"] = known_at(port) | how.get("additional_headers", {})
    async with connect(f"ws://127.0.0.1:{port}/api/coach", close_timeout=2, **how) as socket:
        yield socket


async def said_to(socket: ClientConnection, *messages: str | bytes) -> int:
    """The code with which the server hangs up after these messages."""
    for message in messages:
        await socket.send(message)
    return await closed(socket)


async def closed(socket: ClientConnection) -> int:
    """The code with which a line ends; whatever still comes is not looked at."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 10)
    except ConnectionClosed:
        assert socket.close_code is not None
        return socket.close_code


async def watched(port: int, frames: Sequence[bytes], **begin: Any) -> list[Plain]:  # noqa: ANN401 - handed on
    """Every answer to an uncut line."""
    async with line(port) as socket:
        await socket.send(json.dumps(BEGIN | begin))
        answers: list[Plain] = [json.loads(await socket.recv())]
        for frame in frames:
            await socket.send(frame)
            await asyncio.sleep(0.0085)
        while answers[-1]["seen"] <= len(frames) - 15:  # a state is told with one frame in fifteen
            answers.append(json.loads(await asyncio.wait_for(socket.recv(), 5)))
        return answers


def events_in(answers: Sequence[Plain], kind: str) -> list[Plain]:
    return [event for answer in answers for event in answer["events"] if event["kind"] == kind]
