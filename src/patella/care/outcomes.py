"""Scores of pain and function, and when a difference between two of them may be called a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.motion.definition import DefinitionError, Table

ASK_DAYS = 21
EARLY_DAYS = 3
WEEK = timedelta(days=7)
WIDEST = 100


class ScoreId(StrEnum):
    """The scores that are known; the values are the tables of `scores.toml`."""

    PSFS = "psfs"
    NPRS = "nprs"
    GROC = "groc"
    AKPS = "akps"
    KOOS_PF = "koos-pf"
    UWRI = "uwri"


class Better(StrEnum):
    """Which way is better."""

    HIGH = "high"
    LOW = "low"


class Lesser(StrEnum):
    """The word for a change that reaches the lesser of two thresholds only."""

    LIKELY = "likely"
    SMALL = "small"


class Verdict(StrEnum):
    """What a difference may be called."""

    BETTER = "better"
    LIKELY_BETTER = "likely_better"
    SMALL_BETTER = "small_better"
    UNCLEAR = "unclear"
    SMALL_WORSE = "small_worse"
    LIKELY_WORSE = "likely_worse"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score: its range, what its ends mean, the question in our own words, and how far it must move to count.

    `activities` are the fewest and the most that a person names; `itself_a_change` holds for a rating of change.
    `ours`: asked here; else only its total is entered. `reachable` are the totals its items can add up to (None: any).
    """

    id: ScoreId
    name: str
    full_name: str
    low: int
    high: int
    fraction: bool
    low_means: str
    high_means: str
    question: str
    activities: tuple[int, int] | None
    reachable: frozenset[int] | None
    better: Better
    change: float
    lesser: float | None
    lesser_is: Lesser
    itself_a_change: bool
    weeks: tuple[int, ...]
    ours: bool
    source: str


def parse_scores(values: Mapping[str, object]) -> dict[ScoreId, Score]:
    """Every score by its id, from the parsed `scores.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    found = {s: _parse_score(s, table.table(s.value)) for s in ScoreId}
    table.done()
    return found


def _parse_score(score_id: ScoreId, table: Table) -> Score:
    low = table.whole("low", -WIDEST, 0)
    high = table.whole("high", low + 1, WIDEST)
    fraction = table.flag("fraction", default=False)
    lesser = table.number("lesser", 0, WIDEST) if table.has("lesser") else None
    score = Score(
        id=score_id,
        name=table.text("name"),
        full_name=table.text("full_name"),
        low=low,
        high=high,
        fraction=fraction or table.has("activities"),
        low_means=table.text("low_means"),
        high_means=table.text("high_means"),
        question=table.text("question"),
        activities=_activities(table) if table.has("activities") else None,
        reachable=_reachable(table) if table.has("parts") else None,
        better=table.choice("better", Better),
        change=table.number("change", 0, WIDEST),
        lesser=lesser,
        lesser_is=Lesser.SMALL if lesser is None else table.choice("lesser_is", Lesser),
        itself_a_change=table.flag("itself_a_change", default=False),
        weeks=tuple(int(w) for w in table.numbers("weeks", 0, 52)),
        ours=table.flag("ours"),
        source=table.text("source"),
    )
    table.done()
    return score


def _activities(table: Table) -> tuple[int, int]:
    numbers = table.numbers("activities", 1, 9)
    if len(numbers) != 2 or numbers[0] > numbers[1]:  # noqa: PLR2004 - the fewest and the most
        raise DefinitionError(table.path("activities"), "must be the fewest and the most.")
    return int(numbers[0]), int(numbers[1])


def _reachable(table: Table) -> frozenset[int]:
    sums = {0}
    for number, part in enumerate(table.items("parts")):
        if not isinstance(part, list) or not all(isinstance(v, int) for v in part):
            raise DefinitionError(f"{table.path('parts')}[{number}]", "must be a list of whole numbers.")
        sums = {s + v for s in sums for v in part}
    return frozenset(sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOfDay:
    """A score as it was given on a day. `activities` are those a person named, each with its number."""

    score: ScoreId
    day: date
    value: float
    activities: tuple[tuple[str, int], ...] = ()


def check_score(score: Score, value: object) -> float:
    """The value as a number. Raises ValueError with a sentence where it is none of this score."""
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    whole = number is not None and (score.fraction or float(number).is_integer())
    if number is None or not whole or not score.low <= number <= score.high:
        kind = "a number" if score.fraction else "a whole number"
        raise ValueError(f"{score.name} is {kind} from {score.low} to {score.high}, not {value!r}.")
    if score.reachable is not None and int(number) not in score.reachable:
        raise ValueError(f"The items of the {score.name} cannot add up to {number:g}; please look again.")
    return float(number)


def check_activities(score: Score, activities: Sequence[tuple[str, int]]) -> float:
    """The mean of a person's own activities, to two decimals.

    Raises ValueError with a sentence unless there are as many as the score asks for, each named once and in range.
    """
    fewest, most = score.activities or (0, 0)
    if not fewest <= len(activities) <= most:
        raise ValueError(f"{score.name}: name {fewest} to {most} activities, not {len(activities)}.")
    names = {name.strip().casefold() for name, _ in activities}
    if "" in names or len(names) < len(activities):
        raise ValueError(f"{score.name}: each activity needs a name of its own.")
    for name, value in activities:
        if isinstance(value, bool) or not isinstance(value, int) or not score.low <= value <= score.high:
            raise ValueError(f"{name.strip()}: a whole number from {score.low} to {score.high}, not {value!r}.")
    return round(sum(v for _, v in activities) / len(activities), 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The difference of a score from one day to another: `points` as they were counted, and what it may be called."""

    score: ScoreId
    since: date
    day: date
    points: float
    verdict: Verdict


def change_of(score: Score, first: ScoreOfDay, now: ScoreOfDay) -> Change:
    """What became of a score: called a change only where it is larger than error and large enough to matter.

    Own activities are compared one by one, those of both days; without any in common nothing can be said, and `points`
    is 0. A rating of change speaks for itself. Source: `scores.toml` names it for each threshold.
    """
    points = round(now.value if score.itself_a_change else _difference(first, now), 2)
    gain = points if score.better is Better.HIGH else -points
    return Change(score=score.id, since=first.day, day=now.day, points=points, verdict=_verdict(score, gain))


def _difference(first: ScoreOfDay, now: ScoreOfDay) -> float:
    if not first.activities or not now.activities:
        return now.value - first.value
    before = {name.strip().casefold(): value for name, value in first.activities}
    pairs = [(before[key], value) for name, value in now.activities if (key := name.strip().casefold()) in before]
    return sum(b - a for a, b in pairs) / len(pairs) if pairs else 0.0


def _verdict(score: Score, gain: float) -> Verdict:
    if abs(gain) >= score.change:
        return Verdict.BETTER if gain > 0 else Verdict.WORSE
    if score.lesser is None or abs(gain) < score.lesser:
        return Verdict.UNCLEAR
    if score.lesser_is is Lesser.LIKELY:
        return Verdict.LIKELY_BETTER if gain > 0 else Verdict.LIKELY_WORSE
    return Verdict.SMALL_BETTER if gain > 0 else Verdict.SMALL_WORSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A score that is asked now, for this week of the programme."""

    score: ScoreId
    week: int


def scores_due(
    day: date, begun: date, entries: Iterable[ScoreOfDay], scores: Mapping[ScoreId, Score]
) -> tuple[Due, ...]:
    """The scores to ask on a day: at the beginning, after six and twelve weeks, each for three weeks, then let be.

    A questionnaire of others is asked only of people who have entered it before. A few days early counts.
    """
    given = list(entries)
    found = []
    for score in scores.values():
        week = max((w for w in score.weeks if begun + w * WEEK <= day), default=None)
        if week is None or (day - begun - week * WEEK).days >= ASK_DAYS:
            continue
        mine = [e.day for e in given if e.score is score.id and e.day <= day]
        since = begun + week * WEEK - timedelta(days=EARLY_DAYS)
        answered = bool(mine) if week == 0 else any(d >= since for d in mine)
        if not answered and (score.ours or mine):
            found.append(Due(score=score.id, week=week))
    return tuple(found)
