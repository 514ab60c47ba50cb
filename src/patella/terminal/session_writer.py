"""Writes what happens in a session into the log, and keeps the session as it stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from patella.app.patella import Patella
from patella.app.session import training
from patella.app.session.training import Advice, RecordedElsewhereError
from patella.care.entries.kinds import Kind
from patella.care.record import Effort
from patella.care.script import Step, script_of
from patella.care.session import Session
from patella.store.entry import StoreError
from patella.terminal import route
from patella.terminal.saving import save

T = TypeVar("T")


class SessionWriter:
    """One session on paper. `session` and `script` are as of the last thing written; nothing else is ever shown."""

    def __init__(self, app: Patella, session: Session, *, ask_again: Callable[[str], None]) -> None:
        """`ask_again` is called with a sentence when something could not be saved; see `save`."""
        self.app = replace(app, owner=app.log.owner())
        self.session = session
        self.script = script_of(session.tasks)
        self._ask_again = ask_again

    def last_step(self) -> Mapping[str, object] | None:
        """The step that was reached last, as it was written."""
        entries = self.app.entries(session_id=self.session.id, kinds=[Kind.STEP_REACHED], last=1)
        return entries[0].body if entries else None

    def note(self, kind: Kind, body: Mapping[str, object] | None = None) -> None:
        """Write an event."""
        self._take(self._save("this step", lambda app: training.note(app, self.session, kind, body)))

    def reach(self, step: Step) -> None:
        """Write that a step is reached."""
        self.note(Kind.STEP_REACHED, self._place(step))

    def keep_count(self, step: Step, reps: int) -> None:
        """Write how far the count is in a set that is not over; trouble is passed over, the step itself is saved."""
        body = {**self._place(step), "reps": reps}
        with suppress(StoreError):
            self.app.write(Kind.STEP_REACHED, body, session_id=self.session.id, day=self.session.day)

    def _place(self, step: Step) -> dict[str, object]:
        return {"step": step.index, "item": step.task, "exercise": self.session.tasks[step.task].exercise_id}

    def log_set(self, step: Step, done: Mapping[str, object], words: str) -> bool:
        """Write a set, or correct it if this step's set was written before; False if another window has written it."""
        known = route.logged(self.session, step)

        def act(app: Patella) -> Session:
            if known is None:
                return training.log_set(app, self.session, step.task, step.side, done)
            return training.change_set(app, self.session, known.event_id, done)

        try:
            self._take(self._save(words, act))
        except RecordedElsewhereError as error:
            self._take(error.session)
            return False
        return True

    def note_pain(self, task: int, nprs: int) -> Advice:
        """Write the pain during a task; what the pain rule says to it."""
        session, advice = self._save(
            f"pain {nprs} of 10", lambda app: training.note_pain(app, self.session, task, nprs)
        )
        self._take(session)
        return advice

    def note_effort(self, task: int, effort: Effort) -> None:
        """Write how many more repetitions of a task there would have been."""
        self._take(self._save("that", lambda app: training.note_effort(app, self.session, task, effort)))

    def end_task(self, kind: Kind, task: int) -> None:
        """Write that a task was skipped, or stopped by choice."""
        body = {"item": task, "exercise": self.session.tasks[task].exercise_id}
        self.note(kind, body | ({"why": "chosen"} if kind is Kind.ITEM_STOPPED else {}))

    def swap(self, task: int) -> None:
        """Swap a task for something easier. Raises TrainingError when nothing is open."""
        self._take(self._save("the swap", lambda app: training.swap(app, self.session, task)))

    def ease(self, task: int) -> None:
        """Make a task easier."""
        self._take(self._save("the easier dose", lambda app: training.ease(app, self.session, task)))

    def undo(self) -> tuple[str, Mapping[str, object]] | None:
        """Take the last entry back, a stop together with the pain it followed from; its kind and body, None if none."""
        undone = self._undo_one()
        if undone and undone[0] == Kind.ITEM_STOPPED and undone[1].get("why") == "pain":
            return self._undo_one()
        return undone

    def _undo_one(self) -> tuple[str, Mapping[str, object]] | None:
        session = self._save("that", lambda app: training.undo_last(app, self.session))
        if session is None:
            return None
        self._take(session)
        undo = self.app.entries(session_id=session.id, kinds=[Kind.ENTRY_UNDONE], last=1)[0]
        undone = self.app.log.entry(str(undo.body["of"]))
        return (undone.kind, undone.body) if undone else None

    def _take(self, session: Session) -> None:
        if session.tasks != self.session.tasks:
            self.script = script_of(session.tasks)
        self.session = session

    def _save(self, what: str, act: Callable[[Patella], T]) -> T:
        return save(self.app, act, what=what, ask_again=self._ask_again)
