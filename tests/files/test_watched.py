"""A folder that others drop files into: what is told of it, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from files.recordings import Outing, fit_of, gpx_of, zip_of
from patella.files.watched import CUT_REST_S, REST_S, WatchedFolder

FIT = fit_of(Outing())


def told(folder: WatchedFolder, now_s: float) -> list[str]:
    found = folder.look(now_s)
    for file in found:
        folder.tell(file)
    return [f.relative_to(folder.place).as_posix() for f in found]


def test_a_file_is_told_once_when_it_has_been_at_rest(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "a.fit").write_bytes(FIT)

    assert [told(folder, t) for t in (0, REST_S - 1, REST_S, REST_S + 60)] == [[], [], ["2026/a.fit"], []]


def test_a_file_that_still_grows_is_waited_for(tmp_path: Path) -> None:
    folder, place = WatchedFolder(tmp_path), tmp_path / "a.csv"
    for t in range(5):
        place.write_bytes(b"x" * (t + 1))
        assert told(folder, t * REST_S) == []

    assert told(folder, 5 * REST_S) == ["a.csv"]


@pytest.mark.parametrize("name", ["a.fit", "a.gpx", "a.zip"])
def test_a_file_that_says_of_itself_that_more_is_to_come_is_waited_for_longer(tmp_path: Path, name: str) -> None:
    whole = {"a.fit": FIT, "a.gpx": gpx_of(Outing()), "a.zip": zip_of({"a.fit": FIT})}[name]
    folder, place = WatchedFolder(tmp_path), tmp_path / name
    place.write_bytes(whole[: len(whole) // 2])
    told(folder, 0)
    assert told(folder, CUT_REST_S - 1) == []
    place.write_bytes(whole)
    told(folder, CUT_REST_S + 1)
    assert told(folder, CUT_REST_S + 1 + REST_S) == [name]


def test_of_a_file_that_never_gets_whole_what_there_is_is_told_in_the_end(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    (tmp_path / "a.fit").write_bytes(FIT[:200])

    assert [told(folder, t) for t in (0, CUT_REST_S)] == [[], ["a.fit"]]


def test_a_file_that_is_changed_is_told_again(tmp_path: Path) -> None:
    folder, place = WatchedFolder(tmp_path), tmp_path / "a.fit"
    place.write_bytes(FIT)
    assert [told(folder, t) for t in (0, 10)] == [[], ["a.fit"]]
    place.write_bytes(fit_of(Outing(points=70)))

    assert [told(folder, t) for t in (20, 30, 40)] == [[], ["a.fit"], []]


def test_what_is_on_its_way_hidden_empty_or_a_link_is_left(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    for name in (".syncthing.a.fit.tmp", "~syncthing~a.fit.tmp", "a.fit.part", "b.fit.crdownload", ".stfolder"):
        (tmp_path / name).write_bytes(FIT)
    (tmp_path / "empty.fit").touch()
    (tmp_path / "link.fit").symlink_to(tmp_path / "a.fit.part")

    assert [told(folder, t) for t in (0, 1000)] == [[], []]


def test_a_folder_that_vanishes_and_comes_back_tells_nothing_twice(tmp_path: Path) -> None:
    place = tmp_path / "watch"
    place.mkdir()
    (place / "a.fit").write_bytes(FIT)
    folder = WatchedFolder(place)
    assert [told(folder, t) for t in (0, 10)] == [[], ["a.fit"]]
    place.rename(tmp_path / "away")
    with pytest.raises(OSError, match="watch"):
        folder.look(20)
    (tmp_path / "away").rename(place)
    (place / "b.fit").write_bytes(FIT)

    assert [told(folder, t) for t in (30, 40, 50)] == [[], ["b.fit"], []]
