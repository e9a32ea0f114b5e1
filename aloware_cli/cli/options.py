"""Options: the Typer parameters of a command, derived from the declarations of `Scenario`.

Commands do not use `from __future__ import annotations`: Typer evaluates the annotations in every
run, and compiling them from text takes longer than pricing.
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from aloware_cli.cli.scenario import scenario_from_options
from aloware_cli.domain.problems import InvalidValue, Problem, as_typed
from aloware_cli.domain.scenarios import (
    CARDS,
    ENVIRONMENT,
    OPTIONS,
    Option,
    Scenario,
    flag,
    keys_where,
)
from aloware_cli.errors import UsageError, ValidationError

#: The keys that are options: the plan is an argument.
KEYS: Final = tuple(key for key in OPTIONS if key != "plan")
#: Digits of the largest number of days.
MAX_AGE_DIGITS: Final = 5
ROW_KEYS: Final = keys_where(lambda option: option.rows != "none")


def completer(key: str) -> Callable[[str], list[str]]:
    """Return the completer of `key`; completion is imported only when the shell asks."""

    def complete(incomplete: str) -> list[str]:
        from aloware_cli.cli import completion

        return completion.completer_of(key)(incomplete)

    return complete


FROM: Final = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Read a YAML or JSON scenario (- for stdin); options override it",
        rich_help_panel=CARDS,
    ),
]
PLAN: Final[Any] = typer.Argument(
    metavar="PLAN",
    help="iPro, uPro or xPro (case-insensitive)",
    autocompletion=completer("plan"),
)
CHARGE: Final[Any] = typer.Argument(
    metavar="CHARGE",
    help="agents, numbers, sms or any charge",
    autocompletion=completer("charge"),
)


def parameter(key: str) -> Any:
    """Return the annotation of the Typer parameter of `key`: raw texts, read later."""
    option = OPTIONS[key]
    names = [name for name in option.names if not name.startswith("--")]
    names += [flag(key), *(name for name in option.names if name.startswith("--"))]
    settings = typer.Option(
        *names,
        metavar=option.metavar or None,
        help=option.help,
        rich_help_panel=option.group,
        envvar=ENVIRONMENT if key == "rates" else None,
        autocompletion=completer(key) if option.kind == "entries" else None,
    )
    return Annotated[_type(option), settings]


def _type(option: Option) -> Any:
    match option.kind:
        case "switch":
            return bool
        case "entries":
            return list[str] | None
        case "paths":  # Typer splits a variable of paths at the separator of the system
            return list[Path] | None
    return str | None


def reads(name: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return the parser of the option `name`, from a reader that raises InvalidValue."""

    def parse(text: str) -> Any:
        try:
            return read(text)
        except InvalidValue as error:
            location = f"{name} {as_typed(text)}"
            problem = Problem(error.code, error.message, error.hint, location)
            raise ValidationError([problem]) from error

    return parse


def takes(
    keys: Iterable[str] = KEYS, file_keys: Iterable[str] = tuple(OPTIONS)
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command the options of `keys`, as its `scenario`.

    Of a scenario file, only `file_keys` are used. Typer reads a command's signature, so the
    decorator writes it: the command's own parameters first, then one for each option.
    """
    shared = {key: parameter(key) for key in keys}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = [
            each.replace(kind=each.KEYWORD_ONLY)
            for each in inspect.signature(command).parameters.values()
            if each.name != "scenario"
        ]
        further = {**shared, "source": FROM, "context": typer.Context}
        takes_plan = any(each.name == "plan" and each.default is None for each in own)
        parameters = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=_default(name),
                annotation=annotation,
            )
            for name, annotation in further.items()
        ]

        # Without the command's annotations: Typer would use them instead of the signature's.
        @functools.wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
        def run(**values: Any) -> None:
            given = {name: values.pop(name) for name in further}
            if takes_plan:
                values["plan"] = _one_plan(values["plan"], values.pop("plan_option"))
            command(scenario=scenario_of(given, file_keys), **values)

        plan_option = [PLAN_OPTION] if takes_plan else []
        signature = inspect.Signature([*own, *parameters, *plan_option])
        run.__signature__ = signature  # type: ignore[attr-defined]
        return run

    return decorate


#: `--plan ipro` means the argument PLAN.
PLAN_OPTION: Final = inspect.Parameter(
    "plan_option",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[str | None, typer.Option("--plan", metavar="PLAN", hidden=True)],
)


def _one_plan(argument: str | None, option: str | None) -> str | None:
    """Return the plan of the argument or of --plan; raises UsageError for two."""
    if argument is not None and option is not None:
        message = f"--plan {as_typed(option)} conflicts with PLAN {as_typed(argument)}"
        raise UsageError("E-CONFLICT", message, "name one plan")
    return option if argument is None else argument


def _default(name: str) -> Any:
    if name == "context":
        return inspect.Parameter.empty
    return False if name in OPTIONS and OPTIONS[name].kind == "switch" else None


def scenario_of(given: dict[str, Any], file_keys: Iterable[str] = tuple(OPTIONS)) -> Scenario:
    """Return the scenario of the values that Typer gives the options, and of the file they name."""
    source = given.pop("source", None)
    context = given.pop("context", None)
    environment: list[str] = []
    origin = context and context.get_parameter_source("rates")
    if origin is not None and origin.name == "ENVIRONMENT":
        environment = [str(path) for path in given.pop("rates") or []]
    return scenario_from_options(given, source or [], environment, file_keys)


def read_days(text: str) -> int:
    """Parse a number of days, `180d`; raises InvalidValue."""
    digits = text.removesuffix("d")
    example = "use a number of days, for example: --max-age 180d"
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MAX_AGE_DIGITS):
        raise InvalidValue("E-AGE", "not a number of days", example)
    if digits == text:
        raise InvalidValue("E-AGE", "missing unit", example)
    return int(digits)


MAX_AGE: Final[Any] = typer.Option(
    parser=reads("--max-age", read_days),
    metavar="DAYS",
    help="Exit 1 if the source of a price is older, for example 180d",
)
