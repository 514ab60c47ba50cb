// What Python in the page is made of: a few large files instead of a thousand small ones. How they are made, and what is
// in them: packs.py; who finds the modules in them: packed.py.
const PACKAGES = "/lib/python3.14/site-packages/";

/**
 * Let Python find its modules in a pack, and the rest of them in others that are brought when the first in them is wanted.
 * @param {any} python @param {ArrayBuffer} first @param {(name: string) => ArrayBuffer} bring at once
 * @param {boolean} [knows] Python began from a memory in which it knows the first
 * @returns {(name: string, pack: ArrayBuffer) => void} for whoever has one of them sooner
 */
export function openPacks(python, first, bring, knows = false) {
  const there = new Set();
  const packed = python.pyimport("packed");
  const add = (/** @type {string} */ place, /** @type {ArrayBuffer} */ pack, known = false) => {
    const [{ files, ...index }, content] = opened(pack);
    for (const [path, begin, end] of files) write(python.FS, PACKAGES + path, content.subarray(begin, end));
    write(python.FS, place, content);
    if (!known) packed.PACKED.add(place, JSON.stringify(index));
  };
  const addLater = (/** @type {string} */ name, /** @type {ArrayBuffer} */ pack) => {
    if (!there.has(name)) add(`/packs/${name}`, pack);
    there.add(name);
  };
  /** @type {any} */ (globalThis).bringPack = (/** @type {string} */ name) => addLater(name, bring(name));
  add("/packs/start.pack", first, knows);
  if (knows) return addLater;
  packed.begin();
  packed.take_code();
  return addLater;
}

/** @param {ArrayBuffer} pack @returns {[{modules: any[], files: any[], later: Object<string, string[]>}, Uint8Array]} */
function opened(pack) {
  const length = new DataView(pack).getUint32(0, true);
  return [JSON.parse(new TextDecoder().decode(new Uint8Array(pack, 4, length))), new Uint8Array(pack, 4 + length)];
}

/** @param {any} FS @param {string} path @param {Uint8Array} content */
function write(FS, path, content) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, content, { canOwn: true });
}
