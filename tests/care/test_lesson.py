"""Why knees hurt: one idea a day, what fits the day first, and none twice before all have been read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.care.lesson import (
    Facts,
    Lesson,
    Occasion,
    Read,
    count_words,
    lesson_of,
    occasions_of,
    parse_lessons,
    plain_of,
    read_on,
    unread_of,
)
from patella.care.source import parse_sources
from patella.care.words import name_sources
from patella.motion.definition import DefinitionError

DAY = date(2026, 3, 12)
SOURCE = {"kind": "rule", "title": "Ours", "finding": "A choice of our own."}
SENTENCE = "Seventy words are enough for one idea when they are short and warm and true of a real knee. "


def a_text(times: int = 4) -> str:
    return SENTENCE * times + "So it is [powers-2014]."


def made(**fits: Mapping[str, object]) -> dict[str, Lesson]:
    return parse_lessons({k: {"title": k, "text": a_text(), **v} for k, v in fits.items()})


LESSONS = made(
    load={"fits": ["first_days"]},
    rule={"fits": ["sore"]},
    noise={},
    running={"fits": ["run"], "running": True},
    bad={"fits": ["bad_day"]},
    chair={"fits": ["sitting"]},
    little={"fits": ["calm"]},
)
IDS = tuple(LESSONS)


def reads(*ids: str, day: date = DAY - timedelta(days=1)) -> list[Read]:
    return [Read(day=day, lesson=i) for i in ids]


def chosen(facts: Facts, *read: str) -> str | None:
    lesson = lesson_of(LESSONS, reads(*read), facts)
    return lesson.id if lesson else None


# --- reading the file


def test_a_lesson_keeps_its_paragraphs_and_names_each_source_once() -> None:
    text = f"{SENTENCE * 2}So [powers-2014].\n\n{SENTENCE * 2}And [hott-2020] so\nagain [powers-2014]."
    (lesson,) = parse_lessons({"one": {"title": "One", "text": text}}).values()
    assert len(lesson.paragraphs) == 2
    assert lesson.cited == ("powers-2014", "hott-2020")
    assert lesson.fits == frozenset()
    assert not lesson.running


def test_citations_are_not_read_aloud_and_do_not_count_as_words() -> None:
    assert plain_of("It helps [powers-2014]. Often [a-1] [b-2].") == "It helps. Often."
    assert count_words(LESSONS["noise"]) == 4 * len(SENTENCE.split()) + 3


def test_sources_are_said_by_the_name_people_know_them_under() -> None:
    known = parse_sources({"powers-2014": {**SOURCE, "cite": "Powers 2014"}})
    assert name_sources("So [powers-2014], [nobody-1999].", known) == "So (Powers 2014), [nobody-1999]."


@pytest.mark.parametrize(
    ("values", "key", "sentence"),
    [
        ({}, "", "no lesson at all"),
        ({"one": {"title": "One", "text": SENTENCE * 4}}, "one.text", "cite at least one source"),
        ({"one": {"title": "One", "text": "Too short [powers-2014]."}}, "one.text", "60 to 110 words"),
        ({"one": {"title": "One", "text": a_text(7)}}, "one.text", "60 to 110 words"),
        ({"One!": {"title": "One", "text": a_text()}}, "One!", "small letters"),
        ({"one": {"title": "One", "text": a_text(), "fits": ["monday"]}}, "one.fits[0]", "must be one of"),
        ({"one": {"title": "One", "text": a_text(), "fit": []}}, "one.fit", "check its spelling"),
    ],
)
def test_a_lesson_that_is_wrong_is_refused_by_key(values: dict[str, object], key: str, sentence: str) -> None:
    with pytest.raises(DefinitionError, match=sentence) as caught:
        parse_lessons(values)
    assert caught.value.key == key


# --- which lesson it is today


def test_without_an_occasion_they_come_in_their_order() -> None:
    assert chosen(Facts(day=DAY)) == "load"
    assert chosen(Facts(day=DAY), "load") == "rule"
    assert chosen(Facts(day=DAY), "rule", "load") == "noise"


@pytest.mark.parametrize(
    ("facts", "lesson"),
    [
        (Facts(day=DAY, since=DAY), "load"),
        (Facts(day=DAY, worst={DAY: 4}), "rule"),
        (Facts(day=DAY, worst={DAY - timedelta(days=1): 3}), "rule"),
        (Facts(day=DAY, ran=frozenset({DAY})), "running"),
        (Facts(day=DAY, worst={DAY: 6}), "bad"),
        (Facts(day=DAY, sat=frozenset({DAY - timedelta(days=1)})), "chair"),
        (Facts(day=DAY, worst={DAY - timedelta(days=d): 1 for d in range(0, 12, 2)}), "little"),
    ],
)
def test_what_fits_the_day_comes_first(facts: Facts, lesson: str) -> None:
    assert chosen(facts) == lesson


def test_what_presses_most_comes_first_when_much_fits() -> None:
    everything = Facts(day=DAY, since=DAY, worst={DAY: 7, DAY - timedelta(days=1): 4}, ran=frozenset({DAY}))
    assert occasions_of(everything) == (Occasion.BAD_DAY, Occasion.FIRST_DAYS, Occasion.SORE, Occasion.RUN)
    assert [chosen(everything, *r) for r in ((), ("bad",), ("bad", "load"), ("bad", "load", "rule"))] == [
        "bad",
        "load",
        "rule",
        "running",
    ]


def test_the_day_before_yesterday_is_no_occasion_any_more() -> None:
    long_ago = DAY - timedelta(days=2)
    facts = Facts(day=DAY, since=DAY - timedelta(days=7), worst={long_ago: 8}, ran=frozenset({long_ago}))
    assert occasions_of(facts) == ()


def test_a_sore_knee_of_a_cautious_person_is_a_bad_day() -> None:
    assert occasions_of(Facts(day=DAY, worst={DAY: 4}, cautious=True)) == (Occasion.BAD_DAY,)


@pytest.mark.parametrize(
    "worst",
    [
        {},
        {DAY - timedelta(days=d): 1 for d in range(5)},
        {DAY - timedelta(days=d): 3 if d == 9 else 1 for d in range(10)},
        {DAY - timedelta(days=d): 1 for d in range(14, 30)},
        {DAY + timedelta(days=d): 1 for d in range(1, 9)},
    ],
    ids=["nothing noted", "too little noted", "sore once", "long ago", "not yet"],
)
def test_what_is_not_known_to_be_calm_is_not_called_calm(worst: dict[date, int]) -> None:
    assert Occasion.CALM not in occasions_of(Facts(day=DAY, worst=worst))


def test_advice_on_running_waits_while_there_is_to_be_no_running() -> None:
    facts = Facts(day=DAY, ran=frozenset({DAY}), may_run=False)
    assert chosen(facts) == "load"
    others = [i for i in IDS if i != "running"]
    assert chosen(facts, *others) is None
    assert chosen(Facts(day=DAY), *others) == "running"


def test_the_lesson_that_was_read_today_stays_the_lesson_of_today() -> None:
    read = reads("noise", "rule", day=DAY)
    lesson = lesson_of(LESSONS, read, Facts(day=DAY, worst={DAY: 9}))
    assert lesson is LESSONS["noise"]
    assert read_on(LESSONS, read, DAY - timedelta(days=1)) is None


def test_a_lesson_that_has_left_the_library_is_passed_over() -> None:
    assert read_on(LESSONS, reads("gone", day=DAY), DAY) is None
    assert unread_of(IDS, reads("gone", "load")) == IDS[1:]


def test_a_new_round_begins_when_all_have_been_read_and_reading_twice_counts_once() -> None:
    assert unread_of(IDS, reads(*IDS[:-1])) == IDS[-1:]
    assert unread_of(IDS, reads(*IDS)) == IDS
    assert unread_of(IDS, reads(*IDS, "load", "load")) == IDS[1:]


def test_a_lesson_that_is_new_in_the_library_comes_before_a_new_round() -> None:
    assert unread_of((*IDS, "new"), reads(*IDS)) == ("new",)


worst_of_days = st.dictionaries(st.integers(0, 60).map(lambda d: DAY + timedelta(days=d)), st.integers(0, 10))
some_days = st.frozensets(st.integers(0, 60).map(lambda d: DAY + timedelta(days=d)))


@given(worst=worst_of_days, ran=some_days, sat=some_days)
def test_whatever_happens_none_comes_twice_before_all_have_been_read(
    worst: dict[date, int], ran: frozenset[date], sat: frozenset[date]
) -> None:
    read: list[Read] = []
    for back in range(2 * len(LESSONS)):
        today = DAY + timedelta(days=back)
        facts = Facts(day=today, since=DAY, worst=worst, ran=ran, sat=sat)
        lesson = lesson_of(LESSONS, read, facts)
        assert lesson is not None
        assert lesson is lesson_of(LESSONS, list(read), facts)
        read.append(Read(day=today, lesson=lesson.id))
    rounds = [r.lesson for r in read[: len(LESSONS)]], [r.lesson for r in read[len(LESSONS) :]]
    assert sorted(rounds[0]) == sorted(rounds[1]) == sorted(IDS)
