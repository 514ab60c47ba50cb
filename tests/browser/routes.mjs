// Asks Patella what stands, as JSON, in the file named second, and says what came: status and, of a fault, what it was.
import { readFile } from "node:fs/promises";
import { python as opened } from "./inside.mjs";

const python = await opened();
python.globals.set("asked", await readFile(process.argv[3], "utf8"));
console.log(await python.runPythonAsync(`
import importlib, json, logging, sys, traceback
compiled = []
sys.addaudithook(lambda what, told: compiled.append(str(told[0])) if what == "compile" and told[0] else None)
from patella.web import security
from patella.web.site import deferring
deferring.begin()
from patella.web.site import inside

faults = []
security.LOG.error = lambda *told: faults.append(traceback.format_exc())
story = json.loads(asked)
house = await inside.Inside.open("/diary", "https://example.org/#/")
at_start = [text for text in compiled if "__create_fn__" in text]
told, opened = [], ""
for method, address, body in story["asked"]:
    raw = isinstance(body, dict) and "raw" in body
    kind = "application/octet-stream" if raw else "application/json"
    content = body["raw"] if raw else json.dumps(body)
    status, _, answer = await house.ask(method, address.replace("IMPORT", opened), *((kind, content) if body is not None else ()))
    opened = json.loads(answer)["id"] if address == "/api/imports" else opened
    told.append([method, address, status, answer.decode(errors="replace")[:300]])
missing = []
for name in story["modules"]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        missing.append(f"{name}: {error}")
from datetime import datetime, timedelta, timezone
from patella.files.zone import offset_at
summer = datetime(2026, 7, 1, tzinfo=timezone.utc)
clocks = [offset_at(summer, place, timedelta(hours=1)) / timedelta(hours=1) for place in ((35.7, 139.7), (40.7, -74.0))]
_, _, shelf = await house.ask("GET", "/api/exercises")
figures = [one["id"] for one in json.loads(shelf) if one["has_figure"]]
json.dumps({"figures": figures, "clocks": clocks, "told": told, "faults": faults, "missing": missing, "compiled": at_start})
`));
process.exit(0);
