"""Run random command lines and look for bugs, tracebacks and slow answers.

python fuzz/command_lines.py COUNT [SEED]

Commands, options and values come from the declarations of the program. Each line runs in this
process, in an empty folder. A line fails if its exit code is not one that the help lists, if
stderr has a traceback or a bug report, or if it takes more than two seconds.
"""

import collections
import os
import random
import sys
import tempfile
import time
from typing import Any, Final

import typer
from typer.testing import CliRunner

from aloware_cli.cli.app import COMMANDS, app

EXPECTED: Final = {0, 1, 2, 3, 4}
SECONDS: Final = 2
#: How many options are mistyped, how many have no value, and how many begin a plan group.
MISTYPED: Final = 0.05
WITHOUT_VALUE: Final = 0.2
GROUP: Final = 0.05
WORDS: Final = [
    "upro", "iPro", "XPRO", "all", "upr", "sms", "license", "minutes", "local_number",
    "late_appeal", "E-PLAN", "acme.json", "acme.yaml", "missing.yaml", "-", ".", "", "table",
    "json", "csv", "html", "markdown", "text", "scenario", "monthly", "annual", "quarterly",
    "due_now", "per_agent", "once", "2026-12-23", "2026-02-30", "1999-01-01", "today", "180d",
    "2m30s", "45s", "1M", "10k", "10,000", "0", "1", "3", "20", "999999999", "1000000001", "-3",
    "1e3", "0.015", "0.0000001", "10%", "101%", "sms=0.02", "license=10%", "upro:sms=0.02",
    "ipro:license=1", "att=100%", "att=60%", "tmobile=40", "late_appeal=1", "sms=5k", "0..10k",
    "1k..2k", "standard", "starter", "Acme & Söhne", "\u202e", "\x1b[31m", "🙂", "quote", "fr\tom",
    "--", "+", "help", "x" * 300, "5k/10k/20k", "1/2/3", "20k/10k/5k", "Onboarding=500 once",
    "Support=99", "acme.xlsx", "acme.html", "5%",
]  # fmt: skip
FILES: Final = {
    "acme.yaml": "plan: upro\nagents: 3\nnumbers: 10\nsms: 10k\nstart: 2026-12-23\n",
    "card.yaml": "plan: uPro\nprices: {license: 3}\n",
    "rows.csv": "plan,agents,sms\nupro,3,1k\nxpro,x,1\n",
    "us.yaml": "name: Acme Partners\naddress: 12 Main Street\n",
    "note.txt": "Hello {first_name}, your quote is ready 🙂\n",
}


def command_options() -> dict[tuple[str, ...], list[str]]:
    """Return the option names of each command, and of each command within `rates`."""
    found: dict[tuple[str, ...], list[str]] = {}
    group: Any = typer.main.get_command(app)
    for name in COMMANDS:
        command = group.get_command(typer.Context(group), name)
        for inner, each in getattr(command, "commands", {"": command}).items():
            flags = [flag for parameter in each.params for flag in parameter.opts]
            found[(name, inner) if inner else (name,)] = [*flags, "--help"]
    return found


def command_line(draw: random.Random, options: dict[tuple[str, ...], list[str]]) -> list[str]:
    """Return a random command line: often valid, sometimes mistyped."""
    words = [*WORDS, *FILES]
    name = draw.choice([*options])
    line = [*name]
    line += draw.choices(["upro", "ipro", "xpro", *words], k=draw.choice([0, 1, 1, 2]))
    for _ in range(draw.randrange(6)):
        flag = draw.choice(options[name])
        if draw.random() < MISTYPED:
            flag = flag[: draw.randrange(1, len(flag) + 1)] + draw.choice("-xs=")
        line += [flag] if draw.random() < WITHOUT_VALUE else [flag, draw.choice(words)]
        line += ["+", draw.choice(["ipro", "upro", "xpro"])] if draw.random() < GROUP else []
    return line


def main() -> None:
    """Run COUNT lines; print how each ended, and every line that failed."""
    count, seed = int(sys.argv[1]), int((*sys.argv, "1")[2])
    draw = random.Random(seed)  # noqa: S311  no secret
    options = command_options()
    ended: collections.Counter[int] = collections.Counter()
    slowest, failed = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(count):
            if number % 100 == 0:  # a line may have written over them
                for name in os.listdir():
                    os.unlink(name)
                for name, text in FILES.items():
                    with open(name, "w", encoding="utf-8") as file:
                        file.write(text)
            line = command_line(draw, options)
            before = time.perf_counter()
            result = CliRunner().invoke(app, line, input="3\n", env={"COLUMNS": "80"})
            took = time.perf_counter() - before
            slowest = max(slowest, took)
            ended[result.exit_code] += 1
            has_bug = "Traceback" in result.stderr or "E-BUG" in result.stderr
            if result.exit_code not in EXPECTED or has_bug or took > SECONDS:
                failed += 1
                print(f"{result.exit_code} {took:.1f} s {line!r}\n{result.stderr[-400:]}")
        os.chdir("/")
    print(f"{count} lines, exit codes {dict(sorted(ended.items()))}, slowest {slowest:.2f} s")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
