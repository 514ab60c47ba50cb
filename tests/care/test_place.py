from __future__ import annotations

import tomllib

import pytest

from patella.care.place import PlaceId, parse_places
from patella.files.library import own_folder
from patella.motion.definition import DefinitionError


def own_places() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = tomllib.loads((own_folder() / "places.toml").read_text())
    return found


def test_every_place_has_a_name_and_what_one_suggests_has_a_source() -> None:
    places = parse_places(own_places())
    assert set(places) == set(PlaceId)
    assert all(p.name and (p.says is None) is (p.source is None) for p in places.values())


@pytest.mark.parametrize("key", ["says", "source"])
def test_a_place_that_suggests_something_without_a_source_is_refused(key: str) -> None:
    values = own_places()
    suggesting = next(name for name, place in values.items() if "says" in place)
    del values[suggesting][key]
    with pytest.raises(DefinitionError, match="both or neither"):
        parse_places(values)
