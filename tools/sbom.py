"""What a release is made of: a bill of materials in the form of CycloneDX.

It lists the packages of requirements/run.txt and the parts of pages, the models and the typefaces of package-lock.json,
each with its version and the hashes that its files have to have. The same lists give the same bill, byte for byte.
"""

from __future__ import annotations

import base64
import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from pins import read_pins


def write_bill(root: Path, version: str, at: datetime) -> str:
    """The bill of this version as JSON; `at` (aware) is the moment that it names."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = sorted([*python_parts(root), *page_parts(root)], key=lambda part: str(part.purl))
    own = Component(
        name=project["name"],
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        purl=PackageURL("pypi", None, project["name"], version),
        licenses=[LicenseExpression(project["license"])],
    )
    name = " ".join(str(part.purl) for part in [own, *parts])
    bill = Bom(
        components=parts,
        metadata=BomMetaData(component=own, timestamp=at),
        serial_number=uuid5(NAMESPACE_URL, name),
    )
    bill.register_dependency(own, parts)
    return JsonV1Dot6(bill).output_as_string(indent=2) + "\n"


def python_parts(root: Path) -> Iterator[Component]:
    """The packages that `make run` installs, those that only set it up among them."""
    for name, version, hashes in read_pins(root / "requirements" / "run.txt"):
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"pypi/{name}",
            purl=PackageURL("pypi", None, name, version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes],
        )


def page_parts(root: Path) -> Iterator[Component]:
    """What is put into the package when it is built; the tools of the tests are not."""
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for place, part in locked.items():
        if not place or part.get("dev"):
            continue
        group, _, name = place.rpartition("node_modules/")[2].rpartition("/")
        digest = base64.b64decode(part["integrity"].removeprefix("sha512-")).hex()
        yield Component(
            name=name,
            group=group or None,
            version=part["version"],
            type=ComponentType.LIBRARY,
            bom_ref=place.replace("node_modules", "npm", 1),
            purl=PackageURL("npm", group or None, name, part["version"]),
            licenses=[LicenseExpression(part["license"])] if "license" in part else [],
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=digest)],
        )
