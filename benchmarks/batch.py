"""How many rows `aloware batch` prices in a second, and in how much memory.

python benchmarks/batch.py [ROWS [ROUNDS]] [--record]

A million rows are drawn, the same each time. Each round prices them with every program,
in a fresh random order: with `aloware`, in one process and in two; with the script that
one would write, `csv.DictReader` and `Decimal`; and, where a C compiler is found, with a
program that has the prices written into it and checks nothing, which is as fast as it gets.
All must write the same bytes. The medians over the rounds are printed, as ratios to the
script of the same round, so that they hold when the machine's speed drifts. Memory is the
peak of the largest process. What a run costs, as a multiple of the script, is held against
what was recorded.
"""

import csv
import filecmp
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from recorded import hold, numbers

HERE: Final = os.path.dirname(os.path.abspath(__file__))
PYTHON: Final = sys.executable
ALOWARE: Final = os.path.join(os.path.dirname(PYTHON), "aloware")

#: USD per unit. What no page publishes is supplied, so that every row has a price.
PRICES: Final = {
    "iPro": {"agents": "40", "numbers": "6", "sms": "0.0185", "minutes": "0.0225"},
    "uPro": {"agents": "70", "numbers": "5", "sms": "0.015", "minutes": "0.0215"},
    "xPro": {"agents": "90", "numbers": "4", "sms": "0.0125", "minutes": "0.02"},
}
SUPPLIED: Final = ("iPro:sms", "xPro:sms", "iPro:minutes", "uPro:minutes")
#: The most of each that a prospect takes.
MOST: Final = {"agents": 200, "numbers": 1_000, "sms": 200_000, "minutes": 300_000}

ALONE: Final = "aloware batch"
TOGETHER: Final = "aloware batch --jobs 2"
SCRIPT: Final = "csv.DictReader, Decimal"
COMPILED: Final = "compiled, unchecked"


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    megabytes: float


def main(rows: int = 1_000_000, rounds: int = 5) -> None:
    """Print a table of speeds, ratios and memory."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        draw("rows.csv", rows)
        programs = commands()
        costs = [one_round(programs) for _ in range(rounds)]
        different = [name for name in programs if not filecmp.cmp(name, SCRIPT, shallow=False)]
        os.chdir(HERE)
    if different:
        sys.exit(f"Not the same output as that of {SCRIPT}: {', '.join(different)}")
    print(f"{rows:,} rows, medians of {rounds} rounds, all outputs equal")
    print(f"{'':26}{'rows/s':>12}{'ratio':>8}{'floor':>8}{'reach':>8}{'MB':>8}")
    figures = {ALONE: (4.0, 7.5)}
    for name in programs:
        show(name, [cost[name] for cost in costs], [cost[SCRIPT] for cost in costs], rows, figures)
    against = [cost[ALONE].seconds / cost[TOGETHER].seconds for cost in costs]
    print(f"{'  --jobs 2 against one':38}{statistics.median(against):8.2f}{1.6:8.1f}{1.8:8.1f}")
    hold(
        "batch",
        {
            "one process, of the script": statistics.median(
                cost[ALONE].seconds / cost[SCRIPT].seconds for cost in costs
            ),
            "two processes, of one": 1 / statistics.median(against),
        },
    )


def show(
    name: str,
    costs: list[Cost],
    scripts: list[Cost],
    rows: int,
    figures: dict[str, tuple[float, float]],
) -> None:
    """Print the line of one program."""
    speed = rows / statistics.median(cost.seconds for cost in costs)
    ratio = statistics.median(
        script.seconds / cost.seconds for script, cost in zip(scripts, costs, strict=True)
    )
    bounds = "".join(f"{bound:8.1f}" for bound in figures.get(name, ())) or f"{'':16}"
    memory = max(cost.megabytes for cost in costs)
    print(f"{name:26}{speed:12,.0f}{ratio:8.2f}{bounds}{memory:8.1f}")


def draw(path: str, count: int) -> None:
    """Write `count` prospects to `path`; there are as many from 10 to 100 as from 1 to 10."""
    drawn = random.Random(20261122)  # noqa: S311  the same rows each time, not a secret
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(f"plan,{','.join(MOST)}\n")
        for _ in range(count):
            sizes = [int((most + 1) ** drawn.random()) for most in MOST.values()]
            stream.write(f"{drawn.choice(list(PRICES))},{','.join(map(str, sizes))}\n")


def commands() -> dict[str, list[str]]:
    """Return the programs; each takes `rows.csv` from standard input."""
    rates = [
        f"{each}={PRICES[plan][name]}" for each in SUPPLIED for plan, name in [each.split(":")]
    ]
    batch = [ALOWARE, "batch", "-", *(word for rate in rates for word in ("--rate", rate))]
    programs = {
        SCRIPT: [PYTHON, os.path.join(HERE, "batch.py"), "--script"],
        ALONE: batch,
        TOGETHER: [*batch, "--jobs", "2"],
    }
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        print("No C compiler, and so no lower bound.")
        return programs
    source = os.path.join(HERE, "lower_bound.c")
    subprocess.run([compiler, "-O2", source, "-o", "lower_bound"], check=True)
    return programs | {COMPILED: [os.path.abspath("lower_bound")]}


def one_round(programs: dict[str, list[str]]) -> dict[str, Cost]:
    """Return what each program took."""
    names = random.sample(list(programs), len(programs))
    return {name: run(programs[name], name) for name in names}


def run(command: list[str], output: str) -> Cost:
    """Run `command` from `rows.csv` to the file `output`, in an environment of its own."""
    # Python that may not write or find compiled files would measure the compiler.
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        env,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, "rows.csv", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, output, write, 0o644),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def script() -> None:
    """Price standard input as a short script would: a dictionary a row, decimals, no check."""
    cent = Decimal("0.01")
    prices = {
        plan.lower(): {name: Decimal(price) for name, price in row.items()}
        for plan, row in PRICES.items()
    }
    reader = csv.DictReader(sys.stdin)
    results = ["status", "monthly", "quarterly", "annual", "one_time", "error"]
    writer = csv.DictWriter(sys.stdout, [*(reader.fieldnames or []), *results], lineterminator="\n")
    writer.writeheader()
    for row in reader:
        month = Decimal("0.00")
        for name, price in prices[row["plan"].lower()].items():
            month += (int(row[name]) * price).quantize(cent, ROUND_HALF_UP)
        row.update(status="ok", monthly=str(month), quarterly=str(3 * month))
        row.update(annual=str(12 * month), one_time="0.00", error="")
        writer.writerow(row)


if __name__ == "__main__":
    if "--script" in sys.argv:
        script()
    else:
        main(*numbers())
