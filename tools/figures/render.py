"""Transparent pictures of the clay figure, drawn with OpenGL (EGL; Mesa's software renderer is enough).

The floor is invisible: it only keeps, as alpha, how much of the light the figure takes from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np
from camera import Shot
from lamps import lamps
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from rig import Mannequin
from shaders import CORNER, FLOOR, GRID, LAMPS, SHADOW, SHADOW_CORNER, SKIN, THINGS, TILE
from shapes import linear
from turns import Array

Pixels = NDArray[np.uint8]

_FINE = 2  # pixels drawn for each one kept, along each side
_SAMPLES = 4  # for each of those at the edges of a still; a moving picture does without
_STRENGTH = 0.58  # of the shadow on the floor
_TINT = "#1D1713"  # nearly the dark page, so that the shadow never glows there
_MOST_TRIANGLES = 130_000
_ROOM_M = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one picture shows: skin with its normals, and things as triangles."""

    skin: Array
    normals: Array
    things: Array


class Renderer:
    """Draws scenes; the mesh of the figure is fixed, where its skin and the things are changes from scene to scene."""

    def __init__(self, mannequin: Mannequin) -> None:
        """Open the graphics and hand over what does not change."""
        c = self.context = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
        self.shadows = c.depth_texture((TILE * GRID, TILE * GRID))
        self.shadows.compare_func = "<="
        self.shadows.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self.shadow_target = c.framebuffer(depth_attachment=self.shadows)
        self.on_skin, self.on_things, self.on_floor, self.in_shadow = (
            c.program(vertex_shader=v, fragment_shader=f)
            for v, f in ((CORNER, SKIN), (CORNER, THINGS), (CORNER, FLOOR), (SHADOW_CORNER, SHADOW))
        )
        self._buffers(mannequin)
        for name in ("leg", "shorts"):
            _set(self.on_skin, name, tuple(linear(name)))
        _set(self.on_floor, "strength", _STRENGTH)
        self.tint = (linear(_TINT) ** (1 / 2.2)).astype(np.float32)

    def _buffers(self, mannequin: Mannequin) -> None:
        c, corners = self.context, len(mannequin.tags)
        self.body = c.buffer(reserve=corners * 24, dynamic=True)
        self.things = c.buffer(reserve=_MOST_TRIANGLES * 3 * 36, dynamic=True)
        fixed = np.concatenate([np.tile(linear("body"), (corners, 1)), mannequin.tags], 1).astype("f4")
        faces, tags = c.buffer(mannequin.faces.astype("i4").tobytes()), c.buffer(fixed.tobytes())
        w = _ROOM_M
        floor = np.array([[-w, -w, 0], [w, -w, 0], [w, w, 0], [-w, -w, 0], [w, w, 0], [-w, w, 0]], "f4")
        body = (self.body, "3f 3f", "place", "normal")
        self.skin_drawn = c.vertex_array(self.on_skin, [body, (tags, "3f 4f", "colour", "tag")], faces)
        self.skin_shadow = c.vertex_array(self.in_shadow, [(self.body, "3f 12x", "place")], faces)
        self.things_drawn = c.vertex_array(self.on_things, [(self.things, "3f 3f 3f", "place", "normal", "colour")])
        self.things_shadow = c.vertex_array(self.in_shadow, [(self.things, "3f 24x", "place")])
        self.floor_drawn = c.vertex_array(self.on_floor, [(c.buffer(floor.tobytes()), "3f", "place")])

    def look(self, shot: Shot, azimuth_deg: float, reach: tuple[Array, float], work: tuple[str, ...]) -> None:
        """Set the eye, the lamps round it, the ball (centre, radius) that holds everything, and the working legs."""
        self.shot, self.reach, self.lamps = shot, reach, lamps(azimuth_deg)
        centre, radius = reach
        lit = {
            "to_lamp": self.lamps.to_lamp,
            "lamp": self.lamps.light,
            "right": self.lamps.right,
            "up": self.lamps.up,
            "view": shot.view.T,
        }
        for program in (self.on_skin, self.on_things, self.on_floor):
            for name, value in lit.items():
                if name in program:
                    program[name].write(value.astype("f4").tobytes())  # type: ignore[union-attr]
            _set(program, "centre", tuple(centre))
            _set(program, "radius", radius)
        _set(self.on_skin, "work", tuple(float(s in work) for s in "LR"))
        _set(self.on_floor, "reach", radius * 1.5)
        for program in (self.on_skin, self.on_things):
            _set(program, "eye", tuple(shot.eye))
        _set(self.in_shadow, "centre", tuple(centre))
        _set(self.in_shadow, "radius", radius)

    def draw(self, scene: Scene, longer_px: int, *, still: bool = True) -> Pixels:
        """The picture as height x width x RGBA with straight alpha."""
        c, count = self.context, len(scene.things)
        self.body.write(np.concatenate([scene.skin, scene.normals], 1).astype("f4").tobytes())
        self.things.write(scene.things.astype("f4").tobytes())
        c.enable(moderngl.DEPTH_TEST)
        c.disable(moderngl.BLEND)
        self._cast(count)
        width, height = self.shot.size(longer_px)
        self.shadows.use(0)
        image = self._figure(count, (width, height), _SAMPLES if still else 0)
        shadow = self._shadow(width, height)
        under = 1 - image[..., 3:] / 255
        image = image + under * np.concatenate([shadow[..., None] * self.tint, shadow[..., None]], 2)
        image[..., :3] *= 255 / np.maximum(image[..., 3:], 1)
        return np.asarray(np.clip(image + 0.5, 0, 255), np.uint8)

    def _cast(self, count: int) -> None:
        """Draw what every lamp sees."""
        self.shadow_target.use()
        self.shadow_target.viewport = (0, 0, TILE * GRID, TILE * GRID)
        self.shadow_target.clear(depth=1.0)
        for i in range(LAMPS):
            self.shadow_target.viewport = (i % GRID * TILE, i // GRID * TILE, TILE, TILE)
            for name, value in (("r", self.lamps.right), ("u", self.lamps.up), ("d", self.lamps.to_lamp)):
                _set(self.in_shadow, name, tuple(value[i]))
            self.context.enable(moderngl.CULL_FACE)
            self.skin_shadow.render()
            self.context.disable(moderngl.CULL_FACE)
            if count:
                self.things_shadow.render(moderngl.TRIANGLES, vertices=count)

    def _figure(self, count: int, pixels: tuple[int, int], samples: int) -> NDArray[np.float32]:
        """Skin and things without the floor."""
        c, (width, height) = self.context, pixels
        size = (width * _FINE, height * _FINE)
        depth = c.depth_renderbuffer(size, samples=samples)
        drawn = c.framebuffer([c.renderbuffer(size, 4, samples=samples)], depth)
        drawn.use()
        drawn.clear(0, 0, 0, 0)
        c.enable(moderngl.CULL_FACE)
        self.skin_drawn.render()
        c.disable(moderngl.CULL_FACE)
        if count:
            self.things_drawn.render(moderngl.TRIANGLES, vertices=count)
        resolved = c.framebuffer([c.renderbuffer(size, 4)])
        c.copy_framebuffer(resolved, drawn)
        image = _read(resolved, size).reshape(height, _FINE, width, _FINE, 4).mean((1, 3))
        _release(drawn, resolved)
        return np.asarray(image, np.float32)

    def _shadow(self, width: int, height: int) -> NDArray[np.float32]:
        """The shadow alone, blurred and faded towards the edges of the picture; half as fine is fine enough for it."""
        coarse = (width // 2, height // 2)
        target = self.context.framebuffer([self.context.renderbuffer(coarse, 4)])
        target.use()
        target.clear(0, 0, 0, 0)
        self.floor_drawn.render()
        alpha = Image.fromarray(_read(target, coarse)[..., 3].astype(np.uint8)).resize((width, height))
        _release(target)
        soft = np.asarray(alpha.filter(ImageFilter.GaussianBlur(max(width, height) / 110)), np.float32)
        return np.asarray(soft * _edge(height)[:, None] * _edge(width)[None], np.float32)


def _set(program: moderngl.Program, name: str, value: object) -> None:
    program[name].value = value  # type: ignore[union-attr]


def _release(*targets: moderngl.Framebuffer) -> None:
    for target in targets:
        for part in target.color_attachments:
            part.release()
        if target.depth_attachment is not None:
            target.depth_attachment.release()
        target.release()


def _read(target: moderngl.Framebuffer, size: tuple[int, int]) -> NDArray[np.float32]:
    raw = np.frombuffer(target.read(components=4), np.uint8).reshape(size[1], size[0], 4)
    return raw[::-1].astype(np.float32)


def _edge(count: int) -> NDArray[np.float32]:
    """1 inside, falling softly to 0 over the outer tenth at both ends."""
    s = np.clip((0.5 - np.abs(np.linspace(-0.5, 0.5, count))) / 0.10, 0, 1)
    return np.asarray(s * s * (3 - 2 * s), np.float32)
