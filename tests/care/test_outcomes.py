from __future__ import annotations

import tomllib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.stories import LIBRARY, day
from patella.care.outcomes import (
    Better,
    Due,
    Score,
    ScoreId,
    ScoreOfDay,
    Verdict,
    change_of,
    check_activities,
    check_score,
    parse_scores,
    scores_due,
)
from patella.files.library import own_folder
from patella.motion.definition import DefinitionError

SCORES = LIBRARY.scores
PSFS, NPRS, GROC, AKPS, KOOS_PF, UWRI = (SCORES[s] for s in ScoreId)
THREE = (("Stairs", 4), ("Squatting", 3), ("Running 5 km", 2))


def an_entry(score: ScoreId, value: float, *, on: int = 0, activities: tuple[tuple[str, int], ...] = ()) -> ScoreOfDay:
    return ScoreOfDay(score=score, day=day(on), value=value, activities=activities)


def verdict(score: ScoreId, first: float, now: float) -> Verdict:
    return change_of(SCORES[score], an_entry(score, first), an_entry(score, now, on=42)).verdict


# --- what may be entered


@pytest.mark.parametrize(
    ("score", "value"),
    [
        *((NPRS, 0), (NPRS, 10), (GROC, -5), (GROC, 5), (AKPS, 100), (AKPS, 0), (KOOS_PF, 61.4), (UWRI, 36)),
        (PSFS, 3.33),
    ],
)
def test_a_score_within_its_range_is_taken(score: Score, value: float) -> None:
    assert check_score(score, value) == value


@pytest.mark.parametrize(
    ("score", "value"),
    [
        *((NPRS, 11), (NPRS, 2.5), (NPRS, True), (NPRS, "3"), (NPRS, None), (GROC, 6), (UWRI, 37), (UWRI, -1)),
        *((KOOS_PF, 100.5), (KOOS_PF, float("nan")), (AKPS, 88.5)),
    ],
)
def test_a_score_out_of_its_range_is_refused_with_a_sentence(score: Score, value: object) -> None:
    with pytest.raises(ValueError, match=r"number from -?\d+ to \d+, not"):
        check_score(score, value)


def test_a_total_that_the_items_cannot_add_up_to_is_noticed() -> None:
    with pytest.raises(ValueError, match="cannot add up to 1"):
        check_score(AKPS, 1)
    assert AKPS.reachable is not None
    assert {0, 2, 50, 99, 100} <= AKPS.reachable
    assert max(AKPS.reachable) == 100


def test_three_activities_of_ones_own_make_a_mean() -> None:
    assert check_activities(PSFS, THREE) == 3
    assert check_activities(PSFS, (("a", 1), ("b", 1), ("c", 2))) == 1.33


@pytest.mark.parametrize(
    ("activities", "complaint"),
    [
        (THREE[:2], "name 3 to 5 activities, not 2"),
        (tuple((str(n), 1) for n in range(6)), "name 3 to 5 activities, not 6"),
        ((*THREE[:2], (" STAIRS ", 1)), "a name of its own"),
        ((*THREE[:2], (" ", 1)), "a name of its own"),
        ((*THREE[:2], ("Jumping", 11)), "Jumping: a whole number from 0 to 10"),
        ((*THREE[:2], ("Jumping", True)), "Jumping: a whole number from 0 to 10"),
        ((*THREE[:2], ("Jumping", 1.5)), "Jumping: a whole number from 0 to 10"),
    ],
)
def test_activities_that_cannot_be_compared_are_refused(
    activities: tuple[tuple[str, int], ...], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        check_activities(PSFS, activities)


def test_a_score_without_activities_takes_none() -> None:
    with pytest.raises(ValueError, match="name 0 to 0 activities"):
        check_activities(NPRS, THREE)


# --- when a difference is a change


@pytest.mark.parametrize(
    ("score", "first", "now", "expected"),
    [
        (ScoreId.KOOS_PF, 50, 66.9, Verdict.UNCLEAR),
        (ScoreId.KOOS_PF, 50, 67, Verdict.BETTER),
        (ScoreId.KOOS_PF, 67, 50, Verdict.WORSE),
        (ScoreId.NPRS, 5, 4, Verdict.UNCLEAR),
        (ScoreId.NPRS, 5, 3, Verdict.BETTER),
        (ScoreId.NPRS, 3, 5, Verdict.WORSE),
        (ScoreId.AKPS, 70, 79, Verdict.UNCLEAR),
        (ScoreId.AKPS, 70, 80, Verdict.LIKELY_BETTER),
        (ScoreId.AKPS, 70, 83, Verdict.LIKELY_BETTER),
        (ScoreId.AKPS, 70, 84, Verdict.BETTER),
        (ScoreId.AKPS, 80, 70, Verdict.LIKELY_WORSE),
        (ScoreId.UWRI, 20, 24, Verdict.UNCLEAR),
        (ScoreId.UWRI, 20, 25, Verdict.SMALL_BETTER),
        (ScoreId.UWRI, 20, 28, Verdict.BETTER),
        (ScoreId.UWRI, 25, 20, Verdict.SMALL_WORSE),
        (ScoreId.PSFS, 3, 4.9, Verdict.UNCLEAR),
        (ScoreId.PSFS, 3, 5, Verdict.BETTER),
        (ScoreId.GROC, 0, 2, Verdict.UNCLEAR),
        (ScoreId.GROC, 0, 3, Verdict.BETTER),
        (ScoreId.GROC, 0, -3, Verdict.WORSE),
    ],
)
def test_a_change_is_called_a_change_only_past_its_threshold(
    score: ScoreId, first: float, now: float, expected: Verdict
) -> None:
    assert verdict(score, first, now) is expected


def test_a_rating_of_change_speaks_for_itself() -> None:
    assert verdict(ScoreId.GROC, 4, 4) is Verdict.BETTER


def test_own_activities_are_compared_one_by_one_those_of_both_days_only() -> None:
    first = an_entry(ScoreId.PSFS, 3, activities=THREE)
    now = an_entry(ScoreId.PSFS, 7.33, on=42, activities=(("stairs ", 5), ("squatting", 6), ("Swimming", 10)))
    assert (change_of(PSFS, first, now).points, change_of(PSFS, first, now).verdict) == (2, Verdict.BETTER)


def test_new_activities_say_nothing_about_the_old_ones() -> None:
    first = an_entry(ScoreId.PSFS, 3, activities=THREE)
    now = an_entry(ScoreId.PSFS, 9, activities=(("Swimming", 9), ("Dancing", 9), ("Kneeling", 9)))
    assert (change_of(PSFS, first, now).points, change_of(PSFS, first, now).verdict) == (0, Verdict.UNCLEAR)


MIRROR = {
    Verdict.BETTER: Verdict.WORSE,
    Verdict.LIKELY_BETTER: Verdict.LIKELY_WORSE,
    Verdict.SMALL_BETTER: Verdict.SMALL_WORSE,
    Verdict.UNCLEAR: Verdict.UNCLEAR,
}
MIRROR |= {worse: better for better, worse in MIRROR.items()}
compared = st.sampled_from([s for s in ScoreId if s is not ScoreId.GROC])


@given(compared, st.data())
def test_there_and_back_again_is_the_mirror_image(score: ScoreId, data: st.DataObject) -> None:
    values = st.integers(SCORES[score].low, SCORES[score].high)
    first, now = data.draw(values), data.draw(values)
    assert MIRROR[verdict(score, first, now)] is verdict(score, now, first)
    better = now > first if SCORES[score].better is Better.HIGH else now < first
    assert "better" not in verdict(score, first, now) or better


# --- when scores are asked

OURS = {ScoreId.PSFS, ScoreId.NPRS}


def due(on: int, *entries: ScoreOfDay) -> dict[ScoreId, int]:
    return {d.score: d.week for d in scores_due(day(on), day(0), entries, SCORES)}


def test_at_the_beginning_pain_and_own_activities_are_asked_and_nothing_about_change() -> None:
    assert scores_due(day(0), day(0), (), SCORES) == (
        Due(score=ScoreId.PSFS, week=0),
        Due(score=ScoreId.NPRS, week=0),
    )


@pytest.mark.parametrize(("on", "week"), [(42, 6), (62, 6), (84, 12), (104, 12)])
def test_they_are_asked_again_after_six_and_twelve_weeks(on: int, week: int) -> None:
    assert due(on) == dict.fromkeys((*OURS, ScoreId.GROC), week)


@pytest.mark.parametrize("on", [-1, 21, 41, 63, 83, 105, 400])
def test_between_these_times_nothing_is_asked(on: int) -> None:
    assert due(on) == {}


def test_what_is_answered_is_not_asked_again_and_a_few_days_early_counts() -> None:
    assert due(2, an_entry(ScoreId.NPRS, 4), an_entry(ScoreId.PSFS, 3, on=-20)) == {}
    assert ScoreId.NPRS not in due(42, an_entry(ScoreId.NPRS, 4, on=39))
    assert ScoreId.NPRS in due(42, an_entry(ScoreId.NPRS, 4, on=38))
    assert ScoreId.NPRS in due(42, an_entry(ScoreId.NPRS, 4, on=43))


def test_a_questionnaire_of_others_is_asked_only_of_people_who_use_it() -> None:
    assert ScoreId.AKPS in due(42, an_entry(ScoreId.AKPS, 70))
    assert ScoreId.UWRI not in due(42, an_entry(ScoreId.AKPS, 70))


# --- the definitions

TEXT = (own_folder() / "scores.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[groc]", "[grog]", "groc: is missing"),
        ("activities = [3, 5]", "activities = [5, 3]", r"psfs\.activities: must be the fewest and the most"),
        ("activities = [3, 5]", "activities = [3]", r"psfs\.activities: must be the fewest and the most"),
        ("parts = [[5, 3, 0], ", "parts = [5, ", r"akps\.parts\[0\]: must be a list of whole numbers"),
        ("parts = [[5, 3, 0], ", 'parts = [["5"], ', r"akps\.parts\[0\]: must be a list of whole numbers"),
        ("itself_a_change", "a_change_itself", r"groc\.a_change_itself: is not a key"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_key(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    with pytest.raises(DefinitionError, match=complaint):
        parse_scores(tomllib.loads(TEXT.replace(old, new, 1)))


def test_a_score_that_nobody_knows_is_refused() -> None:
    with pytest.raises(DefinitionError, match="mood: is not a key"):
        parse_scores(tomllib.loads(TEXT + "\n[mood]\nname = 'Mood'\n"))


def test_only_our_own_questions_are_asked_in_words() -> None:
    assert {s.id for s in SCORES.values() if s.ours} == {ScoreId.PSFS, ScoreId.NPRS, ScoreId.GROC}
    assert all("Enter its" in s.question for s in SCORES.values() if not s.ours)


def test_the_change_says_between_which_days() -> None:
    change = change_of(NPRS, an_entry(ScoreId.NPRS, 6, on=1), an_entry(ScoreId.NPRS, 3, on=43))
    assert (change.since, change.day, change.points) == (day(1), day(1) + timedelta(days=42), -3)
