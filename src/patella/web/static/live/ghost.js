// The ghost that is followed: the library's own movement, fitted to the size and the place of the person. Pure. Places
// in the picture are in heights of it, from its upper left corner; those of the ghost are in metres.

/**
 * @typedef {import("../app/types.js").Ghost} Ghost
 * @typedef {import("../app/types.js").Tempo} Tempo
 * @typedef {[number, number]} Place
 * @typedef {{flip: number, scale: number, parts: number[], anchor: Place, off: number}} Fit
 */

const SEEN = 0.5;
const TRUE_SHARE = 0.7; // of its length: a limb that points further at the camera is no measure
const WIDEST = 1.35; // a limb that seems longer or shorter than the body's size says by more is not believed
const REST_S = 0.6;
const BOTH_SIDES = 8; // limbs a side, the left ones first; the first limb of all lies between the hips
const MEASURED = [0, 4, 5]; // trunk, thigh and shin
const COMPARED = [11, 23, 25, 27];

/**
 * The joints of the ghost by their landmark, on the way out (0 to 1) and back (1 to 2).
 * @param {Ghost} ghost
 * @param {number} share
 */
function shapeOf({ frames, joints, end }, share) {
  const at = Math.min(Math.max(share, 0), 2) * end;
  const first = Math.min(Math.floor(at), frames.length - 1);
  const [from, to, part] = [frames[first], frames[Math.min(first + 1, frames.length - 1)], at - first];
  /** @type {Place[]} */
  const shape = [];
  joints.forEach((joint, i) => {
    shape[joint] = [from[2 * i] + (to[2 * i] - from[2 * i]) * part,
      from[2 * i + 1] + (to[2 * i + 1] - from[2 * i + 1]) * part];
  });
  return shape;
}

/**
 * How far the ghost has gone at a time, 0 to 1 and on to 2, at a tempo. `stays`: it does not come back.
 * @param {number} t_s @param {Tempo} tempo @param {boolean} [stays]
 */
export function shareAt(t_s, { up_s, hold_s, down_s, rest_s }, stays = false) {
  if (stays) return Math.min(1, t_s / up_s);
  const t = t_s % (up_s + hold_s + down_s + Math.max(REST_S, rest_s));
  if (t < up_s) return t / up_s;
  if (t < up_s + hold_s) return 1;
  return Math.min(2, 1 + (t - up_s - hold_s) / down_s);
}

/**
 * The ghost in the person's place: flipped where they look the other way, each limb as long as theirs, standing where
 * they stand. Null where the body is not seen well enough. `off`: how far from the person it is, in bodies.
 * @param {Ghost} ghost @param {ArrayLike<number>} image @param {number} aspect @returns {Fit|null}
 */
export function fitOf(ghost, image, aspect) {
  const sized = sizesOf(ghost, image, aspect);
  if (!sized) return null;
  const anchor = anchorOf(ghost, image, aspect);
  const fits = [1, -1].map((flip) => ({ ...sized, anchor, flip, off: 0 }));
  for (const fit of fits) fit.off = Math.min(...[0,
    1].map((share) => distance(placedAt(ghost, fit, share), image, aspect, fit.scale)));
  return fits[0].off <= fits[1].off ? fits[0] : fits[1];
}

/**
 * Heights of the picture to a metre, over all and for each limb.
 * @param {Ghost} ghost
 * @param {ArrayLike<number>} image
 * @param {number} aspect
 */
function sizesOf(ghost, image, aspect) {
  const start = shapeOf(ghost, 0);
  const side = sideOf(ghost, image);
  const found = new Map();
  for (const kind of MEASURED) {
    const [a, b, length] = ghost.limbs[1 + BOTH_SIDES * side + kind];
    const shown = far(start[a], start[b]);
    if (shown < TRUE_SHARE * length || !sees(image, a) || !sees(image, b)) continue;
    found.set(kind, [far(placeOf(image, a, aspect), placeOf(image, b, aspect)), shown]);
  }
  if (!found.size) return null;
  const [theirs, ours] = [...found.values()].reduce((sum, [t, o]) => [sum[0] + t, sum[1] + o], [0, 0]);
  const scale = theirs / ours;
  const parts = ghost.limbs.map((_, i) => {
    const [own, shown] = found.get((i - 1) % BOTH_SIDES) ?? [scale, 1];
    return i ? Math.min(Math.max(own / shown, scale / WIDEST), scale * WIDEST) : scale;
  });
  return { scale, parts };
}

/**
 * The side to measure: the one that works, else the one that is seen better.
 * @param {Ghost} ghost
 * @param {ArrayLike<number>} image
 */
function sideOf({ side }, image) {
  if (side !== "both") return side === "left" ? 0 : 1;
  const [left, right] = [0, 1].map((s) => image[4 * (25 + s) + 3] + image[4 * (27 + s) + 3]);
  return right > left ? 1 : 0;
}

/**
 * Where the person stands: the middle of what stays in its place.
 * @param {Ghost} ghost
 * @param {ArrayLike<number>} image
 * @param {number} aspect
 * @returns {Place}
 */
export function anchorOf({ planted }, image, aspect) {
  return middle((planted.length ? planted : [23, 24]).map((joint) => placeOf(image, joint, aspect)));
}

/**
 * Every joint of the ghost in the picture, by its landmark.
 * @param {Ghost} ghost @param {Fit} fit @param {number} share @returns {Place[]}
 */
export function placedAt(ghost, { flip, scale, parts, anchor }, share) {
  const shape = shapeOf(ghost, share);
  /** @type {Place[]} */
  const grown = [];
  grown[ghost.limbs[0][0]] = [0, 0];
  ghost.limbs.forEach(([a, b], i) => {
    grown[b] = [grown[a][0] + flip * parts[i] * (shape[b][0] - shape[a][0]),
      grown[a][1] + parts[i] * (shape[b][1] - shape[a][1])];
  });
  const roots = ghost.planted.length ? ghost.planted : [23, 24];
  const [here, now] = [middle(roots.map((j) => grown[j])), middle(roots.map((j) => shape[j]))];
  const first = shapeOf(ghost, 0);
  const began = middle(roots.map((j) => first[j]));
  const [dx, dy] = [anchor[0] + flip * scale * (now[0] - began[0]) - here[0],
    anchor[1] + scale * (now[1] - began[1]) - here[1]];
  return grown.map(([x, y]) => [x + dx, y + dy]);
}

/** @param {Place[]} places @param {ArrayLike<number>} image @param {number} aspect @param {number} scale */
function distance(places, image, aspect, scale) {
  const seen = COMPARED.flatMap((joint) => [joint, joint + 1]).filter((joint) => sees(image, joint));
  const sum = seen.reduce((so_far, joint) => so_far + far(places[joint], placeOf(image, joint, aspect)), 0);
  return seen.length ? sum / seen.length / scale : Infinity;
}

/** @param {ArrayLike<number>} image @param {number} joint */
const sees = (image, joint) => image[4 * joint + 3] >= SEEN;

/** @param {ArrayLike<number>} image @param {number} joint @param {number} aspect @returns {Place} */
const placeOf = (image, joint, aspect) => [image[4 * joint] * aspect, image[4 * joint + 1]];

/** @param {Place} a @param {Place} b */
const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** @param {Place[]} places @returns {Place} */
const middle = (places) =>
  [places.reduce((s, p) => s + p[0], 0) / places.length, places.reduce((s, p) => s + p[1], 0) / places.length];
