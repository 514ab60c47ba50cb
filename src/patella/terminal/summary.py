"""A session as lines that can be corrected, before it is finished and long after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from patella.app.history.events import events_of
from patella.app.history.reading import person_of
from patella.app.history.refused import TrainingError
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.library import Library
from patella.care.pain import NPRS_MAX, Colour, When, colour_of
from patella.care.session import Event, LoggedSet, Session, settle
from patella.care.task import Task
from patella.care.units import METRIC, Units
from patella.terminal.page import Page, Tone
from patella.terminal.saving import save
from patella.terminal.talk import Talk
from patella.terminal.wording import counted, pain_of, side_of

FINISH, TAKE_OUT = "f", "-"
MOST_REPS, MOST_HOLDS, LONGEST_HOLD_S = 200, 50, 600
_HOLDS = re.compile(r"(\d{1,2})(?:\s*(?:x|\*|of)\s*(\d{1,3})\s*s?)?")


class What(StrEnum):
    """What a line of the summary is about."""

    SET = "set"
    DURING = "during"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line that can be corrected: a set (`logged` is None while it was not done), or a pain."""

    what: What
    text: str
    task: int = 0
    side: str = ""
    logged: LoggedSet | None = None


class ValueRefusedError(ValueError):
    """What was typed is no value of this line; the message is one sentence."""


def lines_of(session: Session, *, cautious: bool, units: Units = METRIC) -> list[Line]:
    """Every line of a session in the order it is shown."""
    lines = [_pain_line(What.BEFORE, "pain before", session.before, cautious=cautious)]
    for number in range(len(session.tasks)):
        lines += _sets_of(session, number, units)
        peak = session.peaks.get(number)
        lines.append(_pain_line(What.DURING, "worst pain", peak, cautious=cautious, task=number))
    if session.finished:
        lines.append(_pain_line(What.AFTER, "pain an hour after", session.after, cautious=cautious))
    return lines


def _pain_line(what: What, label: str, nprs: int | None, *, cautious: bool, task: int = 0) -> Line:
    return Line(what=what, task=task, text=f"{label}: {pain_of(nprs, cautious=cautious)}")


def _sets_of(session: Session, number: int, units: Units) -> Iterator[Line]:
    task = session.tasks[number]
    mine = [s for s in session.sets if s.task == number and s.exercise_id == task.exercise_id]
    for side in task.sides:
        done = [s for s in mine if s.done.side == side]
        for place in range(max(task.asked.sets, len(done))):
            found = done[place] if place < len(done) else None
            words = amount_of(found, units) if found else "not done"
            label = f"set {place + 1}" + ("" if side == "both" else f", {side_of(side)}")
            yield Line(what=What.SET, task=number, side=side, logged=found, text=f"{label}: {words}")


def amount_of(logged: LoggedSet, units: Units) -> str:
    """What was done in a set, in words."""
    done = logged.done
    load = f", {units.load(done.load_kg)}" if done.load_kg else ""
    if done.reps is not None:
        return counted(done.reps, "rep") + load
    return f"{counted(done.holds or 0, 'hold')} of {done.hold_s or 0:g} s{load}"


def show_summary(page: Page, session: Session, library: Library, *, cautious: bool, units: Units) -> list[Line]:
    """Write the summary with its line numbers, and give the lines."""
    lines = lines_of(session, cautious=cautious, units=units)
    page.say()
    page.say("What you did", tone=Tone.STRONG)
    heading = None
    for number, line in enumerate(lines, 1):
        if line.what in (What.SET, What.DURING) and line.task != heading:
            heading = line.task
            page.say(_heading(session, line.task, library))
        page.item(line.text, mark=f"{number:>3}")
    return lines


def _heading(session: Session, number: int, library: Library) -> str:
    name = name_of(session.tasks[number].exercise_id, library)
    if number in session.stopped:
        return f"{name} (stopped: a good decision)"
    return f"{name} (skipped)" if number in session.skipped else name


def edit_summary(app: Patella, talk: Talk, session: Session) -> Session:
    """Show the summary and correct lines of it until Enter or `f`. Raises LeftError, InputEndedError."""
    cautious, units = person_of(app).cautious, units_of(app)
    lines = show_summary(talk.page, session, app.library, cautious=cautious, units=units)
    while True:
        answer = talk.ask("A line to correct, or Enter when it is right:").lower()
        if answer in ("", FINISH):
            return session
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(lines):
            line = lines[int(answer) - 1]
            try:
                session = _correct(app, talk, session, line)
            except (ValueRefusedError, TrainingError) as error:
                talk.page.say(str(error))
                continue
            lines = show_summary(talk.page, session, app.library, cautious=cautious, units=units)
        else:
            talk.page.say(f"Please type the number of a line (1 to {len(lines)}), or Enter.")


def _correct(app: Patella, talk: Talk, session: Session, line: Line) -> Session:
    task = session.tasks[line.task]
    typed = talk.ask(f"{line.text}. New value ({_takes(line, task)}):").lower()
    if not typed:
        return session

    def act(steady: Patella) -> Session:
        if line.what is not What.SET:
            return set_pain(steady, session, line, parse_pain(typed))
        if typed == TAKE_OUT and line.logged:
            return training.note(steady, session, Kind.ENTRY_UNDONE, {"of": line.logged.event_id})
        done = parse_done(typed, task)
        if line.logged:
            return training.change_set(steady, session, line.logged.event_id, done)
        return training.log_set(steady, session, line.task, line.side, done)

    return save(app, act, what=typed, ask_again=lambda sentence: _try_again(talk, sentence))


def _try_again(talk: Talk, sentence: str) -> None:
    talk.page.say(sentence, tone=Tone.RED)
    talk.ask("Enter, or q:")


def _takes(line: Line, task: Task) -> str:
    if line.what is not What.SET:
        return "0 to 10"
    amount = (
        "reps" if task.asked.reps is not None else f"holds, such as {task.asked.holds or 1} x {task.asked.hold_s:g}"
    )
    return f"{amount}; {TAKE_OUT} takes it out" if line.logged else amount


def parse_pain(typed: str) -> int:
    """Pain as it was typed. Raises ValueRefusedError."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed) <= NPRS_MAX):  # noqa: PLR2004 - 10 has two digits
        raise ValueRefusedError("Pain is a whole number from 0 (none) to 10 (the worst).")
    return int(typed)


def parse_done(typed: str, task: Task) -> dict[str, object]:
    """What was done in a set as it was typed: `8`, or `5 x 10` for holds. Raises ValueRefusedError."""
    if task.asked.reps is not None:
        if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) <= MOST_REPS):  # noqa: PLR2004 - 200 has three
            raise ValueRefusedError(f"Reps are a whole number from 0 to {MOST_REPS}.")
        return {"reps": int(typed)}
    match = _HOLDS.fullmatch(typed) if typed.isascii() else None
    holds = int(match[1]) if match else 0
    hold_s = float(match[2]) if match and match[2] else task.asked.hold_s or 0.0
    if match is None or holds > MOST_HOLDS or hold_s > LONGEST_HOLD_S:
        raise ValueRefusedError(
            f"Type the number of holds, or holds and seconds: {task.asked.holds or 1} x {hold_s:g}."
        )
    return {"holds": holds, "hold_s": hold_s}


def set_pain(app: Patella, session: Session, line: Line, nprs: int) -> Session:
    """Make `nprs` the pain of a line; a stop that followed from a red one is taken back with it."""
    noted = _pain_events(app, session, line)
    if not noted:
        if line.what is What.DURING:
            return training.note_pain(app, session, line.task, nprs)[0]
        when = When.BEFORE if line.what is What.BEFORE else When.AFTER
        return training.note(app, session, Kind.PAIN_NOTED, {"when": when.value, "nprs": nprs})
    for event in noted:
        session = training.note(app, session, Kind.ENTRY_CHANGED, {"of": event.id, "body": {"nprs": nprs}})
    if line.what is What.DURING and colour_of(nprs, cautious=person_of(app).cautious) is not Colour.RED:
        for stop in _stops(app, session, line.task):
            session = training.note(app, session, Kind.ENTRY_UNDONE, {"of": stop.id})
    return session


def _pain_events(app: Patella, session: Session, line: Line) -> list[Event]:
    """The answers that a line of pain was made of, as they hold now."""
    found = [e for e in _settled(app, session, Kind.PAIN_NOTED) if e.body.get("when") == line.what.value]
    if line.what is What.DURING:
        exercise_id = session.tasks[line.task].exercise_id
        return [e for e in found if e.body.get("item") == line.task and e.body.get("exercise") == exercise_id]
    return found


def _stops(app: Patella, session: Session, task: int) -> list[Event]:
    stops = _settled(app, session, Kind.ITEM_STOPPED)
    return [e for e in stops if e.body.get("item") == task and e.body.get("why") == "pain"]


def _settled(app: Patella, session: Session, kind: Kind) -> list[Event]:
    return [e for e in settle(events_of(app.entries(session_id=session.id))) if e.kind == kind]


def say_what_was_done(page: Page, session: Session) -> None:
    """What was done in one look: "4 exercises, 12 sets, 19 minutes."."""
    exercises = len({s.exercise_id for s in session.sets})
    minutes = max(1, round((session.last_at - session.begun_at).total_seconds() / 60))
    page.say()
    page.say("Done, and saved. Well done!", tone=Tone.STRONG)
    page.say(
        f"{counted(exercises, 'exercise')}, {counted(len(session.sets), 'set')}, {counted(minutes, 'minute')}.",
    )


def say_what_comes(page: Page, tomorrow: str) -> None:
    """After the finish: when the knee is asked again, and what comes tomorrow."""
    page.say("In an hour, how is the knee? patella pain N --when after")
    page.say("Tomorrow morning once more: patella pain N --when morning")
    page.say("Or just patella start: it asks first. Both answers together decide whether the dose may rise.")
    page.say(tomorrow)
