"""Draw the pictures of the README: docs/quote.svg of a terminal, docs/document.png of a document.

python docs/picture.py

Chromium draws the document. The picture contains the hash of the page that it shows, so that a
test finds a picture that is out of date.
"""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Final

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

FOLDER: Final = Path(__file__).parent
TERMINAL: Final = FOLDER / "quote.svg"
DOCUMENT: Final = FOLDER / "document.png"
#: What the terminal shows, and its columns.
COMMAND: Final = "aloware quote upro --agents 3 --numbers 10 --sms 10000"
WIDTH: Final = 76
#: The order of the document, and the part of the page that is drawn, in pixels.
ORDER: Final = (
    "upro", "--agents", "8", "--numbers", "20", "--sms", "10k", "--discount", "license=10%",
    "--customer", "Acme Dental Group", "--number", "Q-1042", "--issued", "2026-11-24",
    "--valid-days", "30", "--start", "2026-12-23", "--seller", "seller.yaml",
)  # fmt: skip
SIZE: Final = "960,1140"
#: The key of the hash in the picture.
KEY: Final = b"page"


def main() -> None:
    """Draw both pictures."""
    TERMINAL.write_text(terminal_svg(), encoding="utf-8")
    DOCUMENT.write_bytes(draw(page()))


def terminal_svg() -> str:
    """Return the picture of a terminal with the command and what it prints."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {COMMAND}\n"))
    console.print(Text.from_ansi(screen()))
    # The page that shows the picture has a monospaced font: none is fetched.
    layout = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="aloware", code_format=layout)


def screen() -> str:
    """Return what the command prints on a terminal, with its styles."""
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


def page() -> str:
    """Return the HTML of the document."""
    argv = [sys.executable, "-m", "aloware_cli", "quote", *ORDER, "--format", "html"]
    env = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    done = subprocess.run(argv, cwd=FOLDER / "examples", env=env, capture_output=True, check=True)
    return done.stdout.decode()


def draw(html: str) -> bytes:
    """Return the PNG of a page, with the hash of the page."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))))
    with tempfile.TemporaryDirectory() as folder:
        source, png = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(html, encoding="utf-8")
        argv = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        argv += [f"--user-data-dir={folder}/profile", f"--window-size={SIZE}"]
        subprocess.run(
            [*argv, f"--screenshot={png}", source.as_uri()], check=True, capture_output=True
        )
        drawn = png.read_bytes()
    text = b"tEXt" + KEY + b"\0" + hash_of(html).encode()
    chunk = (len(text) - 4).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
    end = drawn.rindex(b"IEND") - 4
    return drawn[:end] + chunk + drawn[end:]


def hash_of(html: str) -> str:
    """Return the SHA-256 hash of a page."""
    return hashlib.sha256(html.encode()).hexdigest()


def hash_in(png: bytes) -> str:
    """Return the hash of the page that a picture shows."""
    return png.partition(b"tEXt" + KEY + b"\0")[2][:64].decode()


if __name__ == "__main__":
    main()
