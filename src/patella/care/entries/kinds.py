"""Every kind of entry by the name it has in the log, and the one place that reads a body into its type and back.

A kind that is not in this table is one of a newer version: it is kept, and nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from patella.care.entries import of_knee, of_person, of_programme, of_running, of_session
from patella.care.entries.field import BodyError, Values, read, write

KINDS: Mapping[str, type[Values]] = {
    "screening.answered": of_knee.ScreeningAnswered,
    "assessment.confirmed": of_knee.AssessmentConfirmed,
    "symptom.noted": of_knee.SymptomNoted,
    "knee.seen": of_knee.KneeSeen,
    "profile.set": of_person.ProfileSet,
    "pain.noted": of_knee.PainNoted,
    "score.given": of_knee.ScoreGiven,
    "sitting.noted": of_knee.SittingNoted,
    "barefoot.noted": of_knee.BarefootNoted,
    "lesson.read": of_knee.LessonRead,
    "session.begun": of_session.SessionBegun,
    "step.reached": of_session.StepReached,
    "set.done": of_session.SetDone,
    "effort.noted": of_session.EffortNoted,
    "item.skipped": of_session.ItemSkipped,
    "item.stopped": of_session.ItemStopped,
    "item.swapped": of_session.ItemSwapped,
    "item.eased": of_session.ItemEased,
    "session.paused": of_session.SessionPaused,
    "session.resumed": of_session.SessionResumed,
    "session.finished": of_session.SessionFinished,
    "run.added": of_running.RunAdded,
    "sport.added": of_running.SportAdded,
    "shoe.added": of_running.ShoeAdded,
    "comeback.begun": of_running.ComebackBegun,
    "comeback.paused": of_running.ComebackPaused,
    "comeback.left": of_running.ComebackLeft,
    "programme.set": of_programme.ProgrammeSet,
    "programme.ended": of_programme.ProgrammeEnded,
    "entry.undone": of_session.EntryUndone,
    "entry.changed": of_session.EntryChanged,
}


def read_body(kind: str, body: Mapping[str, object]) -> Values | None:
    """The body as the type of its kind; None for a kind of a newer version. Raises BodyError with a sentence."""
    known = KINDS.get(kind)
    return None if known is None else read(known, body)


def write_body(values: Values) -> dict[str, object]:
    """The plain values that the log keeps, keys of a newer version among them."""
    return write(values)


def complaint(kind: str, body: Mapping[str, object]) -> str:
    """What is wrong with a body, in a sentence; empty when it is what its kind asks for, or of a newer version."""
    try:
        read_body(kind, body)
    except BodyError as error:
        return str(error)
    return ""
