"""Runs the tests that are nearest to what was changed, for as long as a minute of two cores lasts; says which.

Usage: fast.py [--list] [--left] [--seconds N] [FILE ...]. Changed is what git says: since this branch left main, and
what is not committed; or the files that are named. Nearest is a test that was changed itself, then one that imports
what was changed, then one that imports what imports it, and so on; among those as near, files that took long the last
time come last, so that all of what is near is looked at. Where nothing was changed, or there is time left, the rules
come first, then the log, then what is built on them. Tests of pages, of what is installed, and slow ones are left to
`make test`. When the time is up (of processor, so that a busy machine runs as many) no further test is begun, and it is
said how much was left, and how much of it is near; `--left` names all of it. What was seen is kept in build/fast.json.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import grimp

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
KEPT = ROOT / "build" / "fast.json"
SECONDS = 40  # of processor, of each of the two processes; what a start and the last test take comes on top
ROOMS = ("care", "store", "motion", "app", "terminal", "library", "files", "web", "paper", "tools")
READS_DATA = {"src/patella/library/": "patella.files.library"}  # whoever reads a file that is no code stands for it
CORE = ROOMS.index("library") + 1  # so many rooms are gone through whatever was changed
NEAR, NAMED = 2, 5  # imports away is still near; so many files are named in a sentence

Near = dict[str, int]


def main() -> int:
    """Choose, say what was chosen, and run it."""
    said = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    said.add_argument("--list", action="store_true", help="only say which files, the nearest first")
    said.add_argument("--left", action="store_true", help="only say which tests the last run left, the nearest first")
    said.add_argument("--seconds", type=int, default=SECONDS, help="of processor, of each of two processes")
    said.add_argument("files", nargs="*", metavar="FILE", help="as if these had been changed")
    options = said.parse_args()
    if options.left:
        print(*(f"{count} {file}" for file, count in kept()["left"].items()), sep="\n")
        return 0
    changed = options.files or sorted(changed_files())
    near = nearest(changed, importers(), {t: imports_of(t) for t in test_files()})
    chosen = in_order(near, kept()["took_s"])
    print(sentence(changed, near), flush=True)
    if options.list:
        print(*(f"{near.get(t, '-')} {t}" for t in chosen), sep="\n")
        return 0
    code, left = run(chosen, options.seconds)
    if left:
        print(left_over(left, near))
    return code


def run(chosen: list[str], seconds: int) -> tuple[int, dict[str, int]]:
    """Run these files in their order. The exit code, and of which file how many tests were left for want of time."""
    call = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    call += ["--randomly-dont-reorganize", "-p", "budget", "-m", "not slow and not stories and not alone", *chosen]
    paths = os.pathsep.join(filter(None, [str(ROOT / "tools"), os.environ.get("PYTHONPATH")]))
    before, told = kept(), KEPT.with_suffix(".now.json")
    KEPT.parent.mkdir(exist_ok=True)
    told.unlink(missing_ok=True)
    env = {**os.environ, "PYTHONPATH": paths, "PATELLA_BUDGET_S": str(seconds), "PATELLA_BUDGET_TOLD": str(told)}
    code = subprocess.run(call, cwd=ROOT, env=env, check=False).returncode
    if not told.is_file():  # it came to no end
        return code, {}
    now = json.loads(told.read_text(encoding="utf-8"))
    left = {t: now["left"][t] for t in chosen if t in now["left"]}
    # What was not looked at to the end takes at least as long as it did before.
    took_s = {t: max(s, before["took_s"].get(t, 0.0) if t in left else 0.0) for t, s in now["took_s"].items()}
    KEPT.write_text(json.dumps({"left": left, "took_s": before["took_s"] | took_s}, indent=1), encoding="utf-8")
    return code, left


def kept() -> dict[str, dict[str, Any]]:
    """What the last run left, the nearest first, and how many seconds of processor each file took when it last ran."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {"left": {}, "took_s": {}}


def changed_files() -> set[str]:
    """What differs from where this branch left main, and what git does not know yet; nothing where there is no git."""
    base = _git("merge-base", "HEAD", "main") or _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    return {*_git("diff", "--name-only", base[0]), *_git("ls-files", "--others", "--exclude-standard")}


def _git(*what: str) -> list[str]:
    done = subprocess.run(["git", *what], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def importers() -> dict[str, set[str]]:
    """Every module of the package with those that import it, imports inside functions counted."""
    graph = grimp.build_graph("patella", cache_dir=None)
    return {module: set(graph.find_modules_that_directly_import(module)) for module in graph.modules}


def test_files() -> list[str]:
    """The files of tests that are looked at here, room by room."""
    return [str(t.relative_to(ROOT)) for room in ROOMS for t in sorted((TESTS / room).rglob("test_*.py"))]


def imports_of(test: str) -> set[str]:
    """What a file of tests imports: modules of the package, and files of its own folder, which help it, with theirs."""
    found: set[str] = set()
    open_ = [ROOT / test, *(p / "conftest.py" for p in (ROOT / test).parents if p.is_relative_to(TESTS))]
    while open_:
        file = open_.pop()
        name = str(file.relative_to(ROOT))
        if name in found or not file.is_file():
            continue
        found.add(name)
        for module in _imported(file):
            if module.startswith("patella"):
                found.add(module)
            else:
                open_ += [(folder / Path(*module.split("."))).with_suffix(".py") for folder in (TESTS, ROOT / "tools")]
    return found


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (n.name for n in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{n.name}" for n in node.names)


def nearest(changed: Iterable[str], used_by: Mapping[str, set[str]], tests: Mapping[str, set[str]]) -> Near:
    """How many imports lie between each test and what was changed; a test that none leads to is not in it.

    A test that is called after a file is as near as one that imports it.
    """
    listed = set(changed)
    away = {m: 1 for file in listed for m in _modules_of(file)}
    edge = list(away)
    while edge:
        further = {m: away[of] + 1 for of in edge for m in used_by.get(of, ()) if m not in away}
        away |= further
        edge = list(further)
    named = {f"test_{Path(file).stem}" for file in listed}
    near: Near = {}
    for test, found in tests.items():
        ways = [away[i] for i in found if i in away] + [0] * bool(found & listed) + [1] * (Path(test).stem in named)
        near |= {test: min(ways)} if ways else {}
    return near


def _modules_of(file: str) -> list[str]:
    if file.startswith("src/patella/") and file.endswith(".py"):
        return [file.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")]
    return [module for folder, module in READS_DATA.items() if file.startswith(folder)]


def in_order(near: Near, took_s: Mapping[str, float]) -> list[str]:
    """The nearest first, the quick among those as near, then by the room they stand in; then the rest of the core.

    As quick is what took as long to a factor of two; what never ran counts as quick.
    """
    every = test_files()
    rest = [t for t in every if t not in near and t.split("/")[1] in ROOMS[:CORE]]
    return [*sorted(near, key=lambda t: (near[t], int(took_s.get(t, 0)).bit_length(), every.index(t))), *rest]


def left_over(left: Mapping[str, int], near: Near) -> str:
    """How much was left when the time was up, and how much of it is near; only the nearest is named."""
    close = sorted((t for t in left if near.get(t, NEAR + 1) <= NEAR), key=lambda t: near[t])
    files = "1 file" if len(left) == 1 else f"{len(left)} files"
    told = f"The time is up: {sum(left.values())} tests of {files} were not run, "
    if close:
        more = f" and {len(close) - NAMED} files more" if len(close) > NAMED else ""
        told += f"{sum(left[t] for t in close)} of them near to the change: {', '.join(close[:NAMED])}{more}."
    else:
        told += "none of them near to the change."
    return f"{told} `make fast LEFT=1` names all."


def sentence(changed: list[str], near: Near) -> str:
    """What is run, in a sentence or two."""
    if not changed:
        return "Nothing was changed: the rules, the log and what is built on them, as far as the time goes."
    at_once = sum(n <= 1 for n in near.values())
    them = "1 file was changed" if len(changed) == 1 else f"{len(changed)} files were changed"
    told = f"{them}: {at_once} files of tests import what was changed, {len(near) - at_once} what imports it."
    pages = [f for f in changed if f.startswith(("src/patella/web/static/", "src/patella/web/site/pages/"))]
    return f"{told} {len(pages)} are of the pages, which only `make pages` tries." if pages else told


if __name__ == "__main__":
    sys.exit(main())
