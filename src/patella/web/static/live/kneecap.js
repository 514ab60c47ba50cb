// The kneecap by image motion: how far the skin above a knee moves against the shin below it, in a close view that the
// person lines up with two drawn frames. No pose is found there. Pure: grey pictures in, what was seen out. Lengths are
// in lines of a picture 480 lines high, in which the shin is about 200 lines long.

export const HIGH = 480;
/** What is cut out of the picture, from its middle: x to both sides, y from its top. */
export const CUT = { x: -104, y: 190, wide: 208, high: 220 };
const LEGS = [-57, 57];
const KNEE = { wide: 80, top: 200, high: 120 };
const SHIN = { wide: 60, top: 325, high: 75 };

const MARGIN = 8;
const TRIES = 4;
const BLURS = 3;
const ALIKE = 0.7; // a patch that fits worse shows something else
const PLAIN = 2; // grey levels: a patch with less in it has nothing to follow
const STEADY = 0.5; // lines: so little may it seem to move while nothing is done
const LEARNS_S = 2;
const RETRIES_S = 4;
const LOST_S = 1;
const SOFT_S = 0.12;
const FOLLOWS_S = 4;
const RISES = 0.5; // lines: the least rise that counts, and
const OVER_NOISE = 4; // so many times the trembling at rest
const FALLS = 0.5; // of the rise: below it the kneecap is down again
const LEAST_S = 0.3;
const OWN = 0.4; // of the person's own highest: less is a slip, not a jump
const MOST_S = 12;

/** @typedef {{x: number, y: number, wide: number, high: number}} Box */
/** @typedef {Float32Array} Grey */

/** The patches of each leg, in the cut-out. @type {{knee: Box, shin: Box}[]} */
export const PATCHES = LEGS.map((x) => ({ knee: boxOf(x, KNEE), shin: boxOf(x, SHIN) }));

/** @param {number} x @param {{wide: number, top: number, high: number}} of @returns {Box} */
function boxOf(x, { wide, top, high }) {
  return { x: x - wide / 2 - CUT.x, y: top - CUT.y, wide, high };
}

/**
 * A grey cut-out, softened a little.
 * @param {Uint8Array|Uint8ClampedArray|Float32Array} grey
 * @param {number} wide
 * @param {number} high
 * @returns {Grey}
 */
export function softened(grey, wide, high) {
  let from = Float32Array.from(grey);
  let to = new Float32Array(from.length);
  for (let n = 0; n < BLURS; n += 1) {
    for (const step of [1, wide]) {
      to.set(from);
      for (let i = step; i < from.length - step; i += 1) to[i] = (from[i - step] + 2 * from[i] + from[i + step]) / 4;
      [from, to] = [to, from];
    }
  }
  return from;
}

/** What is needed of a patch of the reference to find it again. @param {Grey} grey @param {Box} box */
function learnt(grey, box) {
  const wide = CUT.wide;
  const [w, h] = [box.wide - 2 * MARGIN, box.high - 2 * MARGIN];
  const [value, gx, gy] = [new Float32Array(w * h), new Float32Array(w * h), new Float32Array(w * h)];
  let [xx, xy, yy, sum, squares] = [0, 0, 0, 0, 0];
  for (let y = 0, n = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1, n += 1) {
      const i = (box.y + MARGIN + y) * wide + box.x + MARGIN + x;
      value[n] = grey[i];
      gx[n] = (grey[i + 1] - grey[i - 1]) / 2;
      gy[n] = (grey[i + wide] - grey[i - wide]) / 2;
      xx += gx[n] * gx[n];
      xy += gx[n] * gy[n];
      yy += gy[n] * gy[n];
      sum += grey[i];
      squares += grey[i] * grey[i];
    }
  }
  const mean = sum / (w * h);
  return { box, w, h, value, gx, gy, xx, xy, yy, mean,
    spread: Math.sqrt(Math.max(0, squares / (w * h) - mean * mean)) };
}

/**
 * Where a patch is now: how far it moved, and how much it is still the same, 1 at most.
 * @param {ReturnType<typeof learnt>} patch
 * @param {Grey} grey
 */
export function found(patch, grey) {
  const { box, w, h, value, gx, gy, xx, xy, yy } = patch;
  const size = xx * yy - xy * xy;
  let [dx, dy, alike] = [0, 0, 0];
  if (patch.spread < PLAIN || size <= 0) return { dx, dy, alike };
  const now = new Float32Array(w * h);
  for (let n = 0; n <= TRIES; n += 1) {
    const mean = sampled(now, grey, box, w, h, dx, dy);
    let [bx, by, same, own, other] = [0, 0, 0, 0, 0];
    for (let i = 0; i < now.length; i += 1) {
      const [here, there] = [now[i] - mean, value[i] - patch.mean];
      bx += (here - there) * gx[i];
      by += (here - there) * gy[i];
      same += here * there;
      own += here * here;
      other += there * there;
    }
    alike = own && other ? same / Math.sqrt(own * other) : 0;
    if (n === TRIES) break;
    dx = within(dx - (yy * bx - xy * by) / size);
    dy = within(dy - (xx * by - xy * bx) / size);
  }
  return { dx, dy, alike };
}

/** @param {number} d */
const within = (d) => Math.max(-MARGIN + 1, Math.min(MARGIN - 1, d));

/**
 * @param {Float32Array} into
 * @param {Grey} grey
 * @param {Box} box
 * @param {number} w
 * @param {number} h
 * @param {number} dx
 * @param {number} dy
 */
function sampled(into, grey, box, w, h, dx, dy) {
  const [x0, y0] = [Math.floor(dx), Math.floor(dy)];
  const [fx, fy] = [dx - x0, dy - y0];
  let sum = 0;
  for (let y = 0, n = 0; y < h; y += 1) {
    let i = (box.y + MARGIN + y + y0) * CUT.wide + box.x + MARGIN + x0;
    for (let x = 0; x < w; x += 1, n += 1, i += 1) {
      const upper = grey[i] * (1 - fx) + grey[i + 1] * fx;
      const lower = grey[i + CUT.wide] * (1 - fx) + grey[i + CUT.wide + 1] * fx;
      into[n] = upper * (1 - fy) + lower * fy;
      sum += into[n];
    }
  }
  return sum / (w * h);
}

/** Follows two kneecaps and counts how often they are drawn up. */
export class Kneecaps {
  constructor() {
    /** @type {{knee: any, shin: any}[]|null} */
    this.patches = null;
    this.learnt_s = 0;
    /** The readings since then, until rest is known. @type {[number, number][]} */
    this.readings = [];
    this.ready = false;
    this.rest = 0;
    this.noise = 0;
    /** How far the kneecaps are up against rest, in lines. */
    this.up = 0;
    this.seen_s = 0;
    this.t_s = 0;
    /** @type {number|null} */
    this.began_s = null;
    this.peak_s = 0;
    this.high = 0;
    this.highest = 0;
  }

  /**
   * One picture more. Whether it counts now, and a repetition if one ended with it.
   * @param {Uint8Array|Uint8ClampedArray|Float32Array} pixels the cut-out in grey @param {number} t_s
   * @returns {{ready: boolean, up: number, rep: {up_s: number, down_s: number}|null}}
   */
  take(pixels, t_s) {
    const grey = softened(pixels, CUT.wide, CUT.high);
    const passed_s = Math.min(1, t_s - this.t_s);
    this.t_s = t_s;
    if (!this.patches) return this.begin(grey, t_s);
    const rise = this.riseOf(grey);
    if (rise === null) {
      if (t_s - this.seen_s > LOST_S) this.begin(grey, t_s);
      return { ready: this.ready, up: this.up, rep: null };
    }
    this.seen_s = t_s;
    if (!this.ready) this.learn(grey, t_s, rise);
    else this.up += (rise - this.rest - this.up) * Math.min(1, passed_s / SOFT_S);
    return { ready: this.ready, up: this.up, rep: this.ready ? this.step(t_s, passed_s) : null };
  }

  /** @param {Grey} grey @param {number} t_s */
  begin(grey, t_s) {
    this.patches = PATCHES.map(({ knee, shin }) => ({ knee: learnt(grey, knee), shin: learnt(grey, shin) }));
    Object.assign(this, { learnt_s: t_s, seen_s: t_s, readings: [], ready: false, up: 0, began_s: null });
    return { ready: false, up: 0, rep: null };
  }

  /**
   * How far the knees rose against the shins since the reference; null where it is not the same picture.
   * @param {Grey} grey
   */
  riseOf(grey) {
    let sum = 0;
    for (const { knee, shin } of this.patches ?? []) {
      const [above, below] = [found(knee, grey), found(shin, grey)];
      if (Math.min(above.alike, below.alike) < ALIKE) return null;
      sum += below.dy - above.dy;
    }
    return sum / PATCHES.length;
  }

  /** @param {Grey} grey @param {number} t_s @param {number} rise */
  learn(grey, t_s, rise) {
    this.readings.push([t_s, rise]);
    while (this.readings.length > 1 && this.readings[1][0] <= t_s - LEARNS_S) this.readings.shift();
    const values = this.readings.map(([, v]) => v).sort((a, b) => a - b);
    const odd = Math.floor(values.length / 10);
    const range = values[values.length - 1 - odd] - values[odd];
    if (this.readings[0][0] <= t_s - LEARNS_S && range <= STEADY) {
      Object.assign(this, { ready: true, rest: values[Math.floor(values.length / 2)], noise: range / 2, readings: [] });
    } else if (t_s - this.learnt_s > RETRIES_S) this.begin(grey, t_s);
  }

  /** @param {number} t_s @param {number} passed_s */
  step(t_s, passed_s) {
    const rises = Math.max(RISES, OVER_NOISE * this.noise);
    if (this.began_s === null) {
      if (this.up > rises) Object.assign(this, { began_s: t_s, peak_s: t_s, high: this.up });
      else this.settle(this.up * Math.min(1, passed_s / FOLLOWS_S));
      return null;
    }
    if (this.up > this.high) Object.assign(this, { high: this.up, peak_s: t_s });
    if (t_s - this.began_s > MOST_S) {
      this.settle(this.up);
      this.began_s = null;
    } else if (this.up < Math.max(FALLS * rises, FALLS * this.high)) {
      const rep = { up_s: this.peak_s - this.began_s, down_s: t_s - this.peak_s };
      const whole = t_s - this.began_s >= LEAST_S && this.high >= OWN * this.highest;
      this.began_s = null;
      this.highest = Math.max(this.high, this.highest);
      return whole ? rep : null;
    }
    return null;
  }

  /** @param {number} by */
  settle(by) {
    this.rest += by;
    this.up -= by;
  }
}
