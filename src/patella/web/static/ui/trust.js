// Script addresses are trusted types: the one policy lets exactly our own scripts through.

const OURS = ["/sw.js", "/static/live/ticker.js", "/static/live/pose.worker.js", "/static/live/kneecap.worker.js"];

/** @type {any} */
const types = /** @type {any} */ (globalThis).trustedTypes;

const policy = types?.createPolicy("patella", {
  createScriptURL(address) {
    if (!OURS.includes(address)) throw new TypeError(`${address} is not one of our scripts.`);
    return address;
  },
});

/**
 * The address of one of our own scripts, as the browser wants it.
 * @param {string} address
 * @returns {any}
 */
export function ownScript(address) {
  return policy ? policy.createScriptURL(address) : address;
}
