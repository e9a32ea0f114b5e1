"""Sources: which wordings state a price, and how old a page says it is."""

from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import PRICED
from aloware_cli.domain.money import format_display, format_exact
from aloware_cli.domain.problems import InvalidValue
from aloware_cli.domain.sources import Source, last_day_of, read_dated, states_price
from aloware_cli.files.cards import load_rates


@pytest.mark.parametrize(
    ("wording", "price"),
    [
        ("70", "70.00"),
        ("$70", "70.00"),
        ("70.00", "70.00"),
        ("US$70", "70.00"),
        ("USD 70", "70.00"),
        ("70 USD", "70.00"),
        ("5 dollars", "5.00"),
        ("$1,000.50", "1000.50"),
        ("$.015", "0.015"),
        ("1.0¢", "0.01"),
        ("1.5 cents", "0.015"),
        ("$70/month", "70.00"),
        ("$0.005-$0.015", "0.015"),
        ("$0.002 (two-tenth of a cent) is charged", "0.002"),
        ("10 numbers x $6 = $60", "6.00"),
        ("500 for each seat; 0.015 up to 10,000", "0.015"),
        ("Starter - Free", "0.00"),
        ("$0", "0.00"),
        ("no charge", "0.00"),
    ],
)
def test_wording_states_price(wording: str, price: str) -> None:
    assert states_price(wording, Decimal(price))


@pytest.mark.parametrize(
    ("wording", "price"),
    [
        ("x $0.015", "15.00"),
        ("x $0.015", "0.15"),
        ("$70", "7.00"),
        # the result of a calculation, and a count beside figures in dollars
        ("10 numbers x $6 = $60", "60.00"),
        ("10 numbers x $6 = $60", "10.00"),
        ("10 numbers x $6=$60", "60.00"),
        ("1.0¢", "1.00"),
        ("10% off", "10.00"),
        ("0,015", "15.00"),
        ("1.2.3", "1.00"),
        ("v70", "70.00"),
        ("٧٠", "70.00"),
        ("toll-free lines", "0.00"),
        ("toll free lines", "0.00"),
        ("nothing", "0.00"),
    ],
)
def test_wording_does_not_state_price(wording: str, price: str) -> None:
    assert not states_price(wording, Decimal(price))


@given(st.decimals(0, 10**6, places=8), st.sampled_from([format_exact, format_display]))
def test_price_as_people_and_machines_write_it_is_stated(
    price: Decimal, write: "type[str]"
) -> None:
    assert states_price(f"It costs ${write(price)} a month.", price)


BUNDLED = load_rates([], None)
PRICES = [
    (plan, listed.charge.key, listed.rate)
    for plan, card in BUNDLED.cards.items()
    for listed in card.listed
    if listed.rate.status in PRICED and listed.rate.price
]


@pytest.mark.parametrize("factor", ["0.001", "0.01", "0.1", "10", "100", "1000"])
def test_slip_of_the_decimal_point_is_seen_in_every_bundled_price(factor: str) -> None:
    for plan, charge, rate in PRICES:
        slipped = (rate.price or 0) * Decimal(factor)
        assert not states_price(rate.citation.wording, slipped), (plan, charge)


def test_every_bundled_price_is_in_the_words_of_the_vendor() -> None:
    assert len(PRICES) == 32
    words = [rate.citation.wording for _, _, rate in PRICES]
    words += [carrier.citation.wording for carrier in BUNDLED.cards["uPro"].carriers.listed]
    assert [wording for wording in words if wording.startswith("In our words")] == []


def test_charges_have_no_price_in_words() -> None:
    for charge in BUNDLED.charges.values():
        texts = (charge.label, charge.reason, charge.caution or "", charge.citation.wording)
        assert not any("$" in text or "In our words: 0." in text for text in texts), charge.key


@pytest.mark.parametrize(
    ("dated", "day"),
    [
        ("2022", "2022-12-31"),
        ("October 2024", "2024-10-31"),
        ("December 2024", "2024-12-31"),
        ("February 2024", "2024-02-29"),
        ("2024-10-01", "2024-10-01"),
    ],
)
def test_page_is_dated_to_the_last_day_it_may_mean(dated: str, day: str) -> None:
    assert read_dated(dated) == dated
    assert last_day_of(dated) == day


@pytest.mark.parametrize(
    "dated", ["May", "Oct 2024", "in 2022", "22", "20x2", "2024-13-01", "1999"]
)
def test_date_of_page_is_a_year_a_month_or_a_day(dated: str) -> None:
    with pytest.raises(InvalidValue, match="not a year, month or date"):
        read_dated(dated)


@pytest.mark.parametrize(
    ("read_on", "dated", "known_on"),
    [
        ("2026-11-22", None, "2026-11-22"),
        ("2026-11-22", "2022", "2022-12-31"),
        ("2026-11-22", "2026", "2026-11-22"),
        (None, None, None),
    ],
)
def test_figures_are_known_on_the_earlier_of_both_days(
    read_on: str | None, dated: str | None, known_on: str | None
) -> None:
    assert Source("key", "Title", None, read_on, dated).known_on == known_on


def test_bundled_pages_are_stored_copies_with_an_address() -> None:
    assert len(BUNDLED.sources) == 19
    assert {source.copy for source in BUNDLED.sources.values()} == {"stored"}
    assert all(source.url for source in BUNDLED.sources.values())
    assert catalog().sources["invoices"].copy is None
