"""Let the coach watch the films of films.py as `patella analyze` would, and write down what came.

    PYTHONPATH=tools/accuracy:tools/figures python tools/films/seen.py [--films FOLDER] [--section]

Prints each film and the table by scene; with `--section` it writes those parts of docs/accuracy.md, which were meant to
be written once: films that somebody has mended the coach with are unseen no longer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bars import fault_sums
from clips import read_clips
from intervals import share
from later import LATER
from page import wrong
from plan import FILMS
from score import HOLD_OFF_S, Score, score
from sections import written
from watch import landmarks, watch

from patella.app.film.film import model_for
from patella.files.library import own_library

HOUSE = Path(__file__).parents[2]
OUT = HOUSE / "docs" / "accuracy.md"
_NEW = """## New films, seen once

Films made for this page alone: six people of our own (the figures' mesh with other lengths and another build, dressed,
with a face and hair) in rooms that make it hard; 640 x 480, with a lens that is not quite sharp, grain and compression,
and a head and arms that never keep quite still. The truth comes from the poses that were rendered. The coach saw them
once, through the models that `patella analyze` takes, and this is what came: nothing had been tried on them but whether
the pose model finds the first. Rendered people are easier than people: no face moves, no cloth hangs, nobody is tired.
*Right* is the exact count, or each hold within {hold} s, and nothing counted before; *within one* is over films with a
count. Intervals are 95 % (Wilson, 1927). These are {made} of the {planned} films in `tools/films/plan.py`: what of them
has not been rendered is still new to everybody.

    make films        # renders what is missing (a minute or two a film) and lets the coach see all of it

"""
_LATER = """## Later films, seen once

Once the films above were no news any more: six people more (`tools/films/later.py`), above all in what those hardly
show, stretches with slow and quick ways there, exercises done lying, a step-down from the other side, and bodies that
sway where they stand. They were rendered while the coach was worked on and shown to nobody; it saw them once, when that
work was done. These are {made} of {planned}.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One film's result, the scene it was in and who was in it."""

    score: Score
    scene: str
    who: str

    @property
    def right(self) -> bool:
        """Counted exactly, or the hold timed well enough, and nothing counted before."""
        s = self.score
        timed = all(abs(e) <= HOLD_OFF_S for e in s.hold_errors_s)
        return s.exact is not False and timed and not s.false_counts


def main() -> int:
    """Watch, print, and write if asked."""
    ask = argparse.ArgumentParser(description="Measure the camera coach on the films of tools/films.")
    ask.add_argument("--films", type=Path, default=HOUSE / "build" / "films")
    ask.add_argument("--section", action="store_true", help="write the part of docs/accuracy.md")
    asked = ask.parse_args()
    rounds = ((asked.films, _NEW, len(FILMS)), (asked.films / "later", _LATER, len(LATER)))
    found = [(list(watched(folder)), words, planned) for folder, words, planned in rounds if folder.is_dir()]
    if not any(seen for seen, _, _ in found):
        print(f"There are no films in {asked.films}; make them with tools/films/films.py.")
        return 1
    for seen, words, planned in found:
        text = section(seen, words, planned)
        print(text)
        if asked.section and seen:
            OUT.write_text(written(OUT.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def watched(folder: Path) -> Iterable[Seen]:
    """Every film of the folder, watched; landmarks are kept beside the films."""
    labels = folder / "rendered" / "labels.json"
    told = {e["file"]: e for e in json.loads(labels.read_text(encoding="utf-8"))} if labels.is_file() else {}
    for clip in read_clips(folder):
        frames = landmarks(clip.film, model_for(own_library().exercises[clip.exercise]).value, folder / "landmarks")
        found = score(clip, watch(clip, frames))
        label = told[clip.film.name]
        print(f"{clip.name}: {'; '.join(wrong(found)) or 'right'}", file=sys.stderr, flush=True)
        yield Seen(score=found, scene=label["scene"], who=label["body"])


def section(seen: Sequence[Seen], words: str, planned: int) -> str:
    """The part of the page: `words` begin it, of `planned` films."""
    counts = [s for s in seen if s.score.exact is not None]
    holds = [abs(e) for s in seen for e in s.score.hold_errors_s]
    parts = [words.format(hold=HOLD_OFF_S, planned=planned, made=len(seen))]
    exact, near = sum(bool(s.score.exact) for s in counts), sum(bool(s.score.within_one) for s in counts)
    parts.append(f"- sets counted exactly: {exact} of {len(counts)}, {share(exact, len(counts))}\n")
    parts.append(f"- sets within one: {near} of {len(counts)}, {share(near, len(counts))}\n")
    idle_s, false = sum(s.score.idle_s for s in seen), sum(s.score.false_counts for s in seen)
    parts.append(f"- counted where nothing happens: {false} in {idle_s / 60:.1f} minutes\n")
    if holds:
        mean = sum(holds) / len(holds)
        parts.append(f"- hold time: mean {mean:.2f} s, largest {max(holds):.2f} s, {len(holds)} holds\n")
    true, found, wrongly = fault_sums(s.score for s in seen)
    parts.append(f"- form faults: {found} of {true} found, {wrongly} said that are none\n\n")
    for title, key in (("scene", "scene"), ("person", "who")):
        head = (title, "films", "right", "within one", "false counts", "hold error", "knee error", "seen")
        groups: dict[str, list[Seen]] = {}
        for s in seen:
            groups.setdefault(getattr(s, key), []).append(s)
        parts += [_table(head, [_row(name, group) for name, group in sorted(groups.items())]), "\n"]
    columns = ("film", "true", "counted", "hold error", "knee error", "seen", "what was wrong")
    return "".join([*parts, _table(columns, [_film(s.score) for s in seen])])


def _row(name: str, group: Sequence[Seen]) -> list[str]:
    holds = [abs(e) for s in group for e in s.score.hold_errors_s]
    counts = [s for s in group if s.score.exact is not None]
    knees = [s.score.angle_error_deg for s in group if s.score.angle_error_deg is not None]
    return [
        name, str(len(group)), share(sum(s.right for s in group), len(group)),
        share(sum(bool(s.score.within_one) for s in counts), len(counts)),
        str(sum(s.score.false_counts for s in group)), f"{max(holds):.2f} s" if holds else "",
        f"{sum(knees) / len(knees):.1f}°" if knees else "",
        f"{sum(s.score.seen_fraction for s in group) / len(group):.0%}",
    ]  # fmt: skip


def _film(s: Score) -> list[str]:
    return [
        s.clip.name, "" if s.exact is None else " or ".join(map(str, sorted(s.clip.counts))),
        "" if s.exact is None else str(s.counted), ", ".join(f"{e:+.2f} s" for e in s.hold_errors_s),
        f"{s.angle_error_deg:.1f}°" if s.angle_error_deg is not None else "", f"{s.seen_fraction:.0%}",
        "; ".join(wrong(s)),
    ]  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join("| " + " | ".join(line) + " |\n" for line in [head, ["---"] * len(head), *rows])


if __name__ == "__main__":
    sys.exit(main())
