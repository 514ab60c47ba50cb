"""Render the moving figures and their stills from the library's movements.

    python tools/figures/figures.py                     every exercise whose figure is missing or out of date
    python tools/figures/figures.py squat calf-raise    these, in any case
    python tools/figures/figures.py --sheet DIR [...]   only look: quick stills on paper and on the dark page

Writes <id>.avif, <id>-start.webp, <id>-end.webp and figures.json into src/patella/web/static/figures, and all of them
on one sheet into docs/figures.png.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
import tomllib
from pathlib import Path

from fingerprint import RENDERER, fingerprint
from loop import showings
from PIL import Image
from render import Pixels, Renderer
from rig import read_mannequin
from sheet import write_overview, write_sheet
from stage import Stage

import patella
from patella.motion.movement import Movement, parse_movement

HOUSE = Path(patella.__file__).parent
MOVEMENTS = HOUSE / "library" / "exercises"
OUT = HOUSE / "web" / "static" / "figures"
RECORD = OUT / "figures.json"
OVERVIEW = Path(__file__).parents[2] / "docs" / "figures.png"
MOVING_PX, STILL_PX, LOOK_PX = 480, 640, 320
MOVING_BYTES, STILL_BYTES = 150_000, 40_000
_QUALITIES = (62, 54, 46, 38, 30)


def movements() -> dict[str, Movement]:
    """Every movement of the library by the exercise's id."""
    files = sorted(MOVEMENTS.glob("*/movement.toml"))
    return {f.parent.name: parse_movement(tomllib.loads(f.read_text(encoding="utf-8"))) for f in files}


def stills(movement: Movement) -> tuple[float, float]:
    """Phases of the start and the end picture: the first still and the last."""
    return movement.phase_of(movement.stills[0]), movement.phase_of(movement.stills[-1])


def render(stage: Stage, name: str) -> dict[str, object]:
    """Write an exercise's three files, and tell what there is to remember of them."""
    for phase, ending in zip(stills(stage.movement), ("start", "end"), strict=True):
        _write_smallest(OUT / f"{name}-{ending}.webp", [stage.draw(phase, STILL_PX)], [], STILL_BYTES)
    drawn: dict[float, Pixels] = {}
    shown = showings(stage.movement)
    for s in shown:
        if s.phase not in drawn:
            drawn[s.phase] = stage.draw(s.phase, MOVING_PX, still=False)
    pictures = [drawn[s.phase] for s in shown]
    _write_smallest(OUT / f"{name}.avif", pictures, [s.shown_ms for s in shown], MOVING_BYTES)
    width, height = stage.shot.size(MOVING_PX)
    return {"made_from": fingerprint(stage.movement), "width": width, "height": height, "pictures": len(drawn)}


def _write_smallest(file: Path, pictures: list[Pixels], shown_ms: list[int], most: int) -> None:
    """The best quality that keeps a file within its size."""
    first, *others = (Image.fromarray(p) for p in pictures)
    for quality in _QUALITIES:
        data = io.BytesIO()
        if shown_ms:
            first.save(
                data, "AVIF", save_all=True, append_images=others, duration=shown_ms, quality=quality, speed=6,
                max_threads=2,
            )  # fmt: skip
        else:
            first.save(data, "WEBP", quality=quality + 25, alpha_quality=90, method=6)
        if data.tell() <= most:
            break
    else:
        raise SystemExit(f"{file.name} would be larger than {most} bytes.")
    file.write_bytes(data.getvalue())


def _record() -> dict[str, dict[str, object]]:
    """What is remembered of the figures that there are."""
    if not RECORD.exists():
        return {}
    figures: dict[str, dict[str, object]] = json.loads(RECORD.read_text(encoding="utf-8"))["figures"]
    return figures


def _outdated(all_: dict[str, Movement]) -> list[str]:
    """Exercises whose pictures are missing or were made from something else."""
    record = _record()
    endings = (".avif", "-start.webp", "-end.webp")
    return [
        name
        for name, movement in all_.items()
        if record.get(name, {}).get("made_from") != fingerprint(movement)
        or not all((OUT / f"{name}{e}").exists() for e in endings)
    ]


def main(argv: list[str]) -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description="Render the figures.")
    parser.add_argument("exercise", nargs="*")
    parser.add_argument("--sheet", type=Path, metavar="DIR", help="write a quick contact sheet there, and nothing else")
    asked = parser.parse_args(argv)
    all_ = movements()
    mannequin = read_mannequin()
    renderer = Renderer(mannequin)
    if asked.sheet:
        looks = {}
        for name in asked.exercise or all_:
            stage = Stage(mannequin, renderer, all_[name])
            looks[name] = [stage.draw(all_[name].phase_of(s), LOOK_PX) for s in all_[name].stills]
        write_sheet(looks, asked.sheet)
        return
    OUT.mkdir(parents=True, exist_ok=True)
    for name in asked.exercise or _outdated(all_):
        begun = time.monotonic()
        told = render(Stage(mannequin, renderer, all_[name]), name)
        record = _record() | {name: told}
        kept = {n: record[n] for n in sorted(record) if n in all_}
        RECORD.write_text(json.dumps({"renderer": RENDERER, "figures": kept}, indent=1) + "\n", encoding="utf-8")
        size = (OUT / f"{name}.avif").stat().st_size / 1000
        print(f"{name:26s} {told['pictures']:4d} pictures {size:5.0f} kB {time.monotonic() - begun:5.0f} s", flush=True)
    write_overview(OUT, list(all_), OVERVIEW)


if __name__ == "__main__":
    main(sys.argv[1:])
