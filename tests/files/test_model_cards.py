"""Charge models on a rate card: what is read, and what is rejected, with location."""

from pathlib import Path

import pytest
from card_files import OWN_SOURCE, card, problems_in
from test_card_schemas import read, refused, schema
from text_tables import read_table

from aloware_cli.domain.cards import Rate

THREE_TIERS = '[{up_to: "1,000", price: 2}, {up_to: 2000, price: 0.5}, {price: 1}]'
WORDING = 'wording: "0.012, 0.5, 1, 2, 90 or 99"'
WITH = f"source: sheet, {WORDING}}}"


def overlay(folder: Path, prices: str) -> Path:
    sheet = folder / "sheet.yaml"
    sheet.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {prices}\n", "utf-8")
    return sheet


def rate_on(sheet: Path, charge: str) -> Rate:
    return card("uPro", sheet).rates[charge, "monthly"]


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
def test_rate_card_may_have_charge_model(prices: str, meaning: str | None, tmp_path: Path) -> None:
    sheet = overlay(tmp_path, prices)
    rate = rate_on(sheet, prices.partition(":")[0])

    assert rate.status == "negotiated"
    assert (rate.model and str(rate.model)) == meaning
    assert (rate.price is None) == (rate.model is not None)
    assert refused(read(sheet.read_bytes()), schema("overlay")) == []


def test_rate_card_may_have_allowance(tmp_path: Path) -> None:
    sheet = overlay(tmp_path, f"automated_sms: {{price: 0.012, allowance: 500, {WITH}")
    assert rate_on(sheet, "automated_sms").allowance == 500
    assert rate_on(sheet, "local_number").allowance == 0


@pytest.mark.parametrize(("rejected_by", "price", "problem"), read_table("bad_models"))
def test_bad_model_is_rejected_with_one_problem(
    rejected_by: str, price: str, problem: str, tmp_path: Path
) -> None:
    sheet = overlay(tmp_path, price.replace("SHEET", f"source: sheet, {WORDING}"))

    assert [said.partition("sheet.yaml:")[2] for said in problems_in(sheet)] == [problem]
    assert bool(refused(read(sheet.read_bytes()), schema("overlay"))) == (rejected_by == "schema")
