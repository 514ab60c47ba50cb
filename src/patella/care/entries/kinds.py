"""Every kind of entry by the name it has in the log, and the one place that reads a body into its type.

A kind that is not in this table is one of a newer version: it is kept, and nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from patella.care.entries import of_knee, of_person, of_programme, of_running, of_session
from patella.care.entries.field import BodyError, Values, read


class Kind(StrEnum):
    """A kind of entry: its name in the log, and under `body` the type of what such an entry says.

    An entry holds its kind as text, because a newer version may know more of them.
    """

    body: type[Values]

    def __new__(cls, name: str, body: type[Values]) -> Self:
        """A name that is text wherever text is asked for, with its type beside it."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.body = body
        return kind

    SCREENING_ANSWERED = "screening.answered", of_knee.ScreeningAnswered
    ASSESSMENT_CONFIRMED = "assessment.confirmed", of_knee.AssessmentConfirmed
    SYMPTOM_NOTED = "symptom.noted", of_knee.SymptomNoted
    KNEE_SEEN = "knee.seen", of_knee.KneeSeen
    PROFILE_SET = "profile.set", of_person.ProfileSet
    PAIN_NOTED = "pain.noted", of_knee.PainNoted
    SCORE_GIVEN = "score.given", of_knee.ScoreGiven
    SITTING_NOTED = "sitting.noted", of_knee.SittingNoted
    BAREFOOT_NOTED = "barefoot.noted", of_knee.BarefootNoted
    LESSON_READ = "lesson.read", of_knee.LessonRead
    SESSION_BEGUN = "session.begun", of_session.SessionBegun
    STEP_REACHED = "step.reached", of_session.StepReached
    SET_DONE = "set.done", of_session.SetDone
    EFFORT_NOTED = "effort.noted", of_session.EffortNoted
    ITEM_SKIPPED = "item.skipped", of_session.ItemSkipped
    ITEM_STOPPED = "item.stopped", of_session.ItemStopped
    ITEM_SWAPPED = "item.swapped", of_session.ItemSwapped
    ITEM_EASED = "item.eased", of_session.ItemEased
    SESSION_PAUSED = "session.paused", of_session.SessionPaused
    SESSION_RESUMED = "session.resumed", of_session.SessionResumed
    SESSION_FINISHED = "session.finished", of_session.SessionFinished
    RUN_ADDED = "run.added", of_running.RunAdded
    SPORT_ADDED = "sport.added", of_running.SportAdded
    SHOE_ADDED = "shoe.added", of_running.ShoeAdded
    COMEBACK_BEGUN = "comeback.begun", of_running.ComebackBegun
    COMEBACK_PAUSED = "comeback.paused", of_running.ComebackPaused
    COMEBACK_LEFT = "comeback.left", of_running.ComebackLeft
    PROGRAMME_SET = "programme.set", of_programme.ProgrammeSet
    PROGRAMME_ENDED = "programme.ended", of_programme.ProgrammeEnded
    ENTRY_UNDONE = "entry.undone", of_session.EntryUndone
    ENTRY_CHANGED = "entry.changed", of_session.EntryChanged


KINDS: Mapping[str, type[Values]] = {kind.value: kind.body for kind in Kind}


def read_body(kind: str, body: Mapping[str, object]) -> Values | None:
    """The body as the type of its kind; None for a kind of a newer version. Raises BodyError with a sentence."""
    known = KINDS.get(kind)
    return None if known is None else read(known, body)


def complaint(kind: str, body: Mapping[str, object]) -> str:
    """What is wrong with a body, in a sentence; empty when it is what its kind asks for, or of a newer version."""
    try:
        read_body(kind, body)
    except BodyError as error:
        return str(error)
    return ""
