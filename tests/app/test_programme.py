"""What a physiotherapist set is in force as the diary has it, and goes where the diary goes: the later word holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from patella.app.history.amend import undo_entry, write_once
from patella.app.history.refused import OtherContentError
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening
from patella.app.plan.plan import make_plan
from patella.app.programme.choices import choices_for
from patella.app.programme.setting import end_programme, set_programme
from patella.app.session.intake import begin_once, find_session
from patella.app.today.today import answer_today
from patella.care.plan import DayPlan
from patella.care.screening import AnswerError
from patella.files.library import own_library
from patella.store.entry import Entry
from patella.store.export import export_json
from patella.store.log import Log
from patella.store.merging import merge

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
LIBRARY = own_library()
CALM = {q.id: [] if q.many else "adult" for q in LIBRARY.questionnaire.questions if not q.when}
STRETCHES = {"by": "Ada Byron", "exercises": [{"exercise": "calf-stretch", "sets": 2, "hold_s": 30}]}
SLIDES = {"by": "Ada Byron", "exercises": [{"exercise": "heel-slide", "sets": 1, "reps": 9, "note": "Slowly."}]}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    ids = count()
    with Log.open(tmp_path / "diary") as log:
        here = Patella(log=log, library=LIBRARY, now=lambda: NOW, new_id=lambda: f"id {next(ids)}")
        answer_screening(here, CALM)
        yield here


def planned(app: Patella) -> list[str]:
    return [i.exercise for i in answer_today(app).items]


def test_the_later_word_holds_and_taken_back_the_earlier_does(app: Patella) -> None:
    ordinary = planned(app)
    app.write("programme.set", STRETCHES)
    app.write("programme.set", SLIDES, entry_id="second")
    assert planned(app) == ["heel-slide"]
    undo_entry(app, "second", "oops")
    assert planned(app) == ["calf-stretch"]
    app.write("programme.ended", {})
    assert planned(app) == ordinary


def test_a_diary_that_was_brought_in_elsewhere_brings_it_along(app: Patella, tmp_path: Path) -> None:
    app.write("programme.set", SLIDES)
    export_json(app.log, tmp_path / "diary.json", replace=True)
    with Log.open(tmp_path / "other") as log:
        other = Patella(log=log, library=LIBRARY, now=lambda: NOW, new_id=app.new_id)
        merge(log, tmp_path / "diary.json")
        assert answer_today(other).items == answer_today(app).items
        assert [(i.exercise, i.note) for i in answer_today(other).items] == [("heel-slide", "Slowly.")]


# --- what may be set


def test_what_may_be_chosen_says_its_bounds_and_why_it_is_shut_to_this_person(app: Patella) -> None:
    found = {c.exercise: c for c in choices_for(app)}
    assert set(found) == set(LIBRARY.exercises)
    raise_ = found["straight-leg-raise"]
    assert (raise_.sets, raise_.reps, raise_.steps[:2], raise_.days_a_week) == (2, (8, 12), ("no weight", "0.5 kg"), 7)
    assert found["side-plank"].hold_s == (10, 30)
    assert found["squat"].days_a_week == 3
    app.write("pain.noted", {"nprs": 4, "when": "before"})
    assert {c.exercise for c in choices_for(app) if c.shut} >= {"squat", "hop"}


def test_a_programme_is_set_once_told_in_words_and_ended_by_whoever_wants(app: Patella) -> None:
    proposed = {
        "exercises": [
            {"exercise": "straight-leg-raise", "sets": 2, "reps": 9, "step": 1, "most_reps": 12, "most_step": 2},
            {"exercise": "calf-stretch", "sets": 1, "hold_s": 30, "days_a_week": 5},
        ],
        "note": "See you in two weeks.",
    }
    stands = set_programme(app, proposed, by=" Ada Byron ", entry_id="one")
    assert set_programme(app, proposed, by="Ada Byron", entry_id="one") == stands
    assert stands.now is not None
    first = stands.now.exercises[0]
    assert (stands.now.by, first.start.resistance, first.most.resistance) == ("Ada Byron", "0.5 kg", "1 kg")
    assert planned(app) == ["straight-leg-raise", "calf-stretch"]
    ended = end_programme(app, entry_id="end")
    assert end_programme(app, entry_id="end") == ended
    assert ended.now is None
    assert [(w.ended, w.by, w.exercises) for w in ended.words] == [
        (True, None, ()),
        (False, "Ada Byron", ("Straight leg raise", "Calf stretch")),
    ]
    with pytest.raises(AnswerError, match="no programme to end"):
        end_programme(app)


def test_what_is_set_for_later_is_told_and_leaves_today_as_it_is(app: Patella) -> None:
    before = planned(app)
    stands = set_programme(app, {**SLIDES, "since": "2026-05-10"}, by="Ada")
    assert (stands.now, stands.later is not None) == (None, True)
    assert planned(app) == before


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"exercise": "handstand"}, "There is no exercise called handstand."),
        ({"sets": 3}, "Small squat: sets must be 1 to 2, not 3."),
        ({"reps": 7}, "Small squat: reps must be 8 to 12, not 7."),
        ({"reps": 10, "most_reps": 9}, "Small squat: reps at most must be 10 to 12, not 9."),
        ({"step": 1}, "Small squat: there is no resistance to add."),
        ({"days_a_week": 4}, "Small squat: days a week must be 1 to 3, not 4."),
        ({"reps": "many"}, r"exercises\[0\].reps must be a whole number"),
        ({"exercise": "side-plank", "hold_s": 60}, "Side plank: seconds must be 10 to 30, not 60."),
        (
            {"exercise": "straight-leg-raise", "step": 2, "most_step": 1},
            "Straight leg raise: the resistance is no weight",
        ),
    ],
)
def test_what_is_wrong_with_a_proposal_is_one_clear_sentence(
    app: Patella, line: dict[str, object], sentence: str
) -> None:
    with pytest.raises(AnswerError, match=sentence):
        set_programme(app, {"exercises": [{"exercise": "squat", "sets": 2, **line}]}, by="Ada")


@pytest.mark.parametrize(
    ("proposed", "sentence"),
    [
        ({"exercises": []}, "Choose one exercise at least."),
        ({"exercises": SLIDES["exercises"] * 2}, "Heel slide is there twice; once is enough."),  # type: ignore[operator]
        ({**SLIDES, "since": "2026-05-03"}, "A programme begins today or later."),
        ({**SLIDES, "since": "2028-05-03"}, "A programme begins within a year."),
        ({**SLIDES, "until": "2026-05-03"}, "Its last day must not lie ahead of its first."),
        ({**SLIDES, "note": "x" * 2001}, "note must be text of at most 2000 characters"),
    ],
)
def test_what_is_wrong_with_the_whole_is_one_clear_sentence(
    app: Patella, proposed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(AnswerError, match=sentence):
        set_programme(app, proposed, by="Ada")
    with pytest.raises(AnswerError, match="name"):
        set_programme(app, SLIDES, by=" ")
    assert app.entries(kinds=["programme.set"]) == []


def test_what_another_process_has_just_written_of_the_same_is_written_once(app: Patella) -> None:
    word: dict[str, object] = {"by": "Ada Byron", "exercises": []}
    for minute in (0, 1):
        write_once(app, [said_at(minute, word)])
    assert [e.at.minute for e in app.entries(kinds=("programme.set",))] == [0]
    with pytest.raises(OtherContentError):
        write_once(app, [said_at(2, {**word, "note": "More."})])


def said_at(minute: int, body: dict[str, object]) -> Entry:
    at = NOW.replace(minute=minute)
    return Entry(id="one", session_id=None, kind="programme.set", day=at.date(), at=at, body=body)


def test_a_session_that_two_processes_begin_at_once_is_one(app: Patella) -> None:
    other = replace(app, now=lambda: NOW.replace(minute=1))

    def begun_meanwhile() -> DayPlan:
        begin_once(app, "one", lambda: make_plan(app), before=1)
        return make_plan(other)

    again = begin_once(other, "one", begun_meanwhile, before=1).session
    assert again == find_session(app, "one").session
    assert again.begun_at == NOW
