"""The page's own code that follows the kneecaps, on made pictures: under Node, as in the browser."""

from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from knees import RATE, dance, film
from tooling import load_tool


@pytest.fixture(scope="module")
def kneecap() -> ModuleType:
    return load_tool("accuracy/kneecap")


def counts(seen: list[dict[str, object]]) -> int:
    return sum(bool(s["rep"]) for s in seen)


def test_each_jump_of_the_kneecaps_is_counted(kneecap: ModuleType) -> None:
    seen = kneecap.watch(film(dance, 14), RATE)
    assert counts(seen) == 3
    assert max(s["up"] for s in seen) == pytest.approx(2.0, abs=0.4)


def test_somebody_who_sways_is_not_counted(kneecap: ModuleType) -> None:
    def sway(t_s: float) -> float:
        return 2.5 * float(np.sin(2 * t_s))

    seen = kneecap.watch(film(lambda _: 0.0, 14, sway), RATE)
    assert counts(seen) == 0
    assert seen[-1]["ready"]
    assert counts(kneecap.watch(film(dance, 14, sway), RATE)) == 3


def test_where_there_is_nothing_to_follow_it_is_never_ready(kneecap: ModuleType) -> None:
    seen = kneecap.watch(np.full((120, 480, 640), 120, dtype=np.uint8), RATE)
    assert not any(s["ready"] for s in seen)


def test_whoever_steps_away_lines_up_anew(kneecap: ModuleType) -> None:
    still = film(lambda _: 0.0, 5)
    other = still[:, ::-1, ::-1]
    seen = kneecap.watch(np.concatenate([still, other]), RATE)
    readiness = [bool(s["ready"]) for s in seen]
    assert readiness[len(still) - 1]
    assert not all(readiness[len(still) :])
    assert readiness[-1]
    assert counts(seen) == 0


def test_a_film_is_watched_with_the_frames_in_several_places(
    kneecap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = tmp_path / "one.csv"
    rows = "".join(f"{n / RATE},{dance(n / RATE) / 500}\n" for n in range(210))
    truth.write_text("t,patella_m\n" + rows)
    spans = [SimpleNamespace(span=SimpleNamespace(start_s=4 + 3 * n, end_s=6 + 3 * n)) for n in range(3)]
    clip = SimpleNamespace(exercise=kneecap.EXERCISE, angles=truth, film=tmp_path / "one.mp4", reps=spans)
    monkeypatch.setattr(kneecap, "_pictures", lambda _: (RATE, film(dance, 14)))
    monkeypatch.setattr(kneecap, "PLACES", ((0, 0),))
    (found,) = kneecap.dances_of(clip)
    assert (found.true, found.found, found.false) == (3, 3, 0)
    assert found.correlation > 0.9
    clip.exercise = "squat"
    assert kneecap.dances_of(clip) == []
