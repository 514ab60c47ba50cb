"""Recordings of landmarks in a form small enough to keep: a head of JSON, then columns of small steps, compressed.

Kept of each frame: the 19 landmarks from which anything is measured (the rest sit on the nose or the wrist when read
back), x and y to an 8192nd of the picture, z and visibility coarsely, world landmarks to 2 mm.

    python tests/motion/recording.py FRAMES LABELS TRUTH OUT    makes one: FRAMES as `patella.motion.pose.pack` writes
                                                                them, one after the other; the film's entry in LABELS
"""

from __future__ import annotations

import csv
import json
import lzma
import struct
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from patella.motion.pose import JOINTS, PoseFrame, unpack

KEPT = (0, 7, 8, *range(11, 17), *range(23, 33))
STANDS_FOR = {
    j: (j if j in KEPT else 15 if j in (17, 19, 21) else 16 if j in (18, 20, 22) else 0) for j in range(JOINTS)
}
GRAIN = (1 / 8192, 1 / 8192, 1 / 256, 1 / 64)  # x, y, z, visibility
WORLD_GRAIN = 0.002
EACH = len(GRAIN) + 3
FOLDER = Path(__file__).parent / "recordings"
EVERY_S = 1 / 15  # films of 30 frames a second keep every other one


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A film's landmarks and what is true in it: `truth` is the film's label; knees are degrees for each frame."""

    name: str
    truth: dict[str, Any]
    frames: tuple[PoseFrame, ...]
    knees_deg: tuple[tuple[float, float], ...]


def names() -> list[str]:
    """Every recording that is kept."""
    return sorted(p.name.removesuffix(".landmarks") for p in FOLDER.glob("*.landmarks"))


def read(name: str) -> Recording:
    """One of the recordings."""
    data = lzma.decompress((FOLDER / f"{name}.landmarks").read_bytes())
    (size,) = struct.unpack_from("<I", data)
    head = json.loads(data[4 : 4 + size])
    count = len(head["times_ms"])
    numbers = array("h", data[4 + size :])
    columns = [list(accumulate(numbers[i : i + count])) for i in range(0, len(numbers), count)]
    frames = []
    for n, ms in enumerate(head["times_ms"]):
        values = [column[n] for column in columns[2:]]
        seen = n not in head["nobody"]
        frames.append(
            PoseFrame(
                t_s=ms / 1000, width_px=head["width_px"], height_px=head["height_px"], people=int(seen),
                image=_image(values) if seen else (), world=_world(values) if seen else (),
            )
        )  # fmt: skip
    knees = tuple((left / 10, right / 10) for left, right in zip(*columns[:2], strict=True))
    return Recording(name=name, truth=head["truth"], frames=tuple(frames), knees_deg=knees)


def _image(values: Sequence[int]) -> tuple[float, ...]:
    return tuple(values[EACH * KEPT.index(STANDS_FOR[j]) + k] * GRAIN[k] for j in range(JOINTS) for k in range(4))


def _world(values: Sequence[int]) -> tuple[float, ...]:
    return tuple(
        values[EACH * KEPT.index(STANDS_FOR[j]) + 4 + k] * WORLD_GRAIN for j in range(JOINTS) for k in range(3)
    )


def write(
    out: Path, frames: Sequence[PoseFrame], truth: dict[str, Any], knees_deg: Sequence[tuple[float, float]]
) -> int:
    """Write a recording and answer its size in bytes. A frame without a body repeats the one before it."""
    rows: list[list[int]] = []
    for frame, knees in zip(frames, knees_deg, strict=True):
        row = [round(10 * k) for k in knees]
        for j in KEPT:
            if frame.image:
                row += [round(frame.image[4 * j + k] / GRAIN[k]) for k in range(4)]
                row += [round(frame.world[3 * j + k] / WORLD_GRAIN) for k in range(3)]
        rows.append(row if frame.image else row + (rows[-1][2:] if rows else [0] * EACH * len(KEPT)))
    head = json.dumps({
        "truth": truth, "width_px": frames[0].width_px, "height_px": frames[0].height_px,
        "times_ms": [round(1000 * f.t_s) for f in frames], "nobody": [n for n, f in enumerate(frames) if not f.image],
    }, separators=(",", ":")).encode()  # fmt: skip
    numbers = array("h", (step for column in zip(*rows, strict=True) for step in (column[0], *_steps(column))))
    packed = lzma.compress(struct.pack("<I", len(head)) + head + numbers.tobytes(), preset=9 | lzma.PRESET_EXTREME)
    out.write_bytes(packed)
    return len(packed)


def _steps(column: Sequence[int]) -> list[int]:
    return [b - a for a, b in pairwise(column)]


def main(frames_file: str, labels_file: str, truth_file: str, out: str) -> None:
    """Make one recording out of a film's frames, its label and its angles."""
    data, frames, at, after_s = Path(frames_file).read_bytes(), list[PoseFrame](), 0, -1.0
    while at < len(data):
        size = 940 if data[at + 1] else 16
        frame, at = unpack(data[at : at + size]), at + size
        if frame.t_s >= after_s - 0.002:
            frames.append(frame)
            after_s = frame.t_s + EVERY_S
    film = f"{Path(frames_file).stem}.mp4"
    truth = next(entry for entry in json.loads(Path(labels_file).read_text()) if entry["file"] == film)
    with Path(truth_file).open() as lines:
        told = [(float(r["t"]), float(r["knee_flex_left"]), float(r["knee_flex_right"])) for r in csv.DictReader(lines)]
    knees = [min(told, key=lambda row: abs(row[0] - f.t_s))[1:] for f in frames]
    truth.pop("camera", None)
    write(Path(out), frames, truth, knees)


if __name__ == "__main__":
    main(*sys.argv[1:])
