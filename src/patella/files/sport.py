"""What an activity was, from the word its file or list uses for it, in the languages that lists come in."""

from __future__ import annotations

from patella.files.activity import RUNNING, UNKNOWN, plain_name

# Words of Strava, Garmin and the formats themselves; GPX tracks of Strava once carried numbers.
_RUNS = (
    "run running trailrun trail_running trail_run virtualrun virtual_run treadmill_running indoor_running"
    " street_running track_running obstacle_run ultra_run jogging 9 lauf laufen joggen traillauf course_à_pied course"
    " trail carrera correr corrida corsa hardloop hardlopen bieg bieganie löpning løping løb juoksu běh koşu"
    " ラン ランニング 跑步 跑步活动 달리기"
)
RUNS = frozenset(_RUNS.split())
OTHERS = {
    "ride": "cycling",
    "cycling": "cycling",
    "biking": "cycling",
    "1": "cycling",
    "virtualride": "cycling",
    "virtual_ride": "cycling",
    "radfahrt": "cycling",
    "walk": "walking",
    "walking": "walking",
    "10": "walking",
    "spaziergang": "walking",
    "hike": "hiking",
    "hiking": "hiking",
    "4": "hiking",
    "wandern": "hiking",
    "swim": "swimming",
    "swimming": "swimming",
    "16": "swimming",
    "schwimmen": "swimming",
}
NOTHING = frozenset({"", "other", "unknown", "uncategorized", "generic", "default"})
SURFACES = {
    "trailrun": "trail",
    "trail_running": "trail",
    "trail_run": "trail",
    "traillauf": "trail",
    "treadmill_running": "treadmill",
    "indoor_running": "treadmill",
    "virtualrun": "treadmill",
    "virtual_run": "treadmill",
    "track_running": "track",
}


def sport_named(word: str | None) -> str:
    """The sport a word names: running, another in its own words, or unknown when it says nothing."""
    name = plain_name(word)
    key = _key(word)
    if name is None or key in NOTHING:
        return UNKNOWN
    if key in RUNS:
        return RUNNING
    return OTHERS.get(key) or name.replace("_", " ").lower()


def surface_named(word: str | None) -> str | None:
    """The surface that the word for a run tells, such as that of a trail run."""
    return SURFACES.get(_key(word))


def _key(word: str | None) -> str:
    return "_".join((word or "").casefold().split())
