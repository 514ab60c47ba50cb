"""Bodies of entries made from their types: any that a kind allows, and garbage for any of their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from patella.care.entries.bounds import MORE, Bounds, Longest, Unsaid
from patella.care.entries.key import keys_of
from patella.care.entries.kinds import KINDS

Body = dict[str, object]

LETTERS = st.characters(exclude_categories=["C", "Z"])
words = st.text(LETTERS, max_size=8)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
garbage = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


def bodies(kind: type) -> st.SearchStrategy[Body]:
    """Plain values that this dataclass allows; what may be left out is, now and then."""
    hints = get_type_hints(kind, include_extras=True)
    needed = {k.name: _values(hints[k.name]) for k in keys_of(kind) if k.needed}
    others = {f.name: _values(hints[f.name]) for f in fields(kind) if f.name not in needed and f.name != MORE}
    return st.fixed_dictionaries(needed, optional=others)


def _values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type, as Python writes it
    if isinstance(hint, type) and is_dataclass(hint):
        return bodies(hint)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(st.none() if t is type(None) else _values(t) for t in get_args(hint) if t is not Unsaid))
    bare, limit = get_args(hint) if get_origin(hint) is Annotated else (hint, Longest(3))
    origin = get_origin(bare) or bare
    if origin is tuple:
        parts = [_values(p) for p in get_args(bare) if p is not Ellipsis]
        return st.lists(parts[0], max_size=2) if Ellipsis in get_args(bare) else st.tuples(*parts).map(list)
    if origin is Mapping:
        inside = get_args(bare)[1]
        return st.dictionaries(words, garbage if inside is object else _values(inside), max_size=2)
    return _single(bare, limit)


def _single(bare: type, limit: Bounds | Longest) -> st.SearchStrategy[Any]:
    if issubclass(bare, StrEnum):
        return st.sampled_from([m.value for m in bare])
    if bare is bool:
        return st.booleans()
    if bare is date:
        return st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat)
    if bare is datetime:
        return st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(datetime.isoformat)  # noqa: DTZ001
    if isinstance(limit, Bounds):
        return st.integers(int(limit.least), int(limit.most)) if bare is int else st.floats(limit.least, limit.most)
    return st.text(LETTERS, max_size=min(8, limit.most))


every_kind = st.sampled_from(sorted(KINDS))
said = every_kind.flatmap(lambda kind: st.tuples(st.just(kind), bodies(KINDS[kind])))
"""A kind, and a body that it allows."""


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, Body]:
    """A kind, and a body with garbage at one of its keys, or one of them missing."""
    kind = draw(every_kind.filter(lambda k: bool(keys_of(KINDS[k]))))
    body = draw(bodies(KINDS[kind]))
    key = draw(st.sampled_from(keys_of(KINDS[kind]))).name
    if draw(st.booleans()):
        return kind, body | {key: draw(garbage)}
    return kind, {k: v for k, v in body.items() if k != key}
