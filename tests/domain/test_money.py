"""Money: rounding, the two ways to write it, and which prices are read."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.money import (
    format_display,
    format_exact,
    read_amount,
    read_percent,
    read_price,
    round_to_cents,
)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.004", "0.00"),
        ("0.005", "0.01"),  # half up, not to even
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("20.3225806", "20.32"),
        ("0.00499999999", "0.00"),
        ("2.675", "2.68"),  # a binary float holds 2.67499...
        ("7", "7.00"),
        ("1000000000000000.005", "1000000000000000.01"),
    ],
)
def test_cents_are_rounded_half_up(amount: str, rounded: str) -> None:
    assert str(round_to_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("amount", "for_scripts", "for_people"),
    [
        ("0", "0.00", "0.00"),
        ("-0.00", "0.00", "0.00"),  # nothing is never less than nothing
        ("-1234.5", "-1234.50", "-1,234.50"),
        ("70", "70.00", "70.00"),
        ("0.5", "0.50", "0.50"),
        ("0.015", "0.015", "0.015"),
        ("0.0150", "0.0150", "0.0150"),  # as many places as the card gives
        ("1E-8", "0.00000001", "0.00000001"),
        ("1E+3", "1000.00", "1,000.00"),
        ("1234567.89", "1234567.89", "1,234,567.89"),
        ("1000000000000000", "1000000000000000.00", "1,000,000,000,000,000.00"),
    ],
)
def test_amounts_are_written_out(amount: str, for_scripts: str, for_people: str) -> None:
    assert (format_exact(Decimal(amount)), format_display(Decimal(amount))) == (
        for_scripts,
        for_people,
    )


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("0", "0.00"),
        ("70", "70.00"),
        ("0.015", "0.015"),
        ("0.00000001", "0.00000001"),
        ("1000000", "1000000.00"),
        ("007.5", "7.50"),
    ],
)
def test_a_price_is_plain_digits(text: str, price: str) -> None:
    assert format_exact(read_price(text)) == price


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-1", "+1", "1e3", "1_000", "1,000", ".5", "5.", "1.2.3", "$5", "5 ", "nan",
        "inf", "0x10", "٣", "１", "1\n", "1000000.00000001", "1000001", "0.123456789", "9" * 5000,
    ],
)  # fmt: skip
def test_nothing_else_is_a_price(text: str) -> None:
    with pytest.raises(ValueError, match=r"price|write"):
        read_price(text)


@given(st.decimals(0, 10**6, places=8))
def test_a_price_written_for_scripts_reads_as_itself(price: Decimal) -> None:
    assert read_price(format_exact(price)) == price


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e3", "write plain digits with an optional fraction, such as 0.015"),
        ("0.123456789", "write at most 8 decimal places"),
        ("1000001", "a price goes up to 1,000,000"),
    ],
)
def test_what_is_no_price_is_told_what_would_be(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        read_price(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1000", "1000.00"),
        ("1,000", "1000.00"),
        ("1,000.50", "1000.50"),
        ("1,000,000", "1000000.00"),
        ("999.5", "999.50"),
    ],
)
def test_an_amount_may_have_separators(text: str, amount: str) -> None:
    assert format_exact(read_amount(text)) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,00", "write plain digits with an optional fraction, such as 0.015"),
        ("1000,000", "write plain digits with an optional fraction, such as 0.015"),
        (",100", "write plain digits with an optional fraction, such as 0.015"),
        ("1,0000", "write plain digits with an optional fraction, such as 0.015"),
        ("1_000", "write plain digits with an optional fraction, such as 0.015"),
        ("1,000.", "write plain digits with an optional fraction, such as 0.015"),
        ("1,000,001", "a price goes up to 1,000,000"),
        ("1,000.123456789", "write at most 8 decimal places"),
    ],
)
def test_nothing_else_is_an_amount(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("0", "0"), ("10%", "10"), ("12.5", "12.5"), ("99.99%", "99.99"), ("100", "100")],
)
def test_a_percentage_goes_from_0_to_100(text: str, percent: str) -> None:
    assert read_percent(text) == Decimal(percent)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("101", "a percentage goes up to 100%"),
        ("100.01%", "a percentage goes up to 100%"),
        ("-1", "write a percentage such as 10% or 12.5%"),
        ("12.345", "write a percentage such as 10% or 12.5%"),
        ("1000", "write a percentage such as 10% or 12.5%"),
        ("10%%", "write a percentage such as 10% or 12.5%"),
        ("%", "write a percentage such as 10% or 12.5%"),
        ("1,5", "write a percentage such as 10% or 12.5%"),
        ("٣", "write a percentage such as 10% or 12.5%"),
        ("", "write a percentage such as 10% or 12.5%"),
    ],
)
def test_nothing_else_is_a_percentage(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        read_percent(text)
