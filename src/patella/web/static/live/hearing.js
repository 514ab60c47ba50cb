// The word "ready", heard on this device: by the browser's own recogniser, where it says that it can do without sending
// anything anywhere, and never otherwise. A browser that cannot promise that is not listened with.

const LANGUAGES = ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"];
const READY = /(?<!\bnot (?:yet |quite )?)\bready\b/i;
/** Silence and our own breaking off are no trouble. */
const PASSES = ["no-speech", "aborted"];
/** A recogniser that ends again and again hears nothing. */
const MOST_TRIES = 12;

/** The browser's recogniser, if it can be told to stay on the device: in one that cannot, asking for it does nothing, and it sends what it hears. */
function recogniser() {
  const found = Reflect.get(globalThis, "SpeechRecognition") ?? Reflect.get(globalThis, "webkitSpeechRecognition");
  return found && "processLocally" in found.prototype && typeof found.available === "function" ? found : null;
}

/** The language in which this device can hear by itself; null where it cannot. @returns {Promise<string|null>} */
export async function languageHere() {
  const found = recogniser();
  const own = navigator.languages.filter((lang) => lang.toLowerCase().startsWith("en-"));
  for (const lang of found ? new Set([...own, ...LANGUAGES]) : []) {
    const there = await found.available({ langs: [lang], processLocally: true }).catch(() => "unavailable");
    if (there === "available") return lang;
  }
  return null;
}

/** Whether this page was given the microphone by the server; the browser asks the person after that. */
export const mayListen = () => /** @type {any} */ (document).featurePolicy?.allowsFeature("microphone") ?? true;

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
