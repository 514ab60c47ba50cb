"""Running today: how far, and why, from the runs in the log and what the knee said to the last of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from patella.app.diary import LOOSE_PAIN, loose_events, mornings_of, pain_now, person_of
from patella.app.patella import Patella
from patella.app.runs import LoggedRun, runs_between, runs_for_load, runs_lately
from patella.app.worn import new_shoe_and_spike
from patella.care.pain import Response, When, is_morning_worse, is_settled, usual_morning
from patella.care.person import Person
from patella.care.place import Doing
from patella.care.running import RunningAdvice, advise
from patella.care.session import Event
from patella.care.task import reason_to_json

LOOK_BACK_DAYS = 400  # a restart looks at the last run, however long ago within a year
MORNING_DAYS = 45
NEXT_DAY = timedelta(days=1)


def running_advice(app: Patella) -> RunningAdvice:
    """What running load says about today."""
    return _advice(app, _recent(app), person_of(app), pain_now(app, app.today))


def answer_running(app: Patella) -> dict[str, object] | None:
    """The same in plain values; None while no run is known."""
    return running_for(app, person_of(app), pain_now(app, app.today))


def running_for(app: Patella, person: Person, pain: int | None) -> dict[str, object] | None:
    """The same where the person and the pain of today are at hand."""
    runs = _recent(app)
    advice = _advice(app, runs, person, pain)
    if advice.cap_m is None:
        return None
    return {**running_to_json(advice), "shoes": new_shoe_and_spike(app, runs)}


def _advice(app: Patella, runs: Sequence[LoggedRun], person: Person, pain: int | None) -> RunningAdvice:
    response = _response(app, person, runs[-1].day) if runs else None
    return advise(app.today, runs_for_load(runs), app.library.reasons, response=response, pain_now=pain)


def running_to_json(advice: RunningAdvice) -> dict[str, object]:
    """Advice about running in plain values; distances in metres, cadence in steps a minute, of both feet."""
    return {
        "ground": advice.ground.value,
        "cap_m": advice.cap_m,
        "longest_m": advice.longest_m,
        "strong_over_m": advice.strong_over_m,
        "red_over_m": advice.red_over_m,
        "latest": advice.latest.value if advice.latest else None,
        "cadence_spm": advice.cadence_spm,
        "cadence_target_spm": _pair(advice.cadence_target_spm),
        "week_m": advice.week_m,
        "week_before_m": advice.week_before_m,
        "run_walk_min": _pair(advice.run_walk_min),
        "slower_percent": _pair(advice.slower_percent),
        "because": [reason_to_json(r) for r in advice.because],
    }


def _pair(values: Sequence[int] | None) -> list[int] | None:
    return None if values is None else list(values)


def _recent(app: Patella) -> list[LoggedRun]:
    return runs_lately(app) or runs_between(app, app.today - timedelta(days=LOOK_BACK_DAYS), app.today + NEXT_DAY)


def _response(app: Patella, person: Person, day: date) -> Response:
    """How the knee answered the runs of a day: pain said to be of a run, and the mornings round it."""
    round_it = loose_events(app, (LOOSE_PAIN,), since=day - timedelta(days=MORNING_DAYS), before=day + 2 * NEXT_DAY)
    notes = [e for e in round_it if e.day == day]
    of_run = [e.body for e in notes if e.body.get("doing") == Doing.RUN]
    before, after = _latest(notes, When.BEFORE), _worst(of_run, When.AFTER)
    mornings = mornings_of(round_it)
    usual = usual_morning(mornings, day, at_screening=person.usual_pain)
    return Response(
        peak=_worst(of_run, When.DURING, When.BEFORE),
        settled=is_settled(before, after),
        morning_worse=is_morning_worse(mornings, day, usual=usual),
        before=before,
        after=after,
        morning=mornings.get(day + NEXT_DAY),
        usual=usual,
        cautious=person.cautious,
    )


def _worst(bodies: Sequence[Mapping[str, object]], *moments: When) -> int | None:
    return max((int(str(b["nprs"])) for b in bodies if b.get("when") in moments), default=None)


def _latest(notes: Sequence[Event], moment: When) -> int | None:
    found = [int(str(e.body["nprs"])) for e in notes if e.body.get("when") == moment and e.body.get("doing") is None]
    return found[-1] if found else None
