"""Custom lines: `--line "LABEL=AMOUNT [once]"`."""

import json
from decimal import Decimal

import pytest
from card_files import catalog
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.orders import CustomLine
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import price

QUOTE = 'quote upro -a 3 --line "Onboarding=500 once" --line "Premium support=99"'


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html", "text"])
def test_every_format_marks_lines_as_supplied(run: Run, form: str) -> None:
    printed = run(f"{QUOTE} --format {form}").stdout
    assert all(text in printed for text in ("Onboarding", "Premium support", "supplied"))


def test_json_has_lines_as_items(run: Run) -> None:
    document = json.loads(run(f"{QUOTE} --format json").stdout)
    support, onboarding = document["lines"][-1], document["one_time"][-1]
    assert document["subtotals"]["custom"]["quarterly"] == "297.00"
    assert (support["charge"], support["status"]) == ("line.Premium support", "supplied")
    assert (onboarding["category"], onboarding["amount"]) == ("custom", "500.00")
    assert onboarding["source"]["wording"] == '--line "Onboarding=500 once"'


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text("abcXYZ 09", min_size=1).filter(str.strip),
        st.tuples(st.decimals(0, 1000, places=2), st.booleans()),
        max_size=4,
    )
)
def test_totals_are_those_without_lines_and_the_lines(
    lines: dict[str, tuple[Decimal, bool]],
) -> None:
    cards = catalog()
    plain = Scenario(agents=3, discount={"all": Decimal(50)}, sms=100)
    custom = {label: CustomLine(amount, is_once) for label, (amount, is_once) in lines.items()}
    card = cards.cards["uPro"]
    one, other = (
        price(card, build_order(each, card, cards)) for each in (plain, plain._replace(line=custom))
    )
    monthly = sum((line.amount for line in custom.values() if not line.is_once), Decimal(0))
    once = sum((line.amount for line in custom.values() if line.is_once), Decimal(0))
    assert other.totals.monthly == one.totals.monthly + monthly
    assert other.one_time_total == once
    assert other.savings == one.savings
