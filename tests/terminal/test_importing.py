"""What the terminal says of an import: what came, what was none, and what could not be used."""

from __future__ import annotations

import io
from datetime import date

from patella.app.running.imported import Brought, Failed, Imported, Passed
from patella.care.units import Units
from patella.terminal.importing import say_imported
from patella.terminal.page import Page


def said(imported: Imported) -> list[str]:
    stream = io.StringIO()
    say_imported(Page(stream, width=lambda: 100, colour=False), imported, Units())
    return stream.getvalue().splitlines()


def test_what_came_is_told_day_by_day_and_a_reason_that_many_files_share_is_said_once() -> None:
    run = Brought(
        id="1", day=date(2025, 3, 4), sport="running", distance_m=5000, moving_s=1800, name=None, remark="Left out."
    )
    none = "It is none of FIT, GPX and TCX."
    failed = [Failed(file=f"{n}.fit", why=none) for n in range(5)]
    failed.insert(1, Failed(file="a.kml", why="It is KML."))
    imported = Imported(
        files=9,
        runs=1,
        other=0,
        duplicates=1,
        passed=(Passed(kind="photos and films", count=1),),
        failed=tuple(failed),
        brought=(run,),
    )

    assert said(imported) == [
        "1 new run, 1 known already.",
        "- 2025-03-04, 5 km, 30 min. Left out.",
        "Of 9 files, no activities: 1 photos and films.",
        "6 files could not be used:",
        "- 0.fit, 1.fit, 2.fit and 2 more: It is none of FIT, GPX and TCX.",
        "- a.kml: It is KML.",
    ]
