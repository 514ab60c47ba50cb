"""Run when a site is made, by the Python that the site brings: compiles its modules, and sees which a start needs."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import importlib.util
import json
import marshal
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path
from types import CodeType
from typing import Any

CODE = "compiled.code"
READ_THEMSELVES = ("anyio/__init__.py",)
READ_THEIR_WORDS = ("_pyodide/",)
NOBODY_READS_THEIR_TYPES = ("anyio/", "opentelemetry/", "sqlalchemy/", "starlette/")
OURS = "patella/"
UNIT, RUN = 2, 8  # bytes of an instruction, and how many instructions one entry of a table of lines is for
NO_COLUMNS = 0xE8  # the line as before, and no column: Objects/locations.md of CPython, code 13
FIRST_ASKED = (
    "/api/health", "/api/profile", "/api/questions", "/api/today", "/api/emergency", "/api/diary", "/api/exercises",
    "/api/exercises/squat/drawing.svg?still=end",
)  # fmt: skip
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compile_archive(given: str, made: str) -> None:
    """Write the archive `given` anew as `made`, with bytecode in place of each source, and nothing packed."""
    with zipfile.ZipFile(given) as sources, zipfile.ZipFile(made, "w") as target:
        for name in sources.namelist():
            content = sources.read(name)
            if name.endswith(".py") and name not in READ_THEMSELVES:
                target.writestr(f"{name}c", bytecode(content, name))
            else:
                target.writestr(name, content)


def bytecode(source: bytes, name: str) -> bytes:
    """What Python keeps of a module and then takes without looking at its source."""
    tree = ast.parse(source, name)
    if not name.startswith(READ_THEIR_WORDS):
        _leave_out_words(tree)
    if name.startswith(NOBODY_READS_THEIR_TYPES):
        _leave_out_types(tree)
    code = compile(tree, name, "exec", dont_inherit=True)
    if not name.startswith(OURS):
        code = _by_functions(code)
    unchecked = False
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), unchecked))


def _leave_out_words(tree: ast.Module) -> None:
    """What only people read. A blank stays: where there is none at all, a dataclass makes up a long one."""
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            blank = ast.copy_location(ast.Constant(" "), node.body[0])
            node.body[0] = ast.copy_location(ast.Expr(blank), node.body[0])


def _leave_out_types(tree: ast.Module) -> None:
    """What functions say of their arguments and answers; of classes it stays, as it makes their fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None


def _by_functions(code: CodeType) -> CodeType:
    """The same code, of which each line is the first of its function: that is enough to find a fault in a library."""
    inside = tuple(_by_functions(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    whole, rest = divmod(len(code.co_code) // UNIT, RUN)
    lines = bytes((NO_COLUMNS | (RUN - 1), 0)) * whole + (bytes((NO_COLUMNS | (rest - 1), 0)) if rest else b"")
    return code.replace(co_consts=inside, co_linetable=lines)


async def trace(booted: list[str], archives: list[str]) -> str:
    """Start Patella from these archives, ask what a first page asks, and say in JSON which modules that took.

    What dataclasses and annotations had compiled meanwhile lies then beside it (`packed.take_code`).
    """
    code = _keep_code()
    for archive in archives:
        zipfile.ZipFile(archive).extractall("/lib/python3.14/site-packages")
    importlib.invalidate_caches()
    importlib.import_module("patella.web.site.deferring").begin()
    inside = importlib.import_module("patella.web.site.inside")
    house = await inside.Inside.open("/diary", "https://example.org/#/")
    for address in FIRST_ASKED:
        status, _, content = await house.ask("GET", address)
        if status >= 500:  # noqa: PLR2004 - a fault
            raise RuntimeError(f"{address}: {content.decode()}")
    _put_code(code)
    return json.dumps({"boot": booted, "start": sorted(sys.modules)})


def _put_code(code: dict[str, CodeType]) -> None:
    Path(CODE).write_bytes(marshal.dumps(dict(sorted(code.items()))))


def _keep_code() -> dict[str, CodeType]:
    """From now on what dataclasses and annotations have compiled, by its text."""
    import annotationlib  # type: ignore[import-not-found]  # Python 3.14, which a site brings; the tests may have 3.11

    kept: dict[str, CodeType] = {}

    def run(text: str, *where: Any) -> None:  # noqa: ANN401 - as it is called
        kept[text] = compile(text, "<string>", "exec", dont_inherit=True)
        exec(kept[text], *where)  # noqa: S102 - as it would itself

    def compiled(text: str, file: str, mode: str) -> CodeType:
        kept[text] = code = compile(text, file, mode, dont_inherit=True)
        return code

    def worked_out(told: str | CodeType, *where: Any, **named: Any) -> object:  # noqa: ANN401 - as it is called
        return eval(compiled(told, "<string>", "eval") if isinstance(told, str) else told, *where, **named)  # noqa: S307

    vars(dataclasses)["exec"] = run
    annotationlib.eval, annotationlib.compile = worked_out, compiled
    return kept
