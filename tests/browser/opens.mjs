// Diaries of other versions, and broken ones, as they may lie in a browser: each is opened by the real Python for browsers
// as the page's worker does it. Says of each whether it was older, what was in it, or why it was refused.
import { readFile, readdir } from "node:fs/promises";
import { python as opened } from "./inside.mjs";

const [site, ...diaries] = process.argv.slice(2);
const { diaryFault } = await import(`${site}/static/app/diary.js`);
const migration = (await readdir(`${site}/python`)).find((name) => name.startsWith("migration."));
const python = await opened();
python.pyimport("patella.web.site.deferring").begin();
const inside = python.pyimport("patella.web.site.inside");

const found = [];
for (const [number, diary] of diaries.entries()) {
  const at = `/diary${number}`;
  python.FS.mkdirTree(at);
  python.FS.writeFile(`${at}/patella.db`, await readFile(diary));
  const older = inside.is_older(at);
  if (older) python.unpackArchive((await readFile(`${site}/python/${migration}`)).buffer, "zip", { extractDir: "/lib/python3.14/site-packages" });
  try {
    const house = await inside.Inside.open(at, "http://here/");
    const [, , content] = (await house.ask("GET", "/api/export.json")).toJs();
    found.push({ older, entries: JSON.parse(new TextDecoder().decode(content)).entries.map((/** @type {any} */ e) => e.id) });
    await house.close();
  } catch (error) {
    console.error(String(error));
    found.push({ older, fault: diaryFault(error) });
  }
}
console.log(JSON.stringify(found));
process.exit(0);
