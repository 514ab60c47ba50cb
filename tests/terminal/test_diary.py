from __future__ import annotations

from typing import Any

import pytest

from patella.app.diary.verdicts import Past, answer_history
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.session import training
from patella.app.session.training import note_loose_pain
from patella.care.entries.field import plain
from patella.care.entries.kinds import Kind
from patella.care.pain import When
from patella.care.session import Session
from patella.terminal.page import Page
from patella.terminal.pain import note_pain
from patella.terminal.past import find_session, show_history, undo_latest
from patella.terminal.refused import InputError
from terminal.test_talk import Conversation
from terminal.theatre import Clock, begin, plan_of, play

REPS = "rotate-your-bones"
HOUR_S, DAY_S = 3600.0, 86400.0


def a_day_of(app: Patella, clock: Clock, *, peak: str = "1", after: int | None = 1) -> Session:
    all_sets: list[str | float] = ["d", "d", "d", "d", *peak, "enter"]
    presses: list[str | float] = ["d", "h", *peak, "enter"] if int(peak) > 5 else all_sets
    session = play(app, begin(app, REPS), clock, presses)
    session = training.note(app, session, Kind.SESSION_FINISHED)
    clock.seconds += HOUR_S
    if after is not None:
        note_loose_pain(app, after, When.AFTER)
    clock.seconds += DAY_S
    return session


def sessions(answer: Past) -> list[dict[str, Any]]:
    days: Any = plain(answer.days)
    return [s for d in days for s in d["sessions"]]


def test_a_day_shows_what_was_done_how_it_felt_and_what_follows(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock)
    note_loose_pain(app, 1, When.MORNING)

    answer = answer_history(app, days=7)

    (session,) = sessions(answer)
    (item,) = session["items"]
    assert (session["before"], session["after"], session["next_morning"]) == (1, 1, 1)
    assert session["colour"] == "green"
    assert [s["reps"] for s in item["sets"]] == [6, 6]
    assert "a little more" in item["next"]["text"]
    assert plan_of(app, REPS).items[0].asked.reps == 7  # and the plan does follow


def test_in_cautious_mode_three_is_red_in_the_diary_too(
    app: Patella, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day_of(app, clock, peak="3", after=3)
    answer = answer_history(app, days=7)
    show_history(Page.standard(), answer)
    show_history(Page.standard(), answer, cautious=True)
    once, again = capsys.readouterr().out.split("Session ")[1:]
    assert ("3 of 10 (amber)" in once, "3 of 10 (red)" in once) == (True, False)
    assert ("3 of 10 (amber)" in again, "3 of 10 (red)" in again) == (False, True)


def test_while_an_answer_is_missing_there_is_no_colour(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock, after=None)
    (session,) = sessions(answer_history(app, days=7))
    assert session["colour"] is None
    assert "pain questions" in session["items"][0]["next"]["text"]


def test_red_is_red_even_if_other_answers_are_missing(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock, peak="7", after=None)
    (session,) = sessions(answer_history(app, days=7))
    assert session["colour"] == "red"
    assert session["items"][0]["stopped"]


def test_days_are_counted_back_from_today(app: Patella, clock: Clock) -> None:
    for _ in range(4):
        a_day_of(app, clock)
    assert len(sessions(answer_history(app, days=2))) == 1
    assert len(sessions(answer_history(app, days=40))) == 4


def test_what_lies_far_back_was_decided_the_same(app: Patella, clock: Clock) -> None:
    for _ in range(3):
        a_day_of(app, clock)
        note_loose_pain(app, 1, When.MORNING)
    near = sessions(answer_history(app, days=30))
    clock.seconds += 120 * DAY_S
    assert sessions(answer_history(app, days=300)) == near


def test_one_session_is_found_by_the_beginning_of_its_id(app: Patella, clock: Clock) -> None:
    first = a_day_of(app, clock)
    a_day_of(app, clock)
    found = find_session(app, first.id)
    assert found.id == first.id
    assert len(sessions(answer_history(app, days=1, session_id=first.id))) == 1
    with pytest.raises(InputError, match="begin with"):
        find_session(app, "id-")
    with pytest.raises(InputError, match="no session"):
        find_session(app, "nothing")


def test_the_latest_entry_is_taken_back_after_asking(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock)
    assert undo_latest(app, Conversation(["n"]), sure=False) == ""
    assert "pain 1 of 10 (after)" in undo_latest(app, Conversation(["y"]), sure=False)
    assert sessions(answer_history(app, days=7))[0]["after"] is None
    assert "the finish of the session" in undo_latest(app, Conversation([]), sure=True)


def test_everything_can_be_taken_back_one_by_one_until_nothing_is_left(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock)
    for _ in range(7):  # after, finish, peak, two sets, before, and the begun session itself
        assert undo_latest(app, Conversation([]), sure=True)
    with pytest.raises(TrainingError, match="nothing to take back"):
        undo_latest(app, Conversation([]), sure=True)
    assert sessions(answer_history(app, days=7)) == []


@pytest.mark.parametrize(
    ("nprs", "when", "colour", "says"),
    [
        (1, When.BEFORE, "green", "stays as it is"),
        (4, When.BEFORE, "amber", "easier"),
        (7, When.BEFORE, "red", "good decision"),
        (2, When.AFTER, "green", "Settled"),
        (4, When.AFTER, "amber", "one step easier"),
        (8, When.AFTER, "red", "easier"),
        (2, When.DURING, "green", "Fine"),
        (8, When.DURING, "red", "Stopping is a good decision"),
    ],
)
def test_a_number_is_answered_with_what_it_means(
    app: Patella, clock: Clock, nprs: int, when: When, colour: str, says: str
) -> None:
    play(app, begin(app, REPS), clock, ["d", "d", "d", "d", "1", "enter"])
    clock.seconds += HOUR_S
    meaning = note_pain(app, nprs, when)
    assert meaning["saved"] is True
    assert meaning["colour"] == colour
    assert says in str(meaning["text"])


def test_a_worse_morning_is_at_least_amber_and_a_usual_one_is_good_news(app: Patella, clock: Clock) -> None:
    a_day_of(app, clock)
    assert "No worse than your usual" in str(note_pain(app, 1, When.MORNING)["text"])
    worse = note_pain(app, 3, When.MORNING)
    assert worse["colour"] == "amber"
    assert "Worse than your usual morning" in str(worse["text"])


def test_a_second_red_within_a_week_is_followed_by_the_questions(app: Patella, clock: Clock) -> None:
    for peak in ("7", "8"):
        a_day_of(app, clock, peak=peak, after=None)
    assert "answer the questions again" in str(note_pain(app, 1, When.MORNING)["text"])
