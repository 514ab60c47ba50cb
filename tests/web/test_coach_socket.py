"""The live socket, at a real server: who may open it, what it refuses, and that a cut line loses nothing."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from patella.web.routes import coach
from patella.web.routes.coach import HangUp, Lines, Pace
from patella.web.socket import Socket
from web.coached import BALL, BEGIN, Plain, closed, events_in, frames_of, line, said_to, squeezes, watched
from web.server import said, serving
from web.visit import HOME, PORT, Visit

OURS = {"host": f"127.0.0.1:{PORT}", "origin": HOME}
CUTS = int(os.environ.get("PATELLA_CUTS", "5"))
FLOOD = float(os.environ.get("PATELLA_FLOOD_S", "1.5"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coach") / "diary"


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with serving(folder) as (found, _):
        yield found
    assert "Traceback" not in said(folder)
    assert "Error" not in said(folder)


def test_an_answer_that_comes_after_the_goodbye_finds_the_other_side_gone() -> None:
    """We may have hung up while it was made, on somebody who talks faster than anybody listens."""
    gone = Socket.__new__(Socket)
    gone.handshake_complete = gone.close_sent = True
    with pytest.raises(ClientDisconnected):
        asyncio.run(gone.send({"type": "websocket.send", "text": "late"}))


def test_a_set_is_counted_from_landmarks_alone(port: int) -> None:
    answers = asyncio.run(watched(port, frames_of(4)))
    reps = events_in(answers, "rep")
    assert [r["n"] for r in reps] == [1, 2, 3, 4]
    assert {r["side"] for r in reps} == {"right"}
    assert all(r["faults"] == [] for r in reps)


@pytest.mark.parametrize(
    "origin",
    [
        None, "null", "", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1", "http://127.0.0.1:1",
        "http://127.0.0.1:{port}0", "http://127.0.0.1:{port}.evil.example", "http://evil.example:{port}",
        "http://localhost:{port}", "http://[::1]:{port}", "HTTP://127.0.0.1:{port}", "http://127.0.0.1:{port}/",
        "http://127.0.0.1:{port} ", "http://user@127.0.0.1:{port}", "http://127.0.0.1:{port}, http://evil.example",
        "http://xn--127-0-0-1:{port}", "file://", "ws://127.0.0.1:{port}",
    ],
)  # fmt: skip
def test_no_page_but_our_own_opens_the_socket(port: int, origin: str | None) -> None:
    async def knock() -> None:
        # A blank at the end of a header is no part of it, so that one has to come by hand.
        wanted = None if origin is None else origin.format(port=port)
        if origin and origin.endswith(" "):
            wanted = f"{wanted.strip() if wanted else ''}%20"
        async with line(port, origin=wanted):
            pass

    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(knock())
    assert refused.value.response.status_code == 403
    assert "Content-Security-Policy" in refused.value.response.headers


@pytest.mark.parametrize(
    ("more", "status"),
    [({"Host": "evil.example"}, 421), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403)],
)
def test_neither_another_name_nor_another_site_opens_it(port: int, more: dict[str, str], status: int) -> None:
    async def knock() -> None:
        async with line(port, additional_headers=more):
            pass

    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(knock())
    assert refused.value.response.status_code in (status, 400)  # 400: two hosts are said


FRAME = frames_of(1)[0]
BEGUN = json.dumps(BEGIN)


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["x" * 65_537], 1009),
        ([BEGUN, b"x" * 65_537], 1009),
        (["{"], 1007),
        (["[" * 60_000], 1007),
        ([BEGUN, b""], 1003),
        ([BEGUN, b"\x01\x00"], 1003),
        ([BEGUN, b"\x02" + FRAME[1:]], 1003),
        ([BEGUN, FRAME[:-4] + b"\x00\x00\xc0\x7f"], 1003),
        ([FRAME], 1008),
        ([BEGUN, BEGUN], 1008),
        ([BEGUN, FRAME, FRAME], 1008),
        (["[]"], 1008),
        (['{"kind":"begin"}'], 1008),
        ([json.dumps(BEGIN | {"exercise": "juggling"})], 1008),
        ([json.dumps(BEGIN | {"exercise": "../../../etc/passwd"})], 1008),
        ([json.dumps(BEGIN | {"experiment": True})], 1008),
        ([json.dumps(BEGIN | {"exercise": "dance-patella-dance", "experiment": True})], 1008),
        ([json.dumps(BEGIN | {"experiment": "yes please"})], 1008),
        ([json.dumps(BEGIN | {"session": "nobody-began-this"})], 1008),
        ([json.dumps(BEGIN | {"state": {"n": 3}})], 1008),
        ([json.dumps(BEGIN | {"secret": 1})], 1008),
    ],
)
def test_what_is_out_of_place_ends_the_line_with_its_code(port: int, messages: list[str | bytes], code: int) -> None:
    async def talk() -> int:
        async with line(port) as socket:
            return await said_to(socket, *messages)

    assert asyncio.run(talk()) == code


def test_text_that_is_no_text_ends_the_line(port: int) -> None:
    async def talk() -> int:
        async with line(port) as socket:
            await socket.send(b"\xff\xfe\xff", text=True)
            return await said_to(socket)

    assert asyncio.run(talk()) == 1007


def test_a_thousand_random_messages_leave_no_trace(port: int) -> None:
    chance = random.Random(4)  # noqa: S311 - garbage, not secrets
    many = int(os.environ.get("PATELLA_GARBAGE", "1000"))

    async def talk() -> set[int]:
        codes = set()
        for n in range(many):
            async with line(port) as socket:
                first = [BEGUN] if n % 2 else []
                text: str | bytes = chance.randbytes(chance.randrange(1200))
                if n % 3 == 0:
                    text = "".join(chr(chance.randrange(32, 0x2FF)) for _ in range(chance.randrange(1, 200)))
                codes.add(await said_to(socket, *first, text))
        return codes

    assert asyncio.run(talk()) <= {1003, 1007, 1008}


def test_lines_do_not_all_tell_their_state_with_the_same_frame(port: int) -> None:
    frames = frames_of(1)[:40]
    told = [[a["seen"] for a in asyncio.run(watched(port, frames)) if "state" in a] for _ in range(3)]
    assert [later - first for first, later, *_ in told] == [15, 15, 15]
    assert len({first for first, *_ in told}) == 3


def test_a_state_of_another_exercise_ends_the_line_politely(port: int) -> None:
    state = next(a["state"] for a in asyncio.run(watched(port, frames_of(1))) if "state" in a)

    async def talk() -> int:
        async with line(port) as socket:
            other = BEGIN | {"exercise": "straight-leg-raise", "state": state, "seen": 15}
            await socket.send(json.dumps(other))
            return await said_to(socket, *frames_of(1)[15:40], "enough")

    assert asyncio.run(talk()) == 1008


def test_more_than_a_camera_sends_ends_the_line(port: int) -> None:
    async def talk() -> int:
        async with line(port) as socket:
            await socket.send(BEGUN)
            try:
                for frame in frames_of(12, 30)[:400]:
                    await socket.send(frame)
            except ConnectionClosed:
                pass
            return await closed(socket)

    assert asyncio.run(talk()) == 1008


def test_120_messages_a_second_are_taken() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for _ in range(1200):
        pace.count()
        now[0] += 1 / 120
    with pytest.raises(HangUp):
        _hurry(pace, now)


def _hurry(pace: Pace, now: list[float]) -> None:
    for _ in range(400):
        pace.count()
        now[0] += 1 / 140


def test_the_fifth_line_is_refused_and_a_closed_one_makes_room(port: int) -> None:
    async def talk() -> tuple[int, Plain]:
        lines = [line(port) for _ in range(5)]
        open_ = [await one.__aenter__() for one in lines]
        for socket in open_[:4]:
            await socket.send(BEGUN)
            await socket.recv()
        code = await said_to(open_[4])
        for one in lines:
            await one.__aexit__(None, None, None)
        await asyncio.sleep(0.2)
        async with line(port) as again:
            await again.send(BEGUN)
            answer: Plain = json.loads(await again.recv())
        return code, answer

    code, answer = asyncio.run(talk())
    assert code == 1008
    assert answer == {"seen": 0, "events": []}


def test_there_are_never_more_lines_than_said() -> None:
    lines = Lines(1)
    with lines:
        with pytest.raises(HangUp), lines:
            pass
        assert lines.open == 1
    assert lines.open == 0


def test_one_person_leaves_lines_for_the_others() -> None:
    lines = Lines(3, each=2)
    with lines.of(7), lines.of(7):
        with pytest.raises(HangUp), lines.of(7):
            pass
        with lines.of(8):
            assert lines.open == 3
            with pytest.raises(HangUp), lines.of(9):
                pass
        with lines.of(9):
            assert lines.open == 3
    assert lines.open == 0


def test_a_line_that_falls_silent_is_closed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(coach.IDLE_S, coach.BEGIN_WITHIN_S) <= 40
    monkeypatch.setattr(coach, "IDLE_S", 0.2)
    with visit.client.websocket_connect("/api/coach", headers=OURS) as socket:
        socket.send_text(BEGUN)
        assert socket.receive_json() == {"seen": 0, "events": []}
        assert socket.receive() == {"type": "websocket.close", "code": 1000, "reason": _SILENT}


_SILENT = "Nothing came for a while, or nobody reads the answers."


def test_only_a_session_that_has_the_exercise_still_to_do_is_watched(screened: Visit) -> None:
    def ended(**wanted: Any) -> int | None:  # noqa: ANN401 - handed on
        with screened.client.websocket_connect("/api/coach", headers=OURS) as socket:
            socket.send_text(json.dumps(BEGIN | wanted))
            answer = socket.receive()
            return answer.get("code")

    session = screened.begin(scope="one", only="terminal-knee-extension")
    assert ended(session=session["id"]) is None
    assert ended(session=session["id"], exercise="squat") == 1008
    screened.say(session, screened.event("session.finished"))
    assert ended(session=session["id"]) == 1008


def test_a_server_that_ends_says_that_it_goes_away(tmp_path: Path) -> None:
    async def talk(port: int, end: Any) -> int:  # noqa: ANN401 - a function
        async with line(port) as socket:
            await socket.send(BEGUN)
            await socket.recv()
            end()
            return await closed(socket)

    with serving(tmp_path / "diary") as (port, process):
        assert asyncio.run(talk(port, lambda: process.send_signal(signal.SIGTERM))) == 1001
        assert process.wait(10) == 0
    assert "Traceback" not in said(tmp_path / "diary")


def test_a_line_that_is_cut_counts_as_an_uncut_one(port: int) -> None:
    """R4: cut anywhere, as often as it likes; the page takes it up from the last state that it has."""
    frames = frames_of(3)
    whole = _reps(asyncio.run(watched(port, frames)))
    assert len(whole) == 3
    for seed in range(CUTS):
        chance = random.Random(seed)  # noqa: S311 - as above
        cuts = sorted(chance.sample(range(1, len(frames)), chance.randrange(1, 6)))
        assert _reps(asyncio.run(_cut(port, frames, cuts))) == whole, f"cuts before frames {cuts}"


def _reps(answers: list[Plain]) -> list[Plain]:
    return events_in(answers, "rep")


def test_an_experiment_is_watched_only_when_asked_for_and_goes_on_after_a_cut(port: int) -> None:
    frames = squeezes()
    whole = _holds(asyncio.run(watched(port, frames, exercise=BALL, side=None, experiment=True)))
    assert [h["seconds"] for h in whole] == pytest.approx([6.8] * 2, abs=0.8)
    asked = {"exercise": BALL, "side": None, "experiment": True}
    assert _holds(asyncio.run(_cut(port, frames, [len(frames) // 2], asked))) == whole
    plain = _holds(asyncio.run(watched(port, frames, exercise=BALL, side=None)))
    assert plain == []  # sitting tall never ended


def _holds(answers: list[Plain]) -> list[Plain]:
    return events_in(answers, "hold-ended")


async def _cut(
    port: int, frames: tuple[bytes, ...], cuts: list[int], asked: Mapping[str, object] = MappingProxyType({})
) -> list[Plain]:
    """What a page makes of a line that breaks before these frames: what was heard before is not heard again."""
    kept: Plain = {"seen": 0, "state": None}
    heard: list[Plain] = []
    for end in [*cuts, len(frames)]:
        async with line(port) as socket:
            await socket.send(json.dumps(BEGIN | dict(asked) | kept))
            listening = asyncio.create_task(_listen(socket, kept, heard))
            for n in range(kept["seen"], end):
                await socket.send(frames[n])
                if n % 8 == 0:
                    await asyncio.sleep(0.068)
            await asyncio.sleep(0.05)
            if end == len(frames):
                await asyncio.sleep(0.3)
            else:
                socket.transport.abort()
            listening.cancel()
    return heard


async def _listen(socket: ClientConnection, kept: Plain, heard: list[Plain]) -> None:
    try:
        async for text in socket:
            answer = json.loads(text)
            if answer["seen"] > max((a["seen"] for a in heard), default=0):
                heard.append(answer)
            if "state" in answer:
                kept.update(seen=answer["seen"], state=answer["state"])
    except ConnectionClosed:
        pass


def test_a_flood_beside_it_does_not_disturb_an_honest_line(port: int) -> None:
    """S6f, small: sockets that send a thousand a second are shut, and the honest one counts on."""

    async def flood() -> None:
        until = asyncio.get_running_loop().time() + FLOOD
        while asyncio.get_running_loop().time() < until:
            try:
                async with line(port) as socket:
                    for _ in range(1000):
                        await socket.send(b"x" * 16)
                        await asyncio.sleep(0.001)
            except (ConnectionClosed, InvalidStatus, OSError):
                await asyncio.sleep(0.02)

    async def both() -> list[Plain]:
        honest = asyncio.create_task(watched(port, frames_of(4)))
        await asyncio.sleep(0.1)
        await asyncio.gather(*(flood() for _ in range(10)))
        return await honest

    assert len(_reps(asyncio.run(both()))) == 4
