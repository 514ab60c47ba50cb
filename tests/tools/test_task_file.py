from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tooling import load_tool

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "src" / "patella" / "models"
NAMES = ["pose_detector.tflite", "pose_landmarks_detector.tflite"]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return load_tool("task_file")


@pytest.mark.parametrize("model", ["lite", "full", "heavy"])
def test_a_model_says_how_its_pictures_are_scaled(model: str) -> None:
    detector, landmarks = (Flat(content) for content in parts(MODELS / f"{model}.task"))
    assert detector.scaling() == (127.5, 127.5)
    assert landmarks.scaling() == (0.0, 255.0)


def test_a_model_keeps_what_it_had(maker: ModuleType) -> None:
    _, landmarks = parts(MODELS / "lite.task")
    again = maker.with_metadata(landmarks, "again", maker.LANDMARKS)
    assert again.endswith(landmarks)
    before, after = Flat(landmarks), Flat(again)
    assert after.u32(after.at(after.root, 0)) == before.u32(before.at(before.root, 0)) == 3
    assert after.data[4:8] == b"TFL3"
    buffers, more = before.vector(before.root, 4), after.vector(after.root, 4)
    assert len(more) == len(buffers) + 1
    shift = len(again) - len(landmarks)
    assert [place - shift for place in more[:-1]] == buffers
    for slot in (1, 2, 3):
        assert after.refer(after.at(after.root, slot)) - shift == before.refer(before.at(before.root, slot))


def test_the_mask_is_left_out_and_nothing_else(maker: ModuleType) -> None:
    _, landmarks = parts(MODELS / "lite.task")
    (graph,) = (flat := Flat(landmarks)).vector(flat.root, 2)
    outputs = flat.whole(graph, 2)
    assert len(outputs) == 5
    assert outputs[2] == outputs[3]
    made = {tensor for operator in flat.vector(graph, 3) for tensor in flat.whole(operator, 2)}
    used = {tensor for operator in flat.vector(graph, 3) for tensor in flat.whole(operator, 1)}
    assert made == (made & used) | set(outputs)
    assert set(outputs) <= made
    again = Flat(maker.without_mask(landmarks))
    (same,) = again.vector(again.root, 2)
    assert len(again.vector(same, 3)) == len(flat.vector(graph, 3))


def test_models_lie_uncompressed_and_aligned_in_their_archive() -> None:
    for model in MODELS.glob("*.task"):
        with zipfile.ZipFile(model) as archive:
            assert archive.namelist() == NAMES
            for entry in archive.infolist():
                assert entry.compress_type == zipfile.ZIP_STORED
                assert (entry.header_offset + 30 + len(entry.filename) + len(entry.extra)) % 64 == 0


def test_the_same_models_give_the_same_bytes(maker: ModuleType) -> None:
    detector, landmarks = parts(MODELS / "lite.task")
    one, two = (maker.task_file(detector, landmarks) for _ in range(2))
    assert one == two
    assert zipfile.ZipFile(io.BytesIO(one)).testzip() is None


def test_what_cannot_be_written_is_named(maker: ModuleType) -> None:
    with pytest.raises(TypeError, match=r"^A float cannot be written\.$"):
        maker._flatbuffer(maker.Table({0: 1.5}), b"TEST")


def parts(task: Path) -> list[bytes]:
    with zipfile.ZipFile(task) as archive:
        return [archive.read(name) for name in NAMES]


class Flat:
    """A reader of flatbuffers, written from their public description and not from our writer."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = self.refer(0)

    def u32(self, place: int) -> int:
        value: int = struct.unpack_from("<I", self.data, place)[0]
        return value

    def refer(self, place: int) -> int:
        return place + self.u32(place)

    def at(self, table: int, slot: int) -> int:
        above = table - struct.unpack_from("<i", self.data, table)[0]
        size, _ = struct.unpack_from("<HH", self.data, above)
        assert size >= 6 + 2 * slot
        offset = struct.unpack_from("<H", self.data, above + 4 + 2 * slot)[0]
        assert offset
        return table + int(offset)

    def vector(self, table: int, slot: int) -> list[int]:
        start = self.refer(self.at(table, slot))
        return [self.refer(start + 4 + 4 * n) for n in range(self.u32(start))]

    def text(self, table: int, slot: int) -> bytes:
        start = self.refer(self.at(table, slot))
        return self.data[start + 4 : start + 4 + self.u32(start)]

    def whole(self, table: int, slot: int) -> list[int]:
        start = self.refer(self.at(table, slot))
        return list(struct.unpack_from(f"<{self.u32(start)}i", self.data, start + 4))

    def number(self, table: int, slot: int) -> float:
        start = self.refer(self.at(table, slot))
        count, value = struct.unpack_from("<If", self.data, start)
        assert count == 1
        return float(value)

    def scaling(self) -> tuple[float, float]:
        notes = {self.text(note, 0): self.u32(self.at(note, 1)) for note in self.vector(self.root, 6)}
        buffer = self.vector(self.root, 4)[notes[b"TFLITE_METADATA"]]
        inner = Flat(self.text(buffer, 0))
        assert inner.data[4:8] == b"M001"
        (graph,) = inner.vector(inner.root, 3)
        (tensor,) = inner.vector(graph, 2)
        (unit,) = inner.vector(tensor, 4)
        assert inner.data[inner.at(unit, 0)] == 1
        options = inner.refer(inner.at(unit, 1))
        return inner.number(options, 0), inner.number(options, 1)
