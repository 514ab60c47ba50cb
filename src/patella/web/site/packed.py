"""Modules out of one file of all of them, in the browser's Python: none is looked for in a folder.

There it is the first module of ours, by the name `packed`, and so uses only what Python itself has begun with.
"""

import gc
import json
import sys
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.util import spec_from_file_location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    Space = Any

PACKAGE = "/__init__.pyc"
FOLDER = "/lib/python3.14/site-packages/"
CODE = FOLDER + "patella/web/site/compiled.code"
# What is compiled for the machine cannot be kept in memory as it is, nor what is made of it.
MADE_ANEW = ("pydantic", "fastapi", "patella.web", "_sysconfigdata")


class Packed:
    """Finds the modules of every pack that was added."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, tuple[str, int, int, str]] = {}
        self._later: dict[str, str] = {}

    def add(self, place: str, index: str) -> None:
        """A pack that lies at `place`; its `index` has each module with begin and end, and which ones come later."""
        told = json.loads(index)
        for path, begin, end in told["modules"]:
            name = path.removesuffix(PACKAGE).removesuffix(".pyc").replace("/", ".")
            self._known[name] = (FOLDER + path, begin, end, place)
            self._later.pop(name, None)
        self._later |= {name: pack for pack, names in told["later"].items() for name in names}

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """What Python asks of whoever finds modules."""
        if name in self._later:
            from js import bringPack  # type: ignore[import-not-found]  # packs.js, which then adds it

            bringPack(self._later[name])
        if name not in self._known:
            return None
        path, begin, end, place = self._known[name]
        inside = [path.removesuffix(PACKAGE)] if path.endswith(PACKAGE) else None
        loader = _Loader(name, path, place, begin, end)
        return spec_from_file_location(name, path, loader=loader, submodule_search_locations=inside)

    def keep_ready(self) -> None:
        """Import all that a start needs and that a memory can hold, and read the library: for a start from there."""
        import importlib

        for name in list(self._known):
            if not name.startswith(MADE_ANEW):
                importlib.import_module(name)
        from patella.files.library import own_library

        own_library()
        gc.collect()
        gc.freeze()


class _Loader(SourcelessFileLoader):
    def __init__(self, name: str, path: str, place: str, begin: int, end: int) -> None:
        super().__init__(name, path)
        self._lies = place, begin, end

    def get_data(self, path: str) -> bytes:
        """The bytecode; and of a file beside it what is in it."""
        if path != self.path:
            return super().get_data(path)
        place, begin, end = self._lies
        with open(place, "rb", buffering=0) as pack:  # noqa: PTH123 - pathlib is not here yet
            pack.seek(begin)
            return pack.read(end - begin)


PACKED = Packed()


def begin() -> None:
    """From now on modules are looked for here first."""
    # A start makes a great many objects that all stay: to look for garbage among them is a tenth of its time.
    gc.disable()
    sys.meta_path.insert(0, PACKED)


def started() -> None:
    """A start is over: garbage is looked for among what is made from now on."""
    gc.freeze()
    gc.enable()


def wake(zone: str) -> None:
    """After a start from a memory that was kept: what is another today; the clock asks the browser."""
    import importlib
    import os
    import random

    os.environ["TZ"] = zone
    random.seed()
    importlib.invalidate_caches()


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

    vars(dataclasses)["exec"] = run
    annotationlib.eval, annotationlib.compile = worked_out, compiled
