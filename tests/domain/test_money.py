"""Money: rounding, how amounts are written, and which prices, amounts and quantities are read."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.money import (
    MAX_QUANTITY,
    cents_at,
    format_display,
    format_exact,
    format_usd,
    read_amount,
    read_percent,
    read_price,
    read_quantities,
    read_quantity,
    round_to_cents,
)
from aloware_cli.domain.problems import InvalidValue

Read: TypeAlias = Callable[[str], object]


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.004", "0.00"),
        ("0.005", "0.01"),  # half up, not to even
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("20.3225806", "20.32"),
        ("0.00499999999", "0.00"),
        ("2.675", "2.68"),  # a binary float has 2.67499...
        ("7", "7.00"),
        ("1000000000000000.005", "1000000000000000.01"),
    ],
)
def test_amounts_are_rounded_half_up_to_cents(amount: str, rounded: str) -> None:
    assert str(round_to_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("amount", "exact", "display"),
    [
        ("0", "0.00", "0.00"),
        ("-0.00", "0.00", "0.00"),  # zero has no sign
        ("-1234.5", "-1234.50", "-1,234.50"),
        ("70", "70.00", "70.00"),
        ("0.5", "0.50", "0.50"),
        ("0.015", "0.015", "0.015"),
        ("0.0150", "0.0150", "0.0150"),  # as many decimal places as the rate card has
        ("1E-8", "0.00000001", "0.00000001"),
        ("1E+3", "1000.00", "1,000.00"),
        ("1234567.89", "1234567.89", "1,234,567.89"),
        ("1000000000000000", "1000000000000000.00", "1,000,000,000,000,000.00"),
    ],
)
def test_amounts_are_written_without_exponent(amount: str, exact: str, display: str) -> None:
    assert (format_exact(Decimal(amount)), format_display(Decimal(amount))) == (exact, display)


@pytest.mark.parametrize(
    ("amount", "usd"), [("1234.5", "$1,234.50"), ("-0.5", "-$0.50"), ("0", "$0.00")]
)
def test_amounts_have_currency_symbol_in_text(amount: str, usd: str) -> None:
    assert format_usd(Decimal(amount)) == usd


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_price, "0", "0.00"),
        (read_price, "70", "70.00"),
        (read_price, "0.015", "0.015"),
        (read_price, "0.00000001", "1E-8"),  # as Decimal writes it
        (read_price, "1000000", "1000000.00"),
        (read_price, "007.5", "7.50"),
        (read_amount, "1000", "1000.00"),
        (read_amount, "1,000", "1000.00"),
        (read_amount, "1,000.50", "1000.50"),
        (read_amount, "1,000,000", "1000000.00"),
        (read_amount, "999.5", "999.50"),
        (read_amount, "1000000000000", "1000000000000.00"),
        (read_percent, "0", "0"),
        (read_percent, "10%", "10"),
        (read_percent, "12.5", "12.5"),
        (read_percent, "99.99%", "99.99"),
        (read_percent, "100", "100"),
        (read_quantity, "0", "0"),
        (read_quantity, "7", "7"),
        (read_quantity, "007", "7"),
        (read_quantity, "10000", "10000"),
        (read_quantity, "10,000", "10000"),
        (read_quantity, "10_000", "10000"),
        (read_quantity, "1,234,567", "1234567"),
        (read_quantity, "10k", "10000"),
        (read_quantity, "10K", "10000"),
        (read_quantity, "2.5k", "2500"),
        (read_quantity, "2.500k", "2500"),
        (read_quantity, "0.001k", "1"),
        (read_quantity, "1,000k", "1000000"),
        (read_quantity, "1000000000", "1000000000"),
        (read_quantity, "1000000k", "1000000000"),
        # exact: the last digit makes it a fraction
        (read_quantity, "1.0000000000000000000000000000000k", "1000"),
    ],
)
def test_number_is_read_exactly(read: Read, text: str, value: str) -> None:
    assert str(read(text)) == value


LONG = "9" * 5000
#: Reader, message, and the texts that it rejects with that message.
REJECTED: list[tuple[Read, str, list[str]]] = [
    (read_price, "not a price", ["", " ", "-1", "+1", "1e3", "1_000", "1,000", ".5", "5.", "$5"]),
    (read_price, "not a price", ["1.2.3", "5 ", "nan", "inf", "0x10", "٣", "１", "1\n"]),
    (read_price, "more than 8 decimal places", ["0.123456789", "1000000.000000001"]),
    (read_price, "the maximum is 1,000,000", ["1000000.00000001", "1000001", LONG]),
    (
        read_amount,
        "not an amount",
        ["1,00", "1000,000", ",100", "1,0000", "1_000", "1,000.", "0,500"],
    ),
    (read_amount, "more than 8 decimal places", ["1,000.123456789"]),
    (read_amount, "the maximum is 1,000,000,000,000", ["1,000,000,000,001", LONG]),
    (read_percent, "the maximum is 100%", ["101", "100.01%"]),
    (read_percent, "not a percentage", ["-1", "12.345", "1000", "10%%", "%", "1,5", "٣", ""]),
    (read_quantity, "a quantity cannot be negative", ["-1", "-0", "-1k"]),
    (read_quantity, "not a whole number", ["", "many", "-n", "1-2", "+1", "1.5", "1.0", "2.5555k"]),
    # ten, or ten thousand: the text is ambiguous
    (read_quantity, "not a whole number", ["10.000"]),
    (
        read_quantity,
        "not a whole number",
        ["10,00", "1,0000", "1,000_000", "0,500", "0_500k", "1e3", "٣", "１０"],
    ),
    (read_quantity, "not a whole number", ["5 ", "5\n", "10m", f"1.{'0' * 30}1k"]),
    (read_quantity, "the maximum is 1,000,000,000", ["1000000001", "1000001k", LONG]),
]


@pytest.mark.parametrize(
    ("read", "message", "text"),
    [(read, message, text) for read, message, texts in REJECTED for text in texts],
)
def test_other_text_is_rejected(read: Read, message: str, text: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read(text)

    assert raised.value.message == message


@pytest.mark.parametrize(
    ("read", "text", "code", "hint"),
    [
        (read_price, "x", "E-PRICE", "use digits with an optional fraction, such as 0.015"),
        (read_price, "0.123456789", "E-PRICE", "shorten the fraction"),
        (read_price, "1000001", "E-PRICE", "use a smaller price"),
        (read_amount, "x", "E-AMOUNT", "use digits with an optional fraction, such as 1000.50"),
        (read_amount, LONG, "E-AMOUNT", "use a smaller amount"),
        (read_percent, "x", "E-PERCENT", "use one such as 10% or 12.5%"),
        (read_percent, "101", "E-PERCENT", "use one such as 10% or 12.5%"),
        (read_quantity, "x", "E-QUANTITY", "use digits, such as 10000, 10,000 or 10k"),
        (read_quantity, "-1", "E-QUANTITY", "use digits, such as 10000, 10,000 or 10k"),
        (read_quantity, LONG, "E-QUANTITY", "use a smaller number"),
    ],
)
def test_rejected_text_has_code_and_hint(read: Read, text: str, code: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read(text)

    assert (raised.value.code, raised.value.hint) == (code, hint)


@given(st.decimals(0, 10**6, places=8))
def test_exact_price_reads_as_itself(price: Decimal) -> None:
    assert read_price(format_exact(price)) == price


@given(st.integers(0, MAX_QUANTITY))
def test_quantity_reads_with_and_without_separators(number: int) -> None:
    assert {read_quantity(text) for text in (f"{number}", f"{number:,}", f"{number:_}")} == {number}


@given(
    st.decimals(0, 10**6, places=8),
    st.decimals(0, 100, places=2),
    st.lists(st.integers(0, MAX_QUANTITY)),
)
def test_cents_are_those_of_decimals(price: Decimal, percent: Decimal, numbers: list[int]) -> None:
    net = price * (100 - percent) / 100
    rounded = [round_to_cents(number * net) for number in numbers]
    assert [Decimal("0.01") * cents for cents in cents_at(net)(numbers)] == rounded


@given(
    st.lists(
        st.integers(0, MAX_QUANTITY + 1).map(str)
        | st.text(st.sampled_from("019kK.,_- \u0663\u00b2"))
    )
)
def test_quantities_are_read_as_one_is(texts: list[str]) -> None:
    def read(text: str) -> int | str:
        try:
            return read_quantity(text)
        except InvalidValue as error:
            return error.message

    expected = [read(text) for text in texts]
    wrong = [each for each in expected if isinstance(each, str)]
    if not wrong:
        assert read_quantities(texts) == expected
        return
    with pytest.raises(InvalidValue) as raised:
        read_quantities(texts)
    assert raised.value.message == wrong[0]


@pytest.mark.parametrize("text", ["9" * 4301, "0" * 4301, "1000000000", "1000000001"])
def test_long_quantities_are_read_as_one_is(text: str) -> None:
    if int(text.lstrip("0")[:11] or "0") > MAX_QUANTITY:
        with pytest.raises(InvalidValue, match="the maximum is"):
            read_quantities(["5", text])
    else:
        assert read_quantities(["5", text]) == [5, int(text.lstrip("0") or "0")]
