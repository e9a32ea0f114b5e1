"""Charge models on a card: what is read, and what is refused, each at its place."""

from pathlib import Path
from typing import NamedTuple

import pytest
from card_files import OWN_SOURCE, faults_in
from test_card_schemas import read, refused, schema

from aloware_cli.domain.cards import Rate
from aloware_cli.files.cards import load_rates

THREE_TIERS = '[{up_to: "1,000", price: 2}, {up_to: 2000, price: 0.5}, {price: 1}]'
WITH = "source: sheet, wording: w}"


def overlay(folder: Path, prices: str) -> Path:
    card = folder / "sheet.yaml"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {prices}\n", "utf-8")
    return card


def rate_on(card: Path, charge: str) -> Rate:
    return load_rates([str(card)], None).cards["uPro"].rates[charge, "monthly"]


@pytest.mark.parametrize(
    ("prices", "meaning"),
    [
        (f"automated_sms: {{model: per unit, price: 0.012, {WITH}", None),
        (f"automated_sms: {{model: flat, price: 99, {WITH}", "99.00 flat"),
        (f"automated_sms: {{model: package, block: 10k, price: 90, {WITH}", "90.00 for 10,000"),
        (
            f"local_number: {{model: volume, tiers: [{{up_to: 9, price: 2}}, {{price: 1}}], {WITH}",
            "volume, 2.00 to 9, then 1.00",
        ),
        (
            f"license: {{monthly: {{model: graduated, tiers: {THREE_TIERS}, {WITH}}}",
            "graduated, 2.00 to 1,000, then 0.50 to 2,000, then 1.00",
        ),
    ],
)
def test_a_model_is_read_from_a_card(prices: str, meaning: str | None, tmp_path: Path) -> None:
    card = overlay(tmp_path, prices)
    rate = rate_on(card, prices.partition(":")[0])

    assert rate.status == "billed"
    assert (rate.model and str(rate.model)) == meaning
    assert (rate.price is None) == (rate.model is not None)
    assert refused(read(card.read_bytes()), schema("plan")) == []


def test_an_allowance_is_read_from_a_card(tmp_path: Path) -> None:
    card = overlay(tmp_path, f"automated_sms: {{price: 0.012, allowance: 500, {WITH}")
    assert rate_on(card, "automated_sms").allowance == 500
    assert rate_on(card, "local_number").allowance == 0


TIERS = "automated_sms: {model: graduated, tiers: "
LICENSE = f"license: {{monthly: {{price: 1, allowance: 5, {WITH}}}"
RISE = "let the tiers rise"
SEES = True


class Wrong(NamedTuple):
    """What stands below `prices`, where it is refused and how, and whether the schema sees it."""

    prices: str
    at: str
    path: str
    message: str
    hint: str
    schema_sees: bool = SEES


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong(
            f"automated_sms: {{model: tiered, price: 1, {WITH}",
            "5:26",
            ".model",
            "'tiered' is not right",
            "write per unit or flat or package or graduated or volume",
        ),
        Wrong(
            f"automated_sms: {{model: flat, {WITH}",
            "5:18",
            "",
            "'price' is missing",
            "write a price such as 0.015",
        ),
        Wrong(
            f"automated_sms: {{model: package, price: 1, {WITH}",
            "5:18",
            "",
            "'block' is missing",
            "write a whole number such as 10,000",
        ),
        Wrong(
            f"automated_sms: {{model: package, block: 0, price: 1, {WITH}",
            "5:42",
            ".block",
            "is no number of units",
            "write at least 1",
        ),
        Wrong(
            f"automated_sms: {{model: flat, price: 1, block: 2, {WITH}",
            "5:42",
            ".block",
            "unknown key",
            "known here: model, price, source, wording, allowance",
        ),
        Wrong(
            f"{TIERS}[{{up_to: 10, price: 2}}, {{price: 1}}], price: 3, {WITH}",
            "5:81",
            ".price",
            "unknown key",
            "known here: model, tiers, source, wording, allowance",
        ),
        Wrong(
            f"{TIERS}2, {WITH}",
            "5:44",
            ".tiers",
            "'2' has no items",
            "write each after a dash",
        ),
        Wrong(
            f"{TIERS}[], {WITH}",
            "5:44",
            ".tiers",
            "a list has no items",
            "write each after a dash",
        ),
        Wrong(
            f"{TIERS}[{{price: 2}}], {WITH}",
            "5:44",
            ".tiers",
            "a single price",
            "list two or more, each on a line of its own",
        ),
        Wrong(
            f"{TIERS}[{{up_to: 10, price: 2}}, {{up_to: 10, price: 1}}, {{price: 1}}], {WITH}",
            "5:76",
            ".tiers.up_to",
            "10 is not above 10",
            RISE,
            schema_sees=False,
        ),
        Wrong(
            f"{TIERS}[{{up_to: 0, price: 2}}, {{price: 1}}], {WITH}",
            "5:53",
            ".tiers.up_to",
            "0 is not above 0",
            RISE,
        ),
        Wrong(
            f"{TIERS}[{{price: 2}}, {{price: 1}}], {WITH}",
            "5:45",
            ".tiers",
            "'up_to' is missing",
            "write a whole number such as 10,000",
            schema_sees=False,
        ),
        Wrong(
            f"{TIERS}[{{up_to: 10, price: 2}}, {{up_to: 20, price: 1}}], {WITH}",
            "5:76",
            ".tiers.up_to",
            "the last tier has an end",
            "leave up_to out: it has all the rest",
            schema_sees=False,
        ),
        Wrong(
            f"{TIERS}[{{up_to: 10, price: 2, unit: x}}, {{price: 1}}], {WITH}",
            "5:67",
            ".tiers.unit",
            "unknown key",
            "known here: up_to, price",
        ),
        Wrong(
            f"automated_sms: {{price: 1, allowance: 0, {WITH}",
            "5:40",
            ".allowance",
            "is no number of units",
            "write at least 1",
        ),
        Wrong(
            f"automated_sms: {{model: flat, price: 1, allowance: 5, {WITH}",
            "5:53",
            ".allowance",
            "a flat price counts no units",
            "leave it out",
        ),
        Wrong(
            f"late_appeal: {{price: 1, allowance: 5, {WITH}",
            "5:38",
            ".allowance",
            "it takes no allowance",
            "leave it out",
            schema_sees=False,
        ),
        Wrong(
            LICENSE,
            "5:44",
            ".monthly.allowance",
            "it takes no allowance",
            "leave it out",
            schema_sees=False,
        ),
    ],
)
def test_a_model_that_says_too_little_or_too_much_is_refused(wrong: Wrong, tmp_path: Path) -> None:
    card = overlay(tmp_path, wrong.prices)

    found = faults_in(card)

    charge = wrong.prices.partition(":")[0]
    said = f"{wrong.at}: prices.{charge}{wrong.path}: {wrong.message}; {wrong.hint}"
    assert [str(each).partition("sheet.yaml:")[2] for each in found] == [said]
    assert bool(refused(read(card.read_bytes()), schema("plan"))) == wrong.schema_sees
