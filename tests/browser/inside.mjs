// Python with all of Patella in Node, as the page's worker puts it together: node's argument is the folder of the site's version.
import { readFile, readdir } from "node:fs/promises";

const site = process.argv[2];
const { loadPyodide } = await import(`${site}/python/pyodide.mjs`);
const { openPacks } = await import(`${site}/static/app/packs.js`);
const names = await readdir(`${site}/python`);
const place = (/** @type {string} */ begin) => `${site}/python/${names.find((name) => name.startsWith(begin))}`;
const read = async (/** @type {string} */ begin) => new Uint8Array(await readFile(place(begin))).buffer;

/** @param {any} [more] @returns {Promise<any>} */
export const begun = async (more) => loadPyodide({
  indexURL: `${site}/python/`, stdLibURL: place("boot."), packages: [], env: { PYDANTIC_DISABLE_PLUGINS: "1" },
  lockFileContents: JSON.parse(await readFile(`${site}/python/lock.json`, "utf8")), ...more,
});

/** @param {any} python @param {boolean} [knows] */
export async function open(python, knows) {
  const rest = { "later.pack": await read("later."), "seldom.pack": await read("seldom.") };
  openPacks(python, await read("start."), (/** @type {keyof rest} */ name) => rest[name], knows);
}

/** @returns {Promise<any>} */
export async function python() {
  const made = await begun();
  await open(made);
  return made;
}
