"""The report for a physiotherapist: the last weeks of one knee in numbers, in plain values.

What is not known is null, never 0, and how much is missing is said. The format, version 1, is what `report_on` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

from patella import version
from patella.app.history.answers import day_of_yes, screening_of, symptom_text
from patella.app.history.events import loose_events
from patella.app.history.reading import person_of
from patella.app.history.refused import TrainingError
from patella.app.knee.scores import ToldScore, answer_scores
from patella.app.knee.sitting import sitting_between
from patella.app.patella import Patella
from patella.app.plan.plan import clearance_now, make_plan
from patella.app.report.practice import adherence, practice
from patella.app.running.runs import LoggedRun, runs_between, runs_for_load
from patella.app.running.shoes import shoes_of
from patella.app.session.intake import Taken, sessions_taken
from patella.care.entries.field import write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered, SymptomNoted
from patella.care.pain import Colour, When, colour_of, limits, span_of
from patella.care.screening import AnswerError
from patella.care.spike import LOOK_BACK_DAYS, Spike, spikes

Values = dict[str, object]
Pains = Sequence[tuple[date, int | None]]

FORMAT, VERSION = "patella-report", 1
WEEKS = 12
MOST_WEEKS = 104
ENDS_DAYS = 14
ENDS_LEAST = 3
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def _colours(*, cautious: bool) -> str:
    return ", ".join(f"{colour} {span_of(colour, cautious=cautious)}" for colour in limits(cautious=cautious))


METHOD = {
    "entered": "Everything was entered by the person, at home. Nothing here is a diagnosis.",
    "pain": f"Pain is 0 (none) to 10 (worst imaginable): {_colours(cautious=False)}.",
    "cautious": f"Pain is 0 (none) to 10 (worst imaginable): {_colours(cautious=True)}, as this person chose.",
    "ends": "First and last are the means of the first and last 14 days, where there are 3 answers.",
    "regularity": "Regularity is days with at least one set done, against 3 days a week, as in most trials; "
    "80 % counts as adherent.",
    "adjusted": "A day left out on which pain was noted is adjusted, and no longer asked for; "
    "without a word of pain it is missed.",
    "dose": "Dose is repetitions, or seconds held, done of those asked, each exercise 100 % at most.",
    "seen": "Clean repetitions and range are as a camera saw them, of filmed sets only; sagittal angles, to 5 degrees.",
    "change": "A score has changed only where the difference is beyond published measurement error and large enough to "
    "matter.",
    "far": "A far run is more than 10 % beyond the longest of the 30 days before it (Frandsen 2025).",
}


def report_on(app: Patella, *, weeks: int = WEEKS) -> Values:
    """The report of the last weeks up to today. Raises TrainingError unless there are 1 to 104 of them.

    `begun` is the first day of a diary that began within these weeks: nothing was missing before it.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise TrainingError(f"A report covers 1 to {MOST_WEEKS} weeks, not {weeks}.")
    since, before = app.today - weeks * WEEK + DAY, app.today + DAY
    taken = [t for t in sessions_taken(app, since, before) if not t.session.is_empty]
    knees = person_of(app).knees
    pains = worst_by_day(app, taken, since, before)
    begun = app.log.first_day((Kind.SCREENING_ANSWERED,))
    asked_since = max(since, app.log.first_day((Kind.SCREENING_ANSWERED, Kind.PAIN_NOTED)) or since)
    found: Values = {
        "format": FORMAT,
        "version": VERSION,
        "patella": version.VERSION,
        "made_on": app.today.isoformat(),
        "since": since.isoformat(),
        "until": app.today.isoformat(),
        "weeks": weeks,
        "begun": asked_since.isoformat() if asked_since > since else None,
        "knees": sorted(k.value for k in knees),
        "pain": _pain(app, taken, since, before, asked_since),
        "running": _running(app, since, before),
        "sitting": _sitting(app, since, before),
        "adherence": adherence(taken, since, before, pains=pains, begun=begun),
        "exercises": practice(app.library, taken),
        "scores": [_score(s) for s in answer_scores(app).scores if s.entries],
        "screening": _screening(app, since, before),
        "concerns": [c.because.text for c in make_plan(app).concerns],
        "missing": _missing(app, taken, asked_since, before),
    }
    return {**found, "method": [METHOD[key] for key in _needed(found, cautious=person_of(app).cautious)]}


def _score(score: ToldScore) -> Values:
    return {k: v for k, v in write(score).items() if k not in ("id", "ours", "due")}


def _needed(found: Mapping[str, Any], *, cautious: bool) -> Iterator[str]:
    """What has to be explained of a report, and no more."""
    yield "entered"
    pain, practised, running = found["pain"], found["adherence"], found["running"]
    if any(pain["days"].values()):
        yield "cautious" if cautious else "pain"
    if any(m["first"] is not None or m["last"] is not None for m in pain["moments"].values()):
        yield "ends"
    if practised["weeks"]:
        yield from ("regularity", "adjusted")
    if practised["dose"] is not None:
        yield "dose"
    if any(e["form"]["sets_seen"] or e["range_deg"]["reps_seen"] for e in found["exercises"]):
        yield "seen"
    if any(s["change"] for s in found["scores"]):
        yield "change"
    if running and running["runs"] and running["km"] is not None:
        yield "far"


def worst_by_day(app: Patella, taken: Sequence[Taken], since: date, before: date) -> dict[date, int]:
    """The worst pain of each day on which one was noted, in a session or out of it."""
    loose = loose_events(app, (Kind.PAIN_NOTED,), since=since, before=before)
    found = [(e.day, e.said(PainNoted).nprs) for e in loose]
    for session in (t.session for t in taken):
        found += [(session.day, p) for p in (session.before, session.after, *session.peaks.values()) if p is not None]
    worst: dict[date, int] = {}
    for day, nprs in found:
        worst[day] = max(nprs, worst.get(day, 0))
    return worst


def _pain(app: Patella, taken: Sequence[Taken], since: date, before: date, asked_since: date) -> Values:
    notes = [(e.day, e.body) for e in loose_events(app, (Kind.PAIN_NOTED,), since=since, before=before)]
    mornings = {d: int(str(b["nprs"])) for d, b in notes if b.get("when") == When.MORNING}
    sessions = [t.session for t in taken]
    moments: dict[str, tuple[Pains, int | None]] = {
        "morning": (list(mornings.items()), (before - asked_since).days),
        "before": ([(s.day, s.before) for s in sessions], len(sessions)),
        "during": ([(s.day, p) for s in sessions for p in s.peaks.values()], sum(len(s.tasks) for s in sessions)),
        "after": ([(s.day, s.after) for s in sessions], len(sessions)),
        "other": ([(d, int(str(b["nprs"]))) for d, b in notes if b.get("when") != When.MORNING], None),
    }
    cautious = person_of(app).cautious
    colours = [colour_of(n, cautious=cautious) for n in worst_by_day(app, taken, since, before).values()]
    return {
        "moments": {k: _moment(p, asked, since, before) for k, (p, asked) in moments.items()},
        "days": {c.value: colours.count(c) for c in Colour},
        "places": _counted(b.get("place") for _, b in notes),
        "doing": _counted(b.get("doing") for _, b in notes),
        "mornings": [[d.isoformat(), n] for d, n in sorted(mornings.items())],
    }


def _moment(pains: Pains, asked: int | None, since: date, before: date) -> Values:
    known = [(d, n) for d, n in pains if n is not None]
    numbers = [n for _, n in known]
    first = [n for d, n in known if d < since + timedelta(days=ENDS_DAYS)]
    last = [n for d, n in known if d >= before - timedelta(days=ENDS_DAYS)]
    return {
        "answered": len(numbers),
        "asked": asked,
        "mean": _mean(numbers),
        "median": median(numbers) if numbers else None,
        "worst": max(numbers, default=None),
        "first": _mean(first, least=ENDS_LEAST),
        "last": _mean(last, least=ENDS_LEAST),
    }


def _counted(values: Iterable[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        if isinstance(value, str):
            found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda f: (-f[1], f[0])))


def _running(app: Patella, since: date, before: date) -> Values | None:
    """Runs and their distance; None where no run is known at all."""
    logged = runs_between(app, since - timedelta(days=LOOK_BACK_DAYS), before)
    if not logged:
        return None
    mine = [r for r in logged if r.day >= since]
    far = [s for r, s in spikes(runs_for_load(logged)) if r.day >= since and s is not Spike.USUAL]
    cadences = [r.cadence_spm for r in mine if r.cadence_spm is not None]
    return {
        "runs": len(mine),
        "km": _km(mine),
        "longest_km": max((km for r in mine if (km := _km([r])) is not None), default=None),
        "far_runs": {s.value: far.count(s) for s in Spike if s is not Spike.USUAL},
        "cadence_spm": round(median(cadences)) if cadences else None,
        "weeks": [
            {"since": m.isoformat(), "runs": len(week), "km": _km(week)}
            for m in _weeks(since, before)
            for week in [[r for r in mine if m <= r.day < m + WEEK]]
        ],
        "shoes": _shoes(app, mine),
        "surface_km": {k: _km([r for r in mine if r.surface == k]) for k in _counted(r.surface for r in mine)},
    }


def _shoes(app: Patella, runs: Sequence[LoggedRun]) -> list[Values]:
    worn = [(s, [r for r in runs if r.shoe == s.id]) for s in shoes_of(app)]
    return [{"name": s.name, "heel_drop_mm": s.heel_drop_mm, "runs": len(r), "km": _km(r)} for s, r in worn if r]


def _km(runs: Sequence[LoggedRun]) -> float | None:
    """The distance of runs; None where there are some and of none it is known."""
    known = [r.distance_m for r in runs if r.distance_m is not None]
    return round(sum(known) / 1000, 1) if known or not runs else None


def _weeks(since: date, before: date) -> list[date]:
    return [since + n * WEEK for n in range((before - since).days // 7)]


def _sitting(app: Patella, since: date, before: date) -> Values:
    hours = list(sitting_between(app, since, before).values())
    return {"days": len(hours), "mean_h": _mean(hours), "most_h": max(hours, default=None)}


def _screening(app: Patella, since: date, before: date) -> Values:
    clearance = clearance_now(app)
    answered: list[Values] = []
    for event in loose_events(app, (Kind.SCREENING_ANSWERED,), before=before):
        try:
            found = screening_of(app.library, event.said(ScreeningAnswered))
        except AnswerError:  # answers to questions that are not known here
            answered.append({"day": event.day.isoformat(), "outcome": None, "named": []})
            continue
        named = [{"question": f.question.ask, "answer": f.choice.text} for f in found.findings]
        answered.append({"day": event.day.isoformat(), "outcome": found.outcome.value, "named": named})
    symptoms = loose_events(app, (Kind.SYMPTOM_NOTED,), since=since, before=before)
    return {
        "standing": clearance.standing.value,
        "standing_text": app.library.questionnaire.texts[clearance.standing.value],
        "answered": answered[-3:],
        "symptoms": [
            {"day": e.day.isoformat(), "what": symptom_text(app.library, e.said(SymptomNoted))} for e in symptoms
        ],
        "assessed": [
            day_of_yes(e).isoformat()
            for e in loose_events(app, (Kind.ASSESSMENT_CONFIRMED,), since=since, before=before)
        ],
    }


def _missing(app: Patella, taken: Sequence[Taken], since: date, before: date) -> Values:
    days = (before - since).days
    written = {e.day for e in app.entries(since=since, before=before)}
    mornings = {
        e.day
        for e in loose_events(app, (Kind.PAIN_NOTED,), since=since, before=before)
        if e.body.get("when") == When.MORNING
    }
    sessions = [t.session for t in taken]
    next_mornings = {s.day + DAY for s in sessions if s.day + DAY < before}
    return {
        "days": days,
        "days_without_entry": days - len(written),
        "mornings_without_answer": days - len(mornings),
        "sessions": len(sessions),
        "without_answer_after": sum(1 for s in sessions if s.after is None),
        "without_next_morning": len(next_mornings - mornings),
        "not_finished": sum(1 for s in sessions if not s.finished),
    }


def _mean(values: Sequence[float], *, least: int = 1) -> float | None:
    return round(fmean(values), 1) if len(values) >= least else None
