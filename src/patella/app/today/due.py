"""What is to be answered now: this morning's pain, the hour after a session, and what was left unfinished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from patella.app.history.events import mornings_between, sessions_between
from patella.app.patella import Patella
from patella.app.session.training import GO_ON_HOURS
from patella.care.entries.kinds import Kind
from patella.care.session import Session

HOUR_AFTER_S = 45 * 60
LATEST_S = GO_ON_HOURS * 3600
LOOK_BACK_DAYS, AFTER_RUN_DAYS = 14, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`morning`: this morning's pain is asked; `after`: the session whose hour after is asked."""

    morning: bool
    after: Session | None
    unfinished: Session | None


def find_due(app: Patella) -> Due:
    """What is due now.

    The morning is asked once a day while there was training on an earlier day of the last fourteen, and for three days
    after a run, since calm mornings decide how far the next ones go. The hour after is asked from 45 minutes to
    eighteen hours after the latest finished session that is not of a film. What was begun within eighteen hours and not
    finished can be gone on with.
    """
    yesterday, tomorrow = app.today - timedelta(days=1), app.today + timedelta(days=1)
    recent = sessions_between(app, yesterday, tomorrow)
    done = [s for s in recent if not (s.is_empty or s.of_film)]
    latest = done[-1] if done else None
    return Due(
        morning=_asks_morning(app),
        after=latest if latest and latest.finished and latest.after is None and _in_time(app, latest) else None,
        unfinished=next((s for s in reversed(recent) if not s.finished and _age_s(app, s) <= LATEST_S), None),
    )


def next_due_change(app: Patella) -> datetime | None:
    """The first moment from now on when something else may be due although nothing was written; None without one.

    Of today alone: a new day is another question.
    """
    recent = sessions_between(app, app.today - timedelta(days=1), app.today + timedelta(days=1))
    moments = (s.last_at + timedelta(seconds=after_s) for s in recent for after_s in (HOUR_AFTER_S, LATEST_S))
    return min((m for m in moments if m >= app.now()), default=None)


def _asks_morning(app: Patella) -> bool:
    trained = app.log.first_day((Kind.SET_DONE,), since=app.today - timedelta(days=LOOK_BACK_DAYS), before=app.today)
    ran = app.log.first_day((Kind.RUN_ADDED,), since=app.today - timedelta(days=AFTER_RUN_DAYS), before=app.today)
    return (trained or ran) is not None and not mornings_between(app, app.today, app.today + timedelta(days=1))


def _in_time(app: Patella, session: Session) -> bool:
    return HOUR_AFTER_S <= _age_s(app, session) <= LATEST_S


def _age_s(app: Patella, session: Session) -> float:
    """Seconds since anything happened in it."""
    return (app.now() - session.last_at).total_seconds()
