"""What a key asks for in the middle of a step: a pause, another exercise, an easier dose, that it hurts, a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from patella.app.history.refused import TrainingError
from patella.app.plan.told import name_of
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.pain import Colour
from patella.care.script import Step
from patella.terminal import route
from patella.terminal.asking import ON, Asking
from patella.terminal.frames import Frame
from patella.terminal.keys import SLICE_S, UNKNOWN, Keys
from patella.terminal.session_writer import SessionWriter
from patella.terminal.stage import Stage
from patella.terminal.talk import LeftError

TAKEN_BACK: Mapping[str, str] = {
    Kind.SET_DONE: "the last set",
    Kind.PAIN_NOTED: "the last answer about pain",
    Kind.EFFORT_NOTED: "how many more there would have been",
    Kind.ITEM_SKIPPED: "the skip",
    Kind.ITEM_SWAPPED: "the swap",
    Kind.ITEM_EASED: "the easier dose",
    Kind.ITEM_STOPPED: "the stop",
}


def note_pain(writer: SessionWriter, stage: Stage, step: Step, nprs: int) -> Colour:
    """Log how much it hurts during a step, and say what follows."""
    advice = writer.note_pain(step.task, nprs)
    stage.note(f"{nprs} of 10, {advice.colour.value}. {advice.says}")
    return advice.colour


class Commands:
    """The keys that stand below every step. Each gives the step to go to; None: the one that is there goes on."""

    def __init__(
        self, writer: SessionWriter, asking: Asking, keys: Keys, stage: Stage, frame: Callable[[Step], Frame]
    ) -> None:
        """`frame` is how a step looks now."""
        self._writer = writer
        self._asking = asking
        self._keys = keys
        self._stage = stage
        self._frame = frame
        self._all: Mapping[str, Callable[[Step], int | None]] = {
            "p": self._pause,
            "b": self._back,
            "s": self._skip,
            "w": self._swap,
            "e": self._ease,
            "h": self._hurt,
            "u": self._undo,
            "q": self._leave,
            "?": self._help,
        }

    def do(self, step: Step, key: str) -> int | None:
        """Do what a key says; where to go on, None where nothing moves. Raises LeftError when it was q."""
        command = self._all.get(key)
        if command is None:
            self._stage.note(f"{key.removeprefix(UNKNOWN)!r} is no key here. ? shows them all.")
            return None
        return command(step)

    def _pause(self, step: Step) -> None:
        self._writer.note(Kind.SESSION_PAUSED)
        frame = replace(self._frame(step), doing="Paused", asks="", cue="Take your time.", hint="p goes on  q leaves")
        self._stage.note("Paused. p goes on.")
        key = None
        while key not in ("p", *ON):
            self._stage.draw(frame)
            key = self._keys.read(SLICE_S)
            if key == "q":
                self._leave(step)
        self._writer.note(Kind.SESSION_RESUMED)
        self._stage.note("On we go.")

    def _back(self, step: Step) -> int | None:
        before = route.step_before(self._writer.session, self._writer.script, step.index)
        if before is None:
            self._stage.note("This is the beginning.")
        return before

    def _skip(self, step: Step) -> int:
        self._writer.end_task(Kind.ITEM_SKIPPED, step.task)
        self._stage.note("Skipped. That is fine.")
        return route.pain_of_task(self._writer.script, step.task)

    def _swap(self, step: Step) -> int | None:
        try:
            self._writer.swap(step.task)
        except TrainingError as error:
            self._stage.note(str(error))
            return None
        name = name_of(self._writer.session.tasks[step.task].exercise_id, self._writer.app.library)
        self._stage.note(f"Now {name} instead.")
        return route.first_of(self._writer.script, step.task)

    def _ease(self, step: Step) -> int | None:
        if not training.can_ease(self._writer.app.library, self._writer.session.tasks[step.task]):
            self._stage.note("This is its easiest dose. w swaps it, s skips it.")
            return None
        self._writer.ease(step.task)
        self._stage.note("Easier now.")
        return step.index

    def _hurt(self, step: Step) -> int | None:
        answer = self._asking.pain(self._frame(step), "It hurts. How much, 0 to 10? Well said.")
        if not isinstance(answer, int):
            self._stage.note("Left open. h asks again.")
            return None
        colour = note_pain(self._writer, self._stage, step, answer)
        if colour is Colour.RED:
            return route.pain_of_task(self._writer.script, step.task)
        return self._easier_or_on(step) if colour is Colour.AMBER else None

    def _easier_or_on(self, step: Step) -> int | None:
        frame = replace(self._frame(step), doing="Go on, easier, or stop this one?", asks="", coming="")
        may = self._offers(step.task)
        self._stage.note(" ".join(f"{key}: {words[0]}." for key, words in may.items()))
        while True:
            self._stage.draw(replace(frame, hint="  ".join(f"{key} {words[1]}" for key, words in may.items())))
            key = self._keys.read(SLICE_S)
            if key in ON:
                return None
            if key == "s":
                self._writer.end_task(Kind.ITEM_STOPPED, step.task)
                self._stage.note("Stopped. A good decision.")
                return route.pain_of_task(self._writer.script, step.task)
            if key == "q" or (key in ("e", "w") and key in may):
                moved = self.do(step, key)
                if moved is not None:
                    return moved

    def _offers(self, task: int) -> dict[str, tuple[str, str]]:
        """What may follow from a pain that is allowed, by its key: only what there is."""
        offers = {"Enter": ("go on, with a smaller movement", "on")}
        if training.can_ease(self._writer.app.library, self._writer.session.tasks[task]):
            offers["e"] = ("make it easier", "easier")
        if training.gentler_of(self._writer.app.library, self._writer.session, task):
            offers["w"] = ("a gentler exercise", "swap")
        return {**offers, "s": ("stop this one", "stop this one")}

    def _undo(self, step: Step) -> int | None:
        undone = self._writer.undo()
        if undone is None:
            self._stage.note("There is nothing to take back.")
            return None
        kind, body = undone
        self._stage.note(f"Taken back: {TAKEN_BACK.get(kind, 'the last entry')}.")
        task = body.get("item")
        if not isinstance(task, int):
            return None
        if kind == Kind.ITEM_EASED:
            return step.index
        return route.first_undone(self._writer.session, self._writer.script, task)

    def _help(self, _: Step) -> None:
        self._stage.keys()

    def _leave(self, _: Step) -> int:
        raise LeftError
