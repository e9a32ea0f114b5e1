"""`aloware init`: a skeleton that prices as it stands, and with every key in use."""

import re
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.commands.details import DetailOptions
from aloware_cli.commands.options import PricingOptions
from aloware_cli.domain.scenarios import KEYS
from aloware_cli.render.skeleton import SKELETON

CARD = """\
plan: uPro
sources: {offer: {title: Offer to Acme, read_on: 2026-11-20}}
prices:
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""
#: Every key in use; a message stands in place of sms, so one of the two has to go.
IN_USE = re.sub(r"^#(?! \S)", "", SKELETON, flags=re.MULTILINE)
WITH_SMS = re.sub("^(message|recipients):.*\n", "", IN_USE, flags=re.MULTILINE)
WITH_A_MESSAGE = re.sub("^sms:.*\n", "", IN_USE, flags=re.MULTILINE)


def test_the_skeleton_prices_as_it_stands_and_without_its_comments(run: Run) -> None:
    assert run("init").stdout == SKELETON
    bare = re.sub("^#.*\n", "", SKELETON, flags=re.MULTILINE)
    assert bare.split() == ["plan:", "uPro", "agents:", "3"]
    for text in (SKELETON, bare):
        assert run("quote --from - --total monthly", text.encode()).stdout == "210.00\n"


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (WITH_SMS, "114.00"),  # 10,000 x 0.012 less 5%
        (WITH_A_MESSAGE, "57.00"),  # 1 segment x 5,000 x 0.012 less 5%
    ],
)
def test_the_skeleton_prices_with_every_key_in_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, texts: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme-prices.yaml").write_text(CARD)
    Path("promo.txt").write_text("Hello")
    Path("acme.yaml").write_text(text)
    result = run("quote --from acme.yaml --format json")
    assert (result.stderr, result.exit_code) == ("", 0)
    lines = re.findall('"charge": "automated_sms".*?"monthly": "(.*?)"', result.stdout, re.DOTALL)
    assert lines == [texts]


def test_every_key_and_every_shared_flag_stands_in_the_skeleton() -> None:
    keys = re.findall(r"^#?([a-z_]+):", SKELETON, re.MULTILINE)
    assert sorted(keys) == sorted(KEYS)
    assert set(keys) == {"plan", *PricingOptions.__annotations__, *DetailOptions.__annotations__}


def test_the_skeleton_is_written_and_replaces_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    acme = Path("acme.yaml")
    assert (run("init acme.yaml").stdout, acme.read_text()) == ("", SKELETON)
    acme.write_text("mine")
    result = run("init acme.yaml")
    assert (result.exit_code, acme.read_text()) == (3, "mine")
    assert result.stderr.startswith("Error: acme.yaml exists\n")
    assert run("init acme.yaml --force").exit_code == 0
    assert acme.read_text() == SKELETON
    assert run("init nowhere/acme.yaml").exit_code == 3
    assert run("init -").stdout == SKELETON
