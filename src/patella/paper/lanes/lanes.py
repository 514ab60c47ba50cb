"""Every lane of a timeline, from top to bottom."""

from __future__ import annotations

from patella.paper.days import DAY
from patella.paper.lanes.bars import bar_lanes, exercise_lanes
from patella.paper.lanes.frame import Frame, Spec
from patella.paper.lanes.pain import pain_lanes
from patella.paper.lanes.points import score_lanes, sport_lanes
from patella.paper.lanes.runs import run_lanes
from patella.paper.lanes.shoes import shoe_lanes


def lanes_of(frame: Frame) -> list[Spec]:
    """Every lane that has something to show, from top to bottom; morning pain always."""
    during = "Pain during exercise and runs" if frame.step == DAY else "Pain during, the worst"
    after = "Pain an hour after" if frame.step == DAY else "An hour after, the worst"
    return [
        *pain_lanes(frame, "morning", "Pain in the morning", 88, always=True),
        *pain_lanes(frame, "during", during, 46),
        *pain_lanes(frame, "after", after, 46),
        *run_lanes(frame),
        *shoe_lanes(frame),
        *bar_lanes(frame, "sitting_h", "Sitting, hours a day", 38),
        *bar_lanes(frame, "barefoot_min", "Barefoot, minutes a day", 32),
        *exercise_lanes(frame),
        *sport_lanes(frame),
        *score_lanes(frame),
    ]
