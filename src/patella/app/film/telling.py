"""What is told of a film that was looked at, at the terminal and in the page alike."""

from __future__ import annotations

from patella.care.entries.field import write
from patella.care.exercise import Exercise
from patella.files.library import read_sayings
from patella.motion.analysis import Analysis, Curve, analysis_to_json
from patella.motion.angles import SHARES
from patella.motion.event import Rep
from patella.motion.tempo import Way, too_fast

TIMED_SHORT = (
    "A camera times each way a little short: its first and last moments hardly move. "
    "Only what was far too fast is called so."
)


def way_word(exercise: Exercise, way: Way) -> str:
    """The exercise's own word for a way of a repetition: down, lift, in."""
    return exercise.words.cues.get(way.value, way.value).lower()


def far_words(found: Analysis, rep: Rep) -> str:
    """How far a repetition went: in degrees, or as a part of a length where the measure is one ("0.62")."""
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


def answer_film(exercise: Exercise, found: Analysis) -> dict[str, object]:
    """What a page shows of a film: the plain analysis, with words.

    Each repetition has in `pace` what was too fast; `tempo` is what was asked, with the exercise's own words for the
    two ways (None: nothing was asked); `curve` the measure over time with its name and unit; `in_the_way` the words for
    what hid the person for longest.
    """
    plain = analysis_to_json(exercise.id, found)
    reps: list[dict[str, object]] = plain["reps"]  # type: ignore[assignment]
    told = [{**one, "pace": list(pace_words(exercise, rep))} for one, rep in zip(reps, found.reps, strict=True)]
    sayings = read_sayings()
    way = sayings.codes.get(found.in_the_way or "")
    return {
        **{key: plain[key] for key in ("exercise", "side", "duration_s", "seen_fraction", "holds")},
        "reps": told,
        "short": len(found.short),
        "in_the_way": {"title": way.title, "says": way.say} if way else None,
        "tempo": _write(exercise),
        "timed_short": TIMED_SHORT,
        "curve": _curve_to_json(found.curve) if found.curve else None,
    }


def _write(exercise: Exercise) -> dict[str, object] | None:
    tempo = exercise.dose.tempo
    words = {way.value: way_word(exercise, way) for way in Way}
    return {**write(tempo), **words} if tempo else None


def _curve_to_json(curve: Curve) -> dict[str, object]:
    about = read_sayings().measures[curve.measure]
    digits = 3 if curve.measure in SHARES else 1
    return {
        "name": about.name,
        "unit": about.unit,
        "t_s": [round(t, 2) for t in curve.t_s],
        "values": [None if v is None else round(v, digits) for v in curve.values],
    }
