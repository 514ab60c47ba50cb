"""Let the camera's experiments watch the films of tried.py, as the product shows them, and write down what came.

    PYTHONPATH=tools/accuracy:tools/figures python tools/films/trial.py [--films FOLDER] [--section]

Prints the section of docs/accuracy.md, and with `--section` writes it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clips import Clip, read_clips
from gaps import gap_of
from intervals import share
from kneecap import Dance, dances_of
from plan import Film
from sections import written
from tried import FAR, TRIED, wears_shorts
from watch import landmarks

from patella.app.film.film import model_for
from patella.files.library import own_library

HOUSE = Path(__file__).parents[2]
OUT = HOUSE / "docs" / "accuracy.md"
_WELL, _BESIDE = "well", "beside"
_SMALL = 0.99  # of the whole way: less is a small effort
_CALLED = {
    "medicine-ball-squeeze": "squeezes of a ball", "rotate-your-bones": "turns of the bones",
    "dance-patella-dance": "jumps of the kneecaps",
}  # fmt: skip
_WORDS = """\
## Experiments: on three newcomers

The films above are those that the experiments were drawn with. These are not: three bodies that had been in no film,
near and far, with bare and with covered legs, in pale and in dark skin and in several kinds of light, with whole and
with smaller efforts, rendered for this (`make films`). In the close films somebody lines up well, or up to ten lines
beside that; who stands sways, and skin is blotched as skin is. A rendered body is still kinder than a person: no
trouser leg hangs or creases, no muscle shifts the skin, no ball slips. Intervals are 95 % (Wilson, 1927).

Shown the first time, 20 of 24 squeezes were counted, and one that was none; a gentle one ran on for forty seconds. The
model tells the hips' width anew in every picture, and knees far apart seemed to move with it; now a squeeze is told by
its mean over six seconds. Four of the six films were looked at for that; in the other two 8 of 8 squeezes were counted
before and after, but after it one more while somebody talked. Nothing was changed for the turns, of which it is mostly
small ones that are missed.

Of the kneecaps it depends on skin and light whether there is anything to follow. On pale and on brown skin in even
light all 12 jumps were counted; in hard light from one side 5 of 12, and on very dark skin none of 12: there the edge
of the leg outshines what moves on it. Where it sees too little it says that it is not ready, or counts nothing; now and
then it counts what is none. So it is an experiment for some, and says so where it is switched on. The close films were
rendered anew after a first look, as coarse shadows had slid over the skin; the experiment stayed as it was.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One experiment on one film; a close one with its `frames` where they belong, or beside that: eight places."""

    film: Film
    frames: str
    correlation: float | None
    true: int
    found: int
    false: int
    off_s: tuple[float, ...] = ()


def main() -> int:
    """Watch, print, write."""
    ask = argparse.ArgumentParser(description="Try the camera's experiments on films that they were not drawn with.")
    ask.add_argument("--films", type=Path, default=HOUSE / "build" / "films" / "tried")
    ask.add_argument("--section", action="store_true", help="write the section of docs/accuracy.md")
    asked = ask.parse_args()
    if not (asked.films / "rendered" / "labels.json").is_file():
        print(f"There are no films in {asked.films}; make them with tools/films/films.py.")
        return 1
    text = section([trial for clip in read_clips(asked.films) for trial in tried(clip, asked.films / "landmarks")])
    print(text)
    if asked.section:
        OUT.write_text(written(OUT.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def tried(clip: Clip, kept: Path) -> Iterator[Trial]:
    """What the experiment of its exercise makes of a film; landmarks are kept in a folder."""
    film = next(f for f in TRIED if f.name == clip.name)
    print(film.name, file=sys.stderr, flush=True)
    if film.close:
        yield from _close(film, dances_of(clip))
        return
    model = model_for(own_library().exercises[clip.exercise]).value
    gap = gap_of(clip, landmarks(clip.film, model, kept))
    if gap is None:
        yield Trial(film=film, frames="", correlation=None, true=len(clip.reps), found=0, false=0)
    else:
        yield Trial(
            film=film, frames="", correlation=gap.correlation, true=gap.true, found=gap.found, false=gap.false,
            off_s=gap.off_s,
        )  # fmt: skip


def _close(film: Film, dances: Sequence[Dance]) -> Iterator[Trial]:
    """Somebody who lines up well, and the same film with the frames in all the places beside that, taken together."""
    for frames in (_WELL, _BESIDE):
        some = [d for d in dances if any(d.place) is (frames == _BESIDE)]
        follows = [d.correlation for d in some if d.correlation is not None]
        true, found, false = (sum(getattr(d, key) for d in some) for key in ("true", "found", "false"))
        yield Trial(
            film=film, frames=frames, correlation=sum(follows) / len(follows) if follows else None, true=true,
            found=found, false=false,
        )  # fmt: skip


def section(trials: Sequence[Trial]) -> str:
    """The section of the page."""
    groups = {name: [t for t in trials if t.film.exercise == exercise] for exercise, name in _CALLED.items()}
    lines = [_sum(name, group) for name, group in groups.items() if group]
    head = (
        "film", "distance", "legs", "effort", "camera", "frames", "correlation", "true", "found", "false", "time off",
    )  # fmt: skip
    rows = [head, ["---"] * len(head), *(_row(t) for group in groups.values() for t in group)]
    return "".join([_WORDS, *lines, "\n", *("| " + " | ".join(row) + " |\n" for row in rows)])


def _sum(name: str, every: Sequence[Trial]) -> str:
    group = [t for t in every if t.frames != _BESIDE]
    true, found, false = (sum(getattr(t, key) for t in group) for key in ("true", "found", "false"))
    films = len({t.film.name for t in group})
    return f"- {name}: {found} of {true} counted, {share(found, true)}, {false} counted that were none, {films} films\n"


def _row(t: Trial) -> list[str]:
    film = t.film
    return [
        film.name, "close" if film.close else "near" if film.room < FAR else "far",
        "bare" if wears_shorts(film) else "covered",
        "whole" if film.share > _SMALL else f"{film.share:.0%}", f"{abs(film.aside_deg):.0f}°", t.frames,
        "" if t.correlation is None else f"{t.correlation:.2f}", str(t.true), str(t.found), str(t.false),
        f"{min(t.off_s):+.1f} to {max(t.off_s):+.1f} s" if t.off_s else "",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
