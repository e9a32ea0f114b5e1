"""What Typer and PyYAML load at import and most runs never use, deferred to its first use."""

import re
import sys
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
        return getattr(re.compile(*self._arguments), name)


def import_yaml() -> Any:
    """Return PyYAML.

    Compiling its patterns takes a twentieth of a run, and the C parser uses none of them.
    """
    compile_pattern = re.compile
    re.compile = DeferredPattern  # type: ignore[assignment]
    try:
        import yaml
    finally:
        re.compile = compile_pattern
    return yaml
