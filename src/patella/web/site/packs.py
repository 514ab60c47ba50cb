"""What of Python a site carries, compiled: what Python needs to begin, what a start of Patella needs, and the rest.

The rest of Patella follows at once, the rest of the libraries and of Python when the page is at rest or wants it.

A pack is four bytes with the length of its index, the index in JSON, and the content of all of its files on end:
`modules` and `files` are lists of path, begin and end. Nothing in it is compressed; that is for whoever sends it.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path, PurePosixPath

from patella.app.patella import SAID, own_rules
from patella.web.site.parts import MIGRATION, PartsError, left_out, node, wheels

HERE = Path(str(files(__package__)))
OWN = Path(str(files("patella")))
THEN = (1980, 1, 1, 0, 0, 0)
FIGURES = "web/static/figures/figures.json"  # for which exercises there are any
MAKERS = ("compiling.py", "compile.mjs")
PACKED = "packed.pyc"
CODE = "compiled.code"
LATER = ("icalendar", "dateutil", "python_dateutil", "tzdata")  # whose files nothing asks for at a start
BEGIN = "import sys\nbooted = sorted(sys.modules)\nimport compiling\n"
FOR_PEOPLE = (".pyi", ".pyx", ".pxd", ".c", ".h", ".typed", ".md", ".txt", ".tsv")
HEADED = ".dist-info/METADATA"
SAID_OF_A_LIBRARY = ("METADATA", "entry_points.txt")
TIMEOUT_S = 600

Content = dict[str, bytes]


def get_packs(parts: dict[str, Path]) -> Path:
    """The folder with the packs, beside the parts; made anew only of something else. Raises PartsError."""
    kept = parts["pyodide.mjs"].parent
    given = {"python": _python(parts["python_stdlib.zip"])} | {
        w.partition("-")[0]: _library(parts[w]) for w in wheels()
    }
    compiled = _compiled(kept, {name: _zipped(content) for name, content in given.items()})
    own, migration = _zipped(_own()), _zipped(_migration(parts))
    place = kept / f"packs-{_key(*(c.name.encode() for c in compiled), own, migration)}"
    if not place.is_dir():
        with tempfile.TemporaryDirectory(prefix=".making-", dir=kept) as folder:
            made = Path(folder) / "packs"
            made.mkdir()
            for name, content in _sorted(Path(folder), kept, compiled, own).items():
                (made / name).write_bytes(content)
            (made / "migration.zip").write_bytes(migration)
            for old in kept.glob("packs-*"):
                shutil.rmtree(old, ignore_errors=True)
            with suppress(OSError):  # somebody else made it meanwhile
                made.rename(place)
    return place


def _compiled(kept: Path, given: dict[str, bytes]) -> list[Path]:
    """Each archive compiled, beside the parts under the hash of what it is made of. Those that are there stay."""
    places = {name: kept / f"{name}.{_key(content)}.compiled" for name, content in given.items()}
    missing = {name: given[name] for name, place in places.items() if not place.is_file()}
    if missing:
        with tempfile.TemporaryDirectory(prefix=".making-", dir=kept) as folder:
            _compile(Path(folder), kept, missing)
            for name in missing:
                for old in kept.glob(f"{name}.*.compiled"):
                    old.unlink(missing_ok=True)
                (Path(folder) / f"{name}.zip").rename(places[name])
    return list(places.values())


def _key(*content: bytes) -> str:
    """The hash of this, and of how it is compiled."""
    told = [(HERE / name).read_bytes() for name in MAKERS] + list(content)
    return hashlib.sha256(b"".join(hashlib.sha256(c).digest() for c in told)).hexdigest()[:16]


def _own() -> Content:
    """This package without its pages, models, terminal and films."""
    found = {f.relative_to(OWN).as_posix(): f for f in OWN.rglob("*") if f.is_file() and "__pycache__" not in f.parts}
    omitted = tuple(left_out("own"))
    read = {
        f"patella/{name}": file.read_bytes()
        for name, file in found.items()
        if name == FIGURES or not name.startswith(omitted)
    }
    return read | {f"patella/{SAID.name}": own_rules().encode()}


def _migration(parts: dict[str, Path]) -> Content:
    """What a migration needs beside the rest, as it is: its steps are looked for as files."""
    steps = {
        f"patella/{f.relative_to(OWN).as_posix()}": f.read_bytes() for f in (OWN / "store/migrations").rglob("*.py")
    }
    found = {
        n: c for wheel in wheels(MIGRATION) for n, c in _inside(parts[wheel]) if n.endswith((".py", *SAID_OF_A_LIBRARY))
    }
    sqlalchemy = next(parts[w] for w in wheels() if w.startswith("sqlalchemy-"))
    omitted = tuple(n for n in left_out("libraries") if n.startswith("sqlalchemy/") and "/testing" not in n)
    return steps | found | {n: c for n, c in _inside(sqlalchemy) if n.startswith(omitted) and n.endswith(".py")}


def own_modules() -> list[str]:
    """The modules of this package that a site brings."""
    return [_module(name.removesuffix(".py") + ".pyc") for name in _own() if name.endswith(".py")]


def _library(wheel: Path) -> Content:
    omitted = tuple(left_out("libraries"))
    found = {
        name: _head(content) if name.endswith(HEADED) else content
        for name, content in _inside(wheel)
        if not name.startswith(omitted) and not _is_for_people(name)
    }
    folders = {str(above) for name in found if name.endswith(".py") for above in list(PurePosixPath(name).parents)[:-1]}
    return {f"{folder}/__init__.py": b"" for folder in folders} | found  # also for one that is spread over several


def _is_for_people(name: str) -> bool:
    if ".dist-info/" in name:
        return not name.endswith(SAID_OF_A_LIBRARY)
    return name.endswith(FOR_PEOPLE)


def _head(metadata: bytes) -> bytes:
    """What a library is called, and its version: behind the first empty line comes its README."""
    return metadata.partition(b"\n\n")[0] + b"\n"


def _python(archive: Path) -> Content:
    omitted = tuple(left_out("python"))
    return {name: content for name, content in _inside(archive) if not name.startswith(omitted)}


def _inside(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as opened:
        yield from ((name, opened.read(name)) for name in opened.namelist() if not name.endswith("/"))


def _compile(work: Path, parts: Path, archives: dict[str, bytes]) -> None:
    """Every archive as NAME.zip in `work`, compiled."""
    for name, content in archives.items():
        (work / f"{name}.given").write_bytes(content)
    _run(work, parts, "".join(f"compiling.compile_archive('{n}.given', '{n}.zip')\n" for n in archives))


def _sorted(work: Path, parts: Path, compiled: list[Path], own: bytes) -> Content:
    """Everything that is compiled, in packs, by when it is wanted."""
    _compile(work, parts, {"own": own})
    for one in compiled:
        shutil.copy(one, work)
    archives = [*(c.name for c in compiled if not c.name.startswith("python.")), "own.zip"]
    _run(work, parts, f"open('traced.json', 'w').write(await compiling.trace(booted, {archives}))")
    traced = json.loads((work / "traced.json").read_text("utf-8"))
    everything = {n: c for archive in (*compiled, work / "own.zip") for n, c in _inside(archive)}
    boot, start = (_files_of(traced[kind], everything) for kind in ("boot", "start"))
    boot[PACKED] = everything[f"patella/web/site/{PACKED}"]
    rest = {n: c for n, c in everything.items() if n not in boot}
    first = {n: c for n, c in rest.items() if n in start or not (n.endswith(".pyc") or n.startswith(LATER))}
    later = {n: c for n, c in rest.items() if n not in first}
    first[f"patella/web/site/{CODE}"] = (work / CODE).read_bytes()
    seldom = {n: later.pop(n) for n in list(later) if not n.startswith("patella/")}
    names = {
        k: [_module(n) for n in c if n.endswith(".pyc")] for k, c in (("later.pack", later), ("seldom.pack", seldom))
    }
    begins = packed(first, later=names)
    return {"boot.zip": _zipped(boot), "start.pack": begins, "later.pack": packed(later), "seldom.pack": packed(seldom)}


def _files_of(modules: list[str], everything: Content) -> Content:
    wanted = set(modules)
    return {n: c for n, c in everything.items() if n.endswith(".pyc") and _module(n) in wanted}


def _module(file: str) -> str:
    return file.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")


def packed(content: Content, later: dict[str, list[str]] | None = None) -> bytes:
    """A pack; `later` are the modules that others have, by the name of the pack."""
    index: dict[str, list[object]] = {"modules": [], "files": []}
    end = 0
    for name, one in content.items():
        index["modules" if name.endswith(".pyc") else "files"].append([name, end, end + len(one)])
        end += len(one)
    said = json.dumps(index | {"later": later or {}}, separators=(",", ":")).encode()
    return len(said).to_bytes(4, "little") + said + b"".join(content.values())


def _zipped(content: Content) -> bytes:
    """An archive with nothing packed in it; the same bytes each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(content):
            archive.writestr(zipfile.ZipInfo(name, THEN), content[name])
    return written.getvalue()


def _run(work: Path, parts: Path, code: str) -> None:
    """A piece of Python in the Python of the site, over `work`. Raises PartsError."""
    shutil.copy(HERE / "compiling.py", work)
    command = [node(), str(HERE / "compile.mjs"), str(parts.resolve()), str(work.resolve()), f"{BEGIN}{code}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PartsError(f"Python for browsers could not be run to compile what the site needs ({error}).") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[-600:]
        raise PartsError(f"Python for browsers could not compile what the site needs: {said}")
