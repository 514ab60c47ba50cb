"""The sports of FIT files, by the numbers of its profile."""

from __future__ import annotations

from patella.files.activity import UNKNOWN, plain_name
from patella.files.fit_layout import Found

_SPORTS = (
    "generic, running, cycling, transition, fitness equipment, swimming, basketball, soccer, tennis, american football,"
    " training, walking, cross-country skiing, alpine skiing, snowboarding, rowing, mountaineering, hiking, multisport,"
    " paddling, flying, e-biking, motorcycling, boating, driving, golf, hang gliding, horseback riding, hunting,"
    " fishing, inline skating, rock climbing, sailing, ice skating, sky diving, snowshoeing, snowmobiling,"
    " stand up paddleboarding, surfing, wakeboarding, water skiing, kayaking, rafting, windsurfing, kitesurfing,"
    " tactical, jumpmaster, boxing, floor climbing"
)
SPORTS = _SPORTS.split(", ")
TRANSITION = "transition"
SURFACES = {1: "treadmill", 45: "treadmill", 58: "treadmill", 2: "road", 3: "trail", 4: "track"}
NOT_SAID = ("generic", "multisport")


def sport_of(session: dict[int, int], found: Found) -> str:
    """What a session was; where it does not say it, what the file says of itself."""
    sport = sport_in(session, 5)
    if sport in (UNKNOWN, *NOT_SAID) and len(found.sports) == 1:
        said = sport_in(found.sports[0], 0)
        sport = sport if said == UNKNOWN else said
    return UNKNOWN if sport in NOT_SAID else sport


def sport_in(values: dict[int, int], number: int) -> str:
    """The sport that a field says."""
    sport = values.get(number)
    if sport is None:
        return UNKNOWN
    return plain_name(SPORTS[sport]) or UNKNOWN if sport < len(SPORTS) else f"sport {sport}"
