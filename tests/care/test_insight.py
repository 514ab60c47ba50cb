from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from math import isclose, sqrt
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.diaries import FIRST_DAY, SHOES, Habits, chance_of, diary, habits, independent, sitting_hurts, trending
from patella.care.factor import Diary, Factor, Series, days_of, first_day, series_of
from patella.care.insight import FEWEST_MORNINGS, MOST_FINDINGS, Insight, Link, Waiting, look, points_of
from patella.care.link_sentence import name_of, parse_link_words, tell, tell_all, tell_waiting
from patella.care.resample import beyond, calendar, dot, is_rare, levels, orthonormal, read_mornings, residual, usable
from patella.care.run import Run
from patella.care.units import Distance, Units
from patella.files.library import own_folder, read_link_words
from patella.motion.definition import DefinitionError

WORDS = read_link_words()
NAMES = {"trail": "trail", "grey": "the grey pair"}


def a_day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def a_link(**changes: object) -> Link:
    link = Link(
        factor=Factor.SITTING,
        which=None,
        step=2.0,
        lag_days=0,
        effect=0.62,
        low=0.2,
        high=1.04,
        mornings=84,
        stands_out=True,
    )
    return replace(link, **changes)  # type: ignore[arg-type]


def series(found: Diary, factor: Factor, which: str | None = None) -> Series:
    return next(s for s in series_of(found) if (s.factor, s.which) == (factor, which))


# --- not enough yet


def test_an_empty_diary_says_how_many_mornings_are_missing() -> None:
    found = look(Diary(today=a_day(0), mornings={}))
    assert (found.more_mornings, found.findings, found.links) == (FEWEST_MORNINGS, (), ())
    assert tell_all(found, WORDS, {}) == ("Not enough yet: 42 more mornings.",)


@pytest.mark.parametrize(("days", "more"), [(44, 1), (45, 0)])
def test_it_begins_with_the_forty_second_morning_that_can_be_used(days: int, more: int) -> None:
    found = look(Diary(today=a_day(days - 1), mornings={a_day(n): n % 3 for n in range(days)}))
    assert found.more_mornings == more


def test_one_more_morning_is_said_in_the_singular() -> None:
    one = Insight(since=a_day(0), mornings=41, more_mornings=1, findings=(), links=(), waiting=())
    assert tell_all(one, WORDS, {}) == ("Not enough yet: 1 more morning.",)


def test_a_morning_without_the_one_before_cannot_be_used() -> None:
    assert usable([1, 1, 1, 1, None, 2, 2, None, 3]) == (3, 6)


def test_a_factor_that_hardly_varied_waits_and_says_for_how_long() -> None:
    found = look(
        Diary(
            today=a_day(99), mornings={a_day(n): n % 4 for n in range(100)}, exercised=frozenset({a_day(0), a_day(60)})
        )
    )
    waiting = next(w for w in found.waiting if w.factor is Factor.EXERCISES)
    assert waiting.more_days == 4
    assert tell_waiting(waiting, WORDS, {}) == "Exercises: not enough yet, 4 more days."
    assert tell_waiting(replace(waiting, more_days=1), WORDS, {}) == "Exercises: not enough yet, 1 more day."
    assert not found.links


# --- what a day brought


def two_runs() -> Diary:
    return Diary(
        today=a_day(30),
        mornings={a_day(0): 1},
        runs=(
            Run(day=a_day(2), distance_m=6000, cadence_spm=160, shoe="grey", surface="road"),
            Run(day=a_day(2), distance_m=2000, cadence_spm=180, shoe="blue", surface="trail"),
            Run(day=a_day(5), distance_m=4000, shoe="old"),
        ),
        drops_mm=SHOES,
        sitting_h={a_day(3): 8.0},
        exercised=frozenset({a_day(1), a_day(4)}),
    )


def test_a_day_without_a_run_is_a_zero_only_where_runs_are_known() -> None:
    km = series(two_runs(), Factor.DISTANCE).values
    assert km[:7] == (None, None, 8.0, 0, 0, 4.0, 0)
    assert km[19] == 0
    assert km[20] is None


def test_a_day_without_a_session_is_a_no_only_where_sessions_are_known() -> None:
    assert series(two_runs(), Factor.EXERCISES).values[:6] == (None, 1.0, 0.0, 0.0, 1.0, 0.0)
    nobody = Diary(today=a_day(3), mornings={a_day(0): 1})
    assert series(nobody, Factor.EXERCISES).known == series(nobody, Factor.DISTANCE).known == []


def test_what_a_run_was_like_is_known_on_run_days_only_and_longer_runs_count_more() -> None:
    found = two_runs()
    assert series(found, Factor.CADENCE).values[2:6] == (165.0, None, None, None)
    assert series(found, Factor.DROP).values[2:6] == (8.5, None, None, None)
    assert series(found, Factor.SITTING).known == [8.0]
    assert series(found, Factor.SPIKE).values[2:6] == (0.0, None, None, 0.0)


def test_of_two_surfaces_only_one_is_looked_at_and_of_three_shoes_each() -> None:
    listed = [(s.factor, s.which) for s in series_of(two_runs()) if s.which]
    assert listed == [(Factor.SURFACE, "trail"), *((Factor.SHOE, s) for s in ("grey", "blue", "old"))]
    shoe = series(two_runs(), Factor.SHOE, "grey")
    assert shoe.values[2:6] == (1.0, None, None, 0.0)


def test_runs_without_a_shoe_say_nothing_about_shoes() -> None:
    plain = replace(two_runs(), runs=(Run(day=a_day(2), distance_m=6000),))
    assert not [s for s in series_of(plain) if s.which]
    assert series(plain, Factor.DROP).known == []


def test_a_look_goes_back_two_years_at_most() -> None:
    assert first_day(Diary(today=a_day(1000), mornings={a_day(0): 1})) == a_day(1000) - timedelta(days=729)
    assert len(days_of(Diary(today=a_day(9), mornings={a_day(0): 1}))) == 10


def test_one_change_of_shoes_is_no_comparison() -> None:
    once = Series(factor=Factor.SHOE, which="grey", step=1, values=(0.0,) * 30 + (1.0,) * 30)
    in_turns = Series(factor=Factor.SHOE, which="grey", step=1, values=(0.0, 1.0) * 30)
    assert (once.lacking, in_turns.lacking) == (5, 0)


# --- the arithmetic

vectors = st.lists(st.lists(st.floats(-9, 9), min_size=6, max_size=6), min_size=1, max_size=8)


@given(vectors)
def test_a_basis_is_orthonormal_and_leaves_nothing_of_what_it_was_made_from(listed: list[list[float]]) -> None:
    basis = orthonormal(listed)
    assert len(basis) <= 6
    for i, one in enumerate(basis):
        assert all(isclose(dot(one, other), float(i == j), abs_tol=1e-6) for j, other in enumerate(basis))
    for vector in listed:
        assert sqrt(dot(rest := residual(vector, basis), rest)) < 1e-4


def test_the_calendar_explains_a_level_a_weekly_rhythm_and_a_slow_wave() -> None:
    basis = orthonormal(calendar(140))
    assert len(basis) == 7 + 5
    slow = [3 + (d % 7 == 2) + d / 70 for d in range(140)]
    left = residual(slow, basis)
    assert max(map(abs, left)) < 0.12


def test_a_factor_is_flat_where_it_is_known_and_silent_where_it_is_not() -> None:
    values: list[float | None] = [None if d % 5 == 0 else float(d % 7) for d in range(70)]
    (flat,) = levels([values])
    assert max(map(abs, flat)) < 1e-9


def test_a_knee_without_any_pain_leaves_nothing_to_explain() -> None:
    still = read_mornings([0] * 60)
    assert still.spread < 1e-9
    quiet = diary(independent(chance_of(3), 60))
    found = look(replace(quiet, mornings=dict.fromkeys(days_of(quiet), 0)))
    assert found.findings == ()
    assert all(k.effect == 0 for k in found.links)


@pytest.mark.parametrize(
    ("share", "degrees", "point"), [(0.05, 10, 2.228), (0.05, 60, 2.000), (0.01, 30, 2.750), (0.001, 120, 3.373)]
)
def test_students_distribution_is_the_one_in_the_tables(share: float, degrees: int, point: float) -> None:
    assert beyond(share, degrees) == pytest.approx(point, abs=0.02)


def test_a_link_must_be_rare_by_the_diarys_own_turns_and_by_theory() -> None:
    turns = [n / 50 for n in range(150)]

    def rare(strength: float, *, links: int = 1) -> bool:
        return is_rare(strength, turns, links=links, degrees=60, rare=0.05)

    assert rare(2.97)
    assert not rare(2.9)
    assert not rare(2.97, links=30)


# --- what is found


@pytest.fixture(scope="module")
def a_desk_year() -> Diary:
    return diary(sitting_hurts(chance_of(11), 200, 1.0))


def test_a_true_effect_is_found_with_its_size_and_lag(a_desk_year: Diary) -> None:
    found = look(a_desk_year)
    finding = found.findings[0]
    assert (finding.factor, finding.lag_days, finding.stands_out) == (Factor.SITTING, 0, True)
    assert finding.low <= 1.0 <= finding.high
    assert 0 < finding.low < finding.effect < finding.high
    assert finding in found.links
    (sentence,) = tell_all(replace(found, findings=(finding,)), WORDS, {})
    assert sentence.startswith("Pain the next morning was ")
    assert f"with each extra 2 hours of sitting (somewhere from {finding.low:.1f} to {finding.high:.1f}," in sentence


def test_the_mornings_behind_a_finding_can_be_drawn(a_desk_year: Diary) -> None:
    finding = look(a_desk_year).findings[0]
    points = points_of(a_desk_year, finding)
    assert 0 < len(points) <= finding.mornings + 1
    hours, pain = points[-1]
    assert hours in a_desk_year.sitting_h.values()
    assert pain in a_desk_year.mornings.values()


def test_the_same_diary_gives_the_same_answer_whatever_the_order_it_was_written_in(a_desk_year: Diary) -> None:
    turned = replace(
        a_desk_year,
        mornings=dict(reversed(list(a_desk_year.mornings.items()))),
        runs=tuple(reversed(a_desk_year.runs)),
        sitting_h=dict(reversed(list(a_desk_year.sitting_h.items()))),
    )
    assert look(turned) == look(a_desk_year)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(10, 120), st.sampled_from([independent, trending, habits]))
def test_any_diary_is_answered_with_three_findings_at_most_and_intervals_around_their_effect(
    seed: int, count: int, make: Callable[[Random, int], Habits]
) -> None:
    found = look(diary(make(chance_of(seed), count)))
    assert len(found.findings) <= MOST_FINDINGS
    assert all(k.low <= k.effect <= k.high for k in found.links)
    assert all(f.stands_out and not f.low <= 0 <= f.high for f in found.findings)
    assert {(k.factor, k.which) for k in found.links}.isdisjoint((w.factor, w.which) for w in found.waiting)


def test_a_middling_effect_is_found_in_some_diaries_and_passed_over_in_others() -> None:
    seen = [look(diary(sitting_hurts(chance_of(s), 100, 0.7))) for s in range(12)]
    assert any(not i.findings for i in seen)
    assert any(i.findings for i in seen)


def test_three_strong_effects_are_all_that_is_told() -> None:
    chance = chance_of(4)
    lived = habits(chance, 240, memory=0.0, pain_memory=0.0)
    for d in range(1, 240):
        lived.pain[d] += 2 * ((lived.sitting_h[d - 1] or 0) - 7) / 2 + 2 * lived.exercised[d - 1]
        lived.pain[d] += lived.km[d - 1] / 4
        if lived.km[d - 1]:
            lived.pain[d] += (lived.cadence_spm[d - 1] - 165) / 5
    found = look(diary(lived))
    assert len(found.findings) == MOST_FINDINGS
    assert len({f.factor for f in found.findings}) == MOST_FINDINGS


def test_five_years_are_looked_at_in_two_seconds() -> None:
    long = diary(sitting_hurts(chance_of(1), 1826, 0.5))
    before = process_time()
    found = look(long)
    assert process_time() - before < 4  # two on a machine of its own
    assert found.mornings < 730


# --- how it is told


def test_a_finding_is_one_sentence_with_its_size_interval_and_n() -> None:
    assert tell(a_link(), WORDS, {}) == (
        "Pain the next morning was about 0.6 points higher with each extra 2 hours of sitting "
        "(somewhere from 0.2 to 1.0, over 84 mornings)."
    )


def test_a_distance_is_told_by_five_kilometres_or_by_three_miles_and_its_size_goes_along() -> None:
    far = a_link(factor=Factor.DISTANCE, effect=3.0, low=2.0, high=4.0, step=5.0)
    assert "3.0 points higher with each extra 5 km in a day (somewhere from 2.0 to 4.0," in tell(far, WORDS, {})
    miles = Units(distance=Distance.MI)
    assert "2.9 points higher with each extra 3 mi in a day (somewhere from 1.9 to 3.9," in tell(far, WORDS, {}, miles)
    less = a_link(factor=Factor.DISTANCE, effect=-3.0, low=-4.0, high=-2.0, step=5.0)
    assert "2.9 points lower with each extra 3 mi in a day (somewhere from 1.9 to 3.9," in tell(less, WORDS, {}, miles)


def test_less_pain_is_told_as_less_with_its_interval_turned_round() -> None:
    less = a_link(factor=Factor.SHOE, which="grey", effect=-1.2, low=-2.0, high=-0.4, lag_days=2, mornings=40)
    assert tell(less, WORDS, NAMES) == (
        "Pain on the third morning was about 1.2 points lower with runs in these shoes (the grey pair), "
        "compared with other shoes (somewhere from 0.4 to 2.0, over 40 mornings)."
    )
    assert name_of(less, WORDS, NAMES) == "Shoe: the grey pair"
    assert name_of(Waiting(factor=Factor.SHOE, which="x", more_days=1), WORDS, NAMES) == "Shoe: x"


def test_nothing_found_is_an_answer_too() -> None:
    nothing = Insight(since=a_day(0), mornings=90, more_mornings=0, findings=(), links=(), waiting=())
    assert tell_all(nothing, WORDS, {}) == ("Nothing stands out so far, in 90 mornings.",)


def test_no_sentence_says_that_anything_causes_pain() -> None:
    told = [*WORDS.what.values(), *WORDS.names.values(), *WORDS.when, WORDS.finding, WORDS.caution, WORDS.nothing]
    words = " ".join(told).lower()
    assert not any(w in words for w in ("cause", "because", "due to", "leads to", "makes", "trigger", "damage"))
    assert "does not tell us why" in WORDS.caution


def test_words_are_read_strictly() -> None:
    text = (own_folder() / "links.toml").read_text(encoding="utf-8")
    assert parse_link_words(tomllib.loads(text)) == WORDS
    for old, new, complaint in (
        (', "on the third morning"', "", "when: must have 3 lines"),
        ('sitting = "Sitting"', 'siting = "Sitting"', "names.sitting: is missing"),
        ('higher = "higher"', 'higher = "higher"\nhighest = "x"', "highest: is not a key"),
        ("in {mornings} mornings", "in {days} mornings", "nothing: may have nothing in braces but"),
    ):
        with pytest.raises(DefinitionError, match=complaint):
            parse_link_words(tomllib.loads(text.replace(old, new, 1)))
