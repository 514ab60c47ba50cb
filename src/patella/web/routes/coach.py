"""The live socket: landmarks come in, what the coach has seen goes out. Pictures never travel.

A page begins with one text and then sends one frame in each message. The answers are texts, {"seen": n, "events": []},
and with one frame in fifteen they hold the coach's "state". A page whose line was cut begins again with the last state
that it has and sends the frames after it; the coach then says what it would have said on an uncut line.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect

from patella.app.history.refused import NotThereError
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.session.intake import find_session
from patella.files.library import own_camera, own_experiment, read_sayings
from patella.motion import coach
from patella.motion.event import event_to_json
from patella.motion.memory import State
from patella.motion.pose import PoseError, Side, unpack
from patella.motion.spec import Spec
from patella.web.answer import Json
from patella.web.answers_exercise import SightsAnswer
from patella.web.routes.here import Here, shows
from patella.web.wire_session import Watch

router = APIRouter()

MOST_LINES = 4
RATE_HZ, RATE_S, SLACK_S = 120, 2.0, 0.01
BEGIN_WITHIN_S, IDLE_S, SEND_WITHIN_S = 10.0, 30.0, 5.0
IDLE_SLACK_S = 1.0  # no new alarm for each of thirty frames a second
STATE_EVERY = 15

IDLE, NOT_A_FRAME, NOT_TEXT, POLICY = 1000, 1003, 1007, 1008


class HangUp(Exception):  # noqa: N818 - an end, not a fault of ours
    """The line is to be closed; `reason` is a sentence for whoever looks."""

    def __init__(self, code: int, reason: str) -> None:
        """`code` is one of RFC 6455."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


NOT_LEFT_OFF = HangUp(POLICY, "That is not where anybody left off.")
UNFIT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # what a state that a page made up may do


class Lines:
    """How many sockets are open: one camera and a few spare ones; on a server for many, so many of each person."""

    def __init__(self, most: int = MOST_LINES, *, each: int | None = None) -> None:
        """None yet, and `most` at a time; `each`: of one person, as many if left out."""
        self.most = most
        self.each = most if each is None else each
        self.open = 0
        self.opened = 0
        self._of: dict[int | None, Lines] = {}

    @contextmanager
    def of(self, account_id: int | None) -> Iterator[int]:
        """One more of an account, None on a server of one person: how many there were before. Raises HangUp."""
        mine = self._of.setdefault(account_id, Lines(self.each))
        try:
            with mine, self as before:
                yield before
        finally:
            if not mine.open:
                self._of.pop(account_id, None)

    def __enter__(self) -> int:
        """How many there were before it. Raises HangUp when there are enough."""
        if self.open >= self.most:
            raise HangUp(POLICY, "As many cameras are watched already as can be.")
        self.open += 1
        self.opened += 1
        return self.opened - 1

    def __exit__(self, *_: object) -> None:
        """One less."""
        self.open -= 1


class Pace:
    """Refuses more than RATE_HZ messages a second over RATE_S seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that only go forward."""
        self.clock = clock
        self.times: deque[float] = deque(maxlen=int(RATE_HZ * RATE_S))

    def count(self) -> None:
        """One more message. Raises HangUp."""
        now = self.clock()
        if len(self.times) == self.times.maxlen and now - self.times[0] < RATE_S - SLACK_S:
            raise HangUp(POLICY, "That is more than a camera sends.")
        self.times.append(now)


@dataclass(slots=True)
class Watching:
    """One set that is being watched."""

    spec: Spec
    state: State
    seen: int
    resumed: bool
    turn: int  # with which of fifteen frames the state is told: not that of all lines at once
    t_s: float = float("-inf")

    def take(self, data: bytes) -> tuple[list[dict[str, object]], dict[str, object] | None]:
        """What one frame shows, and the state if it is time for it. Raises HangUp for what is no frame in its turn."""
        try:
            frame = unpack(data)
        except PoseError as error:
            raise HangUp(NOT_A_FRAME, str(error)) from None
        if frame.t_s <= self.t_s:
            raise HangUp(POLICY, "Frames come in the order of their time.")
        try:
            self.state, events = coach.step(self.spec, self.state, frame)
        except UNFIT as error:
            if self.resumed:
                raise NOT_LEFT_OFF from error
            raise
        self.t_s = frame.t_s
        self.seen += 1
        state = coach.state_to_json(self.state) if self.seen % STATE_EVERY == self.turn else None
        return [event_to_json(e) for e in events], state


@router.get("/sights", responses=shows(SightsAnswer, "The words."))
async def sights(here: Here) -> Json:
    """What is said about how well the camera sees, by code, and where it goes, by view and position."""
    known = read_sayings()
    codes = {code: {"title": s.title, "says": s.say} for code, s in known.codes.items()}
    return Json(units_of(here).said_in({"codes": codes, "places": dict(known.places)}))


@router.websocket("/coach")
async def watch(socket: WebSocket) -> None:
    """Coach one set for as long as its frames come."""
    await socket.accept()
    try:
        account = getattr(socket.state, "account", None)
        with socket.app.state.lines.of(account and account.id) as number:
            await _watch(socket, socket.state.patella, number)
    except HangUp as end:
        with suppress(RuntimeError, WebSocketDisconnect):
            await socket.close(end.code, end.reason)
    except WebSocketDisconnect:
        pass


async def _watch(socket: WebSocket, here: Patella, number: int) -> None:
    clock = asyncio.get_running_loop().time
    pace = Pace(clock)
    try:
        async with asyncio.timeout(BEGIN_WITHIN_S) as patience:
            watching = _begin(await _hear(socket, pace), here, number % STATE_EVERY)
            await _say(socket, watching.seen, [], None)
            while True:
                if (patience.when() or 0.0) < clock() + IDLE_S - IDLE_SLACK_S:
                    patience.reschedule(clock() + IDLE_S)
                heard = await _hear(socket, pace)
                if isinstance(heard, str):
                    raise HangUp(POLICY, "Only frames come after the beginning.")
                events, state = watching.take(heard)
                if events or state:
                    patience.reschedule(clock() + SEND_WITHIN_S)
                    await _say(socket, watching.seen, events, state)
    except TimeoutError:
        raise HangUp(IDLE, "Nothing came for a while, or nobody reads the answers.") from None


async def _hear(socket: WebSocket, pace: Pace) -> str | bytes:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", IDLE))
    pace.count()
    text: str | None = message.get("text")
    data: bytes | None = message.get("bytes")
    return text if text is not None else data or b""


def _begin(heard: str | bytes, here: Patella, turn: int) -> Watching:
    if isinstance(heard, bytes):
        raise HangUp(POLICY, "The first message says what is to be watched.")
    try:
        wanted = Watch.model_validate_json(heard)
    except ValidationError as error:
        broken = error.errors()[0]["type"] == "json_invalid"
        raise HangUp(NOT_TEXT if broken else POLICY, "The first message cannot be understood.") from None
    _check_session(wanted, here)
    spec = _spec(wanted, here)
    if spec is None:
        raise HangUp(POLICY, "The camera has nothing to look for in this exercise.")
    side = Side(wanted.side) if wanted.side in tuple(Side) else None
    if wanted.state is None:
        return Watching(
            spec, coach.begin(spec, side, running=wanted.session is None), wanted.seen, resumed=False, turn=turn
        )
    try:
        return Watching(spec, coach.state_from_json(wanted.state), wanted.seen, resumed=True, turn=turn)
    except ValueError:
        raise NOT_LEFT_OFF from None


def _spec(wanted: Watch, here: Patella) -> Spec | None:
    if wanted.exercise not in here.library.exercises:
        return None
    if not wanted.experiment:
        return own_camera(wanted.exercise)
    experiment = own_experiment(wanted.exercise)
    return experiment.spec if experiment else None


def _check_session(wanted: Watch, here: Patella) -> None:
    if wanted.session is None:
        return
    try:
        session = find_session(here, wanted.session).session
    except NotThereError:
        raise HangUp(POLICY, "There is no such session.") from None
    if session.finished or all(t.exercise_id != wanted.exercise for t in session.tasks):
        raise HangUp(POLICY, "This session does not have that exercise to do.")


async def _say(socket: WebSocket, seen: int, events: list[dict[str, object]], state: dict[str, object] | None) -> None:
    said = {"seen": seen, "events": events} | ({"state": state} if state else {})
    await socket.send_text(json.dumps(said, separators=(",", ":"), allow_nan=False))
