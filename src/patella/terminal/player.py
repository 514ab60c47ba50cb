"""Walks a person through a session, step by step; everything done is on the disk before it is shown as saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from patella.app.history.reading import person_of
from patella.app.history.refused import TrainingError
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.pain import Colour
from patella.care.record import holds_done
from patella.care.script import Step, StepKind
from patella.care.session import Session
from patella.terminal import route
from patella.terminal.asking import ON, Asking, To, with_key
from patella.terminal.countdown import BELL_SECONDS, Countdown
from patella.terminal.frames import Frame, cue_of, frame_of, reps_unit
from patella.terminal.keys import BACKSPACE, DONE, ENTER, SLICE_S, UNKNOWN, InputEndedError, Keys
from patella.terminal.led import Led
from patella.terminal.pen import Pen
from patella.terminal.stage import Stage
from patella.terminal.talk import LeftError
from patella.terminal.wording import done_words

GUARD_S = 0.7  # a key that was meant for the step before does not end the next one
HALF_WAY_FROM_REPS = 4
TAKEN_BACK: Mapping[str, str] = {
    Kind.SET_DONE: "the last set",
    Kind.PAIN_NOTED: "the last answer about pain",
    Kind.EFFORT_NOTED: "how many more there would have been",
    Kind.ITEM_SKIPPED: "the skip",
    Kind.ITEM_SWAPPED: "the swap",
    Kind.ITEM_EASED: "the easier dose",
    Kind.ITEM_STOPPED: "the stop",
}


class Player:
    """One session on a stage. `clock` gives monotonic seconds; `keys` waits no longer than it is told."""

    def __init__(
        self,
        app: Patella,
        session: Session,
        *,
        keys: Keys,
        stage: Stage,
        clock: Callable[[], float],
        leads: bool = True,
    ) -> None:
        """Take up a session that was begun, where it stands. `leads`: a beat sets the pace of reps and counts."""
        self._asking = Asking(keys, stage, clock)
        self._pen = Pen(app, session, ask_again=self._asking.again)
        self._library, self._person, self._units = app.library, person_of(app), units_of(app)
        self._keys = keys
        self._stage = stage
        self._clock = clock
        self._leads = leads
        self._at = 0
        self._count = 0
        self._held: list[float] = []
        self._commands: Mapping[str, Callable[[Step], int | None]] = {
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

    def run(self) -> Session:
        """Walk to the end and give the session. LeftError, InputEndedError, KeyboardInterrupt: somebody left before."""
        try:
            self._begin()
            while self._at < len(self._pen.script):
                step = self._pen.script[self._at]
                if route.is_open(self._pen.session, step):
                    self._arrive(step)
                    self._at = self._walk(step)
                else:
                    self._at += 1
            self._pen.note(Kind.STEP_REACHED, {"step": len(self._pen.script)})
        except (LeftError, InputEndedError, KeyboardInterrupt):
            if self._count and self._at < len(self._pen.script):
                self._pen.keep_count(self._pen.script[self._at], self._count)
            raise
        return self._pen.session

    def _begin(self) -> None:
        noted = self._pen.last_step()
        self._at = route.go_on_at(self._pen.session, self._pen.script, noted)
        reps = noted.get("reps") if noted else None
        self._count = reps if isinstance(reps, int) and self._at == self._pen.session.step else 0
        if self._pen.session.paused:
            self._pen.note(Kind.SESSION_RESUMED)

    def _arrive(self, step: Step) -> None:
        if self._pen.session.step != step.index or step.index == 0:
            self._count = 0
            self._pen.reach(step)
        done_before = (step.hold or 1) - 1
        if step.kind is StepKind.HOLD and len(self._held) != done_before:
            self._held = [step.seconds or 0.0] * done_before

    # --- the steps

    def _walk(self, step: Step) -> int:
        if step.kind is StepKind.REPS:
            return self._reps(step)
        return self._pain(step) if step.kind is StepKind.PAIN else self._timed(step)

    def _frame(self, step: Step) -> Frame:
        session, script = self._pen.session, self._pen.script
        return frame_of(session, script, step, self._library, self._person, self._units)

    def _timed(self, step: Step) -> int:
        timer = Countdown(step.seconds or 0.0, self._clock)
        frame = self._frame(step)
        self._stage.announce(replace(frame, big=str(timer.shown), unit="seconds"))
        if step.is_work:
            self._stage.ring()
        while timer.left > 0:
            self._stage.draw(replace(frame, big=str(timer.shown), unit="seconds"))
            key = self._keys.read(timer.to_next_second)
            self._tell_time(step, timer)
            moved = None if key is None else self._key_in_time(step, timer, key)
            if moved is not None:
                return moved
        self._stage.ring()
        return self._over(step, step.seconds or 0.0)

    def _tell_time(self, step: Step, timer: Countdown) -> None:
        if step.is_work and timer.passed_half():
            self._stage.ring()
            self._say_cue(step, "halfway")
        for second in timer.passed_seconds():
            self._stage.count(second)
            if second <= BELL_SECONDS:
                self._stage.ring()

    def _say_cue(self, step: Step, key: str) -> None:
        self._stage.note(cue_of(self._pen.session.tasks[step.task], self._library, key))

    def _key_in_time(self, step: Step, timer: Countdown, key: str) -> int | None:
        if key in ON:
            if key != DONE and timer.elapsed < min(GUARD_S, timer.seconds / 2):
                return None
            return self._over(step, timer.seconds if key == DONE else timer.elapsed)
        timer.pause()
        moved = self._command(step, key)
        timer.go_on()
        return moved

    def _over(self, step: Step, seconds: float) -> int:
        if step.kind is StepKind.HOLD:
            self._held.append(seconds)
            if step.ends_set:
                held, self._held = self._held, []
                return self._log(step, holds_done(held, step.seconds or 0.0))
        return step.index + 1

    def _reps(self, step: Step) -> int:
        task = self._pen.session.tasks[step.task]
        asked = task.asked.reps or 1
        led = Led.of(task, self._library, self._clock, done=self._count) if self._leads else None
        frame = self._frame(step)
        self._stage.announce(replace(frame, big=str(self._count), unit=reps_unit(self._count, asked)))
        self._stage.ring()
        typed = ""
        while self._count < asked:
            unit = "reps, then Enter" if typed else reps_unit(self._count, asked)
            cue = (led.word if led else "") or frame.cue
            self._stage.draw(replace(frame, big=typed or str(self._count), unit=unit, cue=cue))
            key = self._keys.read(min(SLICE_S, led.to_next) if led else SLICE_S)
            self._follow(step, led, asked)
            if key is None:
                continue
            if key == DONE or (key == ENTER and typed):
                self._count = int(typed) if key == ENTER else asked
                led = led if key == DONE else None
                break
            if key.isdigit() or key == BACKSPACE:
                typed, led = with_key(typed, key), None
            elif key in (ENTER, " ", "+"):
                led = None  # whoever counts, counts this set
                self._one_more(step, asked)
            else:
                with led.standing() if led else nullcontext():
                    moved = self._command(step, key)
                if moved is not None:
                    return moved
        done, self._count = self._count, 0
        self._stage.ring()
        return self._log(step, {"reps": done, "counted_by": "beat" if led and led.counted else None})

    def _follow(self, step: Step, led: Led | None, asked: int) -> None:
        """The count as the beat has led it."""
        for _ in range(led.new_reps() if led else 0):
            self._one_more(step, asked)
            if self._count < asked:
                self._stage.ring()

    def _one_more(self, step: Step, asked: int) -> None:
        self._count += 1
        if asked >= HALF_WAY_FROM_REPS and self._count == (asked + 1) // 2:
            self._stage.ring()
            self._say_cue(step, "halfway")

    def _pain(self, step: Step) -> int:
        name = name_of(self._pen.session.tasks[step.task].exercise_id, self._library)
        known = self._pen.session.peaks.get(step.task)
        so_far = "" if known is None else f" The worst so far is {known}."
        self._stage.announce(self._frame(step))
        answer = self._asking.pain(
            self._frame(step), f"Worst pain during {name}, 0 to 10?{so_far}", move=partial(self._command, step)
        )
        if isinstance(answer, To):
            return answer.at
        if answer is not None and self._note_pain(step, answer) is not Colour.RED and self._asks_effort(step):
            self._ask_effort(step)
        return step.index + 1

    def _ask_effort(self, step: Step) -> None:
        effort = self._asking.effort(self._frame(step))
        if effort is not None:
            self._pen.note_effort(step.task, effort)
            self._stage.note(f"Saved: {effort} more.")

    def _asks_effort(self, step: Step) -> bool:
        session, exercise_id = self._pen.session, self._pen.session.tasks[step.task].exercise_id
        exercise = self._library.exercises.get(exercise_id)
        known = (step.task, exercise_id) in session.efforts
        return exercise is not None and exercise.asks_effort and not known and route.has_sets(session, step.task)

    # --- the keys

    def _command(self, step: Step, key: str) -> int | None:
        command = self._commands.get(key)
        if command is None:
            self._stage.note(f"{key.removeprefix(UNKNOWN)!r} is no key here. ? shows them all.")
            return None
        return command(step)

    def _pause(self, step: Step) -> None:
        self._pen.note(Kind.SESSION_PAUSED)
        frame = replace(self._frame(step), doing="Paused", asks="", cue="Take your time.", hint="p goes on  q leaves")
        self._stage.note("Paused. p goes on.")
        key = None
        while key not in ("p", *ON):
            self._stage.draw(frame)
            key = self._keys.read(SLICE_S)
            if key == "q":
                self._leave(step)
        self._pen.note(Kind.SESSION_RESUMED)
        self._stage.note("On we go.")

    def _back(self, step: Step) -> int | None:
        before = route.step_before(self._pen.session, self._pen.script, step.index)
        if before is None:
            self._stage.note("This is the beginning.")
        return before

    def _skip(self, step: Step) -> int:
        self._pen.end_task(Kind.ITEM_SKIPPED, step.task)
        self._stage.note("Skipped. That is fine.")
        return route.pain_of_task(self._pen.script, step.task)

    def _swap(self, step: Step) -> int | None:
        try:
            self._pen.swap(step.task)
        except TrainingError as error:
            self._stage.note(str(error))
            return None
        name = name_of(self._pen.session.tasks[step.task].exercise_id, self._library)
        self._stage.note(f"Now {name} instead.")
        return route.first_of(self._pen.script, step.task)

    def _ease(self, step: Step) -> int | None:
        if not training.can_ease(self._library, self._pen.session.tasks[step.task]):
            self._stage.note("This is its easiest dose. w swaps it, s skips it.")
            return None
        self._pen.ease(step.task)
        self._stage.note("Easier now.")
        return step.index

    def _hurt(self, step: Step) -> int | None:
        answer = self._asking.pain(self._frame(step), "It hurts. How much, 0 to 10? Well said.")
        if not isinstance(answer, int):
            self._stage.note("Left open. h asks again.")
            return None
        colour = self._note_pain(step, answer)
        if colour is Colour.RED:
            return route.pain_of_task(self._pen.script, step.task)
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
                self._pen.end_task(Kind.ITEM_STOPPED, step.task)
                self._stage.note("Stopped. A good decision.")
                return route.pain_of_task(self._pen.script, step.task)
            if key == "q" or (key in ("e", "w") and key in may):
                moved = self._command(step, key)
                if moved is not None:
                    return moved

    def _offers(self, task: int) -> dict[str, tuple[str, str]]:
        """What may follow from a pain that is allowed, by its key: only what there is."""
        offers = {"Enter": ("go on, with a smaller movement", "on")}
        if training.can_ease(self._library, self._pen.session.tasks[task]):
            offers["e"] = ("make it easier", "easier")
        if training.gentler_of(self._library, self._pen.session, task):
            offers["w"] = ("a gentler exercise", "swap")
        return {**offers, "s": ("stop this one", "stop this one")}

    def _undo(self, step: Step) -> int | None:
        undone = self._pen.undo()
        if undone is None:
            self._stage.note("There is nothing to take back.")
            return None
        kind, body = undone
        self._stage.note(f"Taken back: {TAKEN_BACK.get(kind, 'the last entry')}.")
        task = body.get("item")
        if not isinstance(task, int):
            return None
        return step.index if kind == Kind.ITEM_EASED else route.first_undone(self._pen.session, self._pen.script, task)

    def _help(self, _: Step) -> None:
        self._stage.keys()

    def _leave(self, _: Step) -> int:
        raise LeftError

    # --- what is written

    def _log(self, step: Step, done: Mapping[str, object]) -> int:
        """Log a set; where to go on."""
        words = done_words(done)
        if self._pen.log_set(step, done, words):
            self._stage.note(f"Saved: {words}.")
            return step.index + 1
        self._stage.note("Another window has recorded this set; it counts once.")
        return route.first_undone(self._pen.session, self._pen.script, step.task)

    def _note_pain(self, step: Step, nprs: int) -> Colour:
        advice = self._pen.note_pain(step.task, nprs)
        self._stage.note(f"{nprs} of 10, {advice.colour.value}. {advice.says}")
        return advice.colour
