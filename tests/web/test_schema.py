"""What the OpenAPI document promises is what happens, whatever is sent: schemathesis over every operation (S1).

One check is left out: that whatever fits the schema is accepted. What a person may do depends on more than a schema can
say (which exercises are open today, whether every question was answered).
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from web.server import known_at, said, serving
from web.visit import JSON, Plain, visiting

EXAMPLES = os.environ.get("PATELLA_SCHEMA_EXAMPLES", "30")
# Ids in a path are those of the workplace (its schemathesis.toml), so "what was just created" is not what is asked for,
# and may have been taken back by an earlier scenario; tests/web ask for what they created themselves.
LEFT_OUT = ("positive_data_acceptance", "ensure_resource_availability")
IMPORTS = "^/api/imports"  # one at a time: opening another lets the first go, as the document says
SLOW = {
    "/api/handout.pdf": "5",
    "/api/report.{ending}": "2",
    "/api/insight": "20",
    "/api/sitting/read": "5",
    "/api/erase": "10",
}


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the document, and with the ids of what is there in the diary of a running server."""
    folder = tmp_path_factory.mktemp("schema")
    with visiting(folder / "first") as visit:
        document = visit.client.app.openapi()  # type: ignore[attr-defined]
        answers = visit.calm_answers()
    with serving(folder / "diary") as (port, process):
        ask(port, "/api/screening", {"answers": answers})
        session = ask(port, "/api/sessions", {"id": str(uuid4())})
        note = {"id": str(uuid4()), "nprs": 1, "when": "morning"}
        ask(port, "/api/pain", note)
        run_id, shoe_id = str(uuid4()), str(uuid4())
        ask(port, "/api/runs", {"id": run_id, "distance_m": 5000})
        ask(port, "/api/shoes", {"id": shoe_id, "name": "Daily"})
        ids = {
            "session_id": session["id"],
            "entry_id": note["id"],
            "exercise_id": "terminal-knee-extension",
            "lesson_id": "load",
        }
        ids |= {"run_id": run_id, "shoe_id": shoe_id, "import_id": str(ask(port, "/api/imports", {})["id"])}
        lines = [f'"path.{name}" = "{value}"' for name, value in ids.items()]
        (folder / "schemathesis.toml").write_text("\n".join(["[parameters]", *lines]))
        (folder / "port").write_text(str(port))
        # The cookie comes with every request from outside, so none is made up or left out; that each operation asks for
        # it, tests/web/test_door.py sees to.
        without_door(document)
        (folder / "openapi.json").write_text(json.dumps(document))
        (folder / "cookie").write_text(known_at(port)["Cookie"])
        yield folder
        assert process.poll() is None, "the server fell over"
    assert "Traceback" not in said(folder / "diary")
    assert " at " not in said(folder / "diary"), said(folder / "diary")


def without_door(document: Plain) -> None:
    del document["components"]["securitySchemes"]
    for place in [document, *(o for path in document["paths"].values() for o in path.values())]:
        place.pop("security", None)


@pytest.mark.slow
@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing", "stateful"])
def test_every_operation_does_what_the_document_says(workplace: Path, phases: str) -> None:
    apart = [word for path in SLOW for word in ("--exclude-path", path)]
    run(workplace, EXAMPLES, "--phases", phases, *apart, "--exclude-path-regex", IMPORTS)


@pytest.mark.slow
def test_imports_do_what_the_document_says(workplace: Path) -> None:
    run(workplace, EXAMPLES, "--include-path-regex", IMPORTS)


@pytest.mark.slow
@pytest.mark.parametrize("path", SLOW)
def test_what_takes_long_or_leaves_nothing_does_too(workplace: Path, path: str) -> None:
    run(workplace, SLOW[path], "--phases", "examples,coverage,fuzzing,stateful", "--include-path", path)


def run(folder: Path, examples: str, *more: str) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", "openapi.json", "--no-color"]
    command += ["--url", f"http://127.0.0.1:{(folder / 'port').read_text()}", "--max-examples", examples]
    command += ["--generation-deterministic", "--header", f"Cookie: {(folder / 'cookie').read_text()}"]
    command += ["--checks", "all", "--exclude-checks", ",".join(LEFT_OUT), *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def ask(port: int, path: str, body: object) -> Plain:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", path, json.dumps(body), JSON | known_at(port))
    answer: Plain = json.loads(connection.getresponse().read())
    connection.close()
    assert "error" not in answer, answer
    return answer
