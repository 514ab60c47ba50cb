"""Running today: how far, and why, from the runs in the log and what the knee said to the last of them.

This is the one door to advice on running: whoever shows it asks here, and here the clearance is asked first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from patella.app.history.reading import person_and_history
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.plan import clearance_now
from patella.app.running.comeback import comeback_for, steps_since
from patella.app.running.felt import read_felt
from patella.app.running.runs import LoggedRun, runs_between, runs_for_load, runs_lately
from patella.app.running.sports import maybe_runs
from patella.app.running.told import RunningToday, ToldRunning
from patella.app.running.worn import new_shoe_and_spike
from patella.care.cadence import WINDOW_DAYS, Step, base_cadence
from patella.care.clearance import Clearance
from patella.care.entries.kinds import Kind
from patella.care.person import Person
from patella.care.plan import plan_for
from patella.care.run import Felt
from patella.care.running import RunningAdvice, advise

LOOK_BACK_DAYS = 400  # a restart looks at the last run, however long ago within a year
FIRST_CADENCE_DAYS = 120
NEXT_DAY = timedelta(days=1)


def running_advice(app: Patella) -> RunningAdvice | None:
    """What running load says about today; None where the clearance allows no advice on running."""
    person, history = person_and_history(app, app.today)
    if not plan_for(app.today, person, history, app.library).clearance.may_run:
        return None
    return _advice(app, _recent(app), read_felt(app, person, history.pain_now))


def answer_running(app: Patella) -> RunningToday:
    """How far today, the way back, and why, or what is said in their place."""
    person, history = person_and_history(app, app.today)
    clearance = plan_for(app.today, person, history, app.library).clearance
    return running_for(app, person, clearance, history.pain_now)


def running_for(app: Patella, person: Person, clearance: Clearance, pain: int | None) -> RunningToday:
    """The same where the person, the clearance and the pain of today are at hand."""
    if not clearance.may_run:
        return RunningToday(no_run_text=clearance.no_run_text)
    runs, steps = _recent(app), steps_since(app)
    felt = read_felt(app, person, pain, since=steps[0].day if steps else None)
    advice = _advice(app, runs, felt)
    running = None if advice.line is None else tell_running(advice, new_shoe_and_spike(app, runs))
    return RunningToday(running=running, comeback=comeback_for(app, steps, felt, advice.line))


def no_run_text(app: Patella) -> str | None:
    """What is said in place of any advice on running today; None where there may be some."""
    return clearance_now(app).no_run_text


def _advice(app: Patella, runs: Sequence[LoggedRun], felt: Felt) -> RunningAdvice:
    base, units = _base_cadence(app, runs), units_of(app)
    maybe = maybe_runs(app, runs[0].day if runs else app.today)
    return advise(
        app.today, runs_for_load(runs), app.library.reasons, maybe=maybe, felt=felt, base_spm=base, units=units
    )


def _base_cadence(app: Patella, recent: Sequence[LoggedRun]) -> int | None:
    """The cadence at first sight: of the thirty days before the first screening, or the first that were known since.

    It is read from the log each time, so that a correction of an old run counts, and nothing that came later does.
    """
    if all(r.cadence_spm is None for r in recent):
        return None
    first = app.log.first_day((Kind.SCREENING_ANSWERED,)) or app.log.first_day((Kind.RUN_ADDED,)) or app.today
    since = first - timedelta(days=WINDOW_DAYS)
    early = runs_for_load(runs_between(app, since, since + timedelta(days=FIRST_CADENCE_DAYS)))
    return base_cadence(early) or base_cadence(runs_for_load(runs_between(app, since, app.today + NEXT_DAY)))


def tell_running(advice: RunningAdvice, shoes: str | None) -> ToldRunning:
    """Advice about running as it is told."""
    return ToldRunning(
        ground=advice.ground.value,
        cap_m=advice.cap_m,
        longest_m=advice.longest_m,
        strong_over_m=advice.strong_over_m,
        red_over_m=advice.red_over_m,
        latest=advice.latest.value if advice.latest else None,
        cadence_spm=advice.cadence.usual_spm,
        cadence_target_spm=advice.cadence.target_spm if advice.cadence.step is Step.MORE else None,
        week_m=advice.week_m,
        week_before_m=advice.week_before_m,
        run_walk_min=advice.run_walk_min,
        slower_percent=advice.slower_percent,
        because=advice.because,
        shoes=shoes,
    )


def _recent(app: Patella) -> list[LoggedRun]:
    return runs_lately(app) or runs_between(app, app.today - timedelta(days=LOOK_BACK_DAYS), app.today + NEXT_DAY)
