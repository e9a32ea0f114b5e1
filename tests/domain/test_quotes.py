"""Quotes: shares of the monthly total in whole percent, which add up to 100."""

from decimal import Decimal

import pytest
from card_files import card
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Quote, shares_of
from aloware_cli.pricing.price import price

CARD = card("uPro")
KEYS = ("license", "local_number", "automated_sms", "automated_minutes")


def quote_of(amounts: list[Decimal]) -> Quote:
    """Return a quote whose lines cost `amounts` a month."""
    rates = {key: supplied(amount, "--rate") for key, amount in zip(KEYS, amounts, strict=False)}
    return price(CARD, Order(dict.fromkeys(rates, 1), supplied=rates))


@pytest.mark.parametrize(
    ("amounts", "percents"),
    [
        ("210 50 150", [51, 12, 37]),  # 51.2, 12.2 and 36.6 of 100
        ("1 1 1", [34, 33, 33]),
        ("0 5", [100]),
        ("0 0", []),
        ("1000 1", [100, 0]),
        ("1 1000", [0, 100]),
    ],
)
def test_shares_are_whole_percentages(amounts: str, percents: list[int]) -> None:
    shares = shares_of(quote_of([Decimal(amount) for amount in amounts.split()]))
    assert [share.percent for share in shares] == percents


@given(st.lists(st.decimals(Decimal("0.01"), 10**6, places=2), min_size=1, max_size=4))
def test_shares_add_up_to_100_within_one_percent(amounts: list[Decimal]) -> None:
    shares = shares_of(quote_of(amounts))
    assert sum(share.percent for share in shares) == 100
    for share, amount in zip(shares, amounts, strict=True):
        assert abs(share.percent - 100 * amount / sum(amounts)) < 1
