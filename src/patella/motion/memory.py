"""What the coach remembers between two pictures: a small flat thing that goes through JSON unchanged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any

from patella.motion.pose import Side
from patella.motion.spec import SWAPPED, Leg, Role, Spec


class Phase(IntEnum):
    """Where a repetition is."""

    AWAY = 0  # not at the place where one starts
    REST = 1
    OUT = 2
    BACK = 3


@dataclass(slots=True, kw_only=True)
class State:
    """Everything that counts from what was seen so far. Seconds are the camera's; None: not known.

    `step` never changes the state it is given: it works on a copy.
    """

    asked: int = -1  # the side that was asked for: 0 left, 1 right, -1 none
    running: bool = False  # whether a set may be under way already when the film begins
    t_s: float | None = None
    first_s: float | None = None
    usable: float = 0.0  # seconds in which the coach was ready
    used_s: float | None = None  # the last moment in which everything needed was seen
    since_s: float = 0.0  # from the one before to it
    # who is there, and from where
    side: int = -1
    votes: float = 0.0  # seconds in which the raised leg was called right, less those in which it was called left
    sense: float = 0.0
    off_deg: float | None = None
    aside: bool = False  # whether the camera stands too far off for any angle
    was_aside: bool = False  # whether it ever did
    sight: str = ""
    next_sight: str = ""
    next_since_s: float = 0.0
    ready: bool = False
    looks: int = 0
    # what is read
    values: list[float | None] = field(default_factory=list)  # smoothed, one for each signal
    read_s: list[float] = field(default_factory=list)  # when each was last read
    speeds: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)  # the last two readings of what counts or holds, each after its time
    trembles: float = 0.0  # by how much those miss the way that they are on
    spans: list[float | None] = field(default_factory=list)  # left low, left high, right low, right high
    zero: float = 0.0  # this person's own offset of the measure whose place is known
    zeroed: bool = False
    rest: float = 0.0  # where the measure that is told against this person's own rest is at rest
    rested: bool = False
    rest_s: float = 0.0  # the last moment at rest
    hips: float = 0.0  # how wide the hips are in the picture, in heights of it: the mean of many pictures
    hips_s: float = 0.0  # of how many seconds
    readings: list[float] = field(default_factory=list)  # what it is learnt from: time and value in turn
    # which leg is which
    legs: list[float] = field(default_factory=list)  # where knees and ankles were
    legs_s: float = 0.0
    crossed: bool = False  # whether the model takes one leg for the other
    crossed_s: float = 0.0
    # standing still
    feet: list[float] = field(default_factory=list)  # of who stands on one leg: see standing.py
    was_behind: bool = False  # whether repetitions of the leg away from the camera were counted
    together_s: float | None = None  # when both feet were last beside one another, as the camera sees it
    turned_s: float | None = None  # when the leg away from the camera was last seen to work
    anchor: list[float] = field(default_factory=list)
    size: float = 0.0  # of the body in the picture, in heights of it
    planted_s: float | None = None
    slips_s: float | None = None  # since when they are somewhere else
    jerked_s: float = -1e9  # when they were last found somewhere else at once
    shook_s: float | None = None  # when the camera was last seen to move
    placed_s: float | None = None
    # one repetition
    phase: int = Phase.AWAY
    low: float = 0.0
    high: float = 0.0
    trough: float = 0.0
    edge_s: float = 0.0
    start_s: float = 0.0
    peak: float = 0.0
    peak_s: float = 0.0
    top_s: float = 0.0
    trough_s: float = 0.0
    n: int = 0
    short_s: float | None = None  # when the last small movement that was meant as one ended
    # one hold
    posture_s: float | None = None  # since when the posture is there
    held_s: float | None = None  # since when the hold runs
    unseen_s: float = 0.0  # for how long of it nobody was seen
    kept_s: float = 0.0  # the last moment in posture
    level_s: float = 0.0  # the last moment near its most
    came_s: float = 0.0  # when the posture was first there
    rose_s: float = 0.0  # when it last came nearer its most
    above_s: float | None = None  # since when it is clearly further than where the hold began
    base: float | None = None  # where it came from
    record: list[float] = field(default_factory=list)  # of what is held, the last seconds: time and value in turn
    arrived_s: float | None = None  # the `posture_s` that was told from it
    origin: float | None = None  # from where that way there came
    lowest: float = 0.0  # the least of the seconds before
    watched: bool = False  # whether it was watched before it came there
    most: float = 0.0  # the furthest it went from there
    told_s: float | None = None
    told: bool = False
    # form
    starts: list[float | None] = field(default_factory=list)
    tops: list[float | None] = field(default_factory=list)
    calm: list[float | None] = field(default_factory=list)  # of each rule: where its measure keeps while nothing moves
    noise: list[float] = field(default_factory=list)  # and how far it strays from there
    stirs_s: float | None = None  # the last moment in which something moved
    top_for_s: float = 0.0  # how long this repetition has been at its top
    since: list[float | None] = field(default_factory=list)
    flagged: list[bool] = field(default_factory=list)
    wants: int = -1
    cue_s: float | None = None
    shown: int | None = None
    shown_s: float = 0.0

    def copy(self) -> State:
        """An equal state that shares nothing with this one that could change."""
        return _copied(self)


_MOST = 1e15
_LISTS: tuple[str, ...] = ("values", "read_s", "speeds", "raw", "spans", "readings", "anchor", "legs", "feet")
_SHARED = ("record",)  # lists that never change, only make room for others: copies have the same one
_LISTS += ("starts", "tops", "calm", "noise", "since", "flagged")


def _copier() -> Callable[[State], State]:
    """What copies a state, once a picture: a line for each field, which is quicker than any loop over them."""
    names = [f.name for f in fields(State)]
    lines = [f"    twin.{n} = [*state.{n}]" if n in _LISTS else f"    twin.{n} = state.{n}" for n in names]
    place: dict[str, Any] = {"State": State, "new": object.__new__}
    text = "\n".join(["def copied(state):", "    twin = new(State)", *lines, "    return twin"])
    exec(text, place)  # noqa: S102 - made of the names above alone, as a dataclass makes its own methods
    found: Callable[[State], State] = place["copied"]
    return found


_copied = _copier()


def begin(spec: Spec, side: Side | None = None, *, running: bool = False) -> State:
    """The state before the first picture.

    `side` is the side that works; without it the coach finds out. `running` is for films that may begin in the middle
    of a set: then nobody needs to have been still first.
    """
    asked = -1 if side is None else (0 if side is Side.LEFT else 1)
    signals, rules = len(spec.signals), len(spec.form)
    return State(
        asked=asked,
        running=running,
        side=asked,
        values=[None] * signals,
        read_s=[0.0] * signals,
        speeds=[0.0] * signals,
        spans=[None] * 4,
        starts=[None] * rules,
        tops=[None] * rules,
        calm=[None] * rules,
        noise=[0.0] * rules,
        since=[None] * rules,
        flagged=[False] * rules,
    )


def side_name(spec: Spec, state: State) -> str:
    """left, right, or both where the sides do the same or it is not known yet."""
    side = state.side
    if spec.leg in SWAPPED:
        side = state.asked if state.asked >= 0 else int(state.votes > 0)
    if spec.leg is Leg.BOTH or spec.role is Role.MIRROR or side < 0:
        return "both"
    return "right" if side else "left"


def state_to_json(state: State) -> dict[str, object]:
    """The state as plain values."""
    return {f.name: getattr(state, f.name) for f in fields(State)}


def state_from_json(values: Mapping[str, object]) -> State:
    """The state that `state_to_json` gave. Raises ValueError for anything else."""
    state = State()
    if set(values) != {f.name for f in fields(State)}:
        raise ValueError("This is no state of the coach: it has other fields.")
    for name, value in values.items():
        if not _fits(name, value, getattr(state, name)):
            raise ValueError(f"This is no state of the coach: {name} is of another kind.")
        setattr(state, name, value[:] if isinstance(value, list) else value)
    return state


def _fits(name: str, value: object, usual: object) -> bool:
    if name in _LISTS + _SHARED:
        return isinstance(value, list) and all(v is None or isinstance(v, bool) or _is_number(v) for v in value)
    if isinstance(usual, bool | str):
        return type(value) is type(usual)
    if value is None:
        return usual is None
    return _is_number(value) and (isinstance(value, int) or not isinstance(usual, int))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST
