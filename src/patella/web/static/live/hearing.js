// The word "ready", heard on this device by the browser's own recogniser.
import { recogniser } from "/static/live/recogniser.js";

const READY = /(?<!\bnot (?:yet |quite )?)\bready\b/i;
/** Silence and our own breaking off are no trouble. */
const PASSES = ["no-speech", "aborted"];
/** A recogniser that ends again and again hears nothing. */
const MOST_TRIES = 12;

export class Ear {
  /** @param {string} lang @param {() => void} ready "ready" was said @param {() => void} deaf it cannot be heard */
  constructor(lang, ready, deaf) {
    this.lang = lang;
    this.ready = ready;
    this.deaf = deaf;
    /** @type {any} */
    this.one = null;
    this.tries = 0;
  }

  open() {
    const found = recogniser();
    if (this.one || !found) return;
    const one = new found();
    one.processLocally = true;
    if (one.processLocally !== true || this.tries >= MOST_TRIES) return this.deaf();
    this.tries += 1;
    Object.assign(one, { lang: this.lang, continuous: true, interimResults: true });
    one.onresult = ({ results, resultIndex }) => {
      const said = Array.from(results).slice(resultIndex).map(([best]) => best.transcript);
      if (said.some((words) => READY.test(words))) this.ready();
    };
    one.onerror = ({ error }) => { if (!PASSES.includes(error)) this.deaf(); };
    one.onend = () => { if (this.one === one) this.one = null; };
    this.one = one;
    one.start();
  }

  close() {
    const { one } = this;
    this.one = null;
    if (!one) return;
    one.onresult = one.onerror = one.onend = null;
    one.abort();
  }
}
