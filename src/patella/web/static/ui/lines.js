// The body's lines over a picture, and the knee that works in coral.

const BONES = [[11, 12], [11, 23], [12, 24], [23, 24], [11, 13], [13, 15], [12, 14], [14, 16]];
const LEGS = { left: [[23, 25], [25, 27], [27, 29], [29, 31], [27, 31]],
  right: [[24, 26], [26, 28], [28, 30], [30, 32], [28, 32]] };
const KNEE = { left: 25, right: 26 };
const SEEN = 0.4;

/**
 * Draw them over the whole of a canvas. `whole`: the knee in full colour; `share`: dots to a pixel of the page.
 * @param {CanvasRenderingContext2D} pen @param {Float32Array} image @param {{side: string, whole: boolean, share: number}} look
 */
export function drawLines(pen, image, { side, whole, share }) {
  const { width: wide, height: high } = pen.canvas;
  const at = (i) => (image[4 * i + 3] < SEEN ? null : [image[4 * i] * wide, image[4 * i + 1] * high]);
  const thick = Math.max(3 * share, Math.min(wide, high) / 90);
  pen.lineCap = "round";
  const other = side === "left" ? "right" : "left";
  const faint = side === "both" ? BONES : [...BONES, ...LEGS[other]];
  const strong = side === "both" ? [...LEGS.left, ...LEGS.right] : LEGS[side];
  stroke(pen, faint, at, thick * 0.7, "rgb(255 253 249 / 0.55)");
  stroke(pen, strong, at, thick * 2.1, "rgb(31 36 33 / 0.45)");
  stroke(pen, strong, at, thick * 1.2, "#FFFDF9");
  for (const knee of side === "both" ? [KNEE.left, KNEE.right] : [KNEE[side]]) {
    const point = at(knee);
    if (point) dot(pen, point, thick * 2.4, whole);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[][]} bones
 * @param {(i: number) => number[]|null} at
 * @param {number} thick
 * @param {string} colour
 */
function stroke(pen, bones, at, thick, colour) {
  pen.lineWidth = thick;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const [a, b] of bones) {
    const [from, to] = [at(a), at(b)];
    if (!from || !to) continue;
    pen.moveTo(from[0], from[1]);
    pen.lineTo(to[0], to[1]);
  }
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {number[]} point @param {number} size @param {boolean} whole */
function dot(pen, [x, y], size, whole) {
  pen.beginPath();
  pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.fillStyle = whole ? "#E4572E" : "rgb(228 87 46 / 0.55)";
  pen.fill();
  pen.lineWidth = size / 3;
  pen.strokeStyle = "#FFFDF9";
  pen.stroke();
}
