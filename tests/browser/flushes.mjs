// The diary's folder under the real Python for browsers, over files that forget what was not flushed. Says how many
// entries are still there after each of many power cuts, and how often was flushed.
import { python as opened } from "./inside.mjs";

const site = process.argv[2];
const { FILES, makeRoom, mountDiary } = await import(`${site}/static/app/diary.js`);

class File {
  constructor(content = new Uint8Array()) { this.content = content; this.safe = content; this.flushes = 0; this.granted = content.length; this.asked = 0; }
  getSize() { return this.content.length; }
  grow(size) { if (size > this.granted) { this.granted = size; this.asked += 1; } }
  truncate(size) { this.grow(size); const next = new Uint8Array(size); next.set(this.content.subarray(0, size)); this.content = next; }
  flush() { this.flushes += 1; this.safe = this.content.slice(); }
  read(into, { at }) { const part = this.content.subarray(at, at + into.length); into.set(part); return part.length; }
  write(from, { at }) { if (this.full) throw Object.assign(new Error("full"), { name: "QuotaExceededError" }); if (at + from.length > this.content.length) this.truncate(at + from.length); this.content.set(from, at); return from.length; }
}

const python = await opened();
const withRoom = (/** @type {Map<string, File>} */ made) => { makeRoom(made.get("patella.db-wal")); return made; };
let files = withRoom(new Map(FILES.map((name) => [name, new File()])));
const count = () => [...files.values()].reduce((sum, file) => sum + file.flushes, 0);
const run = (code) => python.runPython(code);
const OPEN = `
import sqlite3
diary = sqlite3.connect("/diary/patella.db", isolation_level=None)
for pragma in ("synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "journal_mode=WAL"):
    diary.execute(f"PRAGMA {pragma}")
`;

const found = { entries: [], flushes: [], asked: [], whole: [], full: "" };
mountDiary(python.FS, "/diary", files);
run(`${OPEN}\ndiary.execute("CREATE TABLE entry (body TEXT)")`);
for (let cut = 1; cut <= 12; cut += 1) {
  const before = count();
  run(`diary.execute("INSERT INTO entry VALUES (?)", ("x" * 900 * ${cut},))`);
  found.flushes.push(count() - before);
  found.asked.push(files.get("patella.db-wal").asked);
  files = withRoom(new Map([...files].map(([name, file]) => [name, new File(file.safe.slice())]))); // the power is cut
  python.FS.unmount("/diary");
  mountDiary(python.FS, "/diary", files);
  run(OPEN);
  found.entries.push(run('diary.execute("SELECT count(*) FROM entry").fetchone()[0]'));
  found.whole.push(run('diary.execute("PRAGMA integrity_check").fetchone()[0]'));
}
for (const file of files.values()) file.full = true;
found.full = run(`
try:
    diary.execute("INSERT INTO entry VALUES ('no room')")
    said = "saved"
except sqlite3.Error as error:
    said = error.sqlite_errorname
said
`);
console.log(JSON.stringify(found));
process.exit(0);
