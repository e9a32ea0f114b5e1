"""Deferred imports: what is deferred works when it is used."""

import subprocess
import sys

import pytest

from aloware_cli.deferred import MODULES


def run(script: str) -> str:
    """Return what `script` prints in a Python of its own."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("use", "result"),
    [
        ("import base64; print(base64.b64encode(b'a').decode())", "YQ=="),
        ("import bz2; print(bz2.decompress(bz2.compress(b'a')))", "b'a'"),
        ("from ipaddress import ip_address; print(ip_address('::1'))", "::1"),
        ("import linecache; print(linecache.getlines('none'))", "[]"),
        ("import lzma; print(lzma.decompress(lzma.compress(b'a')))", "b'a'"),
        ("import ntpath; print(ntpath.join('a', 'b'))", r"a\b"),
        ("from shellingham import ShellDetectionFailure as e; print(e())", ""),
        ("import subprocess; print(subprocess.getoutput('echo a'))", "a"),
        ("import textwrap; print(textwrap.fill('a b', 1))", "a\nb"),
        ("import tokenize; print(tokenize.tok_name[tokenize.NAME])", "NAME"),
    ],
)
def test_deferred_module_loads_at_first_use(use: str, result: str) -> None:
    start = "from aloware_cli.deferred import defer_modules\ndefer_modules()\n"
    assert run(start + use) == result


def test_deferred_modules_are_not_loaded_by_a_quote() -> None:
    script = (
        "import sys\n"
        "loaded = {*sys.modules}\n"  # Python 3.13 loads linecache for -c
        "from aloware_cli.__main__ import main\n"
        "sys.argv = ['aloware', 'quote', 'upro', '--agents', '3', '--total', 'monthly']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "deferred = [name for name, it in sys.modules.items() if 'Deferred' in repr(type(it))]\n"
        "from aloware_cli.deferred import MODULES\n"
        "print(*sorted({*deferred} | (loaded & {*MODULES})))"
    )
    assert run(script).splitlines()[-1] == " ".join(MODULES)


@pytest.mark.parametrize(
    "use", ["p.findall('aba')", "re.findall(p, 'aba')", "re.findall(p, 'ABA')"]
)
def test_deferred_pattern_is_a_pattern(use: str) -> None:
    script = (
        "import re\n"
        "from aloware_cli.deferred import patterns_deferred\n"
        "with patterns_deferred():\n    p = re.compile('A', re.IGNORECASE)\n"
        f"print({use}, type(re.compile('a')).__name__)"
    )
    assert run(script).casefold() == "['a', 'a'] pattern"


def test_pure_python_yaml_works_with_deferred_patterns() -> None:
    document = "{at: 2026-11-24, price: 1.5, on: 0b11, text: a}"
    script = (
        "import re\n"
        "from aloware_cli.deferred import import_yaml\n"
        f"print(import_yaml().safe_load({document!r}), re.compile('a'))"
    )
    expected = (
        "{'at': datetime.date(2026, 11, 24), 'price': 1.5, True: 3, 'text': 'a'} re.compile('a')"
    )
    assert run(script) == expected
