from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.terminal.countdown import Countdown
from patella.terminal.digits import draw_number
from patella.terminal.page import Page, Tone, wants_colour
from terminal.theatre import Clock

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=40).map(" ".join)


def written(width: int, text: str, *, colour: bool = False) -> str:
    stream = io.StringIO()
    Page(stream, width=lambda: width, colour=colour).say(text, tone=Tone.RED)
    return stream.getvalue()


@given(text=WORDS, width=st.integers(20, 120))
def test_no_line_is_wider_than_the_window_and_no_word_is_lost(text: str, width: int) -> None:
    lines = written(width, text).splitlines()

    assert all(len(line) <= width for line in lines)
    assert " ".join(lines).split() == text.split()


def test_without_colour_there_is_no_escape_in_what_is_written() -> None:
    assert "\x1b" not in written(40, "red")
    assert "\x1b[1;31mred\x1b[0m" in written(40, "red", colour=True)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_colour(Screen())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Screen())


def test_colour_and_bells_are_for_terminals_only() -> None:
    assert not wants_colour(io.StringIO())
    silent, loud = io.StringIO(), Screen()
    Page(silent, width=lambda: 40, colour=False).bell()
    Page(loud, width=lambda: 40, colour=False).bell()
    assert (silent.getvalue(), loud.getvalue()) == ("", "\a")


def test_what_must_not_be_missed_stands_alone_between_two_lines() -> None:
    stream = io.StringIO()
    Page(stream, width=lambda: 40, colour=False).shout("Stop.")
    assert stream.getvalue().splitlines() == ["", "=" * 40, " Stop.", "=" * 40, ""]


@given(number=st.integers(0, 999), width=st.integers(1, 120), height=st.integers(0, 60))
def test_a_big_number_never_leaves_its_room(number: int, width: int, height: int) -> None:
    lines = draw_number(str(number), width=width, height=height, block="#")

    if lines != [str(number)]:
        assert len(lines) <= height
        assert all(len(line) <= width for line in lines)


def test_each_digit_looks_different() -> None:
    drawn = {tuple(draw_number(d, width=20, height=10, block="#")) for d in "0123456789"}
    assert len(drawn) == 10


@given(seconds=st.floats(1, 300), steps=st.lists(st.floats(0.01, 20), max_size=60))
def test_a_countdown_only_counts_down_and_says_each_last_second_at_most_once(
    seconds: float, steps: list[float]
) -> None:
    clock = Clock()
    timer = Countdown(seconds, clock)
    left, told = timer.left, []
    for step in steps:
        clock.seconds += step
        assert timer.left <= left
        assert timer.left + timer.elapsed == pytest.approx(seconds)
        left = timer.left
        told += timer.passed_seconds()
    assert told == sorted(set(told), reverse=True)


def test_half_way_is_said_once_and_only_for_ten_seconds_and_more() -> None:
    clock = Clock()
    timer, short = Countdown(30, clock), Countdown(9, clock)
    said = []
    for _ in range(30):
        clock.seconds += 1
        said.append(timer.passed_half())
        assert not short.passed_half()
        timer.passed_seconds()
    assert said.count(True) == 1
    assert said.index(True) == 14
