"""How long a run of `aloware` takes, as a multiple of a Python that does nothing.

python benchmarks/start_up.py [ROUNDS] [--record]

Each round runs every command once, in a new random order. A ratio compares a command with the bare
interpreter of the same round, so that a machine whose speed changes does not change it. The table
has the median over the rounds, the figure to stay under and the one to reach for. The median is
compared with the recorded one.
"""

import os
import random
import statistics
import subprocess
import sys
import time

from recorded import compare, numbers

PYTHON = sys.executable
ALOWARE = os.path.join(os.path.dirname(PYTHON), "aloware")
QUOTE = [ALOWARE, "quote", "upro", "-a", "3", "-n", "10", "-s", "10000"]
BARE = "python -c pass"
#: What is run, the ratio to stay under and the ratio to reach for.
RUNS = {
    BARE: ([PYTHON, "-c", "pass"], 1.0, 1.0),
    "quote --format json": ([*QUOTE, "--format", "json"], 7.0, 6.0),
    "quote --total": ([*QUOTE, "--total", "monthly"], 7.0, 6.0),
    "quote (table)": (QUOTE, 9.5, 8.5),
    "--help": ([ALOWARE, "--help"], 5.0, 4.5),
}
WARM_UP = 3


def main() -> None:
    """Print a table of times and ratios."""
    rounds = next(iter(numbers()), 41)
    for _ in range(WARM_UP):
        one_round()
    timings = [one_round() for _ in range(rounds)]
    print(f"{'':22}{'ms':>8}{'ratio':>8}{'floor':>8}{'reach':>8}   ({rounds} rounds, medians)")
    ratios = {}
    for name, (_, floor, reach) in RUNS.items():
        milliseconds = 1000 * statistics.median(timing[name] for timing in timings)
        ratio = statistics.median(timing[name] / timing[BARE] for timing in timings)
        print(f"{name:22}{milliseconds:8.1f}{ratio:8.2f}{floor:8.1f}{reach:8.1f}")
        ratios[name] = ratio
    compare("start_up", ratios)


def one_round() -> dict[str, float]:
    """Return the seconds that each run took."""
    names = random.sample(list(RUNS), len(RUNS))
    return {name: seconds(RUNS[name][0]) for name in names}


def seconds(command: list[str]) -> float:
    """Return how long `command` takes, in an environment of its own."""
    # Python that may not write or find compiled files would measure the compiler.
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "COLUMNS": "100"}
    start = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
