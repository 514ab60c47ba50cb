"""Scores of the knee: entered, checked, and read as change only where it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from patella.app.history.amend import is_there
from patella.app.history.day import check_day
from patella.app.history.reading import SCREENING, loose_events
from patella.app.history.refused import TrainingError
from patella.app.history.watched import SCORE, score_in
from patella.app.patella import Patella
from patella.care.outcomes import Due, Entry, ScoreId, change_of, check_activities, check_score, scores_due


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
    if entry_id is None or not is_there(app, entry_id, SCORE, body):
        app.write(SCORE, body, day=on, entry_id=entry_id)
    return checked


def scores_given(app: Patella) -> list[tuple[str, Entry]]:
    """Every score that holds with the id of its entry, oldest first."""
    found = [(e.id, score_in(e)) for e in loose_events(app, (SCORE,))]
    return sorted(found, key=lambda f: f[1].day)


def scores_asked(app: Patella) -> tuple[Due, ...]:
    """The scores that are asked now: at the beginning, and after six and twelve weeks."""
    begun = app.log.first_day((SCREENING,))
    if begun is None:
        return ()
    return scores_due(app.today, begun, [e for _, e in scores_given(app)], app.library.scores)


def answer_scores(app: Patella) -> dict[str, object]:
    """All about the scores in plain values: what is asked, and each one's entries with the change since the first."""
    given = scores_given(app)
    return {
        "asked": [{"score": d.score.value, "week": d.week} for d in scores_asked(app)],
        "scores": [_about(app, score_id, [g for g in given if g[1].score is score_id]) for score_id in ScoreId],
    }


def _about(app: Patella, score_id: ScoreId, given: Sequence[tuple[str, Entry]]) -> dict[str, object]:
    score = app.library.scores[score_id]
    change: Mapping[str, object] | None = None
    if len(given) > 1:
        made = change_of(score, given[0][1], given[-1][1])
        change = {
            "since": made.since.isoformat(),
            "day": made.day.isoformat(),
            "points": made.points,
            "verdict": made.verdict.value,
        }
    return {
        "score": score_id.value,
        "name": score.name,
        "full_name": score.full_name,
        "question": score.question,
        "low": score.low,
        "high": score.high,
        "low_means": score.low_means,
        "high_means": score.high_means,
        "activities": list(score.activities) if score.activities else None,
        "entries": [
            {"entry_id": i, "day": e.day.isoformat(), "value": e.value, "activities": [list(a) for a in e.activities]}
            for i, e in given
        ],
        "change": change,
    }
