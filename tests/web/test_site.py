"""What becomes of the pages when they are to lie anywhere. That they work there: tests/browser/test_site.py."""

from __future__ import annotations

import marshal
import re
from pathlib import Path
from typing import Any

import pytest

from patella.app.patella import SAID, own_rules
from patella.web.routes.pages import STATIC
from patella.web.site import packs, parts
from patella.web.site.compiling import bytecode
from patella.web.site.parts import MIGRATION, PartsError, get_parts, wheels
from patella.web.site.site import (
    IDLE,
    PAGES,
    SILENT,
    TOO_SMALL,
    SiteError,
    flushing,
    growing,
    make_site,
    relative,
    speaking,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ('import { a } from "/static/ui/a.js";', 'import { a } from "../../static/ui/a.js";'),
        ('import("/static/view/a.js")', 'import("../../static/view/a.js")'),
        ('ownScript("/sw.js")', 'ownScript(new URL("../../../sw.js", import.meta.url).href)'),
        ("`/static/figures/${id}`", '`${new URL("../../", import.meta.url).href}static/figures/${id}`'),
        ('go("/today")', 'go("/today")'),
    ],
)
def test_a_module_finds_the_others_wherever_the_site_lies(said: str, becomes: str) -> None:
    assert relative(said, "static/app/main.js") == becomes


def test_no_module_of_the_pages_keeps_an_address_that_holds_at_the_root_alone() -> None:
    for file in (*STATIC.glob("[aluv]*/*.js"), *PAGES.glob("*.js")):
        if file.parent.name != "vendor":
            left = re.findall(
                r'["`]/(?:static|models|sw\.js)[^"`]*', relative(file.read_text(), f"static/app/{file.name}")
            )
            assert left == [], file.name


def test_the_modules_that_give_way_have_the_same_names_in_them() -> None:
    for name in ("served.js", "transport.js"):
        served, alone = (_exports(folder / name) for folder in (STATIC / "app", PAGES))
        assert set(served) <= set(alone), name


def _exports(file: Path) -> list[str]:
    return re.findall(r"^export (?:async )?(?:const|function|\{) ?(\w+)", file.read_text(), re.MULTILINE)


def test_another_pyodide_is_refused_rather_than_left_unflushed() -> None:
    assert "_fd_sync(fd)" in flushing(f"a;{IDLE}(e)")
    for other in ("a;", IDLE * 2):
        with pytest.raises(SiteError, match="cannot be told to flush"):
            flushing(other)


def test_another_pyodide_is_refused_rather_than_begun_in_too_small_a_memory() -> None:
    assert "wasmMemory.grow" in growing(f"a;{TOO_SMALL};")
    for other in ("a;", TOO_SMALL * 2):
        with pytest.raises(SiteError, match="memory that was kept"):
            growing(other)


def test_another_pyodide_is_refused_rather_than_left_waiting_for_a_part_that_does_not_come() -> None:
    assert speaking(" ".join(SILENT)).count("reportError(") == len(SILENT)
    for other in ("a;", " ".join(SILENT) * 2):
        with pytest.raises(SiteError, match="would go unsaid"):
            speaking(other)


def test_the_libraries_of_a_site_are_those_that_are_pinned() -> None:
    pinned = (ROOT / "requirements/run.txt").read_text()
    for file, sha256 in (wheels() | wheels(MIGRATION)).items():
        assert f"--hash=sha256:{sha256}" in pinned, f"{file}: another one is pinned; see CONTRIBUTING.md"


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(SiteError, match="no site of Patella"):
        make_site(tmp_path, tmp_path / "parts")
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("within", ["python", "v-0123456789abcdef/python"])
def test_a_folder_that_holds_an_older_site_may_be_written_anew(
    within: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Path:
        raise PartsError("It got as far as the parts.")

    monkeypatch.setattr(parts, "_fetch_python", refuse)
    (tmp_path / "site" / within).mkdir(parents=True)
    (tmp_path / "site" / within / "pyodide.mjs").write_text("")
    with pytest.raises(PartsError, match="as far as the parts"):
        make_site(tmp_path / "site", tmp_path / "parts")


def test_a_part_that_is_another_file_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(folder: Path) -> Path:
        for name in parts.python_files():
            (folder / name).write_text("something else")
        return folder

    monkeypatch.setattr(parts, "_fetch_python", fetch)
    with pytest.raises(PartsError, match="is not the file that Patella knows"):
        get_parts(tmp_path / "parts")
    assert not (tmp_path / "parts").exists()


def test_without_a_network_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_npm", lambda: ["false"])
    with pytest.raises(PartsError, match="Is there a way to the network"):
        get_parts(tmp_path / "parts")


def test_a_module_is_compiled_without_what_only_people_read_and_does_the_same() -> None:
    source = (
        b'"""Read by people."""\n\n\ndef twice(n: int) -> int:\n    """Twice."""\n    assert n > 0\n    return 2 * n\n'
    )
    made = bytecode(source, "twice.py")
    found: dict[str, Any] = {}
    exec(marshal.loads(made[16:]), found)  # noqa: S102, S302 - just made
    assert found["twice"](2) == 4
    with pytest.raises(AssertionError):
        found["twice"](-1)
    assert b"Read by people" not in made


def test_a_fault_in_a_library_is_told_by_its_function_and_one_of_ours_by_its_line() -> None:
    source = b"def fails():\n    n = 0\n    return 1 / n\n"
    for name, line in (("patella/care/one.py", 3), ("sqlalchemy/one.py", 1)):
        found: dict[str, Any] = {}
        exec(marshal.loads(bytecode(source, name)[16:]), found)  # noqa: S102, S302 - just made
        with pytest.raises(ZeroDivisionError) as raised:
            found["fails"]()
        last = raised.traceback[-1]
        assert (last.name, last.lineno + 1) == ("fails", line)


def test_what_functions_say_of_their_types_stays_where_somebody_reads_it() -> None:
    source = b"class A:\n    a: int\n\ndef one(n: int) -> int:\n    return n\n"
    for name, types in (("fastapi/one.py", {"n": int, "return": int}), ("sqlalchemy/one.py", {})):
        found: dict[str, Any] = {}
        exec(marshal.loads(bytecode(source, name)[16:]), found)  # noqa: S102, S302 - just made
        assert found["one"].__annotations__ == types
        assert found["A"].__annotations__ == {"a": int}


def test_the_rules_of_a_site_are_known_by_the_code_they_were_compiled_from() -> None:
    assert packs._own()[f"patella/{SAID.name}"].decode() == own_rules()
    assert "patella.web.site.inside" in packs.own_modules()
