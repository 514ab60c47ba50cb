from __future__ import annotations

import json
from uuid import uuid4

from patella.files.recording import read_recording
from web.visit import Visit


def test_what_is_taken_along_can_be_brought_back(screened: Visit) -> None:
    session = screened.begin()
    screened.say(session, screened.set_done(session))
    entries = screened.patella.log.entries()
    export = screened.client.get("/api/export.json")
    assert export.headers["content-disposition"] == 'attachment; filename="patella-2026-11-01.json"'
    assert screened.post("/api/erase", {"confirm": "ERASE"}) == {"erased": True}
    assert screened.get("/api/today")["clearance"] == "not_screened"
    restored = screened.client.post(
        "/api/restore", content=export.content, headers={"Content-Type": "application/json"}
    )
    assert restored.json() == {"entries": len(entries)}
    assert screened.patella.log.entries() == entries


def test_a_diary_gives_way_only_when_that_was_said(screened: Visit) -> None:
    export = screened.get("/api/export.json")
    assert screened.refused("POST", "/api/restore", export)[:2] == (409, "not-empty")
    assert screened.post("/api/restore?replace=true", export)["entries"] == len(export["entries"])


def test_a_file_that_is_no_export_changes_nothing_and_names_no_folder(screened: Visit) -> None:
    entries = screened.patella.log.entries()
    twice = screened.get("/api/export.json")
    twice["entries"] *= 2
    newer = {"format": "patella-diary", "version": 99, "entries": []}
    faults: list[object] = [[], {}, {"format": "other"}, newer, twice]
    for wrong in faults:
        status, code, sentence = screened.refused("POST", "/api/restore?replace=true", wrong)
        assert (status, code) == (422, "not-an-export")
        assert sentence.startswith("This file")
        assert str(screened.patella.log.path.parent) not in sentence
    for text in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        headers = {"Content-Type": "application/json"}
        answer = screened.client.post("/api/restore?replace=true", content=text, headers=headers)
        assert answer.status_code == 422
    assert screened.patella.log.entries() == entries


def test_a_diary_from_another_device_adds_what_is_missing_and_says_so(screened: Visit) -> None:
    export = screened.get("/api/export.json")
    first = export["entries"][0]
    other = {**first, "id": "on-the-phone", "kind": "pain.noted", "body": {"nprs": 2, "when": "morning"}}
    came = screened.post("/api/merge", {**export, "entries": [other]})
    assert (came["entries"], came["days"], came["here_only"]) == (1, 1, len(export["entries"]))
    assert came["text"].startswith("1 entry from 1 day was new. ")
    assert {e["id"] for e in screened.get("/api/export.json")["entries"]} == {
        "on-the-phone",
        *(e["id"] for e in export["entries"]),
    }
    assert screened.post("/api/merge", screened.get("/api/export.json"))["text"].startswith("Nothing in it was new")


def test_a_diary_that_cannot_be_brought_in_changes_nothing_and_names_no_folder(screened: Visit) -> None:
    export = screened.get("/api/export.json")
    newer = {**export, "version": 2}
    status, code, sentence = screened.refused("POST", "/api/merge", newer)
    assert (status, code) == (422, "not-an-export")
    assert sentence.startswith("This file was written by a newer Patella")
    assert sentence.endswith("Update, then try again.")
    assert screened.get("/api/export.json") == export


def test_the_spreadsheet_comes_as_a_file(screened: Visit) -> None:
    answer = screened.client.get("/api/export.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbfseq,id,session")


def test_runs_and_a_session_come_as_files_for_other_programmes(screened: Visit) -> None:
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 5000, "moving_s": 1860}, 201)
    runs = screened.client.get("/api/export.tcx")
    assert runs.headers["content-type"] == "application/vnd.garmin.tcx+xml"
    assert [r.distance_m for r in read_recording(runs.content)] == [5000]
    status, _, sentence = screened.refused("GET", "/api/export.fit")
    assert (status, sentence.partition(" yet")[0]) == (409, "There is no session with a set in it")
    session = screened.begin()
    screened.clock.move(minutes=2)
    screened.say(session, screened.set_done(session))
    evening = screened.client.get("/api/export.fit")
    assert evening.headers["content-type"] == "application/vnd.ant.fit"
    assert [a.sport for a in read_recording(evening.content)] == ["training"]


def test_the_word_has_to_be_said_before_anything_is_erased(screened: Visit) -> None:
    entries = screened.patella.log.entries()
    for said in ({}, {"confirm": "erase"}, {"confirm": True}):
        assert screened.refused("POST", "/api/erase", said)[0] == 422
    assert screened.patella.log.entries() == entries


def test_nothing_is_left_beside_the_diary(screened: Visit) -> None:
    folder = screened.patella.log.path.parent
    (folder / ".patella-scratch-of-a-killed-server").mkdir()
    canary = str(uuid4())
    screened.post("/api/sessions", {"id": canary}, 201)
    for path in ("/api/export.json", "/api/export.csv", "/api/handout.pdf"):
        assert screened.client.get(path).status_code == 200
    screened.post("/api/erase", {"confirm": "ERASE"})
    assert {p.name for p in folder.iterdir()} <= {"patella.db", "patella.db-wal", "patella.db-shm", "keys"}
    assert all(canary.encode() not in p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_a_folder_that_is_away_is_said_plainly(screened: Visit) -> None:
    folder = screened.patella.log.path.parent
    moved = folder.rename(folder.with_name("elsewhere"))
    try:
        status, _, sentence = screened.refused("GET", "/api/export.json")
    finally:
        moved.rename(folder)
    assert status == 503
    assert "was moved, removed or replaced" in sentence


def test_the_export_is_the_documented_format(screened: Visit) -> None:
    document = json.loads(screened.client.get("/api/export.json").content)
    assert (document["format"], document["version"]) == ("patella-diary", 1)
