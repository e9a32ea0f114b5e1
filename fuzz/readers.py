"""Feed the readers with bytes that a coverage-guided fuzzer makes up.

pip install -e '.[dev,fuzz]'
python fuzz/readers.py TARGET SECONDS      # a name in targets.py, or all

A target must return or raise AlowareError within five seconds and 500 MiB. Input that breaks this
is printed and written to a file in the working folder: fix the reader and add a test.
"""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["aloware_cli"]):
    from targets import CATALOG, TARGETS, seeds

    from aloware_cli.domain.cards import MODELS
    from aloware_cli.domain.scenarios import OPTIONS
    from aloware_cli.errors import AlowareError

LIMITS: Final = ["-timeout=5", "-rss_limit_mb=500", "-max_len=65536", "-print_final_stats=1"]


def words() -> str:
    """Return the words of our files, for the fuzzer to combine."""
    known = {
        *OPTIONS,
        *CATALOG.charges,
        *CATALOG.sources,
        *MODELS,
        "included",
        "unpublished",
        "price",
    }
    known |= {"tiers", "up_to", "allowance", "block", "wording", "source", "prices", "sources"}
    return "".join(f'"{word}"\n' for word in sorted(known))


def main() -> None:
    """Fuzz one target in this process, or each target in its own process."""
    target, seconds = sys.argv[1], sys.argv[2]
    if target == "all":
        for name in TARGETS:
            subprocess.run([sys.executable, __file__, name, seconds], check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(seeds()[target]):
            (corpus / str(number)).write_bytes(seed)

        def feed(content: bytes) -> None:
            with contextlib.suppress(AlowareError):
                TARGETS[target](content)

        dictionary = Path(folder, "words")
        dictionary.write_text(words(), "utf-8")
        arguments = [*LIMITS, f"-dict={dictionary}", f"-max_total_time={seconds}", str(corpus)]
        atheris.Setup([sys.argv[0], *arguments], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
