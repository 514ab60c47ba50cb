// Files that a person chose, lent to Python: each is read where it lies, a piece at a time, and is never whole in memory.

const FAULT = 29, READ_ONLY = 69, INVALID = 28; // EIO, EROFS, EINVAL of this system
const FROM_HERE = 1, FROM_END = 2;
const MODE = 0o100400;

export class Lent {
  /** @param {any} FS Emscripten's @param {string} at a folder of their own */
  constructor(FS, at) {
    this.FS = FS;
    this.at = at;
    this.count = 0;
    FS.mkdirTree(at);
  }

  /** Where Python finds the file; it goes once Python removes it. @param {Blob} file @returns {string} */
  lend(file) {
    const { FS } = this;
    const path = `${this.at}/${this.count += 1}`;
    FS.close(FS.open(path, "w", MODE));
    const { node } = FS.lookupPath(path);
    const { getattr } = node.node_ops;
    node.node_ops = { ...node.node_ops, getattr: (/** @type {any} */ of) => ({ ...getattr(of), size: file.size, blocks: Math.ceil(file.size / 512) }) };
    node.stream_ops = { ...node.stream_ops, llseek: seek(FS, file.size), read: reader(FS, file), write: () => { throw new FS.ErrnoError(READ_ONLY); } };
    return path;
  }
}

/** @param {any} FS @param {number} size */
const seek = (FS, size) => (/** @type {any} */ stream, /** @type {number} */ offset, /** @type {number} */ from) => {
  const to = offset + (from === FROM_HERE ? stream.position : from === FROM_END ? size : 0);
  if (to < 0) throw new FS.ErrnoError(INVALID);
  return to;
};

/** @param {any} FS @param {Blob} file */
const reader = (FS, file) => (/** @type {any} */ _stream, /** @type {Uint8Array} */ bytes, /** @type {number} */ begin, /** @type {number} */ length, /** @type {number} */ position) => {
  try {
    const found = new (/** @type {any} */ (globalThis).FileReaderSync)().readAsArrayBuffer(file.slice(position, position + length));
    bytes.set(new Uint8Array(found), begin);
    return found.byteLength;
  } catch {
    throw new FS.ErrnoError(FAULT); // it was moved, changed or taken away meanwhile
  }
};
