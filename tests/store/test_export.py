from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entry_bodies import said, spoiled
from patella.care.entries.kinds import complaint
from patella.store import exported
from patella.store.entry import Entry, StoreError
from patella.store.export import export_csv, export_json, restore
from patella.store.log import Log
from store.conftest import in_a_file
from store.diary import entry, people

ENTRY = {
    "at": "2026-05-31T18:04:11+02:00",
    "body": {"nprs": 2, "when": "before"},
    "day": "2026-05-31",
    "id": "a",
    "kind": "pain.noted",
    "session_id": None,
}


def _file(tmp_path: Path, entries: list[object], **changed: object) -> Path:
    file = tmp_path / "diary.json"
    file.write_text(json.dumps({"format": "patella-diary", "version": 1, "entries": entries} | changed))
    return file


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=people)
def test_what_is_restored_from_an_export_exports_to_the_same_bytes(log: Log, written: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first.json"), Path(folder, "second.json")
        log.refill(written, replace=True)
        assert export_json(log, first) == len(written)
        kept = log.entries()
        log.refill([], replace=True)
        assert restore(log, first) == len(written)
        export_json(log, second)
        assert second.read_bytes() == first.read_bytes()
        assert log.entries() == kept


def test_the_json_is_an_entry_a_line_in_order_of_writing_and_plain_ascii(log: Log, tmp_path: Path) -> None:
    log.append([entry(1, "pain.noted", when="during", nprs=2.5, note="żółw\x00"), entry(0)])
    export_json(log, tmp_path / "diary.json")
    assert (tmp_path / "diary.json").read_bytes() == (
        b'{"format":"patella-diary","version":1,"entries":[\n'
        b'{"at":"2026-01-02T18:00:00+00:00","body":{"note":"\\u017c\\u00f3\\u0142w\\u0000","nprs":2.5,"when":"during"},'
        b'"day":"2026-01-02","id":"id 1","kind":"pain.noted","session_id":"session 1"},\n'
        b'{"at":"2026-01-01T18:00:00+00:00","body":{},"day":"2026-01-01","id":"id 0","kind":"set.done",'
        b'"session_id":"session 0"}\n'
        b"]}\n"
    )


def test_an_empty_diary_can_be_exported_and_restored(log: Log, tmp_path: Path) -> None:
    assert export_json(log, tmp_path / "diary.json") == 0
    assert restore(log, tmp_path / "diary.json") == 0


@in_a_file
@pytest.mark.parametrize("write", [export_json, export_csv])
def test_an_export_is_private_and_replaces_nothing_unless_told(
    log: Log, tmp_path: Path, write: Callable[..., int]
) -> None:
    out = tmp_path / "out"
    log.append([entry(0)])
    write(log, out)
    assert out.stat().st_mode & 0o777 == 0o600
    out.write_text("precious")
    with pytest.raises(StoreError, match="is there already"):
        write(log, out)
    assert out.read_text() == "precious"
    assert write(log, out, replace=True) == 1
    assert out.read_text() != "precious"
    with pytest.raises(StoreError, match="is a folder"):
        write(log, tmp_path, replace=True)
    with pytest.raises(StoreError, match="nowhere does not exist"):
        write(log, tmp_path / "nowhere" / "out")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["diary", "out"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_export_that_does_not_fit_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("precious")
    pid = os.fork()
    if pid == 0:
        import resource

        with Log.open(tmp_path / "diary") as log:
            log.append([entry(number, note="x" * 1000) for number in range(200)])
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
            try:
                export_json(log, out, replace=True)
            except StoreError as error:
                os._exit(0 if str(error) == f"{out} could not be written: File too large." else 1)
        os._exit(2)
    assert os.waitpid(pid, 0)[1] == 0
    assert out.read_text() == "precious"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["diary", "out.json"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"is not a Patella export, or only a part of one: .*, line 1, column 1\.$"),
        (b'{"format":"patella-diary",\n"version":1,"entries":[{"at"', r"only a part of one: .*, line 2, column 29\.$"),
        (b'{"a":"\xff"}', r"is not a Patella export: byte 7 is not text\.$"),
        (b"[" * 100_000, r"is not a Patella export: "),
        (b"[1]", r'it does not begin with "format": "patella-diary"\.$'),
        (b'{"format":"gpx","version":1,"entries":[]}', r"it does not begin with"),
        (b'{"format":"patella-diary","version":2,"entries":[]}', r"newer Patella \(version 2 of the format, this one"),
        (b'{"format":"patella-diary","version":2,"entries":[{"at":"x","why":"a key of later"}]}', r"newer Patella"),
        (b'{"format":"other","version":1,"entries":[1,2]}', r"it does not begin with"),
        (b'{"format":"patella-diary","version":true,"entries":[]}', r"version must be a whole number from 1 on\.$"),
        (b'{"format":"patella-diary","entries":[]}', r"version must be a whole number from 1 on\.$"),
        (b'{"format":"patella-diary","version":1}', r"a list of entries, and nothing else\.$"),
        (b'{"format":"patella-diary","version":1,"entries":[],"x":1}', r"a list of entries, and nothing else\.$"),
    ],
)
def test_a_file_that_is_no_diary_is_refused_with_the_place(
    log: Log, tmp_path: Path, content: bytes, sentence: str
) -> None:
    log.append([entry(0)])
    file = tmp_path / "diary.json"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=sentence):
        restore(log, file, replace=True)
    assert log.entries() == [entry(0)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "2026-02-30"}, r"day must be a date such as 2026-05-31\.$"),
        ({"day": "20260531"}, r"day must be a date such as 2026-05-31\.$"),
        ({"day": None}, r"day must be a date such as 2026-05-31\.$"),
        ({"at": "yesterday"}, r"at must be a date and time such as"),
        ({"at": 5}, r"at must be a date and time such as"),
        ({"at": "2026-05-31T18:04:11"}, r"at must be a date and time with its offset from UTC"),
        ({"id": 5}, r"id must be 1 to 200 printable characters, not 5\.$"),
        ({"id": "\ud800"}, r"id must be 1 to 200 printable characters"),
        ({"session_id": ["a"]}, r"session_id must be 1 to 200 printable characters"),
        ({"kind": ""}, r"kind must be 1 to 200 printable characters"),
        ({"body": None}, r"body must be a table of keys and values"),
        ({"body": {"load_kg": float("inf")}}, r"body\.load_kg must be a finite number"),
        ({"note": "extra"}, r"there must be at, body, day, id, kind, session_id, and nothing else\.$"),
        ({"id": "first"}, r"the id first is that of entry 1 already\.$"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_number_and_nothing_is_restored(
    log: Log, tmp_path: Path, changed: dict[str, object], sentence: str
) -> None:
    file = _file(tmp_path, [ENTRY | {"id": "first"}, ENTRY | changed])
    with pytest.raises(StoreError, match=f"^{file}, entry 2: {sentence}"):
        restore(log, file)
    assert log.entries() == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind_and_body=spoiled())
def test_what_is_restored_is_what_its_kind_asks_for_or_nothing_is(
    log: Log, kind_and_body: tuple[str, dict[str, object]]
) -> None:
    kind, body = kind_and_body
    wrong = complaint(kind, body)
    log.refill([], replace=True)
    with tempfile.TemporaryDirectory() as folder:
        file = _file(Path(folder), [ENTRY | {"id": "first"}, ENTRY | {"kind": kind, "body": body}])
        if not wrong:
            assert restore(log, file) == 2
            assert log.entries()[1].body == body
            return
        with pytest.raises(StoreError) as refused:
            restore(log, file)
        assert str(refused.value) == f"{file}, entry 2 ({kind}, 2026-05-31, id a): {wrong}"
    assert log.entries() == []


@given(kind_and_body=said)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_body_that_a_kind_allows_comes_back_as_it_was(
    log: Log, kind_and_body: tuple[str, dict[str, object]]
) -> None:
    kind, body = kind_and_body
    with tempfile.TemporaryDirectory() as folder:
        restore(log, _file(Path(folder), [ENTRY | {"kind": kind, "body": body}]), replace=True)
    assert log.entries(sound=True) == log.entries()
    assert log.entries()[0].body == body


def test_a_wrong_entry_that_an_older_version_restored_is_left_out_of_what_is_sound_and_exported_all_the_same(
    log: Log, tmp_path: Path
) -> None:
    log.append([entry(0, "pain.noted", nprs=1.5, when="before"), entry(1, "pain.noted", nprs=2, when="before")])
    assert [e.id for e in log.entries(sound=True)] == [e.id for e in log.entries(sound=True)] == ["id 1"]
    assert export_json(log, tmp_path / "diary.json") == 2


def test_a_restored_moment_keeps_its_own_offset(log: Log, tmp_path: Path) -> None:
    restore(log, _file(tmp_path, [ENTRY]))
    (restored,) = log.entries()
    assert restored.at.isoformat() == "2026-05-31T18:04:11+02:00"
    assert restored.body == {"nprs": 2, "when": "before"}


def test_a_diary_that_is_not_empty_is_replaced_only_when_told(log: Log, tmp_path: Path) -> None:
    log.append([entry(0)])
    log.remembered.keep("progress", entry(5).day, 1)
    file = _file(tmp_path, [ENTRY])
    with pytest.raises(StoreError, match="The diary is not empty"):
        restore(log, file)
    assert log.entries() == [entry(0)]
    assert restore(log, file, replace=True) == 1
    assert [restored.id for restored in log.entries()] == ["a"]
    assert log.remembered.memo("progress", no_later_than=entry(99).day) is None


def test_a_file_that_is_too_large_or_not_there_is_refused(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="could not be read: No such file or directory"):
        restore(log, tmp_path / "none.json")
    assert exported.LARGEST_BYTES == 200_000_000
    monkeypatch.setattr(exported, "LARGEST_BYTES", 100)
    with pytest.raises(StoreError, match="that is no diary of one person"):
        restore(log, _file(tmp_path, [ENTRY]))


@settings(max_examples=60)
@given(
    content=st.binary(max_size=60) | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
def test_whatever_stands_in_a_file_the_answer_is_a_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder)) as log:
        file = Path(folder, "diary.json")
        file.write_bytes(content)
        with pytest.raises(StoreError, match=r"is not a Patella export.*\.$"):
            restore(log, file)


def test_the_table_has_a_column_for_what_people_sort_by_and_the_rest_as_json(log: Log, tmp_path: Path) -> None:
    done = {"item": "a", "exercise": "long bridge", "side": "left", "set": 2, "reps": 12, "hold_s": None}
    log.append([replace(entry(0), body={**done, "load_kg": 7.5, "form_ok": True})])
    log.append([entry(1, "pain.noted", when="before", nprs=0, knee="right", note="ż")])
    log.append([entry(2, "entry.changed", of="id 0", body={"reps": 11}, reps=["odd"])])
    assert export_csv(log, tmp_path / "diary.csv") == 3
    first, second, third = _table(tmp_path / "diary.csv")
    assert ",".join(first) == (
        "seq,id,session,day,at,kind,exercise,side,set,reps,holds,hold_s,load_kg,nprs,when,knee,body"
    )
    assert first == {
        "seq": "1", "id": "id 0", "session": "session 0", "day": "2026-01-01", "at": "2026-01-01T18:00:00+00:00",
        "kind": "set.done", "exercise": "long bridge", "side": "left", "set": "2", "reps": "12", "holds": "",
        "hold_s": "", "load_kg": "7.5", "nprs": "", "when": "", "knee": "", "body": '{"form_ok": true, "item": "a"}',
    }  # fmt: skip
    assert (second["nprs"], second["when"], second["knee"], second["body"]) == ("0", "before", "right", '{"note": "ż"}')
    assert (third["reps"], third["body"]) == ("", '{"body": {"reps": 11}, "of": "id 0", "reps": ["odd"]}')


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_of_the_table_is_taken_for_a_formula(log: Log, tmp_path: Path, begin: str) -> None:
    formula = f'{begin}HYPERLINK("http://example.test","look")'
    log.append([entry(0, exercise=formula, knee=formula, note=formula, load_kg=-1.5, side=True)])
    export_csv(log, tmp_path / "diary.csv")
    (row,) = _table(tmp_path / "diary.csv")
    assert row["exercise"] == row["knee"] == f"'{formula}"
    assert row["body"].startswith("{")
    assert row["load_kg"] == "-1.5", "a number is no formula"
    assert row["side"] == "true"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=people)
def test_the_table_has_one_harmless_row_for_each_entry_whatever_it_says(log: Log, written: list[Entry]) -> None:
    log.refill(written, replace=True)
    with tempfile.TemporaryDirectory() as folder:
        export_csv(log, Path(folder, "diary.csv"))
        rows = _table(Path(folder, "diary.csv"))
    assert [row["seq"] for row in rows] == [str(number) for number in range(1, len(written) + 1)]
    for row in rows:
        for name in ("id", "session", "kind", "exercise", "side", "knee", "body"):
            assert not row[name].startswith(("=", "@", "\t", "\r", "\n"))
