from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.runners import an_answer, violations
from care.stories import LIBRARY, day
from patella.care.cadence import base_cadence
from patella.care.line import Ground
from patella.care.run import Felt, Run, Took
from patella.care.running import RunningAdvice, advise, day_words
from patella.care.spike import Spike, longest_before, spike_of, spikes
from patella.care.units import Distance, Units

TODAY = day(100)
GOOD, SILENT = True, False
PLAIN_WEEKS = tuple((n, 10.0) for n in range(2, 90, 2))


def a_run(days_ago: int, km: float, *, cadence_spm: float | None = None, race: bool = False) -> Run:
    return Run(day=ago(days_ago), distance_m=km * 1000, cadence_spm=cadence_spm, race=race)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def felt(*runs: Run, **more: object) -> Felt:
    """Every run went well, but what is said otherwise."""
    values = {"of_runs": {r.day: an_answer() for r in runs}, "usual": 0, **more}
    return Felt(**values)  # type: ignore[arg-type]


def advice(*runs: Run, how: Felt | None = None, base_spm: int | None = None) -> RunningAdvice:
    return advise(TODAY, runs, LIBRARY.reasons, felt=how or felt(*runs), base_spm=base_spm)


def keys(found: RunningAdvice) -> list[str]:
    return [r.key for r in found.because]


def weeks(*listed: tuple[int, float]) -> tuple[Run, ...]:
    return tuple(a_run(n, km) for n, km in listed)


# --- the line of a calm knee


def test_with_no_run_known_there_is_no_number_and_no_zero() -> None:
    found = advice()
    assert (found.ground, found.cap_m, found.longest_m, found.latest) == (Ground.UNKNOWN, None, None, None)
    assert keys(found) == ["run_unknown"]


def test_the_line_is_a_tenth_above_the_longest_run_of_thirty_days_that_went_well() -> None:
    found = advice(*weeks(*PLAIN_WEEKS))
    assert (found.ground, found.cap_m, found.longest_m) == (Ground.OPEN, 11_000, 10_000)
    assert (found.strong_over_m, found.red_over_m) == (13_000, 20_000)
    why = found.because[0]
    assert (why.key, why.about, why.source) == ("run_line_open", "cap", "frandsen-2025")
    assert "11 km" in why.text
    assert "not a target" in why.text


def test_what_was_run_is_said_to_the_nearest_tenth_and_the_line_above_it_rounded_down() -> None:
    (why, *_) = advice(*weeks(*((n, 10.06) for n, _ in PLAIN_WEEKS))).because
    assert "10.1 km" in why.text
    assert why.text.startswith("11 km is a tenth above")


def test_a_run_without_answers_carries_the_line_and_adds_nothing() -> None:
    found = advice(*weeks(*PLAIN_WEEKS), how=Felt())
    assert (found.ground, found.cap_m, found.strong_over_m) == (Ground.SILENT, 10_000, None)
    assert "Say after a run" in found.because[0].text


@pytest.mark.parametrize(
    ("answer", "took"),
    [
        (an_answer(2, 1), Took.GOOD),
        (an_answer(2, None), Took.GOOD),
        (an_answer(2, None, worse=None), Took.SILENT),
        (an_answer(None, 0), Took.SILENT),
        (an_answer(3, 0), Took.SORE),
        (an_answer(0, 2), Took.SORE),
        (an_answer(0, 0, worse=True), Took.SORE),
        (an_answer(6, None, worse=None), Took.RED),
        (None, Took.SILENT),
    ],
)
def test_a_run_went_well_only_with_two_good_answers_and_no_bad_one(answer: object, took: Took) -> None:
    of_runs = {TODAY: answer} if answer else {}
    assert Felt(of_runs=of_runs).took(TODAY) is took  # type: ignore[arg-type]


@pytest.mark.parametrize(("morning", "took"), [(2, Took.GOOD), (3, Took.SILENT), (None, Took.SILENT)])
def test_where_no_usual_morning_is_known_a_calm_one_will_do(morning: int | None, took: Took) -> None:
    mornings = {} if morning is None else {TODAY + timedelta(days=1): morning}
    known = Felt(of_runs={TODAY: an_answer(1, None, worse=None)}, mornings=mornings)
    assert known.took(TODAY) is took


def test_in_cautious_mode_everything_above_two_is_red() -> None:
    assert Felt(of_runs={TODAY: an_answer(3, 0)}, cautious=True).took(TODAY) is Took.RED
    assert (Felt(usual=3, cautious=True).calm_max, Felt(usual=3).calm_max, Felt(usual=8).calm_max) == (2, 3, 3)


@pytest.mark.parametrize("said", [{"noted": {ago(2): 4}}, {"mornings": {ago(2): 4}}, {"now": 4}])
def test_in_cautious_mode_what_is_red_outside_a_run_stops_running_too(said: dict[str, object]) -> None:
    runs = weeks(*PLAIN_WEEKS)
    assert advice(*runs, how=felt(*runs, **said)).ground is not Ground.FLARED
    assert advice(*runs, how=felt(*runs, cautious=True, **said)).ground is Ground.FLARED


def test_a_run_that_did_not_go_well_does_not_carry_the_line() -> None:
    runs = (*weeks(*PLAIN_WEEKS), a_run(21, 11))
    assert advice(*runs).cap_m == 12_100
    sore = felt(*runs, of_runs={r.day: an_answer(4 if r.day == ago(21) else 0) for r in runs})
    assert advice(*runs, how=sore).cap_m == 11_000


@pytest.mark.parametrize(("days_ago", "longest"), [(1, 12_000), (30, 12_000), (31, 10_000)])
def test_a_run_counts_for_thirty_days(days_ago: int, longest: int) -> None:
    assert advice(*weeks(*PLAIN_WEEKS), a_run(days_ago, 12)).longest_m == longest


def test_todays_own_run_and_later_ones_do_not_raise_todays_line() -> None:
    assert advice(*weeks(*PLAIN_WEEKS), a_run(0, 20), a_run(-3, 40)).cap_m == 11_000


def test_the_line_rises_by_two_tenths_a_week_at_most() -> None:
    old = [(n, 10.0) for n in range(8, 90, 2)]
    assert advice(*weeks(*old, (5, 11.0))).cap_m == 12_100
    assert advice(*weeks(*old, (5, 11.0), (3, 12.1))).cap_m == 12_100
    assert advice(*weeks(*old, (13, 11.0), (9, 12.1))).cap_m == 13_310


# --- a start


@pytest.mark.parametrize(("usual_km", "line"), [(2, 1610), (5, 2500), (6, 3000), (21, 3000)])
def test_after_thirty_days_without_a_run_it_begins_with_half_of_a_usual_one_and_three_km_at_most(
    usual_km: float, line: int
) -> None:
    found = advice(*(a_run(31 + n, usual_km) for n in range(5)))
    assert (found.ground, found.cap_m, found.longest_m) == (Ground.RESTART, line, None)
    assert found.run_walk_min == (3, 2)
    assert keys(found)[:2] == ["run_line_restart", "run_walk_restart"]


def test_a_beginner_with_one_run_of_a_kilometre_walks_and_runs_a_mile() -> None:
    found = advice(a_run(3, 1))
    assert (found.ground, found.cap_m, found.run_walk_min) == (Ground.BEGINNING, 1610, (3, 2))


def test_the_first_run_of_all_is_a_beginning_on_its_own_day_too() -> None:
    found = advice(a_run(0, 5.2))
    assert (found.ground, found.cap_m) == (Ground.BEGINNING, 2600)


def test_a_short_first_run_back_does_not_shrink_what_a_restart_allows() -> None:
    usual = [a_run(40 + n, 12) for n in range(9)]
    assert advice(*usual, a_run(1, 0.5)).cap_m == 3000


def test_a_long_first_run_back_counts_no_further_than_a_restart() -> None:
    usual = [a_run(60 + n, 12) for n in range(9)]
    found = advice(*usual, a_run(12, 14))
    assert (found.ground, found.cap_m) == (Ground.HELD, 3300)
    assert advice(*usual, a_run(20, 14)).cap_m == 3630


def test_before_a_month_is_known_a_week_holds_about_three_usual_runs() -> None:
    assert advice(a_run(3, 8)).cap_m == 8800
    assert advice(a_run(3, 8), a_run(2, 8), a_run(1, 8)).cap_m == 7200


# --- a jump


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


@pytest.mark.parametrize(("days_ago", "ground"), [(7, Ground.HELD), (8, Ground.OPEN)])
def test_after_a_jump_of_a_tenth_and_more_nothing_rises_for_a_week(days_ago: int, ground: Ground) -> None:
    found = advice(*weeks(*PLAIN_WEEKS), a_run(days_ago, 12))
    assert found.ground is ground
    assert found.cap_m == (11_000 if ground is Ground.HELD else 12_100)


@pytest.mark.parametrize(("days_ago", "ground"), [(14, Ground.HELD), (15, Ground.OPEN)])
def test_after_a_jump_of_a_third_and_more_nothing_rises_for_two_weeks(days_ago: int, ground: Ground) -> None:
    assert advice(*weeks(*PLAIN_WEEKS), a_run(days_ago, 14)).ground is ground


def test_until_when_a_line_is_held_is_a_day_and_reads_as_one() -> None:
    assert "stays at 11 km until 22 April." in advice(*weeks(*PLAIN_WEEKS), a_run(7, 14)).because[0].text


def test_a_jump_counts_no_further_than_a_tenth_above_what_was_behind_it() -> None:
    found = advice(*weeks(*((n, 5.0) for n in range(5, 60, 2))), a_run(4, 11))
    assert (found.latest, found.ground, found.cap_m) == (Spike.RED, Ground.HELD, 5500)
    assert "11 km" in found.because[0].text
    assert "used to" not in " ".join(r.text for r in found.because)


@pytest.mark.parametrize("days_ago", [1, 3])
def test_the_days_after_a_long_jump_are_easy(days_ago: int) -> None:
    found = advice(a_run(29, 5), a_run(12, 5), a_run(11, 5), a_run(days_ago, 11))
    assert found.ground in (Ground.EASY, Ground.WEEK)
    assert found.cap_m is not None
    assert found.cap_m <= 2500


def test_the_day_after_a_marathon_is_no_day_for_another() -> None:
    training = [(n, 12.0) for n in range(3, 90, 2)] + [(22, 30.0), (29, 28.0)]
    found = advice(*weeks(*training), a_run(1, 42.2, race=True))
    assert found.cap_m is not None
    assert found.cap_m <= 3000
    assert advice(*weeks(*training), a_run(8, 42.2, race=True)).cap_m == 33_000


def test_a_race_over_a_usual_distance_holds_the_line_for_two_weeks_too() -> None:
    runs = (*weeks(*PLAIN_WEEKS), a_run(10, 10, race=True))
    found = advice(*runs)
    assert (found.ground, found.cap_m) == (Ground.HELD, 10_000)
    assert advice(*weeks(*PLAIN_WEEKS), a_run(2, 5, race=True)).ground is Ground.EASY


@pytest.mark.parametrize(("km", "key"), [(11.2, "warn"), (15, "strong"), (25, "red")])
def test_a_spike_of_the_last_days_is_told_with_what_was_seen(km: float, key: str) -> None:
    found = advice(a_run(10, 10), a_run(1, km))
    assert found.latest is Spike(key)
    (why,) = (r for r in found.because if r.key == f"run_spike_{key}")
    assert "watched, not tested" in why.text


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
def test_a_run_at_the_line_is_never_a_spike(listed: list[tuple[int, int]]) -> None:
    runs = [Run(day=ago(1 + d), distance_m=m) for d, m in listed]
    line = advice(*runs).cap_m
    if line:
        assert spikes([*runs, Run(day=TODAY, distance_m=line)])[-1][1] is Spike.USUAL


# --- a week


def test_a_week_holds_a_third_more_than_the_mean_of_the_three_before() -> None:
    found = advice(*weeks(*((n, 10.0) for n in range(7, 90, 3)), (1, 10.0), (2, 10.0)))
    assert (found.ground, found.cap_m) == (Ground.WEEK, 10_333)
    assert "20 km in the last six days" in found.because[0].text


def test_every_line_and_reason_is_told_in_miles_and_no_line_is_rounded_up() -> None:
    runs = weeks(*((n, 10.0) for n in range(7, 90, 3)), (1, 10.0), (2, 10.0))
    found = advise(TODAY, runs, LIBRARY.reasons, felt=felt(*runs), units=Units(distance=Distance.MI))
    assert found.because[0].text == (
        "12.4 mi in the last six days, and your recent weeks suggest about 18.8 mi in seven. That leaves 6.4 mi today."
    )
    assert not [r.text for r in found.because if "km" in r.text]


def test_a_sore_knee_is_told_of_shorter_runs_in_miles() -> None:
    run = a_run(1, 10)
    sore = Felt(of_runs={ago(1): an_answer(4)})
    found = advise(TODAY, [a_run(8, 10), run], LIBRARY.reasons, felt=sore, units=Units(distance=Distance.MI))
    assert "three runs of 3.1 mi become five of 1.9 mi" in " ".join(r.text for r in found.because)


def test_a_day_off_is_said_as_one() -> None:
    found = advice(*weeks(*((n, 10.0) for n in range(7, 90, 3)), (1, 10.0), (2, 10.0), (3, 10.0)))
    assert (found.cap_m, keys(found)[0]) == (0, "run_line_week_full")


def test_running_the_line_every_day_from_five_kilometres_does_not_add_up() -> None:
    """It used to come to 15.7 km on the twelfth day, and a week of 68 km."""
    runs, total = [a_run(100, 5.0)], []
    for number in range(30):
        on = ago(99) + timedelta(days=number)
        line = advise(on, runs, LIBRARY.reasons, felt=felt(*runs)).cap_m or 0
        total.append(line)
        runs += [Run(day=on, distance_m=line)] if line else []
    assert max(total[:7]) <= 6050
    assert max(total[:14]) <= 7330
    assert max(sum(total[n : n + 7]) for n in range(6)) <= 25_000


# --- a sore knee


def test_a_sore_knee_runs_about_sixty_per_cent_of_the_usual_run_slower_and_with_walks() -> None:
    runs = weeks(*PLAIN_WEEKS)
    found = advice(*runs, how=felt(*runs, now=4))
    assert (found.ground, found.cap_m, found.run_walk_min, found.slower_percent) == (
        Ground.SORE,
        6000,
        (4, 1),
        (10, 20),
    )
    assert keys(found)[:5] == ["run_line_sore", "run_sore", "run_shorter", "run_walk", "run_slower"]
    assert "4/10" in found.because[1].text
    assert found.because[4].text.startswith("10 to 20 %")


def test_a_sore_knee_is_told_so_where_another_line_is_lower_still() -> None:
    found = advice(a_run(0, 5), how=Felt(of_runs={TODAY: an_answer(4)}))
    assert (found.ground, found.cap_m) == (Ground.SORE, 2500)
    full = weeks(*((n, 10.0) for n in range(1, 90)))
    off = advice(*full, a_run(1, 12), a_run(2, 25), how=felt(*full, now=4))
    assert (off.ground, off.cap_m) == (Ground.WEEK, 0)


def test_a_marathon_trainee_at_five_of_ten_is_not_sent_on_thirty_two_kilometres() -> None:
    runs = (*weeks(*PLAIN_WEEKS), a_run(9, 32))
    answers = {r.day: an_answer() for r in runs} | {ago(2): an_answer(5)}
    assert advice(*runs, how=felt(*runs, of_runs=answers)).cap_m == 6000


def test_a_knee_that_had_not_settled_is_sore_too_whatever_the_number() -> None:
    runs = weeks(*PLAIN_WEEKS)
    answers = {r.day: an_answer() for r in runs} | {ago(2): an_answer(0, 2)}
    found = advice(*runs, how=felt(*runs, of_runs=answers))
    assert (found.ground, keys(found)[1]) == (Ground.SORE, "run_unsettled")


@pytest.mark.parametrize(
    ("mornings", "ground"),
    [
        ({}, Ground.SORE),
        ({3: 0}, Ground.SORE),
        ({3: 0, 2: 2}, Ground.OPEN),
        ({3: 0, 2: 3}, Ground.SORE),
        ({3: 0, 2: 3, 1: 0, 0: 1}, Ground.OPEN),
    ],
)
def test_two_calm_mornings_release_a_sore_knee_and_one_painless_run_does_not(
    mornings: dict[int, int], ground: Ground
) -> None:
    runs = (*weeks(*((n, 10.0) for n in range(4, 90, 3))), a_run(3, 4))
    answers = {r.day: an_answer() for r in runs} | {ago(4): an_answer(4)}
    how = felt(*runs, of_runs=answers, mornings={ago(n): nprs for n, nprs in mornings.items()})
    assert advice(*runs, how=how).ground is ground


def test_a_usual_morning_of_three_is_calm_for_whom_it_is_usual() -> None:
    runs = weeks(*PLAIN_WEEKS)
    mornings = {ago(n): 3 for n in range(10)}
    assert advice(*runs, how=felt(*runs, mornings=mornings)).ground is Ground.SORE
    assert advice(*runs, how=felt(*runs, mornings=mornings, usual=3)).ground is Ground.OPEN


@pytest.mark.parametrize(("days_ago", "ground"), [(7, Ground.SORE), (8, Ground.SILENT), (15, Ground.SILENT)])
def test_a_week_without_a_run_releases_as_well(days_ago: int, ground: Ground) -> None:
    runs = weeks(*((n, 10.0) for n in range(days_ago, 90, 3)))
    assert advice(*runs, how=Felt(of_runs={ago(days_ago): an_answer(4)})).ground is ground


# --- a flare


def a_flare(*after: Run, mornings: dict[int, int] | None = None, days_ago: int = 6) -> RunningAdvice:
    """7/10 after a half marathon, and what came later."""
    runs = (*weeks(*((n, 10.0) for n in range(days_ago + 3, 90, 3))), a_run(days_ago, 10.9), *after)
    answers = {r.day: an_answer() for r in runs} | {ago(days_ago): an_answer(7)}
    said = {ago(n): nprs for n, nprs in (mornings or {}).items()}
    return advice(*runs, how=felt(*runs, of_runs=answers, mornings=said))


def test_after_red_there_is_no_running_until_three_mornings_were_calm() -> None:
    found = a_flare()
    assert (found.ground, found.cap_m, found.run_walk_min) == (Ground.FLARED, 0, None)
    assert keys(found)[:2] == ["run_line_flared", "run_sore"]
    assert "flared up on Thursday" in found.because[0].text
    assert "3 km at most" in found.because[0].text
    assert "7/10" in found.because[1].text
    assert a_flare(mornings={5: 0, 4: 1}).ground is Ground.FLARED
    assert a_flare(mornings={5: 0, 4: 1, 3: 2}).ground is Ground.CLIMB


def test_one_painless_run_does_not_bring_the_long_ones_back() -> None:
    assert a_flare(a_run(3, 3)).cap_m == 0
    found = a_flare(a_run(2, 3), mornings={5: 0, 4: 0, 3: 0})
    assert (found.ground, found.cap_m) == (Ground.CLIMB, 3750)


def test_the_way_back_up_is_a_quarter_with_each_good_run_two_a_week() -> None:
    calm = {11: 0, 10: 0, 9: 0}
    back = [(8, 3.0), (7, 3.0), (5, 3.7), (2, 4.6)]
    found = a_flare(*weeks(*back), mornings=calm, days_ago=12)
    assert found.cap_m == 3000 * 125 // 100 * 125 // 100 * 125 // 100
    assert found.run_walk_min is None
    assert a_flare(*weeks((8, 1.0)), mornings=calm, days_ago=12).cap_m == 3000


def test_it_is_never_stuck_on_last_weeks_number() -> None:
    assert a_flare(days_ago=7).ground is Ground.FLARED
    found = a_flare(days_ago=8)
    assert (found.ground, found.cap_m) == (Ground.CLIMB, 3000)
    assert "/10" not in " ".join(r.text for r in found.because)
    assert a_flare(days_ago=31).ground is Ground.RESTART


def test_pain_of_any_kind_that_was_red_is_a_flare() -> None:
    runs = weeks(*PLAIN_WEEKS)
    for how in (felt(*runs, now=8), felt(*runs, noted={ago(1): 7}), felt(*runs, mornings={ago(0): 6})):
        found = advice(*runs, how=how)
        assert (found.ground, found.cap_m) == (Ground.FLARED, 0)
    assert "today" in advice(*runs, how=felt(*runs, now=8)).because[0].text


def test_a_flare_before_any_run_is_known_begins_with_a_mile() -> None:
    runs = (a_run(1, 5),)
    found = advice(*runs, how=felt(*runs, noted={ago(4): 8}))
    assert "1.6 km at most" in found.because[0].text


# --- for every runner


@pytest.mark.slow
@pytest.mark.stories
@pytest.mark.parametrize("chunk", range(6))
def test_pain_and_silence_never_raise_the_line_and_obeying_it_never_adds_up(chunk: int) -> None:
    for seed in range(chunk * 500, (chunk + 1) * 500):
        assert list(violations(seed)) == [], f"seed {seed}"


@given(st.integers(min_value=4000))
def test_the_same_holds_for_a_runner_nobody_has_met(seed: int) -> None:
    assert list(violations(seed)) == []


# --- cadence


def test_the_target_is_five_to_ten_per_cent_above_the_cadence_of_first_sight() -> None:
    found = advice(*(a_run(n, 5, cadence_spm=c) for n, c in enumerate((150, 160, 170))), base_spm=160)
    assert (found.cadence.usual_spm, found.cadence.target_spm) == (160, (168, 176))
    texts = [r.text for r in found.because if r.about == "cadence"]
    assert "same speed" in texts[0]
    assert texts[0].startswith("You began at 160 steps a minute. 168 to 176,")
    assert "one minute in five" in texts[2]
    assert "Achilles" in texts[2]


def test_a_target_that_was_reached_is_not_set_again() -> None:
    runs = [a_run(60 + n, 5, cadence_spm=150) for n in range(3)] + [a_run(n, 5, cadence_spm=161) for n in range(3)]
    base = base_cadence(sorted(runs, key=lambda r: r.day))
    found = advice(*runs, base_spm=base)
    assert (base, found.cadence.usual_spm, found.cadence.target_spm) == (150, 161, (158, 165))
    assert "run_cadence_reached" in keys(found)
    assert "run_cadence" not in keys(found)
    assert any(r.text.startswith("From 150 steps a minute you have come to 161.") for r in found.because)


def test_the_cadence_of_first_sight_is_that_of_the_first_thirty_days_with_three_runs() -> None:
    alone = [a_run(90, 5, cadence_spm=140), a_run(80, 5), a_run(20, 5, cadence_spm=150), a_run(10, 5, cadence_spm=152)]
    assert base_cadence(alone) is None
    assert base_cadence([*alone, a_run(1, 5, cadence_spm=160)]) == 152


def test_more_steps_are_not_asked_of_quick_feet() -> None:
    found = advice(*(a_run(n, 5, cadence_spm=174) for n in range(3)), base_spm=174)
    assert (found.cadence.usual_spm, found.cadence.target_spm) == (174, None)
    assert "run_cadence_enough" in keys(found)
    assert any(r.text.startswith("Your usual is 174 steps a minute.") for r in found.because)


def test_two_runs_are_too_few_for_a_usual_cadence() -> None:
    runs = (a_run(1, 5, cadence_spm=160), a_run(2, 5, cadence_spm=160), a_run(3, 5))
    assert advice(*runs, base_spm=160).cadence.usual_spm is None


# --- words


def test_the_weeks_are_told_as_they_are() -> None:
    found = advice(a_run(1, 10), a_run(3, 10), a_run(8, 10), a_run(10, 5))
    assert (found.week_m, found.week_before_m) == (20_000, 15_000)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "on Monday"),
        (6, "on Thursday"),
        (7, "on 8 April"),
        (-1, "tomorrow"),
        (-2, "on 17 April"),
    ],
)
def test_a_day_is_named_as_people_name_it(days: int, said: str) -> None:
    assert day_words(ago(days), today=TODAY) == said


def test_no_ratio_of_acute_to_chronic_load_is_spoken_of_and_no_line_is_a_target() -> None:
    texts = " ".join(t.text for k, t in LIBRARY.reasons.items() if k.startswith("run_"))
    assert not any(
        word in texts.lower()
        for word in ("acute", "chronic", "sweet spot", "ratio", "must not", "forbidden", "used to")
    )


def test_each_reason_of_running_names_the_source_that_says_it() -> None:
    sources = {k: t.source for k, t in LIBRARY.reasons.items() if k.startswith("run_")}
    assert {k for k, s in sources.items() if s == "frandsen-2025"} == {
        *("run_line_open", "run_spike_warn", "run_spike_strong", "run_spike_red"),
    }
    assert all(s in ("patella-rules", "frandsen-2025") for k, s in sources.items() if k.startswith("run_line"))
    assert {k for k, s in sources.items() if s == "trek-runners"} == {
        *("run_sore", "run_unsettled", "run_shorter", "run_walk", "run_slower", "run_cadence", "run_cadence_enough"),
    }


# --- what nobody called a run


@given(
    known=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=12),
    maybe=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=6),
    pain=st.integers(0, 8),
)
def test_what_may_have_been_a_run_never_raises_the_line_and_never_counts_as_rest(
    known: list[tuple[int, int]], maybe: list[tuple[int, int]], pain: int
) -> None:
    runs = [a_run(n, km) for n, km in known]
    unsure = [a_run(n, km) for n, km in maybe]
    how = felt(*runs, noted={ago(5): pain})
    found = advise(TODAY, runs, LIBRARY.reasons, maybe=unsure, felt=how)
    without = advise(TODAY, runs, LIBRARY.reasons, felt=how)
    as_runs = advise(TODAY, [*runs, *unsure], LIBRARY.reasons, felt=how)

    assert found.cap_m == min(without.cap_m or 0, as_runs.cap_m or 0)
    assert ("run_maybe" in keys(found)) is ((found.cap_m or 0) < (without.cap_m or 0))
    assert (found.longest_m, found.week_m) == (without.longest_m, without.week_m)


def test_a_week_full_of_what_may_have_been_runs_leaves_no_room_and_says_why() -> None:
    runs = weeks(*PLAIN_WEEKS)
    found = advise(TODAY, runs, LIBRARY.reasons, maybe=[a_run(n, 12) for n in (1, 3)], felt=felt(*runs))

    assert (found.ground, found.cap_m) == (Ground.WEEK, 0)
    assert keys(found)[-1] == "run_maybe"


def test_what_may_have_been_a_run_makes_no_line_by_itself() -> None:
    found = advise(TODAY, [], LIBRARY.reasons, maybe=[a_run(1, 12)])
    assert (found.ground, found.cap_m) == (Ground.UNKNOWN, None)
