// What the page keeps in the browser until the server has it: entries on their way, sessions, drafts of answers.
// Without a place for it (private window, full disk) it is kept while the page is open, and says so.

const NAME = "patella";
const STORES = ["outbox", "sessions", "runs", "drafts"];

/** @type {Promise<IDBDatabase|null>|null} */
let opening = null;
/** @type {Map<string, any>} */
const fallback = new Map();
let kept = true;
let shut = false;

/** Whether what is put here outlives the page. */
export function isKept() {
  return kept;
}

/** @returns {Promise<IDBDatabase|null>} */
function open() {
  opening ??= new Promise((resolve) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store));
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => resolve(null);
  });
  return opening.catch(() => null);
}

/**
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T|undefined>}
 */
async function run(store, mode, act) {
  const db = await open();
  if (!db) throw new Error("no database");
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode);
    const asked = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const memory = {
  /** @param {string} store @param {string} key @param {any} value */
  async put(store, key, value) {
    if (shut) return;
    try {
      await run(store, "readwrite", (s) => s.put(value, key));
      fallback.delete(`${store} ${key}`);
    } catch {
      kept = false;
      fallback.set(`${store} ${key}`, value);
    }
  },
  /** @param {string} store @param {string} key @returns {Promise<any>} */
  async get(store, key) {
    const spare = fallback.get(`${store} ${key}`);
    if (spare !== undefined) return spare;
    return run(store, "readonly", (s) => s.get(key)).catch(() => undefined);
  },
  /** @param {string} store @returns {Promise<any[]>} every value, in the order of the keys */
  async all(store) {
    const found = (await run(store, "readonly", (s) => s.getAll()).catch(() => [])) ?? [];
    const spare = [...fallback].filter(([key]) => key.startsWith(`${store} `)).map(([, value]) => value);
    return [...found, ...spare];
  },
  /** @param {string} store @param {string} key */
  async drop(store, key) {
    fallback.delete(`${store} ${key}`);
    await run(store, "readwrite", (s) => s.delete(key)).catch(() => undefined);
  },
  /** Forget everything, as when the diary is erased; at `last`, keep nothing more. */
  async clear(last = false) {
    shut ||= last;
    fallback.clear();
    for (const store of STORES) await run(store, "readwrite", (s) => s.clear()).catch(() => undefined);
  },
};
