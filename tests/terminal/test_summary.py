from __future__ import annotations

import pytest

from patella.app.patella import Patella
from patella.app.session import training
from patella.care.entries.kinds import Kind
from patella.care.session import Session
from patella.terminal.summary import (
    Line,
    ValueRefusedError,
    What,
    edit_summary,
    lines_of,
    parse_done,
    parse_pain,
)
from terminal.test_talk import Conversation
from terminal.theatre import Clock, begin, play

REPS, SQUEEZE = "rotate-your-bones", "medicine-ball-squeeze"


@pytest.fixture
def played(app: Patella, clock: Clock) -> Session:
    """One of two sets done, and pain 3."""
    return play(app, begin(app, REPS), clock, ["d", "d", "d", "s", "3", "enter"])


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_every_set_and_every_pain_is_a_line_also_what_was_not_done(played: Session) -> None:
    assert texts(lines_of(played, cautious=False)) == [
        "pain before: 1 of 10, green",
        "set 1: 6 reps",
        "set 2: not done",
        "worst pain: 3 of 10, amber",
    ]


def test_a_line_is_corrected_by_its_number_and_f_finishes(app: Patella, played: Session) -> None:
    talk = Conversation(["2", "8", "3", "5", "4", "1", "1", "0", "f"])
    after = edit_summary(app, talk, played)
    assert [s.done.reps for s in after.sets] == [8, 5]
    assert (after.before, after.peaks) == (0, {0: 1})
    assert training.reload(app, played.id) == after


def test_a_value_that_cannot_be_is_refused_and_nothing_changes(app: Patella, played: Session) -> None:
    talk = Conversation(["2", "lots", "4", "11", "99", "", "2", "", "f"])
    after = edit_summary(app, talk, played)
    assert after == played
    assert "Reps are a whole number" in talk.text
    assert "Pain is a whole number" in talk.text


def test_a_set_can_be_taken_out(app: Patella, played: Session) -> None:
    after = edit_summary(app, Conversation(["2", "-", "f"]), played)
    assert after.sets == ()


def test_pain_that_turns_out_less_than_red_takes_its_stop_back(app: Patella, clock: Clock) -> None:
    stopped = play(app, begin(app, REPS), clock, ["d", "d", "h", "9", "enter"])
    assert stopped.stopped == {0}
    after = edit_summary(app, Conversation(["4", "2", "f"]), stopped)
    assert after.stopped == frozenset()
    assert after.peaks == {0: 2}


def test_a_finished_session_can_still_be_corrected_and_answered(app: Patella, played: Session) -> None:
    finished = training.note(app, played, Kind.SESSION_FINISHED)
    after = edit_summary(app, Conversation(["5", "2", "2", "6", "f"]), finished)
    assert after.finished
    assert after.after == 2


def test_holds_are_typed_as_a_number_or_as_holds_and_seconds(app: Patella) -> None:
    task = begin(app, SQUEEZE).tasks[0]
    assert parse_done("4", task) == {"holds": 4, "hold_s": 10}
    assert parse_done("5 x 8", task) == {"holds": 5, "hold_s": 8}
    assert parse_done("5x8s", task) == {"holds": 5, "hold_s": 8}
    for wrong in ("", "x", "5 x", "5 x 9999", "٣"):
        with pytest.raises(ValueRefusedError):
            parse_done(wrong, task)


@pytest.mark.parametrize("wrong", ["11", "-1", "a", "1.5", "", "٣"])
def test_pain_has_eleven_values(wrong: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse_pain(wrong)


def test_the_kind_of_each_line_is_told(played: Session) -> None:
    assert [line.what for line in lines_of(played, cautious=False)] == [What.BEFORE, What.SET, What.SET, What.DURING]
