"""Makes the site: a folder of static files that any host can send, at the root of an address or below any path of it.

The pages are those of the server. Two modules give way to those in `pages/` (who answers, and the service
worker), addresses become relative, and beside them lie Python, the libraries and this very package. All but the
document itself lies in one folder whose name tells its content: files of two versions never meet in a page, whatever
a host or a network on the way remembers of the one before.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from patella.web.security import CSP, HEADERS, POLICY_OF_LISTENERS
from patella.web.site.packs import get_packs
from patella.web.site.parts import get_parts

PAGES = Path(str(files(__package__))) / "pages"
OWN = Path(str(files("patella")))
STATIC = OWN / "web" / "static"
INSTEAD = (
    "served.js",
    "transport.js",
    "diary.js",
    "kept.js",
    "lent.js",
    "mark.js",
    "packs.js",
    "python.worker.js",
)  # of app/
BEGINS = "static/app/main.js"
IMPORTS = re.compile(r'^(?:import|export)\b[^;]*?\bfrom ?"([^"]+)"', re.MULTILINE)
VERSIONS = "v-"
OF_A_SITE = (f"{VERSIONS}*/python/pyodide.mjs", "python/pyodide.mjs")  # now, and before
NOT_MODELS = ("*.py", "__pycache__", "heavy.task", "full.task")  # a page looks with the lightest
LATER = (
    "python/seldom.",
    "static/vendor/atkinson-latin-ext",
    "static/vendor/charts/",
    "static/figures/",
    "static/vendor/pose/",
    "models/",
    "python/migration.",
)
NOT_PAGES = ("sw.js", "*.html", "*.webmanifest", "people")  # made anew; of a server with many people
NOT_KEPT = ("_headers", "sw.js", "static/screens/", "static/icons/patella-512", "static/icons/patella-mask-512")
# That is for the host; itself; and shown by the browser when it is installed.

# SQLite calls fdatasync before it takes an entry for written. Pyodide does nothing then; it has to flush, as for fsync.
IDLE = "function ___syscall_fdatasync(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);return 0}catch"
FLUSHES = "function ___syscall_fdatasync(fd){try{return -(_fd_sync(fd)??0)|0}catch"

# A memory that was kept is larger than the one that Python begins with, and Pyodide makes no room for it.
TOO_SMALL = "return Module.HEAP8.set(t),l}"
GROWS = "const more=t.length-Module.HEAP8.length;if(more>0){wasmMemory.grow(more/65536);updateMemoryViews()}"

# Where a part of Python does not come, Pyodide says so in the console and waits for ever. The page has to hear it.
SILENT = {
    'catch(l){console.warn("wasm instantiation failed!"),console.warn(l)}': "catch(l){reportError(l)}",
    'catch(r){console.error("Error occurred while installing the standard library:"),console.error(r)}': (
        "catch(r){reportError(r)}"
    ),
}


class SiteError(Exception):
    """The site cannot be made; the message is a sentence for whoever makes it."""


def make_site(target: Path, parts: Path) -> None:
    """Write the site into `target`, which must be empty, absent, or an older site; whole or not at all.

    `parts`: where what is not ours is kept, or will be. Raises PartsError and SiteError.
    """
    if target.exists() and not _may_replace(target):
        raise SiteError(f"{target} is there already, and no site of Patella. Name an empty folder, or a new one.")
    there = get_parts(parts)
    packs = get_packs(there)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".patella-site-", dir=target.parent) as temporary:
        made = Path(temporary) / "site"
        version = made / "version"
        _put_pages(version)
        _put_python(version, there, packs)
        _put_document(made, version.rename(made / _told(version)))
        _put_headers(made)
        _put_keeper(made)
        if target.exists():
            shutil.rmtree(target)
        made.replace(target)
    target.chmod(0o755)


def _may_replace(target: Path) -> bool:
    is_site = any(file.is_file() for pattern in OF_A_SITE for file in target.glob(pattern))
    return target.is_dir() and (is_site or not any(target.iterdir()))


def version_of(site: Path) -> Path:
    """The folder of a site that holds all but its document."""
    return next(site.glob(f"{VERSIONS}*"))


def _told(version: Path) -> str:
    """A name for a folder that no other content has."""
    return VERSIONS + hashlib.sha256(json.dumps(_hashes(version)).encode()).hexdigest()[:16]


def flushing(loader: str) -> str:
    """Python's loader with the one change that makes a synced entry a flushed one. Raises SiteError."""
    if loader.count(IDLE) != 1:
        raise SiteError("Pyodide is another one than Patella knows: it cannot be told to flush what SQLite syncs.")
    return loader.replace(IDLE, FLUSHES)


def growing(loader: str) -> str:
    """Python's loader, which makes room for a memory that was kept. Raises SiteError."""
    if loader.count(TOO_SMALL) != 1:
        raise SiteError("Pyodide is another one than Patella knows: it could not begin from a memory that was kept.")
    return loader.replace(TOO_SMALL, GROWS + TOO_SMALL)


def speaking(starter: str) -> str:
    """What starts Python, with a word to the page for each part that does not come. Raises SiteError."""
    for silent, heard in SILENT.items():
        if starter.count(silent) != 1:
            raise SiteError("Pyodide is another one than Patella knows: a part that does not come would go unsaid.")
        starter = starter.replace(silent, heard)
    return starter


def relative(text: str, place: str) -> str:
    """A module's text with addresses that hold wherever the site lies. `place` is its own, as "static/app/main.js"."""
    up = "../" * place.count("/")
    # It keeps what lies at its place and below, and so it lies beside the document.
    text = text.replace('"/sw.js"', f'new URL("{up}../sw.js", import.meta.url).href')
    text = re.sub(r'((?:from|import) ?\(?)"/((?:static|python)/)', rf'\1"{up}\2', text)
    rest = "(?:static|models)/"
    text = re.sub(rf'"/({rest}[^"]*)"', rf'new URL("{up}\1", import.meta.url).href', text)
    return re.sub(rf"`/({rest})", rf'`${{new URL("{up}", import.meta.url).href}}\1', text)


def _put_pages(made: Path) -> None:
    shutil.copytree(STATIC, made / "static", ignore=shutil.ignore_patterns(*NOT_PAGES))
    shutil.copytree(OWN / "models", made / "models", ignore=shutil.ignore_patterns(*NOT_MODELS))
    for name in INSTEAD:
        shutil.copy(PAGES / name, made / "static/app" / name)
    _trust(made / "static/ui/trust.js")
    for file in (made / "static").rglob("*.js"):
        if "vendor" not in file.parts:
            _change(file, relative(file.read_text("utf-8"), file.relative_to(made).as_posix()))
    for file in (made / "static").rglob("*.css"):
        _change(file, file.read_text("utf-8").replace('url("/static/', 'url("../'))


def _put_document(made: Path, version: Path) -> None:
    """What has the same address in every version: the document, and what a browser installs."""
    there = f"./{version.name}/static/"
    document = (STATIC / "index.html").read_text("utf-8").replace('="/static/', f'="{there}').replace('="/', '="./')
    policy = CSP.replace("frame-ancestors 'none'; ", "")  # a document cannot say that of itself
    said = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="viewport"'
    document = re.sub("<noscript>.*</noscript>", "<noscript>Patella needs JavaScript.</noscript>", document)
    document = document.replace('<meta name="viewport"', said, 1)
    begins = f'<script type="module" src="./{version.name}/{BEGINS}">'
    ahead = "".join(
        f'<link rel="modulepreload" href="./{version.name}/{name}">\n' for name in _imported(version, BEGINS)
    )
    (made / "index.html").write_text(document.replace(begins, ahead + begins, 1), "utf-8")
    about = (STATIC / "manifest.webmanifest").read_text("utf-8").replace('"/static/', f'"{there}')
    about = about.replace('"/today"', '"./"').replace('"/"', '"./"')
    (made / "manifest.webmanifest").write_text(about, "utf-8")


def _imported(version: Path, name: str) -> list[str]:
    """The modules that one needs before it begins, in the order in which a browser comes upon them; not itself."""
    found = [name]
    for one in found:  # grows on the way
        named = IMPORTS.findall((version / one).read_text("utf-8"))
        places = [os.path.normpath(Path(one).parent / place) for place in named]
        found += [place for place in dict.fromkeys(places) if place not in found]
    return found[1:]


def _trust(file: Path) -> None:
    """Let the one script more begin that is ours here."""
    first = '["/sw.js", '
    text = file.read_text("utf-8")
    if text.count(first) != 1:
        raise SiteError(f"{file.name} is another one than this: Python's worker could not begin.")
    _change(file, text.replace(first, f'{first}"/static/app/python.worker.js", '))


def _put_python(made: Path, parts: dict[str, Path], packs: Path) -> None:
    folder = made / "python"
    folder.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"):
        shutil.copy(parts[name], folder / name)
    _change(folder / "pyodide.mjs", speaking((folder / "pyodide.mjs").read_text("utf-8")))
    _change(folder / "pyodide.asm.mjs", growing(flushing((folder / "pyodide.asm.mjs").read_text("utf-8"))))
    lock = json.loads(parts["pyodide-lock.json"].read_text("utf-8")) | {"packages": {}}
    (folder / "lock.json").write_text(json.dumps(lock), "utf-8")
    names = {f.name: f"{f.stem}.{hashlib.sha256(f.read_bytes()).hexdigest()[:16]}{f.suffix}" for f in packs.iterdir()}
    for name, told in names.items():
        shutil.copy(packs / name, folder / told)
    worker = made / "static/app/python.worker.js"
    python = hashlib.sha256((folder / "pyodide.asm.wasm").read_bytes() + "".join(names.values()).encode())
    _change(worker, _saying(worker.read_text("utf-8"), PACKS=names, PYTHON=python.hexdigest()[:16]))


def _saying(text: str, **constants: object) -> str:
    """A module's text with these values for its constants."""
    for name, value in constants.items():
        before, _, after = text.partition(f"const {name} = ")
        text = f"{before}const {name} = {json.dumps(value)};{after.partition(';')[2]}"
    return text


def _put_headers(made: Path) -> None:
    """What a host is to say with every file, in the form that several static hosts read."""
    said = HEADERS | {"Permissions-Policy": POLICY_OF_LISTENERS, "Cache-Control": "no-cache"}
    lines = "".join(f"  {name}: {value}\n" for name, value in said.items())
    (made / "_headers").write_text(f"/*\n{lines}", "utf-8")


def _put_keeper(made: Path) -> None:
    """The service worker, with every file and its hash."""
    version = version_of(made)
    all_files = {
        name: said for name, said in (_hashes(version) | _hashes(made)).items() if not name.startswith(NOT_KEPT)
    }
    later = {name: value for name, value in all_files.items() if name.startswith(LATER)}
    now = {name: value for name, value in all_files.items() if name not in later}
    later = dict(sorted(later.items(), key=lambda of: [of[0].startswith(begin) for begin in LATER].index(True)))
    stands = hashlib.sha256(json.dumps(all_files).encode()).hexdigest()[:16]
    text = (PAGES / "sw.js").read_text("utf-8")
    (made / "sw.js").write_text(
        _saying(text, FOLDER=f"{version.name}/", FILES=now, LATER=later, VERSION=stands), "utf-8"
    )


def _hashes(folder: Path) -> dict[str, str]:
    """Every file within a folder and what it is; those of a site's version are its own."""
    found = sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    return {name: _integrity(folder / name) for name in found if not name.startswith(VERSIONS)}


def _integrity(file: Path) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()


def _change(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
