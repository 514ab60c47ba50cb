// The one polite live region: at most one sentence in three seconds, the latest wins.

const APART_MS = 3000;

let spoke_at = -APART_MS;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** Say a sentence to a screen reader. @param {string} text */
export function announce(text) {
  clearTimeout(timer);
  const wait = Math.max(0, spoke_at + APART_MS - performance.now());
  timer = setTimeout(() => {
    spoke_at = performance.now();
    const region = document.getElementById("live");
    if (region) region.textContent = text;
  }, wait);
}
