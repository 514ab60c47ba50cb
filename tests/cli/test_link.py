"""`patella link`: a way in for one more browser, while the pages are served."""

from __future__ import annotations

import re
from pathlib import Path

from cli.conftest import Patella
from patella.store.keys import Keys
from patella.store.served import serving


def test_a_link_to_the_running_server_is_printed_and_good(patella: Patella, data: Path) -> None:
    data.mkdir()
    with serving(data, 4711):
        said = patella("link")
        found = re.search(r"http://127\.0\.0\.1:4711/in/([\w-]{43})$", said.out.strip())
        assert found
        assert "once and within ten minutes" in said.text
        other = patella("link", "--json").json["link"]
    assert Keys(data).use_link(found[1])
    assert Keys(data).use_link(other.rpartition("/")[2])


def test_where_nobody_serves_it_says_so_and_makes_no_link(patella: Patella, data: Path) -> None:
    assert patella("today").code == 0
    said = patella("link")
    assert said.code == 1
    assert "not running" in said.complaint
    assert "`patella` starts it" in said.complaint
    assert not (data / "keys").exists()


def test_browsers_are_forgotten_also_while_nobody_serves(patella: Patella, data: Path) -> None:
    data.mkdir()
    key = Keys(data).let_in()
    assert patella("link", "--forget").code == 1
    assert not Keys(data).knows(key)


def test_erasing_forgets_every_browser(screened: Patella, data: Path) -> None:
    key = Keys(data).let_in()
    assert screened("erase", "--yes").code == 0
    assert not Keys(data).knows(key)
    key = Keys(data).let_in()
    assert screened("erase", "--yes").code == 0  # nothing in the diary any more
    assert not Keys(data).knows(key)


def test_the_diary_in_a_folder_that_others_may_write_is_said_by_the_doctor(patella: Patella, data: Path) -> None:
    data.mkdir()
    (data / "holiday.jpg").touch()
    assert patella("today").code == 0
    data.chmod(0o777)
    said = patella("doctor")
    assert said.code == 1
    assert "chmod go-w" in said.text
