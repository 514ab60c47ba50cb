from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from patella.app.patella import Patella
from patella.care.questionnaire import Outcome
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page
from patella.terminal.screening import ask_screening
from patella.terminal.talk import LeftError, Talk


class Conversation(Talk):
    """A person who answers from a list, and what was said to them."""

    def __init__(self, answers: Sequence[str]) -> None:
        self.written = io.StringIO()
        self.left = list(answers)
        super().__init__(Page(self.written, width=lambda: 80, colour=False), self._answer)

    def _answer(self) -> str:
        if not self.left:
            raise InputEndedError
        return self.left.pop(0)

    @property
    def text(self) -> str:
        return " ".join(self.written.getvalue().split())


def test_enter_is_never_an_answer_to_a_choice() -> None:
    talk = Conversation(["", " ", "0", "9", "yes", "2"])
    assert talk.ask_choice("Which?", ["One", "Two"]) == 1
    assert talk.text.count("Please type a number from 1 to 2.") == 5


def test_b_goes_back_where_there_is_a_way_back() -> None:
    assert Conversation(["b"]).ask_choice("Which?", ["One"], back=True) is None
    assert Conversation(["b", "1"]).ask_choice("Which?", ["One"]) == 0


def test_several_can_be_chosen_and_nought_means_none() -> None:
    assert Conversation(["", "0 1", "4", "3, 1"]).ask_several("Which?", ["a", "b", "c"]) == [0, 2]
    assert Conversation(["0"]).ask_several("Which?", ["a", "b", "c"]) == []


@pytest.mark.parametrize(("typed", "meant"), [("0", 0), ("10", 10), ("", None)])
def test_pain_is_a_number_or_left_open(typed: str, meant: int | None) -> None:
    assert Conversation(["11", "-1", "two", "3.5", typed]).ask_pain("Now?") == meant


def test_q_leaves_and_silence_ends() -> None:
    with pytest.raises(LeftError):
        Conversation(["q"]).ask("Well?")
    with pytest.raises(InputEndedError):
        Conversation([]).ask("Well?")


def test_anything_but_yes_is_no() -> None:
    assert Conversation(["y"]).confirm("Sure?")
    assert not Conversation([""]).confirm("Sure?")


GOOD = ["0", "0", "0", "0", "0", "3"]


def test_the_lists_come_one_at_a_time_and_good_answers_open_the_plan(app: Patella) -> None:
    talk = Conversation(GOOD)
    screening = ask_screening(app, talk)
    assert screening.outcome is Outcome.OK
    assert talk.left == []
    assert "0 for none of these" in talk.text
    assert "No warning sign in your answers. That is not a diagnosis." in talk.text


def test_an_emergency_ends_the_questions_at_once_with_a_text_that_cannot_be_missed(
    app: Patella, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    talk = Conversation(["3", *GOOD])
    screening = ask_screening(app, talk)
    assert screening.outcome is Outcome.EMERGENCY
    assert talk.left == GOOD
    assert "Call your emergency number" in talk.text
    assert "Emergency number: 999 (GB)" in talk.text
    assert "Hot knee with fever, or feeling ill" in talk.text
    assert "=" * 80 in talk.text


def test_going_back_changes_an_answer(app: Patella) -> None:
    talk = Conversation(["0", "0", "6", "b", "0", *GOOD[3:]])
    assert ask_screening(app, talk).notes == ()


def test_going_back_from_what_a_tick_led_to_comes_to_the_list_again(app: Patella) -> None:
    talk = Conversation(["0", "0", "0", "1", "b", *GOOD[3:]])
    assert ask_screening(app, talk).findings == ()


def test_what_a_tick_leads_to_is_asked_and_needs_an_answer_of_its_own(app: Patella) -> None:
    talk = Conversation(["0", "0", "0", "1", "0", "1", "0", "3"])
    assert ask_screening(app, talk).outcome is Outcome.CLINICIAN_FIRST
    assert "Please type numbers from 1 to 2, such as `1 3`." in talk.text
    assert "the day of that yes" in talk.text


def test_leaving_in_the_middle_keeps_nothing(app: Patella) -> None:
    before = app.log.mark()
    with pytest.raises(LeftError):
        ask_screening(app, Conversation(["0", "0", "q"]))
    assert app.log.mark() == before


def test_what_is_shut_by_an_answer_is_said_with_why(app: Patella) -> None:
    talk = Conversation(["0", "0", "0", "6", "1", "0", "3"])
    ask_screening(app, talk)
    assert "Left out: Medicine ball squeeze." in talk.text


def test_what_was_ticked_last_time_is_said_when_the_questions_come_again(app: Patella) -> None:
    ask_screening(app, Conversation(["0", "0", "0", "9", "0", "3"]))
    again = Conversation(GOOD)
    ask_screening(app, again)
    assert "Numb feet (ticked last time)" in again.text
