"""One exercise before the eye: framed once for its whole cycle, drawn at any phase of it."""

from __future__ import annotations

import numpy as np
from camera import Eye, frame
from contacts import Figure, figure_at
from props import Setting, things
from render import Pixels, Renderer, Scene
from rig import Mannequin
from shapes import button
from turns import Array, unit

from patella.motion.body import Turn
from patella.motion.movement import Movement, View

_CLOSE_ANGLE_DEG = 20.0
_FADE = 0.16  # share of a close-up over which the body fades out where it is cut
_LEGS = ("thigh", "shank", "foot", "toes")  # what a close-up shows
_LOOKS = 12  # moments that the framing takes into account
_CAP_M = (0.027, 0.029, 0.012)  # a kneecap: half its width, half its length, and how far it stands out


class Stage:
    """Stands one movement before the renderer's eye."""

    def __init__(self, mannequin: Mannequin, renderer: Renderer, movement: Movement) -> None:
        """Look at some moments of the cycle and choose a frame that holds them all."""
        self.mannequin, self.renderer, self.movement = mannequin, renderer, movement
        close = movement.crop_m is not None
        eye = Eye(
            azimuth_deg=movement.azimuth_deg,
            elevation_deg=movement.elevation_deg,
            **({"angle_deg": _CLOSE_ANGLE_DEG} if movement.view is View.KNEE else {}),
        )
        spots = np.concatenate([self._spots(i / _LOOKS) for i in range(_LOOKS)])
        self.shot = frame(eye, spots, tight=close)
        centre = (spots.min(0) + spots.max(0)) / 2
        radius = float(np.linalg.norm(spots - centre, axis=1).max()) * (1.5 if close else 1.05)
        renderer.look(self.shot, movement.azimuth_deg, (centre, radius), movement.work)

    def draw(self, phase: float, longer_px: int, *, still: bool = True) -> Pixels:
        """The picture at a phase of the cycle, 0 to 1; one of many in motion takes less care."""
        return self._faded(self.renderer.draw(self._scene(phase), longer_px, still=still))

    def _figure(self, phase: float) -> tuple[Figure, Array]:
        figure = figure_at(self.mannequin, self.movement, phase)
        return figure, things(Setting(mannequin=self.mannequin, movement=self.movement, phase=phase, figure=figure))

    def _spots(self, phase: float) -> Array:
        """What the frame has to hold at a phase."""
        figure, props = self._figure(phase)
        if self.movement.crop_m is None:
            return np.concatenate([figure.skin[::3], props[::3, :3]])
        low, high = self.movement.crop_m
        legs = figure.skin[self.mannequin.group(*_LEGS)]
        return np.asarray(legs[(legs[:, 2] >= low) & (legs[:, 2] <= high)])

    def _scene(self, phase: float) -> Scene:
        figure, props = self._figure(phase)
        skin, bones = figure.skin, figure.bones
        kneecaps = [self.mannequin.kneecap(bones, skin, s) for s in "LR"]
        lift = figure.stance.kneecap_lift_m
        if lift:
            skin = _glided(skin, np.array([centre for centre, _ in kneecaps]), lift)
        caps = [
            _cap(skin, centre + np.array([0, 0, lift]), out, figure.stance.frames[f"thigh.{s}"][0])
            for (centre, out), s in zip(kneecaps, "LR", strict=True)
        ]
        normals = self.mannequin.normals(skin, bones.turns[self.mannequin.rest.index["head"]])
        return Scene(skin=skin, normals=normals, things=np.concatenate([props, *caps]))

    def _faded(self, image: Pixels) -> Pixels:
        """A close-up fades out where it cuts the body."""
        if self.movement.crop_m is None:
            return image
        y = np.linspace(0, 1, len(image))[:, None]
        keep = np.clip(y / _FADE, 0, 1)
        if self.movement.crop_m[0] > 0:
            keep = keep * np.clip((1 - y) / _FADE, 0, 1)
        image[..., 3] = (image[..., 3] * keep * keep * (3 - 2 * keep) + 0.5).astype(np.uint8)
        return image


def _cap(skin: Array, centre: Array, out: Array, thigh: Turn) -> Array:
    """A kneecap: a low dome that stands out of the skin, so that it is a round thing from every side."""
    across = unit(np.cross(np.reshape(thigh, (3, 3))[:, 2], out))
    return button(skin, centre, np.array([across, np.cross(out, across), out]), _CAP_M, "coral")


def _glided(skin: Array, kneecaps: Array, lift_m: float) -> Array:
    """The quadriceps pulls: the raised kneecap glides up under the skin, and the muscle above swells a little."""
    for centre in kneecaps:
        q = skin - centre
        cap = np.exp(-(q**2).sum(1) / 0.040**2)[:, None]
        skin = skin + cap * [0, -0.25 * lift_m, 0.9 * lift_m]
        for aside in (-0.035, 0.035):
            belly = ((q - [aside, 0.02, 0.13]) ** 2 / np.array([0.04, 0.07, 0.06]) ** 2).sum(1)
            skin = skin + np.exp(-belly)[:, None] * [aside * 6 * lift_m, -0.55 * lift_m, 0.1 * lift_m]
    return skin
