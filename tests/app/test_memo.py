"""What is remembered of a long diary is worth no more than the diary: out of date or garbled, it is worked out anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, event, select, update

from patella.app import patella as rules
from patella.app.demo import DAYS, fill
from patella.app.diary.days import diary_days, diary_text
from patella.app.diary.timeline import timeline_between
from patella.app.diary.warm import warm_up
from patella.app.history import summing
from patella.app.history.amend import change_entry
from patella.app.history.events import sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.history.summing import course_memo
from patella.app.patella import Patella
from patella.app.today.today import answer_today
from patella.care.course import Course, follow
from patella.care.entries.field import plain
from patella.care.entries.kinds import Kind
from patella.care.exercise import Exercise
from patella.care.person import Person
from patella.care.record import SessionDone
from patella.files.library import own_library
from patella.store import tables
from patella.store.entry import Entry
from patella.store.log import Log
from patella.store.private import DIARY
from patella.store.remembered import Remembered
from patella.store.sqlite_file import SqliteFile

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A diary of twelve weeks, with all that is remembered of it."""
    folder = tmp_path_factory.mktemp("filled") / "diary"
    with Log.open(folder) as log:
        app = a_patella(log)
        fill(app)
        ask_everything(app)
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy to meddle with."""
    copy = tmp_path / "diary"
    shutil.copytree(filled, copy)
    return copy


@pytest.fixture
def app(folder: Path) -> Iterator[Patella]:
    with Log.open(folder) as log:
        yield a_patella(log)


def a_patella(log: Log) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def ask_everything(app: Patella) -> list[object]:
    first = app.log.entries()[0].day
    return [answer_today(app), diary_days(app, first, app.today), timeline_between(app, first, app.today)]


def course_of(app: Patella) -> Course:
    return history_on(app, app.today, person_of(app)).course


def garble(folder: Path, body: str) -> int:
    """Write something over all that is remembered; gives how much that was."""
    engine = create_engine(f"sqlite:///{folder / DIARY}")
    with engine.begin() as connection:
        for table in (tables.memo, tables.span):
            connection.execute(update(table).values(body=body))
        count = sum(len(connection.execute(select(t.c.name)).all()) for t in (tables.memo, tables.span))
    engine.dispose()
    return count


@pytest.mark.parametrize("body", ["", "{", '{"before": "2026-11-09", "course": {}}', "00000000 {}", "\x00"])
def test_what_is_remembered_and_cannot_be_read_is_worked_out_anew(folder: Path, body: str) -> None:
    with Log.open(folder) as log:
        right = ask_everything(a_patella(log))
    assert garble(folder, body) > 5
    with Log.open(folder) as log:
        assert ask_everything(a_patella(log)) == right
        assert ask_everything(a_patella(log)) == right  # and remembered anew


@pytest.mark.parametrize(
    "body",
    [None, [], "sum", {}, {"before": "soon", "course": {}}, {"before": "2026-11-09", "course": {"sore": 1}}],
)
def test_a_sum_of_another_shape_is_worked_out_anew(app: Patella, body: object) -> None:
    right = course_of(app)
    assert right.progress
    name = course_memo(app, person_of(app))
    known = app.log.remembered.memo(name, no_later_than=app.today)
    assert known is not None
    app.log.remembered.keep(name, known[0], body)
    assert course_of(app) == right
    assert app.log.remembered.memo(name, no_later_than=app.today) == known


def test_what_was_worked_out_by_older_rules_goes_once_all_is_worked_out_anew(app: Patella) -> None:
    right = course_of(app)
    name = course_memo(app, person_of(app))
    older = name.replace(app.rules, "older rules")
    app.log.remembered.keep(older, app.today, {})
    app.log.remembered.keep(f"{older} from 2026-01-05", app.today, {}, since=app.today - timedelta(days=28))
    for _ in warm_up(app):
        pass
    assert app.log.remembered.memo(older, no_later_than=app.today) is None
    assert app.log.remembered.spans(older) == {}
    assert app.log.remembered.memo(name, no_later_than=app.today) is not None
    assert app.log.remembered.spans(name)
    assert course_of(app) == right


def test_what_is_corrected_while_it_is_summed_up_leaves_no_wrong_sum_behind(
    app: Patella, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = course_memo(app, person_of(app))
    done = next(e for e in app.log.entries(kinds=(Kind.SET_DONE,)))
    spans = Remembered.spans

    def read_and_corrected(remembered: Remembered, begin: str) -> dict[str, object]:
        found = spans(remembered, begin)
        app.write(Kind.ENTRY_UNDONE, {"of": done.id}, session_id=done.session_id, day=done.day)
        return found

    course_of(app)
    known = app.log.remembered.memo(name, no_later_than=app.today)
    assert known is not None
    app.write(Kind.ENTRY_CHANGED, {"of": done.id, "body": {"reps": 1}}, session_id=done.session_id, day=done.day)
    monkeypatch.setattr(Remembered, "spans", read_and_corrected)
    course_of(app)
    left = app.log.remembered.memo(name, no_later_than=app.today)
    assert left is None or left[0] < known[0]


def wrong_sum(app: Patella) -> None:
    """A sum by which nothing was ever done, remembered as if by the rules of today."""
    name = course_memo(app, person_of(app))
    known = app.log.remembered.memo(name, no_later_than=app.today)
    assert known is not None
    app.log.remembered.keep(name, known[0], {"before": known[1]["before"], "course": plain(Course())})  # type: ignore[index]
    assert course_of(app) == Course()


def test_a_sum_by_another_library_is_not_asked(app: Patella) -> None:
    right = course_of(app)
    wrong_sum(app)
    other = replace(app, library=replace(app.library, digest="another"))
    assert course_of(other) == right


def test_a_sum_by_other_rules_is_not_asked(app: Patella, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, was = course_of(app), app.rules
    wrong_sum(app)
    (tmp_path / "pain.py").write_text("GREEN_MAX = 3", encoding="utf-8")
    monkeypatch.setattr(rules, "RULES", (*rules.RULES, tmp_path))
    rules.own_rules.cache_clear()
    try:
        assert app.rules != was
        assert course_of(app) == right
    finally:
        monkeypatch.undo()
        rules.own_rules.cache_clear()
    assert app.rules == was


def test_the_library_is_told_from_another_by_its_content() -> None:
    assert len(own_library().digest) == 16


def test_a_correction_of_an_old_day_costs_the_weeks_around_it_and_gives_what_a_fold_of_everything_gives(
    app: Patella, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve_weeks = app.log.entries()
    app.log.refill([_earlier(e, n) for n in range(5, -1, -1) for e in twelve_weeks], replace=True)
    ask_everything(app)
    folded = count_folded(monkeypatch)
    for months, nprs in ((13, 7), (5, 0)):
        old = app.log.entries(kinds=("pain.noted",), loose=True, since=app.today - timedelta(days=30 * months))[0]
        folded.clear()
        change_entry(app, old.id, str(uuid4()), {"nprs": nprs})
        after = ask_everything(app)
        assert 0 < len(folded) < len(sessions_between(app, None, None)) / 2
        assert after[1:] == [diary_days(fresh(app), *span(app)), timeline_between(fresh(app), *span(app))]
        course, everything = course_of(app), course_of(fresh(app))
        assert course == everything


def test_a_morning_that_is_corrected_has_no_session_read_again_but_those_around_its_day(
    app: Patella, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_everything(app)
    old = app.log.entries(kinds=("pain.noted",), loose=True)[0]
    read: list[tuple[date | None, date | None]] = []
    entries = Log.entries

    def asked(log: Log, **which: Any) -> list[Entry]:  # noqa: ANN401 - passed on as it is
        if which.get("kinds") is None and which.get("session_id") is None:
            read.append((which.get("since"), which.get("before")))
        return entries(log, **which)

    change_entry(app, old.id, str(uuid4()), {"nprs": 9})
    monkeypatch.setattr(Log, "entries", asked)
    after = ask_everything(app)
    months_back = [r for r in read if r[1] is not None and r[1] < app.today - timedelta(days=35)]
    assert months_back
    assert all(since is not None and since <= old.day < before for since, before in months_back if before)
    monkeypatch.undo()
    assert after[1:] == [diary_days(fresh(app), *span(app)), timeline_between(fresh(app), *span(app))]
    assert course_of(app) == course_of(fresh(app))


def count_folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sessions that are folded from now on."""
    folded: list[str] = []

    def followed(
        course: Course,
        sessions: Sequence[SessionDone],
        exercises: Mapping[str, Exercise],
        *,
        person: Person,
        mornings: Mapping[date, int],
    ) -> Course:
        folded.extend(s.id for s in sessions)
        return follow(course, sessions, exercises, person=person, mornings=mornings)

    monkeypatch.setattr(summing, "follow", followed)
    return folded


def fresh(app: Patella) -> Patella:
    """The same diary by a library of another name: nothing that is remembered holds for it."""
    return replace(app, library=replace(app.library, digest=str(uuid4())))


def span(app: Patella) -> tuple[date, date]:
    return app.log.entries()[0].day, app.today


def _earlier(entry: Entry, rounds: int) -> Entry:
    back, mark = timedelta(days=DAYS * rounds), f" {rounds}" if rounds else ""
    session = entry.session_id and entry.session_id + mark
    return replace(entry, id=entry.id + mark, session_id=session, day=entry.day - back, at=entry.at - back)


def test_a_stretch_of_another_shape_is_worked_out_anew(app: Patella) -> None:
    right = course_of(app)
    name = course_memo(app, person_of(app))
    spans = app.log.remembered.spans(f"{name} from ")
    assert len(spans) > 1
    for known, value in spans.items():
        assert isinstance(value, dict)
        app.log.remembered.keep(known, app.today, value | {"stands": {"sore": 1}}, since=app.today - timedelta(days=1))
    app.log.append([_noted(app)])  # the sum of all goes, and only the stretches are left
    assert course_of(app) == right


def _noted(app: Patella) -> Entry:
    """A word about the day ahead of the diary: it changes nothing but what is remembered of all days."""
    first = app.log.entries()[0]
    return replace(first, id=str(uuid4()), day=first.day - timedelta(days=1), kind="lesson.read", body={"lesson": "x"})


def test_of_the_months_before_a_diary_begins_nothing_is_asked(tmp_path: Path) -> None:
    with Log.open(tmp_path / "diary") as log:
        app = a_patella(log)
        year = app.today - timedelta(days=366), app.today + timedelta(days=1)
        said: list[str] = []
        assert isinstance(log.database, SqliteFile)
        event.listen(log.database.engine, "before_cursor_execute", lambda *told: said.append(str(told[2])))
        assert diary_text(app, *year) == "[]"
        of_nothing = len([s for s in said if s.startswith("SELECT")])
        app.write(Kind.PAIN_NOTED, {"nprs": 2, "when": "morning"})
        said.clear()
        days = diary_days(app, app.today.replace(day=1), year[1])
        of_a_month = len(said)
        said.clear()
        assert diary_days(app, *year) == days
        assert [d["day"] for d in days] == [app.today.isoformat()]
        assert of_nothing < len(said) <= of_a_month
