"""`aloware segments`: its limit and its characters; `sessions/segments.txt` shows its output."""

import json

import pytest
from conftest import Run


def test_ascii_locale_gets_ascii(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert run("segments “€\u0301\x1b😀").stdout.isascii()


@pytest.mark.parametrize(("places", "exit_code"), [(1530, 0), (1531, 0), (1600, 0), (1601, 1)])
def test_too_many_segments_exit_1(run: Run, places: int, exit_code: int) -> None:
    result = run("segments - --format json", b"a" * places)
    assert result.exit_code == exit_code
    assert json.loads(result.stdout)["limit"]["exceeded"] == bool(exit_code)
