"""Options: the Typer parameters of a command, derived from the declarations of `Scenario`.

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
from aloware_cli.cli.scenario import scenario_from_options
from aloware_cli.domain.money import read_amount
from aloware_cli.domain.problems import InvalidValue, Problem, as_typed
from aloware_cli.domain.scenarios import CARDS, ENVIRONMENT, OPTIONS, Scenario, flag, keys_where
from aloware_cli.errors import UsageError, ValidationError

#: The keys that are options: the plan is an argument.
KEYS: Final = tuple(key for key in OPTIONS if key != "plan")
ROW_KEYS: Final = keys_where(lambda option: option.rows != "none")
#: Digits of the largest number of days.
MAX_AGE_DIGITS: Final = 5
#: Typer splits a variable of paths at the separator of the system.
TYPES: Final[Mapping[str, Any]] = {
    "value": str | None, "switch": bool, "entries": list[str] | None, "paths": list[Path] | None,
}  # fmt: skip


def completer(key: str) -> Callable[[str], list[str]]:
    """Return the completer of `key`; completion is imported only when the shell asks."""

    def complete(incomplete: str) -> list[str]:
        from aloware_cli.cli import completion

        return completion.completer_of(key)(incomplete)

    return complete


def argument(metavar: str, help: str, *, completes: str = "plan") -> Any:
    """Return the declaration of an argument whose completion is that of `completes`."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=completer(completes))


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


def read_days(text: str) -> int:
    """Parse a number of days, `180d`; raises InvalidValue."""
    digits = text.removesuffix("d")
    example = "use a number of days, for example: --max-age 180d"
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MAX_AGE_DIGITS):
        raise InvalidValue("E-AGE", "not a number of days", example)
    if digits == text:
        raise InvalidValue("E-AGE", "missing unit", example)
    return int(digits)


def fail_over(help: str) -> Any:
    """Return the declaration of --fail-over, whose `help` says what is compared."""
    parser = reads("--fail-over", read_amount)
    return typer.Option("--fail-over", parser=parser, metavar="AMOUNT", help=help)


EXPLAIN: Final[Any] = typer.Option(
    "--explain", help="Show calculation, rule, reason and source of each line item"
)
MAX_AGE: Final[Any] = typer.Option(
    parser=reads("--max-age", read_days),
    metavar="DAYS",
    help="Exit 1 if the source of a price is older, for example 180d",
)
PLAN: Final[Any] = argument("PLAN", "iPro, uPro or xPro (case-insensitive)")
#: `--plan ipro` means the argument PLAN.
PLAN_OPTION: Final[Any] = typer.Option("--plan", metavar="PLAN", hidden=True)
FROM: Final[Any] = typer.Option(
    "--from",
    metavar="FILE",
    help="Read a YAML or JSON scenario (- for stdin); options override it",
    rich_help_panel=CARDS,
)


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
    scenario = [parameter(key) for key in keys]
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
                values["scenario"] = scenario_of(given, file_keys)
            if FURTHER in get_current_context().meta:
                _add_groups(values)
            if formats:
                chosen, path, force = (values.pop(each.name) for each in destination)
                values["destination"] = resolve(chosen, path, formats, force=force)
            command(**values)

        run.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
        run.takes_groups = groups  # type: ignore[attr-defined]
        return run

    return decorate


def _add_groups(values: dict[str, Any]) -> None:
    """Add the plan groups after the first + to the scenario in `values`."""
    from aloware_cli.cli.groups import join_groups, read_further

    further = read_further(get_current_context(), values, scenario_of)
    values["scenario"] = join_groups(values["scenario"], further)


def parameter(key: str) -> inspect.Parameter:
    """Return the Typer parameter of `key`: raw texts, read later."""
    if key == "plan":
        return _parameter(key, str | None, PLAN)
    option = OPTIONS[key]
    short = [name for name in option.names if not name.startswith("--")]
    synonyms = [name for name in option.names if name.startswith("--")]
    settings = typer.Option(
        *(*short, flag(key), *synonyms),
        metavar=option.metavar or None,
        help=option.help,
        rich_help_panel=option.group,
        envvar=ENVIRONMENT if key == "rates" else None,
        autocompletion=completer(key) if option.kind == "entries" else None,
    )
    return _parameter(key, TYPES[option.kind], settings)


def _parameter(name: str, type: Any, settings: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=False if type is bool else None,
        annotation=Annotated[type, settings],
    )


def scenario_of(given: dict[str, Any], file_keys: Collection[str] = tuple(OPTIONS)) -> Scenario:
    """Return the scenario of the values that Typer gives the options, and of the file they name."""
    source = given.pop("source", None)
    plan, plan_option = given.pop("plan", None), given.pop("plan_option", None)
    if plan is not None and plan_option is not None:
        message = f"--plan {as_typed(plan_option)} conflicts with PLAN {as_typed(plan)}"
        raise UsageError("E-CONFLICT", message, "name one plan")
    context = get_current_context()
    origin = context.get_parameter_source("rates")
    environment: list[str] = []
    if origin is not None and origin.name == "ENVIRONMENT":
        environment = [str(path) for path in given.pop("rates", None) or []]
    typed = {name for name in context.meta.get(TYPED, ()) if name.startswith("--")}
    names = {key: name for key in given for name in OPTIONS[key].names if name in typed}
    scenario = scenario_from_options(given, source or [], environment, file_keys, names)
    return scenario.on(plan_option if plan is None else plan)
