from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from patella.cli import app
from patella.files.library import own_library
from patella.terminal.door import run


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was answered
        return json.loads(self.out)

    @property
    def text(self) -> str:
        return " ".join(self.out.split())

    @property
    def complaint(self) -> str:
        return " ".join(self.err.split())


Patella = Callable[..., Said]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the diary of this test is."""
    folder = tmp_path / "diary"
    monkeypatch.setenv("PATELLA_DATA", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def patella(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Patella:
    """Runs one command as a shell would, with what is typed into it."""
    assert data

    def command(*arguments: object, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(app, [str(a) for a in arguments])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return command


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A file of answers that open the plan."""
    asked = own_library().questionnaire.questions
    calm = {q.id: [] if q.many else "adult" for q in asked if not q.when}
    values: dict[str, object] = dict(calm)
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    return file


@pytest.fixture
def screened(patella: Patella, answers: Path) -> Patella:
    """The same for a person who may begin."""
    assert patella("screen", "--answers", answers).code == 0
    return patella
