"""Every address of a site without a server, asked in the very Python it brings: nothing it needs was left out of it."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from browser.tools import node
from patella.app.demo import ANSWERS, fill
from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.export import export_json
from patella.store.log import Log
from patella.web.site.inside import Inside
from patella.web.site.packs import own_modules
from patella.web.site.site import version_of

OLDER_DIARIES = "patella.store.migrations"  # there are none yet in a browser
REFUSED = 400
MARK = "0" * 64
Asked = tuple[str, str, object]
GPX = """<?xml version="1.0" encoding="ISO-8859-15"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
<trk><name>Früh</name><type>running</type><trkseg>{}</trkseg></trk></gpx>"""


def moments() -> str:
    begin = datetime.fromisoformat("2026-01-05T06:00:00+00:00")
    times = [(begin + timedelta(seconds=30 * i)).strftime("%Y-%m-%dT%H:%M:%SZ") for i in range(40)]
    return "".join(f'<trkpt lat="{50 + i / 1000}" lon="8"><time>{t}</time></trkpt>' for i, t in enumerate(times))


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401
    """Twelve weeks of a made-up runner, as an export."""
    folder = tmp_path_factory.mktemp("demo")
    with Log.open(folder) as log:
        now = datetime.now().astimezone
        fill(Patella(log=log, library=own_library(), now=now, new_id=lambda: str(uuid4())))
        export_json(log, folder / "all.json")
    return json.loads((folder / "all.json").read_text())


def operations(folder: Path) -> set[tuple[str, str]]:
    """All that the application answers, as its document says."""

    async def read() -> dict[str, Any]:
        house = await Inside.open(str(folder), "https://example.org/#/")
        try:
            return dict(house._app.openapi())
        finally:
            await house.close()

    with ThreadPoolExecutor(1) as aside:  # a browser keeps a loop of its own running in this thread
        document = aside.submit(lambda: asyncio.run(read())).result()
    return {(verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs}


def story(diary: Any) -> list[Asked]:  # noqa: ANN401
    """One thing said at each address, most of them so that something is done."""
    of = {e["kind"]: e for e in diary["entries"]}
    session, run, shoe = str(uuid4()), of["run.added"]["id"], of["shoe.added"]["id"]

    def new(**more: object) -> dict[str, object]:
        return {"id": str(uuid4()), **more}

    gets = (
        "health", "today", "tomorrow", "questions", "emergency", "profile", "diary", "exercises", "exercises/squat",
        "exercises/squat/drawing.svg?still=end", "exercises/squat/ghost", "report.csv", "report.json",
        "report.fhir.json",
        "reminders.ics", "morning.ics", "export.json", "export.csv", "export.tcx", "export.fit", "door", "running",
        "shoes", "comeback", "places",
        "scores", "timeline", "timeline/chart", "insight", "lesson", "lessons", "sights", "handout.pdf", "report.pdf",
    )  # fmt: skip
    return [
        ("POST", "/api/restore", diary),
        *(("GET", f"/api/{address}", None) for address in gets),
        ("POST", "/api/screening/peek", {"answers": ANSWERS}),
        ("POST", "/api/screening", {"answers": ANSWERS}),
        ("POST", "/api/screening/assessed", {}),
        ("POST", "/api/symptoms", {"symptom": "injured"}),
        ("POST", "/api/seen", new()),
        ("PATCH", "/api/profile", {"cautious": True}),
        ("POST", "/api/sessions", {"id": session, "scope": "full"}),
        ("GET", f"/api/sessions/{session}", None),
        ("POST", f"/api/sessions/{session}/events", {"events": []}),
        ("POST", f"/api/sessions/{session}/swap", new(item=0)),
        ("POST", f"/api/sessions/{session}/ease", new(item=0)),
        ("POST", "/api/pain", new(nprs=1, when="morning")),
        ("POST", f"/api/entries/{of['pain.noted']['id']}/undo", new()),
        ("POST", f"/api/entries/{of['pain.noted']['id']}/change", new(body={"nprs": 2})),
        ("POST", "/api/door/forget", {}),
        ("POST", "/api/door/feed", {}),
        ("POST", "/api/imports", {}),
        ("POST", "/api/imports/IMPORT/files?name=a.gpx", {"raw": GPX.format(moments())}),
        ("POST", "/api/imports/IMPORT/begin", {}),
        ("GET", "/api/imports/IMPORT", None),
        ("POST", "/api/imports/IMPORT/stop", {}),
        ("POST", "/api/runs", new(distance_m=5000)),
        ("POST", f"/api/runs/{run}/change", new(body={"distance_m": 5100})),
        ("POST", "/api/shoes", new(name="Daily")),
        ("POST", f"/api/shoes/{shoe}/change", new(body={"usual": True})),
        ("POST", "/api/comeback", new(step="begun")),
        ("POST", "/api/comeback/outings", new(stage="walk-run-1", seconds=600, complete=True)),
        ("POST", "/api/knee", new(nprs=2)),
        ("POST", "/api/sitting", new(hours=4)),
        ("POST", "/api/sitting/read", {}),
        ("POST", "/api/barefoot", new(minutes=10)),
        ("POST", "/api/scores", new(score="akps", value=82)),
        ("POST", "/api/lessons/noises/read", new()),
        ("POST", f"/api/films/look?exercise=squat&mark={MARK}", {"raw": ""}),
        ("POST", "/api/films", new(exercise="squat", mark=MARK, day="2026-01-05", sets=[])),
        ("POST", "/api/erase", {"confirm": "ERASE"}),
    ]


def unasked(known: set[tuple[str, str]], asked: list[Asked]) -> list[Asked]:
    """What no line of the story is about, asked with nothing."""
    patterns = {re.sub(r"\{\w+\}", "[^/]+", path): (verb, path) for verb, path in known}
    paths = {(verb, address.partition("?")[0]) for verb, address, _ in asked}
    met = {known for p, known in patterns.items() for verb, path in paths if verb == known[0] and re.fullmatch(p, path)}
    return [(verb, re.sub(r"\{\w+\}", "none", path), None if verb == "GET" else {}) for verb, path in known - met]


def test_every_address_has_all_that_it_needs(site: Path, tmp_path: Path, diary: Any) -> None:  # noqa: ANN401
    told = story(diary)
    asked = [*unasked(operations(tmp_path / "diary"), told), *told]
    (tmp_path / "story.json").write_text(json.dumps({"asked": asked, "modules": own_modules()}))
    command = [node(), str(Path(__file__).with_name("routes.mjs")), str(version_of(site)), str(tmp_path / "story.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert [m for m in found["missing"] if not m.startswith(OLDER_DIARIES)] == []
    assert found["clocks"] == [9, -4]  # of Tokyo and New York: the zones are there, too
    assert sorted(found["figures"]) == sorted(own_library().exercises)  # each has a moving one, as on a server
    assert found["compiled"] == []  # all of a start was compiled when the site was made
    well = [t for t in found["told"] if t[2] < REFUSED]
    assert len(well) > len(told) * 0.8, [t for t in found["told"] if t[2] >= REFUSED]
