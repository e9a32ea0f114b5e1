"""`aloware init`: a commented scenario file that can be priced."""

import re
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.domain.scenarios import OPTIONS
from aloware_cli.render.scenario import skeleton

CARD = """\
plan: uPro
sources: {offer: {title: Offer to Acme, read_on: 2026-11-20}}
prices:
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""
SKELETON = skeleton()
#: Every key in use: a message excludes sms, and calls exclude minutes.
IN_USE = re.sub(r"^#(?! \S)", "", SKELETON, flags=re.MULTILINE)
WITH_SMS = re.sub("^(message|recipients|minutes):.*\n", "", IN_USE, flags=re.MULTILINE)
WITH_MESSAGE = re.sub("^(sms|calls|call_length|increment):.*\n", "", IN_USE, flags=re.MULTILINE)


def test_skeleton_is_priced_with_and_without_comments(run: Run) -> None:
    assert run("init").stdout == SKELETON
    bare = re.sub("#.*", "", SKELETON)
    assert bare.split() == ["plan:", "uPro", "agents:", "3"]
    for text in (SKELETON, bare):
        assert run("quote --from - --total monthly", text.encode()).stdout == "210.00\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (WITH_SMS, "200.00"),  # 10,000 x 0.02
        (WITH_MESSAGE, "100.00"),  # 1 segment x 5,000 x 0.02
    ],
)
def test_skeleton_is_priced_with_every_key(run: Run, text: str, texts: str) -> None:
    Path("acme-prices.yaml").write_text(CARD)
    Path("promo.txt").write_text("Hello")
    Path("acme.yaml").write_text(text)
    result = run("quote --from acme.yaml --format json")
    assert (result.stderr, result.exit_code) == ("", 0)
    lines = re.findall('"charge": "automated_sms".*?"monthly": "(.*?)"', result.stdout, re.DOTALL)
    assert lines == [texts]


def test_skeleton_has_every_key() -> None:
    keys = re.findall(r"^#?([a-z_]+):", SKELETON, re.MULTILINE)
    assert sorted(keys) == sorted(OPTIONS)


@pytest.mark.usefixtures("folder")
def test_init_writes_skeleton_without_overwriting(run: Run) -> None:
    acme = Path("acme.yaml")
    assert (run("init acme.yaml").stdout, acme.read_text()) == ("", SKELETON)
    acme.write_text("mine")
    result = run("init acme.yaml")
    assert (result.exit_code, acme.read_text()) == (3, "mine")
    assert result.stderr.startswith("error: acme.yaml already exists")
    assert run("init acme.yaml --force").exit_code == 0
    assert acme.read_text() == SKELETON
    assert run("init nowhere/acme.yaml").exit_code == 3
    assert run("init -").stdout == SKELETON
