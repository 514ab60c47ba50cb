// Runs tests of the core in another CPython where none can be installed: the one of a Pyodide, in Node.
// node tools/elsewhere.mjs PYODIDE PACKAGES TEST...: PYODIDE is the folder of an npm package pyodide (0.27: Python 3.12;
// 314: Python 3.14), PACKAGES one that `pip install --target` filled with pytest, pytest-randomly, tzdata and a hypothesis
// without compiled parts (6.140). No processes, threads or sockets there, so: tests/care, tests/motion, tests/library.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , pyodide, packages, ...tests] = process.argv;
const parts = resolve(pyodide);
const { loadPyodide } = await import(pathToFileURL(`${parts}/pyodide.mjs`).href);
const { info } = JSON.parse(await readFile(`${parts}/pyodide-lock.json`, "utf8"));
const python = await loadPyodide({
  indexURL: `${parts}/`, lockFileContents: JSON.stringify({ info, packages: {} }), packages: [],
  env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1", PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1" },
});
for (const [at, root] of [["/project", resolve(".")], ["/packages", resolve(packages)]]) {
  python.FS.mkdirTree(at);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, at);
}
python.FS.chdir("/project");
python.globals.set("tests", python.toPy(tests));
process.exit(await python.runPythonAsync(`
import sys, types
sys.path[:0] = ["/project/src", "/packages"]
sys.modules["pwd"] = types.ModuleType("pwd")  # tests/postgresql.py asks for it, and nothing here for that
print(sys.version, flush=True)
import pytest
flags = ["-p", "no:cacheprovider", "-p", "pytest_randomly", "-p", "_hypothesis_pytestplugin", "-p", "no:faulthandler"]
int(pytest.main([*flags, "--randomly-dont-reorganize", "--capture=sys", *tests]))
`));
