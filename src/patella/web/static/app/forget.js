// Erased is erased, from wherever it was asked: what this browser still keeps of that diary goes, in every tab.
import { memory } from "/static/app/memory.js";

const WHOSE = "whose";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("patella-erased");

/** Forget all that is kept here, and have the other tabs do so. */
export async function forget() {
  await memory.clear();
  channel?.postMessage(null);
}

/** Be told when another tab has erased the diary. @param {() => void} act leaves the page: it keeps nothing any more */
export function onForgotten(act) {
  if (channel) channel.onmessage = () => memory.shut().then(act);
}

/**
 * Forget what is kept of a diary that was erased or replaced while this page was away, in a terminal for example.
 * @param {number|null} diary whose diary the server has now; null while it is empty
 */
export async function belongTo(diary) {
  const before = await memory.get("drafts", WHOSE);
  if (typeof before === "number" && before !== diary) await memory.clear();
  await memory.put("drafts", WHOSE, diary);
}
