from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from patella.version import VERSION

Patella = Callable[..., Any]

SETTINGS = "4\n\n"  # no knee named, usual pain left open
NOT_HERE = "0\n"  # what today asks for is not there
SESSION = "\n" * 80 + "f\n"


def test_the_version_is_said(patella: Patella) -> None:
    assert patella("--version").out == f"patella {VERSION}\n"


@pytest.mark.parametrize(
    "name",
    [
        "start",
        "today",
        "screen",
        "pain",
        "history",
        "exercises",
        "show",
        "handout",
        "report",
        "export",
        "restore",
        "merge",
        "erase",
        "settings",
        "programme",
        "check-library",
        "doctor",
    ],
)
def test_every_command_explains_itself_with_an_example(patella: Patella, name: str) -> None:
    said = patella(name, "--help")
    assert said.code == 0
    assert f"Example: patella {name}" in said.text


def test_before_the_questions_today_says_how_to_begin(patella: Patella) -> None:
    said = patella("today")
    assert said.code == 0
    assert "patella start" in said.text


def test_the_questions_are_listed_with_ids_and_choices(patella: Patella) -> None:
    listed = patella("screen", "--questions", "--json").json
    assert [q["id"] for q in listed if not q["when"]] == ["emergency", "same_day", "soon", "health", "habit", "age"]
    assert {"id", "ask", "choices", "many", "screen", "when"} <= set(listed[0])
    out = patella("screen", "--questions").out
    assert "low_back_pain" in out
    assert "only after health with surgery" in out


def test_answers_from_a_file_or_the_input_open_the_plan(patella: Patella, answers: Path) -> None:
    said = patella("screen", "--answers", answers, "--json").json
    assert set(said) == {"outcome", "text", "facts", "notes", "findings", "shut"}
    assert said["outcome"] == "ok"
    assert patella("screen", "--answers", "-", "--json", typed=answers.read_text("utf-8")).json == said
    assert patella("today", "--json").json["clearance"] == "ok"


def test_an_answer_that_shuts_an_exercise_says_why(patella: Patella, answers: Path) -> None:
    values = json.loads(answers.read_text("utf-8")) | {"health": ["back"], "back": ["low_back_pain"]}
    said = patella("screen", "--answers", "-", "--json", typed=json.dumps(values)).json
    assert said["facts"] == ["low_back_pain"]
    assert said["findings"] == [{"question": "back", "choice": "low_back_pain", "source": "routine"}]
    assert [s["exercise"] for s in said["shut"]] == ["medicine-ball-squeeze", "straight-leg-raise"]
    assert said["shut"][0]["because"][0]["text"]


def test_a_warning_sign_closes_everything_until_it_was_assessed(patella: Patella, answers: Path) -> None:
    values = json.loads(answers.read_text("utf-8")) | {"soon": ["giving_way"]}
    said = patella("screen", "--answers", "-", typed=json.dumps(values))
    assert said.code == 0
    assert "Book a doctor or a physiotherapist" in said.text
    assert "patella screen --assessed" in said.text
    assert patella("today", "--json").json["items"] == []
    assert "patella screen --assessed" in patella("start").text

    assert "open again" in patella("screen", "--assessed").text
    assert patella("today", "--json").json["items"]


def test_an_emergency_needs_no_further_answer(patella: Patella) -> None:
    said = patella("screen", "--answers", "-", typed='{"emergency": ["cannot_lift"]}')
    assert said.code == 0
    assert "Call your emergency number" in said.text


def test_a_surgeons_yes_is_kept_with_its_day(patella: Patella, answers: Path) -> None:
    values = json.loads(answers.read_text("utf-8")) | {"health": ["surgery"], "surgery": ["knee"]}
    said = patella("screen", "--answers", "-", "--date", "2026-11-28", typed=json.dumps(values))
    assert "Exercise and running begin with their yes" in said.text
    assert "surgeon" in patella("run", "--date", "2026-11-28").text
    yes = patella("screen", "--assessed", "--on", "2026-11-03", "--date", "2026-11-28", "--json").json
    assert yes == {"clearance": "ok", "assessed_on": "2026-11-03"}
    assert patella("today", "--date", "2026-11-28", "--json").json["assessed_on"] == "2026-11-03"


@pytest.mark.parametrize(
    ("symptom", "clearance", "says"),
    [
        ("fever", "emergency", "Call your emergency number"),
        ("foot-drop", "same_day", "Get this knee looked at today"),
        ("injured", "ask_again_symptom", "answer the questions again"),
    ],
)
def test_a_new_symptom_leads_to_what_the_questions_lead_to(
    screened: Patella, symptom: str, clearance: str, says: str
) -> None:
    assert says in screened("screen", "--symptom", symptom).text
    assert screened("today", "--json").json["clearance"] == clearance
    assert screened("today", "--json").json["items"] == []


@pytest.mark.parametrize("when", ["before", "during", "after", "morning"])
def test_after_an_emergency_pain_is_noted_with_one_text_that_contradicts_nothing(screened: Patella, when: str) -> None:
    screened("screen", "--symptom", "fever")
    said = screened("pain", 1, "--when", when, "--json").json
    assert said["text"].startswith("Noted. Stop. Call your emergency number")
    for soothing in ("Calm enough", "Fine up to", "Settled", "stays as it is"):
        assert soothing not in said["text"]


def test_the_plan_is_shown_with_its_reasons(screened: Patella) -> None:
    said = screened("today")
    plan = screened("today", "--json").json
    for item in plan["items"]:
        assert item["name"] in said.text
    assert "the smallest dose" in said.text
    assert "You can do it. Start now" in said.text
    assert "(The routine)" in screened("today", "--why").text


def test_the_plan_in_json_carries_every_promised_key(screened: Patella) -> None:
    plan = screened("today", "--json").json
    assert {"date", "clearance", "items", "shut"} <= set(plan)
    promised = {"exercise", "side", "sets", "reps", "holds", "hold_s", "load_kg", "rest_s", "because"}
    assert promised <= set(plan["items"][0])
    assert {"text", "source"} <= set(plan["items"][0]["because"][0])
    assert {"exercise", "because"} <= set(plan["shut"][0])


def test_the_whole_routine_a_snack_and_one_exercise_can_be_asked_for(screened: Patella) -> None:
    assert len(screened("today", "--full", "--json").json["items"]) > 4
    assert len(screened("today", "--snack", "--json").json["items"]) == 1
    assert screened("today", "--only", "strap-stretch", "--json").json["items"][0]["exercise"] == "strap-stretch"


def test_the_day_and_the_folder_may_stand_before_or_behind_the_command(screened: Patella, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert screened("--date", "2026-12-24", "today", "--json").json["date"] == "2026-12-24"
    assert screened("today", "--date", "2026-12-24", "--json").json["date"] == "2026-12-24"
    assert screened("--data", other, "today", "--json").json["clearance"] == "not_screened"
    assert screened("today", "--data", other, "--json").json["clearance"] == "not_screened"
    for asked in (["exercises"], ["show", "1"], ["check-library"], ["doctor"]):
        assert screened(*asked, "--data", other).code == 0
        assert screened("--data", other, *asked).code == 0


def test_pain_is_noted_and_answered(screened: Patella) -> None:
    said = screened("pain", 4, "--when", "morning", "--knee", "left", "--json").json
    assert said["saved"] is True
    assert said["colour"] == "amber"
    assert "amber" in screened("pain", 4, "--when", "before").text
    assert "4 of 10 (amber)" in screened("history").text


def test_the_exercises_are_listed_and_shown(patella: Patella) -> None:
    listed = patella("exercises", "--json").json
    assert [e["routine_number"] for e in listed[:6]] == [1, 2, 3, 4, 5, 6]
    promised = {"id", "name", "routine_number", "dose", "sides", "footwear", "equipment", "level", "camera"}
    assert all(promised <= set(e) for e in listed)
    assert listed[0]["dose"]["reps"] == [6, 12]
    assert "Rotate your bones" in patella("exercises").text

    shown = patella("show", "strap-stretch").text
    assert "Bandy 1997" in shown
    assert "[bandy-1997]" not in shown
    assert "Read: abstract, 2026-" in " ".join(shown.split())
    assert patella("show", "3", "--json").json["id"] == "strap-stretch"


def test_settings_are_shown_and_changed_one_by_one(patella: Patella) -> None:
    patella("settings", "--knees", "right", "--equipment", "strap,kettlebell", "--usual-pain", 2, "--cautious")
    said = patella("settings", "--letter", "--json").json
    assert said == {
        "knees": ["right"],
        "equipment": ["kettlebell", "strap"],
        "usual_pain": 2,
        "cautious": True,
        "full_arc": False,
        "one_leg": False,
        "counting": "beat",
        "maintenance": None,
        "letter": True,
        "things": {},
        "country": None,
        "weight": "kg",
        "distance": "km",
        "height": "cm",
    }
    assert patella("settings", "--equipment", "all", "--knees", "none", "--json").json["equipment"] is None
    assert "everything" in patella("settings").text


def test_a_guided_session_through_a_pipe_ends_up_in_the_diary(screened: Patella) -> None:
    said = screened("start", typed=f"{SETTINGS}{NOT_HERE}1\n\n{SESSION}")
    assert said.code == 0
    assert "Saved: " in said.text
    assert "Done, and saved. Well done!" in said.text
    assert "\a" not in said.out
    (day,) = screened("history", "--json").json["days"]
    assert day["sessions"][0]["finished"]
    assert day["sessions"][0]["before"] == 1
    assert "Done for today" in screened("today").text


def test_an_empty_pipe_leaves_politely(patella: Patella) -> None:
    said = patella("start")
    assert said.code == 0
    assert "Welcome to Patella" in said.text
    assert "begins again" in said.text


def test_what_was_left_is_gone_on_with(screened: Patella) -> None:
    left = screened("start", "--snack", typed=f"{SETTINGS}1\n\n\n")
    assert left.code == 0
    assert "everything so far is saved" in left.text
    again = screened("start", typed=f"1\n{SESSION}")
    assert "Done, and saved" in again.text


def test_what_was_left_can_be_finished_as_it_is_or_put_aside(screened: Patella) -> None:
    screened("start", "--only", "1", typed=f"{SETTINGS}1\n\n\n\n")
    finished = screened("start", typed="2\nf\n")
    assert "Done, and saved" in finished.text
    screened("start", "--only", "2", typed="1\n\n\n")
    anew = screened("start", "--only", "3", typed=f"3\n1\n\n{SESSION}")
    assert "Done, and saved" in anew.text
    sessions = [s for d in screened("history", "--json").json["days"] for s in d["sessions"]]
    assert [s["items"][0]["exercise"] for s in sessions] == ["rotate-your-bones", "strap-stretch"]


def test_the_next_day_follows_from_what_was_answered_and_says_why(patella: Patella, answers: Path) -> None:
    monday, tuesday = ("--date", "2026-11-02"), ("--date", "2026-11-03")
    patella("screen", "--answers", answers, *monday)
    patella("settings", "--usual-pain", 1)
    one = ("--only", "rotate-your-bones")
    assert "Done, and saved" in patella("start", *one, *monday, typed="1\n\n\n\n\n\n2\nf\n").text
    assert patella("pain", 1, "--when", "after", *monday, "--json").json["colour"] == "green"
    assert patella("pain", 1, "--when", "morning", *tuesday, "--json").json["colour"] == "green"

    (item,) = patella("today", *one, *tuesday, "--json").json["items"]
    assert item["reps"] == 7
    assert "Last time was green and done in full (worst 2/10" in patella("today", *one, *tuesday).text
    assert "a little more" in patella("history", *tuesday).text


def test_start_asks_the_hour_after_and_the_morning_when_they_are_due(patella: Patella, answers: Path) -> None:
    patella("screen", "--answers", answers, "--date", "2026-11-02")
    patella("settings", "--usual-pain", 1)
    patella("start", "--only", "1", "--date", "2026-11-02", typed="1\n\n\n\n\n\n2\nf\n")

    said = patella("start", "--date", "2026-11-03", typed="1\n")

    assert "How much did the knee hurt this morning?" in said.text
    assert "1 of 10, green" in said.text
    assert "this morning?" not in patella("start", "--date", "2026-11-03").text


def test_a_session_can_be_corrected_afterwards_and_the_latest_entry_taken_back(screened: Patella) -> None:
    screened("start", "--only", "1", typed=f"{SETTINGS}1\n\n{SESSION}")
    session = screened("history", "--json").json["days"][0]["sessions"][0]
    screened("history", "--edit", session["id"][:8], typed="2\n9\nf\n")
    (edited,) = screened("history", "--session", session["id"], "--json").json["days"][0]["sessions"]
    assert edited["items"][0]["sets"][0]["reps"] == 9
    assert "Left as it is" in screened("history", "--edit", session["id"], typed="q\n").text
    assert "Nothing was taken back" in screened("history", "--undo", typed="n\n").text
    assert "Taken back: the finish" in screened("history", "--undo", "--yes").text


def test_an_export_is_restored_elsewhere_and_is_the_same(screened: Patella, tmp_path: Path) -> None:
    first, second, sheet = (tmp_path / n for n in ("diary.json", "again.json", "diary.csv"))
    assert screened("export", first, "--json").json["entries"] == 1
    assert screened("export", sheet).code == 0
    elsewhere = ("--data", tmp_path / "elsewhere")
    assert "Restored" in screened("restore", first, *elsewhere).text
    screened("export", second, *elsewhere)
    assert second.read_bytes() == first.read_bytes()


def test_runs_go_out_for_other_programmes_and_a_session_only_where_there_is_one(
    screened: Patella, tmp_path: Path
) -> None:
    screened("run", "5", "--minutes", "31")
    screened("run", "6")
    said = screened("export", tmp_path / "runs.tcx")
    assert "1 run; 1 without a distance or a time left out." in said.text
    assert b"<DistanceMeters>5000.0</DistanceMeters>" in (tmp_path / "runs.tcx").read_bytes()
    none = screened("export", tmp_path / "evening.fit")
    assert none.code == 2
    assert "There is no session with a set in it yet" in none.complaint
    assert not (tmp_path / "evening.fit").exists()


def test_two_diaries_that_were_written_apart_are_merged_both_ways_and_are_the_same(
    screened: Patella, tmp_path: Path
) -> None:
    here, there = tmp_path / "laptop.json", tmp_path / "phone.zip"
    phone = ("--data", tmp_path / "phone")
    screened("export", here)
    screened("restore", here, *phone)
    screened("pain", 2, "--when", "morning", *phone)
    screened("pain", 3, "--when", "morning")
    screened("export", there, *phone)
    assert "1 entry from 1 day was new. 1 entry of this diary is not in that file" in screened("merge", there).text
    screened("export", here, "--replace")
    assert screened("merge", here, "--json", *phone).json["entries"] == 1
    again = tmp_path / "again.json"
    screened("export", again, *phone)
    assert again.read_bytes() == here.read_bytes()
    assert "Nothing in it was new" in screened("merge", again).text


def test_erasing_asks_says_what_goes_and_then_nothing_is_left(screened: Patella) -> None:
    kept = screened("erase", typed="erase\n")
    assert kept.code == 1
    assert "1 entry" in kept.text
    assert "Nothing was erased" in kept.text
    assert "Erased" in screened("erase", typed="ERASE\n").text
    assert screened("today", "--json").json["clearance"] == "not_screened"
    assert screened("erase", "--yes", "--json").json == {"erased": 0}


def test_the_handout_is_a_pdf(screened: Patella, tmp_path: Path) -> None:
    out = tmp_path / "knee.pdf"
    assert screened("handout", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    refused = screened("handout", out)
    assert refused.code == 2
    assert "there already" in refused.complaint


def test_the_report_comes_in_all_its_forms_and_replaces_nothing(screened: Patella, tmp_path: Path) -> None:
    pdf, table, numbers, bundle = (tmp_path / n for n in ("r.pdf", "r.csv", "r.json", "r.fhir.json"))
    said = screened("report", pdf, "--csv", table, "--json", numbers, "--fhir", bundle, "--weeks", "4")
    assert said.code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert table.read_text("utf-8-sig").startswith("section,name,day,value")
    assert json.loads(numbers.read_text("utf-8"))["weeks"] == 4
    assert json.loads(bundle.read_text("utf-8"))["resourceType"] == "Bundle"
    assert "there already" in screened("report", pdf).complaint
    assert "1 to 104 weeks" in screened("report", tmp_path / "x.pdf", "--weeks", "0").complaint
    assert "must end in .pdf" in screened("report", tmp_path / "x.doc").complaint


def test_the_library_that_comes_along_is_sound(patella: Patella) -> None:
    assert patella("check-library").out == "All is well.\n"
    assert patella("check-library", "--json").json == []


def test_a_wrong_library_is_named_by_file_key_and_sentence(patella: Patella, tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    said = patella("check-library", tmp_path)
    assert said.code == 1
    assert "sources.toml: is missing or cannot be read." in said.out


def test_the_doctor_finds_everything_in_order(screened: Patella) -> None:
    said = screened("doctor", "--json")
    assert said.code == 0, said.out
    assert all(c["ok"] for c in said.json)
    assert "ok" in screened("doctor").text


@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
def test_everything_fits_into_the_window(screened: Patella, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments in (["today", "--why"], ["exercises"], ["settings"], ["history"], ["show", "6"]):
        for line in screened(*arguments).out.splitlines():
            assert len(line) <= int(columns) or " " not in line.strip(), line


def test_a_programme_is_shown_and_ended(patella: Patella, tmp_path: Path) -> None:
    assert "No physiotherapist has set" in patella("programme").text
    line = {"exercise": "squat", "sets": 2, "reps": 9, "days_a_week": 2, "note": "Heels down."}
    entry = {
        "id": "set", "session_id": None, "kind": "programme.set",
        "day": "2026-05-31", "at": "2026-05-31T18:00:00+02:00",
        "body": {"by": "Ada Byron", "exercises": [line], "note": "Well done."},
    }  # fmt: skip
    (tmp_path / "diary.json").write_text(json.dumps({"format": "patella-diary", "version": 1, "entries": [entry]}))
    patella("restore", tmp_path / "diary.json", "--replace")
    said = patella("programme").text
    for words in ("Ada Byron", "31 May 2026", "Well done.", "2 sets of 9, 2 days a week", "Heels down."):
        assert words in said
    assert patella("programme", "--json").json["now"]["exercises"][0]["start"]["reps"] == 9
    assert "Ended." in patella("programme", "--end").text
    assert patella("programme", "--json").json["now"] is None
