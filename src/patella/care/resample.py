"""Whether one series of days goes with the mornings after it, tested by shifting the days against the mornings.

Every test here is on what is left of a morning's pain once the morning before, the week before, the day of the week and
slow drift are taken out. That much is nearly free of memory, so days that resemble their neighbours do not count twice.
What chance alone does is read from the diary itself: its days are moved around a circle past its mornings, all factors
together, and each time the strongest link of all is kept (a circular-shift test with the maximum statistic). A short
diary has too few such turns, so a link must also pass Student's test, shared among all that were tried (Bonferroni).
Nothing is drawn at random: the same diary gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, erfc, exp, pi, sqrt
from operator import mul, sub

LAGS = 3
NEAR_DAYS = 7
WEEK_DAYS = 7
DRIFT_DAYS = 56
DEPENDENT = 1e-6
LITTLE = 0.5

Vector = list[float]


def dot(a: Iterable[float], b: Iterable[float]) -> float:
    """The inner product."""
    return float(sum(map(mul, a, b)))


def orthonormal(vectors: Iterable[Sequence[float]], onto: Sequence[Vector] = ()) -> list[Vector]:
    """An orthonormal basis of `onto` (one already) and `vectors`; what depends on those before it is left out.

    Where little is left of a vector, rounding is taken out by a second pass (Kahan: twice is enough).
    """
    basis = [*onto]
    for vector in vectors:
        size = sqrt(dot(vector, vector))
        rest = residual(vector, basis)
        left = sqrt(dot(rest, rest))
        if left < LITTLE * size:
            rest = residual(rest, basis)
            left = sqrt(dot(rest, rest))
        if left > DEPENDENT * max(size, 1.0):
            basis.append([r / left for r in rest])
    return basis


def residual(vector: Sequence[float], basis: Iterable[Sequence[float]]) -> Vector:
    """What is left of a vector once its part along each of an orthonormal basis is taken out."""
    rest = list(vector)
    for unit in basis:
        along = dot(rest, unit)
        rest = list(map(sub, rest, map(along.__mul__, unit)))  # an insight spends half its time here
    return rest


def calendar(count: int) -> list[Vector]:
    """What any diary of so many days may do by itself: a level, days of the week, waves of eight weeks or slower."""
    week = [[float(d % WEEK_DAYS == w) for d in range(count)] for w in range(WEEK_DAYS)]
    waves = range(1, 2 * count // DRIFT_DAYS + 1)
    return week + [[cos(pi * k * (d + 0.5) / count) for d in range(count)] for k in waves]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mornings:
    """The mornings that can be used, by day number: those with the morning before known too.

    `basis` is orthonormal over these mornings; `left` is what of the pain it does not explain.
    """

    count: int
    used: tuple[int, ...]
    basis: tuple[Vector, ...]
    left: Vector

    @property
    def degrees(self) -> int:
        """The degrees of freedom that are left."""
        return max(len(self.used) - len(self.basis) - 1, 1)

    @property
    def spread(self) -> float:
        """The standard deviation of what is left, in points of pain."""
        return sqrt(dot(self.left, self.left) / self.degrees)

    def beside(self, more: Iterable[Sequence[float]]) -> Mornings:
        """The same mornings with more taken out."""
        basis = orthonormal(more, self.basis)
        left = residual(self.left, basis[len(self.basis) :])
        return Mornings(count=self.count, used=self.used, basis=tuple(basis), left=left)


def usable(pain: Sequence[int | None]) -> tuple[int, ...]:
    """The mornings, by day number, that can be used: noted, as the one before was, with the days of all lags there."""
    return tuple(m for m in range(LAGS, len(pain)) if pain[m] is not None and pain[m - 1] is not None)


def read_mornings(pain: Sequence[int | None]) -> Mornings:
    """The mornings of a diary, one value a day from its first; None where nothing was noted."""
    used = usable(pain)
    noted = [float(p) for p in pain if p is not None]
    mean = sum(noted) / len(noted) if noted else 0.0
    rows = [[column[m] for m in used] for column in calendar(len(pain))]
    past = list(zip(*(_past(pain, m, mean) for m in used), strict=True))
    basis = orthonormal([*rows, *past])
    mine = [float(pain[m] or 0) for m in used]
    return Mornings(count=len(pain), used=used, basis=tuple(basis), left=residual(mine, basis))


def _past(pain: Sequence[int | None], morning: int, otherwise: float) -> Vector:
    """What a morning may owe to those before it: the last one, bent as well as straight, and the week before that.

    A runner who answers a sore morning with a day off would else look like one whom the day off made sore.
    """
    week = pain[max(0, morning - WEEK_DAYS) : morning - 1]
    known = [v for v in week if v is not None]
    mean = sum(known) / len(known) if known else otherwise
    last = float(pain[morning - 1] or 0)
    earlier = [float(mean if p is None else p) for p in (pain[morning - lag] for lag in range(2, LAGS + 1))]
    return [last, last * last, mean, *earlier]


def levels(series: Iterable[Sequence[float | None]]) -> list[Vector]:
    """Each factor's days without what the calendar explains; 0 where it is not known and so speaks for neither side."""
    bases: dict[tuple[int, ...], list[Vector]] = {}
    found = []
    for values in series:
        known = tuple(d for d, v in enumerate(values) if v is not None)
        if known not in bases:
            bases[known] = orthonormal([column[d] for d in known] for column in calendar(len(values)))
        full = [0.0] * len(values)
        rest = residual([v for v in values if v is not None], bases[known])
        for d, r in zip(known, rest, strict=True):
            full[d] = r
        found.append(full)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """How strongly one factor goes with the mornings when its days are moved by 0, 1, 2 ... days around the circle."""

    strength: tuple[float, ...]

    def at(self, lag: int) -> float:
        """The strength at a lag of days, where each day is at its own place; in standard errors, roughly."""
        return self.strength[-1 - lag]


def turn(factor: Sequence[float], mornings: Mornings, sizes: Sequence[float]) -> Turned:
    """The strength of a levelled factor at every turn; `sizes` come from `sizes_of` and are the same for every turn."""
    left = [0.0] * mornings.count
    for m, r in zip(mornings.used, mornings.left, strict=True):
        left[m] = r
    spread, count, twice = mornings.spread, mornings.count, [*factor, *factor]
    return Turned(
        strength=tuple(
            dot(left, twice[o : o + count]) / (spread * size) if size > DEPENDENT and spread > DEPENDENT else 0.0
            for o, size in zip(range(count), sizes, strict=True)
        )
    )


def sizes_of(factor: Sequence[float], mornings: Mornings) -> Vector:
    """How much of a levelled factor falls on usable mornings at every turn."""
    mask = [0.0] * mornings.count
    for m in mornings.used:
        mask[m] = 1.0
    squares = [f * f for f in factor] * 2
    return [sqrt(dot(mask, squares[o : o + mornings.count])) for o in range(mornings.count)]


def chance(turned: Sequence[Turned], count: int) -> Vector:
    """The strongest link of all factors at every turn that leaves no day near its own morning, sorted."""
    turns = range(NEAR_DAYS, count - NEAR_DAYS - LAGS)
    return sorted(max(abs(t.strength[o]) for t in turned) for o in turns)


def is_rare(strength: float, by_chance: Sequence[float], *, links: int, degrees: int, rare: float) -> bool:
    """Whether a link is stronger than chance makes the strongest of `links`, by both of two readings.

    By the diary's own turns: no more of them reach it than `rare` allows for.
    By theory: beyond the `rare` point of Student's distribution with `degrees` of freedom, shared among all links.
    """
    reached = sum(1 for c in by_chance if c >= strength)
    allowed = int(rare * (len(by_chance) + 1) / LAGS)
    return reached <= allowed and strength > beyond(rare / links, degrees)


def beyond(share: float, degrees: int) -> float:
    """The point that Student's distribution passes, up or down, with this probability.

    By way of the normal distribution (Wallace 1959): right to the second decimal from ten degrees on.
    """
    low, high = 0.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        if erfc(middle / sqrt(2)) > share:
            low = middle
        else:
            high = middle
    wallace = (8 * degrees + 3) / (8 * degrees + 1)
    return sqrt(degrees * (exp((low * wallace) ** 2 / degrees) - 1))
