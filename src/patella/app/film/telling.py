"""What is told of a film that was looked at, at the terminal and in the page alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from patella.care.entries.field import more_than
from patella.care.exercise import Exercise
from patella.files.library import read_sayings
from patella.motion.analysis import Analysis, Curve
from patella.motion.angles import SHARES
from patella.motion.event import HoldEnded, Lost, Rep, Sight
from patella.motion.saying import Saying
from patella.motion.tempo import Tempo, Way, too_fast

TIMED_SHORT = (
    "A camera times each way a little short: its first and last moments hardly move. "
    "Only what was far too fast is called so."
)


TOO_SLOW_WORDS = "Slower than anything I can tell from staying there"
UNTOLD = (Sight.FAR_LEG, Sight.WRONG_VIEW)  # from there it counts, and judges nothing
WELL = 0.9  # of a film: with so much seen, all counted and nothing lost, no more need be said of how to film


def reasons_of(found: Analysis) -> tuple[Saying, ...]:
    """What stood in the way at some time, in words, the longest first; nothing where all went well.

    Where all went well but for the place of the camera, from which the form of some cannot be told, that is said alone.
    """
    longest = [found.in_the_way] if found.in_the_way else []
    codes = reasons_among(dict.fromkeys([*longest, *found.notes]), found.seen_fraction)
    if found.seen_fraction > WELL and found.counted and not found.lost:
        codes = [code for code in codes if code in UNTOLD and not all(rep.judged for rep in found.reps)]
    known = read_sayings().codes
    return tuple(known[code] for code in codes)


def reasons_among(codes: Iterable[str], seen_fraction: float) -> list[str]:
    """Those codes that may have kept somebody from being counted: whoever was seen so well did stand still."""
    known = read_sayings().codes
    return [c for c in codes if c in known and not (c == Sight.STAND_STILL and seen_fraction > WELL)]


def leg_words(found: Analysis) -> str:
    """The leg that worked, as it ends a heading: ", left leg", ", both legs"; empty where both do the same."""
    sides = {r.side for r in found.reps} | {h.side for h in found.holds} or {found.side}
    return ", both legs" if len(sides) > 1 else "" if "both" in sides else f", {sides.pop()} leg"


def clean_words(found: Analysis) -> str:
    """How many repetitions were clean, after their number: ", 3 of them clean"; empty where one could not be judged."""
    if not all(rep.judged for rep in found.reps):
        return ""
    clean = sum(not rep.faults for rep in found.reps)
    return f", {clean} of them clean" if len(found.reps) > 1 else ", clean" if clean else ", not clean"


def lost_words(lost: Lost) -> str:
    """Why a movement that was under way was not counted, within a sentence: "hard to see"."""
    way = read_sayings().codes.get(lost.why)
    why = way.title if way else TOO_SLOW_WORDS
    return f"{why[0].lower()}{why[1:]}" if not why.startswith("I ") else why


def way_word(exercise: Exercise, way: Way) -> str:
    """The exercise's own word for a way of a repetition: down, lift, in."""
    return exercise.words.cues.get(way.value, way.value).lower()


def far_words(found: Analysis, rep: Rep) -> str:
    """How far a repetition went: in degrees, or as a part of a length where the measure is one ("0.62")."""
    if not rep.judged and not rep.range_deg:
        return "?"  # counted from where no angle can be told
    is_share = found.curve is not None and found.curve.measure in SHARES
    return f"{rep.range_deg:.2f}" if is_share else f"{rep.range_deg:.0f}°"


def pace_words(exercise: Exercise, rep: Rep) -> tuple[str, ...]:
    """What was too fast in a repetition, against the tempo asked: "down too fast: 0.7 s instead of 3"."""
    tempo = exercise.dose.tempo
    if tempo is None:
        return ()
    times = {Way.OUT: (rep.up_s, tempo.up_s), Way.BACK: (rep.down_s, tempo.down_s)}
    fast = ((way_word(exercise, way), *times[way]) for way in too_fast(tempo, rep.up_s, rep.down_s))
    return tuple(f"{word} too fast: {took_s:.1f} s instead of {asked_s:g}" for word, took_s, asked_s in fast)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRep:
    """The `n`th repetition, on the film's clock; `pace` says in words what was too fast in it.

    One that is not `judged` was counted from where nothing of its form can be told.
    """

    n: int
    side: str
    start_s: float
    peak_s: float
    end_s: float
    range_deg: float
    reach_deg: float
    up_s: float
    down_s: float
    faults: tuple[str, ...]
    pace: tuple[str, ...]
    judged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmHold:
    """A hold, on the film's clock; `faults` were seen during it."""

    side: str
    start_s: float
    end_s: float
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTempo(Tempo):
    """What was asked of a repetition, with the exercise's own words for its two ways."""

    out: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmCurve:
    """The measure over time, None where it was not seen."""

    name: str
    unit: str
    t_s: tuple[float, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """The words for something that stood in the way at some time."""

    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLost:
    """A movement that was under way and not counted, from when on, and why in words."""

    start_s: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFilm:
    """What was counted and timed in a film, and the words for it; `tempo` is None where nothing was asked.

    `in_the_way` is all that stood in the way, the longest first; `lost` what was under way then and is not counted.
    """

    exercise: str
    side: str
    duration_s: float
    seen_fraction: float
    in_the_way: tuple[InTheWay, ...]
    lost: tuple[FilmLost, ...]
    tempo: FilmTempo | None
    timed_short: str
    reps: tuple[FilmRep, ...]
    short: int
    holds: tuple[FilmHold, ...]
    curve: FilmCurve | None


def answer_film(exercise: Exercise, found: Analysis) -> ToldFilm:
    """What a page shows of a film."""
    return ToldFilm(
        exercise=exercise.id,
        side=found.side,
        duration_s=round(found.duration_s, 3),
        seen_fraction=round(found.seen_fraction, 3),
        in_the_way=tuple(InTheWay(title=way.title, says=way.say) for way in reasons_of(found)),
        lost=tuple(FilmLost(start_s=round(one.start_s, 3), why=lost_words(one)) for one in found.lost),
        tempo=_tempo(exercise),
        timed_short=TIMED_SHORT,
        reps=tuple(_rep(r, pace_words(exercise, r)) for r in found.reps),
        short=len(found.short),
        holds=tuple(_hold(h) for h in found.holds),
        curve=_curve(found.curve) if found.curve else None,
    )


def _rep(rep: Rep, pace: tuple[str, ...]) -> FilmRep:
    """With its seconds and degrees to the thousandth."""
    return FilmRep(
        n=rep.n,
        side=rep.side,
        start_s=round(rep.start_s, 3),
        peak_s=round(rep.peak_s, 3),
        end_s=round(rep.end_s, 3),
        range_deg=round(rep.range_deg, 3),
        reach_deg=round(rep.reach_deg, 3),
        up_s=round(rep.up_s, 3),
        down_s=round(rep.down_s, 3),
        faults=rep.faults,
        pace=pace,
        judged=rep.judged,
    )


def _hold(hold: HoldEnded) -> FilmHold:
    start_s, end_s, seconds = (round(s, 3) for s in (hold.start_s, hold.end_s, hold.seconds))
    return FilmHold(side=hold.side, start_s=start_s, end_s=end_s, seconds=seconds, faults=hold.faults)


def _tempo(exercise: Exercise) -> FilmTempo | None:
    tempo = exercise.dose.tempo
    out, back = way_word(exercise, Way.OUT), way_word(exercise, Way.BACK)
    return more_than(FilmTempo, tempo, out=out, back=back) if tempo else None


def _curve(curve: Curve) -> FilmCurve:
    about = read_sayings().measures[curve.measure]
    digits = 3 if curve.measure in SHARES else 1
    return FilmCurve(
        name=about.name,
        unit=about.unit,
        t_s=tuple(round(t, 2) for t in curve.t_s),
        values=tuple(None if v is None else round(v, digits) for v in curve.values),
    )
