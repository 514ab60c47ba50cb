"""Many cameras at once: 30 frames a second on each line to the real server, and how soon its answers are back."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bodies import frames
from figure import Figure, at
from house import House, serving
from line import Line, message, open_line

from patella.motion.pose import pack

EXERCISE = "terminal-knee-extension"
SESSIONS = (1, 20, 100, 200)
FPS, LASTS_S, WARM_S = 30.0, 12.0, 2.0
BAR_MS = 50.0
_LAST_ANSWERS_S = 0.5
_BEGIN = {"kind": "begin", "exercise": EXERCISE, "side": "right", "session": None, "seen": 0, "state": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a number of sessions did: milliseconds in order, and the server's share of one core."""

    sessions: int
    answers_ms: list[float]
    processor: float
    dropped: int
    lost: int


def measure() -> list[Figure]:
    """The figures for each number of sessions."""
    messages = _messages()
    with serving(None, "--lines", str(max(SESSIONS))) as house:
        loads = [asyncio.run(_load(house, n, messages)) for n in SESSIONS]
    return [_figure(load) for load in loads]


def _figure(load: Load) -> Figure:
    if not load.answers_ms:
        return Figure(name=f"{load.sessions} sessions", value="no answers", bar="some", reached=False)
    p50, p99 = at(0.5, load.answers_ms), at(0.99, load.answers_ms)
    value = (
        f"frame to answer p50 {p50:.1f} ms, p99 {p99:.1f} ms, processor {load.processor:.0%} of one core, "
        f"{len(load.answers_ms)} answers, {load.dropped} frames dropped, {load.lost} lines lost"
    )
    name = f"live, {load.sessions} sessions at {FPS:.0f} frames a second"
    return Figure(
        name=name,
        value=value,
        bar=f"p99 under {BAR_MS:.0f} ms on one core",
        reached=p99 < BAR_MS and load.processor <= 1 and not load.lost,
    )


def _messages() -> list[bytes]:
    """One set over and over, on a clock that goes on."""
    film, wanted = frames(EXERCISE, 4), int((LASTS_S + WARM_S) * FPS) + 1
    return [message(pack(replace(film[i % len(film)], t_s=i / FPS))) for i in range(wanted)]


async def _load(house: House, sessions: int, messages: Sequence[bytes]) -> Load:
    lines = [await open_line(house.host, house.port, house.cookie) for _ in range(sessions)]
    began = time.monotonic() + 0.5
    cpu_s: list[float] = []
    watch = asyncio.create_task(_processor(house.process, began, cpu_s))
    results = await asyncio.gather(
        *(_session(line, messages, began + i / sessions / FPS) for i, line in enumerate(lines))
    )
    await watch
    for line in lines:
        line.close()
    return Load(
        sessions=sessions,
        answers_ms=sorted(ms for answers, _, _ in results for ms in answers),
        processor=(cpu_s[1] - cpu_s[0]) / (cpu_s[3] - cpu_s[2]),
        dropped=sum(dropped for _, dropped, _ in results),
        lost=sum(not held for _, _, held in results),
    )


async def _processor(pid: int, began: float, found: list[float]) -> None:
    """The server's processor seconds and the clock, after the warming up and at the end."""
    await asyncio.sleep(began + WARM_S - time.monotonic())
    first, first_s = _processor_s(pid), time.monotonic()
    await asyncio.sleep(began + WARM_S + LASTS_S - time.monotonic())
    found += [first, _processor_s(pid), first_s, time.monotonic()]


async def _session(line: Line, messages: Sequence[bytes], began: float) -> tuple[list[float], int, bool]:
    """Send every frame at its time, and as a page does, drop one whose time is over.

    Returns milliseconds from a frame to the answer that says it was seen, frames dropped, and whether the line held.
    """
    line.writer.write(message(json.dumps(_BEGIN).encode(), text=True))
    await line.hear()
    sent, answers = [0.0], list[float]()
    hearing = asyncio.create_task(_hear(line, sent, began + WARM_S, answers))
    dropped = 0
    for n, frame in enumerate(messages):
        wait = began + n / FPS - time.monotonic()
        if hearing.done():
            break
        if wait < -1 / FPS:
            dropped += 1
            continue
        await asyncio.sleep(max(0.0, wait))
        sent.append(time.monotonic())
        line.writer.write(frame)
    await asyncio.sleep(_LAST_ANSWERS_S)
    held = not hearing.done()
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    return answers, dropped, held


async def _hear(line: Line, sent: Sequence[float], after: float, answers: list[float]) -> None:
    """Until the line ends: the time of every answer to a frame that was sent after the warming up."""
    while True:
        found = _SEEN.search(await line.hear())
        now = time.monotonic()
        seen = int(found.group(1)) if found else 0
        if seen and sent[seen] > after:
            answers.append(1000 * (now - sent[seen]))


_SEEN = re.compile(rb'"seen": ?(\d+)')


def _processor_s(pid: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - no file, a window into the kernel
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
