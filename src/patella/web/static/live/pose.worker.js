// Finds the body in a picture. A picture comes in, 33 landmarks in their small binary form go out; the picture itself is
// thrown away here and goes nowhere. Never more than one at a time: whoever sends waits for the answer.
// The pose library writes much to the console and asks for a policy of its own; neither is wanted on this page.
console.log = console.info = console.warn = console.debug = () => undefined;
Object.defineProperty(self, "trustedTypes", { value: undefined });

const PARTS = "/static/vendor/pose";
const JOINTS = 33;
const HEAD = 16;
const WHOLE = HEAD + JOINTS * 7 * 4;
const BRIGHT_EVERY = 20;
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/** @type {any} */
let finder = null;
let looked = 0;
let bright = 255;
const speck = new OffscreenCanvas(16, 9).getContext("2d", { willReadFrequently: true });

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "load") await load(data.model);
    else look(data);
  } catch (error) {
    self.postMessage({ kind: "failed", what: data.kind, why: String(error) });
  }
};

/** @param {string} model lite or full */
async function load(model) {
  const { PoseLandmarker } = await import(`${PARTS}/vision_bundle.mjs`);
  const file = `/models/${model}.task`;
  let delegate = hasGraphics() ? "GPU" : "CPU";
  const made = await make(PoseLandmarker, file, delegate).catch((error) => {
    if (delegate === "CPU") throw error;
    delegate = "CPU";
    return make(PoseLandmarker, file, delegate);
  });
  finder?.close();
  finder = made;
  self.postMessage({ kind: "loaded", model, delegate });
}

/** @param {any} PoseLandmarker @param {string} file @param {string} delegate */
async function make(PoseLandmarker, file, delegate) {
  const scope = /** @type {any} */ (self);
  const loader = "vision_wasm_module_internal";
  scope.ModuleFactory = (await import(`${PARTS}/${loader}.js`)).default;
  scope.Module = { print: () => undefined, printErr: () => undefined };
  const parts = { wasmLoaderPath: "", wasmBinaryPath: `${PARTS}/${loader}.wasm` };
  return PoseLandmarker.createFromOptions(parts, {
    baseOptions: { modelAssetPath: file, delegate },
    runningMode: "VIDEO",
    numPoses: 2,
  });
}

function hasGraphics() {
  try {
    const graphics = new OffscreenCanvas(1, 1).getContext("webgl2");
    const about = graphics?.getExtension("WEBGL_debug_renderer_info");
    return Boolean(graphics && about && !SOFTWARE.test(String(graphics.getParameter(about.UNMASKED_RENDERER_WEBGL))));
  } catch {
    return false;
  }
}

/** @param {{picture: ImageBitmap, t_s: number}} asked */
function look({ picture, t_s }) {
  const began = performance.now();
  const { width, height } = picture;
  const { landmarks, worldLandmarks } = finder.detectForVideo(picture, Math.round(t_s * 1000));
  const ms = performance.now() - began;
  if (looked % BRIGHT_EVERY === 0) bright = brightness(picture);
  looked += 1;
  picture.close();
  const frame = packed(t_s, width, height, landmarks, worldLandmarks);
  self.postMessage({ kind: "frame", frame, ms, bright }, { transfer: [frame] });
}

/** The mean brightness of a picture, 0 to 255. @param {ImageBitmap} picture */
function brightness(picture) {
  if (!speck) return 255;
  speck.drawImage(picture, 0, 0, 16, 9);
  const { data } = speck.getImageData(0, 0, 16, 9);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += 0.3 * data[i] + 0.59 * data[i + 1] + 0.11 * data[i + 2];
  return sum / (data.length / 4);
}

/**
 * One frame as it travels: the largest of the bodies that were found, and how many they were.
 * @param {number} t_s @param {number} width @param {number} height @param {any[][]} bodies @param {any[][]} worlds
 */
function packed(t_s, width, height, bodies, worlds) {
  const main = bodies.map(sizeOf).reduce((best, size, i, all) => (size > all[best] ? i : best), 0);
  const bytes = new ArrayBuffer(bodies.length ? WHOLE : HEAD);
  const view = new DataView(bytes);
  view.setUint8(0, 1);
  view.setUint8(1, bodies.length);
  view.setUint16(2, width, true);
  view.setUint16(4, height, true);
  view.setFloat64(8, t_s, true);
  if (!bodies.length) return bytes;
  const image = new Float32Array(bytes, HEAD, JOINTS * 4);
  const world = new Float32Array(bytes, HEAD + JOINTS * 16, JOINTS * 3);
  bodies[main].forEach((p, i) => image.set([p.x, p.y, p.z, p.visibility ?? 1], 4 * i));
  worlds[main]?.forEach((p, i) => world.set([p.x, p.y, p.z], 3 * i));
  return bytes;
}

/** @param {any[]} body */
function sizeOf(body) {
  const [xs, ys] = [body.map((p) => p.x), body.map((p) => p.y)];
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}
