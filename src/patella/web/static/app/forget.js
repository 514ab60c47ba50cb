// Erased is erased: what this browser still keeps of that diary goes, in every tab.
import { memory } from "/static/app/memory.js";

const WHOSE = "whose";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("patella-erased");

/** Forget all that is kept here, and have the other tabs do so. */
export async function forget() {
  await memory.clear();
  channel?.postMessage(null);
}

/** Be told when another tab has erased the diary. @param {() => void} act leaves the page */
export function onForgotten(act) {
  if (channel) channel.onmessage = () => memory.clear(true).then(act);
}

/** Forget what is kept of a diary that was erased or replaced while this page was away. @param {number|null} diary the server's own now */
export async function belongTo(diary) {
  const before = await memory.get("drafts", WHOSE);
  if (typeof before === "number" && before !== diary) await memory.clear();
  await memory.put("drafts", WHOSE, diary);
}
