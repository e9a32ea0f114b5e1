"""Help: plain text of at most 80 columns, with options in groups."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from aloware_cli.domain.scenarios import GROUPS, OUTPUT

if TYPE_CHECKING:
    from aloware_cli.cli.app import Entry

WIDTH: Final = 80
#: Where the help of an option begins.
COLUMN: Final = 28
TITLE: Final = "Estimate what Aloware's iPro, uPro and xPro plans cost: exact, sourced, offline."
ENDING: Final = """
Options
  -h, --help     Show help; also: aloware help COMMAND
  --version      Show the version
  --install-completion, --show-completion [bash|zsh|fish]

Exit codes: 0 done, 1 check failed or differences found, 2 usage error,
3 invalid data or file, 4 a needed price is not published, 70 bug in aloware.
"""


def overview(commands: "Mapping[str, Entry]") -> str:
    """Return the help of `aloware`: every command with its summary, by purpose."""
    lines = [TITLE, "", "Usage: aloware COMMAND [OPTIONS]"]
    group = ""
    for name, entry in commands.items():
        if entry.group != group:
            group = entry.group
            lines += ["", group]
        lines += _aligned(f"  {name}", entry.summary, 13)
        lines += [f"{'':15}{entry.example}"] if entry.example else []
    return "\n".join([*lines, ENDING])


def command_help(command: Any, ctx: Any) -> str:
    """Return the help of one command: summary, usage, examples, notes, then its options."""
    summary, *paragraphs = (command.help or "").split("\n\n")
    examples = [text for text in paragraphs if text.strip().startswith("aloware ")]
    notes = [text for text in paragraphs if text not in examples]
    lines = [*textwrap.wrap(" ".join(summary.split()), WIDTH), "", _usage(command, ctx)]
    if examples:
        rows = [line.strip() for text in examples for line in text.splitlines()]
        lines += ["", "Examples", *(f"  {row}" for row in rows)]
    for text in notes:
        lines += ["", *textwrap.wrap(" ".join(text.split()), WIDTH)]
    lines += _commands(command, ctx)
    lines += _options(command, ctx)
    return "\n".join(lines) + "\n"


def _usage(command: Any, ctx: Any) -> str:
    arguments = [
        param.make_metavar(ctx) for param in command.params if param.param_type_name == "argument"
    ]
    if hasattr(command, "commands"):
        arguments = ["COMMAND"]
    return " ".join(["Usage:", ctx.command_path, *arguments, "[OPTIONS]"])


def _commands(command: Any, ctx: Any) -> Iterator[str]:
    names = command.list_commands(ctx) if hasattr(command, "commands") else []
    if names:
        yield from ("", "Commands")
    for name in names:
        summary = command.get_command(ctx, name).help.split("\n\n")[0]
        yield from _aligned(f"  {name}", " ".join(summary.split()).rstrip("."), 13)


def _options(command: Any, ctx: Any) -> Iterator[str]:
    params = [param for param in command.params if param.param_type_name == "argument"]
    rows = [(param.make_metavar(ctx), param.help or "") for param in params if param.help]
    yield from _section("Arguments", rows)
    options = [
        param
        for param in command.params
        if param.param_type_name == "option" and not param.hidden and param.help
    ]
    for group in GROUPS:
        found = [param for param in options if (param.rich_help_panel or OUTPUT) == group]
        yield from _section(group, [(spelling(param), meaning(param)) for param in found])


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
