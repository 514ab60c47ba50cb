"""A film in the diary: its sets are a session like every other, once, on the day that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from motion.rehearsal import Scene
from patella.app.diary.days import diary_days
from patella.app.film.keeping import FilmedSets, KeptAlreadyError, find_kept, keep_film, sets_to_keep
from patella.app.history.amend import undo_entry
from patella.app.history.events import sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.history.refused import OtherContentError, TrainingError
from patella.app.patella import Patella
from patella.app.session.training import note, note_loose_pain, note_pain
from patella.app.today.due import find_due
from patella.care.course import follow
from patella.care.entries.kinds import Kind
from patella.care.exercise import Exercise
from patella.care.pain import Colour, When
from patella.care.prescription import start_of
from patella.care.progression import Progress, Verdict
from patella.care.session import Session
from patella.files.film_mark import END_BYTES, film_mark
from patella.files.library import own_library
from patella.motion.analysis import Analysis
from patella.motion.coach import analyse
from patella.motion.performance import Fault
from patella.motion.pose import Side
from patella.store.export import export_json, restore
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)
SQUAT, EXTENSION = (own_library().exercises[e] for e in ("squat", "terminal-knee-extension"))
MARK = "ab" * 32


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def film_of(exercise: Exercise, reps: int = 3, *faults: Fault) -> Analysis:
    scene = Scene(exercise=exercise.id, reps=reps, faults=faults)
    return analyse(scene.spec, scene.film(), None)


SQUATS, EXTENSIONS = film_of(SQUAT), film_of(EXTENSION)


def squats(day: date = DAY, mark: str = MARK) -> FilmedSets:
    return FilmedSets(mark=mark, exercise=SQUAT, day=day, sets=sets_to_keep(SQUAT, SQUATS))


def keep(app: Patella, film: FilmedSets) -> Session:
    return keep_film(app, str(uuid4()), film).session


def standing_of(app: Patella, exercise: str) -> Progress:
    person = person_of(app)
    history = history_on(app, app.today, person)
    exercises = app.library.exercises
    course = follow(history.course, history.sessions, exercises, person=person, mornings=history.mornings)
    return course.progress[exercise]


def test_a_films_sets_are_a_finished_session_on_the_day_of_the_film(app: Patella) -> None:
    kept = keep(app, squats())
    assert (kept.day, kept.scope, kept.finished) == (DAY, "film", True)
    [done] = kept.sets
    assert (done.exercise_id, done.done.side, done.done.reps, done.done.load_kg) == ("squat", "both", 3, None)
    [entry] = app.log.entries(session_id=kept.id, kinds=(Kind.SET_DONE,))
    assert entry.body["counted_by"] == "camera"
    camera = entry.body["camera"]
    assert [set(r) for r in camera["reps"]] == [{"range_deg", "up_s", "down_s", "faults"}] * 3  # type: ignore[index]
    assert entry.body["form_ok"] == camera["form"] == 1  # type: ignore[index]


def test_it_stands_in_the_diary_like_every_session(app: Patella) -> None:
    kept = keep(app, squats())
    [day] = diary_days(app, DAY, DAY + timedelta(days=1))
    session = day["sessions"][0]
    assert (session["id"], session["scope"]) == (kept.id, "film")
    assert [s["reps"] for s in session["items"][0]["sets"]] == [3]


def test_answers_that_are_missing_never_count_as_good_ones(app: Patella) -> None:
    for mark in ("a", "b", "c", "d"):
        keep(app, replace(squats(mark=mark), sets=[*squats().sets] * 2))
    standing = standing_of(app, "squat")
    assert standing.verdict is Verdict.REPEAT_UNANSWERED
    assert standing.next == start_of(SQUAT)
    [day] = diary_days(app, DAY, DAY + timedelta(days=1))
    assert day["colour"] is None


def test_a_film_alone_makes_no_dose_harder_whatever_is_answered(app: Patella) -> None:
    """Nobody is asked of the pain before it, so it is never known to have settled."""
    long = film_of(SQUAT, 12)
    for n in range(6):
        day = DAY - timedelta(days=2 * n)
        sets = sets_to_keep(SQUAT, long) * SQUAT.dose.sets
        kept = keep(app, FilmedSets(mark=f"{n}", exercise=SQUAT, day=day, sets=sets))
        note_pain(app, kept, 0, 0)
        note(app, kept, Kind.PAIN_NOTED, {"when": When.AFTER.value, "nprs": 0})
    assert standing_of(app, "squat").next == start_of(SQUAT)


def test_red_pain_in_a_film_makes_the_next_dose_easier_as_in_any_session(app: Patella) -> None:
    kept = keep(app, squats())
    after, advice = note_pain(app, kept, 0, 7)
    assert advice.colour is Colour.RED
    assert after.stopped == {0}
    assert standing_of(app, "squat").verdict in (Verdict.LOWER_RED, Verdict.SWAP)


def test_the_same_film_is_kept_once(app: Patella) -> None:
    kept = keep(app, squats())
    with pytest.raises(KeptAlreadyError, match="in the diary already, on Friday 20 November 2026"):
        keep(app, squats(day=DAY - timedelta(days=3)))
    assert [s.id for s in sessions_between(app, None, None)] == [kept.id]
    assert find_kept(app, MARK, "squat") is not None
    assert find_kept(app, MARK, "split-squat") is None
    assert find_kept(app, "cd" * 32, "squat") is None


def test_saying_the_same_again_keeps_it_once(app: Patella) -> None:
    name = str(uuid4())
    assert keep_film(app, name, squats()) == keep_film(app, name, squats())


def test_a_film_that_was_taken_out_can_be_kept_again(app: Patella) -> None:
    kept = keep(app, squats())
    begun = app.log.entries(session_id=kept.id, kinds=(Kind.SESSION_BEGUN,))[0]
    undo_entry(app, begun.id, str(uuid4()))
    assert sessions_between(app, None, None) == []
    assert keep(app, squats()).id != kept.id
    with pytest.raises(OtherContentError):
        keep_film(app, kept.id, squats(mark="ef" * 32))


def test_a_film_of_nothing_is_not_kept(app: Patella) -> None:
    with pytest.raises(TrainingError, match="nothing to keep"):
        keep(app, replace(squats(), sets=[]))
    assert app.log.entries() == []


def test_a_film_of_a_day_to_come_is_not_kept(app: Patella) -> None:
    assert keep(app, squats(day=NOW.date())).day == NOW.date()
    with pytest.raises(TrainingError, match="still to come"):
        keep(app, squats(day=NOW.date() + timedelta(days=1), mark="later"))


def test_of_one_leg_it_must_be_known_which(app: Patella) -> None:
    either = replace(EXTENSIONS, reps=tuple(replace(r, side="both") for r in EXTENSIONS.reps))
    film = FilmedSets(mark=MARK, exercise=EXTENSION, day=DAY, sets=sets_to_keep(EXTENSION, either))
    with pytest.raises(TrainingError, match="which leg"):
        keep(app, film)
    said = replace(film, sets=sets_to_keep(EXTENSION, either, Side.LEFT.value))
    assert [s.done.side for s in keep(app, said).sets] == ["left"]


def test_a_side_is_never_given_to_an_exercise_of_both_legs() -> None:
    assert [s.side for s in sets_to_keep(SQUAT, SQUATS, "left")] == ["both"]


def test_what_the_camera_saw_of_the_form_is_kept_with_its_faults() -> None:
    leaning = film_of(EXTENSION, 2, Fault.TRUNK_LEAN)
    [one] = sets_to_keep(EXTENSION, leaning)
    assert [r.faults for r in one.camera.reps] == [("trunk_lean",), ()]
    assert one.camera.form == 0.5


def test_holds_are_kept_with_the_seconds_of_each(app: Patella) -> None:
    stretch = own_library().exercises["calf-stretch"]
    held = film_of(stretch, 2)
    assert len(held.holds) == 2
    film = FilmedSets(mark=MARK, exercise=stretch, day=DAY, sets=sets_to_keep(stretch, held, "right"))
    logged = [s.done for s in keep(app, film).sets]
    assert sum(s.holds or 0 for s in logged) == 2
    assert min(s.hold_s or 0 for s in logged) == pytest.approx(min(h.seconds for h in held.holds), abs=0.1)
    assert all(s.reps is None for s in logged)


def test_it_is_held_against_the_dose_of_its_day(app: Patella) -> None:
    asked = keep(app, squats()).tasks[0].asked
    assert asked == start_of(SQUAT)
    known = standing_of(app, "squat").next
    assert keep(app, squats(day=NOW.date(), mark="next")).tasks[0].asked == known


def test_a_film_does_not_ask_for_its_hour_after_nor_take_the_answer_of_another_session(app: Patella) -> None:
    """Nobody knows when in its day it was made."""
    keep(app, squats(day=NOW.date()))
    later = replace(app, now=lambda: NOW + timedelta(hours=1))
    assert find_due(later).after is None
    assert note_loose_pain(later, 3, When.AFTER) is None


def test_a_film_is_in_an_export_and_comes_back(app: Patella, tmp_path: Path) -> None:
    kept = keep(app, squats())
    file = tmp_path / "diary.json"
    export_json(app.log, file)
    with Log.open(tmp_path / "other") as log:
        restore(log, file)
        again = replace(app, log=log)
        assert find_kept(again, MARK, "squat") == kept


def test_a_mark_tells_films_apart_and_knows_one_again_under_another_name(tmp_path: Path) -> None:
    content = bytes(range(256)) * (3 * END_BYTES // 256)
    first, same, other, longer = (tmp_path / name for name in "abcd")
    first.write_bytes(content)
    same.write_bytes(content)
    other.write_bytes(content[:-1] + b"x")
    longer.write_bytes(content + b"x")
    marks = [film_mark(p) for p in (first, same, other, longer)]
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3
    assert all(len(m) == 64 for m in marks)
