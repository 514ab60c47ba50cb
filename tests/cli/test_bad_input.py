from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from patella.store.log import Log
from patella.terminal.screening import LARGEST_ANSWERS

Patella = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["dance"], "There is no command 'dance'. There is: start, today,"),
        (["tody"], "Did you mean today?"),
        (["today", "--nope"], "No such option"),
        (["today", "--date", "tomorrow"], "--date takes a day such as 2026-11-22, not 'tomorrow'."),
        (["--date", "2026-02-30", "today"], "2026-02-30"),
        (["today", "--full", "--snack"], "do not go together"),
        (["today", "--only", "strap-strech"], "Did you mean strap-stretch or"),
        (["show", "zzz"], "`patella exercises` lists them all."),
        (["show"], "Missing argument"),
        (["pain", "11", "--when", "before"], "Pain is a whole number from 0 (none) to 10 (worst), not 11."),
        (["pain", "many", "--when", "before"], "'many'"),
        (["pain", "3"], "--when"),
        (["pain", "3", "--when", "later"], "morning"),
        (["pain", "3", "--when", "before", "--knee", "middle"], "middle"),
        (["pain", "3", "--when", "before", "--exercise", "1"], "--exercise goes with --when during."),
        (["screen", "--answers", "a", "--questions"], "do not go together"),
        (["screen", "--answers", "missing.json"], "missing.json could not be read"),
        (["screen", "--answers", "."], "is a folder"),
        (["screen", "--symptom", "hiccups"], "fever, hot_joint"),
        (["screen", "--on", "2026-11-01"], "--on goes with --assessed"),
        (["screen", "--assessed", "--on", "yesterday"], "a day such as"),
        (["settings", "--country", "Utopia"], "two capital letters"),
        (["screen", "--assessed"], "nothing to reopen"),
        (["history", "--days", "0"], "--days"),
        (["history", "--session", "nope"], "no session 'nope'"),
        (["history", "--edit", ""], "no session"),
        (["history", "--undo", "--yes"], "nothing to take back"),
        (["settings", "--knees", "middle"], "--knees takes left, right"),
        (["settings", "--equipment", "trampoline"], "no equipment called 'trampoline'"),
        (["settings", "--usual-pain", "12"], "whole number from 0"),
        (["start", "--speed", "0"], "--speed"),
        (["export", "diary.txt"], "must end in .json"),
        (["handout", "knee.doc"], ".pdf"),
        (["check-library", "no-such-folder"], "is not a folder"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_bad_input_is_answered_with_a_sentence_and_exit_code_two(
    patella: Patella, arguments: list[str], says: str
) -> None:
    said = patella(*arguments)
    assert said.code == 2
    assert says in said.complaint
    assert "Traceback" not in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[1, 2]", "one JSON object"),
        ("null", "one JSON object"),
        ('{"habit": ["hips"]}', "Not answered yet"),
        ('{"colour": "no"}', "no question called colour"),
        ('{"age": 44}', "age"),
        ('{"age": ["adult"]}', "age"),
        ("[" * 100_000, "JSON"),
        (" " * (LARGEST_ANSWERS + 1), "too long"),
    ],
    ids=["nothing", "half", "list", "null", "too few", "unknown", "wrong type", "wrong shape", "deep", "long"],
)
def test_answers_that_cannot_be_used_are_refused_and_nothing_is_kept(patella: Patella, typed: str, says: str) -> None:
    said = patella("screen", "--answers", "-", typed=typed)
    assert said.code == 2
    assert says in said.complaint
    assert patella("today", "--json").json["clearance"] == "not_screened"


def test_answers_that_are_no_text_are_refused(patella: Patella, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(b"\xff\xfe\x00")
    assert "is not text" in patella("screen", "--answers", file).complaint


def test_a_diary_where_a_file_stands_is_trouble(patella: Patella, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("I am a file", encoding="utf-8")
    said = patella("today", "--data", file)
    assert said.code == 1
    assert "cannot be used for the diary" in said.complaint
    assert patella("doctor", "--data", file).code == 1


def test_a_damaged_diary_is_trouble_and_the_doctor_says_what_to_do(
    screened: Patella, data: Path, tmp_path: Path
) -> None:
    (data / "patella.db").write_bytes(b"this is no database at all " * 100)
    said = screened("today")
    assert said.code == 1
    assert "is not a database" in said.complaint
    doctor = screened("doctor")
    assert doctor.code == 1
    assert "not ok" in doctor.out
    assert "patella restore" in doctor.text
    assert tmp_path.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to the administrator")
def test_a_folder_that_may_only_be_read_is_trouble(patella: Patella, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    said = patella("today", "--data", folder)
    assert said.code == 1
    assert "cannot be used" in said.complaint


def test_an_export_does_not_replace_a_file_unasked(screened: Patella, tmp_path: Path) -> None:
    out = tmp_path / "diary.json"
    out.write_text("mine", encoding="utf-8")
    said = screened("export", out)
    assert said.code == 1
    assert out.read_text("utf-8") == "mine"
    assert screened("export", out, "--replace").code == 0


def test_a_restore_refuses_what_is_no_export_and_a_diary_that_is_not_empty(screened: Patella, tmp_path: Path) -> None:
    wrong, right = tmp_path / "wrong.json", tmp_path / "right.json"
    wrong.write_text("{}", encoding="utf-8")
    assert "not a Patella export" in screened("restore", wrong).complaint
    screened("export", right)
    assert "not empty" in screened("restore", right).complaint
    assert screened("restore", right, "--replace").code == 0


def test_an_entry_that_makes_no_sense_is_no_traceback(screened: Patella, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    screened("export", file)
    document = json.loads(file.read_text("utf-8"))
    document["entries"].append(
        {**document["entries"][0], "id": "odd", "session_id": "s", "kind": "session.begun", "body": {}}
    )
    file.write_text(json.dumps(document), encoding="utf-8")
    said = screened("restore", file, "--replace")
    assert said.code == 1
    assert "entry 2 (session.begun, " in said.complaint
    assert said.complaint.endswith("id odd): plan is missing.")
    assert screened("today").code == 0


def test_an_entry_of_which_nothing_can_be_made_is_named_by_the_doctor_and_can_be_taken_back(
    screened: Patella, data: Path
) -> None:
    assert screened("doctor").code == 0
    with Log.open(data) as log:
        known = log.entries()[0]
        log.append([replace(known, id="odd one", kind="pain.noted", body={"nprs": 1.5, "when": "before"})])
    assert screened("today").code == 0
    doctor = screened("doctor")
    assert doctor.code == 1
    assert f"entry 2 (pain.noted, {known.day}, id odd one): nprs must be a whole number from 0 to 10" in doctor.text
    assert "patella history --undo --entry 'odd one'" in doctor.text

    assert screened("history", "--entry", "odd one").code == 2
    undone = screened("history", "--undo", "--entry", "odd one", "--yes")
    assert (undone.code, undone.text[:23]) == (0, "Taken back: pain.noted,")
    assert screened("doctor").code == 0
    assert screened("history", "--undo", "--entry", "nowhere", "--yes").code != 0


def test_the_doctor_says_what_cannot_be_worked_out(screened: Patella, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise KeyError("a fault of ours")

    monkeypatch.setattr("patella.app.today.today.answer_today", broken)
    doctor = screened("doctor")
    assert doctor.code == 1
    assert "today cannot be worked out (KeyError: 'a fault of ours')" in doctor.text
    assert "patella export" in doctor.text
    said = screened("today")
    assert said.code == 1
    assert "patella doctor" in said.complaint.replace("`", "")
