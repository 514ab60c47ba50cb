"""Scores of the knee: entered, checked, and read as change only where it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patella.app.history.amend import is_there
from patella.app.history.day import check_day
from patella.app.history.events import loose_events
from patella.app.history.refused import TrainingError
from patella.app.history.watched import score_in
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.outcomes import (
    Due,
    Score,
    ScoreId,
    ScoreOfDay,
    Verdict,
    change_of,
    check_activities,
    check_score,
    scores_due,
)


def note_score(
    app: Patella,
    score: ScoreId,
    value: object,
    *,
    activities: Sequence[tuple[str, int]] = (),
    day: date | None = None,
    entry_id: str | None = None,
) -> float:
    """Enter a score; with `activities` (name, 0 to 10) it is their mean. Returns what was entered.

    Raises TrainingError with a sentence when the score cannot be that, OtherContentError, StoreError.
    """
    about = app.library.scores[score]
    try:
        checked = check_activities(about, activities) if activities else check_score(about, value)
    except ValueError as error:
        raise TrainingError(str(error)) from None
    body = {"score": score.value, "value": checked, "activities": [[name, n] for name, n in activities]}
    on = app.today if day is None else check_day(app, day)
    if entry_id is None or not is_there(app, entry_id, Kind.SCORE_GIVEN, body):
        app.write(Kind.SCORE_GIVEN, body, day=on, entry_id=entry_id)
    return checked


def scores_given(app: Patella) -> list[tuple[str, ScoreOfDay]]:
    """Every score that holds with the id of its entry, oldest first."""
    found = [(e.id, score_in(e)) for e in loose_events(app, (Kind.SCORE_GIVEN,))]
    return sorted(found, key=lambda f: f[1].day)


def scores_asked(app: Patella) -> tuple[Due, ...]:
    """The scores that are asked now: at the beginning, and after six and twelve weeks."""
    begun = app.log.first_day((Kind.SCREENING_ANSWERED,))
    if begun is None:
        return ()
    return scores_due(app.today, begun, [e for _, e in scores_given(app)], app.library.scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenScore:
    """A score as it was given on a day; where a person named activities it is their mean."""

    entry_id: str
    day: date
    value: float
    activities: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """The change since the first: `points` as they were counted, and what it may be called."""

    since: date
    day: date
    points: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldScore:
    """All about a score: its range and what its ends mean, what was given, and the change since the first.

    `activities` are the fewest and the most that a person names; `ours`: it is asked here; `due` is the week of the
    programme for which it is asked now.
    """

    id: ScoreId
    score: ScoreId
    name: str
    full_name: str
    question: str
    low: int
    high: int
    low_means: str
    high_means: str
    activities: tuple[int, int] | None
    entries: tuple[GivenScore, ...]
    change: ScoreChange | None
    ours: bool
    due: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every score, and those that are asked now."""

    asked: tuple[Due, ...]
    scores: tuple[ToldScore, ...]


def answer_scores(app: Patella) -> Scores:
    """Which scores are asked now, and of each what was given and what became of it."""
    given, asked = scores_given(app), scores_asked(app)
    weeks = {d.score: d.week for d in asked}
    told = (_about(app.library.scores[s], [g for g in given if g[1].score is s], due=weeks.get(s)) for s in ScoreId)
    return Scores(asked=asked, scores=tuple(told))


def _about(score: Score, given: Sequence[tuple[str, ScoreOfDay]], *, due: int | None) -> ToldScore:
    return ToldScore(
        id=score.id,
        score=score.id,
        name=score.name,
        full_name=score.full_name,
        question=score.question,
        low=score.low,
        high=score.high,
        low_means=score.low_means,
        high_means=score.high_means,
        activities=score.activities,
        entries=tuple(GivenScore(entry_id=i, day=e.day, value=e.value, activities=e.activities) for i, e in given),
        change=_change(score, given) if len(given) > 1 else None,
        ours=score.ours,
        due=due,
    )


def _change(score: Score, given: Sequence[tuple[str, ScoreOfDay]]) -> ScoreChange:
    made = change_of(score, given[0][1], given[-1][1])
    return ScoreChange(since=made.since, day=made.day, points=made.points, verdict=made.verdict)
