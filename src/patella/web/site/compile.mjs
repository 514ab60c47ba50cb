// Runs a piece of Python in the Python of the site: node compile.mjs PARTS FOLDER CODE. It sees FOLDER at /work.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [, , parts, folder, code] = process.argv;
const { loadPyodide } = await import(pathToFileURL(`${parts}/pyodide.mjs`).href);
const { info } = JSON.parse(await readFile(`${parts}/pyodide-lock.json`, "utf8"));
const python = await loadPyodide({ indexURL: parts, lockFileContents: { info, packages: {} }, packages: [], env: { PYTHONNODEBUGRANGES: "1" } }); // a line is enough to find a fault
python.FS.mkdirTree("/work");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/work");
python.FS.chdir("/work");
try {
  await python.runPythonAsync(code);
} catch (error) {
  process.stderr.write(String(error.message));
  process.exit(1);
}
process.exit(0);
