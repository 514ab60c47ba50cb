// A body as a thin line round it, so that what is behind it stays to be seen.

/**
 * @typedef {{metre: number, side: string, strength: number}} Look  dots to a metre, the side that works, 0 to 1
 * @typedef {[number, number, number, number]} Limb  from landmark to landmark, half as thick as it is there, metres
 * @typedef {(pen: CanvasRenderingContext2D, grow: number) => void} Draws
 */

/** @type {Limb[]} */
const LEG = [[23, 25, 0.078, 0.052], [25, 27, 0.052, 0.034], [27, 29, 0.034, 0.03], [29, 31, 0.03, 0.022],
  [27, 31, 0.034, 0.022]];
/** @type {Limb[]} */
const ARM = [[11, 13, 0.042, 0.034], [13, 15, 0.034, 0.026]];
/** @type {Limb[]} */
const TRUNK = [[11, 12, 0.06, 0.06], [23, 24, 0.078, 0.078], [11, 23, 0.07, 0.078], [12, 24, 0.07, 0.078],
  [11, 24, 0.06, 0.06], [12, 23, 0.06, 0.06]];
const [SHOULDERS, EARS] = [[11, 12], [7, 8]];
const [NECK_M, HEAD_M] = [0.045, 0.092];

/** A sheet to draw on before it is laid over the picture. @type {HTMLCanvasElement|null} */
let sheet = null;

/**
 * The whole body as one outline; behind it, and fainter, a leg that does not work.
 * @param {CanvasRenderingContext2D} pen @param {number[][]} at places of the landmarks @param {Look} look
 */
export function drawBody(pen, at, { metre, side, strength }) {
  const [own, other] = { left: [[0], [1]], right: [[1], [0]] }[side] ?? [[0, 1], []];
  const legs = (sides) => sides.flatMap((s) => beside(LEG, s));
  const limbs = [...TRUNK, ...beside(ARM, 0), ...beside(ARM, 1), ...legs(own)];
  /** @type {Draws} */
  const body = (inner, grow) => { draw(inner, at, limbs, metre, grow); head(inner, at, metre, grow); };
  if (other.length) ring(pen, strength * 0.5, (inner, grow) => draw(inner, at, legs(other), metre, grow), body);
  ring(pen, strength, body);
}

/** Limbs of the left side, or the same of the right. @param {Limb[]} limbs @param {number} side @returns {Limb[]} */
const beside = (limbs, side) => limbs.map(([a, b, ...r]) => [a + side, b + side, ...r]);

/**
 * What is drawn, as a line round it: drawn a little larger first, and then its inside is taken out, and what is before it.
 * @param {CanvasRenderingContext2D} pen @param {number} strength @param {Draws} body @param {Draws} [before]
 */
function ring(pen, strength, body, before) {
  const { width, height } = pen.canvas;
  sheet ??= document.createElement("canvas");
  if (sheet.width !== width || sheet.height !== height) Object.assign(sheet, { width, height });
  const inner = sheet.getContext("2d");
  if (!inner) return;
  const line = Math.max(1.5, Math.min(width, height) / 230);
  inner.globalCompositeOperation = "source-over";
  inner.clearRect(0, 0, width, height);
  inner.fillStyle = "rgb(31 36 33 / 0.6)";
  body(inner, 1.8 * line);
  inner.fillStyle = "#FFFDF9";
  body(inner, line);
  inner.globalCompositeOperation = "destination-out";
  body(inner, 0);
  before?.(inner, line);
  pen.globalAlpha = strength;
  pen.drawImage(sheet, 0, 0);
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[][]} at
 * @param {Limb[]} limbs
 * @param {number} metre
 * @param {number} grow
 */
function draw(pen, at, limbs, metre, grow) {
  for (const [a, b, here, there] of limbs) limb(pen, at[a], at[b], here * metre + grow, there * metre + grow);
}

/** @param {CanvasRenderingContext2D} pen @param {number[][]} at @param {number} metre @param {number} grow */
function head(pen, at, metre, grow) {
  const [shoulders, ears] = [SHOULDERS, EARS].map(([a, b]) => [(at[a][0] + at[b][0]) / 2, (at[a][1] + at[b][1]) / 2]);
  limb(pen, shoulders, ears, NECK_M * metre + grow, NECK_M * metre + grow);
  limb(pen, ears, ears, HEAD_M * metre + grow, HEAD_M * metre + grow);
}

/**
 * Two circles and what is between them.
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} r
 * @param {number} s
 */
function limb(pen, [x, y], [u, v], r, s) {
  const long = Math.hypot(u - x, v - y) || 1;
  const [across, down] = [(y - v) / long, (u - x) / long];
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
  pen.beginPath();
  pen.arc(u, v, s, 0, 2 * Math.PI);
  pen.fill();
  pen.beginPath();
  pen.moveTo(x + across * r, y + down * r);
  pen.lineTo(u + across * s, v + down * s);
  pen.lineTo(u - across * s, v - down * s);
  pen.lineTo(x - across * r, y - down * r);
  pen.fill();
}
