from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.stories import LIBRARY, day
from patella.care.pain import Response
from patella.care.run import Run
from patella.care.running import Ground, RunningAdvice, Spike, advise, longest_before, spike_of, spikes

TODAY = day(100)


def a_run(days_ago: int, km: float, *, cadence_spm: float | None = None) -> Run:
    return Run(day=TODAY - timedelta(days=days_ago), distance_m=km * 1000, cadence_spm=cadence_spm)


def an_answer(*, peak: int | None = 0, after: int | None = 0, settled: bool | None = True) -> Response:
    return Response(peak=peak, settled=settled, morning_worse=False, before=0, after=after)


def advice(*runs: Run, response: Response | None = None, pain_now: int | None = None) -> RunningAdvice:
    return advise(TODAY, runs, LIBRARY.reasons, response=response, pain_now=pain_now)


def keys(found: RunningAdvice) -> list[str]:
    return [r.key for r in found.because]


# --- how far


def test_with_no_run_known_there_is_no_number_and_no_zero() -> None:
    found = advice()
    assert (found.ground, found.cap_m, found.longest_m, found.latest) == (Ground.UNKNOWN, None, None, None)
    assert keys(found) == ["run_unknown"]


def test_the_cap_is_a_tenth_beyond_the_longest_run_of_thirty_days() -> None:
    found = advice(a_run(3, 8), a_run(9, 12), a_run(40, 30))
    assert (found.ground, found.cap_m, found.longest_m) == (Ground.OPEN, 13200, 12000)
    assert (found.strong_over_m, found.red_over_m) == (15600, 24000)
    why = found.because[0]
    assert (why.key, why.about, why.source) == ("run_cap", "cap", "frandsen-2025")
    assert "13.2 km" in why.text
    assert "12 km" in why.text


@pytest.mark.parametrize(("days_ago", "longest"), [(1, 12000), (30, 12000), (31, 5000)])
def test_a_run_counts_for_thirty_days(days_ago: int, longest: int) -> None:
    assert advice(a_run(2, 5), a_run(days_ago, 12)).longest_m == longest


def test_todays_own_run_and_later_ones_do_not_raise_todays_cap() -> None:
    assert advice(a_run(2, 5), a_run(0, 20), a_run(-3, 40)).cap_m == 5500


@pytest.mark.parametrize(("usual_km", "cap"), [(2, 1000), (5, 2500), (6, 3000), (21, 3000)])
def test_after_thirty_days_without_a_run_it_begins_with_half_of_a_usual_one_and_three_km_at_most(
    usual_km: float, cap: int
) -> None:
    found = advice(*(a_run(31 + n, usual_km) for n in range(5)))
    assert (found.ground, found.cap_m, found.longest_m) == (Ground.RESTART, cap, None)
    assert found.run_walk_min == (2, 1)
    assert keys(found)[:2] == ["run_cap_restart", "run_walk_restart"]


def test_a_short_first_run_back_does_not_shrink_what_a_restart_allows() -> None:
    usual = [a_run(40 + n, 12) for n in range(9)]
    assert advice(*usual, a_run(1, 0.5)).cap_m == 3000


# --- a spike


@pytest.mark.parametrize(
    ("distance_m", "spike"),
    [
        (10_000, Spike.USUAL),
        (11_000, Spike.USUAL),
        (11_001, Spike.WARN),
        (13_000, Spike.WARN),
        (13_001, Spike.STRONG),
        (20_000, Spike.STRONG),
        (20_001, Spike.RED),
    ],
)
def test_the_classes_of_a_spike_change_just_beyond_their_boundary(distance_m: float, spike: Spike) -> None:
    assert spike_of(distance_m, 10_000) is spike


def test_nothing_is_a_spike_where_nothing_is_known_or_a_restart_allows_it() -> None:
    assert spike_of(42_195, None) is Spike.USUAL
    assert spike_of(2_999.6, 500, floor_m=3_000) is Spike.USUAL
    assert spike_of(3_001, 500, floor_m=3_000) is Spike.RED


@pytest.mark.parametrize(("km", "key"), [(11.2, "warn"), (15, "strong"), (25, "red")])
def test_a_spike_of_the_last_days_is_shown_as_a_risk_and_nothing_is_shut(km: float, key: str) -> None:
    found = advice(a_run(10, 10), a_run(1, km))
    assert found.latest is Spike(key)
    assert f"run_spike_{key}" in keys(found)
    assert found.cap_m is not None
    assert found.cap_m >= km * 1000


def test_a_spike_of_last_week_is_no_news() -> None:
    assert advice(a_run(20, 10), a_run(7, 25)).latest is None
    assert advice(a_run(20, 10), a_run(6, 25)).latest is Spike.RED


def test_every_run_is_held_against_the_thirty_days_before_it() -> None:
    runs = [a_run(99, 10), a_run(69, 12), a_run(68, 12), a_run(5, 40), a_run(3, 90), a_run(3, 40)]
    assert [s for _, s in spikes(list(reversed(runs)))] == [
        *(Spike.USUAL, Spike.WARN, Spike.USUAL, Spike.USUAL),
        *(Spike.USUAL, Spike.RED),
    ]


distances = st.integers(min_value=1, max_value=60_000)
many_runs = st.lists(st.tuples(st.integers(0, 90), distances), max_size=30)


@given(many_runs)
def test_the_sliding_window_agrees_with_looking_each_run_up(listed: list[tuple[int, int]]) -> None:
    runs = [Run(day=day(d), distance_m=m) for d, m in listed]
    for run, spike in spikes(runs):
        longest = longest_before(runs, run.day)
        assert spike in (spike_of(run.distance_m, longest), Spike.USUAL)
        if run.distance_m > 3000:
            assert spike is spike_of(run.distance_m, longest)


@given(many_runs)
def test_a_run_at_the_cap_is_never_a_spike_and_one_a_metre_further_is(listed: list[tuple[int, int]]) -> None:
    runs = [Run(day=TODAY - timedelta(days=1 + d), distance_m=m) for d, m in listed]
    cap = advice(*runs).cap_m
    if cap is None or longest_before(runs, TODAY) is None:
        return
    assert spikes([*runs, Run(day=TODAY, distance_m=cap)])[-1][1] is Spike.USUAL
    assert spikes([*runs, Run(day=TODAY, distance_m=cap + 1)])[-1][1] is not Spike.USUAL


@given(st.lists(st.tuples(st.integers(1, 90), distances), min_size=1, max_size=30), st.integers(0, 29), distances)
def test_longer_runs_behind_never_lower_the_cap(listed: list[tuple[int, int]], which: int, more: int) -> None:
    longer = [(d, m + more * (n == which % len(listed))) for n, (d, m) in enumerate(listed)]
    before, after = (
        advice(*(Run(day=TODAY - timedelta(days=d), distance_m=m) for d, m in runs)).cap_m for runs in (listed, longer)
    )
    assert before is not None
    assert after is not None
    assert after >= before


pains = st.none() | st.integers(0, 10)


@given(many_runs, st.integers(0, 10), st.integers(0, 10), st.sampled_from(["peak", "after", "now"]))
def test_more_pain_never_raises_the_cap(listed: list[tuple[int, int]], one: int, other: int, when: str) -> None:
    runs = [Run(day=TODAY - timedelta(days=d), distance_m=m) for d, m in listed]

    def cap(pain: int) -> int:
        response = an_answer(peak=pain if when == "peak" else 0, after=pain if when == "after" else 0)
        return advice(*runs, response=response, pain_now=pain if when == "now" else None).cap_m or 0

    assert cap(max(one, other)) <= cap(min(one, other))


# --- a sore knee


@pytest.mark.parametrize(("peak", "ground"), [(2, Ground.OPEN), (3, Ground.SORE), (5, Ground.SORE), (6, Ground.FLARED)])
def test_pain_above_two_in_a_run_stops_growth_and_six_asks_for_calm(peak: int, ground: Ground) -> None:
    assert advice(a_run(1, 10), response=an_answer(peak=peak)).ground is ground


def test_a_sore_knee_runs_no_further_than_before_slower_and_with_walks() -> None:
    found = advice(a_run(1, 10), pain_now=4)
    assert (found.cap_m, found.run_walk_min, found.slower_percent) == (10_000, (4, 1), (10, 20))
    assert keys(found) == ["run_cap_sore", "run_sore", "run_walk", "run_slower"]
    assert "4/10" in found.because[1].text


def test_a_knee_that_had_not_settled_is_sore_too_whatever_the_number() -> None:
    found = advice(a_run(1, 10), response=an_answer(settled=False))
    assert (found.ground, keys(found)[1]) == (Ground.SORE, "run_unsettled")


def test_after_red_it_begins_small_again_and_leaving_a_run_out_is_praised() -> None:
    found = advice(a_run(1, 10), response=an_answer(peak=7))
    assert (found.cap_m, keys(found)[:2]) == (3000, ["run_cap_flared", "run_flared"])
    assert "good decision" in found.because[1].text
    assert advice(a_run(1, 4), pain_now=8).cap_m == 2000
    assert advice(a_run(31, 4), pain_now=8).cap_m == 2000


def test_what_was_not_answered_is_neither_good_nor_bad() -> None:
    nothing = Response(peak=None, settled=None, morning_worse=None)
    assert advice(a_run(1, 10), response=nothing).ground is Ground.OPEN


# --- cadence and weeks


def test_the_cadence_target_is_five_to_ten_per_cent_above_the_usual_one() -> None:
    found = advice(*(a_run(n, 5, cadence_spm=c) for n, c in enumerate((150, 160, 170))))
    assert (found.cadence_spm, found.cadence_target_spm) == (160, (168, 176))


def test_more_steps_are_not_asked_of_quick_feet() -> None:
    found = advice(*(a_run(n, 5, cadence_spm=174) for n in range(3)))
    assert (found.cadence_spm, found.cadence_target_spm) == (174, None)
    assert "run_cadence_enough" in keys(found)


def test_two_runs_are_too_few_for_a_usual_cadence() -> None:
    assert advice(a_run(1, 5, cadence_spm=160), a_run(2, 5, cadence_spm=160), a_run(3, 5)).cadence_spm is None


def test_a_week_of_a_third_more_is_a_soft_note_and_nothing_else_changes() -> None:
    found = advice(a_run(1, 10), a_run(3, 10), a_run(8, 10), a_run(10, 5))
    assert (found.week_m, found.week_before_m) == (20_000, 15_000)
    assert found.because[-1].about == "week"
    assert "Only a note" in found.because[-1].text
    assert found.ground is Ground.OPEN


def test_a_week_of_thirty_per_cent_more_is_not_noted() -> None:
    assert "run_week" not in keys(advice(a_run(1, 6.5), a_run(3, 6.5), a_run(8, 10)))


def test_no_ratio_of_acute_to_chronic_load_is_spoken_of() -> None:
    texts = " ".join(t.text for k, t in LIBRARY.reasons.items() if k.startswith("run_"))
    assert not any(
        word in texts.lower() for word in ("acute", "chronic", "sweet spot", "ratio", "must not", "forbidden")
    )
