"""Usage errors: what Typer says of a wrong command line, in our words, with what to type."""

import difflib
import re
from collections.abc import Sequence
from typing import Any, Final

from typer._click import exceptions as click

from aloware_cli.domain.problems import as_typed, quoted
from aloware_cli.errors import AlowareError, DataError, UsageError

PLANS: Final = ("ipro", "upro", "xpro")
#: What people call an option, and what to type instead.
MEANINGS: Final = {
    "--annual": "--term annual",
    "--csv": "--format csv",
    "--html": "--format html",
    "--markdown": "--format markdown",
    "--commit": "--min-agents",
    "--commitment": "--min-agents",
    "--minimum": "--min-agents",
    "--monthly": "--term monthly",
    "--price": "--rate",
    "--prices": "--rates",
    "--quarterly": "--term quarterly",
    "--date": "--start",
    "--file": "--from",
    "--scenario": "--from",
}
#: How alike an option must be to be suggested, from 0 to 1.
CLOSE: Final = 0.7
#: What people call a command.
COMMAND_MEANINGS: Final = {
    "plans": "aloware rates list",
    "prices": "aloware rates show",
    "price": "aloware quote",
    "estimate": "aloware quote",
    "cost": "aloware quote",
    "show": "aloware rates show",
}


def error_of(error: Exception) -> AlowareError | None:
    """Return the error that the user reads for an exception of Typer or of writing help.

    None for any other exception.
    """
    if isinstance(error, OSError) and error.filename is None:
        return DataError("E-WRITE", f"cannot write stdout: {error.strerror or error}")
    return _usage_error(error) if isinstance(error, click.UsageError) else None


def _usage_error(error: click.UsageError) -> UsageError:
    match error:
        case click.NoArgsIsHelpError():
            found: UsageError = _HelpShown(error.message)
        case click.NoSuchOption():
            found = _unknown_option(error)
        case click.MissingParameter(param=param) if param is not None:
            is_argument = param.param_type_name == "argument"
            name = f"argument {_metavar(error)}" if is_argument else f"option {param.opts[0]}"
            found = UsageError("E-MISSING", f"missing {name}", _example(error))
        case click.BadParameter(param=param) if param is not None:
            found = _bad_value(error)
        case click.BadOptionUsage(option_name=name):
            needs = "requires an argument" in error.message
            message = f"{name} requires a value" if needs else f"{name} takes no value"
            found = UsageError("E-VALUE", message, _see_help(error))
        case _:
            found = _other(error)
    return found


class _HelpShown(UsageError):
    """No arguments: the help takes the place of a message."""

    def __init__(self, text: str) -> None:
        super().__init__("", text.rstrip("\n"))

    def report(self) -> str:
        return str(self)


def unknown_command(args: Sequence[str], known: Sequence[str], path: str) -> UsageError:
    """Return the error for the first word of `args`, which is not a command."""
    word, *rest = args
    message = f"unknown command {quoted(word)}"
    if word.casefold() in PLANS and path == "aloware":
        return UsageError("E-COMMAND", message, f"did you mean: aloware quote {' '.join(args)}?")
    close = difflib.get_close_matches(word.casefold(), known, n=1)
    if meant := COMMAND_MEANINGS.get(word.casefold()):
        return UsageError("E-COMMAND", message, f"did you mean: {meant}?")
    if close:
        line = " ".join([path, close[0], *rest])
        return UsageError("E-COMMAND", message, f"did you mean: {line}?")
    return UsageError("E-COMMAND", message, f"commands: {', '.join(known)}")


def _unknown_option(error: click.NoSuchOption) -> UsageError:
    name = error.option_name
    message = f"unknown option {name}"
    known = [
        option
        for param in (error.ctx.command.params if error.ctx else [])
        for option in getattr(param, "opts", [])
        if option.startswith("--")
    ]
    if name in MEANINGS and MEANINGS[name].split()[0] in known:
        return UsageError("E-OPTION", message, f"did you mean {MEANINGS[name]}?")
    if name in {"--tax", "--taxes", "--vat"}:
        hint = 'taxes are not included; add a line: --line "Estimated tax=32.80"'
        return UsageError("E-OPTION", message, hint)
    if "--format" in known:
        known.append("--json")
    close = difflib.get_close_matches(name, known, n=1, cutoff=CLOSE)
    hint = f"did you mean {close[0]}?" if close else _see_help(error)
    return UsageError("E-OPTION", message, hint)


def _bad_value(error: click.BadParameter) -> UsageError:
    """Return the error for a value that Typer itself rejects: a choice, or a number in a range."""
    param: Any = error.param
    name = param.opts[0] if param.param_type_name == "option" else _metavar(error)
    choice = re.fullmatch(r"'(.*)' is not one of (.*)\.", error.message, re.DOTALL)
    if choice:
        allowed = choice[2].replace("'", "")
        message = f"{name} {as_typed(choice[1])}: not one of {allowed}"
        return UsageError("E-CHOICE", message, f"use {' or '.join(allowed.rsplit(', ', 1))}")
    number = re.fullmatch(r"'?(.*?)'? is not (?:in the range|a valid int).*", error.message)
    if number:
        low, high = param.type.min, param.type.max
        message = f"{name} {as_typed(number[1])}: not a number from {low} to {high}"
        return UsageError("E-VALUE", message, f"for example: {name} {low}")
    return UsageError("E-VALUE", f"{name}: {error.message.rstrip('.')}", _see_help(error))


def _metavar(error: click.BadParameter) -> str:
    param: Any = error.param
    return str(param.metavar or param.name.upper())


def _other(error: click.UsageError) -> UsageError:
    extra = re.fullmatch(r"Got unexpected extra arguments? ?\(?(.*?)\)?", error.message)
    if extra or "unexpected extra argument" in error.message:
        words = error.message.partition("(s) (")[2].rstrip(")") or error.message
        hint = _see_help(error)
        if words.casefold() in PLANS:
            hint = "to price several plans: aloware compare"
        elif error.ctx and error.ctx.command_path == "aloware diff":
            hint = "to check several saved quotes: aloware check QUOTE.json..."
        return UsageError("E-ARGUMENT", f"unexpected argument {quoted(words)}", hint)
    if error.message == "Missing command.":
        return UsageError("E-COMMAND", "no command given", _see_help(error))
    return UsageError("E-ARGUMENT", error.message.rstrip("."), _see_help(error))


def _example(error: click.UsageError) -> str:
    """Return a hint with the first example in the help of the command."""
    text = error.ctx.command.help if error.ctx else None
    example = re.search(r"^ *(aloware .+)$", text or "", re.MULTILINE)
    return f"for example: {example[1]}" if example else _see_help(error)


def _see_help(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "aloware"
    return f"see {path} --help"
