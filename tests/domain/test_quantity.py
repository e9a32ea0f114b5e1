"""Quantities: which texts are whole numbers, and what they mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.money import MAX_QUANTITY, read_quantity

WRITE = "write a whole number such as 10000, 10,000 or 10k"
WHOLE = "a quantity is a whole number"


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("10000", 10_000),
        ("10,000", 10_000),
        ("10_000", 10_000),
        ("1,234,567", 1_234_567),
        ("10k", 10_000),
        ("10K", 10_000),
        ("2.5k", 2_500),
        ("2.500k", 2_500),
        ("0.001k", 1),
        ("1,000k", 1_000_000),
        ("1000000000", 1_000_000_000),
        ("1000000k", 1_000_000_000),
    ],
)
def test_a_quantity_is_a_whole_number(text: str, quantity: int) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    ("text", "what_is_said"),
    [
        ("", WRITE),
        ("many", WRITE),
        ("-1", "a quantity is never negative"),
        ("-0", "a quantity is never negative"),
        ("-1k", "a quantity is never negative"),
        ("-n", WRITE),
        ("1-2", WRITE),
        ("+1", WRITE),
        ("1.5", WHOLE),
        ("1.0", WHOLE),
        ("10.000", WHOLE),  # ten, or ten thousand: nobody can tell
        ("2.5555k", WHOLE),
        ("10,00", WRITE),
        ("1,0000", WRITE),
        ("1,000_000", WRITE),
        ("1e3", WRITE),
        ("٣", WRITE),
        ("１０", WRITE),
        ("5 ", WRITE),
        ("5\n", WRITE),
        ("10m", WRITE),
        ("1000000001", "a quantity goes up to 1,000,000,000"),
        ("1000001k", "a quantity goes up to 1,000,000,000"),
        ("9" * 5000, "a quantity goes up to 1,000,000,000"),
    ],
)
def test_anything_else_is_refused(text: str, what_is_said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(what_is_said)}$"):
        read_quantity(text)


@given(st.integers(0, MAX_QUANTITY))
def test_every_way_of_writing_a_number_means_it(number: int) -> None:
    assert {read_quantity(text) for text in (f"{number}", f"{number:,}", f"{number:_}")} == {number}
