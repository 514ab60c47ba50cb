"""What is to be answered now: this morning's pain, the hour after a session, and what was left unfinished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from patella.app.diary import mornings_between, sessions_between
from patella.app.patella import Patella
from patella.care.session import Session

HOUR_AFTER_S = 45 * 60
AFTER_HOURS = 18
LOOK_BACK_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`morning`: this morning's pain is asked; `after`: the session whose hour after is asked."""

    morning: bool
    after: Session | None
    unfinished: Session | None


def find_due(app: Patella) -> Due:
    """What is due now.

    The morning is asked once a day while the latest session lies on an earlier day of the last fourteen. The hour after
    is asked from 45 minutes to eighteen hours after the latest finished session. What was begun within eighteen hours
    and not finished can be gone on with.
    """
    today, now = app.today, app.now()
    recent = sessions_between(app, today - timedelta(days=LOOK_BACK_DAYS), today + timedelta(days=1))
    done = [s for s in recent if not s.is_empty]
    latest = done[-1] if done else None
    oldest = now - timedelta(hours=AFTER_HOURS)
    return Due(
        morning=_asks_morning(app, done),
        after=latest if latest and latest.finished and latest.after is None and _in_time(app, latest) else None,
        unfinished=next((s for s in reversed(recent) if not s.finished and s.last_at >= oldest), None),
    )


def _asks_morning(app: Patella, done: list[Session]) -> bool:
    today = app.today
    earlier = [s for s in done if s.day < today]
    if not earlier:
        return False
    return today not in mornings_between(app, today, today + timedelta(days=1))


def _in_time(app: Patella, session: Session) -> bool:
    since_s = (app.now() - session.last_at).total_seconds()
    return HOUR_AFTER_S <= since_s <= AFTER_HOURS * 3600
