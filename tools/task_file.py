"""Packs a pose model as a `.task` file: two TFLite models that say how their picture is scaled, in one stored archive.

The models come without the metadata that the page's pose library asks for, and the one for landmarks also draws a mask
of the body that nobody here looks at, which takes up to half of its time: that is left out. TFLite files are
flatbuffers, in which every reference points forward; so a new root is put in front of the file, and nothing of the old
one is moved or rewritten.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

# Slots of the tables used here, from the public schemas of TFLite models and of their metadata.
MODEL_VERSION, MODEL_GRAPHS, MODEL_BUFFERS, MODEL_METADATA, MODEL_SLOTS = 0, 2, 4, 6, 8
GRAPH_OUTPUTS, GRAPH_OPERATORS, GRAPH_SLOTS = 2, 3, 5
OPERATOR_INPUTS, OPERATOR_OUTPUTS, OPERATOR_SLOTS = 1, 2, 3
MASK, HEAT = 2, 3  # of the outputs of a landmark model
METADATA_NAME = "TFLITE_METADATA"
NORMALIZATION = 1  # the first kind of process unit
ALIGNMENT = 64
PADDING_ID = 0xD935  # the archive field that means: only here for alignment
FILE_HEADER = 30  # bytes of an archive before the name of a file


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a model's input is made of a picture's bytes: (byte - mean) / std."""

    mean: float
    std: float


DETECTOR = Scaling(mean=127.5, std=127.5)
LANDMARKS = Scaling(mean=0.0, std=255.0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the value of each slot that has one."""

    slots: dict[int, object]


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector of references."""

    items: list[object]


@dataclass(frozen=True, slots=True)
class Whole:
    """A vector of whole numbers."""

    items: list[int]


@dataclass(frozen=True, slots=True)
class Old:
    """Something that stands in the old file, at this place."""

    place: int


def task_file(detector: bytes, landmarks: bytes) -> bytes:
    """A pose model as the page and the film reader take it; the same bytes for the same models."""
    parts = {
        "pose_detector.tflite": with_metadata(detector, "pose detector", DETECTOR),
        "pose_landmarks_detector.tflite": with_metadata(without_mask(landmarks), "pose landmarks", LANDMARKS),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3  # else the bytes would differ on Windows
            gap = -(packed.tell() + FILE_HEADER + len(name) + 4) % ALIGNMENT
            entry.extra = struct.pack("<HH", PADDING_ID, gap) + bytes(gap)
            archive.writestr(entry, content)
    return packed.getvalue()


def with_metadata(model: bytes, name: str, scaling: Scaling) -> bytes:
    """The model, with the scaling of its one input said in its metadata."""
    old = _slots(model, _u32(model, 0), MODEL_SLOTS)
    kept: dict[int, object] = {slot: Old(_target(model, at)) for slot, at in old.items() if slot != MODEL_VERSION}
    buffers = _references(model, old[MODEL_BUFFERS])
    notes = _references(model, old[MODEL_METADATA]) if MODEL_METADATA in old else []
    kept[MODEL_METADATA] = Vector([*notes, Table({0: METADATA_NAME, 1: len(buffers)})])
    kept[MODEL_BUFFERS] = Vector([*buffers, Table({0: _described(name, scaling)})])
    root = Table({MODEL_VERSION: _u32(model, old[MODEL_VERSION]), **kept})
    return _flatbuffer(root, model[4:8]) + model


def without_mask(model: bytes) -> bytes:
    """A landmark model that does not draw the mask; its other answers are the same to the last bit.

    In the mask's place the heat map is given once more, so that each output keeps its number.
    """
    old = _slots(model, _u32(model, 0), MODEL_SLOTS)
    (graph,) = _references(model, old[MODEL_GRAPHS])
    parts = _slots(model, graph.place, GRAPH_SLOTS)
    outputs = _whole(model, parts[GRAPH_OUTPUTS])
    outputs[MASK] = outputs[HEAT]
    operators: list[Old] = []
    wanted = set(outputs)
    for operator in reversed(_references(model, parts[GRAPH_OPERATORS])):
        ends = _slots(model, operator.place, OPERATOR_SLOTS)
        if wanted.intersection(_whole(model, ends[OPERATOR_OUTPUTS])):
            wanted.update(_whole(model, ends[OPERATOR_INPUTS]))
            operators.insert(0, operator)
    kept: dict[int, object] = {slot: Old(_target(model, at)) for slot, at in parts.items()}
    kept |= {GRAPH_OUTPUTS: Whole(outputs), GRAPH_OPERATORS: Vector([*operators])}
    root: dict[int, object] = {slot: Old(_target(model, at)) for slot, at in old.items() if slot != MODEL_VERSION}
    root |= {MODEL_VERSION: _u32(model, old[MODEL_VERSION]), MODEL_GRAPHS: Vector([Table(kept)])}
    return _flatbuffer(Table(root), model[4:8]) + model


def _described(name: str, scaling: Scaling) -> bytes:
    """The metadata: a graph with one input, scaled like this."""
    options = Table({0: [scaling.mean], 1: [scaling.std]})
    unit = Table({0: NORMALIZATION.to_bytes(), 1: options})
    graph = Table({2: Vector([Table({0: "image", 4: Vector([unit])})])})
    return _flatbuffer(Table({0: name, 3: Vector([graph]), 7: "1.0.0"}), b"M001")


def _flatbuffer(root: Table, identifier: bytes) -> bytes:
    """Write a table and all it refers to; what is referred to in the old file is taken to follow at once."""
    out = bytearray(b"\0\0\0\0" + identifier)
    late: list[tuple[int, int]] = []
    _refer(out, 0, root, late)
    out.extend(bytes(-len(out) % ALIGNMENT))
    for slot, place in late:
        struct.pack_into("<I", out, slot, len(out) + place - slot)
    return bytes(out)


def _refer(out: bytearray, slot: int, value: object, late: list[tuple[int, int]]) -> None:
    """Write a value at the end and the way to it into the slot."""
    if isinstance(value, Old):
        late.append((slot, value.place))
        return
    place = _put(out, value, late)
    struct.pack_into("<I", out, slot, place - slot)


def _put(out: bytearray, value: object, late: list[tuple[int, int]]) -> int:
    """Write a value and what it refers to; where it stands."""
    if isinstance(value, Table):
        return _put_table(out, value, late)
    if isinstance(value, Vector):
        place = _start(out, 4, len(value.items))
        out.extend(bytes(4 * len(value.items)))
        for number, item in enumerate(value.items):
            _refer(out, place + 4 + 4 * number, item, late)
        return place
    if isinstance(value, list | Whole):
        items, kind = (value.items, "i") if isinstance(value, Whole) else (value, "f")
        place = _start(out, 4, len(items))
        out.extend(struct.pack(f"<{len(items)}{kind}", *items))
        return place
    content = value.encode() if isinstance(value, str) else value
    if not isinstance(content, bytes):
        raise TypeError(f"A {type(value).__name__} cannot be written.")
    place = _start(out, 4 if isinstance(value, str) else 16, len(content))
    out.extend(content + b"\0")
    return place


def _put_table(out: bytearray, table: Table, late: list[tuple[int, int]]) -> int:
    """A list of where each slot is, then the table: numbers in it, the rest behind it. One byte stands for a byte."""
    count = max(table.slots) + 1
    order = {slot: 4 + 4 * number for number, slot in enumerate(table.slots)}
    size = 4 + 4 * len(order)
    out.extend(bytes(-len(out) % 2))
    above = len(out)
    out.extend(struct.pack(f"<{2 + count}H", 4 + 2 * count, size, *(order.get(slot, 0) for slot in range(count))))
    out.extend(bytes(-len(out) % 4))
    place = len(out)
    out.extend(struct.pack("<i", place - above) + bytes(4 * len(order)))
    for slot, at in order.items():
        value = table.slots[slot]
        if isinstance(value, int):
            struct.pack_into("<I", out, place + at, value)
        elif isinstance(value, bytes) and len(value) == 1:
            out[place + at] = value[0]
        else:
            _refer(out, place + at, value, late)
    return place


def _start(out: bytearray, alignment: int, count: int) -> int:
    """Make room so that what follows the count is aligned; write the count."""
    out.extend(bytes(-(len(out) + 4) % alignment))
    out.extend(struct.pack("<I", count))
    return len(out) - 4


def _slots(data: bytes, table: int, count: int) -> dict[int, int]:
    """Where each of a table's slots stands; those that have no value are left out."""
    above = table - struct.unpack_from("<i", data, table)[0]
    known = min(count, (_u16(data, above) - 4) // 2)
    places = {slot: _u16(data, above + 4 + 2 * slot) for slot in range(known)}
    return {slot: table + at for slot, at in places.items() if at}


def _references(data: bytes, slot: int) -> list[Old]:
    vector = _target(data, slot)
    return [Old(_target(data, vector + 4 + 4 * n)) for n in range(_u32(data, vector))]


def _whole(data: bytes, slot: int) -> list[int]:
    vector = _target(data, slot)
    return list(struct.unpack_from(f"<{_u32(data, vector)}i", data, vector + 4))


def _target(data: bytes, slot: int) -> int:
    return slot + _u32(data, slot)


def _u32(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "little")


def _u16(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "little")
