"""One page that several commands write: what one of them measures again leaves what the others wrote."""

from types import ModuleType

import pytest

from tooling import load_tool

PAGE = "# How right\n\nold\n\n## Films\n\nold films\n\n## Seen once\n\nonce\n\n## Made up\n\n| a |\n"


@pytest.fixture(scope="module")
def sections() -> ModuleType:
    return load_tool("accuracy/sections")


def test_what_is_measured_again_takes_the_place_of_its_older_self(sections: ModuleType) -> None:
    page = sections.written(PAGE, "# How right\n\nnew\n\n## Films\n\nnew films\n")
    assert page == PAGE.replace("old films", "new films").replace("\nold\n", "\nnew\n")
    assert sections.written(page, "## Made up\n\n| a |") == page


def test_a_section_that_is_new_comes_last_and_none_is_lost(sections: ModuleType) -> None:
    assert sections.written(PAGE, "## Rooms\n\nrooms") == f"{PAGE}\n## Rooms\n\nrooms\n"
    assert sections.written("", PAGE) == PAGE
