"""The programs of the renderer, in GLSL: skin and things lit by many lamps, and the floor that only keeps shadows."""

from __future__ import annotations

TILE, GRID = 320, 6  # one small shadow map for each lamp, side by side in one picture
LAMPS = GRID * GRID

_VERSION = f"""#version 330
const int LAMPS = {LAMPS}; const float G = {GRID}., T = {TILE}.;
"""
_LIGHT = (
    _VERSION
    + """
uniform sampler2DShadow atlas;
uniform vec3 to_lamp[LAMPS]; uniform vec3 lamp[LAMPS]; uniform vec3 right[LAMPS]; uniform vec3 up[LAMPS];
uniform vec3 centre; uniform float radius;
float seen(int i, vec3 p) {
  vec3 q = (p - centre) / radius;
  vec2 uv = vec2(dot(q, right[i]), dot(q, up[i])) * .5 + .5;
  float z = .5 - .25 * dot(q, to_lamp[i]);
  if (any(lessThan(uv, vec2(.004))) || any(greaterThan(uv, vec2(.996)))) return 1.;
  vec2 tile = vec2(mod(float(i), G), floor(float(i) / G));
  vec2 c = (tile + uv) / G;
#ifdef FLAT  // flat things need a wider filter, or they look mottled
  vec2 e = vec2(3. / (G * T)); float s = 0.;
  for (int k = 0; k < 4; k++) {
    vec2 w = vec2(k < 2 ? -1. : 1., (k & 1) == 0 ? -1. : 1.) * e;
    s += texture(atlas, vec3(clamp(c + w, tile / G + .001, (tile + 1.) / G - .001), z - .0030));
  }
  return s * .25;
#else
  return texture(atlas, vec3(c, z - .0008));
#endif
}
"""
)

CORNER = """#version 330
in vec3 place; in vec3 normal; in vec3 colour; in vec4 tag;
uniform mat4 view;
centroid out vec3 wp; centroid out vec3 wn; centroid out vec3 col; centroid out vec4 tg;
void main() { wp = place; wn = normal; col = colour; tg = tag; gl_Position = view * vec4(place, 1.); }
"""

_SURFACE = (
    _LIGHT
    + """
centroid in vec3 wp; centroid in vec3 wn; centroid in vec3 col; centroid in vec4 tg;
out vec4 o;
uniform vec3 eye; uniform vec3 leg; uniform vec3 shorts;
uniform vec2 work;
void main() {
  vec3 n = normalize(wn), v = normalize(eye - wp), a = col;
#ifdef SKIN
  float working = clamp(max(tg.x * work.x, tg.y * work.y) * 1.25 - .12, 0., 1.);
  a = mix(a, leg, smoothstep(0., 1., working));
  float e = fwidth(tg.z);
  a = mix(shorts, a, smoothstep(-e, e, tg.z));
#else
  if (dot(n, v) < 0.) n = -n;
#endif
  vec3 light = vec3(0.), b = wp + n * .010;
  for (int i = 0; i < LAMPS; i++) {
    float nl = max((dot(n, to_lamp[i]) + .12) / 1.12, 0.);
    if (nl > 0.) light += lamp[i] * nl * seen(i, b);
  }
  light += vec3(.30, .255, .22) * (.5 - .5 * n.z) * (.35 + .65 * smoothstep(0., .7, wp.z));  // bounced off the floor
  float marked = smoothstep(.18, .30, a.r - a.g);  // coral stays legible in shade
  light = mix(light, vec3(dot(light, vec3(.333))) * .60 + .45, marked * .7);
  float rim = pow(1. - max(dot(n, v), 0.), 3.);
  vec3 c = a * light + rim * .10 * mix(vec3(1., .95, .9), a, .5) * (.4 + .6 * max(n.z, 0.));
  // Deep, warm shade instead of grey: a little more colour where there is little light.
  c = mix(c, c * mix(vec3(1.), normalize(a + .05) * 1.6, .35), clamp(1. - dot(light, vec3(.333)), 0., 1.) * .5);
  c = c / (1. + .16 * max(max(c.r, c.g), c.b));
  o = vec4(pow(clamp(c * 1.10, 0., 1.), vec3(1. / 2.2)), 1.);
}
"""
)
SKIN = _SURFACE.replace("330", "330\n#define SKIN", 1)
THINGS = _SURFACE.replace("330", "330\n#define FLAT", 1)

FLOOR = (
    _LIGHT
    + """
centroid in vec3 wp; centroid in vec3 wn; centroid in vec3 col; centroid in vec4 tg;
out vec4 o;
uniform float strength; uniform float reach;
void main() {
  float s = 0., all = 0.;
  for (int i = 0; i < LAMPS; i++) {
    float k = dot(lamp[i], vec3(.333)) * max(to_lamp[i].z, 0.);
    all += k; s += k * seen(i, wp + vec3(0, 0, .001));
  }
  float fade = 1. - smoothstep(.6 * reach, reach, distance(wp.xy, centre.xy));
  o = vec4(0., 0., 0., strength * smoothstep(.02, 1.02, 1. - s / all) * fade);
}
"""
)

SHADOW_CORNER = """#version 330
in vec3 place;
uniform vec3 r, u, d, centre; uniform float radius;
void main() { vec3 q = (place - centre) / radius; gl_Position = vec4(dot(q, r), dot(q, u), -.5 * dot(q, d), 1.); }
"""
SHADOW = "#version 330\nvoid main() {}"
