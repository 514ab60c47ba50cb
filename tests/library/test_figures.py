"""The rendered figures are there, small, transparent, and made from the movements as they are now."""

import dataclasses
import json
import struct
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import patella
from patella.motion.movement import KeyPose, Movement, parse_movement
from tooling import load_tool

HOUSE = Path(patella.__file__).parent
MOVEMENTS = HOUSE / "library" / "exercises"
FIGURES = HOUSE / "web" / "static" / "figures"
EXERCISES = sorted(p.parent.name for p in MOVEMENTS.glob("*/movement.toml"))
ENDINGS = (".avif", "-start.webp", "-end.webp")
BOXES_OF_BOXES = {"moov", "trak", "mdia", "minf", "stbl", "meta", "iprp", "ipco"}


fingerprint: Callable[[Movement], str] = load_tool("figures/fingerprint").fingerprint


def movement(name: str) -> Movement:
    return parse_movement(tomllib.loads((MOVEMENTS / name / "movement.toml").read_text(encoding="utf-8")))


def record() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = json.loads((FIGURES / "figures.json").read_text(encoding="utf-8"))["figures"]
    return told


def chunks(webp: bytes) -> dict[str, bytes]:
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    found, at = {}, 12
    while at < len(webp):
        name, size = webp[at : at + 4].decode(), struct.unpack_from("<I", webp, at + 4)[0]
        found[name] = webp[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every box of an ISO media file, those within others too."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I", data, at)[0], data[at + 4 : at + 8].decode("latin-1")
        body = data[at + 8 : at + size]
        yield name, body
        if name in BOXES_OF_BOXES:
            yield from boxes(body[4:] if name == "meta" else body)
        at += max(size, 8)


def sides(webp: Path) -> tuple[int, int]:
    head = chunks(webp.read_bytes())["VP8X"]
    return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1


def test_a_fingerprint_changes_with_a_key_pose_and_not_with_the_real_tempo() -> None:
    told = movement("squat")
    bent = told.poses["end"]
    deeper = KeyPose(name="end", values={**bent.values, "knee.R": bent.values["knee.R"] + 1})
    slower = dataclasses.replace(told.tempo, up_s=told.tempo.up_s + 1)
    assert fingerprint(told) == fingerprint(movement("squat"))
    assert fingerprint(dataclasses.replace(told, poses={**told.poses, "end": deeper})) != fingerprint(told)
    assert fingerprint(dataclasses.replace(told, loop_s=told.loop_s + 1)) != fingerprint(told)
    assert fingerprint(dataclasses.replace(told, tempo=slower)) == fingerprint(told)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_its_three_files_within_their_size(name: str) -> None:
    for ending, most in zip(ENDINGS, (150_000, 40_000, 40_000), strict=True):
        file = FIGURES / f"{name}{ending}"
        assert file.is_file(), f"{file.name} is missing: `make figures` renders it."
        assert file.stat().st_size <= most, file.name


def test_all_of_them_are_on_one_sheet_in_the_documents() -> None:
    root = Path(__file__).parents[2]
    sheet = root / "docs" / "figures.png"
    assert sheet.stat().st_size < 1_000_000
    width, height = struct.unpack(">II", sheet.read_bytes()[16:24])
    assert height / width == pytest.approx(-(-len(EXERCISES) // 4) * 172 / 1200, abs=0.001)  # four a row
    assert "docs/figures.png" in (root / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXERCISES)
def test_a_figure_was_made_from_the_movement_as_it_is_now(name: str) -> None:
    made_from = record().get(name, {}).get("made_from")
    assert made_from == fingerprint(movement(name)), f"The figure of {name} is out of date: `make figures` renders it."


def test_nothing_is_left_of_exercises_that_are_gone() -> None:
    assert sorted(record()) == EXERCISES
    expected = {f"{name}{ending}" for name in EXERCISES for ending in ENDINGS} | {"figures.json"}
    assert {p.name for p in FIGURES.iterdir()} == expected


@pytest.mark.parametrize("name", EXERCISES)
def test_the_stills_are_transparent_and_as_large_as_the_page_needs(name: str) -> None:
    start, end = (FIGURES / f"{name}-{which}.webp" for which in ("start", "end"))
    for still in (start, end):
        found = chunks(still.read_bytes())
        assert found["VP8X"][0] & 0x10, "its header says that there is no alpha"
        assert len(found["ALPH"]) > 100
    assert sides(start) == sides(end)
    assert max(sides(start)) == 640
    assert 0.6 < sides(start)[0] / sides(start)[1] < 1.8


@pytest.mark.parametrize("name", EXERCISES)
def test_the_moving_figure_is_transparent_and_takes_the_movements_own_time(name: str) -> None:
    data = (FIGURES / f"{name}.avif").read_bytes()
    found = list(boxes(data))
    assert b"avis" in next(body for box, body in found if box == "ftyp")
    tracks = [body[8:12] for box, body in found if box == "hdlr"]
    assert b"pict" in tracks
    assert b"auxv" in tracks, "there is no track with the alpha"
    width, height = struct.unpack_from(">II", next(body for box, body in found if box == "ispe"), 4)
    assert (width, height) == (record()[name]["width"], record()[name]["height"])
    assert max(width, height) == 480
    header = next(body for box, body in found if box == "mdhd")
    long = header[0] == 1
    (per_second,) = struct.unpack_from(">I", header, 20 if long else 12)
    (duration,) = struct.unpack_from(">Q" if long else ">I", header, 24 if long else 16)
    assert duration / per_second == pytest.approx(movement(name).loop_s, abs=0.05)
