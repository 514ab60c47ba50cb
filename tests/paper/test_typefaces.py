"""Names in any script are printed, and what cannot be is said: no box stands silently on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from patella.app.demo import fill
from patella.app.knee.scores import note_score
from patella.app.patella import Patella
from patella.app.report.report import report_on
from patella.app.running.runs import add_run
from patella.app.running.shoes import add_shoe
from patella.care.outcomes import ScoreId
from patella.files.library import own_library
from patella.paper import typefaces
from patella.paper.drawing import draw, take_apart
from patella.paper.handout import write_handout
from patella.paper.report import UNPRINTED_SAYS, report_pdf
from patella.paper.typefaces import UNPRINTED, is_set, isolated, printed
from patella.store.log import Log
from printed import boxes_in, families_in, text_of

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHOES = {
    "Japanese": "\u671d\u306e\u9774",
    "Arabic": "\u062d\u0630\u0627\u0621 \u0627\u0644\u062c\u0631\u064a",
    "Tamil": "\u0b95\u0bbe\u0bb2\u0ba3\u0bbf",
}
SCRIPTS = SHOES | {
    "Chinese": "\u8dd1\u978b \u99ac\u62c9\u677e",
    "Korean": "\uc544\uce68 \ub7ec\ub2dd\ud654",
    "Devanagari": "\u091c\u0942\u0924\u0947",
    "Bengali": "\u099c\u09c1\u09a4\u09be",
    "Telugu": "\u0c2c\u0c42\u0c1f\u0c4d\u0c32\u0c41",
    "Thai": "\u0e23\u0e2d\u0e07\u0e40\u0e17\u0e49\u0e32",
    "Hebrew": "\u05e0\u05e2\u05dc\u05d9\u05d9\u05dd",
    "Greek": "\u03a0\u03b1\u03c0\u03bf\u03cd\u03c4\u03c3\u03b9\u03b1",
    "Cyrillic": "\u041a\u0440\u043e\u0441\u0441\u043e\u0432\u043a\u0438",
    "Georgian": "\u10e4\u10d4\u10ee\u10e1\u10d0\u10ea\u10db\u10d4\u10da\u10d8",
    "Armenian": "\u053f\u0578\u0577\u056b\u056f",
    "Vietnamese": "Gi\u00e0y ch\u1ea1y b\u1ed9",
    "pictures": "\U0001f525 \U0001f3c3\u200d\u2642\ufe0f \u2764\ufe0f",
    "signs": "\u2605 \u2192 \u2713",
}
HIEROGLYPH = "\U00013000"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """The report of a runner whose shoes, runs and activities have names in three scripts."""
    with Log.open(tmp_path_factory.mktemp("named")) as log:
        app = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))
        for name in SHOES.values():
            shoe = add_shoe(app, {"name": name, "heel_drop_mm": 8})
            add_run(app, {"distance_m": 5000, "shoe": shoe.id, "name": name})
        note_score(app, ScoreId.PSFS, None, activities=[(name, 4) for name in SHOES.values()])
        yield report_pdf(app, report_on(app))


@pytest.mark.parametrize("script", SHOES)
def test_a_name_stands_in_the_report_letter_by_letter(named: bytes, script: str) -> None:
    there = set(text_of(named))
    assert set(SHOES[script]) <= there
    assert UNPRINTED not in there


def test_names_are_in_the_tables_and_in_the_chart(named: bytes) -> None:
    """In the list of shoes, in the lane of shoes, and among the activities."""
    assert text_of(named).count(SHOES["Japanese"]) == 3


def test_every_letter_of_the_report_is_drawn_in_a_typeface_that_has_it(named: bytes) -> None:
    assert boxes_in(named) == 0
    assert {"NotoSansArabic", "NotoSansTamil", "ChocolateClassicalSans"} <= families_in(named)


def test_a_box_would_be_seen() -> None:
    silent = typst.compile(HIEROGLYPH.encode(), font_paths=typefaces.typefaces(), format="pdf")
    assert boxes_in(silent) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_in_many_scripts_can_be_set(script: str) -> None:
    assert printed([SCRIPTS[script]]) == ([SCRIPTS[script]], False)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (HIEROGLYPH * 3, UNPRINTED),
        (f"My {HIEROGLYPH * 2} pair", f"My {UNPRINTED} pair"),
        (f"x{HIEROGLYPH}y", f"x{UNPRINTED}y"),
        ("ring\a", f"ring{UNPRINTED}"),
    ],
)
def test_letters_that_no_typeface_has_are_said_to_be_missing(name: str, told: str) -> None:
    assert printed({"shoes": [name, 3]}) == ({"shoes": [told, 3]}, True)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_a_name_is_what_is_printed_of_it_can_be_set(name: str) -> None:
    (told,), _ = printed([name])
    assert is_set(told)


@pytest.fixture
def without_typefaces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """As in a checkout that was never built."""
    monkeypatch.setattr(typefaces, "FOLDER", tmp_path / "none")
    for remembered in (typefaces.typefaces, is_set):
        remembered.cache_clear()
    yield
    for remembered in (typefaces.typefaces, is_set):
        remembered.cache_clear()


@pytest.mark.usefixtures("without_typefaces")
def test_where_a_typeface_is_missing_the_report_says_so_once_and_prints_no_box(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        app = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))
        shoe = add_shoe(app, {"name": f"{SHOES['Tamil']} 2", "heel_drop_mm": 8})
        add_run(app, {"distance_m": 5000, "shoe": shoe.id})
        pdf = report_pdf(app, report_on(app))
    text = " ".join(text_of(pdf).split())
    assert f"Shoes: {UNPRINTED} 2 (8 mm drop) 5 km." in text
    assert text.count(UNPRINTED_SAYS) == 1
    assert boxes_in(pdf) == 0


def test_a_name_from_right_to_left_keeps_what_follows_in_its_place() -> None:
    assert isolated("Pegasus") == "Pegasus"
    assert isolated(SHOES["Arabic"]) == f"\u2068{SHOES['Arabic']}\u2069"


def test_the_words_of_a_drawing_stand_where_they_stood_and_unseen_ones_are_gone() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><g transform="translate(10,5)">'
        '<g transform="translate(2.5,1)"><text transform="translate(-4,10)" text-anchor="end" font-size="12px" '
        'font-weight="600" fill="#123456">km</text><text opacity="0">hidden</text></g><path d="M0,0"/></g></svg>'
    )
    drawing = take_apart(svg)
    (word,) = drawing.words
    assert (word.text, word.x, word.y, word.anchor) == ("km", 8.5, 16.0, "end")
    assert (word.size, word.weight, word.fill) == (12.0, 600, "#123456")
    assert (drawing.width, drawing.height) == (100.0, 50.0)
    assert "text" not in drawing.svg
    assert "<path" in drawing.svg


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A full report and both handouts, as files."""
    folder = tmp_path_factory.mktemp("papers")
    with Log.open(tmp_path_factory.mktemp("diary")) as log:
        app = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))
        fill(app)
        (folder / "report.pdf").write_bytes(report_pdf(app, report_on(app)))
        for name in ("today", "full"):
            write_handout(app, folder / f"{name}.pdf", full=name == "full")
    return {name: folder / f"{name}.pdf" for name in ("report", "today", "full")}


@pytest.mark.parametrize("paper", ["report", "today", "full"])
def test_a_paper_can_be_listened_to(papers: dict[str, Path], paper: str) -> None:
    """PDF/UA: tagged, with its language and its title, and words for every picture; Typst refuses what is not."""
    reader = PdfReader(papers[paper])
    root: Any = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]).startswith("en")
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata
    assert str(reader.metadata.title).startswith("Patella: ")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert boxes_in(papers[paper].read_bytes()) == 0


def test_a_chart_is_drawn_with_words_to_lift() -> None:
    chart = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    assert [w.text for w in take_apart(draw(chart)).words]
