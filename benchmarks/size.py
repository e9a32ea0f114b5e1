"""Print how large the program is: lines, modules, functions, and what a quote loads.

python benchmarks/size.py
"""

import ast
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = ROOT / "aloware_cli"
MAX_LINES, MAX_MODULES, MAX_FUNCTION, MAX_LOADED = 9_500, 85, 40, 30
LOADED: Final = """
import sys
sys.argv = ["aloware", "quote", "upro", "--agents", "3", "--total", "monthly"]
sys.stdout = open("/dev/null", "w")
from aloware_cli.__main__ import main
try:
    main()
except SystemExit:
    pass
modules = [sys.modules[name] for name in sys.modules if name.startswith("aloware_cli")]
print(sum(not module.__file__.endswith("__init__.py") for module in modules), file=sys.stderr)
"""


def main() -> None:
    """Print the figures with their bounds."""
    files = sorted(PACKAGE.rglob("*.py"))
    lines = {path: path.read_text("utf-8").count("\n") for path in files}
    modules = [path for path in files if path.name != "__init__.py"]
    functions = sorted(_functions(files), reverse=True)
    sizes = [size for size, _ in functions]
    tests = sum(path.read_text("utf-8").count("\n") for path in (ROOT / "tests").rglob("*.py"))
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    ).stderr.strip()
    print(f"aloware_cli: {sum(lines.values()):,} lines (at most {MAX_LINES:,})")
    print(f"modules: {len(modules)} (at most {MAX_MODULES})")
    print(f"tests: {tests:,} lines")
    print(f"loaded by quote --total: {loaded} modules (at most {MAX_LOADED})")
    percentile = sizes[len(sizes) // 10]
    print(f"functions: {len(sizes)}, median {statistics.median(sizes):.0f}, p90 {percentile} lines")
    long = [name for size, name in functions if size > MAX_FUNCTION]
    print(f"functions over {MAX_FUNCTION} lines: {', '.join(long) or 'none'}")
    for path in sorted(modules, key=lambda path: -lines[path])[:5]:
        print(f"{lines[path]:6} {os.path.relpath(path, ROOT)}")


def _functions(files: list[Path]) -> Iterator[tuple[int, str]]:
    """Yield the lines of each function's body, from after its signature, with its name."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or 0) - node.body[0].lineno + 1
                yield size, f"{os.path.relpath(path, PACKAGE)}:{node.name} ({size})"


if __name__ == "__main__":
    main()
