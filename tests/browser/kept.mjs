// Keeps Python's memory as the page's worker does, begins from it twice, and says as JSON what each of both then answers.
import { begun, open } from "./inside.mjs";

const first = await begun({ _makeSnapshot: true });
await open(first);
first.runPython("import packed; packed.PACKED.keep_ready()");
const memory = first.makeMemorySnapshot();
const told = [];
for (const zone of ["Asia/Tokyo", "Europe/Berlin"]) {
  const python = await begun({ _loadSnapshot: memory });
  python.pyimport("packed").wake(zone);
  await open(python, true);
  const said = await python.runPythonAsync(`
import gc, json, os, packed, random, sys
kept = sorted(name for name in sys.modules if name.startswith(("patella.", "sqlalchemy", "pydantic")))
from patella.web.site import deferring
deferring.begin()
from patella.web.site import inside
house = await inside.Inside.open("/diary", "https://example.org/#/")
cleaned = [gc.isenabled()]
packed.started()
cleaned.append(gc.isenabled())
status, _, _ = await house.ask("GET", "/api/questions")
noted, _, _ = await house.ask("POST", "/api/pain", "application/json", json.dumps({"id": "0b5a6a5e-8f6c-4a63-9d4f-0d2c1f6c7a10", "nprs": 1, "when": "morning"}))
json.dumps({"status": [status, noted], "zone": os.environ["TZ"], "chance": random.random(), "kept": kept, "cleaned": cleaned})
`);
  told.push(JSON.parse(said));
}
console.log(JSON.stringify(told));
process.exit(0);
