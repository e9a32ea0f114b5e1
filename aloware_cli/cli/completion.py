"""Completion: plans, charges and carriers for the shell, and the script that sets it up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.scenarios import ALL, SHORT_NAMES
from aloware_cli.errors import AlowareError, UsageError
from aloware_cli.files.cards import load_rates

SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")


def _complete(names: Callable[[Catalog], Iterator[str]]) -> Callable[[str], list[str]]:
    """Return a completer of the `names` in the bundled rate cards."""

    def complete(incomplete: str) -> list[str]:
        try:
            found = names(load_rates([], None))
        except AlowareError:
            return []
        return [name for name in found if name.startswith(incomplete.casefold())]

    return complete


def _plans(catalog: Catalog) -> Iterator[str]:
    return map(str.casefold, catalog.cards)


def _charges(catalog: Catalog) -> Iterator[str]:
    yield from dict.fromkeys([*SHORT_NAMES, *catalog.charges])


def _carriers(catalog: Catalog) -> Iterator[str]:
    yield from (f"{carrier.key}=" for carrier in next(iter(catalog.cards.values())).carriers.listed)


def _entries(catalog: Catalog) -> Iterator[str]:
    yield from (f"{charge}=" for charge in _charges(catalog))


def _discounts(catalog: Catalog) -> Iterator[str]:
    yield from (f"{ALL}=", *_entries(catalog))


_NAMES: Final[Mapping[str, Callable[[Catalog], Iterator[str]]]] = {
    "plan": _plans,
    "charge": _charges,
    "carrier": _carriers,
    "discount": _discounts,
}


def completer_of(key: str) -> Callable[[str], list[str]]:
    """Return the completer of `key`: an option with entries, `plan` or `charge`."""
    return _complete(_NAMES.get(key, _entries))


def set_up(args: Sequence[str]) -> str:
    """Return what to print for `--show-completion [SHELL]` or `--install-completion [SHELL]`.

    Without SHELL, the shell that runs the command is used. Raises UsageError for another one.
    """
    from typer._completion_shared import _get_shell_name, get_completion_script, install

    option, *rest = args
    shell = rest[0] if rest else _get_shell_name()
    if shell not in SHELLS:
        message = f"{option} {shell}: unsupported shell" if shell else f"{option}: unknown shell"
        raise UsageError("E-SHELL", message, f"use {', '.join(SHELLS[:3])} or {SHELLS[3]}")
    if option == "--show-completion":
        script = get_completion_script(
            prog_name="aloware", complete_var="_ALOWARE_COMPLETE", shell=shell
        )
        return f"{script}\n"
    name, path = install(shell=shell, prog_name="aloware", complete_var="_ALOWARE_COMPLETE")
    return f"{name} completion is installed in {path}. Restart the terminal to use it.\n"
