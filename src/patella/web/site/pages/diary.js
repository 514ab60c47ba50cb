// The diary's folder. Its database lies in files of the browser's own, each behind a handle that reads, writes and flushes
// at once, so that what SQLite takes for synced is on the disk. Whatever else is written there is in memory.

export const FILES = ["patella.db", "patella.db-wal", "patella.db-journal"];
const FOLDER = "patella"; // never another one: a diary under the older name would be lost
const PART = ".part";
const LOG = "patella.db-wal"; // where an entry is written first
const ROOM = 8_388_608; // bytes; the log begins anew at half of that
const ELSEWHERE_OPEN = "NoModificationAllowedError";
const TRIES = 60, BETWEEN_MS = 100;
const NO_ROOM = 51, FAULT = 29, ELSEWHERE = 75, INVALID = 28; // ENOSPC, EIO, EXDEV, EINVAL of this system
const FROM_HERE = 1, FROM_END = 2;
const nameOf = (/** @type {any} */ error) => error?.name;

const folderOf = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });

/**
 * Open the files. Another page that has just closed may hold them for a moment. None where the browser keeps none, as in a
 * private window; but where a diary lies that cannot be opened this throws: nobody shall take an empty one for it.
 * @returns {Promise<Map<string, any>>}
 */
export async function openFiles() {
  const folder = await folderOf().catch(() => null);
  const opened = new Map();
  if (!folder) return opened;
  try {
    for (const name of FILES) opened.set(name, await openFile(await folder.getFileHandle(name, { create: true })));
    makeRoom(opened.get(LOG));
    return opened;
  } catch (error) {
    for (const file of opened.values()) file.close();
    if (nameOf(error) === ELSEWHERE_OPEN || (await holdsSomething(folder))) throw error;
    return new Map();
  }
}

/**
 * Ask for the log's room once, ahead: a browser is asked each time that a file grows past what it was granted, and the
 * entry of that moment would wait for the answer. @param {any} log
 */
export function makeRoom(log) {
  const size = log.getSize();
  if (size >= ROOM) return;
  try {
    log.truncate(ROOM); // a kill just here leaves zeros, at which SQLite stops reading
    log.truncate(size);
  } catch { /* so much room there is not: it is asked for as the log grows */ }
}

/** Why Python refuses the diary that lies here; undefined where the trouble is another. @param {any} error */
export const diaryFault = (error) => ({ NewerError: "ahead", DamagedError: "damaged" })[error?.type];

/**
 * Lay a diary that cannot be opened aside, as it is, under names of its own, and let go of it: the next begins empty.
 * @param {Map<string, any>} files
 */
export async function layAside(files) {
  const folder = await folderOf();
  const when = new Date().toISOString().replaceAll(":", "-");
  for (const [name, file] of files) {
    const size = file.getSize();
    file.close();
    const kept = /** @type {any} */ (await folder.getFileHandle(name)); // its type does not know `move` yet
    if (size) await kept.move(`${when}.${name}`);
  }
}

/** @param {any} folder */
async function holdsSomething(folder) {
  for await (const [, file] of folder.entries()) if (file.kind !== "file" || (await file.getFile()).size) return true;
  return false;
}

/** @param {any} file */
async function openFile(file) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (nameOf(error) !== ELSEWHERE_OPEN || tries >= TRIES) throw error;
      await new Promise((done) => setTimeout(done, BETWEEN_MS));
    }
  }
}

/**
 * Mount the folder; `files` are handles by name. A handle has read, write, truncate, getSize and flush.
 * @param {any} FS Emscripten's
 * @param {string} at @param {Map<string, any>} files
 */
export function mountDiary(FS, at, files) {
  const { MEMFS } = FS.filesystems;
  const failing = (act) => {
    try {
      return act();
    } catch (error) {
      throw new FS.ErrnoError(nameOf(error) === "QuotaExceededError" ? NO_ROOM : FAULT);
    }
  };
  const ofFile = {
    getattr: (node) => {
      const size = node.file.getSize();
      return { ...MEMFS.node_ops.getattr(node), size, blocks: Math.ceil(size / 4096) };
    },
    setattr: (node, { size, ...more }) => {
      MEMFS.node_ops.setattr(node, more);
      if (size !== undefined) failing(() => node.file.truncate(size));
    },
  };
  const ofStream = {
    llseek: (stream, offset, from) => {
      const to = offset + (from === FROM_HERE ? stream.position : from === FROM_END ? stream.node.file.getSize() : 0);
      if (to < 0) throw new FS.ErrnoError(INVALID);
      return to;
    },
    read: (stream, bytes, begin, length, position) =>
      failing(() => stream.node.file.read(bytes.subarray(begin, begin + length), { at: position })),
    write: (stream, bytes, begin, length, position) => {
      stream.node.mtime = stream.node.ctime = Date.now();
      return failing(() => stream.node.file.write(bytes.subarray(begin, begin + length), { at: position }));
    },
    fsync: (stream) => {
      failing(() => stream.node.file.flush());
      return 0;
    },
  };
  const make = (folder, name, mode, device) => {
    const node = MEMFS.createNode(folder, name, mode, device);
    if (FS.isFile(mode) && files.has(name)) Object.assign(node, { file: files.get(name), node_ops: ofFile, stream_ops: ofStream });
    return node;
  };
  const unlink = (folder, name) => {
    files.has(name) && failing(() => { files.get(name).truncate(0); files.get(name).flush(); });
    MEMFS.node_ops.unlink(folder, name);
  };
  const rename = (node, folder, name) => {
    if (files.has(node.name) || files.has(name)) throw new FS.ErrnoError(ELSEWHERE);
    MEMFS.node_ops.rename(node, folder, name);
  };
  const mount = (about) => {
    const root = MEMFS.mount(about);
    root.node_ops = { ...root.node_ops, mknod: make, unlink, rename };
    for (const [name, file] of files) if (file.getSize()) make(root, name, 0o100600, 0);
    return root;
  };
  FS.mkdirTree(at);
  FS.mount({ mount }, {}, at);
}

/**
 * The files that were imported: each copied once into a file of the browser's own, under the name that tells its content.
 * For Python those of earlier days are empty.
 */
export class Originals {
  /** @param {any} FS @param {string} at the diary's folder */
  constructor(FS, at) {
    this.FS = FS;
    this.at = `${at}/originals`;
    /** @type {Set<string>} */
    this.kept = new Set();
    /** @type {Promise<void>} one after another: two would want the same file */
    this.settling = Promise.resolve();
  }

  /** @returns {Promise<any>} */
  async folder() { return (await folderOf()).getDirectoryHandle("originals", { create: true }); }

  /** That they were kept, for Python to know: what is in them nothing in a page asks for, and it may be much. */
  async recall() {
    for await (const name of (await this.folder()).keys()) {
      if (name.endsWith(PART)) continue;
      const folder = `${this.at}/${name.slice(0, 2)}`;
      this.FS.mkdirTree(folder);
      this.FS.writeFile(`${folder}/${name}`, "");
      this.kept.add(name);
    }
  }

  /** Keep what is new, and forget what Python has removed: then alone may it be called saved, or erased. */
  settle() {
    this.settling = this.settling.catch(() => undefined).then(() => this.bring());
    return this.settling;
  }

  async bring() {
    const now = new Map(this.listed());
    if (now.size === this.kept.size && [...now.keys()].every((name) => this.kept.has(name))) return;
    const folder = await this.folder();
    for (const [name, path] of now) if (!this.kept.has(name)) await this.copy(folder, name, path);
    for (const name of this.kept) if (!now.has(name)) await folder.removeEntry(name);
    this.kept = new Set(now.keys());
  }

  /** @returns {[string, string][]} */
  listed() {
    const { FS, at } = this;
    const inside = (/** @type {string} */ folder) => (FS.analyzePath(folder).exists ? FS.readdir(folder).filter((/** @type {string} */ name) => !name.startsWith(".")) : []);
    return inside(at).flatMap((/** @type {string} */ part) => inside(`${at}/${part}`).map((/** @type {string} */ name) => [name, `${at}/${part}/${name}`]));
  }

  /** @param {any} folder @param {string} name @param {string} path */
  async copy(folder, name, path) {
    const made = await folder.getFileHandle(`${name}${PART}`, { create: true });
    const file = await openFile(made);
    try {
      file.truncate(0);
      file.write(this.FS.readFile(path), { at: 0 });
      file.flush();
    } finally {
      file.close();
    }
    await made.move(name); // whole under its name, or not at all
    if (this.FS.analyzePath(path).exists) this.FS.writeFile(path, ""); // and no longer in memory
  }
}
