// The browser's own recogniser of speech, where it says that it can do without sending anything anywhere, and never
// otherwise. A browser that cannot promise that is not listened with.

const LANGUAGES = ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"];

/** The browser's recogniser, if it can be told to stay on the device: in one that cannot, asking for it does nothing, and it sends what it hears. */
export function recogniser() {
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
