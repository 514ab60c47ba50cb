from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from patella.store.entry import StoreError
from patella.store.export import export_json
from patella.store.keys import BROWSER_LASTS_S, FOLDER, LINK_LASTS_S, MOST, Keys
from patella.store.log import Log
from patella.store.served import served_at, serving
from patella.store.whole import export_whole
from store.clock import Clock


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> Keys:
    return Keys(tmp_path, now_s=clock)


def test_a_link_is_good_once(keys: Keys) -> None:
    link = keys.make_link()
    assert keys.use_link(link)
    assert not keys.use_link(link)


def test_of_many_who_open_a_link_at_once_one_gets_in(tmp_path: Path) -> None:
    link = Keys(tmp_path).make_link()
    with ThreadPoolExecutor(16) as pool:
        opened = list(pool.map(lambda _: Keys(tmp_path).use_link(link), range(64)))
    assert opened.count(True) == 1


def test_a_link_is_good_for_ten_minutes(keys: Keys, clock: Clock) -> None:
    first, second = keys.make_link(), keys.make_link()
    clock.now_s += LINK_LASTS_S - 1
    assert keys.use_link(first)
    clock.now_s += 2
    assert not keys.use_link(second)


def test_a_link_of_a_clock_that_was_set_back_since_is_not_good_for_longer(keys: Keys, clock: Clock) -> None:
    link = keys.make_link()
    clock.now_s -= 3600
    assert not keys.use_link(link)


def test_keys_are_long_random_and_never_the_same(keys: Keys) -> None:
    made = {make() for make in (keys.make_link, keys.let_in, keys.make_feed) for _ in range(10)}
    assert len(made) == 30
    assert all(len(key) == 43 for key in made)  # 256 bits in base 64


def test_no_key_stands_in_the_folder_and_no_key_is_good_for_anything_but_its_own(keys: Keys, tmp_path: Path) -> None:
    link, browser, feed = keys.make_link(), keys.let_in(), keys.make_feed()
    there = " ".join(f"{f.name} {f.read_bytes()!r}" for f in (tmp_path / FOLDER).iterdir())
    assert all(key not in there for key in (link, browser, feed))
    assert (keys.knows(link), keys.knows(feed), keys.feeds(browser), keys.use_link(browser)) == (False,) * 4
    assert (keys.knows(browser), keys.feeds(feed), keys.use_link(link)) == (True,) * 3


@pytest.mark.parametrize("key", ["", "x", "../patella.db", "a/b", "\0", "\ud800", "x" * 100_000, "browser-"])
def test_what_is_no_key_opens_nothing(keys: Keys, key: str) -> None:
    keys.let_in()
    assert (keys.knows(key), keys.use_link(key), keys.feeds(key)) == (False,) * 3


def test_the_keys_are_for_their_owner_alone_and_in_no_export(tmp_path: Path) -> None:
    with Log.open(tmp_path / "diary") as log:
        keys = Keys(tmp_path / "diary")
        names = [made for make in (keys.make_link, keys.let_in, keys.make_feed) for made in (make(),)]
        folder = tmp_path / "diary" / FOLDER
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {f.stat().st_mode & 0o777 for f in folder.iterdir()} == {0o600}
        export_json(log, tmp_path / "diary.json")
        export_whole(log, tmp_path / "diary.zip")
        hashes = [f.name.partition("-")[2] for f in folder.iterdir()]
        taken = (tmp_path / "diary.json").read_bytes() + (tmp_path / "diary.zip").read_bytes()
        assert len(hashes) == 3
        assert all(word.encode() not in taken for word in [*names, *hashes, FOLDER])


def test_a_browser_stays_known_in_another_process_and_as_long_as_it_comes(tmp_path: Path, clock: Clock) -> None:
    keys = Keys(tmp_path, now_s=clock)
    key, other = keys.let_in(), keys.let_in()
    for _ in range(3):
        clock.now_s += BROWSER_LASTS_S * 0.6
        keys.see(key)
    there = Keys(tmp_path, now_s=clock)
    assert there.knows(key)
    assert not there.knows(other)
    keys.let_in()
    assert (there.knows(key), there.knows(other), there.known()) == (True, False, 2)


def test_a_feed_that_no_calendar_asked_for_in_so_long_is_shut(keys: Keys, clock: Clock) -> None:
    feed = keys.make_feed()
    assert keys.feeds(feed)
    clock.now_s += BROWSER_LASTS_S + 1
    assert not keys.feeds(feed)


def test_of_very_many_browsers_the_ones_seen_last_are_kept(keys: Keys, clock: Clock) -> None:
    first = keys.let_in()
    for _ in range(MOST + 5):
        clock.now_s += 1
        keys.see(first)
        keys.let_in()
    assert keys.known() == MOST
    assert keys.knows(first)


def test_forgetting_leaves_the_one_that_asks(keys: Keys) -> None:
    mine, other, link, feed = keys.let_in(), keys.let_in(), keys.make_link(), keys.make_feed()
    keys.forget(but=mine)
    assert keys.knows(mine)
    assert not any((keys.knows(other), keys.use_link(link), keys.feeds(feed)))
    keys.forget()
    assert not keys.knows(mine)


def test_a_folder_that_is_away_for_a_moment_makes_nobody_a_stranger(tmp_path: Path) -> None:
    folder = tmp_path / "diary"
    folder.mkdir()
    keys = Keys(folder)
    key = keys.let_in()
    assert keys.knows(key)
    folder.rename(tmp_path / "elsewhere")
    assert keys.knows(key)


def test_keys_that_were_removed_by_hand_open_nothing_any_more(keys: Keys, tmp_path: Path) -> None:
    key = keys.let_in()
    assert keys.knows(key)
    for file in (tmp_path / FOLDER).iterdir():
        file.unlink()
    (tmp_path / FOLDER).rmdir()
    assert not keys.knows(key)


def test_where_nothing_can_be_written_a_server_holds_the_keys_itself_and_a_command_says_so(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    held = Keys(tmp_path, or_in_memory=True)
    link, key = held.make_link(), held.let_in()
    assert held.use_link(link)
    assert not held.use_link(link)
    assert held.knows(key)
    held.forget()
    assert not held.knows(key)
    with pytest.raises(StoreError, match="could not be written"):
        Keys(tmp_path).make_link()


def test_who_serves_a_diary_is_known_while_it_does(tmp_path: Path) -> None:
    assert served_at(tmp_path) is None
    with serving(tmp_path, 4711):
        assert served_at(tmp_path) == 4711
        with serving(tmp_path, 4712):  # a second server says nothing
            assert served_at(tmp_path) == 4711
        assert served_at(tmp_path) == 4711
    assert served_at(tmp_path) is None
    assert not list((tmp_path / FOLDER).iterdir())


def test_a_server_that_was_killed_serves_nothing(tmp_path: Path) -> None:
    told = "from patella.store.served import serving; import sys, time; from pathlib import Path\n"
    told += "with serving(Path(sys.argv[1]), 4711):\n    print('serving', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", told, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "serving\n"
        assert served_at(tmp_path) == 4711
        process.kill()
        process.wait(10)
    assert (tmp_path / FOLDER / "served").exists()
    assert served_at(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_served_all_the_same(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with serving(tmp_path, 4711):
        assert served_at(tmp_path) is None


@pytest.mark.parametrize("said", [b"", b"12x", b"\xff"])
def test_what_is_no_port_is_none(tmp_path: Path, said: bytes) -> None:
    with serving(tmp_path, 4711):
        (tmp_path / FOLDER / "served").write_bytes(said)
        assert served_at(tmp_path) is None


def test_looking_does_not_keep_a_server_from_saying_so(tmp_path: Path) -> None:
    looks: Callable[[], object] = lambda: [served_at(tmp_path) for _ in range(200)]  # noqa: E731 - for the pool
    with ThreadPoolExecutor(1) as pool:
        for port in range(5000, 5010):
            looking = pool.submit(looks)
            with serving(tmp_path, port):
                looking.result()
                time.sleep(0.01)
                assert served_at(tmp_path) == port
