"""What an export's list says of a recording, over what its file says; and an activity as the diary holds it."""

from __future__ import annotations

from dataclasses import replace

from patella.files.activity import UNKNOWN, Activity
from patella.files.row import Row
from patella.files.sport import sport_of_name


def told(activity: Activity, row: Row | None, file: str) -> Activity:
    """The activity with what the export's list says of it, which holds, and else the file's own name."""
    list_says = row.activity if row else None
    if list_says is not None:
        activity = _corrected(activity, list_says)
    if activity.sport == UNKNOWN and activity.said is None:
        activity = replace(activity, sport=sport_of_name(file))
    return activity


def _corrected(activity: Activity, said: Activity) -> Activity:
    """What was put right on the platform, or is known there alone, over what the file says."""
    knows = said.sport != UNKNOWN
    word = None if knows else (said.said if activity.sport == UNKNOWN else None) or activity.said
    return replace(
        activity,
        sport=said.sport if knows else activity.sport,
        said=word,
        surface=activity.surface or said.surface,
        name=said.name or activity.name,
        distance_m=said.distance_m or activity.distance_m,
        moving_s=said.moving_s or activity.moving_s,
        offset=said.offset if activity.offset is None else activity.offset,
    )


def body_of(activity: Activity) -> dict[str, object]:
    """What an entry keeps of an activity, beside when it was and where it came from."""
    kept = (
        "sport",
        "distance_m",
        "moving_s",
        "elapsed_s",
        "cadence_spm",
        "ascent_m",
        "name",
        "surface",
        "source",
        "said",
    )
    return {key: getattr(activity, key) for key in kept}
