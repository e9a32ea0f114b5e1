"""Help: plain text of at most 80 columns, and what to type instead of a wrong command line."""

import difflib
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from typer._click import exceptions as click

from aloware_cli.domain.problems import as_typed, listed, quoted
from aloware_cli.domain.scenarios import GROUPS, OUTPUT
from aloware_cli.errors import AlowareError, DataError, UsageError

WIDTH: Final = 80
#: Where the help of an option begins.
COLUMN: Final = 28
#: How alike an option must be to be suggested, from 0 to 1.
CLOSE: Final = 0.7


def command_help(command: Any, ctx: Any) -> str:
    """Return the help of one command: summary, usage, examples, notes, then its options."""
    summary, *paragraphs = (command.help or "").split("\n\n")
    examples = [text for text in paragraphs if text.strip().startswith("aloware ")]
    parameters = [param for param in command.params if param.param_type_name == "argument"]
    arguments = [param.make_metavar(ctx) for param in parameters]
    if commands := getattr(command, "commands", {}):
        arguments = ["COMMAND"]
    further = ["[+ PLAN [OPTIONS]]..."] if getattr(command.callback, "takes_groups", False) else []
    usage = " ".join(["Usage:", ctx.command_path, *arguments, "[OPTIONS]", *further])
    lines = [*textwrap.wrap(" ".join(summary.split()), WIDTH), "", usage]
    if examples:
        rows = [line.strip() for text in examples for line in text.splitlines()]
        lines += ["", "Examples", *(f"  {row}" for row in rows)]
    for text in paragraphs:
        if text not in examples:
            lines += ["", *textwrap.wrap(" ".join(text.split()), WIDTH)]
    lines += ["", "Commands"] if commands else []
    for name, each in commands.items():
        summary = " ".join(each.help.split("\n\n")[0].split()).rstrip(".")
        lines += _aligned(f"  {name}", summary, 13)
    named = zip(arguments, parameters, strict=False)
    lines += _section("Arguments", [(name, param.help) for name, param in named if param.help])
    options = [
        param
        for param in command.params
        if param.param_type_name == "option" and not param.hidden and param.help
    ]
    for group in GROUPS:
        found = [param for param in options if (param.rich_help_panel or OUTPUT) == group]
        lines += _section(group, [(spelling(param), meaning(param)) for param in found])
    return "\n".join(lines) + "\n"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield from ("", title)
    for name, text in rows:
        lead = "  " if name.startswith("-") and not name.startswith("--") else "      "
        yield from _aligned(f"{lead if name.startswith('-') else '  '}{name}", text, COLUMN)


def spelling(param: Any) -> str:
    """Return an option as help shows it: `-a, --agents N`, without its synonyms."""
    short = [name for name in param.opts if not name.startswith("--")][:1]
    long = [name for name in param.opts if name.startswith("--")][:1]
    metavar = "" if param.is_flag else param.metavar or param.name.upper()
    return f"{', '.join([*short, *long])} {metavar}".rstrip()


def meaning(param: Any) -> str:
    """Return the help of an option, with the values that it takes if they are few."""
    choices = ", ".join(getattr(param.type, "choices", ()))
    text, default, value = str(param.help).partition(" (default")
    return f"{text}{f': {choices}' if choices else ''}{default}{value}"


def _aligned(name: str, text: str, column: int) -> list[str]:
    """Return `text` behind `name`, or below it if the name is too long, wrapped."""
    wrapped = textwrap.wrap(text, WIDTH - column, break_on_hyphens=False) or [""]
    if len(name) + 2 > column:
        return [name, *(f"{'':{column}}{line}" for line in wrapped)]
    first, *further = wrapped
    return [f"{name:{column}}{first}".rstrip(), *(f"{'':{column}}{line}" for line in further)]


def error_of(error: Exception) -> AlowareError | None:
    """Return the error that the user reads for an exception of Typer or of writing help.

    None for any other exception.
    """
    if isinstance(error, OSError) and error.filename is None:
        return DataError("E-WRITE", f"cannot write stdout: {error.strerror or error}")
    if not isinstance(error, click.UsageError):
        return None
    path = error.ctx.command_path if error.ctx else "aloware"
    try:
        return _usage_error(error, f"see {path} --help")
    except AlowareError as missing:  # a file of the installation cannot be read
        return missing


class _HelpShown(UsageError):
    """No arguments: the help takes the place of a message."""

    def report(self) -> str:
        return str(self)


def _usage_error(error: click.UsageError, see_help: str) -> UsageError:
    """Return the error that the user reads; `see_help` is its hint if there is no better one."""
    code, message, hint = "E-ARGUMENT", error.message.rstrip("."), see_help
    match error:
        case click.NoArgsIsHelpError():
            return _HelpShown("", error.message.rstrip("\n"))
        case click.NoSuchOption():
            return _unknown_option(error, see_help)
        case click.BadParameter(param=param) if param is not None:
            if not isinstance(error, click.MissingParameter):
                return _bad_value(error.message, param, see_help)
            code, message = "E-MISSING", f"missing {param.param_type_name} {_name_of(param)}"
            text = error.ctx.command.help if error.ctx else None
            if example := re.search(r"^ *(aloware .+)$", text or "", re.MULTILINE):
                hint = f"for example: {example[1]}"
        case click.BadOptionUsage(option_name=name):
            needs = "requires a value" if "requires an argument" in message else "takes no value"
            code, message = "E-VALUE", f"{name} {needs}"
        case _ if message == "Missing command":
            code, message = "E-COMMAND", "no command given"
        case _ if "unexpected extra argument" in message:
            words = message.partition(" (")[2].rstrip(")")
            message, hint = f"unexpected argument {quoted(words)}", _instead_of(words, see_help)
    return UsageError(code, message, hint)


def _instead_of(words: str, see_help: str) -> str:
    """Return a hint for `words` that the command does not take."""
    if words.casefold() in _plans():
        return "to price several plans: aloware compare"
    if see_help == "see aloware diff --help":
        return "to check several saved quotes: aloware check QUOTE.json..."
    return see_help


def _plans() -> list[str]:
    from aloware_cli.files.cards import load_rates

    return [plan.casefold() for plan in load_rates([], None).cards]


def _name_of(param: Any) -> str:
    is_option = param.param_type_name == "option"
    return str(param.opts[0] if is_option else param.metavar or param.name.upper())


def unknown_command(args: Sequence[str], known: Sequence[str], path: str) -> UsageError:
    """Return the error for the first word of `args`, which is not a command."""
    from aloware_cli.files.schemas import load_suggestions

    word, *rest = args
    close = difflib.get_close_matches(word.casefold(), known, n=1)
    meant = load_suggestions("commands").get(word.casefold())
    if path == "aloware" and word.casefold() in _plans():
        meant = " ".join(["aloware quote", *args])
    elif close and not meant:
        meant = " ".join([path, close[0], *rest])
    hint = f"did you mean: {meant}?" if meant else f"commands: {', '.join(known)}"
    return UsageError("E-COMMAND", f"unknown command {quoted(word)}", hint)


def _unknown_option(error: click.NoSuchOption, see_help: str) -> UsageError:
    from aloware_cli.files.schemas import load_suggestions

    name = error.option_name
    known = [
        option
        for param in (error.ctx.command.params if error.ctx else [])
        for option in getattr(param, "opts", [])
        if option.startswith("--")
    ]
    meant = load_suggestions("options").get(name, "")
    if name in {"--tax", "--taxes", "--vat"}:
        see_help = 'taxes are not included; add a line: --line "Estimated tax=32.80"'
    elif meant.split(" ")[0] not in known:
        known += ["--json"] * ("--format" in known)
        meant = "".join(difflib.get_close_matches(name, known, n=1, cutoff=CLOSE))
    hint = f"did you mean {meant}?" if meant else see_help
    return UsageError("E-OPTION", f"unknown option {name}", hint)


def _bad_value(message: str, param: Any, see_help: str) -> UsageError:
    """Return the error for a value that Typer itself rejects: a choice, or a number in a range."""
    name = _name_of(param)
    if choice := re.fullmatch(r"'(.*)' is not one of (.*)\.", message, re.DOTALL):
        allowed = choice[2].replace("'", "")
        found = f"{name} {as_typed(choice[1])}: not one of {allowed}"
        return UsageError("E-CHOICE", found, f"use {listed(allowed.split(', '), 'or')}")
    if number := re.fullmatch(r"'?(.*?)'? is not (?:in the range|a valid int).*", message):
        low, high = param.type.min, param.type.max
        found = f"{name} {as_typed(number[1])}: not a number from {low} to {high}"
        return UsageError("E-VALUE", found, f"for example: {name} {low}")
    return UsageError("E-VALUE", f"{name}: {message.rstrip('.')}", see_help)
