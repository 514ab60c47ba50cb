"""The angle functions against motion capture: markers on the skin, joint angles solved from them by a full skeleton."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from patella.motion.angles import knee_flexion_deg

Place = tuple[float, float, float]  # metres; y is up
_MARKS = {"right": ("R_HJC", "r_knee", "r_ankle"), "left": ("L_HJC", "L_knee", "L_ankle")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How far our knee angle is from the reference in one recording, degrees."""

    recording: str
    side: str
    frames: int
    mean_error_deg: float
    bias_deg: float
    largest_deg: float


def compare(folder: Path) -> list[Match]:
    """Every marker recording (.trc) of a folder with its solved angles (_ik.mot) beside it, both knees."""
    return [
        _match(marks, side, _markers(marks), _solved(solved))
        for marks in sorted(folder.rglob("*.trc"))
        if (solved := marks.with_name(f"{marks.stem}_ik.mot")).is_file()
        for side in _MARKS
    ]


def _match(
    file: Path, side: str, frames: Sequence[Mapping[str, Place]], angles: Sequence[Mapping[str, float]]
) -> Match:
    """A camera far away looks at the body from the side that the first frame shows, as the coach's own would."""
    ahead = _ahead(frames[0])
    column = f"knee_angle_{side[0]}"
    off = []
    for marks, told in zip(frames, angles, strict=True):
        hip, knee, ankle = ((p[0] * ahead[0] + p[2] * ahead[1], -p[1]) for p in (marks[n] for n in _MARKS[side]))
        if all(map(math.isfinite, (*hip, *knee, *ankle))):  # a marker may be hidden
            off.append(knee_flexion_deg(hip, knee, ankle) - math.degrees(told[column]))
    return Match(
        recording=file.stem, side=side, frames=len(off), mean_error_deg=sum(map(abs, off)) / len(off),
        bias_deg=sum(off) / len(off), largest_deg=max(map(abs, off)),
    )  # fmt: skip


def _ahead(marks: Mapping[str, Place]) -> tuple[float, float]:
    """The direction the body faces in the plane of the floor, from one hip joint to the other turned by a quarter."""
    right, left = marks["R_HJC"], marks["L_HJC"]
    x, z = left[0] - right[0], left[2] - right[2]
    size = math.hypot(x, z)
    return -z / size, x / size


def _markers(file: Path) -> list[dict[str, Place]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    names = [n for n in lines[3].split("\t")[2:] if n.strip()]
    frames = []
    for line in lines[5:]:
        cells = line.split("\t")
        if len(cells) > 2 * len(names):
            values = [float(c) if c.strip() else math.nan for c in cells[2 : 2 + 3 * len(names)]]
            frames.append({n: (values[3 * i], values[3 * i + 1], values[3 * i + 2]) for i, n in enumerate(names)})
    return frames


def _solved(file: Path) -> list[dict[str, float]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    first = lines.index("endheader") + 1
    names = lines[first].split("\t")
    return [dict(zip(names, map(float, line.split("\t")), strict=True)) for line in lines[first + 1 :] if line.strip()]
