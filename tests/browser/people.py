"""Diaries to begin a browser test with, written through the app's own verbs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from calm import calm_answers
from patella.app.patella import Patella
from patella.app.person import screening
from patella.app.person.settings import change_settings
from patella.app.plan.plan import make_plan
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.pain import When
from patella.care.script import StepKind, script_of
from patella.files.library import own_library
from patella.store.log import Log

EVERYTHING = list(own_library().equipment)


class Clock:
    """A clock that stands where it is put, and ids in a row."""

    def __init__(self, day: date) -> None:
        self.at = datetime.combine(day, time(7, 30), UTC)
        self.ids = 0

    def new_id(self) -> str:
        self.ids += 1
        return str(UUID(int=self.ids, version=4))


@contextmanager
def patella_in(folder: Path, clock: Clock) -> Iterator[Patella]:
    with Log.open(folder) as log:
        yield Patella(log=log, library=own_library(), now=lambda: clock.at, new_id=clock.new_id)


def good_answers(app: Patella) -> dict[str, object]:
    return calm_answers(screening.list_questions(app), habit=["stretching"])


def screen(app: Patella, **other: object) -> None:
    screening.answer_screening(app, good_answers(app) | other)
    change_settings(app, {"knees": ["right"], "usual_pain": 1, "has": EVERYTHING})


def a_screened_runner(folder: Path, day: str) -> None:
    """Somebody who answered the questions this morning and has not trained yet."""
    with patella_in(folder, Clock(date.fromisoformat(day))) as app:
        screen(app)


def a_runner_in_week_three(folder: Path, day: str) -> None:
    """Somebody with fifteen days of sessions up to yesterday: mostly green, some amber, one red."""
    clock = Clock(date.fromisoformat(day) - timedelta(days=15))
    with patella_in(folder, clock) as app:
        screen(app)
        for n in range(15):
            training.note_loose_pain(app, 2 if n == 8 else 1, When.MORNING)
            _train(app, peak=6 if n == 7 else 3 if n in (3, 12) else 1)
            clock.at += timedelta(days=1)


def a_runner_with_severe_pain(folder: Path, day: str) -> None:
    """Somebody whose knee has hurt at 8 and 9 of 10 for three mornings."""
    clock = Clock(date.fromisoformat(day) - timedelta(days=3))
    with patella_in(folder, clock) as app:
        screen(app)
        for nprs in (8, 9, 8):
            clock.at += timedelta(days=1)
            training.note_loose_pain(app, nprs, When.MORNING)


def a_runner_at_the_end(folder: Path, day: str) -> None:
    """Somebody with twelve green weeks behind, who trained on three days of each."""
    clock = Clock(date.fromisoformat(day) - timedelta(days=86))
    with patella_in(folder, clock) as app:
        for n in range(86):
            if n % 28 == 0:
                screen(app)
            training.note_loose_pain(app, 1, When.MORNING)
            if n % 7 in (0, 2, 4):
                _train(app, peak=1)
            clock.at += timedelta(days=1)
        training.note_loose_pain(app, 1, When.MORNING)


def _train(app: Patella, *, peak: int) -> None:
    plan = make_plan(app)
    if not plan.items:
        return
    session = training.begin(app, plan, before=1)
    for step in script_of(session.tasks):
        asked = session.tasks[step.task].asked
        if step.ends_set:
            done = {"reps": asked.reps, "holds": asked.holds, "hold_s": asked.hold_s}
            session = training.log_set(app, session, step.task, step.side, done)
        if step.kind is StepKind.PAIN:
            session, _ = training.note_pain(app, session, step.task, peak if step.task == 0 else 1)
    session = training.note(app, session, Kind.SESSION_FINISHED)
    training.note(app, session, Kind.PAIN_NOTED, {"when": When.AFTER.value, "nprs": 1})
