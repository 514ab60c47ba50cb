// The line to the coach: frames go out, what was seen comes back. A line that is cut is taken up where it broke, so
// that nothing is counted twice and nothing is lost.
import { openLine } from "/static/app/served.js";

const WAITS_MS = [200, 500, 1000, 2000, 3000];
const GONE_MS = 2500;
const MOST_KEPT = 900;
const FASTEST_MS = 10;
const MOST_WAITING = 200_000;

/**
 * @typedef {{exercise: string, side: string|null, session: string|null, experiment?: boolean}} Wanted
 * @typedef {{onEvent: (event: any) => void, onGone: (gone: boolean) => void}} Answers
 */

export class Line {
  /** @param {Wanted} wanted @param {Answers} answers */
  constructor(wanted, answers) {
    this.wanted = wanted;
    this.answers = answers;
    /** The coach's last state, and how many frames it had seen. @type {{seen: number, state: any}} */
    this.kept = { seen: 0, state: null };
    /** The frames since then; the first is number `kept.seen + 1`. @type {ArrayBuffer[]} */
    this.frames = [];
    this.sent = 0;
    this.heard = 0;
    this.tries = 0;
    this.closed = false;
    this.gone = false;
    /** @type {WebSocket|null} */
    this.socket = null;
    this.open();
  }

  /** One frame more. @param {ArrayBuffer} bytes */
  frame(bytes) {
    if (this.frames.length >= MOST_KEPT) return;
    this.frames.push(bytes);
    this.pump();
  }

  open() {
    const socket = openLine("/api/coach");
    this.socket = socket;
    socket.onopen = () => {
      if (this.closed) return socket.close();
      this.sent = this.kept.seen;
      this.ready = false;
      socket.send(JSON.stringify({ kind: "begin", ...this.wanted, ...this.kept }));
    };
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = () => this.cut();
    this.patience ??= setTimeout(() => this.tell(true), GONE_MS);
  }

  /** @param {{seen: number, events: any[], state?: any}} said */
  hear({ seen, events, state }) {
    if (!this.ready) {
      this.ready = true;
      this.tries = 0;
      clearTimeout(this.patience);
      this.patience = undefined;
      this.tell(false);
    }
    if (state) {
      this.frames.splice(0, seen - this.kept.seen);
      this.kept = { seen, state };
    }
    if (seen > this.heard) {
      this.heard = seen;
      for (const event of events) if (!this.closed) this.answers.onEvent(event);
    }
    this.pump();
  }

  /** Send what has not been sent; what was kept while the line was cut a little at a time. */
  pump() {
    const { socket } = this;
    if (!socket || !this.ready || this.timer || socket.readyState !== WebSocket.OPEN) return;
    if (this.sent - this.kept.seen >= this.frames.length || socket.bufferedAmount > MOST_WAITING) return;
    socket.send(this.frames[this.sent - this.kept.seen]);
    this.sent += 1;
    this.timer = setTimeout(() => { this.timer = undefined; this.pump(); }, FASTEST_MS);
  }

  cut() {
    this.ready = false;
    this.socket = null;
    if (this.closed) return;
    this.patience ??= setTimeout(() => this.tell(true), GONE_MS);
    this.again = setTimeout(() => this.open(), WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)]);
    this.tries += 1;
  }

  /** @param {boolean} gone */
  tell(gone) {
    if (gone === this.gone || this.closed) return;
    this.gone = gone;
    this.answers.onGone(gone);
  }

  close() {
    this.closed = true;
    clearTimeout(this.patience);
    clearTimeout(this.again);
    clearTimeout(this.timer);
    // else as soon as it opens: a browser grumbles before
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.close();
  }
}
