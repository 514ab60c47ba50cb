// Passkeys, as the browser has them.
import { ApiError } from "/static/app/server.js";

/** Whether this browser knows passkeys. */
export const hasPasskeys = () => typeof PublicKeyCredential !== "undefined"
  && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Ask the device to make one. @param {any} options */
export const makePasskey = (options) =>
  asked(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
    "No passkey was made. You can try again at any time.");

/** Ask the device to sign with one. @param {any} options */
export const usePasskey = (options) =>
  asked(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
    "No passkey was used. Try again, or type your password.");

/** Show that it is still the same person, without a password. @param {any} folk */
export const byPasskey = async (folk) => ({ credential: await usePasskey((await folk.beginConfirming()).options) });

/** @param {() => Promise<any>} act @param {string} sentence when the person or the device says no */
async function asked(act, sentence) {
  try {
    return (await act()).toJSON();
  } catch (error) {
    if (/** @type {any} */ (error).name === "InvalidStateError") throw new ApiError("This device has a passkey for you already.");
    throw new ApiError(sentence);
  }
}
