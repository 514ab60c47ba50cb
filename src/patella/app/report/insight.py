"""What goes with this knee's mornings, from the whole log; remembered until an entry is written or the day is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from patella.app.diary.days import diary_days
from patella.app.history.reading import mornings_between
from patella.app.history.units import units_of
from patella.app.knee.sitting import sitting_between
from patella.app.patella import Patella
from patella.app.running.runs import runs_between, runs_for_load
from patella.app.running.shoes import shoes_of
from patella.care.factor import LONGEST_DAYS, Diary
from patella.care.insight import Link, look, points_of
from patella.care.spike import LOOK_BACK_DAYS
from patella.care.telling import LinkWords, name_of, tell, tell_all, tell_waiting
from patella.care.units import Units
from patella.files.library import read_link_words

Values = dict[str, object]


def diary_of(app: Patella) -> Diary:
    """Two years of the log as a look reads it."""
    since, before = app.today - timedelta(days=LONGEST_DAYS), app.today + timedelta(days=1)
    logged = runs_between(app, since - timedelta(days=LOOK_BACK_DAYS), before)
    drops = {s.id: s.heel_drop_mm for s in shoes_of(app)}
    days = diary_days(app, since, before)
    exercised = {str(d["day"]) for d in days if any(_was_done(s) for s in d["sessions"])}  # type: ignore[attr-defined]
    return Diary(
        today=app.today,
        mornings=mornings_between(app, since, before),
        runs=tuple(runs_for_load(logged)),
        drops_mm={shoe: drop for shoe, drop in drops.items() if drop is not None},
        sitting_h=sitting_between(app, since, before),
        exercised=frozenset(app.today.fromisoformat(d) for d in exercised) or None,
    )


def _was_done(session: Mapping[str, object]) -> bool:
    return any(i["sets"] for i in session["items"])  # type: ignore[attr-defined]


def insight_today(app: Patella) -> Values:
    """What goes with what, in plain values and sentences.

    ::

        {"since", "mornings", "more_mornings", "sentences": [...], "caution", "findings": [link], "links": [link],
         "waiting": [{"factor", "which", "name", "more_days", "sentence"}]}
        link: {"factor", "which", "name", "step", "lag_days", "effect", "low", "high", "mornings", "stands_out",
               "sentence", "points": [[value, pain of the morning], ...] (of findings only)}
    """
    units = units_of(app)
    name, day = f"insight {app.rules} {app.today} {units.distance}", app.today + timedelta(days=1)
    known = app.log.memo(name, no_later_than=day)
    if known is not None:
        return known[1]  # type: ignore[return-value]
    mark = app.log.mark()
    values = _look(app, units)
    app.log.remember(name, day, values, mark=mark)
    return values


def _look(app: Patella, units: Units) -> Values:
    diary, words = diary_of(app), read_link_words()
    names = {s.id: s.name for s in shoes_of(app)}
    found = look(diary)
    return {
        "since": found.since.isoformat(),
        "mornings": found.mornings,
        "more_mornings": found.more_mornings,
        "sentences": list(tell_all(found, words, names, units)),
        "caution": words.caution,
        "findings": [
            {**_link(f, words, names, units), "points": [list(p) for p in points_of(diary, f)]} for f in found.findings
        ],
        "links": [_link(k, words, names, units) for k in found.links],
        "waiting": [
            {
                "factor": w.factor.value,
                "which": w.which,
                "name": name_of(w, words, names),
                "more_days": w.more_days,
                "sentence": tell_waiting(w, words, names),
            }
            for w in found.waiting
        ],
    }


def _link(link: Link, words: LinkWords, names: Mapping[str, str], units: Units) -> Values:
    return {
        "factor": link.factor.value,
        "which": link.which,
        "name": name_of(link, words, names),
        "step": link.step,
        "lag_days": link.lag_days,
        "effect": link.effect,
        "low": link.low,
        "high": link.high,
        "mornings": link.mornings,
        "stands_out": link.stands_out,
        "sentence": tell(link, words, names, units),
    }
