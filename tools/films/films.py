"""Render films of known truth with six people of our own, in rooms that make it hard.

    PYTHONPATH=tools/figures python tools/films/films.py [--out FOLDER] [--only TEXT]

Writes FOLDER/rendered: the films, labels.json and truth/*.csv in the form that tools/accuracy reads, in FOLDER/later
those that were made later, and in FOLDER/tried those that the experiments are tried on. What is there already is kept.
Needs numpy and moderngl (requirements/figures.txt) and OpenGL through EGL.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from closeup import blotched, gliding, near, swaying
from contacts import Figure
from later import LATER, SIX_MORE
from lens import Lens
from numpy.typing import NDArray
from people import PEOPLE, SHORTS, Person, person
from plan import FILMS, Film
from props import Setting, things
from rooms import room
from scene import SIZE
from tried import NEWCOMERS, TRIED
from truth import label_of, told_of, write_knees
from turns import Array

from patella.motion.arrival import walking
from patella.motion.body import Pose
from patella.motion.movement import Movement
from patella.motion.performance import Moment, perform
from patella.motion.prop import PropKind

HOUSE = Path(__file__).parents[2]
_ANGLE_DEG = 44.0  # of the lens
_MOVING = frozenset({"strap", "band", "kettlebell"})  # things that go with the body
_GREY, _COLOURED = (SIZE[1], SIZE[0], 1), (SIZE[1], SIZE[0], 3)
_PASSES_M, _WALK_M_S, _WAY_M = 1.15, 1.1, 3.2  # behind the person; how fast; from how far
# how far nobody can help moving, degrees, and how often a second
_SWAY = {"nod": (2.5, 0.21), "turn": (6.0, 0.13), "sh": (2.5, 0.27), "elbow": (3.0, 0.33)}
Body = tuple[Array, Array]


def main() -> int:
    """Render what is missing."""
    ask = argparse.ArgumentParser(description="Render films of known truth.")
    ask.add_argument("--out", type=Path, default=HOUSE / "build" / "films")
    ask.add_argument("--only", default="", help="only films with this text in their name")
    asked = ask.parse_args()
    _render(FILMS, asked.out / "rendered", asked.only)
    _render(LATER, asked.out / "later" / "rendered", asked.only)
    _render(TRIED, asked.out / "tried" / "rendered", asked.only)
    return 0


def _render(films: Sequence[Film], folder: Path, only: str) -> None:
    """Render those that are missing."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    told = folder / "labels.json"
    labels = {e["file"]: e for e in json.loads(told.read_text(encoding="utf-8"))} if told.is_file() else {}
    for number, film in enumerate(films):
        if only not in film.name or f"{film.name}.mp4" in labels:
            continue
        began_s = time.monotonic()
        label = rendered(film, number, folder)
        labels[label["file"]] = label
        told.write_text(json.dumps(list(labels.values()), indent=1) + "\n", encoding="utf-8")
        print(f"{film.name}: {label['duration_s']:.1f} s of film in {time.monotonic() - began_s:.0f} s", flush=True)


def rendered(film: Film, seed: int, folder: Path) -> dict[str, Any]:
    """Render one film with its truth beside it, and give its label."""
    who = _person(film.who, folder.parent, bare=film.bare)
    told = told_of(film, who.body)
    movement, moments = told.movement, list(perform(told, film.rate_hz * film.steps))
    if "other side" in film.scene:  # the wall to hold on to would hide all of the body
        movement = replace(movement, props=tuple(p for p in movement.props if p.kind is not PropKind.WALL))
    people = [who]
    if "passes" in film.scene:
        names = [b.name for b in PEOPLE]
        people.append(_person(names[(names.index(film.who) + 2) % len(names)], folder.parent))
    pictures = _pictures(film, people, movement, moments, seed)
    half = folder / f"{film.name}.half"
    _write(half, pictures, film.rate_hz)
    write_knees(folder / "truth" / f"{film.name}.csv", moments[:: film.steps], left=film.left)
    half.replace(folder / f"{film.name}.mp4")
    return label_of(film, told, len(moments) / film.steps / film.rate_hz)


def _person(name: str, folder: Path, *, bare: bool = False) -> Person:
    build = next(b for b in (*PEOPLE, *SIX_MORE, *NEWCOMERS) if b.name == name)
    return person(replace(build, name=f"{name}-bare", trousers_end=SHORTS) if bare else build, folder / "people")


def _pictures(
    film: Film, people: Sequence[Person], movement: Movement, moments: Sequence[Moment], seed: int
) -> Iterator[NDArray[np.uint8]]:
    azimuth = film.azimuth_deg
    if film.close:
        people = [blotched(people[0], seed)]
    who, passer = people[0], people[1] if len(people) > 1 else None
    lens = Lens(people, room(film.scene, azimuth, seed), film.light)
    if film.close:
        lens.weave = 0  # that pattern belongs to the room and would stay where it is while skin glides
        near(lens, who, _shown(who, movement, moments[0]))
    else:
        _stand(lens, film, azimuth, [_shown(who, movement, m)[0] for m in (moments[0], _peak(moments))])
    grain = _grains(film.grain, seed)
    still = _props(who, movement, moments[0].pose or {})
    moves = any(p.kind.value in _MOVING for p in movement.props)
    for at in range(0, len(moments), film.steps):
        drawn = []
        for moment in moments[at : at + film.steps][: max(1, film.steps - 1)]:
            skin, normals, pose = _shown(who, movement, moment, sways=film not in FILMS)
            other = None if passer is None else _passing(passer, moment.t_s - moments[-1].t_s / 2)
            props = _props(who, movement, pose) if moves else still
            drawn.append(lens.draw([(skin, normals), other][: len(people)], props))
        picture = sum(drawn[1:], drawn[0]) / len(drawn) + next(grain)
        picture = picture[:, ::-1] if film.left else picture
        yield np.ascontiguousarray(np.clip(picture, 0, 255).astype(np.uint8))
    lens.close()


def _grains(strength: float, seed: int) -> Iterator[NDArray[np.float32]]:
    """What a sensor adds to each picture, 0 to 255: one of a few, by chance."""
    chance = np.random.default_rng(seed)
    drawn = [
        strength * (chance.standard_normal(_GREY, np.float32) + chance.standard_normal(_COLOURED, np.float32) / 2)
        for _ in range(8)
    ]
    while True:
        yield drawn[chance.integers(len(drawn))]


def _peak(moments: Sequence[Moment]) -> Moment:
    first = moments[0].pose or {}
    return max(moments, key=lambda m: sum(abs(v - first.get(k, 0.0)) for k, v in (m.pose or {}).items()))


def _shown(who: Person, movement: Movement, moment: Moment, *, sways: bool = False) -> tuple[Array, Array, Pose]:
    """Skin, normals and pose at a moment; nobody keeps quite still, and who stands sways over the feet."""
    pose = dict(moment.pose or {})
    for name, (degrees, often_hz) in _SWAY.items():
        swing = degrees * float(np.sin(2 * np.pi * often_hz * moment.t_s))
        for key in (name,) if name in ("nod", "turn") else (f"{name}.L", f"{name}.R"):
            pose[key] = pose.get(key, 0.0) + swing
    bones = who.body.bones(pose, who.body.posture(pose, movement.base))
    skin = gliding(who.body, bones, who.body.skin(bones), pose.get("kneecap_lift_m", 0.0))
    if sways and "seat" not in {p.kind.value for p in movement.props}:
        skin = skin + skin[:, 2:] * swaying(moment.t_s)
    return skin, who.body.normals(skin, bones.turns[who.body.rest.index["head"]]), pose


def _props(who: Person, movement: Movement, pose: Pose) -> Array:
    """What the exercise is done with."""
    stance = who.body.posture(pose, movement.base)
    bones = who.body.bones(pose, stance)
    figure = Figure(pose=pose, stance=stance, bones=bones, skin=who.body.skin(bones))
    return things(Setting(mannequin=who.body, movement=movement, phase=0.0, figure=figure))


def _passing(who: Person, t_s: float) -> Body | None:
    """Somebody who walks by behind; None while out of sight."""
    if abs(t_s * _WALK_M_S) > _WAY_M:
        return None
    pose = walking(who.body, t_s + 10, -t_s)
    pose["px"] = _PASSES_M
    bones = who.body.bones(pose, who.body.posture(pose))
    skin = who.body.skin(bones)
    normals = who.body.normals(skin, bones.turns[who.body.rest.index["head"]])
    return skin - [0, 0, skin[:, 2].min()], normals


def _stand(lens: Lens, film: Film, azimuth_deg: float, skins: Sequence[Array]) -> None:
    """Stand the camera where it sees the whole body throughout."""
    spots = np.concatenate([s[::7] for s in skins])
    at = (spots.min(0) + spots.max(0)) / 2
    a = np.radians(azimuth_deg)
    back, right = np.array([-np.sin(a), -np.cos(a), 0]), np.array([np.cos(a), -np.sin(a), 0])
    half = np.tan(np.radians(_ANGLE_DEG) / 2)
    wide = np.abs((spots - at) @ right).max() * SIZE[1] / SIZE[0]
    tall = np.abs(spots[:, 2] - at[2]).max()
    away = film.room * max(wide, tall) / half + float(((spots - at) @ back).max())
    eye = at + away * back
    eye[2] = film.eye_m
    lens.look(eye, at, _ANGLE_DEG)


def _write(path: Path, pictures: Iterator[NDArray[np.uint8]], rate_hz: int) -> None:
    with av.open(str(path), "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=Fraction(rate_hz), options={"crf": "24", "preset": "superfast"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(stream.encode(None))


if __name__ == "__main__":
    sys.exit(main())
