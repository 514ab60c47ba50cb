"""The code that lets one phone in: once, for ten minutes, and for five guesses in all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.store import code as codes_of
from patella.store.code import GUESSES, LASTS_S, Codes, Heard, spaced
from patella.store.keys import FOLDER, Keys
from store.clock import Clock


@pytest.fixture
def codes(tmp_path: Path, clock: Clock) -> Codes:
    return Codes(Keys(tmp_path, now_s=clock), clock)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_lets_one_phone_in_and_no_second(codes: Codes) -> None:
    code = codes.make()
    assert codes.hear(code) is Heard.RIGHT
    assert codes.hear(code) is Heard.NO_CODE


def test_a_code_is_typed_as_it_is_read(codes: Codes) -> None:
    assert codes.hear(f" {spaced(codes.make())}\u00a0") is Heard.RIGHT


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12a456", "١٢٣٤٥٦", "x" * 100_000, "12 34 5\0"])
def test_what_looks_like_no_code_costs_no_guess(codes: Codes, typed: str) -> None:
    code = codes.make()
    assert codes.hear(typed) is Heard.UNLIKE
    assert (codes.left(), codes.hear(code)) == (GUESSES, Heard.RIGHT)


def test_after_five_wrong_guesses_even_the_right_one_is_late(codes: Codes) -> None:
    code = codes.make()
    heard = [codes.hear(other_than(code)) for _ in range(GUESSES)]
    assert heard == [Heard.WRONG] * GUESSES
    assert (codes.left(), codes.hear(code)) == (0, Heard.NO_CODE)


def test_a_code_is_over_after_ten_minutes_and_good_for_no_longer_when_the_clock_is_set_back(
    codes: Codes, clock: Clock
) -> None:
    code = codes.make()
    clock.now_s += LASTS_S + 1
    assert codes.hear(code) is Heard.NO_CODE
    code = codes.make()
    clock.now_s -= 3600
    assert codes.hear(code) is Heard.NO_CODE


def test_a_new_code_ends_the_one_before_and_has_all_its_guesses(codes: Codes) -> None:
    first = codes.make()
    codes.hear(other_than(first))
    second = codes.make()
    assert codes.left() == GUESSES
    assert codes.hear(first) is (Heard.RIGHT if first == second else Heard.WRONG)


def test_whoever_forgets_every_browser_ends_the_code_too(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    code = Codes(keys).make()
    keys.forget()
    assert Codes(keys).hear(code) is Heard.NO_CODE


def test_the_code_stands_in_no_file_and_in_no_name(codes: Codes, tmp_path: Path) -> None:
    code = codes.make()
    there = list((tmp_path / FOLDER).iterdir())
    assert all(code not in f.name and code not in f.read_text() for f in there)
    assert {f.stat().st_mode & 0o777 for f in there} == {0o600}


def test_where_nothing_can_be_written_a_code_is_held_and_its_guesses_are_counted(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    codes = Codes(Keys(tmp_path, or_in_memory=True))
    code = codes.make()
    assert [codes.hear(other_than(code)) for _ in range(2)] == [Heard.WRONG] * 2
    assert (codes.left(), codes.hear(code)) == (GUESSES - 2, Heard.RIGHT)


def test_however_many_guess_at_once_five_are_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    stretch = codes_of._stretched
    code = Codes(Keys(tmp_path)).make()

    def overheard(typed: str, salt: str) -> str:
        compared.append(typed)
        return stretch(typed, salt)

    monkeypatch.setattr(codes_of, "_stretched", overheard)
    guesses = [f"{(int(code) + n) % 1_000_000:06d}" for n in range(1, 65)]
    with ThreadPoolExecutor(16) as pool:
        heard = list(pool.map(lambda typed: Codes(Keys(tmp_path)).hear(typed), guesses))
    assert len(compared) == GUESSES
    assert heard.count(Heard.WRONG) == GUESSES
    assert heard.count(Heard.NO_CODE) == len(guesses) - GUESSES


def test_of_many_who_type_the_right_code_at_once_one_gets_in(tmp_path: Path) -> None:
    code = Codes(Keys(tmp_path)).make()
    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(lambda _: Codes(Keys(tmp_path)).hear(code), range(32)))
    assert heard.count(Heard.RIGHT) == 1


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["right", "wrong", "odd", "later", "new"]), max_size=14))
def test_whatever_is_typed_in_whatever_order_no_code_is_guessed_at_more_than_five_times(acts: list[str]) -> None:
    """A model of one line: so many guesses are left, until it was right, over, or used up."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(codes_of, "_stretched", lambda typed, _salt: typed)  # nothing here depends on how slow it is
        codes = Codes(Keys(Path(folder), now_s=clock), clock)
        code, left = codes.make(), GUESSES
        for act in acts:
            if act == "later":
                clock.now_s += LASTS_S + 1
                left = 0
            elif act == "new":
                code, left = codes.make(), GUESSES
            elif act == "odd":
                assert codes.hear("12") is Heard.UNLIKE
            elif not left:
                assert codes.hear(code if act == "right" else other_than(code)) is Heard.NO_CODE
            elif act == "right":
                assert codes.hear(code) is Heard.RIGHT
                left = 0
            else:
                assert codes.hear(other_than(code)) is Heard.WRONG
                left -= 1
            assert codes.left() == left
