from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.demo import DAYS, fill
from patella.app.diary.days import diary_days
from patella.app.patella import Patella
from patella.app.report.insight import insight_today
from patella.app.today.today import answer_today
from patella.files.library import own_library
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Patella]:
    with Log.open(tmp_path_factory.mktemp("demo")) as log:
        app = a_patella(log)
        fill(app)
        yield app


def a_patella(log: Log, now: datetime = NOW) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: now, new_id=lambda: str(uuid4()))


def test_it_lasts_twelve_weeks_and_ends_yesterday(demo: Patella) -> None:
    days = [e.day for e in demo.log.entries()]
    assert min(days) == NOW.date() - timedelta(days=DAYS)
    assert max(days) == NOW.date() - timedelta(days=1)
    assert all(e.at < NOW for e in demo.log.entries())


def test_it_has_good_days_sore_days_one_red_one_and_days_off(demo: Patella) -> None:
    days = diary_days(demo, NOW.date() - timedelta(days=DAYS), NOW.date())
    colours = [d["colour"] for d in days]
    assert colours.count("green") > 30
    assert 5 < colours.count("amber") < 30
    assert colours.count("red") == 1
    assert len(days) < DAYS


def test_the_dose_has_grown_and_something_heavier_has_opened(demo: Patella) -> None:
    tasks = [e.body for e in demo.log.entries(kinds=["set.done"])]
    knee = [t for t in tasks if t["exercise"] == "terminal-knee-extension"]
    assert knee[0]["band"] == "light band"
    assert max(int(str(t["reps"])) for t in knee) > int(str(knee[0]["reps"]))
    assert {"squat", "kettlebell-knee-extension"} <= {t["exercise"] for t in tasks}


def test_what_is_true_of_this_knee_is_found(demo: Patella) -> None:
    assert [f.factor for f in insight_today(demo).findings] == ["sitting"]


def test_today_is_open_and_waits(demo: Patella) -> None:
    today = answer_today(demo)
    assert today.clearance == "ok"
    assert today.items
    assert not today.frozen


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2028, 2, 29)])
def test_it_is_the_same_for_the_same_day_and_fits_any_day(tmp_path: Path, day: date) -> None:
    now = datetime.combine(day, NOW.timetz())
    made = []
    for number in range(2):
        with Log.open(tmp_path / str(number)) as log:
            fill(a_patella(log, now))
            made.append(log.entries())
            assert answer_today(a_patella(log, now)).items
    assert made[0] == made[1]
