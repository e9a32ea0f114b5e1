"""Draw docs/quote.svg: the terminal's own picture of a real run.

python docs/picture.py
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

COMMAND = "aloware quote upro --agents 3 --numbers 10 --sms 10000"
PICTURE = Path(__file__).with_name("quote.svg")
WIDTH = 76


def main() -> None:
    """Run the command and write the picture of what it prints."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {COMMAND}\n"))
    console.print(Text.from_ansi(screen()))
    # The page that shows the picture has a monospaced font: none is fetched.
    layout = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    PICTURE.write_text(console.export_svg(title="aloware", code_format=layout), encoding="utf-8")


def screen() -> str:
    """Return what the command prints on a terminal, colours and all."""
    argv = [sys.executable, "-m", "aloware_cli", *COMMAND.split()[1:]]
    env = {**os.environ, "COLUMNS": str(WIDTH), "LANG": "C.UTF-8", "TERM": "xterm"}
    primary, secondary = os.openpty()
    with subprocess.Popen(argv, stdout=secondary, env=env):
        os.close(secondary)
        return b"".join(_chunks(primary)).decode().replace("\r\n", "\n")


def _chunks(descriptor: int) -> "list[bytes]":
    chunks = []
    try:
        while chunk := os.read(descriptor, 4096):
            chunks.append(chunk)
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    return chunks


if __name__ == "__main__":
    main()
