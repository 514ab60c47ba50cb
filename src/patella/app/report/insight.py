"""What goes with this knee's mornings, from the whole log; remembered until an entry is written or the day is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from patella.app.diary.days import diary_days
from patella.app.history.events import mornings_between
from patella.app.history.units import units_of
from patella.app.knee.sitting import sitting_between
from patella.app.patella import Patella
from patella.app.running.runs import runs_between, runs_for_load
from patella.app.running.shoes import shoes_of
from patella.care.entries.field import more_than, plain, read
from patella.care.factor import LONGEST_DAYS, Diary, Factor
from patella.care.insight import Link, look, points_of
from patella.care.link_sentence import LinkWords, name_of, tell, tell_all, tell_waiting
from patella.care.spike import LOOK_BACK_DAYS
from patella.care.units import Units
from patella.files.library import read_link_words


def diary_of(app: Patella) -> Diary:
    """Two years of the log as a look reads it."""
    since, before = app.today - timedelta(days=LONGEST_DAYS), app.today + timedelta(days=1)
    logged = runs_between(app, since - timedelta(days=LOOK_BACK_DAYS), before)
    drops = {s.id: s.heel_drop_mm for s in shoes_of(app)}
    days = diary_days(app, since, before)
    exercised = {d["day"] for d in days if any(i["sets"] for s in d["sessions"] for i in s["items"])}
    return Diary(
        today=app.today,
        mornings=mornings_between(app, since, before),
        runs=tuple(runs_for_load(logged)),
        drops_mm={shoe: drop for shoe, drop in drops.items() if drop is not None},
        sitting_h=sitting_between(app, since, before),
        exercised=frozenset(app.today.fromisoformat(d) for d in exercised) or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLink:
    """A factor and the pain of the morning after `lag_days`: points of pain for each `step`, from `low` to `high`."""

    factor: Factor
    which: str | None
    name: str
    step: float
    lag_days: int
    effect: float
    low: float
    high: float
    mornings: int
    stands_out: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding(ToldLink):
    """A link that stands out, with its mornings: the value of the factor, and the pain."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWaiting:
    """A factor of which more days have to be known."""

    factor: Factor
    which: str | None
    name: str
    more_days: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at the diary found, in numbers and sentences."""

    since: date
    mornings: int
    more_mornings: int
    sentences: tuple[str, ...]
    caution: str
    links: tuple[ToldLink, ...]
    waiting: tuple[ToldWaiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight(Looked):
    """The same with what stands out."""

    findings: tuple[ToldFinding, ...]


def insight_today(app: Patella) -> Insight:
    """What goes with what; remembered until an entry is written or the day is over."""
    units = units_of(app)
    name, day = f"insight {app.rules} {app.today} {units.distance}", app.today + timedelta(days=1)
    known = app.log.remembered.memo(name, no_later_than=day)
    if known is not None:
        return read(Insight, known[1])
    mark = app.log.mark()
    found = _look(app, units)
    app.log.remembered.keep(name, day, plain(found), mark=mark)
    return found


def _look(app: Patella, units: Units) -> Insight:
    diary, words = diary_of(app), read_link_words()
    names = {s.id: s.name for s in shoes_of(app)}
    found = look(diary)
    tell_link = partial(_tell_link, words=words, names=names, units=units)
    return Insight(
        since=found.since,
        mornings=found.mornings,
        more_mornings=found.more_mornings,
        sentences=tuple(tell_all(found, words, names, units)),
        caution=words.caution,
        findings=tuple(more_than(ToldFinding, tell_link(f), points=tuple(points_of(diary, f))) for f in found.findings),
        links=tuple(tell_link(k) for k in found.links),
        waiting=tuple(
            ToldWaiting(
                factor=w.factor,
                which=w.which,
                name=name_of(w, words, names),
                more_days=w.more_days,
                sentence=tell_waiting(w, words, names),
            )
            for w in found.waiting
        ),
    )


def _tell_link(link: Link, *, words: LinkWords, names: Mapping[str, str], units: Units) -> ToldLink:
    return ToldLink(
        factor=link.factor,
        which=link.which,
        name=name_of(link, words, names),
        step=link.step,
        lag_days=link.lag_days,
        effect=link.effect,
        low=link.low,
        high=link.high,
        mornings=link.mornings,
        stands_out=link.stands_out,
        sentence=tell(link, words, names, units),
    )
