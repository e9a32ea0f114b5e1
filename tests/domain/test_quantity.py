"""Quantities: which texts are whole numbers, and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.quantity import HIGHEST_QUANTITY, read_quantity


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
        ("", "write a whole number"),
        ("many", "write a whole number"),
        ("-1", "never negative"),
        ("-0", "never negative"),
        ("+1", "write a whole number"),
        ("1.5", "is a whole number"),
        ("1.0", "is a whole number"),
        ("10.000", "is a whole number"),  # ten, or ten thousand: nobody can tell
        ("2.5555k", "is a whole number"),
        ("10,00", "write a whole number"),
        ("1,0000", "write a whole number"),
        ("1,000_000", "write a whole number"),
        ("1e3", "write a whole number"),
        ("٣", "write a whole number"),
        ("１０", "write a whole number"),
        ("5 ", "write a whole number"),
        ("5\n", "write a whole number"),
        ("10m", "write a whole number"),
        ("1000000001", "up to 1,000,000,000"),
        ("1000001k", "up to 1,000,000,000"),
        ("9" * 5000, "up to 1,000,000,000"),
    ],
)
def test_anything_else_is_refused(text: str, what_is_said: str) -> None:
    with pytest.raises(ValueError, match=what_is_said):
        read_quantity(text)


@given(st.integers(0, HIGHEST_QUANTITY))
def test_every_way_of_writing_a_number_means_it(number: int) -> None:
    assert {read_quantity(text) for text in (f"{number}", f"{number:,}", f"{number:_}")} == {number}
