"""Let the coach watch every film of a clips folder, and write down how right it was.

    python tools/accuracy/accuracy.py [--clips FOLDER] [--marks FOLDER] [--model MODEL] [--kept FOLDER] [--only TEXT]

Writes its sections of docs/accuracy.md and prints each figure as `name: value (bar)`. Landmarks are kept
in build/landmarks, so that a second run takes seconds; delete that folder after a change of the pose model.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from bars import figures
from clips import Clip, read_clips
from gaps import Gap, gap_of
from kneecap import dances_of
from marks import compare
from page import page
from score import Score, score
from sections import written
from watch import landmarks, watch

from patella.app.film.film import model_for
from patella.files.library import own_library
from patella.files.model import Model

HOUSE = Path(__file__).parents[2]
OUT = HOUSE / "docs" / "accuracy.md"


def main() -> int:
    """Measure, print, write."""
    ask = argparse.ArgumentParser(description="Measure how right the camera coach is.")
    clips = Path(os.environ.get("PATELLA_CLIPS", HOUSE.parent / "shared" / "clips"))
    ask.add_argument("--clips", type=Path, default=clips, help="films and their labels; else PATELLA_CLIPS")
    ask.add_argument("--marks", type=Path, help="motion capture; else `mocap` beside the films")
    ask.add_argument("--model", type=Model, choices=Model, help="else the one that `patella analyze` takes")
    ask.add_argument("--kept", type=Path, default=HOUSE / "build" / "landmarks")
    ask.add_argument("--only", default="", help="only films with this text in their name; writes nothing")
    asked = ask.parse_args()
    if not asked.clips.is_dir():
        print(f"There is no folder of films at {asked.clips}; name one with PATELLA_CLIPS=FOLDER make accuracy.")
        return 1
    films = [c for c in read_clips(asked.clips) if asked.only in c.name]
    measured = [m for c in films if (m := _measure(c, asked.model, asked.kept)) is not None]
    scores = [score for score, _ in measured]
    marks = asked.marks or asked.clips.parent / "mocap"
    matches = compare(marks) if marks.is_dir() and not asked.only else []
    for figure in figures(scores, matches):
        print(figure.line())
    if not asked.only:
        model = (
            f"BlazePose {asked.model}" if asked.model else "the one `patella analyze` takes: heavy for lying, else full"
        )
        dances = [d for c in films for d in dances_of(c)]
        made_with = f"Pose model: {model}; through the same code."
        gaps = [g for _, g in measured if g is not None]
        older = OUT.read_text(encoding="utf-8") if OUT.is_file() else ""
        OUT.write_text(written(older, page(scores, matches, gaps, made_with, dances)), encoding="utf-8")
    return 0


def _measure(clip: Clip, asked: Model | None, kept: Path) -> tuple[Score, Gap | None] | None:
    """One film's score, and its experiment; a film that cannot be read is told and left out."""
    began_s = time.monotonic()
    try:
        model = asked or model_for(own_library().exercises[clip.exercise])
        frames = landmarks(clip.film, model.value, kept)
        watched = watch(clip, frames)
    except (OSError, ValueError) as error:
        print(f"{clip.name}: {error}", file=sys.stderr)
        return None
    result = score(clip, watched)
    true = "-" if result.exact is None else "/".join(map(str, sorted(clip.counts)))
    form = f"faults {result.found_faults}/{result.true_faults} +{result.false_faults}"
    holds = "".join(f" hold {e:+.2f} s" for e in result.hold_errors_s)
    knee = f" knee {result.angle_error_deg:.1f}" if result.angle_error_deg is not None else ""
    print(
        f"{'FAIL' if result.failed else 'ok  '} {clip.name:44} {clip.exercise:26} {result.counted} of {true}"
        f"{holds}{knee} {form} idle {result.false_counts} seen {result.seen_fraction:.0%}"
        f" ({time.monotonic() - began_s:.1f} s)",
        file=sys.stderr,
    )
    return result, gap_of(clip, frames)


if __name__ == "__main__":
    sys.exit(main())
