// Finds the body in a picture. A picture comes in, 33 landmarks in their small binary form go out; the picture itself is
// thrown away here and goes nowhere. Never more than one at a time: whoever sends waits for the answer.
// The pose library writes much to the console and asks for a policy of its own; neither is wanted on this page.
console.log = console.info = console.warn = console.debug = () => undefined;
Object.assign(self, { custom_dbg: () => undefined }); // its plain parts call what only the quick ones bring along
Object.defineProperty(self, "trustedTypes", { value: undefined });

const PARTS = "/static/vendor/pose";
const JOINTS = 33;
const HEAD = 16;
const WHOLE = HEAD + JOINTS * 7 * 4;
const BRIGHT_EVERY = 20;
const CROWD_EVERY_S = 1.5;
const FOLLOWS = { runningMode: "VIDEO", numPoses: 1 };
const COUNTS = { runningMode: "IMAGE", numPoses: 2 };
const [QUICK, PLAIN] = ["vision_wasm_module_internal", "vision_wasm_module_nosimd_internal"];
// The smallest module that adds many numbers at once; a browser that cannot read it gets the plain and slower parts.
const MANY_AT_ONCE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/** @type {any} */
let finder = null;
// A finder of one body follows it cheaply; a finder of two would search the whole picture for the other every time.
// So a light one counts the people now and then, and only the first follows.
/** @type {any} */
let counter = null;
let crowd = 0;
let counted_s = -Infinity;
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
  const made = await make(PoseLandmarker, file, delegate, FOLLOWS).catch((error) => {
    if (delegate === "CPU") throw error;
    delegate = "CPU";
    return make(PoseLandmarker, file, delegate, FOLLOWS);
  });
  finder?.close();
  finder = made;
  counter ??= await make(PoseLandmarker, "/models/lite.task", "CPU", COUNTS);
  self.postMessage({ kind: "loaded", model, delegate });
}

/** @param {any} PoseLandmarker @param {string} file @param {string} delegate @param {object} manner */
async function make(PoseLandmarker, file, delegate, manner) {
  const scope = /** @type {any} */ (self);
  const loader = WebAssembly.validate(MANY_AT_ONCE) ? QUICK : PLAIN;
  scope.ModuleFactory = (await import(`${PARTS}/${loader}.js`)).default;
  scope.Module = { print: () => undefined, printErr: () => undefined };
  const parts = { wasmLoaderPath: "", wasmBinaryPath: `${PARTS}/${loader}.wasm` };
  return PoseLandmarker.createFromOptions(parts, {
    baseOptions: { modelAssetPath: file, delegate },
    ...manner,
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
  if (Math.abs(t_s - counted_s) >= CROWD_EVERY_S) {
    counted_s = t_s;
    crowd = counter.detect(picture).landmarks.length;
  }
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
 * One frame as it travels: the body that is followed, and how many people were in the picture at the last count.
 * @param {number} t_s @param {number} width @param {number} height @param {any[][]} bodies @param {any[][]} worlds
 */
function packed(t_s, width, height, bodies, worlds) {
  const bytes = new ArrayBuffer(bodies.length ? WHOLE : HEAD);
  const view = new DataView(bytes);
  view.setUint8(0, 1);
  view.setUint8(1, bodies.length && Math.max(1, crowd));
  view.setUint16(2, width, true);
  view.setUint16(4, height, true);
  view.setFloat64(8, t_s, true);
  if (!bodies.length) return bytes;
  const image = new Float32Array(bytes, HEAD, JOINTS * 4);
  const world = new Float32Array(bytes, HEAD + JOINTS * 16, JOINTS * 3);
  bodies[0].forEach((p, i) => image.set([p.x, p.y, p.z, p.visibility ?? 1], 4 * i));
  worlds[0]?.forEach((p, i) => world.set([p.x, p.y, p.z], 3 * i));
  return bytes;
}
