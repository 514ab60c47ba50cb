"""Walks a person through a session, step by step; everything done is on the disk before it is shown as saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from patella.app.history.reading import person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.care.entries.kinds import Kind
from patella.care.pain import Colour
from patella.care.record import holds_done
from patella.care.script import Step, StepKind
from patella.care.session import Session
from patella.terminal import route
from patella.terminal.asking import ON, Asking, To, with_key
from patella.terminal.commands import Commands, note_pain
from patella.terminal.countdown import BELL_SECONDS, Countdown
from patella.terminal.frames import Frame, cue_of, frame_of, reps_unit
from patella.terminal.keys import BACKSPACE, DONE, ENTER, SLICE_S, InputEndedError, Keys
from patella.terminal.led_set import LedSet
from patella.terminal.session_writer import SessionWriter
from patella.terminal.stage import Stage
from patella.terminal.talk import LeftError
from patella.terminal.wording import done_words

GUARD_S = 0.7  # a key that was meant for the step before does not end the next one
HALF_WAY_FROM_REPS = 4


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
        self._writer = SessionWriter(app, session, ask_again=self._asking.again)
        self._library, self._person, self._units = app.library, person_of(app), units_of(app)
        self._keys = keys
        self._stage = stage
        self._clock = clock
        self._leads = leads
        self._at = 0
        self._count = 0
        self._held: list[float] = []
        self._commands = Commands(self._writer, self._asking, keys, stage, self._frame)

    def run(self) -> Session:
        """Walk to the end and give the session. LeftError, InputEndedError, KeyboardInterrupt: somebody left before."""
        try:
            self._begin()
            while self._at < len(self._writer.script):
                step = self._writer.script[self._at]
                if route.is_open(self._writer.session, step):
                    self._arrive(step)
                    self._at = self._walk(step)
                else:
                    self._at += 1
            self._writer.note(Kind.STEP_REACHED, {"step": len(self._writer.script)})
        except (LeftError, InputEndedError, KeyboardInterrupt):
            if self._count and self._at < len(self._writer.script):
                self._writer.keep_count(self._writer.script[self._at], self._count)
            raise
        return self._writer.session

    def _begin(self) -> None:
        noted = self._writer.last_step()
        self._at = route.go_on_at(self._writer.session, self._writer.script, noted)
        reps = noted.get("reps") if noted else None
        self._count = reps if isinstance(reps, int) and self._at == self._writer.session.step else 0
        if self._writer.session.paused:
            self._writer.note(Kind.SESSION_RESUMED)

    def _arrive(self, step: Step) -> None:
        if self._writer.session.step != step.index or step.index == 0:
            self._count = 0
            self._writer.reach(step)
        done_before = (step.hold or 1) - 1
        if step.kind is StepKind.HOLD and len(self._held) != done_before:
            self._held = [step.seconds or 0.0] * done_before

    # --- the steps

    def _walk(self, step: Step) -> int:
        if step.kind is StepKind.REPS:
            return self._reps(step)
        return self._pain(step) if step.kind is StepKind.PAIN else self._timed(step)

    def _frame(self, step: Step) -> Frame:
        session, script = self._writer.session, self._writer.script
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
        self._stage.note(cue_of(self._writer.session.tasks[step.task], self._library, key))

    def _key_in_time(self, step: Step, timer: Countdown, key: str) -> int | None:
        if key in ON:
            if key != DONE and timer.elapsed < min(GUARD_S, timer.seconds / 2):
                return None
            return self._over(step, timer.seconds if key == DONE else timer.elapsed)
        timer.pause()
        moved = self._commands.do(step, key)
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
        task = self._writer.session.tasks[step.task]
        asked = task.asked.reps or 1
        led = LedSet.of(task, self._library, self._clock, done=self._count) if self._leads else None
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
                    moved = self._commands.do(step, key)
                if moved is not None:
                    return moved
        done, self._count = self._count, 0
        self._stage.ring()
        return self._log(step, {"reps": done, "counted_by": "beat" if led and led.counted else None})

    def _follow(self, step: Step, led: LedSet | None, asked: int) -> None:
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
        name = name_of(self._writer.session.tasks[step.task].exercise_id, self._library)
        known = self._writer.session.peaks.get(step.task)
        so_far = "" if known is None else f" The worst so far is {known}."
        self._stage.announce(self._frame(step))
        answer = self._asking.pain(
            self._frame(step), f"Worst pain during {name}, 0 to 10?{so_far}", move=partial(self._commands.do, step)
        )
        if isinstance(answer, To):
            return answer.at
        colour = None if answer is None else note_pain(self._writer, self._stage, step, answer)
        if colour not in (None, Colour.RED) and self._asks_effort(step):
            self._ask_effort(step)
        return step.index + 1

    def _ask_effort(self, step: Step) -> None:
        effort = self._asking.effort(self._frame(step))
        if effort is not None:
            self._writer.note_effort(step.task, effort)
            self._stage.note(f"Saved: {effort} more.")

    def _asks_effort(self, step: Step) -> bool:
        session, exercise_id = self._writer.session, self._writer.session.tasks[step.task].exercise_id
        exercise = self._library.exercises.get(exercise_id)
        known = (step.task, exercise_id) in session.efforts
        return exercise is not None and exercise.asks_effort and not known and route.has_sets(session, step.task)

    # --- what is written

    def _log(self, step: Step, done: Mapping[str, object]) -> int:
        """Log a set; where to go on."""
        words = done_words(done)
        if self._writer.log_set(step, done, words):
            self._stage.note(f"Saved: {words}.")
            return step.index + 1
        self._stage.note("Another window has recorded this set; it counts once.")
        return route.first_undone(self._writer.session, self._writer.script, step.task)
