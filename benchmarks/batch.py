"""Measure how many rows `aloware batch` prices in a second, and in how much memory.

python benchmarks/batch.py [ROWS [ROUNDS]] [--record]

It makes two files of a million rows, the same each time: a mix of small and large customers, and
one where no quantity repeats. Each round prices them with every program, in a random order:
`aloware` in one process, and for the mix in two; and a script of `csv.DictReader` and `Decimal`.
All must write the same bytes. The table has medians over the rounds, as ratios to the script in
the same round, so that they are valid on any machine. Memory is the peak of the largest process.
The time of a run, as a multiple of the script's, is compared with the recorded one.
"""

import csv
import filecmp
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from recorded import compare, numbers

HERE: Final = os.path.dirname(os.path.abspath(__file__))
PYTHON: Final = sys.executable
ALOWARE: Final = os.path.join(os.path.dirname(PYTHON), "aloware")

#: USD per unit. Prices that are not published are supplied, so that every row has a price.
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
#: The files of rows.
MIX: Final = "mix.csv"
UNIQUE: Final = "unique.csv"


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    megabytes: float


def main(rows: int = 1_000_000, rounds: int = 5) -> None:
    """Print a table of speeds, ratios and memory for each file."""
    measured: dict[str, list[dict[str, Cost]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_rows(MIX, rows, lambda random, _, most: int((most + 1) ** random.random()))
        write_rows(UNIQUE, rows, lambda _, row, most: row + 1_000 * most)
        programs = commands()
        few = {name: programs[name] for name in (SCRIPT, ALONE)}
        for source, named in ((MIX, programs), (UNIQUE, few)):
            measured[source] = [one_round(named, source) for _ in range(rounds)]
            different = [each for each in named if not filecmp.cmp(each, SCRIPT, shallow=False)]
            if different:
                sys.exit(f"Not the same output as that of {SCRIPT}: {', '.join(different)}")
        os.chdir(HERE)
    print(f"{rows:,} rows, medians of {rounds} rounds, all outputs equal")
    show(MIX, measured[MIX], rows, (3.0, 5.0))
    show(UNIQUE, measured[UNIQUE], rows, (1.0,))
    against = [cost[ALONE].seconds / cost[TOGETHER].seconds for cost in measured[MIX]]
    print(f"{'  --jobs 2 against one':38}{statistics.median(against):8.2f}{1.6:8.1f}{1.8:8.1f}")
    compare(
        "batch",
        {
            "one process, of the script": 1 / ratio(measured[MIX], ALONE),
            "no quantity repeats, of the script": 1 / ratio(measured[UNIQUE], ALONE),
            "two processes, of one": 1 / statistics.median(against),
        },
    )


def ratio(costs: list[dict[str, Cost]], name: str) -> float:
    """Return how many times as fast as the script the program `name` is."""
    return statistics.median(cost[SCRIPT].seconds / cost[name].seconds for cost in costs)


def show(source: str, costs: list[dict[str, Cost]], rows: int, bounds: tuple[float, ...]) -> None:
    """Print a line for each program; `bounds` are those of `aloware` in one process."""
    print(f"{source:26}{'rows/s':>12}{'ratio':>8}{'floor':>8}{'reach':>8}{'MB':>8}")
    for name in costs[0]:
        speed = rows / statistics.median(cost[name].seconds for cost in costs)
        figures = "".join(f"{bound:8.1f}" for bound in bounds) if name == ALONE else ""
        memory = max(cost[name].megabytes for cost in costs)
        print(f"{name:26}{speed:12,.0f}{ratio(costs, name):8.2f}{figures:16}{memory:8.1f}")


def write_rows(path: str, count: int, size: Callable[[random.Random, int, int], int]) -> None:
    """Write `count` rows to `path`; `size` makes a quantity from the row and the maximum."""
    source = random.Random(20261122)  # noqa: S311  the same rows each time, not a secret
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(f"plan,{','.join(MOST)}\n")
        for row in range(count):
            sizes = [size(source, row, most) for most in MOST.values()]
            stream.write(f"{source.choice(list(PRICES))},{','.join(map(str, sizes))}\n")


def commands() -> dict[str, list[str]]:
    """Return the programs; each reads the rows from stdin."""
    rates = [
        f"{each}={PRICES[plan][name]}" for each in SUPPLIED for plan, name in [each.split(":")]
    ]
    batch = [ALOWARE, "batch", "-", *(word for rate in rates for word in ("--rate", rate))]
    return {
        SCRIPT: [PYTHON, os.path.join(HERE, "batch.py"), "--script"],
        ALONE: batch,
        TOGETHER: [*batch, "--jobs", "2"],
    }


def one_round(programs: dict[str, list[str]], source: str) -> dict[str, Cost]:
    """Return what each program took for the rows of `source`."""
    names = random.sample(list(programs), len(programs))
    found = {name: run(programs[name], source, name) for name in names}
    return {name: found[name] for name in programs}


def run(command: list[str], source: str, output: str) -> Cost:
    """Run `command` from the file `source` to the file `output`, in an environment of its own."""
    # Python that may not write or find compiled files would measure the compiler.
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        env,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
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
    """Price stdin as a short script does: a dictionary for each row, decimals, no checks."""
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
