"""A film's sets into the diary from the terminal: its day, the pain where somebody is there to say it, a way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from patella.app.film.film import Question
from patella.app.film.keeping import FilmedSets, KeptAlreadyError, day_words, find_kept, keep_film, sets_to_keep
from patella.app.patella import Patella
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.pain import When, check_nprs
from patella.care.session import Session
from patella.files.film_mark import film_mark
from patella.motion.analysis import Analysis
from patella.terminal.hall import open_talk
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.talk import LeftError, is_somebody_there
from patella.terminal.wording import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was said on the command line of the day of the film and of the pain; None: not said."""

    on: str | None = None
    during: int | None = None
    after: int | None = None


class Keeper:
    """Keeps one film. What cannot be kept is said before anybody has waited for it to be watched."""

    def __init__(self, app: Patella, asked: Question, wish: Wish, *, asks: bool) -> None:
        """`asks`: whether to ask what was not said. Raises InputError, KeptAlreadyError."""
        self._app, self._asked, self._wish = app, asked, wish
        self._asks = asks and is_somebody_there()
        for nprs in (wish.during, wish.after):
            _check_pain(nprs)
        self._day = self._said_day()
        self._mark = _mark_of(asked)
        kept = find_kept(app, self._mark, asked.exercise.id) if self._mark else None
        if kept:
            raise KeptAlreadyError(f"This film is in the diary already, on {day_words(kept.day)}.")

    def keep(self, found: Analysis) -> Session:
        """Put what was counted into the diary. Raises TrainingError, StoreError."""
        app, asked = self._app, self._asked
        sets = sets_to_keep(asked.exercise, found, asked.side.value if asked.side else None)
        film = FilmedSets(mark=self._mark, exercise=asked.exercise, day=self._day, sets=sets)
        session = keep_film(app, app.new_id(), film).session
        during, after = self._pains()
        if during is not None:
            session, _ = training.note_pain(app, session, 0, during)
        if after is not None:
            session = training.note(app, session, Kind.PAIN_NOTED, {"when": When.AFTER.value, "nprs": after})
        return session

    def _said_day(self) -> date:
        today, said = self._app.today, self._wish.on
        if said is None:
            return min(_day_of_file(self._asked) or today, today)
        try:
            day = date.fromisoformat(said)
        except ValueError:
            raise InputError(f"--on takes a day such as 2026-11-22, not {said!r}.") from None
        if day > today:
            raise InputError("That day is still to come. Say the day on which the film was made.")
        return day

    def _pains(self) -> tuple[int | None, int | None]:
        """The worst pain during it and that an hour after: as said, or asked where somebody is there."""
        during, after = self._wish.during, self._wish.after
        if not self._asks:
            return during, after
        talk = open_talk()
        try:
            if during is None:
                during = talk.ask_pain("What was the worst pain during it?")
            if after is None:
                after = talk.ask_pain("And how much did the knee hurt an hour after?")
        except (LeftError, InputEndedError):
            talk.page.say()
        return during, after


def _check_pain(nprs: int | None) -> None:
    try:
        if nprs is not None:
            check_nprs(nprs)
    except ValueError as error:
        raise InputError(str(error)) from None


def _day_of_file(asked: Question) -> date | None:
    try:
        return datetime.fromtimestamp(asked.film.stat().st_mtime).astimezone().date()
    except (OSError, OverflowError, ValueError):
        return None


def _mark_of(asked: Question) -> str:
    """The film's mark; none for what cannot be read, of which the watching says what is wrong."""
    try:
        return film_mark(asked.film)
    except OSError:
        return ""


def kept_to_json(kept: Session | None) -> dict[str, object] | None:
    """The session and its day."""
    return None if kept is None else {"session": kept.id, "day": kept.day.isoformat()}


def say_kept(page: Page, session: Session) -> None:
    """What stands in the diary now, and how it is corrected or taken back."""
    page.say()
    page.say(f"Kept: {counted(len(session.sets), 'set')}, {day_words(session.day)}.", tone=Tone.STRONG)
    if not session.peaks:
        page.say("The worst pain during it is not answered, so the next dose stays as it is.")
    page.say(
        f"patella history --edit {session.id[:8]} corrects it, patella history --undo takes it out.", tone=Tone.QUIET
    )
