"""What goes out for other programmes: a session as FIT, runs as TCX. Read back here with our own readers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calm import calm_answers
from files.recordings import START
from patella.app.history.events import session_of
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions
from patella.app.plan.plan import make_plan
from patella.app.running.runs import LoggedRun
from patella.app.session.training import begin, log_set, note
from patella.care.entries.kinds import Kind
from patella.care.pain import When
from patella.files.library import own_library
from patella.files.recording import read_recording
from patella.paper.fit_file import checksum
from patella.paper.runs_tcx import runs_tcx
from patella.paper.session_fit import write_session
from patella.store.log import Log

BLANK = LoggedRun(
    id="a", day=START.date(), start=START, sport="running", distance_m=5000.0, moving_s=1800.0, elapsed_s=None,
    cadence_spm=None, ascent_m=None, name=None, shoe=None, surface=None, source="fit",
)  # fmt: skip


def run(**said: object) -> LoggedRun:
    return LoggedRun(**{**{k: getattr(BLANK, k) for k in BLANK.__dataclass_fields__}, **said})


def test_runs_are_read_back_as_far_as_long_and_when_they_were() -> None:
    text, count = runs_tcx([run(), run(start=START + timedelta(days=1), distance_m=8000.4, name="A & B <x>\0")])
    read = read_recording(text.encode())

    assert count == 2
    assert [(a.start, a.sport, a.distance_m, a.moving_s) for a in read] == [
        (START, "running", 5000.0, 1800.0),
        (START + timedelta(days=1), "running", 8000.4, 1800.0),
    ]
    assert "A &amp; B &lt;x&gt; <" in text


def test_a_run_without_a_distance_or_a_time_is_left_out_and_two_of_a_day_without_hours_stay_two() -> None:
    text, count = runs_tcx([run(distance_m=None), run(moving_s=None), run(start=None), run(start=None)])
    first, second = read_recording(text.encode())

    assert count == 2
    assert first.start.astimezone().date() == START.date()
    assert second.start - first.start == timedelta(minutes=30)


@given(name=st.text(max_size=60), metres=st.floats(1, 200_000), seconds=st.floats(60, 80_000))
def test_whatever_a_run_is_called_the_file_stays_one_that_can_be_read(name: str, metres: float, seconds: float) -> None:
    seconds = max(seconds, metres / 10)
    (read,) = read_recording(runs_tcx([run(name=name, distance_m=metres, moving_s=seconds)])[0].encode())

    assert read.distance_m == pytest.approx(metres, abs=0.06)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    now = [datetime(2026, 5, 10, 9, 30, tzinfo=UTC)]

    def tick() -> datetime:
        now[0] += timedelta(seconds=30)
        return now[0]

    with Log.open(tmp_path / "diary") as log:
        app = Patella(log=log, library=own_library(), now=tick, new_id=lambda: str(uuid4()))
        answer_screening(app, calm_answers(list_questions(app)))
        yield app


def with_sets(app: Patella, *done: dict[str, object]) -> str:
    session = begin(app, make_plan(app), before=1)
    for one in done:
        session = log_set(app, session, 0, session.tasks[0].sides[0], one)
    return session.id


def messages(content: bytes) -> list[tuple[int, dict[int, bytes]]]:
    """The messages of a file in which each says by itself how it is laid out."""
    found, at = [], content[0]
    while at < len(content) - 2:
        number, count = struct.unpack_from("<HB", content, at + 3)
        layout = [content[at + 6 + 3 * n : at + 9 + 3 * n] for n in range(count)]
        at += 6 + 3 * count + 1
        values = {}
        for field, size, _ in layout:
            values[field] = content[at : at + size]
            at += size
        found.append((number, values))
    return found


def test_a_session_is_strength_training_that_began_and_lasted_as_it_did(app: Patella) -> None:
    session = session_of(app, with_sets(app, {"reps": 8}, {"reps": 9}))
    assert session is not None
    lasted_s = (session.last_at - session.begun_at).total_seconds()
    for _ in range(120):  # an hour
        app.now()
    note(app, session, Kind.PAIN_NOTED, {"when": When.AFTER, "nprs": 1})
    content = write_session(app, None)[1]
    (read,) = read_recording(content)

    assert checksum(content) == 0
    assert (read.sport, read.start) == ("training", session.begun_at.replace(microsecond=0))
    assert read.moving_s == lasted_s


def test_each_set_says_its_exercise_its_repetitions_and_the_seconds_that_were_held(app: Patella) -> None:
    with_sets(app, {"reps": 8}, {"holds": 3, "hold_s": 10.0})
    session, content = write_session(app, None)
    said = messages(content)
    sets = [v for number, v in said if number == 225]
    (title,) = [v for number, v in said if number == 264]

    assert [struct.unpack("<H", s[3])[0] for s in sets] == [8, 3]
    assert [struct.unpack("<I", s[0])[0] for s in sets] == [0xFFFFFFFF, 30_000]
    assert title[2].rstrip(b"\0").decode() == app.library.exercises[session.sets[0].exercise_id].name
    assert sets[0][8] == title[1]


def test_a_session_without_a_set_is_no_training(app: Patella) -> None:
    with_sets(app)
    for wanted in (None, "nobody's"):
        with pytest.raises(TrainingError, match="session with a set in it"):
            write_session(app, wanted)
