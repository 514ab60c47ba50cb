"""What is done in a film, and so what is true in it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from math import dist
from pathlib import Path
from typing import Any

from plan import Film
from scene import SIZE

from patella.files.library import read_movement, read_spec
from patella.motion.body import Body
from patella.motion.performance import Attempt, Moment, Performance, takes_of
from patella.motion.pose import Joint
from patella.motion.spec import Role


def told_of(film: Film, body: Body) -> Performance:
    """What the person does."""
    movement = read_movement(film.exercise)
    return Performance(
        body=body, movement=movement, side=movement.work[-1], talks_s=film.talks_s, still_s=film.still_s, after_s=0.8,
        attempts=tuple(Attempt(tempo=film.tempo, fault=f, share=film.share) for f in film.faults),
    )  # fmt: skip


def label_of(film: Film, told: Performance, length_s: float) -> dict[str, Any]:
    """What is true in the film, in the form of the labels that tools/accuracy reads; `scene` and `who` beside it."""
    takes = takes_of(told)
    holds = read_spec(film.exercise).role is Role.HOLD
    both = len(told.movement.work) > 1
    faults = [t.attempt.fault for t in takes if t.attempt.fault]
    return {
        "file": f"{film.name}.mp4", "exercise": film.exercise, "scene": film.scene, "body": film.who,
        "view": "front" if film.front else f"side {'left' if film.left else 'right'}",
        "yaw_deg": abs(film.aside_deg), "fps": film.rate_hz,
        "size": list(SIZE), "duration_s": round(length_s, 3),
        "working_side": "both" if both else "left" if film.left else "right",
        "reps": [] if holds else [
            {"start_s": round(t.start_s, 3), "peak_s": round(t.peak_s, 3), "peak_end_s": round(t.peak_end_s, 3),
             "end_s": round(t.end_s, 3), "faults": [t.attempt.fault.value] if t.attempt.fault else []} for t in takes
        ],
        "holds": [{"start_s": round(t.peak_s, 3), "end_s": round(t.peak_end_s, 3)} for t in takes] if holds else [],
        "fault_intervals": [{"fault": f.value} for f in faults] if holds else [],
        "nothing_happens": [{"start_s": 0, "end_s": round(told.begins_s - 0.2, 3), "what": "keeping still, talking"}],
    }  # fmt: skip


def write_knees(path: Path, moments: Sequence[Moment], *, left: bool) -> None:
    """The knees of every picture, degrees, the gap between them and how far the kneecaps are drawn up, metres.

    In a mirrored film left is right.
    """
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["t", "knee_flex_left", "knee_flex_right", "knee_gap", "patella_m"])
        for m in moments:
            knees = [m.knee_flexion_deg(s) or 0.0 for s in ("RL" if left else "LR")]
            gap_m = dist(m.points[Joint.LEFT_KNEE], m.points[Joint.RIGHT_KNEE])
            lift_m = (m.pose or {}).get("kneecap_lift_m", 0.0)
            rows.writerow([f"{m.t_s:.4f}", *(f"{k:.2f}" for k in knees), f"{gap_m:.4f}", f"{lift_m:.4f}"])
