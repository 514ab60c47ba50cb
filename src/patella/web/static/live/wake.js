// The screen stays on during a session, where the browser allows it. Where it does not, or takes it back, that is told.

export class Wake {
  /** @param {() => void} [lost] called once, when the screen cannot be kept on */
  constructor(lost = () => undefined) {
    this.lost = lost;
    /** @type {any} */
    this.lock = null;
    this.wanted = false;
    this.told = false;
    this.again = () => { if (document.visibilityState === "visible" && this.wanted) this.take(); };
  }

  start() {
    this.wanted = true;
    document.addEventListener("visibilitychange", this.again);
    this.take();
  }

  async take() {
    const wakeLock = /** @type {any} */ (navigator).wakeLock;
    if (this.lock && !this.lock.released) return;
    try {
      const lock = await wakeLock.request("screen");
      if (!this.wanted) return lock.release();
      this.lock = lock;
      lock.addEventListener?.("release", () => this.gone(lock));
    } catch {
      this.tell();
    }
  }

  /** The browser took it back: in a hidden page it always does, and there it is taken again later. @param {any} lock */
  gone(lock) {
    if (this.wanted && lock === this.lock && document.visibilityState === "visible") this.tell();
  }

  /** In a hidden page nobody looks at the screen, and it is tried again when the page comes back. */
  tell() {
    if (this.told || !this.wanted || document.visibilityState !== "visible") return;
    this.told = true;
    this.lost();
  }

  stop() {
    this.wanted = false;
    document.removeEventListener("visibilitychange", this.again);
    this.lock?.release().catch(() => undefined);
    this.lock = null;
  }
}
