"""Options: the Typer parameters of commands, from the declarations of `Scenario`; completion.

Commands do not use `from __future__ import annotations`: Typer evaluates the annotations in every
run, and compiling them from text takes longer than pricing.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer
from typer._click.globals import get_current_context

from aloware_cli.cli.app import FURTHER, TYPED
from aloware_cli.cli.output import FORCE, FORMAT, OUTPUT, resolve
from aloware_cli.cli.scenario import given_twice, join_groups, scenario_from_options
from aloware_cli.domain.money import read_amount
from aloware_cli.domain.problems import InvalidValue, Problem, as_typed
from aloware_cli.domain.scenarios import (
    ALL,
    CARDS,
    ENVIRONMENT,
    OPTIONS,
    SHORT_NAMES,
    Scenario,
    flag,
)
from aloware_cli.errors import AlowareError, UsageError, ValidationError

#: The keys that are options: the plan is an argument.
KEYS: Final = tuple(key for key in OPTIONS if key != "plan")
ROW_KEYS: Final = tuple(key for key, option in OPTIONS.items() if option.rows != "none")
#: Digits of the largest number of days.
MAX_AGE_DIGITS: Final = 5
SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")
#: Typer splits a variable of paths at the separator of the system.
TYPES: Final[Mapping[str, Any]] = {
    "value": str | None, "switch": bool, "entries": list[str] | None, "paths": list[Path] | None,
}  # fmt: skip


def _completer(key: str) -> Callable[[str], list[str]] | None:
    """Return what completes `key`, an option with entries, `plan` or `charge`; None for nothing."""

    def complete(incomplete: str) -> list[str]:
        from aloware_cli.files.cards import load_rates

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

    return complete if key else None


def argument(metavar: str, help: str, completes: str = "") -> Any:
    """Return the declaration of an argument of one command.

    The shell completes it as an option with the key `completes`, or as `plan` or `charge`.
    """
    return typer.Argument(metavar=metavar, help=help, autocompletion=_completer(completes))


def option(
    metavar: str,
    help: str,
    *names: str,
    read: Callable[[str], Any] | None = None,
    panel: str | None = None,
    completes: str = "",
) -> Any:
    """Return the declaration of an option of one command; a switch or a choice has no `metavar`.

    Without `names`, it has the name of the parameter. `read` parses a value of the option, which
    needs a name then, and raises InvalidValue.
    """

    def parse(text: str) -> Any:
        try:
            return read(text) if read else text
        except InvalidValue as error:
            location = f"{names[0]} {as_typed(text)}"
            problem = Problem(error.code, error.message, error.hint, location)
            raise ValidationError([problem]) from error

    return typer.Option(
        *names,
        metavar=metavar or None,
        help=help,
        parser=parse if read else None,
        rich_help_panel=panel,
        autocompletion=_completer(completes),
    )


def fail_over(help: str) -> Any:
    """Return the declaration of --fail-over, whose `help` says what is compared."""
    return option("AMOUNT", help, "--fail-over", read=read_amount)


def read_days(text: str) -> int:
    """Parse a number of days, `180d`; raises InvalidValue."""
    digits = text.removesuffix("d")
    example = "use a number of days, for example: --max-age 180d"
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MAX_AGE_DIGITS):
        raise InvalidValue("E-AGE", "not a number of days", example)
    if digits == text:
        raise InvalidValue("E-AGE", "missing unit", example)
    return int(digits)


EXPLAIN: Final[Any] = option(
    "", "Show calculation, rule, reason and source of each line item", "--explain"
)
MAX_AGE: Final[Any] = option(
    "DAYS", "Exit 1 if the source of a price is older, for example 180d", "--max-age",
    read=read_days,
)  # fmt: skip
PLAN: Final[Any] = argument("PLAN", "iPro, uPro or xPro (case-insensitive)", "plan")
#: `--plan ipro` means the argument PLAN.
PLAN_OPTION: Final[Any] = typer.Option("--plan", metavar="PLAN", hidden=True)
FROM: Final[Any] = option(
    "FILE", "Read a YAML or JSON scenario (- for stdin); options override it", "--from",
    panel=CARDS,
)  # fmt: skip


def takes(
    keys: Collection[str] = KEYS,
    file_keys: Collection[str] = tuple(OPTIONS),
    formats: Sequence[str] = (),
    *,
    groups: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command its `scenario` and its `destination`.

    Typer reads a command's signature, so the decorator writes it. `scenario` becomes the options
    of `keys` and --from, of whose file only `file_keys` are used; without them there is no --from.
    `destination` becomes --format with one of `formats`, --output and --force. With `groups`, the
    command line and the file may have several plan groups.
    """
    file_keys = (*file_keys, "groups") if groups else file_keys
    scenario = [_parameter_of(key) for key in keys]
    scenario += [_parameter("plan_option", str | None, PLAN_OPTION)] if "plan" in keys else []
    scenario += [_parameter("source", list[str] | None, FROM)] if file_keys else []
    destination = [
        _parameter("format", Literal[tuple(formats)] | None, FORMAT),
        _parameter("output", str | None, OUTPUT),
        _parameter("force", bool, FORCE),
    ]
    written = {"scenario": scenario, "destination": destination if formats else []}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command).parameters
        signature = [each for name in own for each in written.get(name, [own[name]])]

        # Without the command's annotations: Typer would use them instead of the signature's.
        @functools.wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
        def run(**values: Any) -> None:
            if scenario:
                given = {each.name: values.pop(each.name) for each in scenario}
                values["scenario"] = _with_groups(scenario_of(given, file_keys), values)
            if formats:
                chosen, path, force = (values.pop(each.name) for each in destination)
                values["destination"] = resolve(chosen, path, formats, force=force)
            command(**values)

        run.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
        run.takes_groups = groups  # type: ignore[attr-defined]
        return run

    return decorate


def _parameter_of(key: str) -> inspect.Parameter:
    """Return the parameter of `key`: raw texts, read later."""
    if key == "plan":
        return _parameter("plan", str | None, PLAN)
    declared = OPTIONS[key]
    short = [name for name in declared.names if not name.startswith("--")]
    synonyms = [name for name in declared.names if name.startswith("--")]
    option = typer.Option(
        False if declared.kind == "switch" else None,
        *(*short, flag(key), *synonyms),
        metavar=declared.metavar or None,
        help=declared.help,
        rich_help_panel=declared.group,
        envvar=ENVIRONMENT if key == "rates" else None,
        autocompletion=_completer(key) if declared.kind == "entries" else None,
    )
    # Typer reads a default faster than an `Annotated` type, and there are fifty of them.
    return inspect.Parameter(
        key, inspect.Parameter.KEYWORD_ONLY, default=option, annotation=TYPES[declared.kind]
    )


def _parameter(name: str, type: Any, declaration: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=False if type is bool else None,
        annotation=Annotated[type, declaration],
    )


def scenario_of(given: dict[str, Any], file_keys: Collection[str] = tuple(OPTIONS)) -> Scenario:
    """Return the scenario of the values that Typer gives the options, and of the file they name."""
    source = given.pop("source", None)
    plan, plan_option = given.pop("plan", None), given.pop("plan_option", None)
    if plan is not None and plan_option is not None:
        message = f"--plan {as_typed(plan_option)} conflicts with PLAN {as_typed(plan)}"
        raise UsageError("E-CONFLICT", message, "name one plan")
    context = get_current_context()
    environment: list[str] = []
    origin = context.get_parameter_source("rates")
    if origin and origin.name == "ENVIRONMENT":
        environment = [str(path) for path in given.pop("rates", None) or []]
    typed = {name for name in context.meta.get(TYPED, ()) if name.startswith("--")}
    names = {key: name for key in given for name in OPTIONS[key].names if name in typed}
    scenario = scenario_from_options(given, source or [], environment, file_keys, names)
    return scenario.on(plan_option if plan is None else plan)


def typed_parameters(context: Any) -> dict[str, Any]:
    """Return the parameters of the command line of `context`, with their values."""
    return {
        name: value
        for name, value in context.params.items()
        if context.get_parameter_source(name).name == "COMMANDLINE"
    }


def _with_groups(first: Scenario, values: dict[str, Any]) -> Scenario:
    """Return the scenario of `first` and of the plan groups after it on the command line.

    Options that are not part of a scenario apply to all groups: they are added to `values`. Raises
    UsageError for one that is given twice.
    """
    context: Any = get_current_context()
    further: list[Scenario] = []
    for args in context.meta.pop(FURTHER, ()):
        with context.command.make_context(context.info_name, args, parent=context.parent) as own:
            typed = typed_parameters(own)
            if "source" in typed:
                hint = "put --from before the first +"
                raise UsageError("E-GROUPS", "--from in a plan group after +", hint)
            keys = [key for key in typed if key in OPTIONS or key == "plan_option"]
            further.append(scenario_of({key: typed.pop(key) for key in keys}))
        for key in typed.keys() & typed_parameters(context).keys():
            raise given_twice(key)
        values.update(typed)
    return join_groups(first, further) if further else first


def set_up_completion(args: Sequence[str]) -> str:
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
