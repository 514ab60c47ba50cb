// A voice where the browser has one, clear tones where it has none. One sentence at a time.

const CHECK_MS = 300;
const PAUSE_MS = 250;

/** @typedef {{voice: boolean, volume: number, muted: boolean, lead?: boolean}} Wish */

export class Sound {
  /** @param {Wish} wish */
  constructor(wish) {
    this.wish = wish;
    /** Whether the voice was heard to work: null until tried. @type {boolean|null} */
    this.speaks = "speechSynthesis" in globalThis ? null : false;
    /** @type {AudioContext|null} */
    this.audio = null;
    /** @type {string|null} */
    this.waiting = null;
    this.free_at = 0;
    /** Notes that are in the sound card and may still be taken back. @type {Set<OscillatorNode>} */
    this.notes = new Set();
    /** Words of the beat that wait for their moment. @type {Set<any>} */
    this.words = new Set();
  }

  get isOn() {
    return !this.wish.muted && this.wish.volume > 0;
  }

  /** Browsers let a page sound only after a tap or a key. */
  get isAllowed() {
    return navigator.userActivation?.hasBeenActive ?? true;
  }

  /** To be called from a tap. */
  wake() {
    if (!this.isAllowed) return;
    this.audio ??= "AudioContext" in globalThis ? new AudioContext() : null;
    if (this.audio?.state === "suspended") this.audio.resume().catch(() => undefined);
  }

  /** Say a sentence; the latest wins over one that still waits. @param {string} text */
  say(text) {
    if (!this.isOn || !this.isAllowed) return;
    if (!this.wish.voice || this.speaks === false) return this.chime();
    if (speechSynthesis.speaking || performance.now() < this.free_at) {
      if (this.waiting === null) setTimeout(() => this.next(), PAUSE_MS);
      this.waiting = text;
      return;
    }
    this.utter(text);
  }

  next() {
    const text = this.waiting;
    if (text === null) return;
    if (speechSynthesis.speaking) {
      setTimeout(() => this.next(), PAUSE_MS);
      return;
    }
    this.waiting = null;
    this.utter(text);
  }

  /** @param {string} text */
  utter(text) {
    const words = new SpeechSynthesisUtterance(text);
    let heard = false;
    words.lang = "en";
    words.volume = this.wish.volume;
    words.onstart = () => { heard = true; this.speaks = true; };
    words.onend = () => { this.free_at = performance.now() + PAUSE_MS; };
    words.onerror = (event) => { if (!["canceled", "interrupted"].includes(event.error)) this.speaks = false; };
    speechSynthesis.speak(words);
    if (this.speaks) return;
    setTimeout(() => {
      const busy = speechSynthesis.speaking || speechSynthesis.pending;
      if (!heard && !(busy && speechSynthesis.getVoices().length > 0)) this.giveUp();
    }, CHECK_MS);
  }

  giveUp() {
    this.speaks = false;
    this.waiting = null;
    speechSynthesis.cancel();
    this.chime();
  }

  hush() {
    this.waiting = null;
    for (const note of this.notes) note.stop();
    this.notes.clear();
    for (const word of this.words) clearTimeout(word);
    this.words.clear();
    if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
  }

  /** Two soft notes: something new is on the screen. */
  chime() {
    this.tone(523, 0.14);
    this.tone(784, 0.2, 0.15);
  }

  /** One short note of the countdown; the last is higher. @param {boolean} last */
  count(last) {
    this.tone(last ? 880 : 587, last ? 0.28 : 0.09);
  }

  /** One rep. */
  tap() {
    this.tone(660, 0.06);
  }

  /** The beat, so many seconds from now: a note, and its word if wanted. @param {"turn"|"tick"} kind @param {string} word @param {number} after */
  beat(kind, word, after) {
    if (!this.isOn || after < -0.1) return;
    this.tone(kind === "turn" ? 660 : 440, kind === "turn" ? 0.12 : 0.05, Math.max(0, after), true);
    if (!word || !this.wish.lead || !this.wish.voice || !this.speaks) return;
    const timer = setTimeout(() => { this.words.delete(timer); if (!speechSynthesis.speaking && this.waiting === null) this.utter(word); }, Math.max(0, after * 1000));
    this.words.add(timer);
  }

  /** @param {number} hertz @param {number} seconds @param {number} [after] @param {boolean} [ahead] it may be taken back until it sounds */
  tone(hertz, seconds, after = 0, ahead = false) {
    if (!this.isOn || !this.audio || this.audio.state !== "running") return;
    const at = this.audio.currentTime + after;
    const [note, gain] = [this.audio.createOscillator(), this.audio.createGain()];
    note.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.25 * this.wish.volume, at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    note.connect(gain).connect(this.audio.destination);
    note.start(at);
    note.stop(at + seconds + 0.02);
    if (!ahead) return;
    this.notes.add(note);
    note.onended = () => this.notes.delete(note);
  }
}
