"""Trials S2 to S4: whatever a file holds, it gives activities or one sentence; soon, and in little memory."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.recordings import Outing, fit_of, gpx_of, gz, tcx_of, zip_of
from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.found_files import FoundFiles
from patella.files.listed import items_of
from patella.files.lists import Lists
from patella.files.recording import plain, read_recording
from patella.files.source import Found

NOISE = random.Random(1).randbytes(100_000).hex().encode()  # noqa: S311 - no secret
SMALL = Outing(points=12)
WRITTEN = {"fit": fit_of(SMALL, offset_h=2), "gpx": gpx_of(SMALL), "tcx": tcx_of(SMALL)}
FLIPS = 1500
GARBAGE = 300
MOST_S, MOST_BYTES = 2.0, 256_000_000
XML_S, XML_BYTES = 0.5, 50_000_000
KINDS = pytest.mark.parametrize("kind", sorted(WRITTEN))


def read(content: bytes) -> tuple[Activity, ...] | str:
    """What a file gives: activities, or a sentence. Anything else is a failure of ours."""
    try:
        return read_recording(plain(content))
    except BadFileError as error:
        return str(error)


@KINDS
def test_cut_off_at_every_byte_it_gives_activities_or_a_sentence(kind: str) -> None:
    content = WRITTEN[kind]
    for length in range(len(content)):
        assert read(content[:length])


@KINDS
def test_with_flipped_bits_it_gives_activities_or_a_sentence(kind: str) -> None:
    chance = random.Random(7)  # noqa: S311 - the same flips every time
    for _ in range(FLIPS):
        content = bytearray(WRITTEN[kind])
        for _ in range(chance.choice((1, 1, 1, 3, 20))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        assert read(bytes(content))


@KINDS
@settings(max_examples=GARBAGE)
@given(rest=st.binary(max_size=600), at=st.integers(0, 400))
def test_with_garbage_in_it_it_gives_activities_or_a_sentence(kind: str, rest: bytes, at: int) -> None:
    content = WRITTEN[kind]
    assert read(content[:at] + rest)
    assert read(gz(content)[:at] + rest)


def test_a_million_empty_messages_end_soon() -> None:
    definition = bytes([0x40, 0, 0, 0, 0, 0])
    body = definition + b"\0" * 30_000_000
    content = struct.pack("<BBHI4s", 12, 16, 0, len(body), b".FIT") + body

    with within(MOST_S, MOST_BYTES):
        assert "messages" in str(read(content))


def fit_with(body: bytes) -> bytes:
    return struct.pack("<BBHI4s", 12, 16, 0, len(body), b".FIT") + body


def laid_out(local: int, number: int, *fields: tuple[int, int, int]) -> bytes:
    """The definition of a message."""
    return bytes([0x40 | local, 0, 0]) + struct.pack("<HB", number, len(fields)) + b"".join(map(bytes, fields))


EVERY_FIELD = tuple((n, 1, 2) for n in range(255))
TIMED = ((253, 4, 0x86), (5, 4, 0x86), (4, 1, 2))
AT_ONE_TIME = struct.pack("<IIB", 1_000_000_000, 5, 80)
COSTLY_RECORDINGS: dict[str, Callable[[], bytes]] = {
    "laps of every field": lambda: laid_out(0, 19, *EVERY_FIELD) + (b"\0" + b"\1" * 255) * 70_000,
    "records of a week": lambda: laid_out(0, 20, *TIMED) + (b"\0" + AT_ONE_TIME) * 599_000,
    "two layouts in turn": lambda: (
        laid_out(0, 20, *TIMED) + laid_out(1, 20, *TIMED, (9, 1, 2))
        + (b"\0" + AT_ONE_TIME + b"\1" + AT_ONE_TIME + b"\0") * 200_000
    ),
    "a layout for each record": lambda: (laid_out(0, 20, *TIMED) + b"\0" + AT_ONE_TIME) * 299_000,
    "times in the heads of records": lambda: (
        laid_out(0, 20, *TIMED) + b"\0" + AT_ONE_TIME + laid_out(1, 20, (5, 4, 0x86), (4, 1, 2))
        + b"".join(bytes([0xA0 | n, 5, 0, 0, 0, 80]) for n in range(32)) * 18_000
    ),
    "layouts alone": lambda: laid_out(0, 20, *EVERY_FIELD) * 50_000,
}  # fmt: skip


@pytest.mark.alone
@pytest.mark.parametrize("costly", sorted(COSTLY_RECORDINGS))
def test_a_small_file_of_large_cost_ends_soon_and_in_little_memory(costly: str) -> None:
    """Packed, each is a few kilobytes."""
    content = fit_with(COSTLY_RECORDINGS[costly]())
    with within(MOST_S, MOST_BYTES):
        assert read(content)


EXPORT = b'[{"summarizedActivitiesExport":[%s]}]'
COSTLY_LISTS: dict[str, Callable[[], bytes]] = {
    "runkeeper.csv: one endless row": lambda: b"Activity Id,Date,Type,GPX File\n" + b"," * 23_000_000,
    "sport_1.csv: rows of empty cells": lambda: b"type,startTime,sportTime(s)\n" + b",,\n" * 99_000,
    "a.json: empty lists": lambda: b"[" + b"[]," * 1_600_000 + b"[]]",
    "b.json: empty tables": lambda: b'{"exercises":[' + b"{}," * 1_600_000 + b"{}]}",
    "c.json: deep": lambda: b"[" * 4_900_000,
    "d.json: too large": lambda: b"[" + b"1," * 5_000_000 + b"1]",
    "export.xml: no end": lambda: b"<HealthData><Workout " + b"x" * 30_000_000,
    "export.xml: marks alone": lambda: b"<HealthData>" + b"<Workout " * 3_000_000,
    "activities.csv: one endless row": lambda: b"a,b\n" + b"," * 23_000_000,
    "activities.csv: rows of empty cells": lambda: b"a,Filename\n" + (b"," * 230 + b"\n") * 99_000,
    "activities.csv: one row over many lines": lambda: b'a,Filename\n"' + b'\n","' * 5_000_000,
    "activities.csv: endless quotation": lambda: b'a,Filename\n"' + b"x" * 23_000_000,
    "activities.csv: more than a life": lambda: b"a,Filename\n" + b"1,2\n" * 5_000_000,
    "exercise-0.json: exercises of nothing": lambda: (
        b"[" + b'{"logId":1,"activityName":"a"},' * 140_000 + b'{"logId":1,"activityName":"Run"}]'
    ),
    "exercise-1.json: an endless number": lambda: (
        b'[{"logId":1,"activityName":"Run","duration":' + b"9" * 4_900_000 + b"}]"
    ),
    "2026-05-03t08_30_00+02_00_running.json: measures of nothing": lambda: (
        b'{"fitnessActivity":"running","aggregate":[' + b"{}," * 290_000 + b"{}]}"
    ),
    "training-session-2.json: samples alone": lambda: b'{"exercises":[{"samples"' + b':{"samples"' * 4_000_000,
    "motion path detail data.json: a track without an end": lambda: b'[{"attribute":"' + b'k=0;\\"' * 6_000_000,
    "motion path detail data.json: tracks of nothing": lambda: b"[" + b'{"attribute":""},' * 1_300_000 + b"{}]",
    "motion path detail data.json: bare keys": lambda: b'[{"a":{' + b"1.0:1," * 3_900_000 + b"1.0:1}}]",
    "com.samsung.shealth.exercise.1.csv: rows of empty cells": lambda: (
        b"com.samsung.shealth.exercise,1,2\nstart_time,exercise_type,distance,duration\n" + b",,,\n" * 99_000
    ),
    "userexercises_1.csv: rows of empty cells": lambda: (
        b"exercise_id,exercise_start,exercise_end,utc_offset,activity_name\n" + b",,,,\n" * 99_000
    ),
    "activities.csv: days of words": lambda: (
        b"a,b,c,d,e,f,g,Filename\n" + (b'1,"' + b"mai " * 60 + b'2026 06:30","",Run,,,,\n') * 60_000
    ),
    "export.xml: quotation without an end": lambda: b'<HealthData><Workout a="' + b"<Workout '" * 3_000_000,
    "export.xml: workouts of nothing": lambda: b"<HealthData>" + b"<Workout/>" * 3_000_000,
    "shoes.csv: rows of nothing": lambda: b"\n" * 23_000_000,
    "summarizedactivities.json: empty lists": lambda: b"[" + b"[]," * 15_000_000 + b"[]]",
    "summarizedactivities.json: empty tables": lambda: EXPORT.replace(b"%s", b'{"a":[{},{},{},{}]},' * 2_000_000),
    "summarizedactivities.json: one endless item": lambda: EXPORT.replace(b"%s", b"[" + b"{}," * 15_000_000 + b"0]"),
    "summarizedactivities.json: the key again and again": lambda: b'"summarizedActivitiesExport":[],' * 1_400_000,
    "summarizedactivities.json: deep": lambda: EXPORT.replace(b"%s", b"[" * 40_000_000),
}


def found(name: str, content: bytes) -> Found:
    return Found(name=name, read=lambda: content, pieces=lambda: iter([content]))


@pytest.mark.parametrize("costly", sorted(COSTLY_LISTS))
def test_a_small_list_of_large_cost_ends_soon_and_in_little_memory(costly: str) -> None:
    content = COSTLY_LISTS[costly]()
    with within(MOST_S, MOST_BYTES):
        lists = Lists()
        try:
            lists.take(found(costly.partition(":")[0], content))
        except BadFileError as error:
            said = str(error)
        else:
            said = "" if any(r.activity for r in lists.rows) or lists.shoes else "nothing"
    assert said


@settings(max_examples=200)
@given(
    items=st.lists(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5), max_size=8),
    cut=st.integers(0, 40),
    size=st.integers(1, 60),
)
def test_a_list_gives_its_items_whole_or_says_that_it_is_damaged(items: list[object], cut: int, size: int) -> None:
    content = json.dumps([{"before": 1, "wanted": items}], ensure_ascii=False, indent=1).encode()
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert list(items_of(pieces, "wanted")) == items
    with suppress(BadFileError):
        found = list(items_of([content[: len(content) - cut]], "wanted"))
        assert found in ([], items)


def gpx_with(inside: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<gpx>{inside}</gpx>'.encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DEEP = 200_000
DANGERS = {
    "billion laughs": gpx_with("&l9;", f'<!DOCTYPE gpx [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quadratic blow-up": gpx_with("&a;" * 50_000, f'<!DOCTYPE gpx [<!ENTITY a "{"x" * 50_000}">]>'),
    "parameter entity": gpx_with("", '<!DOCTYPE gpx [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>'),
    "a file": gpx_with("&f;", '<!DOCTYPE gpx [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "an address": gpx_with("&f;", '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "deep": gpx_with("<a>" * DEEP + "</a>" * DEEP),
    "a long attribute": gpx_with(f'<a b="{"x" * 47_000_000}"/>'),
    "in UTF-16": gpx_with("&a;", '<!DOCTYPE gpx [<!ENTITY a "b">]>').decode().encode("utf-16"),
    "in UTF-7": b'<?xml version="1.0" encoding="utf-7"?>+ADw-gpx+AD4-<gpx>',
    "endless elements": gpx_with("<a/>" * 2_000_000),
}


@pytest.mark.parametrize("danger", sorted(DANGERS))
def test_a_dangerous_markup_is_refused_at_once(danger: str) -> None:
    with within(MOST_S if danger == "endless elements" else XML_S, XML_BYTES), without_reaching_out() as reached:
        assert isinstance(read(DANGERS[danger]), str)
    assert [r for r in reached if ".py" not in r] == []  # its own modules it may read


def test_a_long_attribute_is_not_kept_in_memory() -> None:
    content = DANGERS["a long attribute"]
    tracemalloc.start()
    assert "longer than a megabyte" in str(read(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < XML_BYTES


def test_a_gzip_bomb_is_refused_while_it_unpacks() -> None:
    bombs = gz(b"\0" * 30_000_000), gzip.compress(NOISE * 250, 1)
    with within(MOST_S, MOST_BYTES):
        assert "100 to one" in str(read(bombs[0]))
        assert "larger than" in str(read(bombs[1]))


def test_a_file_of_a_byte_too_much_is_refused() -> None:
    assert "larger than 48 MB" in str(read(b"\0" * 48_000_001))


def looked_at(tmp_path: Path, content: bytes) -> tuple[list[str], list[str]]:
    """The names of what would be read, and why the rest was refused; nothing may appear on the disk."""
    place = tmp_path / "in" / "archive.zip"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    with FoundFiles([(place, "archive.zip")], scratch=tmp_path) as sources:
        assert list(sources.looking()) == ["archive.zip"]
        names, why = [f.name for f in sources.recordings], [r.why for r in sources.refused]
        for found in sources.recordings:
            try:
                found.read()
            except BadFileError as error:
                why.append(str(error))
    assert sorted(tmp_path.rglob("*")) == before
    return names, why


def entry(name: str, *, mode: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def archive_of(entries: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for made, content in entries:
            made.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(made, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "mode", "why"),
    [
        ("../../evil.fit", 0, "out of its archive"),
        ("/etc/evil.fit", 0, "out of its archive"),
        ("C:/evil.fit", 0, "out of its archive"),
        ("a\\..\\..\\evil.fit", 0, "out of its archive"),
        ("evil.fit", 0o120777, "a link"),
    ],
)
def test_an_archive_that_reaches_out_of_itself_is_refused(tmp_path: Path, name: str, mode: int, why: str) -> None:
    names, told = looked_at(tmp_path, archive_of([(entry(name, mode=mode), WRITTEN["fit"])]))
    assert names == []
    assert why in told[0]


def test_a_bomb_in_an_archive_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    names, told = looked_at(tmp_path, zip_of({"bomb.gpx": b" " * 40_000_000}))
    assert names == []
    assert "100 to one" in told[0]


def test_a_bomb_in_gzip_in_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zip_of({"bomb.gpx": b" " * 40_000_000, "run.fit": WRITTEN["fit"]})
    names, told = looked_at(tmp_path, zip_of({"parts/inner.zip": inner, "run.fit": WRITTEN["fit"]}))
    assert names == ["archive.zip/parts/inner.zip/run.fit", "archive.zip/run.fit"]
    assert "100 to one" in told[0]


def test_an_archive_that_lies_about_its_sizes_is_found_out(tmp_path: Path) -> None:
    content = zip_of({"run.gpx": gpx_of(Outing(points=400))})
    at = content.rindex(b"PK\x01\x02") + 24  # the size in the directory
    lying = content[:at] + struct.pack("<I", 100) + content[at + 4 :]
    names, told = looked_at(tmp_path, lying)
    assert names == ["archive.zip/run.gpx"]
    assert told == ["It is damaged inside its archive."]


def test_entries_that_overlap_are_refused(tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.fit": WRITTEN["fit"], "b.fit": WRITTEN["fit"]}))
    second = content.rindex(b"PK\x01\x02") + 42  # where the directory says that the second begins
    content[second : second + 4] = struct.pack("<I", 0)
    _, told = looked_at(tmp_path, bytes(content))
    assert told == ["Its entries overlap; such archives are refused."]


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.fit": WRITTEN["fit"]}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    _, told = looked_at(tmp_path, bytes(content))
    assert "password" in told[0]


def test_a_hundred_thousand_entries_are_refused_by_the_count(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(100_001):
            archive.writestr(zipfile.ZipInfo(f"{number}.fit"), b"")
    with within(MOST_S, MOST_BYTES):
        names, told = looked_at(tmp_path, packed.getvalue())
    assert names == []
    assert "more than 100000 entries" in told[0]


def test_an_entry_without_a_name_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.fit": WRITTEN["fit"], "b.fit": WRITTEN["fit"]}))
    content[content.rindex(b"a.fit")] = 0  # a name ends at a zero
    names, told = looked_at(tmp_path, bytes(content))
    assert names == ["archive.zip/b.fit"]
    assert told == ["It has no name in its archive; such entries are refused."]


@pytest.mark.parametrize("cut", [1, 30, 100, 200])
def test_a_torn_archive_is_refused(tmp_path: Path, cut: int) -> None:
    names, told = looked_at(tmp_path, zip_of({"a.fit": WRITTEN["fit"]})[:-cut])
    assert names == []
    assert told


@settings(max_examples=100)
@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_an_archive_with_a_wrong_byte_never_surprises(at: int, value: int) -> None:
    content = bytearray(zip_of({"activities.csv": b"a,b\n", "a.fit": WRITTEN["fit"], "b.gpx": WRITTEN["gpx"]}))
    content[at % len(content)] = value
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = Path(folder, "archive.zip")
        place.write_bytes(content)
        with FoundFiles([(place, "archive.zip")]) as sources:
            assert list(sources.looking())
            for found in sources.recordings:
                with suppress(BadFileError):
                    assert read(found.read())


@contextmanager
def within(seconds: float, octets: int) -> Iterator[None]:
    """The block ends in time, and what is held at the end is little."""
    import resource

    before_bytes, before_s = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    yield
    took_s = time.process_time() - before_s
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_bytes) * (
        1 if sys.platform == "darwin" else 1024
    )
    assert took_s < seconds
    assert grown < octets


WATCHED = ("socket.connect", "socket.getaddrinfo", "open", "urllib.Request")
_listeners: list[Callable[[str], None]] = []
sys.addaudithook(
    lambda event, args: [heard(f"{event} {args[:1]}") for heard in _listeners] if event in WATCHED else None
)


@contextmanager
def without_reaching_out() -> Iterator[list[str]]:
    """What the block opened or called, as the interpreter itself says."""
    reached: list[str] = []
    _listeners.append(reached.append)
    try:
        yield reached
    finally:
        _listeners.clear()
