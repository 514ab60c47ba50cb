"""Reads `camera.toml`, one file per exercise that a camera can see, into what the camera looks for.

    role = "reps"                 # reps, hold, posture, mirror
    view = "side"                 # side, front, close
    off_deg = 50                  # optional: how far the camera may stand from that view
    leg = "near"                  # near: the one beside the camera; standing: that one too, unless the other one is
                                  # seen to bend over a foot that stays, which is counted and not judged; moving: the
                                  # one that does it; raised: the higher one at each moment, whatever name it is given;
                                  # upper: the one whose knee is higher in the picture, in the same way; both: no
                                  # difference
    needs = ["hip", "knee"]       # joints of the working side that must be in the picture
    planted = ["ankle"]           # joints of the working side that stay where they are
    shows = "knee_flexion"        # optional: the angle whose number may be shown, to 5 degrees
    metronome = true              # optional: the beat of the dose's tempo helps here

    [[posture]]                   # how the body is all the while; outside it nothing counts
    measure = "trunk_lean"        # one of patella.motion.angles.Measure
    within = [-30, 60]
    other = true                  # optional: of the other leg

    [straight]                    # optional: a position in which a measure is known, so that a person's own offset can
    measure = "knee_flexion"      # be taken off it: seen within `within` of `at` while at rest
    at = 0
    within = 14

    [rest]                        # optional: a measure that is told against this person's own rest, which is then 0
    measure = "knee_gap"
    for_s = 2                     # so long it is still before the rest is known,
    within = 0.03                 # which means that it moves by no more than this
    most_s = 30                   # away from it for longer than any effort takes, it is learnt anew
    hips_s = 6                    # optional, for a part of the hips' width: of their mean width in so many seconds,
                                  # where the hips keep still while the measure moves

    [rep]
    measure = "knee_flexion"
    toward = "less"               # less, more: which way the effort goes
    start = [18, 60]              # where a repetition starts and ends
    least = 16                    # the least range that is one
    noticed = 7                   # optional: from here a movement that is not one was meant to be one
    reach = 12                    # optional: short of this the repetition is `shallow`
    least_s = 1.0                 # how long one takes, at the least and at the most
    most_s = 15
    least_down_s = 0.9            # optional: a quicker way back is `dropped_lowering`

    [aside]                       # optional, with `rep`: counts where the camera stands too far off for any angle
    measure = "hip_drop"          # as in [rep]

    [hold]
    within_s = 0.4                # how long the posture must be there before the hold runs
    arrives = 4                   # optional: the first band's measure is held once it is within this of its most
    toward = "more"               # optional: which way the first band's measure goes deeper
    bands = [{ measure = "leg_raise", within = [40, 120] }]

    [[form]]                      # what the routine asks for
    fault = "heel_rise"
    cue = "heel_rise"             # optional: the key of its words, the fault's name unless they differ
    measure = "heel_rise"
    above = 0.06                  # or below; both of them may stand
    from = "start"                # start: against the person's own resting position; absolute: as it is;
                                  # best: against the person's own best top so far (with during = "top")
    during = "rep"                # rep, top, hold, always
    for_s = 0.25                  # how long it must last

Numbers are in the measure's own unit: degrees for angles, parts of a length for heights and gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from patella.motion.angles import MEASURES, SHARES, Measure
from patella.motion.definition import DefinitionError, Table
from patella.motion.spec import (
    FRONT_OFF_DEG,
    JOINT,
    SIDE_OFF_DEG,
    Band,
    During,
    FormRule,
    From,
    HoldRule,
    Leg,
    Part,
    RepRule,
    RestRule,
    Role,
    Signal,
    Spec,
    Toward,
    View,
)

_FAR = 1000.0
_ALL_ROUND = 180.0
_LEVEL_DEG = 45.0


class _Signals:
    """Collects the measures that are asked for, each once."""

    def __init__(self) -> None:
        self.found: dict[tuple[Measure, bool], int] = {}

    def index(self, measure: Measure, *, other: bool = False) -> int:
        return self.found.setdefault((measure, other), len(self.found))

    def measure(self, index: int) -> Measure:
        return list(self.found)[index][0]

    def band(self, band: Band) -> tuple[int, float, float]:
        return self.index(band.measure, other=band.other), band.low, band.high

    def all(self) -> tuple[Signal, ...]:
        return tuple(
            Signal(measure=m, other=o, unit=0.02 if m in SHARES else 1.0, read=MEASURES[m]) for m, o in self.found
        )


def parse_spec(values: Mapping[str, object]) -> Spec:
    """A camera definition from the values of its file. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    role, view = table.choice("role", Role), table.choice("view", View)
    signals = _Signals()
    rep = _rep(table.table("rep")) if role is Role.REPS else None
    hold = _hold(table.table("hold")) if table.has("hold") else None
    if role in (Role.HOLD, Role.POSTURE) and hold is None:
        raise DefinitionError("hold", "is missing: this role times a hold.")
    main = signals.index(rep.measure) if rep else -1
    aside = _rep(table.table("aside")) if rep and table.has("aside") else None
    main_aside = signals.index(aside.measure) if aside else -1
    shown = signals.index(table.choice("shows", Measure)) if table.has("shows") else None
    straight = _straight(table.table("straight"), signals) if table.has("straight") else None
    posture = tuple(signals.band(_band(t)) for t in table.tables("posture"))
    standard = SIDE_OFF_DEG if view is View.SIDE else FRONT_OFF_DEG
    spec = Spec(
        role=role,
        view=view,
        off_deg=table.number("off_deg", 5, 90) if table.has("off_deg") else standard,
        leg=table.choice("leg", Leg),
        needs=tuple(JOINT[p] for p in table.choices("needs", Part)),
        planted=tuple(JOINT[p] for p in table.choices("planted", Part)),
        posture=posture,
        straight=straight,
        rest=_rest(table.table("rest"), signals) if table.has("rest") else None,
        rep=rep,
        hold=hold,
        hold_bands=tuple(signals.band(b) for b in hold.bands) if hold else (),
        form=tuple(_form(t, signals) for t in table.tables("form")),
        main=main,
        shown=shown,
        lies=any(_lies(signals.measure(i), low, high) for i, low, high in posture),
        metronome=table.flag("metronome", default=False),
        signals=signals.all(),
    )
    table.done()
    if aside is None:
        return spec
    return replace(spec, aside=replace(spec, rep=aside, main=main_aside, straight=None, shown=None, off_deg=_ALL_ROUND))


def _lies(measure: Measure, low: float, high: float) -> bool:
    """Whether this posture is one of somebody who lies: the trunk is nearer to level than to upright."""
    return (measure is Measure.TRUNK_LEAN and high <= -_LEVEL_DEG) or (
        measure is Measure.SIDE_LEAN and low >= _LEVEL_DEG
    )


def _pair(table: Table, key: str) -> tuple[float, float]:
    values = table.numbers(key, -_FAR, _FAR)
    if len(values) != 2 or values[0] >= values[1]:  # noqa: PLR2004 - the lower and the upper end
        raise DefinitionError(table.path(key), "must be two numbers, the lower one first.")
    return values[0], values[1]


def _band(table: Table) -> Band:
    low, high = _pair(table, "within")
    band = Band(measure=table.choice("measure", Measure), low=low, high=high, other=table.flag("other", default=False))
    table.done()
    return band


def _straight(table: Table, signals: _Signals) -> tuple[int, float, float]:
    signal = signals.index(table.choice("measure", Measure))
    found = signal, table.number("at", -180, 180), table.number("within", 1, 45)
    table.done()
    return found


def _rest(table: Table, signals: _Signals) -> RestRule:
    rule = RestRule(
        signal=signals.index(table.choice("measure", Measure)),
        for_s=table.number("for_s", 0.5, 10),
        within=table.number("within", 0.001, 45),
        most_s=table.number("most_s", 2, 120),
        hips_s=table.number("hips_s", 1, 60) if table.has("hips_s") else None,
    )
    table.done()
    return rule


def _rep(table: Table) -> RepRule:
    least = table.number("least", 0.01, 120)
    rep = RepRule(
        measure=table.choice("measure", Measure),
        toward=table.choice("toward", Toward),
        start=_pair(table, "start"),
        least=least,
        noticed=table.number("noticed", 0, least) if table.has("noticed") else least / 2,
        reach=table.number("reach", -180, 180) if table.has("reach") else None,
        least_s=table.number("least_s", 0.2, 30),
        most_s=table.number("most_s", 1, 120),
        least_down_s=table.number("least_down_s", 0, 10) if table.has("least_down_s") else 0.0,
    )
    table.done()
    return rep


def _hold(table: Table) -> HoldRule:
    within_s = table.number("within_s", 0, 5)
    arrives = table.number("arrives", 0, 90) if table.has("arrives") else None
    toward = table.choice("toward", Toward) if table.has("toward") else Toward.MORE
    bands = tuple(_band(t) for t in table.tables("bands"))
    table.done()
    if not bands:
        raise DefinitionError(table.path("bands"), "needs at least one band: what the posture is.")
    return HoldRule(bands=bands, within_s=within_s, arrives=arrives, toward=toward)


def _form(table: Table, signals: _Signals) -> FormRule:
    fault = table.text("fault")
    if not (table.has("above") or table.has("below")):
        raise DefinitionError(table.key, "needs above or below: from where it is a fault.")
    rule = FormRule(
        fault=fault,
        cue=table.text("cue") if table.has("cue") else fault,
        signal=signals.index(table.choice("measure", Measure), other=table.flag("other", default=False)),
        low=table.number("below", -_FAR, _FAR) if table.has("below") else -_FAR,
        high=table.number("above", -_FAR, _FAR) if table.has("above") else _FAR,
        against=table.choice("from", From),
        during=table.choice("during", During),
        for_s=table.number("for_s", 0, 5),
    )
    table.done()
    return rule
