from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.stories import LIBRARY, a_dose, an_item, day, exercise
from patella.care.entries.field import plain, read
from patella.care.pain import Response
from patella.care.progression import (
    Progress,
    Verdict,
    after_break,
    beginning,
    decide,
)
from patella.care.record import Effort, ItemDone

BAND = exercise("terminal-knee-extension")
BAND_ID = BAND.id
GREEN = Response(peak=1, settled=True, morning_worse=False)
AMBER = Response(peak=4, settled=True, morning_worse=False)
RED = Response(peak=7, settled=True, morning_worse=False)
UNSETTLED = Response(peak=1, settled=False, morning_worse=False)
WORSE = Response(peak=1, settled=True, morning_worse=True)
UNKNOWN = Response(peak=1, settled=None, morning_worse=False)
STEADY = Response(peak=4, settled=True, morning_worse=False, before=3, after=3, morning=3, usual=3.0)
HIP = "side-lying-hip-abduction"
TOP = an_item(BAND_ID, a_dose(BAND_ID, top=True))


def after(
    *responses: Response, item: ItemDone | None = None, so_far: Progress | None = None, of: str = BAND_ID
) -> Progress:
    """The progress after these answers, each to the same item, two days apart."""
    progress = so_far or beginning(exercise(of))
    for n, response in enumerate(responses):
        progress = decide(exercise(of), progress, item or an_item(of), response, day(2 * n))
    return progress


def test_nothing_done_yet_asks_for_the_dose_to_begin_with() -> None:
    assert beginning(BAND).next == a_dose(BAND_ID)
    assert beginning(BAND).verdict is Verdict.START
    assert not beginning(BAND).at_top


def test_green_and_done_in_full_rises_by_one_rep() -> None:
    progress = after(GREEN)
    assert progress.verdict is Verdict.RISE
    assert progress.next.reps == 7
    assert progress.last == a_dose(BAND_ID)


def test_the_next_dose_follows_from_what_was_asked_not_from_what_was_expected() -> None:
    eased = an_item(BAND_ID, a_dose(BAND_ID))
    progress = after(GREEN, item=eased, so_far=replace(beginning(BAND), next=a_dose(BAND_ID, step=2)))
    assert (progress.next.step, progress.next.reps) == (0, 7)


def test_two_green_sessions_at_the_top_make_the_next_level_possible() -> None:
    top = an_item(BAND_ID, a_dose(BAND_ID, top=True))
    once, twice = after(GREEN, item=top), after(GREEN, GREEN, item=top)
    assert once.verdict is Verdict.AT_TOP
    assert not once.may_step
    assert twice.verdict is Verdict.TOP_TWICE
    assert twice.may_step
    assert twice.next == a_dose(BAND_ID, top=True)


@pytest.mark.parametrize("between", [AMBER, UNKNOWN, UNSETTLED, RED])
def test_anything_but_green_between_two_sessions_at_the_top_begins_the_run_anew(between: Response) -> None:
    top = an_item(BAND_ID, a_dose(BAND_ID, top=True))
    assert after(GREEN, between, GREEN, item=top).verdict is Verdict.AT_TOP


def test_amber_that_settled_repeats_three_times_and_then_lowers() -> None:
    item = an_item(BAND_ID, a_dose(BAND_ID, top=True, step=1))
    verdicts = [after(*[AMBER] * n, item=item).verdict for n in (1, 2, 3, 4, 5)]
    assert verdicts == [Verdict.REPEAT_AMBER] * 3 + [Verdict.LOWER_AMBER] * 2
    assert after(AMBER, item=item).next == item.asked
    assert after(*[AMBER] * 4, item=item).next == a_dose(BAND_ID, step=1)


def test_only_a_session_that_went_well_ends_a_run_of_amber() -> None:
    assert after(AMBER, AMBER, AMBER, UNKNOWN, AMBER, item=TOP).verdict is Verdict.LOWER_AMBER
    assert after(AMBER, AMBER, AMBER, GREEN, AMBER, item=TOP).verdict is Verdict.REPEAT_AMBER
    assert after(AMBER, AMBER, AMBER, STEADY, AMBER, item=TOP).verdict is Verdict.REPEAT_AMBER


# --- steady amber: the pain a knee is used to


def test_steady_amber_repeats_once_and_then_rises_half_as_fast_as_green() -> None:
    progress, asked = beginning(BAND), []
    for number in range(6):
        progress = decide(BAND, progress, an_item(BAND_ID, progress.next), STEADY, day(2 * number))
        asked.append((progress.verdict, progress.next.reps))
    assert asked == [
        (Verdict.REPEAT_STEADY, 6),
        (Verdict.RISE_SLOWLY, 7),
        (Verdict.REPEAT_STEADY, 7),
        (Verdict.RISE_SLOWLY, 8),
        (Verdict.REPEAT_STEADY, 8),
        (Verdict.RISE_SLOWLY, 9),
    ]


@pytest.mark.parametrize("before", [AMBER, UNSETTLED, RED, UNKNOWN])
def test_steady_amber_rises_only_after_a_session_that_went_well(before: Response) -> None:
    low = an_item(BAND_ID)
    assert after(before, STEADY, item=low).verdict is Verdict.REPEAT_STEADY
    assert after(GREEN, STEADY, item=low).verdict is Verdict.RISE_SLOWLY


def test_steady_amber_rises_only_where_the_session_before_asked_as_much() -> None:
    green = after(GREEN)
    higher = decide(BAND, green, an_item(BAND_ID, green.next), STEADY, day(2))
    assert higher.verdict is Verdict.REPEAT_STEADY


def test_four_steady_sessions_at_the_top_are_as_good_as_two_green_ones() -> None:
    verdicts = [after(*[STEADY] * n, item=TOP).verdict for n in (1, 2, 3, 4)]
    assert verdicts == [Verdict.AT_TOP] * 3 + [Verdict.TOP_TWICE]
    assert after(GREEN, STEADY, STEADY, item=TOP).verdict is Verdict.TOP_TWICE
    assert after(STEADY, item=TOP).top_run == 0


def test_green_sessions_at_the_top_are_counted_in_a_row_and_all_that_went_well_there_in_points() -> None:
    assert [after(*[GREEN] * n, item=TOP).top_run for n in (1, 2, 3)] == [1, 2, 3]
    assert [after(GREEN, STEADY, item=TOP).top_points, after(GREEN, AMBER, item=TOP).top_points] == [3, 0]
    assert after(GREEN, AMBER, GREEN, item=TOP).top_run == 1
    assert after(GREEN).top_run == 0


def test_steady_amber_never_lowers_however_long_it_lasts() -> None:
    assert after(*[STEADY] * 9, item=TOP).next == TOP.asked


# --- what asks nothing of the knee


@pytest.mark.parametrize("response", [UNSETTLED, WORSE, replace(AMBER, peak=2, after=4)])
def test_hip_work_that_did_not_hurt_rises_though_the_knee_was_sore(response: Response) -> None:
    progress = after(response, of=HIP)
    assert progress.verdict is Verdict.RISE_APART
    assert progress.next.reps == 9
    assert progress.amber_run == 0


def test_hip_work_at_the_top_counts_as_green_though_the_knee_was_sore() -> None:
    top = an_item(HIP, a_dose(HIP, top=True))
    assert after(UNSETTLED, UNSETTLED, item=top, of=HIP).verdict is Verdict.TOP_TWICE


def test_hip_work_is_the_same_again_after_a_red_hour_and_while_an_answer_is_missing() -> None:
    flared = after(replace(GREEN, after=7, settled=False), of=HIP)
    assert flared.verdict is Verdict.REPEAT_KNEE
    assert flared.next == flared.last
    assert flared.amber_run == 1
    assert after(UNKNOWN, of=HIP).verdict is Verdict.REPEAT_UNANSWERED


def test_hip_work_that_hurts_goes_by_the_rules_of_all() -> None:
    top = an_item(HIP, a_dose(HIP, top=True))
    assert after(AMBER, item=top, of=HIP).verdict is Verdict.REPEAT_AMBER
    assert after(replace(UNSETTLED, peak=3), item=top, of=HIP).verdict is Verdict.LOWER_UNSETTLED
    assert after(RED, item=top, of=HIP).verdict is Verdict.LOWER_RED


# --- how hard it was


def worked(effort: Effort | None, *, top: bool = False) -> ItemDone:
    return replace(an_item(BAND_ID, a_dose(BAND_ID, top=top)), effort=effort)


def test_four_or_more_in_reserve_rises_by_two_or_goes_up_a_level_sooner() -> None:
    progress = after(GREEN, item=worked(Effort.MANY_LEFT))
    assert (progress.verdict, progress.next.reps) == (Verdict.RISE_BY_TWO, 8)
    assert after(GREEN, item=worked(Effort.MANY_LEFT, top=True)).verdict is Verdict.TOP_TWICE
    last_but_one = replace(a_dose(BAND_ID), reps=11)
    almost = replace(an_item(BAND_ID, last_but_one), effort=Effort.MANY_LEFT)
    assert after(GREEN, item=almost).next.reps == 12


def test_what_is_in_reserve_speeds_up_no_amber() -> None:
    easy = worked(Effort.MANY_LEFT)
    assert [after(*[STEADY] * n, item=easy).verdict for n in (1, 2)] == [Verdict.REPEAT_STEADY, Verdict.RISE_SLOWLY]
    assert after(STEADY, STEADY, item=easy).next.reps == 7
    assert after(STEADY, item=worked(Effort.MANY_LEFT, top=True)).verdict is Verdict.AT_TOP
    assert after(AMBER, item=easy).verdict is Verdict.REPEAT_AMBER
    hip = replace(an_item(HIP), effort=Effort.MANY_LEFT)
    assert after(UNSETTLED, item=hip, of=HIP).next.reps == 9


@pytest.mark.parametrize("top", [False, True])
def test_with_nothing_in_reserve_it_is_the_same_again(*, top: bool) -> None:
    progress = after(GREEN, GREEN, item=worked(Effort.NONE_LEFT, top=top))
    assert progress.verdict is Verdict.REPEAT_EFFORT
    assert progress.next == progress.last
    assert progress.inputs["effort"] == "0-1"


@pytest.mark.parametrize("effort", [None, Effort.SOME_LEFT])
def test_two_or_three_in_reserve_and_no_answer_change_nothing(effort: Effort | None) -> None:
    assert after(GREEN, item=worked(effort)).next == after(GREEN).next
    assert after(GREEN, GREEN, item=worked(effort, top=True)).verdict is Verdict.TOP_TWICE


# --- what is said is what happened


@pytest.mark.parametrize(
    ("responses", "verdict"),
    [
        ([UNSETTLED], Verdict.FLOOR_UNSETTLED),
        ([WORSE], Verdict.FLOOR_UNSETTLED),
        ([AMBER] * 4, Verdict.FLOOR_AMBER),
    ],
)
def test_at_the_smallest_dose_nothing_is_said_to_be_easier(responses: list[Response], verdict: Verdict) -> None:
    progress = after(*responses)
    assert progress.verdict is verdict
    assert progress.next == a_dose(BAND_ID)


def test_after_three_weeks_at_the_smallest_dose_it_is_for_a_physiotherapist() -> None:
    progress = after(*[UNSETTLED] * 12)
    assert progress.verdict is Verdict.FLOOR_LONG
    assert progress.inputs["weeks"] == 3
    assert after(*[UNSETTLED] * 11).verdict is Verdict.FLOOR_UNSETTLED
    assert after(*[UNSETTLED] * 6, UNKNOWN, *[UNSETTLED] * 6).verdict is Verdict.FLOOR_LONG
    assert after(*[UNSETTLED] * 6, GREEN, *[UNSETTLED] * 6).verdict is Verdict.FLOOR_UNSETTLED


def test_red_for_three_weeks_still_swaps_and_counts_its_weeks() -> None:
    progress = after(*[RED] * 12)
    assert progress.verdict is Verdict.SWAP
    assert progress.inputs["weeks"] == 3


@given(st.lists(st.sampled_from([GREEN, AMBER, STEADY, RED, UNSETTLED, UNKNOWN]), min_size=1, max_size=12))
def test_a_verdict_that_lowers_lowered_and_one_that_rises_rose(listed: list[Response]) -> None:
    progress = beginning(BAND)
    for number, response in enumerate(listed):
        progress = decide(BAND, progress, an_item(BAND_ID, progress.next), response, day(2 * number))
        assert progress.last
        moved = progress.next.hardness, progress.last.hardness
        if progress.verdict.startswith("dose_lower"):
            assert moved[0] < moved[1]
        elif progress.verdict.startswith("dose_rise"):
            assert moved[0] > moved[1]
        else:
            assert progress.next == progress.last


@pytest.mark.parametrize("response", [UNSETTLED, WORSE])
def test_a_knee_that_did_not_settle_or_was_worse_next_morning_goes_one_step_down(response: Response) -> None:
    item = an_item(BAND_ID, a_dose(BAND_ID, top=True, step=1))
    progress = after(response, item=item)
    assert progress.verdict is Verdict.LOWER_UNSETTLED
    assert progress.next == a_dose(BAND_ID, step=1)


def test_red_goes_two_steps_down() -> None:
    item = an_item(BAND_ID, a_dose(BAND_ID, top=True, step=2))
    progress = after(RED, item=item)
    assert progress.verdict is Verdict.LOWER_RED
    assert progress.next == a_dose(BAND_ID, step=1)


def test_red_at_the_smallest_dose_swaps_for_an_easier_neighbour() -> None:
    assert after(RED).verdict is Verdict.SWAP


def test_red_at_the_smallest_dose_stays_there_where_there_is_no_neighbour() -> None:
    progress = after(RED, of="heel-slide")
    assert progress.verdict is Verdict.FLOOR_RED
    assert progress.next == a_dose("heel-slide")


def test_pain_an_hour_after_from_six_is_red_and_the_reason_names_it() -> None:
    progress = after(Response(peak=None, settled=None, morning_worse=None, after=7))
    assert progress.verdict is Verdict.SWAP
    assert progress.inputs["peak"] == 7


@pytest.mark.parametrize(
    "response",
    [replace(GREEN, peak=None), replace(GREEN, settled=None), replace(GREEN, morning_worse=None)],
    ids=["peak", "after", "morning"],
)
def test_a_missing_answer_repeats_and_is_not_counted_as_green(response: Response) -> None:
    progress = after(response)
    assert progress.verdict is Verdict.REPEAT_UNANSWERED
    assert progress.next == progress.last
    assert progress.green_sessions == 0
    assert progress.last_green_day is None


def test_a_set_left_out_repeats() -> None:
    progress = after(GREEN, item=an_item(BAND_ID, in_full=False))
    assert progress.verdict is Verdict.REPEAT_UNFINISHED
    assert progress.next == progress.last


def test_an_exercise_that_was_stopped_repeats() -> None:
    assert after(GREEN, item=an_item(BAND_ID, stopped=True)).verdict is Verdict.REPEAT_UNFINISHED


def test_loose_form_repeats_and_four_in_five_is_enough() -> None:
    assert after(GREEN, item=an_item(BAND_ID, form_ok=0.79)).verdict is Verdict.REPEAT_FORM
    assert after(GREEN, item=an_item(BAND_ID, form_ok=0.8)).verdict is Verdict.RISE


def test_days_and_green_sessions_are_kept() -> None:
    progress = after(GREEN, GREEN, AMBER)
    assert progress.first_day == day(0)
    assert progress.last_day == day(4)
    assert progress.last_green_day == day(2)
    assert progress.green_sessions == 2


def test_being_at_the_top_does_not_depend_on_pain() -> None:
    top = an_item(BAND_ID, a_dose(BAND_ID, top=True))
    assert all(after(r, item=top).at_top for r in (GREEN, AMBER, RED, UNKNOWN))
    assert not after(GREEN).at_top
    assert not after(GREEN, item=an_item(BAND_ID, top.asked, in_full=False)).at_top


def test_after_fourteen_days_the_dose_is_back_at_the_bottom_of_the_range() -> None:
    top = an_item(BAND_ID, a_dose(BAND_ID, top=True, step=1))
    progress = after(GREEN, item=top)
    assert after_break(BAND, progress, day(13)) == progress
    back = after_break(BAND, progress, day(14))
    assert back.next == a_dose(BAND_ID, step=1)
    assert back.verdict is Verdict.AFTER_BREAK
    assert back.inputs == {"days": 14}


def test_what_is_light_enough_for_every_day_has_its_break_after_four_weeks() -> None:
    light = exercise("clamshell")
    progress = after(GREEN, of=light.id)
    assert after_break(light, progress, day(27)) == progress
    assert after_break(light, progress, day(28)).verdict is Verdict.AFTER_BREAK


def test_every_verdict_has_its_reason_in_words() -> None:
    assert {v.value for v in Verdict} <= LIBRARY.reasons.keys()


def test_what_was_decided_from_is_kept_with_the_decision() -> None:
    assert after(STEADY).inputs == {
        "peak": 4, "own": 4, "before": 3, "after": 3, "morning": 3, "usual": 3.0,
        "form_ok": None, "effort": None, "amber_run": 1, "weeks": 0,
    }  # fmt: skip


def test_an_exercise_that_was_never_done_has_no_break() -> None:
    assert after_break(BAND, beginning(BAND), day(99)) == beginning(BAND)


responses = st.builds(
    Response,
    peak=st.none() | st.integers(0, 10),
    settled=st.sampled_from([True, False, None]),
    morning_worse=st.sampled_from([True, False, None]),
    before=st.none() | st.integers(0, 10),
    after=st.none() | st.integers(0, 10),
    morning=st.none() | st.integers(0, 10),
    usual=st.none() | st.sampled_from([0.0, 1.5, 3.0]),
)


@given(st.lists(responses, max_size=6))
def test_a_progress_survives_the_log(listed: list[Response]) -> None:
    progress = after(*listed)
    assert read(Progress, json.loads(json.dumps(plain(progress)))) == progress


@given(st.lists(responses, min_size=1, max_size=6))
def test_nothing_but_a_complete_session_that_was_green_or_steady_ever_rises(listed: list[Response]) -> None:
    progress = after(*listed)
    if progress.next.hardness > a_dose(BAND_ID).hardness:
        assert listed[-1].complete
        assert listed[-1].colour == "green" or listed[-1].steady
