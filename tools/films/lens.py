"""A camera for rooms: one lamp with a shadow, light from all around, patterned floor and wall, blur and grain.

Plain OpenGL through EGL; Mesa's software renderer is enough. Pictures are red, green and blue, not transparent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import moderngl
import numpy as np
from numpy.typing import NDArray
from people import Person
from scene import SIZE, Light, Surface
from turns import Array, unit

_SHADOW_PX, _SHADOW_M = 1024, 3.4  # half the width of what the lamp's shadow reaches
_NEAR, _FAR = 0.1, 30.0
_EDGE_PX = 12  # soft shadows reach further than their bodies
Region = tuple[int, int, int, int]  # left, low, width and height in the picture
_ALL: Region = (0, 0, *SIZE)
_MOST = 120_000  # corners of things that change

_CORNER = """#version 330
in vec3 place; in vec3 normal; in vec3 colour; uniform mat4 view; out vec3 p; out vec3 n; out vec3 c;
void main() { p = place; n = normal; c = colour; gl_Position = view * vec4(place, 1.0); }"""
_CAST = """#version 330
in vec3 place; uniform mat4 lamp_view; void main() { gl_Position = lamp_view * vec4(place, 1.0); }"""
_DARK = "#version 330\nvoid main() {}"
_PIXEL = """#version 330
in vec3 p; in vec3 n; in vec3 c; out vec4 seen;
uniform mat4 lamp_view; uniform vec3 to_lamp; uniform float lamp; uniform float around; uniform int pattern;
uniform vec3 eye; uniform sampler2DShadow shadow;
float chance(vec2 q) { return fract(sin(dot(q, vec2(12.9898, 78.233))) * 43758.5453); }
float cloth(vec2 q) { vec2 i = floor(q), f = fract(q); f = f * f * (3.0 - 2.0 * f);
  float low = mix(chance(i), chance(i + vec2(1, 0)), f.x);
  float high = mix(chance(i + vec2(0, 1)), chance(i + vec2(1, 1)), f.x);
  return mix(low, high, f.y); }
void main() {
  vec3 m = normalize(n); if (dot(m, eye - p) < 0.0) m = -m;
  vec3 a = c;
  if (pattern == 1) { float row = floor(p.x / 0.14); float along = p.y / 1.1 + chance(vec2(row, 3.0));
    a *= 0.80 + 0.30 * chance(vec2(row, floor(along))) + 0.10 * cloth(vec2(p.x * 60.0, p.y * 6.0));
    if (fract(p.x / 0.14) < 0.03 || fract(along) < 0.006) a *= 0.55; }
  if (pattern == 2) { vec2 q = p.xy * 4.5; float s = step(0.5, fract(q.x + q.y)) + step(0.5, fract(q.x - q.y));
    a = mix(a, s > 1.5 ? vec3(0.25, 0.03, 0.03) : s > 0.5 ? vec3(0.05, 0.08, 0.20) : a, 0.85); }
  if (pattern == 3) { a *= 0.93 + 0.07 * cloth(p.yz * 3.0 + p.x); }
  if (pattern == 4) { a *= fract((p.y + p.x) * 3.2) < 0.5 ? 0.80 : 1.0; }
  if (pattern == 5) { a *= 0.90 + 0.14 * cloth(p.xy * 130.0 + p.z * 90.0); }
  vec4 q = lamp_view * vec4(p + m * 0.012, 1.0); vec3 r = q.xyz / q.w * 0.5 + 0.5; float lit = 0.0;
  for (int i = 0; i < 2; i++) for (int k = 0; k < 2; k++)
    lit += texture(shadow, vec3(r.xy + (vec2(i, k) - 0.5) * 0.0016, r.z - 0.0015));
  lit = (any(lessThan(r, vec3(0.0))) || any(greaterThan(r, vec3(1.0)))) ? 1.0 : lit / 4.0;
  float up = 0.5 + 0.5 * m.z; float side = max(dot(m, normalize(vec3(to_lamp.y, -to_lamp.x, 0.5))), 0.0);
  vec3 light = around * mix(vec3(0.55, 0.48, 0.42), vec3(0.95, 1.0, 1.05), up) + 0.25 * side
    + lamp * lit * max(dot(m, to_lamp), 0.0) * vec3(1.06, 1.0, 0.90);
  vec3 o = a * light; seen = vec4(pow(clamp(o / (1.0 + 0.15 * o), 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}"""


class Lens:
    """Draws people in a room."""

    def __init__(self, people: Sequence[Person], room: Sequence[Surface], light: Light) -> None:
        """Open the graphics and hand over what does not change."""
        through: dict[str, Any] = {"backend": "egl"}
        c = self.context = moderngl.create_context(standalone=True, **through)
        self.drawn, self.cast = (
            c.program(vertex_shader=_CORNER, fragment_shader=_PIXEL),
            c.program(vertex_shader=_CAST, fragment_shader=_DARK),
        )
        self.shadow = c.depth_texture((_SHADOW_PX, _SHADOW_PX))
        self.shadow.compare_func = "<="
        self.shadow.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self.shadow_target = c.framebuffer(depth_attachment=self.shadow)
        self.target = c.framebuffer([c.renderbuffer(SIZE, 4)], c.depth_renderbuffer(SIZE))
        self.light, self.weave, self.shades_itself = light, 5, True
        self.meshes = [self._mesh(p) for p in people]
        self.room = [(self._still(s.triangles), s.pattern) for s in room]
        self.moving = c.buffer(reserve=_MOST * 36, dynamic=True)
        self.moving_drawn = c.vertex_array(self.drawn, [(self.moving, "3f 3f 3f", "place", "normal", "colour")])
        self.moving_cast = c.vertex_array(self.cast, [(self.moving, "3f 24x", "place")])

    def _mesh(self, who: Person) -> tuple[moderngl.Buffer, moderngl.VertexArray, moderngl.VertexArray]:
        c, corners = self.context, len(who.colours)
        skin, colours = c.buffer(reserve=corners * 24, dynamic=True), c.buffer(who.colours.astype("f4").tobytes())
        faces = c.buffer(who.body.faces.astype("i4").tobytes())
        drawn = c.vertex_array(self.drawn, [(skin, "3f 3f", "place", "normal"), (colours, "3f", "colour")], faces)
        return skin, drawn, c.vertex_array(self.cast, [(skin, "3f 12x", "place")], faces)

    def _still(self, triangles: Array) -> tuple[moderngl.VertexArray, moderngl.VertexArray]:
        corners = self.context.buffer(triangles.astype("f4").tobytes())
        drawn = self.context.vertex_array(self.drawn, [(corners, "3f 3f 3f", "place", "normal", "colour")])
        return drawn, self.context.vertex_array(self.cast, [(corners, "3f 24x", "place")])

    def look(self, eye: Array, at: Array, angle_deg: float, roll_deg: float = 0.0) -> None:
        """Stand the camera somewhere and let the lamp's shadow reach what it looks at."""
        back = unit(eye - at)
        right = unit(np.cross((0, 0, 1.0), back))
        up = np.cross(back, right)
        k, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
        axes = np.array([k * right + s * up, k * up - s * right, back])
        look = np.eye(4)
        look[:3, :3], look[:3, 3] = axes, -axes @ eye
        lens = 1 / np.tan(np.radians(angle_deg) / 2)
        deep, flat = (_FAR + _NEAR) / (_NEAR - _FAR), 2 * _FAR * _NEAR / (_NEAR - _FAR)
        project = np.array([[lens * SIZE[1] / SIZE[0], 0, 0, 0], [0, lens, 0, 0], [0, 0, deep, flat], [0, 0, -1, 0]])
        lamp = unit(self.light.to_lamp)
        across = unit(np.cross((0, 1.0, 0), lamp))
        from_lamp = np.eye(4)
        from_lamp[:3, :3] = np.array([across, np.cross(lamp, across), -lamp]) / _SHADOW_M
        from_lamp[2, :3] /= 2
        from_lamp[:3, 3] = -from_lamp[:3, :3] @ np.array([at[0], at[1], 0.8])
        self.view, self.to_lamp, self.changed = project @ look, lamp, _ALL
        _matrix(self.drawn, "view", self.view)
        for program in (self.drawn, self.cast):
            _matrix(program, "lamp_view", from_lamp)
        for name, value in (("to_lamp", lamp), ("eye", eye)):
            _set(self.drawn, name, tuple(float(v) for v in value))
        _set(self.drawn, "lamp", self.light.lamp)
        _set(self.drawn, "around", self.light.around)

    def draw(self, bodies: Sequence[tuple[Array, Array] | None], things: Array) -> NDArray[np.float32]:
        """One picture, 480 x 640 x 3, 0 to 255: skin and normals of each person that is there, and the things."""
        c, here = self.context, []
        for (skin, drawn, cast), body in zip(self.meshes, bodies, strict=True):
            if body is not None:
                skin.write(np.concatenate(body, 1).astype("f4").tobytes())
                here.append((drawn, cast))
        self.moving.write(things.astype("f4").tobytes())
        c.enable(moderngl.DEPTH_TEST)
        self.shadow_target.use()
        self.shadow_target.clear(depth=1.0)
        for _, cast in here if self.shades_itself else ():
            cast.render()
        for (_, cast), _ in self.room:
            cast.render()
        if len(things):
            self.moving_cast.render(moderngl.TRIANGLES, vertices=len(things))
        changes = self._reach([body[0] for body in bodies if body is not None], things)
        region = _both(changes, self.changed)
        self.changed = changes
        self.target.use()
        self.target.scissor = region
        self.target.clear(0.5, 0.5, 0.5, 1.0, viewport=region)
        self.shadow.use(0)
        _set(self.drawn, "pattern", self.weave)
        for drawn, _ in here:
            drawn.render()
        _set(self.drawn, "pattern", 0)
        if len(things):
            self.moving_drawn.render(moderngl.TRIANGLES, vertices=len(things))
        for (drawn, _), pattern in self.room:
            _set(self.drawn, "pattern", pattern)
            drawn.render()
        raw = np.frombuffer(self.target.read(components=3), np.uint8).reshape(SIZE[1], SIZE[0], 3)
        return _soft(raw[::-1].astype(np.float32))

    def _reach(self, skins: Sequence[Array], things: Array) -> Region:
        """Where in the picture anything moves, shadows included: the rest of it need not be drawn again."""
        spots = np.concatenate([*(s[::5] for s in skins), things[::5, :3]])
        shadows = spots - spots[:, 2:] / self.to_lamp[2] * self.to_lamp
        seen = np.concatenate([spots, shadows])
        seen = np.concatenate([seen, np.ones((len(seen), 1))], 1) @ self.view.T
        if seen[:, 3].min() < _NEAR:
            return _ALL
        at = (seen[:, :2] / seen[:, 3:] + 1) / 2 * SIZE
        low, high = np.clip(at.min(0) - _EDGE_PX, 0, SIZE), np.clip(at.max(0) + _EDGE_PX, 0, SIZE)
        return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])

    def close(self) -> None:
        """Give the graphics back."""
        self.context.release()


def _both(a: Region, b: Region) -> Region:
    left, low = min(a[0], b[0]), min(a[1], b[1])
    return left, low, max(a[0] + a[2], b[0] + b[2]) - left, max(a[1] + a[3], b[1] + b[3]) - low


def _soft(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """A lens is never quite sharp: a quarter of each pixel comes from either side of it."""
    for axis in (0, 1):
        picture = np.float32(0.5) * picture + np.float32(0.25) * (
            np.roll(picture, 1, axis) + np.roll(picture, -1, axis)
        )
    return picture


def _set(program: moderngl.Program, name: str, value: object) -> None:
    _uniform(program, name).value = value


def _matrix(program: moderngl.Program, name: str, value: Array) -> None:
    _uniform(program, name).write(value.T.astype("f4").tobytes())


def _uniform(program: moderngl.Program, name: str) -> moderngl.Uniform:
    member = program[name]
    if not isinstance(member, moderngl.Uniform):
        raise TypeError(f"{name} is no uniform of the program.")
    return member
