"""The build of November 23, to measure against."""

from __future__ import annotations

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

HOUSE = Path(__file__).parents[1]
OLDER = "c441e6b"


def older_sources(folder: Path) -> Path | None:
    """Its sources, put into a folder, with the pose models of this one; None where the history is not at hand."""
    packed = subprocess.run(["git", "archive", OLDER, "src"], cwd=HOUSE, capture_output=True, check=False)
    if packed.returncode:
        return None
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    models = Path("src", "patella", "models")
    for model in (HOUSE / models).glob("*.task"):
        (folder / models / model.name).symlink_to(model)
    return folder / "src"
