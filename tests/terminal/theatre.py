"""A person at a terminal, made of a diary, a clock that only moves when it is waited for, and keys pressed in time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from calm import calm_answers
from patella.app.patella import Patella
from patella.app.person import screening
from patella.app.plan.plan import make_plan
from patella.app.session import training
from patella.care.choice import Scope
from patella.care.plan import DayPlan
from patella.care.session import Session
from patella.files.library import own_library
from patella.store.entry import Entry, StoreError
from patella.store.log import Log
from patella.terminal.frames import Frame
from patella.terminal.keys import InputEndedError
from patella.terminal.player import Player

EVENING = datetime(2026, 11, 2, 18, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """Seconds since the evening began."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return EVENING + timedelta(seconds=self.seconds)


@dataclass(slots=True)
class Fingers:
    """Keys in their order; a number waits so many seconds. Whoever has nothing left to press is gone."""

    clock: Clock
    presses: list[str | float]

    def read(self, timeout_s: float) -> str | None:
        while self.presses:
            first = self.presses[0]
            if isinstance(first, str):
                self.presses.pop(0)
                return first
            if first > timeout_s:
                self.presses[0] = first - timeout_s
                self.clock.seconds += timeout_s
                return None
            self.presses.pop(0)
            self.clock.seconds += first
            timeout_s -= first
        raise InputEndedError


@dataclass(slots=True)
class Notebook:
    """A stage that writes down what was shown and heard."""

    said: list[str] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    bells: int = 0

    def announce(self, frame: Frame) -> None:
        self.frames.append(frame)

    def draw(self, frame: Frame) -> None:
        """Nothing stays of it."""

    def note(self, text: str) -> None:
        self.said.append(text)

    def count(self, second: int) -> None:
        self.counted.append(second)

    def ring(self) -> None:
        self.bells += 1

    def keys(self) -> None:
        self.said.append("the keys")

    @property
    def doing(self) -> list[str]:
        return [f.doing.split(".")[0] for f in self.frames]


class TroubledLog:
    """A log on a disk that is full for a while: before something is written, or only after."""

    def __init__(self, log: Log, *, troubles: int, written_first: bool = False) -> None:
        self._log = log
        self._troubles = troubles
        self._written_first = written_first

    def append(self, entries: list[Entry], *, of: int | None = None) -> None:
        if self._troubles:
            self._troubles -= 1
            if self._written_first:
                self._log.append(entries, of=of)
            raise StoreError("Not saved: the disk is full. Make some room, then try again.")
        self._log.append(entries, of=of)

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


def patella_at(folder: Path, clock: Clock) -> Patella:
    ids = count()
    return Patella(
        log=Log.open(folder), library=own_library(), now=clock.now, new_id=lambda: f"id-{clock.seconds:g}-{next(ids)}"
    )


def good_answers(app: Patella) -> dict[str, object]:
    return calm_answers(screening.list_questions(app))


def make_ready(app: Patella, **settings: object) -> None:
    """Screened, and with settings."""
    screening.answer_screening(app, good_answers(app))
    screening.change_profile(app, {"knees": ["right"], "usual_pain": 1, **settings})


def plan_of(app: Patella, exercise_id: str, **asked: object) -> DayPlan:
    """A plan of one exercise, with another dose if it is said."""
    plan = make_plan(app, scope=Scope.ONE, only=exercise_id)
    items = tuple(replace(i, asked=replace(i.asked, **asked)) for i in plan.items)  # type: ignore[arg-type]
    return replace(plan, items=items)


def begin(app: Patella, exercise_id: str, **asked: object) -> Session:
    return training.begin(app, plan_of(app, exercise_id, **asked), before=1)


def play(
    app: Patella, session: Session, clock: Clock, presses: Iterable[str | float], stage: Notebook | None = None
) -> Session:
    """Play a session with these keys, to its end or until the person is gone; how it stands on the disk after."""
    player = Player(app, session, keys=Fingers(clock, list(presses)), stage=stage or Notebook(), clock=clock)
    with suppress(InputEndedError):
        player.run()
    return training.reload(app, session.id)
