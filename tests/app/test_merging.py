"""One person, a phone and a laptop: each diary is brought in on the other, and both say the same of today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.app.history.amend import change_entry, undo_entry
from patella.app.history.events import mornings_between, sessions_between
from patella.app.history.reading import person_of
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, change_profile, confirm_assessed, note_symptom
from patella.app.plan.plan import clearance_now, make_plan
from patella.app.running.runs import add_run, runs_between, sports_between
from patella.app.running.sports import change_sport
from patella.app.session.training import begin, note_loose_pain
from patella.care.clearance import Standing
from patella.care.entries.kinds import Kind
from patella.care.pain import When
from patella.care.screening import AnswerError
from patella.files.library import own_library
from patella.store.export import export_json
from patella.store.log import Log
from patella.store.merging import merge

MORNING = datetime(2026, 5, 4, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIBRARY = own_library()
CALM = {q.id: [] if q.many else "adult" for q in LIBRARY.questionnaire.questions if not q.when}


@dataclass
class Devices:
    """Two that were one diary until this morning; the clock of the phone is `apart` from that of the laptop."""

    laptop: Patella
    phone: Patella
    folder: Path

    def merge(self) -> None:
        """Each is saved, and brought in on the other."""
        for name, one in (("laptop", self.laptop), ("phone", self.phone)):
            export_json(one.log, self.folder / name, replace=True)
        merge(self.laptop.log, self.folder / "phone")
        merge(self.phone.log, self.folder / "laptop")

    def exports(self) -> tuple[bytes, bytes]:
        export_json(self.laptop.log, self.folder / "laptop", replace=True)
        export_json(self.phone.log, self.folder / "phone", replace=True)
        return (self.folder / "laptop").read_bytes(), (self.folder / "phone").read_bytes()


def at(app: Patella, moment: datetime) -> Patella:
    return replace(app, now=lambda: moment)


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Devices]:
    with ExitStack() as stack:
        yield devices_in(tmp_path, stack)


def devices_in(folder: Path, stack: ExitStack) -> Devices:
    laptop, phone = (
        Patella(
            log=stack.enter_context(Log.open(folder / f"{name}.diary")),
            library=LIBRARY,
            now=lambda: MORNING,
            new_id=map(f"{name} {{}}".format, count()).__next__,
        )
        for name in ("laptop", "phone")
    )
    found = Devices(laptop, phone, folder)
    answer_screening(found.laptop, CALM)
    found.merge()
    return found


APART = [timedelta(days=-400), -3 * HOUR, timedelta(0), 3 * HOUR]


@pytest.mark.parametrize("apart", APART)
def test_a_warning_sign_noted_on_either_holds_on_both_until_it_was_seen(devices: Devices, apart: timedelta) -> None:
    phone, laptop = at(devices.phone, MORNING + HOUR + apart), at(devices.laptop, MORNING + 2 * HOUR)
    note_symptom(phone, "locking")
    answer_screening(laptop, CALM)  # nobody there knew
    devices.merge()
    later = MORNING + 5 * HOUR
    assert {clearance_now(at(d, later)).standing for d in (laptop, phone)} == {Standing.SAME_DAY}
    assert confirm_assessed(at(laptop, later)).standing is Standing.OK
    devices.merge()
    assert clearance_now(at(phone, later)).standing is Standing.OK


@pytest.mark.parametrize("apart", APART)
def test_a_yes_on_one_is_none_for_what_was_noted_on_the_other(devices: Devices, apart: timedelta) -> None:
    note_symptom(devices.laptop, "giving_way")
    devices.merge()
    confirm_assessed(at(devices.laptop, MORNING + 2 * HOUR))
    note_symptom(at(devices.phone, MORNING + HOUR + apart), "locking")
    devices.merge()
    for device in (devices.laptop, devices.phone):
        found = clearance_now(at(device, MORNING + 5 * HOUR))
        assert (found.standing, [f.choice.id for f in found.pending]) == (Standing.SAME_DAY, ["locking"])


said_apart = st.lists(
    st.tuples(
        st.sampled_from(["laptop", "phone"]),
        st.sampled_from(["locking", "giving_way", "swelling", "calm", "soon", "yes", "merge"]),
        st.integers(1, 120),
    ),
    max_size=7,
)


@settings(max_examples=25)
@given(said=said_apart, apart=st.sampled_from(APART))
def test_whatever_is_said_on_both_no_sign_that_was_open_on_one_and_unknown_to_the_other_is_gone(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, int]], apart: timedelta
) -> None:
    with ExitStack() as stack:
        devices = devices_in(tmp_path_factory.mktemp("devices"), stack)
        fresh: dict[str, set[str]] = {"laptop": set(), "phone": set()}
        moment = MORNING
        for device, what, minutes in said:
            moment += timedelta(minutes=minutes)
            app = at(getattr(devices, device), moment + (apart if device == "phone" else timedelta(0)))
            if what == "merge":
                devices.merge()
                fresh = {"laptop": set(), "phone": set()}
            elif what == "yes":
                with suppress(AnswerError):  # nothing is open, or it was named on a day that is still to come here
                    confirm_assessed(app)
                    fresh[device].clear()
            elif what in ("calm", "soon"):
                answer_screening(app, CALM | ({"soon": ["giving_way"]} if what == "soon" else {}))
            else:
                note_symptom(app, what)
                found = LIBRARY.questionnaire.symptom(what)
                if found is not None and found[1].outcome.pauses:
                    fresh[device].add(what)
        devices.merge()
        end = moment + 500 * 24 * HOUR
        assert devices.exports()[0] == devices.exports()[1]
        for one in (devices.laptop, devices.phone):
            pending = {f.choice.id for f in clearance_now(at(one, end)).pending}
            assert fresh["laptop"] | fresh["phone"] <= pending


def test_sessions_begun_on_both_stay_two(devices: Devices) -> None:
    for hours, device in enumerate((devices.laptop, devices.phone)):
        app = at(device, MORNING + hours * HOUR)
        begin(app, make_plan(app), before=1)
    devices.merge()
    assert [len(sessions_between(d, None, None)) for d in (devices.laptop, devices.phone)] == [2, 2]


def test_the_latest_word_on_a_setting_and_on_a_morning_holds_on_both(devices: Devices) -> None:
    change_profile(at(devices.phone, MORNING + 2 * HOUR), {"cautious": True, "one_leg": True})
    change_profile(at(devices.laptop, MORNING + HOUR), {"cautious": False, "full_arc": True})
    note_loose_pain(at(devices.laptop, MORNING + 2 * HOUR), 5, When.MORNING)
    note_loose_pain(at(devices.phone, MORNING + HOUR), 2, When.MORNING)
    devices.merge()
    for device in (devices.laptop, devices.phone):
        person = person_of(device)
        assert (person.cautious, person.one_leg, person.full_arc) == (True, True, True)
        assert mornings_between(device, None, None) == {MORNING.date(): 5}


def imported(app: Patella, entry_id: str, source: str, metres: float, seconds: int = 0) -> str:
    start = MORNING - 2 * HOUR + timedelta(seconds=seconds)
    body = {"sport": "running", "source": source, "start": start.isoformat(), "distance_m": metres, "original": source}
    return app.write(Kind.RUN_ADDED, body, entry_id=entry_id).id


def metres(app: Patella) -> list[float | None]:
    return [r.distance_m for r in runs_between(app, None, None)]


def test_the_same_run_imported_on_both_is_one_run(devices: Devices) -> None:
    imported(devices.laptop, "from fit", "fit", 8000.0)
    imported(at(devices.phone, MORNING + HOUR), "from gpx", "gpx", 8050.0, seconds=40)
    imported(at(devices.phone, MORNING + HOUR), "another", "gpx", 3000.0, seconds=7200)
    devices.merge()
    assert metres(devices.laptop) == metres(devices.phone) == [8000.0, 3000.0]


def test_what_is_corrected_or_taken_back_of_a_run_imported_on_both_is_so_on_both(devices: Devices) -> None:
    imported(devices.laptop, "from fit", "fit", 8000.0)
    late = at(devices.phone, MORNING + HOUR)
    imported(late, "from gpx", "gpx", 8050.0)
    change_entry(late, "from gpx", "corrected", {"distance_m": 7000.0})
    devices.merge()
    assert metres(devices.laptop) == metres(devices.phone) == [7000.0]
    undo_entry(at(devices.phone, MORNING + 2 * HOUR), "from gpx", "taken back")
    devices.merge()
    assert metres(devices.laptop) == metres(devices.phone) == []


def test_a_run_that_was_typed_on_the_phone_and_imported_later_on_the_laptop_is_one(devices: Devices) -> None:
    add_run(devices.phone, {"distance_m": 8000.0})
    imported(at(devices.laptop, MORNING + HOUR), "from fit", "fit", 8100.0)
    add_run(at(devices.laptop, MORNING + 2 * HOUR), {"distance_m": 8000.0})  # somebody ran twice, and says so
    devices.merge()
    assert metres(devices.laptop) == metres(devices.phone) == [8000.0, 8000.0]


def test_an_activity_that_both_said_the_sport_of_is_one_and_the_latest_word_holds(devices: Devices) -> None:
    body = {"source": "fit", "start": MORNING.isoformat(), "distance_m": 5000.0, "original": "file", "said": "jog"}
    devices.laptop.write(Kind.SPORT_ADDED, {**body, "sport": "unknown"}, entry_id="unknown")
    devices.merge()
    change_sport(at(devices.laptop, MORNING + HOUR), "unknown", "running")
    change_sport(at(devices.phone, MORNING + 2 * HOUR), "unknown", "hiking")
    devices.merge()
    for device in (devices.laptop, devices.phone):
        assert [r.sport for r in sports_between(device, None, None)] == ["hiking"]
        assert metres(device) == []
    change_sport(at(devices.phone, MORNING + 3 * HOUR), sports_between(devices.phone, None, None)[0].id, "running")
    devices.merge()
    assert metres(devices.laptop) == metres(devices.phone) == [5000.0]
