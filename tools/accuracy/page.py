"""`docs/accuracy.md`: the figures, each film, what failed by name, and how to get it all again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bars import fault_sums, figures
from gaps import Gap
from kneecap import Dance
from marks import Match
from score import HOLD_OFF_S, Score

_HEAD = """# How right the camera is

Measured, not promised: films of people, labelled by eye, and films of a rendered body whose every joint is known. Some
rules were changed after a look at these very films (how far the hips must come down seen from the front, how quick a
way back may be, who walks in as the film begins), so for those they are no test; films that nobody here has seen are
the better judge. The command that writes this page:

    make accuracy                                  # films in ../shared/clips
    PATELLA_CLIPS=FOLDER make accuracy             # or another folder of the same form

"""
_WORDS = """
*Exact* and *within one* are over sets with a known count. *False counts* are repetitions or holds counted while someone
sets up, talks or rests. *Hold error* is counted time less true time. *Knee error* is the mean difference of the knee's
flexion from the truth over the whole film, walking in included. *Seen* is the share of the film in which the coach was
ready to count. Where the camera is a mirror or watches the posture, nothing is counted, and *seen* is all there is.
"""

_APART = """\
What that error consists of, in the films in which the knee bends and is seen from the side. *Late*: by how much the
readings come after the truth, as landmarks are steadied from picture to picture, and how many degrees of the error that
makes. *Always*: the mean difference, with its sign. *Of 10*: how many degrees are read where the knee bends by ten;
less is a bend that the pose model, or a camera that stands aside, makes smaller. *Rest*: what is left without all
three, which is mostly the pose model's own wandering.

Hardly any of it is lateness. Most is the pose model, which sees hip, knee and ankle elsewhere in one body than in
another: with nothing taken off it read standing knees of these films from 3 degrees too straight to 9 too bent, and of
people it is told that it reads squats from the side 2 to 5 degrees too straight (Cosoli and others, 2026; Yue and
others, 2026, not reviewed yet; abstracts). The coach takes off what somebody's knee reads while they stand or sit
before the first repetition. It took a standing knee for 0, which is a locked one; who stands straight and not locked,
as the squat asks for, is bent by some degrees. The one person here whom markers followed stood at 4 to 9 between squats
and after standing up, the figures stand at 6. In the squat and the step-down a standing knee is taken for 5 now; of a
single person that may be wrong by as much. The rendered bodies stand at 4 to 6 as well, so these films cannot tell
whether 5 is right, and that the mean fell from 3.6 degrees is no proof (3.7 while a picture was compared with the next
row of the truth, not with the nearest). In the extension against a band it is 0 still: what is said of a knee that goes
beyond straight was drawn with that, and with 5 either two such knees of these films were missed or, of made-up bodies,
twice as many were told that are none. Nothing was fitted to how the pose model sees these bodies, and what it makes of
a deep bend is left as it is.

"""

_EXPERIMENTS = """\
Off until somebody asks for them. The squeeze of the ball and the turning of the bones bend nothing that a camera could
measure. What moves is the gap between the knees, by a centimetre or two or by a few millimetres: here as the pose model
sees it, over the width of the hips (*correlation* with the truth), and what the product's own experiment makes of it,
against the person's own rest. *Time off* is counted less true time of a squeeze with its way there and back.

There are few films, all rendered, and the lines that are drawn (half a usual squeeze; two thirds of a small turn) were
chosen with these films in sight. What they can see: a squeeze that narrows the gap, from up to 20 degrees aside as the
pose model tells it; a turn, from straight in front only, for which the experiment refuses a camera that stands aside.
What they cannot: how hard, how far, a ball that does not give, legs that tremble more than the effort moves them.

"""


_DANCES = """\
Off as well. In a close view no pose is found, so the page follows the skin above both knees against the shins, in two
frames that the person fills. Here its own code looks at films whose kneecaps' height is known, with the frames where
somebody lines up well and up to ten lines beside it (across, down). In the near film, one body, the shin is 218 of the
picture's 480 lines long: there it holds. In the far one, with 92 lines, the knees do not fill the frames: nothing is to
be had, and in one place there are counts that are none. Enlarged to fill them, none of its six jumps is counted. That
is very little: one rendered film, with which in sight the frames were drawn; no skin of a person, no hair, no trouser
leg. How high a kneecap jumps is never told.

"""


def page(
    scores: Sequence[Score], matches: Sequence[Match], gaps: Sequence[Gap], made_with: str, dances: Sequence[Dance] = ()
) -> str:
    """The whole page."""
    parts = [_HEAD, made_with, "\n\n## The figures\n\n"]
    parts += [f"- {f.line()}\n" for f in figures(scores, matches)]
    parts += ["\n## By exercise, view and camera\n\n", _groups(scores), _WORDS]
    parts += ["\n## Each film\n\n", _films(scores)]
    if any(s.apart for s in scores):
        parts += ["\n## What the knee's error consists of\n\n", _APART, _apart(scores)]
    parts += ["\n## What failed\n\n", _failures(scores)]
    if gaps:
        parts += ["\n## Experiments: what the gap between the knees tells\n\n", _EXPERIMENTS, _gaps(gaps)]
    if dances:
        parts += ["\n## Experiments: what the skin above the knees tells\n\n", _DANCES, _dances(dances)]
    if matches:
        parts += ["\n## Against markers\n\n", _marks(matches)]
    return "".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _groups(scores: Sequence[Score]) -> str:
    groups: dict[tuple[str, str, str, str], list[Score]] = {}
    for s in scores:
        kind = "real" if s.clip.real else "rendered"
        groups.setdefault((s.clip.exercise, kind, s.clip.view, s.clip.camera), []).append(s)
    head = (
        "exercise", "films", "view", "camera", "exact", "within one", "false counts", "hold error", "knee error",
        "faults found", "seen",
    )  # fmt: skip
    return _table(head, [_group(key, groups[key]) for key in sorted(groups)])


def _group(key: tuple[str, str, str, str], group: Sequence[Score]) -> list[str]:
    exercise, kind, view, camera = key
    sets = [s for s in group if s.exact is not None]
    holds = [abs(e) for s in group for e in s.hold_errors_s]
    knees = [s.angle_error_deg for s in group if s.angle_error_deg is not None]
    true, found, false = fault_sums(group)
    return [
        exercise, f"{len(group)} {kind}", view, camera,
        f"{sum(bool(s.exact) for s in sets)} of {len(sets)}" if sets else "",
        f"{sum(bool(s.within_one) for s in sets)} of {len(sets)}" if sets else "",
        str(sum(s.false_counts for s in group)),
        f"{max(holds):.2f} s" if holds else "",
        f"{sum(knees) / len(knees):.1f}°" if knees else "",
        f"{found} of {true}, {false} false" if true or false else "",
        f"{sum(s.seen_fraction for s in group) / len(group):.0%}",
    ]  # fmt: skip


def _films(scores: Sequence[Score]) -> str:
    head = ("film", "exercise", "true", "counted", "hold error", "knee error", "seen")
    return _table(head, [_film(s) for s in scores])


def _film(s: Score) -> list[str]:
    return [
        s.clip.name, s.clip.exercise, _true(s), str(s.counted), ", ".join(f"{e:+.2f} s" for e in s.hold_errors_s),
        f"{s.angle_error_deg:.1f}°" if s.angle_error_deg is not None else "", f"{s.seen_fraction:.0%}",
    ]  # fmt: skip


def _true(s: Score) -> str:
    return "" if s.exact is None else " or ".join(map(str, sorted(s.clip.counts)))


def _apart(scores: Sequence[Score]) -> str:
    head = ("film", "camera", "knee error", "late", "that makes", "always", "of 10", "rest")
    return _table(
        head,
        [
            [
                s.clip.name, s.clip.camera, f"{a.mean_deg:.1f}°", f"{a.late_ms} ms",
                f"{round(a.moving_deg, 1) + 0.0:.1f}°", f"{a.bias_deg:+.1f}°", f"{10 * a.slope:.1f}",
                f"{a.rest_deg:.1f}°",
            ]
            for s in scores
            if (a := s.apart)
        ],
    )  # fmt: skip


def _failures(scores: Sequence[Score]) -> str:
    lines = [f"- {s.clip.name} ({s.clip.exercise}): {'; '.join(wrong(s))}\n" for s in scores if s.failed]
    return "".join(lines) or "Nothing.\n"


def wrong(s: Score) -> list[str]:
    """What about a film is not as it should be, in words."""
    wrong = []
    if s.exact is False:
        wrong.append(f"counted {s.counted}, true {_true(s)}")
    if s.false_counts:
        wrong.append(f"{s.false_counts} counted where nothing happens")
    wrong += [f"a hold {e:+.2f} s" for e in s.hold_errors_s if abs(e) > HOLD_OFF_S]
    if s.found_faults < s.true_faults:
        wrong.append(f"{s.true_faults - s.found_faults} of {s.true_faults} faults not found")
    if s.false_faults:
        wrong.append(f"{s.false_faults} faults said that are none")
    return wrong


def _gaps(gaps: Sequence[Gap]) -> str:
    head = ("film", "exercise", "camera", "correlation", "true", "found", "false", "time off")
    return _table(head, [_gap(g) for g in gaps])


def _gap(g: Gap) -> list[str]:
    off = f"{min(g.off_s):+.1f} to {max(g.off_s):+.1f} s" if g.off_s else ""
    return [
        g.clip.name, g.clip.exercise, g.clip.camera, f"{g.correlation:.2f}",
        str(g.true), str(g.found), str(g.false), off,
    ]  # fmt: skip


def _dances(dances: Sequence[Dance]) -> str:
    head = ("film", "frames", "correlation", "true", "found", "false")
    return _table(head, [_dance(d) for d in dances])


def _dance(d: Dance) -> list[str]:
    across, down = d.place
    correlation = "" if d.correlation is None else f"{d.correlation:.2f}"
    return [d.clip.name, f"{across:+d}, {down:+d}", correlation, str(d.true), str(d.found), str(d.false)]


def _marks(matches: Sequence[Match]) -> str:
    degrees = [(m, f"{m.mean_error_deg:.2f}°", f"{m.bias_deg:+.2f}°", f"{m.largest_deg:.2f}°") for m in matches]
    return _table(
        ("recording", "knee", "frames", "mean error", "bias", "largest"),
        [[m.recording, m.side, str(m.frames), *shown] for m, *shown in degrees],
    )
