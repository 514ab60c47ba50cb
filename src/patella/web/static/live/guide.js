// What the voice says of the view before a set: two metres away nobody reads it. Pure.
const SPOKEN = ["nobody", "two-people", "unclear", "out-of-frame", "too-near", "too-far", "wrong-view", "not-in-front",
  "wrong-side", "take-position", "dark"];
const STANDS_MS = 1500; // a view that changes is not spoken of
const APART_MS = 6000;
const AGAIN_MS = 15_000;

export class Guide {
  /** @param {number} now the words of the exercise itself come first */
  constructor(now) {
    this.code = "";
    this.since = now;
    this.said = "";
    this.said_at = now;
  }

  /**
   * The sentence that helps now; empty where the ear needs none.
   * @param {{code: string, head: string, says: string}} view @param {number} now in ms @returns {string}
   */
  say({ code, head, says }, now) {
    if (code !== this.code) [this.code, this.since] = [code, now];
    const seen = code === "ready";
    const due = now - this.since >= STANDS_MS && now - this.said_at >= (code === this.said ? AGAIN_MS : APART_MS);
    if (!due || !(seen ? this.said && this.said !== code : SPOKEN.includes(code))) return "";
    this.said = code;
    this.said_at = now;
    return seen ? `${head}.` : says;
  }
}
