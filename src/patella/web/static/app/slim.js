// A zip archive without the insides of its photos and films, which no import reads: what is sent of eight gigabytes is
// what counts. Only its directory is read here; the rest is lent from where the file lies, and the media keep their
// names alone.
const LARGEST_DIRECTORY = 24_000_000, LONG = 0xffffffff, MOST = 0xffff;
const TAIL = 65_535 + 22 + 20 + 56, END = 0x06054b50, FAR_END = 0x06064b50, RECORD = 0x02014b50, LOCAL = 0x04034b50;
const MEDIA = /\.(jpe?g|png|heic|webp|gif|mp4|mov|avi|m4v|3gp|insv|tiff?)$/i;

/** @typedef {{name: Uint8Array, flags: number, method: number, time: number, crc: number, packed: number, whole: number, at: number, outside: number}} Entry */

/**
 * The same for an import, or the file itself where there is nothing to leave out or it is not understood.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function slim(file) {
  if (!/\.zip$/i.test(file.name)) return file;
  try {
    return (await without(file)) ?? file;
  } catch {
    return file; // the reader says what is wrong with it
  }
}

/** @param {Blob} file @param {number} from @param {number} to */
const view = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());

/** @param {DataView} at @param {number} place */
const long = (at, place) => Number(at.getBigUint64(place, true));

/** @param {File} file @returns {Promise<Blob|null>} */
async function without(file) {
  const first = Math.max(0, file.size - TAIL), tail = await view(file, first, file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) return null;
  let [size, at] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  const far = end - 20 - 56;
  if (far >= 0 && tail.getUint32(far, true) === FAR_END) [size, at] = [long(tail, far + 40), long(tail, far + 48)];
  if (size > LARGEST_DIRECTORY || at + size > file.size) return null;
  const entries = listed(await view(file, at, at + size));
  if (!entries.some((e) => isMedia(e) && e.packed > 0) || entries.length >= MOST) return null;
  return packed(file, entries.sort((a, b) => a.at - b.at), at);
}

/** @param {Entry} e */
const isMedia = (e) => MEDIA.test(new TextDecoder().decode(e.name));

/** @param {DataView} all @returns {Entry[]} */
function listed(all) {
  const found = [];
  for (let p = 0; p + 46 <= all.byteLength && all.getUint32(p, true) === RECORD;) {
    const [named, extra, said] = [28, 30, 32].map((n) => all.getUint16(p + n, true));
    const e = { name: new Uint8Array(all.buffer, p + 46, named), flags: all.getUint16(p + 8, true),
      method: all.getUint16(p + 10, true), time: all.getUint32(p + 12, true),
      crc: all.getUint32(p + 16, true), packed: all.getUint32(p + 20, true), whole: all.getUint32(p + 24, true),
      at: all.getUint32(p + 42, true), outside: all.getUint32(p + 38, true) };
    for (let x = p + 46 + named, last = x + extra; x + 4 <= last; x += 4 + all.getUint16(x + 2, true)) {
      if (all.getUint16(x, true) !== 1) continue;
      let y = x + 4;
      for (const key of /** @type {const} */ (["whole", "packed", "at"])) if (e[key] === LONG) {
        e[key] = long(all, y);
        y += 8; }
    }
    found.push(e);
    p += 46 + named + extra + said;
  }
  return found;
}

/**
 * @param {File} file
 * @param {Entry[]} entries in the order of their places
 * @param {number} directory where it begins
 * @returns {Blob|null}
 */
function packed(file, entries, directory) {
  /** @type {(Blob|Uint8Array<ArrayBuffer>)[]} */
  const parts = [], records = [];
  let at = 0, size = 0;
  for (const [n, e] of entries.entries()) {
    const media = isMedia(e),
    now = media ? { ...e, flags: e.flags & 0x800, method: 0, crc: 0, packed: 0, whole: 0 } : e;
    const part = media ? header(now) : file.slice(e.at, entries[n + 1]?.at ?? directory);
    const record = header(now, at);
    parts.push(part);
    records.push(record);
    at += part instanceof Blob ? part.size : part.length;
    size += record.length;
    if (at >= LONG || now.whole >= LONG) return null;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...records, end]);
}

/**
 * The head of an entry, or with its place its line in the directory.
 * @param {Entry} e
 * @param {number} [at]
 * @returns {Uint8Array<ArrayBuffer>}
 */
function header(e, at) {
  const listed = at !== undefined, fixed = listed ? 46 : 30, shift = listed ? 2 : 0;
  const made = new Uint8Array(fixed + e.name.length), v = new DataView(made.buffer);
  v.setUint32(0, listed ? RECORD : LOCAL, true);
  v.setUint16(4 + shift, 20, true);
  v.setUint16(6 + shift, e.flags, true);
  v.setUint16(8 + shift, e.method, true);
  v.setUint32(10 + shift, e.time, true);
  v.setUint32(14 + shift, e.crc, true);
  v.setUint32(18 + shift, e.packed, true);
  v.setUint32(22 + shift, e.whole, true);
  v.setUint16(26 + shift, e.name.length, true);
  if (listed) { v.setUint32(38, e.outside, true); v.setUint32(42, at, true); }
  made.set(e.name, fixed);
  return made;
}
