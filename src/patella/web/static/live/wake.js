// The screen stays on during a session, where the browser allows it.

export class Wake {
  constructor() {
    /** @type {any} */
    this.lock = null;
    this.wanted = false;
    /** on, off, or refused by the browser @type {"on"|"off"|"refused"} */
    this.is = "off";
    this.again = () => document.visibilityState === "visible" && this.wanted && this.take();
  }

  start() {
    this.wanted = true;
    document.addEventListener("visibilitychange", this.again);
    this.take();
  }

  async take() {
    const wakeLock = /** @type {any} */ (navigator).wakeLock;
    if (!wakeLock || (this.lock && !this.lock.released)) return;
    try {
      const lock = await wakeLock.request("screen");
      if (!this.wanted) return lock.release();
      this.lock = lock;
      this.is = "on";
    } catch {
      this.is = "refused";
    }
  }

  stop() {
    this.wanted = false;
    this.is = "off";
    document.removeEventListener("visibilitychange", this.again);
    this.lock?.release().catch(() => undefined);
    this.lock = null;
  }
}
