"""The app: all commands at a glance, and the one place where errors become exit codes."""

import functools
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup

from aloware_cli import __version__
from aloware_cli.domain.problems import escaped
from aloware_cli.errors import AlowareError
from aloware_cli.files.io import discard_output, write_output

BUG: Final = 70
INTERRUPTED: Final = 130
#: Under this name, the context of a command has the names of the options that were typed.
TYPED: Final = "aloware.typed"
#: Between plan groups; the arguments of those after the first, under this name of the context.
SEPARATOR: Final = "+"
FURTHER: Final = "aloware.groups"


class Entry(NamedTuple):
    """A command, as the overview lists it."""

    group: str
    summary: str
    example: str = ""


START: Final = "Start here"
DECIDE: Final = "Decide"
SAVED: Final = "Saved quotes"
AUTOMATION: Final = "Automation"

#: The commands, in the order of the overview. The module of that name in `commands/` defines each:
#: a function, or a group of further commands, whose own help begins with the same sentence.
COMMANDS: Final[Mapping[str, Entry]] = {
    "quote": Entry(
        START,
        "Price one plan or several plan groups: monthly, quarterly and annual",
        "aloware quote upro --agents 3 --numbers 10 --sms 10000",
    ),
    "compare": Entry(
        START,
        "Price the same volumes on several plans",
        "aloware compare --agents 5 --numbers 10",
    ),
    "explain": Entry(
        START,
        "Show where a price comes from and why a charge is billed",
        "aloware explain upro sms",
    ),
    "breakeven": Entry(DECIDE, "Find the volume where one plan becomes cheaper than another"),
    "sweep": Entry(DECIDE, "Show totals over a range of volumes"),
    "prorate": Entry(DECIDE, "Price agents or numbers added during a month"),
    "segments": Entry(DECIDE, "Count the segments of a text message and price it"),
    "render": Entry(SAVED, "Re-render a saved quote at its original prices"),
    "diff": Entry(SAVED, "Compare a saved quote with current prices or with another quote"),
    "check": Entry(SAVED, "Report saved quotes that are expired, altered or repriced"),
    "batch": Entry(AUTOMATION, "Price many customers from CSV, TSV or JSON lines, one per row"),
    "verify": Entry(AUTOMATION, "Check prices against the vendor's worked examples"),
    "init": Entry(AUTOMATION, "Write a commented scenario file"),
    "rates": Entry(
        AUTOMATION, "List, show, check and compare rate cards, and ask for missing prices"
    ),
    "schema": Entry(AUTOMATION, "Print a JSON Schema"),
}
#: The options that set up completion.
COMPLETION: Final = ("--show-completion", "--install-completion")
#: Plain help and errors: the same in every terminal and transcript, and faster.
STYLE: Final[dict[str, Any]] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class HasHelp:
    """What has help, which is written as results are."""

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command or the group."""
        from aloware_cli.cli.help import command_help

        return command_help(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option --help: a full disk or a closed pipe is treated as everywhere."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.callback = _print_help
        return option


class Command(HasHelp, TyperCommand):
    """A command, with its options in groups."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse `args`; `--json` is short for `--format json`."""
        end = args.index("--") if "--" in args else len(args)
        if SEPARATOR in args[:end] and not any(param.name == "text" for param in self.params):
            from aloware_cli.cli.groups import split_groups

            args, *ctx.meta[FURTHER] = split_groups(args, self.callback)
            end = len(args)
        ctx.meta[TYPED] = {word.partition("=")[0] for word in args[:end]}
        if "--json" in args[:end] and any(param.name == "format" for param in self.params):
            place = args.index("--json")
            args = [*args[:place], "--format", "json", *args[place + 1 :]]
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # for the hint: not every error names its command
            raise


class CommandGroup(HasHelp, TyperGroup):
    """A command with further commands, such as `rates`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` name; raises UsageError for an unknown one."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            from aloware_cli.cli.usage import unknown_command

            raise unknown_command(args, known, ctx.command_path)
        return super().resolve_command(ctx, args)


@functools.cache
def _build(name: str) -> Any:
    command = getattr(import_module(f"aloware_cli.commands.{name}"), name)
    if not isinstance(command, typer.Typer):
        alone = typer.Typer(add_completion=False, **STYLE)
        alone.command(name, cls=Command)(command)
        command = alone
    built = typer.main.get_command(command)
    built.name = name
    return built


class Commands(CommandGroup):
    """All commands; every error becomes a message on stderr and an exit code."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  Typer's own
        """Return the names of the commands."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002  Typer's own
        """Return the command `name`, imported and built when it is used: a run needs one."""
        return _build(name) if name in COMMANDS else None

    def get_help(self, ctx: Any) -> str:  # noqa: ARG002  Typer's own
        """Return the overview, without importing a command."""
        from aloware_cli.cli.help import overview

        return overview(COMMANDS)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before the command; those of completion print and exit."""
        if args and args[0] in COMPLETION:
            from aloware_cli.cli.completion import set_up

            write_output(set_up(args), None)
            raise typer.Exit
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` name; `help` and `version` work as words too."""
        if args[0] == "help":
            args = [*args[1:], "--help"]
            if len(args) == 1:
                _print_help(ctx, None, wanted=True)
        if args[0] == "version":
            _print_version(wanted=True)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002  Typer's own
        windows_expand_args: bool = True,  # noqa: ARG002  likewise
        **extra: Any,
    ) -> Any:
        """Run the command line `args` and exit."""
        if "_ALOWARE_COMPLETE" in os.environ:
            from typer._completion_classes import completion_init

            completion_init()
        run = functools.partial(
            super().main, args, prog_name, complete_var, standalone_mode=False, **extra
        )
        sys.exit(_exit_code_of(run))


def _exit_code_of(run: functools.partial[Any]) -> int:
    """Return the exit code of `run`; an error is reported first."""
    try:
        return run() or 0
    except AlowareError as error:
        complain(error.report())
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return 0
    except Exception as error:
        from aloware_cli.cli.usage import error_of

        known = error_of(error)
        complain(known.report() if known else _bug_report(error))
        return known.exit_code if known else BUG


def complain(message: str) -> None:
    """Write `message` to stderr. The exit code never depends on whether that works."""
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # full, closed, or absent
        if sys.stderr is not None:
            discard_output(sys.stderr)


def _bug_report(error: Exception) -> str:
    return (
        f"error: bug in aloware: {escaped(repr(error))} at {_origin(error)}  [E-BUG]\n"
        "hint: report this line and the command you ran"
    )


def _origin(error: Exception) -> str:
    """Return the file and the line that raised `error`."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"


app = typer.Typer(
    cls=Commands,
    name="aloware",
    **STYLE,
    no_args_is_help=True,
    add_completion=False,  # ours takes the name of a shell
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_help(ctx: Any, _: Any, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        write_output(f"{ctx.get_help()}\n", None)
        raise typer.Exit


def _print_version(wanted: bool) -> None:
    if wanted:
        write_output(f"aloware {__version__}\n", None)
        raise typer.Exit


@app.callback()
def aloware(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version"),
    ] = False,
) -> None:
    """Estimate what Aloware's iPro, uPro and xPro plans cost: exact, sourced, offline."""


def run() -> None:
    """Run `aloware`; no error shows a traceback."""
    app(prog_name="aloware")
