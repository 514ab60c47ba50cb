// Python's memory as it is once everything is imported and nothing of a person is in it: kept in this browser by the first
// start, so that the next ones begin there. What is amiss with it costs a start from the beginning, and nothing else.

const KEPT = `patella-start ${new URL("../../../", import.meta.url).pathname}`;
const TRIED = "/tried"; // a start from it has begun: if it does not end well, it is the last one

/**
 * The memory that was kept of this very Python; none where there is none, or where the last start from it did not end.
 * @param {string} of what it was made of @returns {Promise<Uint8Array|null>}
 */
export async function keptMemory(of) {
  try {
    const cache = await caches.open(KEPT);
    const [answer, tried] = await Promise.all([cache.match(`/${of}`), cache.match(TRIED)]);
    if (!answer || tried) {
      if (tried || (await cache.keys()).length) await caches.delete(KEPT);
      return null;
    }
    await cache.put(TRIED, new Response());
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** The start from it went well. */
export const wentWell = () => caches.open(KEPT).then((cache) => cache.delete(TRIED)).catch(() => undefined);

/** It is of no use. */
export const forgetMemory = () => caches.delete(KEPT).catch(() => undefined);

/** @param {string} of @param {Uint8Array<ArrayBuffer>} memory */
export async function keepMemory(of, memory) {
  const cache = await caches.open(KEPT);
  await cache.put(`/${of}`, new Response(memory));
}

/** @param {string} of */
export const isKept = async (of) => Boolean(await (await caches.open(KEPT)).match(`/${of}`));
