"""What Typer, PyYAML and json load at import and most runs never use, deferred to its first use."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

#: Modules that Typer and PyYAML, or what these import, use in functions alone.
MODULES: Final = (
    "base64",
    "bz2",
    "ipaddress",
    "linecache",
    "lzma",
    "ntpath",
    "shellingham",
    "subprocess",
    "textwrap",
    "tokenize",
)


#: `re.compile`, which is another function while modules are imported.
compile_pattern = re.compile


class DeferredModule(ModuleType):
    """What `sys.modules` has instead of a module until one of its attributes is needed.

    `importlib.util.LazyLoader` does not fit: its modules load at the second `import` statement.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules[self.__name__] is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def defer_modules() -> None:
    """Defer `MODULES`: loading them takes a tenth of a run."""
    for name in MODULES:
        sys.modules.setdefault(name, DeferredModule(name))


class DeferredPattern:
    """A regular expression that is compiled when it is first used; `re` keeps the result."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep the arguments of `re.compile`."""
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(compile_pattern(*self._arguments), name)

    def match(self, *arguments: Any) -> Any:
        """Return a match at the beginning: json and difflib keep this method when they load."""
        return compile_pattern(*self._arguments).match(*arguments)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """The functions of `re` take it, because it passes for a compiled pattern."""
        return re.Pattern


@contextmanager
def patterns_deferred() -> Iterator[None]:
    """Defer the compilation of the patterns of modules that are imported in the block.

    Typer, PyYAML and json compile 40 of them, which takes a tenth of a run, and use few.
    """
    re.compile = DeferredPattern  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_pattern


def import_yaml() -> Any:
    """Return PyYAML; its C parser uses no pattern."""
    with patterns_deferred():
        import yaml

        return yaml


def import_json() -> Any:
    """Return `json`; its C encoder uses no pattern."""
    with patterns_deferred():
        import json

        return json
