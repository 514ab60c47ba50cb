"""The report: what it says, on paper and in files, from a log on disk."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from calm import calm_answers
from patella.app.demo import fill
from patella.app.diary.timeline import timeline_between
from patella.app.history.events import events_of
from patella.app.history.refused import TrainingError
from patella.app.knee.scores import note_score
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions, note_symptom
from patella.app.person.settings import change_settings
from patella.app.report.practice import adherence, practice, share_done
from patella.app.report.report import MOST_WEEKS, report_on
from patella.app.running.runs import add_run
from patella.app.session.intake import sessions_taken
from patella.app.session.training import note_loose_pain
from patella.care.entries.kinds import Kind
from patella.care.outcomes import ScoreId
from patella.care.pain import When
from patella.care.prescription import Prescription
from patella.care.record import ItemDone, SetDone
from patella.care.session import fold
from patella.files.library import own_library
from patella.paper.charts import timeline_chart
from patella.paper.drawing import draw
from patella.paper.fhir import Whose, bundle_of, report_fhir, whose_of
from patella.paper.handout import PaperError, write_paper
from patella.paper.pages import sheet_of
from patella.paper.report import report_csv, report_json, report_pdf
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HERS = Whose(diary="an entry of hers")
Report = dict[str, Any]


def a_patella(log: Log) -> Patella:
    return Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Patella]:
    """Twelve weeks of a made-up runner, a score that moved, and a knee that gave way today."""
    with Log.open(tmp_path_factory.mktemp("lived")) as log:
        app = a_patella(log)
        fill(app)
        add_run(app, {"distance_m": 5000, "cadence_spm": 166, "surface": "trail"})
        note_score(app, ScoreId.UWRI, 20, day=app.today - timedelta(days=70))
        note_score(app, ScoreId.UWRI, 26)
        note_symptom(app, "giving_way")
        yield app


@pytest.fixture(scope="module")
def report(lived: Patella) -> Report:
    return report_on(lived)


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path) as log:
        yield a_patella(log)


# --- what it says


def test_it_covers_twelve_weeks_up_to_today(report: Report) -> None:
    assert (report["since"], report["until"], report["weeks"]) == ("2026-08-31", "2026-11-22", 12)
    assert len(report["adherence"]["weeks"]) == 12


@pytest.mark.parametrize("weeks", [0, -1, MOST_WEEKS + 1])
def test_other_spans_are_refused_with_a_sentence(lived: Patella, weeks: int) -> None:
    with pytest.raises(TrainingError, match="1 to 104 weeks"):
        report_on(lived, weeks=weeks)


def test_every_moment_of_pain_says_how_many_answered_of_how_many(report: Report) -> None:
    morning = report["pain"]["moments"]["morning"]
    assert morning["answered"] == len(report["pain"]["mornings"]) < morning["asked"] == 84
    assert morning["first"] > morning["last"]
    assert sum(report["pain"]["days"].values()) <= 84
    assert report["missing"]["mornings_without_answer"] == 84 - morning["answered"]


def test_who_did_exercises_is_not_told_that_none_was_done(report: Report) -> None:
    assert report["adherence"]["days_done"] > 0
    lead = " ".join(sheet_of(report)["lead"])
    assert "Exercises on" in lead
    assert "No exercise was done" not in lead


def test_adherence_is_days_of_three_a_week_and_dose_is_work_done_of_that_asked(report: Report) -> None:
    found = report["adherence"]
    assert found["asked_days_a_week"] == 3
    assert found["days_done"] == sum(w["days"] for w in found["weeks"])
    assert found["adherent"] is (found["regularity"] >= 0.8) is True
    assert set(found["lately"]) == {"7", "28"}
    assert 0 < found["dose"] <= 1


def test_days_left_out_for_pain_are_adjusted_and_only_the_rest_is_missed() -> None:
    since, before = date(2026, 3, 2), date(2026, 3, 16)
    sore = {date(2026, 3, 4): 5, date(2026, 3, 6): 3}
    found: Any = adherence([], since, before, pains=sore, begun=since)
    assert [(w["days"], w["adjusted"], w["missed"]) for w in found["weeks"]] == [(0, 2, 1), (0, 0, 3)]
    assert (found["days_adjusted"], found["days_missed"], found["adherent"]) == (2, 4, False)
    assert found["lately"]["7"]["days_missed"] == 3
    later: Any = adherence([], since, before, pains=sore, begun=date(2026, 3, 5))
    assert [w["since"] for w in later["weeks"]] == ["2026-03-09"]


def test_weeks_before_somebody_began_are_not_missed(nobody: Patella) -> None:
    found: Any = report_on(nobody)["adherence"]
    assert (found["regularity"], found["adherent"], found["days_missed"]) == (None, None, 0)
    assert "Adherence" not in [p["title"] for column in sheet_of(report_on(nobody))["front"] for p in column]


def an_item(*reps: int, asked: int = 10, sides: tuple[str, ...] = ("both",)) -> ItemDone:
    dose = Prescription(sets=2, reps=asked, holds=None, hold_s=None, step=0, full_arc=True)
    sets = tuple(SetDone(side=sides[0], reps=n) for n in reps)
    return ItemDone(exercise_id="squat", asked=dose, sides=sides, sets=sets)


@pytest.mark.parametrize(
    ("item", "share"),
    [
        (an_item(10, 10), 1.0),
        (an_item(10), 0.5),
        (an_item(10, 5), 0.75),
        (an_item(), 0.0),
        (an_item(30, 30), 1.0),
        (an_item(10, 10, sides=("left", "right")), 0.5),
        (an_item(5, asked=0), 0.0),
    ],
)
def test_a_dose_counts_the_repetitions_of_every_set_and_side_and_no_more_than_was_asked(
    item: ItemDone, share: float
) -> None:
    assert share_done(item) == share


def test_a_held_dose_counts_seconds() -> None:
    dose = Prescription(sets=2, reps=None, holds=5, hold_s=10.0, step=0, full_arc=True)
    half = (SetDone(side="both", holds=5, hold_s=10.0), SetDone(side="both"))
    assert share_done(ItemDone(exercise_id="x", asked=dose, sides=("both",), sets=half)) == 0.5


def test_an_exercise_is_told_from_its_first_dose_to_its_last(report: Report) -> None:
    squeeze = next(e for e in report["exercises"] if e["exercise"] == "medicine-ball-squeeze")
    assert squeeze["first_dose"] == "2 x 5 x 10 s"
    assert squeeze["times"] > 10
    assert squeeze["pain"]["worst"] >= squeeze["pain"]["last"]
    assert squeeze["form"] == {"sets_seen": 0, "clean": None}
    assert practice(own_library(), []) == []


@pytest.mark.parametrize(
    ("who", "ranges", "form"),
    [
        ("camera", {"reps_seen": 2, "median": 40}, {"sets_seen": 1, "clean": 0.9}),
        ("experiment", {"reps_seen": 0, "median": None}, {"sets_seen": 0, "clean": None}),
    ],
)
def test_what_a_camera_saw_is_told_to_five_degrees_and_only_of_sets_it_saw(
    lived: Patella, who: str, ranges: dict[str, object], form: dict[str, object]
) -> None:
    """An experiment counts, and knows neither an angle nor the form."""
    taken = sessions_taken(lived, lived.today - timedelta(days=84), lived.today)
    (one, entry) = next((t, e) for t in taken for e in t.entries if e.kind == Kind.SET_DONE)
    reps = [{"range_deg": wide, "up_s": 1.0, "down_s": 1.0, "faults": []} for wide in (41.0, 44.0)]
    camera = {"reps": reps, "holds": [], "seen_fraction": 0.9}
    seen = replace(entry, body={**entry.body, "camera": camera, "form_ok": 0.9, "counted_by": who}, said=None)
    entries = tuple(seen if e is entry else e for e in one.entries)
    session = fold(one.session.id, events_of(entries))
    assert session is not None
    (found,) = [
        e
        for e in practice(lived.library, [replace(one, session=session, entries=entries)])
        if e["exercise"] == entry.body["exercise"]
    ]
    assert found["range_deg"] == ranges
    assert found["form"] == form


def test_a_score_says_its_change_in_the_words_that_its_size_allows(report: Report) -> None:
    uwri = next(s for s in report["scores"] if s["score"] == "uwri")
    assert (uwri["change"]["points"], uwri["change"]["verdict"]) == (6, "small_better")
    (row,) = [r for p in sheet_of(report)["back"][0] for r in p["rows"] if r[0].startswith("Running Injury")]
    assert row[-1] == "+6: slightly better"


def test_red_flags_and_answers_are_told_with_their_days(report: Report) -> None:
    assert report["screening"]["symptoms"] == [{"day": "2026-11-22", "what": "Catches, or gives way"}]
    assert report["screening"]["answered"]
    assert "2026-11-22: noted: Catches, or gives way." in sheet_of(report)["back"][1][0]["lines"]


def test_of_somebody_who_noted_nothing_everything_is_unknown_and_nothing_is_zero(nobody: Patella) -> None:
    empty: Report = report_on(nobody)
    assert empty["running"] is None
    assert empty["adherence"]["dose"] is None
    assert empty["pain"]["moments"]["morning"]["mean"] is None
    assert empty["missing"]["days_without_entry"] == 84
    assert (empty["exercises"], empty["scores"]) == ([], [])


# --- on paper


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("letter", [False, True])
def test_it_is_two_pages_of_numbers_on_either_paper(lived: Patella, report: Report, *, letter: bool) -> None:
    pages = pages_of(report_pdf(lived, report, letter=letter))
    assert len(pages) == 2
    assert "Adherence" in pages[0]
    assert "Missing" in pages[0]
    assert "Progression, form and range" in pages[1]
    assert "Not a diagnosis" in pages[1]


def test_the_chart_brings_its_own_data_and_names_no_place_to_fetch_any(lived: Patella) -> None:
    chart = timeline_chart(timeline_between(lived, lived.today - timedelta(days=84), lived.today))
    told = json.dumps({**chart, "$schema": ""})
    assert '"url"' not in told
    assert "http" not in told
    assert draw(chart).startswith("<svg")


def test_the_same_report_gives_the_same_bytes(nobody: Patella) -> None:
    report: Report = report_on(nobody)
    first = report_pdf(nobody, report)
    assert report_pdf(nobody, report) == first
    assert "No exercise was done" in pages_of(first)[0]


# --- with little in it


def says_nothing_empty(pages: list[str]) -> bool:
    """No list without an item, no sum of nothing, no unknown in the place of a number."""
    text = " ".join(" ".join(pages).split())
    return not re.search(r": [.;,]|\b0/0\b|\u2013 (at|of)\b|\bNone\b|\bnull\b", text)


def test_an_empty_diary_is_one_page_that_says_so_and_nothing_empty(nobody: Patella) -> None:
    pages = pages_of(report_pdf(nobody, report_on(nobody)))
    assert len(pages) == 1
    assert says_nothing_empty(pages)
    assert "How the knee felt was not noted in these 12 weeks." in pages[0]
    for head in ("Adherence", "Load", "Scores", "Progression", "Regularity", "far run"):
        assert head not in pages[0]


def test_three_mornings_are_one_page_and_nothing_before_the_first_was_missing(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        for days_ago, nprs in ((2, 4), (1, 3), (0, 2)):
            now = NOW - timedelta(days=days_ago)
            note_loose_pain(replace(a_patella(log), now=lambda now=now: now), nprs, When.MORNING)  # type: ignore[misc]
        app = a_patella(log)
        report: Report = report_on(app)
        pages = pages_of(report_pdf(app, report))
    assert (report["begun"], report["missing"]["days"]) == ("2026-11-20", 3)
    assert (report["missing"]["days_without_entry"], report["missing"]["mornings_without_answer"]) == (0, 0)
    assert len(pages) == 1
    assert says_nothing_empty(pages)
    assert "Morning pain 3 on average, of 3 mornings answered." in pages[0]
    assert "3/3" in pages[0]


def test_a_diary_of_answers_alone_is_one_page(nobody: Patella) -> None:
    answer_screening(nobody, calm_answers(list_questions(nobody)))
    pages = pages_of(report_pdf(nobody, report_on(nobody)))
    assert len(pages) == 1
    assert says_nothing_empty(pages)
    assert "2026-11-22: " in pages[0]


def test_answers_to_questions_that_have_changed_are_not_called_calm(report: Report) -> None:
    old: dict[str, object] = {"day": "2026-11-01", "outcome": None, "named": []}
    told = sheet_of({**report, "screening": {**report["screening"], "answered": [old]}})["back"][1][0]["lines"]
    assert "2026-11-01: answered questions that have changed since." in told


def test_a_run_whose_length_is_not_known_is_no_run_of_0_km(nobody: Patella) -> None:
    add_run(nobody, {"moving_s": 1800, "surface": "trail"})
    report: Report = report_on(nobody)
    assert (report["running"]["km"], report["running"]["longest_km"]) == (None, None)
    (page,) = pages_of(report_pdf(nobody, report))
    assert "0 km" not in page
    assert "trail of unknown length" in page
    Bundle.model_validate_json(report_fhir(report, NOW.isoformat(), HERS))


def test_a_full_diary_says_nothing_empty_either(lived: Patella, report: Report) -> None:
    pages = pages_of(report_pdf(lived, report))
    assert says_nothing_empty(pages)
    assert "clean (sets)" not in pages[1]  # no set was filmed


def test_only_what_is_on_the_pages_is_explained(report: Report, nobody: Patella) -> None:
    assert "far run" in " ".join(report["method"])
    assert "camera" not in " ".join(report["method"])
    assert len(report_on(nobody)["method"]) == 1  # type: ignore[arg-type]


def test_it_stays_on_two_pages_when_everything_was_done(lived: Patella, report: Report) -> None:
    one = report["exercises"][0]
    many = {**report, "exercises": [{**one, "name": f"{one['name']} {n}"} for n in range(24)]}
    assert len(pages_of(report_pdf(lived, many, letter=True))) == 2


def test_nothing_is_written_where_something_is_or_no_folder_is(tmp_path: Path) -> None:
    taken = tmp_path / "there.pdf"
    taken.write_bytes(b"mine")
    for out, complaint in (
        (taken, "is there already"),
        (tmp_path, "is a folder"),
        (tmp_path / "no/x.pdf", "not exist"),
    ):
        with pytest.raises(PaperError, match=complaint):
            write_paper(out, lambda: b"new")
    assert taken.read_bytes() == b"mine"
    write_paper(taken, lambda: b"new", replace=True)
    assert taken.read_bytes() == b"new"


# --- as files


def test_the_json_is_the_report(report: Report) -> None:
    assert json.loads(report_json(report)) == json.loads(json.dumps(report))


def test_the_spreadsheet_has_a_number_a_row_and_no_formula(report: Report) -> None:
    bold = {**report, "exercises": [{**report["exercises"][0], "name": "=1+1"}]}
    rows = list(csv.DictReader(io.StringIO(report_csv(bold).decode("utf-8-sig"))))
    mornings = [r for r in rows if (r["section"], r["name"]) == ("pain", "mornings")]
    assert len(mornings) == len(report["pain"]["mornings"])
    assert mornings[0]["day"] == "2026-08-31"
    assert next(r["value"] for r in rows if r["name"] == "1.name" and r["section"] == "exercises") == "'=1+1"
    assert next(r["value"] for r in rows if r["name"] == "regularity") == str(report["adherence"]["regularity"])


def test_a_public_validator_takes_the_bundle(report: Report, nobody: Patella) -> None:
    for one in (report, report_on(nobody)):
        bundle = Bundle.model_validate_json(report_fhir(one, NOW.isoformat(), HERS))
        kinds = {type(e.resource).__name__ for e in bundle.entry or []}
        assert {"Patient", "Observation", "CarePlan"} <= kinds or one is not report
        assert ("QuestionnaireResponse" in kinds) is (one is report)


# FHIR R4 (4.0.1): the codes whose binding is "required", of all that a bundle of ours says (hl7.org/fhir/R4).
REQUIRED = {
    "Bundle.type": "document message transaction transaction-response batch batch-response history searchset "
    "collection",
    "Observation.status": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
    "CarePlan.status": "draft active on-hold revoked completed entered-in-error unknown",
    "CarePlan.intent": "proposal plan order option",
    "detail.kind": "Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder Task "
    "ServiceRequest VisionPrescription",
    "detail.status": "not-started scheduled in-progress on-hold completed cancelled stopped unknown entered-in-error",
}
# Codes of other bindings, and what is no code at all.
OTHERS = frozenset({"coding", "valueQuantity"})


def coded(value: object, of: str) -> Iterator[tuple[str, str]]:
    """Every code that a required binding stands behind: where, and what."""
    if isinstance(value, list):
        for one in value:
            yield from coded(one, of)
    elif isinstance(value, dict):
        kind = str(value.get("resourceType", of))
        for name, inner in value.items():
            if name in ("status", "intent", "kind", "type") and isinstance(inner, str):
                yield f"{kind}.{name}", inner
            elif name not in OTHERS:
                yield from coded(inner, name)


def test_every_code_of_the_bundle_is_one_that_its_standard_knows(report: Report, nobody: Patella) -> None:
    """The public validator takes any word for a status."""
    full, empty = (bundle_of(r, NOW.isoformat(), HERS) for r in (report, report_on(nobody)))
    found = set(coded(full, "Bundle"))
    assert {where for where, _ in found} == set(REQUIRED)
    for where, code in found | set(coded(empty, "Bundle")):
        assert code in REQUIRED[where].split()


def test_the_bundle_holds_every_morning_and_names_nobody(report: Report) -> None:
    made = bundle_of(report, NOW.isoformat(), HERS)
    listed = [e["resource"] for e in made["entry"]]
    mornings = [r for r in listed if r.get("valueQuantity", {}).get("unit") == "{score}"]
    assert [(r["effectiveDateTime"], r["valueQuantity"]["value"]) for r in mornings] == [
        tuple(m) for m in report["pain"]["mornings"]
    ]
    assert listed[0] == {"resourceType": "Patient", "id": listed[0]["id"], "active": True}
    ids = [r["id"] for r in listed]
    assert len(set(ids)) == len(ids)
    assert {r["subject"]["reference"] for r in listed[1:]} == {f"urn:uuid:{ids[0]}"}
    assert bundle_of(report, NOW.isoformat(), HERS) == made


def test_two_people_are_two_in_their_bundles_and_one_is_the_same_in_each_of_theirs(
    lived: Patella, report: Report, nobody: Patella
) -> None:
    def ids(report: Report, whose: Whose) -> list[str]:
        return [e["resource"]["id"] for e in bundle_of(report, NOW.isoformat(), whose)["entry"]]

    hers, his = ids(report, HERS), ids(report, Whose(diary="an entry of his"))
    assert not set(hers) & set(his)
    assert ids(report_on(lived, weeks=4), HERS)[0] == hers[0]
    assert whose_of(lived).diary != whose_of(nobody).diary
    named = bundle_of(report, NOW.isoformat(), whose_of(lived, "Anna"))
    assert named["entry"][0]["resource"]["name"] == [{"text": "Anna"}]
    Bundle.model_validate(named)


def test_the_report_of_one_among_many_says_whose_it_is(nobody: Patella) -> None:
    (page,) = pages_of(report_pdf(nobody, report_on(nobody), name="Anna Łukasiewicz"))
    assert page.count("Anna Łukasiewicz") == 2


def test_what_a_cautious_persons_colours_mean_is_said_as_they_chose(lived: Patella, report: Report) -> None:
    assert "amber 3 to 5" in " ".join(report["method"])
    change_settings(lived, {"cautious": True})
    told = " ".join(report_on(lived)["method"])  # type: ignore[arg-type]
    change_settings(lived, {"cautious": False})
    assert ("amber" in told, "red 3 or more" in told) == (False, True)
