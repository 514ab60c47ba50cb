"""How the knee took the runs of the last weeks, read from the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from patella.app.history.events import MORNING_DAYS, loose_events, mornings_of
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.line import SEEN_DAYS
from patella.care.pain import SETTLED_WITHIN, Response, When, is_morning_worse, is_settled, usual_morning
from patella.care.person import Person
from patella.care.place import Doing
from patella.care.run import Felt
from patella.care.session import Event

NEXT_DAY = timedelta(days=1)


def read_felt(app: Patella, person: Person, pain_now: int | None, *, since: date | None = None) -> Felt:
    """What was noted of the knee in the last weeks, or from an earlier day on.

    `pain_now` may be an answer that is not in the log yet.
    """
    since = min(app.today - timedelta(days=SEEN_DAYS), since or app.today)
    noted = loose_events(
        app, (Kind.PAIN_NOTED,), since=since - timedelta(days=MORNING_DAYS), before=app.today + NEXT_DAY
    )
    mornings = mornings_of(noted)
    by_day: dict[date, list[Event]] = {}
    for event in noted:
        if event.day >= since and event.body.get("item") is None:
            by_day.setdefault(event.day, []).append(event)
    ran = {d: notes for d, notes in by_day.items() if any(n.body.get("doing") == Doing.RUN for n in notes)}
    return Felt(
        of_runs={d: _response(notes, d, mornings, person) for d, notes in ran.items()},
        mornings={d: n for d, n in mornings.items() if d >= since},
        noted={d: max(_nprs(n.body) for n in notes) for d, notes in by_day.items()},
        now=pain_now,
        usual=person.usual_pain,
        cautious=person.cautious,
    )


def _response(notes: Sequence[Event], day: date, mornings: Mapping[date, int], person: Person) -> Response:
    """How the knee answered the runs of a day: pain said to be of a run, and the mornings round it."""
    of_run = [n.body for n in notes if n.body.get("doing") == Doing.RUN]
    before, after = _latest(notes, When.BEFORE), _worst(of_run, When.AFTER)
    usual = usual_morning(mornings, day, at_screening=person.usual_pain)
    return Response(
        peak=_worst(of_run, When.DURING, When.BEFORE),
        settled=_is_settled(before, after),
        morning_worse=is_morning_worse(mornings, day, usual=usual),
        before=before,
        after=after,
        morning=mornings.get(day + NEXT_DAY),
        usual=usual,
        cautious=person.cautious,
    )


def _is_settled(before: int | None, after: int | None) -> bool | None:
    """Whether the knee had settled; so little pain has, whatever it was before the run."""
    return True if after is not None and after <= SETTLED_WITHIN else is_settled(before, after)


def _worst(bodies: Sequence[Mapping[str, object]], *moments: When) -> int | None:
    return max((_nprs(b) for b in bodies if b.get("when") in moments), default=None)


def _latest(notes: Sequence[Event], moment: When) -> int | None:
    found = [_nprs(n.body) for n in notes if n.body.get("when") == moment and n.body.get("doing") is None]
    return found[-1] if found else None


def _nprs(body: Mapping[str, object]) -> int:
    return int(str(body["nprs"]))
