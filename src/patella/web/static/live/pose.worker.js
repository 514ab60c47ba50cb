// Finds the body in a picture. A picture comes in, 33 landmarks in their small binary form go out; the picture itself
// is thrown away here and goes nowhere. Never more than one at a time: whoever sends waits for the answer. The pose
// library writes much to the console and asks for a policy of its own; neither is wanted on this page.
console.log = console.info = console.warn = console.debug = () => undefined;
Object.assign(self, { custom_dbg: () => undefined }); // its plain parts call what only the quick ones bring along
Object.defineProperty(self, "trustedTypes", { value: undefined });

const PARTS = "/static/vendor/pose";
const JOINTS = 33;
const HEAD = 16;
const WHOLE = HEAD + JOINTS * 7 * 4;
const BRIGHT_EVERY = 20;
const CROWD_EVERY_S = 1.5;
const LOST_S = 1.5;
const FOLLOWS = { runningMode: "VIDEO", numPoses: 1 };
const COUNTS = { runningMode: "IMAGE", numPoses: 2 };
const SURE = 10;
const [QUICK, PLAIN] = ["vision_wasm_module_internal", "vision_wasm_module_nosimd_internal"];
// The smallest module that adds many numbers at once; a browser that cannot read it gets the plain and slower parts.
const MANY_AT_ONCE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0,
  65, 0, 253, 15, 253, 98, 11]);
const NOT_HERE = /^TypeError.*(fetch|import|load)/i; // as each browser says that a file could not be had
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

// A finder of one body follows it cheaply; a finder of two would search the whole picture for the other every time.
// So a light one counts the people now and then, and only the first follows. Where there is no room for a second
// finder, as each is a hundred megabytes, the light one counts until one was there alone for a while, and then follows.
/** @type {any} */
let finder = null;
/** @type {any} */
let counter = null;
let lean = false;
let counted_s = -Infinity;
let searches = false;
let anew = false;
let alone = 0;
let crowd = 0;
let seen_s = -Infinity;
let looked = 0;
let bright = 255;
/** The pixels of a picture, in the same place each time. @type {ImageData|null} */
let pixels = null;
/** @type {OffscreenCanvasRenderingContext2D|null} */
let board = null;

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "load") await load(data.model, data.lean);
    else if (data.kind === "search") anew = lean;
    else await look(data);
  } catch (error) {
    const why = String(error);
    self.postMessage({ kind: "failed", what: error?.what ?? (NOT_HERE.test(why) ? "fetch" : data.kind), why });
  }
};

/** @param {string} model lite or full @param {boolean} single without a second finder */
async function load(model, single) {
  const { PoseLandmarker } = await import(`${PARTS}/vision_bundle.mjs`);
  const file = `/models/${model}.task`;
  let delegate = hasGraphics() ? "GPU" : "CPU";
  finder?.close(); // before the next one takes its room
  finder = null;
  lean = searches = single;
  const manner = lean ? COUNTS : FOLLOWS;
  finder = await make(PoseLandmarker, file, delegate, manner).catch((error) => {
    if (delegate === "CPU") throw error;
    delegate = "CPU";
    return make(PoseLandmarker, file, delegate, manner);
  });
  if (!lean) counter ??= await make(PoseLandmarker, "/models/lite.task", "CPU", COUNTS);
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

/** Look for everybody, or follow one. @param {boolean} all */
async function search(all) {
  alone = 0;
  anew = false;
  if (searches === all) return;
  searches = all;
  await finder.setOptions(all ? COUNTS : FOLLOWS);
}

/** @param {{picture: ImageBitmap|VideoFrame, t_s: number}} asked */
async function look({ picture, t_s }) {
  const shown = await read(picture).catch((error) => { throw Object.assign(error, { what: "read" }); });
  if (anew) await search(true);
  const began = performance.now();
  const { landmarks, worldLandmarks } = searches ? finder.detect(shown)
    : finder.detectForVideo(shown, Math.round(t_s * 1000));
  const ms = searches ? null : performance.now() - began;
  if (looked % BRIGHT_EVERY === 0) bright = brightness(shown.data);
  looked += 1;
  if (searches) crowd = landmarks.length;
  else if (!lean && Math.abs(t_s - counted_s) >= CROWD_EVERY_S) {
    counted_s = t_s;
    crowd = counter.detect(shown).landmarks.length;
  }
  const frame = packed(t_s, shown.width, shown.height, landmarks, worldLandmarks);
  if (lean) await attend(landmarks.length, t_s);
  self.postMessage({ kind: "frame", frame, ms, bright }, { transfer: [frame] });
}

/**
 * Follow whoever was alone for a few pictures; look for everybody again when nobody was there for a while.
 * @param {number} people
 * @param {number} t_s
 */
async function attend(people, t_s) {
  if (people) seen_s = t_s;
  alone = people === 1 ? alone + 1 : 0;
  if (searches ? alone >= SURE : t_s - seen_s > LOST_S) await search(!searches);
}

/** The pixels of a picture, which is let go. @param {ImageBitmap|VideoFrame} picture */
async function read(picture) {
  try {
    if (picture instanceof ImageBitmap) return drawn(picture);
    const { width, height } = /** @type {DOMRectReadOnly} */ (picture.visibleRect);
    if (pixels?.width !== width || pixels.height !== height) pixels = new ImageData(width, height);
    await picture.copyTo(pixels.data, { format: "RGBA" });
    return pixels;
  } finally {
    picture.close();
  }
}

/** @param {ImageBitmap} picture */
function drawn(picture) {
  const { width, height } = picture;
  board ??= new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!board) throw new Error("There is no way to read a picture here.");
  if (board.canvas.width !== width || board.canvas.height !== height) Object.assign(board.canvas, { width, height });
  board.drawImage(picture, 0, 0);
  return board.getImageData(0, 0, width, height);
}

/** The mean brightness of a picture, 0 to 255, by every thousandth of its points. @param {Uint8ClampedArray} data */
function brightness(data) {
  let sum = 0, points = 0;
  for (let i = 0; i + 2 < data.length; i += 4 * 997) {
    sum += 0.3 * data[i] + 0.59 * data[i + 1] + 0.11 * data[i + 2];
    points += 1;
  }
  return sum / points;
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
