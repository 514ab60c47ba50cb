"""Our readers of FIT, GPX and TCX beside libraries, on recordings of your own: `python bench/readers.py FOLDER...`.

Not part of `make bench`. The libraries go into a temporary folder. Prints a table, and with `--each` every file of
which a library says something else; `--only=NAME` asks one alone. The same is: as many sessions, each with its start
to the second, its metres to half a percent, and its seconds of moving, where they are said, to two.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LIBRARIES = {
    ".fit": ("garmin-fit-sdk", "fitdecode", "fitparse", "fitfast", "fit-tool"),
    ".gpx": ("gpxpy", "lxml"),
    ".tcx": ("tcxreader", "lxml"),
}
VERSIONS = (
    "garmin-fit-sdk==21.218.0", "fitdecode==0.11.0", "fitparse==1.2.0", "fitfast==0.1.0", "fit-tool==0.9.16",
    "gpxpy==1.6.2", "tcxreader==0.4.11", "lxml==6.1.3",
)  # fmt: skip
SAME_S, SAME_SHARE, SAME_MOVING_S = 1.0, 0.005, 2.0
Session = list[float | None]


def main() -> int:
    """Print the tables."""
    only = [a.removeprefix("--only=") for a in sys.argv if a.startswith("--only=")]
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    if not folders:
        print("Name folders with recordings.")
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        venv.create(work / "venv", with_pip=True)
        python = work / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *VERSIONS], check=True)
        files = sorted(_laid_out(folders, work))
        print("| format | reader | files read | the same as ours | else | only ours | only theirs | seconds | MB |")
        print("|---|---|---|---|---|---|---|---|---|")
        for ending, names in LIBRARIES.items():
            chosen = [str(f) for f in files if f.suffix == ending]
            ours = _read(sys.executable, "ours", chosen)
            print(_row(ending, "ours", ours, None, chosen))
            for name in (n for n in names if not only or n in only):
                theirs = _read(str(python), name, chosen)
                print(_row(ending, name, ours, theirs, chosen), flush=True)
                if "--each" in sys.argv:
                    _each(name, ours["found"], theirs["found"], work)
    return 0


def _laid_out(folders: list[Path], work: Path) -> Iterator[Path]:
    """Every recording, unpacked, in a folder of its own by the format."""
    count = 0
    for folder in folders:
        for file in sorted(f for f in folder.rglob("*") if f.is_file()):
            for name, content in _inside(file.name, file.read_bytes()):
                count += 1
                place = work / f"{count:04d} {file.parent.name}+{Path(name).name}".lower()
                place.write_bytes(content)
                yield place


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield from _inside(entry.filename, archive.read(entry))
    elif name.endswith(".gz"):
        with suppress(OSError, EOFError):  # what is no gzip file, or cut
            yield from _inside(name.removesuffix(".gz"), gzip.decompress(content))
    elif Path(name.lower()).suffix in LIBRARIES:
        yield name, content


def _read(python: str, name: str, files: list[str]) -> dict[str, dict[str, object]]:
    worker = Path(__file__).with_name("reading.py")
    ran = subprocess.run([python, worker, name], input=json.dumps(files), capture_output=True, text=True, check=True)
    found: dict[str, dict[str, object]] = json.loads(ran.stdout)
    return found


def _row(ending: str, name: str, ours: dict, theirs: dict | None, files: list[str]) -> str:
    told = theirs or ours
    mine, other = ours["found"], told["found"]
    read = [f for f in files if _is_read(other[f])]
    both = [f for f in read if _is_read(mine[f])]
    same = sum(_same(mine[f], other[f]) for f in both)
    only_ours = sum(_is_read(mine[f]) and not _is_read(other[f]) for f in files)
    seconds, memory = sum(told["took"].values()), told["memory_mb"]
    cells = [f"{len(read)} of {len(files)}", same, len(both) - same, only_ours, len(read) - len(both)]
    shown = [str(c) for c in cells] if theirs else [str(cells[0]), *["" for _ in cells[1:]]]
    return " | ".join([f"| {ending[1:].upper()}", name, *shown, f"{seconds:.2f}", f"{memory:.0f} |"])


def _is_read(found: object) -> bool:
    return isinstance(found, list) and bool(found)


def _same(ours: list[Session], theirs: list[Session]) -> bool:
    return len(ours) == len(theirs) and all(
        _near(o[0], t[0], SAME_S)
        and _near(o[1], t[1], (o[1] or 0) * SAME_SHARE)
        and (t[2] is None or _near(o[2], t[2], SAME_MOVING_S))
        for o, t in zip(ours, theirs, strict=True)
    )


def _near(one: float | None, other: float | None, apart: float) -> bool:
    return abs((one or 0) - (other or 0)) <= apart


def _each(name: str, ours: dict, theirs: dict, work: Path) -> None:
    for file, mine in ours.items():
        other = theirs[file]
        if (_is_read(mine) or _is_read(other)) and not (_is_read(mine) and _is_read(other) and _same(mine, other)):
            print(f"  {name}: {Path(file).relative_to(work)}\n    ours   {mine}\n    theirs {other}")


if __name__ == "__main__":
    sys.exit(main())
