"""The main job: what is due is asked, the plan is shown, the session is walked, and it goes into the diary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from patella.app.history.events import loose_events
from patella.app.history.reading import person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.person.settings import settings_of
from patella.app.plan import told
from patella.app.plan.plan import clearance_now, make_plan, things_to_ask
from patella.app.plan.told import name_of
from patella.app.session import training
from patella.app.today.due import find_due
from patella.app.today.today import begun_today
from patella.app.today.tomorrow import look_ahead, tell_tomorrow
from patella.care.choice import Scope
from patella.care.clearance import Standing
from patella.care.entries.kinds import Kind
from patella.care.entries.of_person import Counting
from patella.care.pain import When
from patella.care.plan import DayPlan
from patella.care.script import script_of
from patella.care.session import Session
from patella.care.task import task_of
from patella.terminal.keys import InputEndedError, Keys
from patella.terminal.page import Page, Tone
from patella.terminal.pain import note_pain, say_pain
from patella.terminal.player import Player
from patella.terminal.screening import ask_screening, say_standing
from patella.terminal.settings import ask_settings, ask_things
from patella.terminal.stage import Stage
from patella.terminal.summary import edit_summary, say_what_comes, say_what_was_done
from patella.terminal.talk import LeftError, Talk
from patella.terminal.today import say_concerns, say_plan
from patella.terminal.wording import day_of

INTERRUPTED = 130
GO_ON = "patella start goes on from here; everything so far is saved."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Where a guided session takes place: somebody to talk to, and a way to open the player's keys and stage."""

    talk: Talk
    open_player: Callable[[], Iterator[tuple[Keys, Stage]]]
    clock: Callable[[], float] = time.monotonic

    @property
    def page(self) -> Page:
        """Where sentences are written."""
        return self.talk.page


def start(app: Patella, hall: Hall, *, scope: Scope = Scope.TODAY, only: str | None = None) -> int:
    """Everything from the first question to the finished session; gives the exit code.

    0 as well when the person left before the end, 130 after Ctrl-C. Raises StoreError, TrainingError.
    """
    try:
        _start(app, hall, scope, only)
    except (LeftError, InputEndedError):
        _say_goodbye(app, hall.page)
        return 0
    except KeyboardInterrupt:
        _say_goodbye(app, hall.page)
        return INTERRUPTED
    return 0


def _start(app: Patella, hall: Hall, scope: Scope, only: str | None) -> None:
    page = hall.page
    if not _is_cleared(app, hall):
        return
    unfinished = find_due(app).unfinished
    if unfinished and _goes_on(app, hall, unfinished):
        return
    _ask_due(app, hall)
    plan = _with_things_asked(app, hall.talk, scope, only)
    if plan.clearance.is_open:
        before = hall.talk.ask_pain("How much does the knee hurt right now, before you begin?")
        plan = make_plan(app, scope=scope, only=only, pain_now=before)
        _begin(app, hall, plan, before)
    else:
        say_standing(page, plan.clearance, app)


def _with_things_asked(app: Patella, talk: Talk, scope: Scope, only: str | None) -> DayPlan:
    """The plan once it is known whether the things it asks for are there; what is missing changes it."""
    plan = make_plan(app, scope=scope, only=only)
    while things := things_to_ask(app, plan, person_of(app)):
        ask_things(app, talk, things)
        plan = make_plan(app, scope=scope, only=only)
    return plan


def _is_cleared(app: Patella, hall: Hall) -> bool:
    """Whether there may be a plan, after the questions were asked if they were due."""
    clearance, talk = clearance_now(app), hall.talk
    if clearance.asks:
        if clearance.standing is Standing.NOT_SCREENED:
            _welcome(app, hall.page)
        else:
            hall.page.say(app.library.questionnaire.texts[clearance.standing.value], tone=Tone.STRONG)
        if not ask_screening(app, talk).is_ok:
            return False
    elif not clearance.is_open:
        say_standing(hall.page, clearance, app)
        return False
    if not loose_events(app, (Kind.PROFILE_SET,)):
        ask_settings(app, talk)
    return True


def _welcome(app: Patella, page: Page) -> None:
    page.say("Welcome to Patella.", tone=Tone.STRONG)
    page.say("A few exercises a day, the right dose for your knee, and the reason for each number.")
    page.say("You can do it. First a few questions, two minutes, to be sure that exercise is right for this knee now.")
    page.say()
    page.say(app.library.questionnaire.texts["always"], tone=Tone.QUIET)


def _ask_due(app: Patella, hall: Hall) -> None:
    """This morning's pain and the hour after, where they are due; Enter leaves them open."""
    due = find_due(app)
    questions = (
        (due.after is not None, When.AFTER, "Last session: how much did the knee hurt an hour after?"),
        (due.morning, When.MORNING, "How much did the knee hurt this morning?"),
    )
    for is_due, when, question in questions:
        if is_due:
            nprs = hall.talk.ask_pain(question)
            if nprs is not None:
                say_pain(hall.page, nprs, note_pain(app, nprs, when))


def _goes_on(app: Patella, hall: Hall, session: Session) -> bool:
    """Offer to go on with an unfinished session; whether that was all for now."""
    names = ", ".join(name_of(t.exercise_id, app.library) for t in session.tasks)
    choice = hall.talk.ask_choice(
        f"There is a session you have not finished ({names}).",
        ["Go on where you were", "Finish it as it is", "Leave it as it is and begin a new one"],
    )
    if choice == 0:
        _play(app, hall, session)
        return True
    if choice == 1:
        _sum_up(app, hall, session)
        return True
    put_aside(app, session)
    return False


def put_aside(app: Patella, session: Session) -> None:
    """End a session that is not gone on with: what was done in it stays, an empty one is taken back."""
    if session.is_empty:
        begun = app.entries(session_id=session.id, kinds=[Kind.SESSION_BEGUN])[0]
        app.write(Kind.ENTRY_UNDONE, {"of": begun.id}, session_id=session.id, day=session.day)
    else:
        training.note(app, session, Kind.SESSION_FINISHED)


def _begin(app: Patella, hall: Hall, plan: DayPlan, before: int | None) -> None:
    page = hall.page
    page.say()
    page.say(day_of(plan.day), tone=Tone.STRONG)
    earlier = begun_today(app, plan.scope)
    if earlier and earlier.finished:
        page.say("Today's session is done. Well done! If you like, here is what else would do no harm.")
    units = units_of(app)
    tasks = [task_of(i) for i in plan.items]
    answer = told.show_plan(told.tell_plan(plan, app.library), tasks, person_of(app), app.library, units)
    say_concerns(page, answer)
    say_plan(page, answer, units)
    if not plan.items:
        page.say("Nothing to do today. Rest counts as well.")
        return
    page.say("You can do it. Start now.", tone=Tone.STRONG)
    hall.talk.ask("Enter to begin (q: not now):")
    _play(app, hall, training.begin(app, plan, before=before))


def _play(app: Patella, hall: Hall, session: Session) -> None:
    if session.step < len(script_of(session.tasks)):
        with contextmanager(hall.open_player)() as (keys, stage):
            leads = settings_of(app).counting is Counting.BEAT
            session = Player(app, session, keys=keys, stage=stage, clock=hall.clock, leads=leads).run()
    _sum_up(app, hall, session)


def _sum_up(app: Patella, hall: Hall, session: Session) -> None:
    if session.is_empty:
        put_aside(app, session)
        hall.page.say("Nothing was done in it, so it is not kept. Another time!")
        return
    session = training.note(
        app, session, Kind.SESSION_FINISHED
    )  # before anything is asked: nobody may be there any more
    say_what_was_done(hall.page, session)
    say_what_comes(hall.page, tell_tomorrow(look_ahead(app)))
    edit_summary(app, hall.talk, session)


def _say_goodbye(app: Patella, page: Page) -> None:
    page.say()
    if find_due(app).unfinished:
        page.say(GO_ON, tone=Tone.STRONG)
    elif clearance_now(app).standing is Standing.NOT_SCREENED:
        page.say("Nothing was saved yet. patella start begins again whenever you like.", tone=Tone.STRONG)
    else:
        page.say("See you. patella start whenever you are ready.", tone=Tone.STRONG)
