"""Completion: plans, charges and carriers for the shell, and the script that sets it up."""

from collections.abc import Sequence
from typing import Final

from aloware_cli.domain.scenarios import ALL, SHORT_NAMES
from aloware_cli.errors import AlowareError, UsageError
from aloware_cli.files.cards import load_rates

SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")


def complete_key(key: str, incomplete: str) -> list[str]:
    """Return what may follow `incomplete`: names of the bundled rate cards.

    `key` is that of an option with entries, `plan` or `charge`.
    """
    try:
        catalog = load_rates([], None)
    except AlowareError:
        return []
    charges = [*dict.fromkeys([*SHORT_NAMES, *catalog.charges])]
    if key == "plan":
        names = list(map(str.casefold, catalog.cards))
    elif key == "charge":
        names = charges
    elif key == "carrier":
        card = next(iter(catalog.cards.values()))
        names = [f"{carrier.key}=" for carrier in card.carriers.listed]
    else:
        names = [f"{name}=" for name in ([ALL] if key == "discount" else []) + charges]
    return [name for name in names if name.startswith(incomplete.casefold())]


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
    names = {"prog_name": "aloware", "complete_var": "_ALOWARE_COMPLETE"}
    if option == "--show-completion":
        return f"{get_completion_script(shell=shell, **names)}\n"
    name, path = install(shell=shell, **names)
    return f"{name} completion is installed in {path}. Restart the terminal to use it.\n"
