// What Python in the page is made of: a few large files instead of a thousand small ones. How they are made, and what is
// in them: packs.py; who finds the modules in them: packed.py.
const PACKAGES = "/lib/python3.14/site-packages/";

/**
 * Let Python find its modules in a pack, and the rest of them in another one that is brought when the first is wanted.
 * @param {any} python @param {ArrayBuffer} first @param {() => ArrayBuffer} bring at once
 * @returns {(rest: ArrayBuffer) => void} for whoever has the rest sooner
 */
export function openPacks(python, first, bring) {
  let whole = false;
  const add = (/** @type {ArrayBuffer} */ pack) => {
    const [index, content] = opened(pack);
    for (const [path, begin, end] of index.files) write(python.FS, PACKAGES + path, content.subarray(begin, end));
    packed.add(python.toPy(index.modules), content);
    return index;
  };
  const addRest = (/** @type {ArrayBuffer} */ rest) => {
    if (!whole) add(rest);
    whole = true;
  };
  const { Packed, take_code } = python.pyimport("packed");
  const packed = Packed.begin(python.toPy(opened(first)[0].later), () => addRest(bring()));
  add(first);
  take_code();
  return addRest;
}

/** @param {ArrayBuffer} pack @returns {[{modules: any[], files: any[], later: string[]}, Uint8Array]} */
function opened(pack) {
  const length = new DataView(pack).getUint32(0, true);
  return [JSON.parse(new TextDecoder().decode(new Uint8Array(pack, 4, length))), new Uint8Array(pack, 4 + length)];
}

/** @param {any} FS @param {string} path @param {Uint8Array} content */
function write(FS, path, content) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, content, { canOwn: true });
}
