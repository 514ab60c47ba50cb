"""Everything in one file: the diary as JSON and the originals of what was imported, in a zip archive.

`diary.json` in it is what `export_json` writes; the originals lie in `originals/`, as they are kept.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.export import export_json, restore
from patella.store.exported import LARGEST_BYTES
from patella.store.joining import Merged
from patella.store.log import Log
from patella.store.merging import merge
from patella.store.originals import FOLDER, PACKED, Originals
from patella.store.scratch import scratch
from patella.store.whole_file import written_whole

DIARY = "diary.json"
ORIGINAL = re.compile(rf"{FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})\.([a-z]{{3}})({re.escape(PACKED)})?")
MOST_ENTRIES = 100_000
LARGEST_ORIGINAL = 48_000_000
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same diary gives the same bytes, whenever it is written


def export_whole(log: Log, out: Path, *, replace: bool = False) -> int:
    """Write the diary and its originals to `out`, whole or not at all; return how many entries there are.

    Raises StoreError if something is there already and `replace` is not set, or if it cannot be written.
    """
    originals = Originals(log.folder)
    with (
        written_whole(out, replace=replace) as temporary,
        scratch(out.parent) as folder,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        diary = folder / DIARY
        entries = export_json(log, diary)
        _put(archive, diary, DIARY)
        for file in originals.files():
            _put(archive, file, f"{FOLDER}/{file.parent.name}/{file.name}")
    return entries


def _put(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    about = zipfile.ZipInfo(name, LONG_AGO)
    about.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    archive.writestr(about, file.read_bytes())


def restore_whole(log: Log, file: Path, *, replace: bool = False) -> int:
    """Fill the log from such an archive, and lay the originals beside it; return how many entries it has now.

    Raises StoreError, and leaves the log as it was, when the archive is damaged, holds anything else, or too much; and
    like `restore`.
    """
    with _unpacked(log, file) as diary:
        return restore(log, diary, replace=replace)


def merge_whole(log: Log, file: Path) -> Merged:
    """Bring in what such an archive has and the log has not, originals too. Raises StoreError likewise."""
    with _unpacked(log, file) as diary:
        return merge(log, diary)


@contextmanager
def _unpacked(log: Log, file: Path) -> Iterator[Path]:
    """The diary in an archive, once the originals lie beside the log."""
    try:
        with zipfile.ZipFile(file) as archive, scratch(log.folder) as folder:
            names = _looked_over(archive, file)
            diary = folder / DIARY
            diary.write_bytes(_read(archive, DIARY, LARGEST_BYTES))
            originals = Originals(log.folder)
            for match in names:
                content = _read(archive, match[0], LARGEST_ORIGINAL)
                originals.keep(match[2], match[3], content, packed=match[4] is not None)
            originals.settle()
            yield diary
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise StoreError(f"{file} is not a Patella export, or only a part of one.") from None
    except OSError as error:
        raise StoreError(f"{file} could not be read: {error.strerror or error}.") from None


def _looked_over(archive: zipfile.ZipFile, file: Path) -> list[re.Match[str]]:
    names = archive.namelist()
    found = [ORIGINAL.fullmatch(n) for n in names if n != DIARY]
    if DIARY not in names or None in found or len(names) > MOST_ENTRIES:
        raise StoreError(f"{file} is not a Patella export: there must be {DIARY} and {FOLDER}, and nothing else.")
    return [m for m in found if m is not None]


def _read(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise StoreError(f"{name} in it is larger than {largest // 1_000_000} MB.")
    return content
