// Reads the cut-outs of a film, one after the other, and writes what the page's own code makes of them, as JSON.
import { readFileSync } from "node:fs";
import { CUT, Kneecaps } from "../../src/patella/web/static/live/kneecap.js";

const [file, rate] = process.argv.slice(2);
const data = readFileSync(file);
const size = CUT.wide * CUT.high;
const kneecaps = new Kneecaps();
const seen = [];
for (let n = 0; (n + 1) * size <= data.length; n += 1) {
  seen.push(kneecaps.take(data.subarray(n * size, (n + 1) * size), n / Number(rate)));
}
process.stdout.write(JSON.stringify({ seen: seen.map(({ ready, up, rep }, n) => ({ t_s: n / Number(rate), ready, up, rep: rep !== null })) }));
