"""What goes with a bad morning: at most three findings, each with its size, how sure it is, and from how many mornings.

A finding says what went with what, never what caused it. Enough mornings first; then every factor is tried on the next
three mornings at once, and only what chance alone rarely does is told (`resample.py` says how; `docs/insight.md` prints
how often it is wrong, and how large an effect has to be to be seen).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from patella.care.factor import Diary, Factor, Series, days_of, series_of
from patella.care.resample import (
    LAGS,
    Mornings,
    Turned,
    Vector,
    beyond,
    chance,
    dot,
    is_rare,
    levels,
    read_mornings,
    residual,
    sizes_of,
    turn,
    usable,
)

FEWEST_MORNINGS = 42
MOST_FINDINGS = 3
RARE = 0.05
SURE = 0.95
TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How one factor goes with the mornings after it.

    `effect`, `low` and `high` are points of pain (0 to 10) for a difference of `step` in the factor's unit; the
    interval holds for all factors at once in 95 of 100 diaries. `lag_days` is 0 for the next morning, 1 for the one
    after, 2 for the third. `mornings` is how many it was read from. `stands_out`: chance alone rarely does this.
    """

    factor: Factor
    which: str | None
    step: float
    lag_days: int
    effect: float
    low: float
    high: float
    mornings: int
    stands_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A factor that cannot be looked at yet, and how many days more it needs at least."""

    factor: Factor
    which: str | None
    more_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """What was found. `more_mornings` is how many are missing before anything is looked at; 0 once there are enough.

    `findings` are at most three, the strongest first; `links` are all that were looked at, each at its strongest lag.
    """

    since: date
    mornings: int
    more_mornings: int
    findings: tuple[Link, ...]
    links: tuple[Link, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """A series made ready for turning."""

    series: Series
    level: Vector
    sizes: Vector


def look(diary: Diary) -> Insight:
    """What goes with this knee's mornings; the same diary gives the same answer."""
    days = days_of(diary)
    pain = [diary.mornings.get(d) for d in days]
    count = len(usable(pain))
    every = series_of(diary)
    more = max(FEWEST_MORNINGS - count, 0)
    ready = [s for s in every if s.lacking == 0] if more == 0 else []
    waiting = tuple(Waiting(factor=s.factor, which=s.which, more_days=s.lacking) for s in every if s.lacking)
    findings, links = _search(read_mornings(pain), ready) if ready else ((), ())
    return Insight(since=days[0], mornings=count, more_mornings=more, findings=findings, links=links, waiting=waiting)


def points_of(diary: Diary, link: Link) -> tuple[tuple[float, int], ...]:
    """The mornings behind a link: the factor's value in its own unit, and the pain it is held against."""
    days = days_of(diary)
    pain = [diary.mornings.get(d) for d in days]
    series = next(s for s in series_of(diary) if (s.factor, s.which) == (link.factor, link.which))
    pairs = ((series.values[m - 1 - link.lag_days], pain[m]) for m in usable(pain))
    return tuple((value, nprs) for value, nprs in pairs if value is not None and nprs is not None)


def _search(mornings: Mornings, ready: Sequence[Series]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Find the strongest link; while it stands out, take its factor out and look again at the others."""
    looked = [
        _Looked(series=s, level=flat, sizes=sizes_of(flat, mornings))
        for s, flat in zip(ready, levels(s.values for s in ready), strict=True)
    ]
    links: list[Link] = []
    findings: list[Link] = []
    while looked and len(findings) < MOST_FINDINGS:
        turned = [turn(x.level, mornings, x.sizes) for x in looked]
        by_chance = chance(turned, mornings.count)
        ranked = sorted(((*_strongest(t), x) for x, t in zip(looked, turned, strict=True)), key=lambda r: -r[0])
        tried = LAGS * len(looked)
        wide = max(by_chance[int(SURE * len(by_chance))], beyond((1 - SURE) / tried, mornings.degrees))
        if not findings:
            links = [_link(x, lag, mornings, wide) for _, lag, x in ranked]
        strength, lag, best = ranked[0]
        found = _link(best, lag, mornings, wide)
        rare = is_rare(strength, by_chance, links=tried, degrees=mornings.degrees, rare=RARE)
        if not rare or found.low <= 0 <= found.high:
            break
        findings.append(replace(found, stands_out=True))
        mornings = mornings.beside(_at(best, mornings, lag) for lag in range(LAGS))
        looked = [x for x in looked if x.series.factor is not best.series.factor]
    found_by = {(f.factor, f.which): f for f in findings}
    return tuple(findings), tuple(found_by.get((k.factor, k.which), k) for k in links)


def _strongest(turned: Turned) -> tuple[float, int]:
    return max(((abs(turned.at(lag)), lag) for lag in range(LAGS)), key=lambda s: (s[0], -s[1]))


def _at(looked: _Looked, mornings: Mornings, lag: int) -> Vector:
    return [looked.level[m - 1 - lag] for m in mornings.used]


def _link(looked: _Looked, lag: int, mornings: Mornings, wide: float) -> Link:
    """The size of a link by least squares, beside all that is taken out and the same factor on the other days.

    Without those, a factor that resembles its day before would be told too small: part of it is in that morning's pain.
    """
    series = looked.series
    beside = mornings.beside(_at(looked, mornings, other) for other in range(LAGS) if other != lag)
    mine = residual(_at(looked, mornings, lag), beside.basis)
    size = max(dot(mine, mine), TINY)
    effect = dot(mine, beside.left) / size * series.step
    half = wide * beside.spread / size**0.5 * series.step
    return Link(
        factor=series.factor,
        which=series.which,
        step=series.step,
        lag_days=lag,
        effect=round(effect, 2),
        low=round(effect - half, 2),
        high=round(effect + half, 2),
        mornings=sum(1 for m in mornings.used if series.values[m - 1 - lag] is not None),
        stands_out=False,
    )
