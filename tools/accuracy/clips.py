"""The films of a clips folder and what is true in them: `real/` labelled by eye, `rendered/` with exact truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from patella.files.library import read_spec
from patella.motion.spec import Role

# How people describe an exercise -> ours. The first words that fit count; other films are left out.
_CALLED = (
    ("heel slide", "heel-slide"),
    ("seated knee ext", "seated-knee-extension"),
    ("supine straight leg raise", "straight-leg-raise"),
    ("side-lying leg raise", "side-lying-hip-abduction"),
    ("clam", "clamshell"),
    ("glute bridge", "glute-bridge"),
    ("squat", "squat"),
    ("step-up", "lateral-step-down"),
    ("step-down", "lateral-step-down"),
    ("calf raise", "calf-raise"),
)
_TALKING = ("squat", "terminal-knee-extension", "calf-raise")  # nothing of these may be counted while somebody talks


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one second to another."""

    start_s: float
    end_s: float

    def overlap_s(self, other: Span) -> float:
        """Seconds that both have in common."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))

    @property
    def length_s(self) -> float:
        """Its seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A repetition that was really done; where only its middle is known, a second to both sides of it."""

    span: Span
    faults: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A film and what is true in it. `counts` are all numbers of repetitions that are right.

    A shallow repetition may be counted or only be noticed: which of the two, the exercise's least range decides.
    `side` is the leg that works, None where both do or nobody says; `near` the one beside the camera of a side view.
    """

    film: Path
    real: bool
    exercise: str
    view: str
    camera: str
    side: str | None
    near: str | None
    counts: frozenset[int]
    reps: tuple[Done, ...]
    holds: tuple[Span, ...]
    hold_faults: frozenset[str]
    idle: tuple[Span, ...]
    angles: Path | None

    @property
    def name(self) -> str:
        """The film's own name."""
        return self.film.stem


def read_clips(folder: Path) -> list[Clip]:
    """Every film of the folder that shows an exercise of ours, or nothing at all for a while."""
    clips: list[Clip] = []
    for kind in ("rendered", "real"):
        labels = folder / kind / "labels.json"
        if labels.is_file():
            for entry in json.loads(labels.read_text(encoding="utf-8")):
                clips += (_rendered if kind == "rendered" else _real)(labels.parent, entry)
    return [_asked_of_the_coach(c) for c in clips if c.film.is_file()]


def _asked_of_the_coach(clip: Clip) -> Clip:
    """Only what the exercise's camera counts or times is compared: a mirror counts nothing, a posture times no hold."""
    role = read_spec(clip.exercise).role
    return replace(
        clip,
        counts=clip.counts if role is Role.REPS else frozenset(),
        holds=clip.holds if role is Role.HOLD else (),
    )


def knee_truth_deg(clip: Clip) -> list[tuple[float, float, float]]:
    """Time, left and right knee flexion of a rendered film; empty for a real one."""
    if clip.angles is None or not clip.angles.is_file():
        return []
    with clip.angles.open(encoding="utf-8") as lines:
        return [(float(r["t"]), float(r["knee_flex_left"]), float(r["knee_flex_right"])) for r in csv.DictReader(lines)]


def _rendered(folder: Path, entry: Mapping[str, Any]) -> list[Clip]:
    faults = [str(f["fault"]) for f in entry["fault_intervals"]]
    side, view = str(entry["working_side"]), str(entry["view"])
    film = folder / str(entry["file"])
    return [
        Clip(
            film=film, real=False, exercise=str(entry["exercise"]), view=view.split(" ", maxsplit=1)[0],
            camera=f"{entry['yaw_deg']:.0f}°", side=None if side == "both" else side, near=_near(view),
            counts=frozenset({len(entry["reps"]), sum("shallow" not in r["faults"] for r in entry["reps"])}),
            reps=tuple(Done(span=_span(r), faults=frozenset(r["faults"])) for r in entry["reps"]),
            holds=tuple(_span(h) for h in entry["holds"]), hold_faults=frozenset(faults),
            idle=tuple(_span(n) for n in entry["nothing_happens"]), angles=folder / "truth" / f"{film.stem}.csv",
        )
    ]  # fmt: skip


def _real(folder: Path, entry: Mapping[str, Any]) -> list[Clip]:
    if entry["confidence"] not in {"high", "medium"}:
        return []
    told = str(entry["exercise"])
    exercise = next((ours for words, ours in _CALLED if words in told), None)
    if exercise is None:
        return _talk(folder, entry) if "talking" in told else []
    events = [float(t) for t in entry["event_times_s"]]
    counts = {entry["reps"], entry.get("reps_including_unfinished", entry["reps"])}
    reps = tuple(Done(span=Span(start_s=t - 1, end_s=t + 1), faults=frozenset()) for t in events)
    idle = [Span(start_s=0, end_s=events[0] - 1.5)] if "idle" in str(entry["file"]) else []
    return [_seen(folder, entry, exercise, (frozenset(counts), reps, tuple(idle)))]


def _talk(folder: Path, entry: Mapping[str, Any]) -> list[Clip]:
    """Somebody who stands and talks before anything happens: watched for several exercises."""
    first = float(entry["event_times_s"][0])
    quiet = (Span(start_s=0, end_s=first - 1),)
    return [_seen(folder, entry, exercise, (frozenset(), (), quiet)) for exercise in _TALKING]


def _seen(
    folder: Path,
    entry: Mapping[str, Any],
    exercise: str,
    truth: tuple[frozenset[int], tuple[Done, ...], tuple[Span, ...]],
) -> Clip:
    view = str(entry["view"])
    counts, reps, idle = truth
    return Clip(
        film=folder / str(entry["file"]), real=True, exercise=exercise, view=_word(view, ("side", "front", "back")),
        camera="oblique" if "oblique" in view else "straight on", side=None, near=None, counts=counts, reps=reps,
        holds=(), hold_faults=frozenset(), idle=idle, angles=None,
    )  # fmt: skip


def _near(view: str) -> str | None:
    return _word(view, ("left", "right")) if view.startswith("side") else None


def _word(text: str, words: Iterable[str]) -> str:
    return next((w for w in words if w in text), text)


def _span(values: Mapping[str, float]) -> Span:
    return Span(start_s=float(values["start_s"]), end_s=float(values["end_s"]))
