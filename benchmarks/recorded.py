"""The recorded ratios, which later runs are compared with.

A ratio compares two programs on one machine at one time, so it is valid on other machines. It
depends on the version of Python, so each version has its own record. With `--record`, a benchmark
writes what it measured. Without it, the benchmark exits 1 if a ratio is a fifth above the record.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

RECORD: Final = Path(__file__).with_name("recorded.json")
MOST: Final = 1.2
VERSION: Final = f"Python {sys.version_info.major}.{sys.version_info.minor}"


def compare(benchmark: str, ratios: Mapping[str, float]) -> None:
    """Compare `ratios`, of which lower is better, with those recorded for `benchmark`.

    With `--record`, record them. Exits 1 if one is too high.
    """
    record = json.loads(RECORD.read_text("utf-8"))
    before = record.setdefault(VERSION, {}).setdefault(benchmark, {})
    if "--record" in sys.argv:
        before.update({name: round(ratio, 3) for name, ratio in ratios.items()})
        RECORD.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", "utf-8")
        return
    unknown = [name for name in ratios if name not in before]
    if unknown:
        print(f"Not recorded on {VERSION}: {', '.join(unknown)}. To record: --record")
    worse = [
        f"{name}: {ratios[name]:.3f}, recorded {before[name]:.3f}"
        for name in ratios
        if name in before and ratios[name] > MOST * before[name]
    ]
    if worse:
        sys.exit("\n".join(["More than a fifth above the record:", *worse]))


def numbers() -> list[int]:
    """Return the numbers on the command line."""
    return [int(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
