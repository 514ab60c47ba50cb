"""Modules out of one block of bytes, in the browser's Python: no file is looked for, opened or read for any of them.

There it is the first module of ours, by the name `packed`, and so uses only what Python itself has begun with.
"""

import sys
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.util import spec_from_file_location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import CodeType
    from typing import Any, Self

    JavaScript = Any
    Space = Any

PACKAGE = "/__init__.pyc"
FOLDER = "/lib/python3.14/site-packages/"
CODE = FOLDER + "patella/web/site/compiled.code"


class Packed:
    """Finds the modules of every pack that was added."""

    def __init__(self, later: "Iterable[str]", bring: "Callable[[], object]") -> None:
        """`later` are the modules of a pack that `bring` adds, once one of them is wanted."""
        self._known: dict[str, tuple[str, int, int, JavaScript]] = {}
        self._later = set(later)
        self._bring = bring

    @classmethod
    def begin(cls, later: "Iterable[str]", bring: "Callable[[], object]") -> "Self":
        """From now on modules are looked for here first."""
        made = cls(later, bring)
        sys.meta_path.insert(0, made)
        return made

    def add(self, modules: "Iterable[tuple[str, int, int]]", content: "JavaScript") -> None:
        """A pack: the files of its modules with where each begins and ends, and its content, an array of JavaScript."""
        for path, begin, end in modules:
            name = path.removesuffix(PACKAGE).removesuffix(".pyc").replace("/", ".")
            self._known[name] = (FOLDER + path, begin, end, content)
            self._later.discard(name)

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """What Python asks of whoever finds modules."""
        if name in self._later:
            self._bring()
        if name not in self._known:
            return None
        path, begin, end, content = self._known[name]
        inside = [path.removesuffix(PACKAGE)] if path.endswith(PACKAGE) else None
        loader = _Loader(name, path, content.subarray(begin, end))
        return spec_from_file_location(name, path, loader=loader, submodule_search_locations=inside)


class _Loader(SourcelessFileLoader):
    def __init__(self, name: str, path: str, content: "JavaScript") -> None:
        super().__init__(name, path)
        self._content = content

    def get_data(self, path: str) -> bytes:
        """The bytecode; and of a file beside it what is in it."""
        return bytes(self._content.to_bytes()) if path == self.path else super().get_data(path)


def take_code() -> None:
    """From now on what dataclasses and annotations have compiled is taken as a start that was tried had it compiled.

    A quarter of a start went into that. What stands nowhere there is compiled as ever.
    """
    import dataclasses
    import marshal

    import annotationlib  # type: ignore[import-not-found]  # of Python 3.14

    with open(CODE, "rb") as file:  # noqa: PTH123 - pathlib is not here yet
        known = marshal.loads(file.read())  # noqa: S302 - ours, fetched by its hash like the modules

    def compiled(text: str, *how: str) -> object:
        return known.get(text) or compile(text, *how)

    def run(text: str, *where: "dict[str, object]") -> None:
        exec(known.get(text, text), *where)  # noqa: S102 - as it would itself

    def worked_out(told: "str | CodeType", *where: "Space", **named: "Space") -> object:
        return eval(known.get(told, told) if isinstance(told, str) else told, *where, **named)  # noqa: S307 - the same

    dataclasses.exec = run  # type: ignore[attr-defined]
    annotationlib.eval, annotationlib.compile = worked_out, compiled
