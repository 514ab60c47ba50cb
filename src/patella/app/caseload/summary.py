"""One runner in a few numbers for their physiotherapist: what is shared alone, and what is not known is None, not 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from patella.app.history.events import events_of
from patella.app.history.reading import person_and_history, person_of
from patella.app.history.summing import sum_up
from patella.app.kept import keep, kept
from patella.app.patella import Patella
from patella.app.plan.plan import make_plan
from patella.app.report.practice import adherence
from patella.app.report.report import worst_by_day
from patella.app.running.runs import runs_between
from patella.app.session.intake import Taken, sessions_taken
from patella.care.entries.field import BodyError, read, write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_session import SetDone
from patella.care.pain import median
from patella.care.plan import DayPlan
from patella.care.session import settle
from patella.store.people.sharing import What

LOOK_BACK = timedelta(days=28)
FORTNIGHT = timedelta(days=14)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
WEEKS_BEFORE = 3
MORNINGS_LEAST = 3
RISES_BY = 1
MOST_FAULTS = 3
UNSETTLED = ("day_calm", "day_unload", "day_unload_now", "day_calm_wary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """What was done: days with a set in the last 14 and 28, the days missed, the share of the dose; None: not known.

    `faults` are what a camera saw most often, with the number of sets; `sets_seen` how many it saw at all.
    """

    last_day: date | None
    days_14: int
    days_28: int
    missed_28: int | None
    dose_28: float | None
    sets_seen: int
    faults: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurts:
    """Pain from 0 to 10: the worst of the latest day with any and that day, the worst of seven days, the usual morning.

    `trend` is up, down or steady, None where there are too few mornings to tell. `unsettled`: the last session was red,
    did not settle, or the morning after was worse.
    """

    latest: int | None
    latest_day: date | None
    worst_7: int | None
    morning: float | None
    trend: str | None
    unsettled: bool
    severe: bool
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """Metres run in the last seven days, and in a usual week of the three before; None where a distance is missing."""

    week_m: int | None
    usual_week_m: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A programme that is in force."""

    by: str
    on: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One runner; each part is None where it is not shared. `flags`: warning signs that have stopped the exercises."""

    begun: date | None
    is_open: bool | None
    standing: str | None
    flags: tuple[str, ...]
    practised: Practised | None
    hurts: Hurts | None
    ran: Ran | None
    programme: InForce | None
    days_away: int | None


def summary_of(app: Patella, what: Collection[What]) -> Summary:
    """What a runner's diary says today, as far as it is shared; what was said before is said again while it is so."""
    if not what:
        return summarise(app, what)
    name = f"caseload {' '.join(sorted(what))}"
    try:
        return read(Summary, kept(app, name))
    except BodyError:  # nothing was kept
        pass
    mark = app.log.mark()  # ahead of what is read
    for _ in sum_up(app, app.today, person_of(app)):
        pass
    with app.looking() as look:
        found = summarise(look, what)
    keep(app, name, write(found), mark)
    return found


def summarise(app: Patella, what: Collection[What]) -> Summary:
    """What a runner's diary says today, as far as it is shared."""
    what = frozenset(what)
    plan = make_plan(app) if what & {What.PLAN, What.PAIN, What.PROGRAMME} else None
    taken = _taken(app) if what & {What.SESSIONS, What.PAIN} else []
    practised = _practised(app, taken) if What.SESSIONS in what else None
    hurts = _hurts(app, taken, plan) if What.PAIN in what and plan else None
    clearance = plan.clearance if plan and what & {What.PLAN, What.PAIN} else None
    heard = [d for d in (practised and practised.last_day, hurts and hurts.latest_day) if d]
    return Summary(
        begun=app.log.first_day((Kind.SCREENING_ANSWERED,)) if what else None,
        is_open=clearance.is_open if clearance else None,
        standing=clearance.standing.value if clearance else None,
        flags=tuple(f.text for f in clearance.pending) if clearance else (),
        practised=practised,
        hurts=hurts,
        ran=_ran(app) if What.RUNNING in what else None,
        programme=_in_force(plan) if plan and what & {What.PLAN, What.PROGRAMME} else None,
        days_away=(app.today - max(heard)).days if heard else None,
    )


def _taken(app: Patella) -> list[Taken]:
    found = sessions_taken(app, app.today - LOOK_BACK + DAY, app.today + DAY)
    return [t for t in found if not t.session.is_empty]


def _practised(app: Patella, taken: Sequence[Taken]) -> Practised:
    since, before = app.today - LOOK_BACK + DAY, app.today + DAY
    days = {t.session.day for t in taken if t.session.sets}
    said = adherence(taken, since, before, pains=worst_by_day(app, taken, since, before), begun=_begun(app))
    faults, seen = _faults(taken)
    dose = said["dose"]
    return Practised(
        last_day=max(days, default=None),
        days_14=sum(1 for d in days if d > app.today - FORTNIGHT),
        days_28=len(days),
        missed_28=int(str(said["days_missed"])) if said["weeks"] else None,
        dose_28=dose if isinstance(dose, float) else None,
        sets_seen=seen,
        faults=tuple(faults.most_common(MOST_FAULTS)),
    )


def _begun(app: Patella) -> date | None:
    return app.log.first_day((Kind.SCREENING_ANSWERED,))


def _faults(taken: Sequence[Taken]) -> tuple[Counter[str], int]:
    """In how many sets a camera saw each fault, and how many sets it saw; experiments know nothing of form."""
    faults: Counter[str] = Counter()
    seen = 0
    for event in (e for t in taken for e in settle(events_of(t.entries)) if e.kind == Kind.SET_DONE):
        done = event.said(SetDone)
        if done.camera is not None and done.form_ok is not None:
            seen += 1
            faults.update(
                {f for rep in done.camera.reps for f in rep.faults} | {f for h in done.camera.holds for f in h.faults}
            )
    return faults, seen


def _hurts(app: Patella, taken: Sequence[Taken], plan: DayPlan) -> Hurts:
    _, history = person_and_history(app, app.today)
    worst = worst_by_day(app, taken, app.today - LOOK_BACK + DAY, app.today + DAY)
    latest = max(worst, default=None)
    now, then = (_morning(history.mornings, app.today - n * WEEK) for n in (0, 1))
    return Hurts(
        latest=None if latest is None else worst[latest],
        latest_day=latest,
        worst_7=max((n for d, n in worst.items() if d > app.today - WEEK), default=None),
        morning=now,
        trend=_trend(now, then),
        unsettled=any(r.key in UNSETTLED for r in plan.because),
        severe=any(c.stops_running for c in plan.concerns),
        concerns=tuple(c.because.text for c in plan.concerns),
    )


def _morning(mornings: Mapping[date, int], end: date) -> float | None:
    """The median morning of a week; None where too few were noted."""
    week = sorted(n for d, n in mornings.items() if end - WEEK < d <= end)
    return median(week) if len(week) >= MORNINGS_LEAST else None


def _trend(now: float | None, then: float | None) -> str | None:
    if now is None or then is None:
        return None
    return "up" if now - then >= RISES_BY else "down" if then - now >= RISES_BY else "steady"


def _ran(app: Patella) -> Ran:
    runs = runs_between(app, app.today - LOOK_BACK + DAY, app.today + DAY)
    weeks = [
        [r.distance_m for r in runs if app.today - (n + 1) * WEEK < r.day <= app.today - n * WEEK]
        for n in range(WEEKS_BEFORE + 1)
    ]
    this, *before = (None if None in week else round(sum(m or 0 for m in week)) for week in weeks)
    known = [m for m in before if m is not None]
    usual = round(fmean(known)) if len(known) == WEEKS_BEFORE and runs else None
    return Ran(week_m=this if runs else None, usual_week_m=usual)


def _in_force(plan: DayPlan) -> InForce | None:
    found = plan.programme
    return InForce(by=found.by, on=found.on, until=found.until) if found else None
