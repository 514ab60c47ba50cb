// What was chosen about the camera in this browser: on or off, which one, and the experiments. It stays in the browser,
// since cameras belong to a machine.

const NAME = "patella_camera";

/** @typedef {{on: boolean, device: string|null, facing: string, experiments: boolean, ghost: boolean}} Choice */

/** @type {Choice} */
const USUAL = { on: false, device: null, facing: "", experiments: false, ghost: true };

/** @returns {Choice} */
export function choice() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return USUAL;
  }
}

/** @param {Partial<Choice>} values */
export function choose(values) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...choice(), ...values }));
  } catch {
    // a window that keeps nothing asks again next time
  }
}
