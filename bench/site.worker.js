// Python as a site's own worker puts it together, for code that is measured where no page comes between.
import { mountDiary, openFiles } from "/static/app/diary.js";
import { openPacks } from "/static/app/packs.js";
import { loadPyodide } from "/python/pyodide.mjs";

const HERE = new URL("/python/", location.href).href;
const bytes = async (name) => (await fetch(HERE + name)).arrayBuffer();

self.onmessage = async ({ data: { names, files, code } }) => {
  try {
    const rest = { "later.pack": await bytes(names["later.pack"]), "seldom.pack": await bytes(names["seldom.pack"]) };
    const python = await loadPyodide({
      indexURL: HERE, stdLibURL: HERE + names["boot.zip"], lockFileContents: await (await fetch(`${HERE}lock.json`)).json(), packages: [],
    });
    openPacks(python, await bytes(names["start.pack"]), (name) => rest[name]);
    mountDiary(python.FS, "/diary", await openFiles());
    for (const [name, text] of Object.entries(files)) python.FS.writeFile(name, text);
    self.postMessage({ said: await python.runPythonAsync(code) });
  } catch (error) {
    self.postMessage({ said: "", failed: String(error?.message ?? error) });
  }
};
