"""Pricing: the published examples line by line, and laws that hold for every order."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from card_files import catalog
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import RateCard, supplied
from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.money import MAX_QUANTITY, format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import PERIODS
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.pricing.price import price

CATALOG = catalog()
CHARGES = list(CATALOG.cards["uPro"].charges)


def quoted(plan: str, **quantities: int) -> Quote:
    return price(CATALOG.cards[plan], Order(quantities))


def shown(line: Line) -> str:
    """Write a line as the tables below do: `license 3 x 70.00 = 210.00 published`."""
    assert line.rate.price is not None
    assert line.amount is not None
    unit_price, amount = format_exact(line.rate.price), format_exact(line.amount)
    return f"{line.charge.key} {line.quantity} x {unit_price} = {amount} {line.status}"


# The three examples of the billing guide, as it prints them.
EXAMPLES = [
    (
        quoted("iPro", license=5, inbound_minutes=5000, agent_minutes=5000, local_number=10),
        [
            "license 5 x 40.00 = 200.00 published",
            "local_number 10 x 6.00 = 60.00 published",
            "agent_minutes 5000 x 0.00 = 0.00 included",
            "inbound_minutes 5000 x 0.00 = 0.00 included",
        ],
        ("260.00", "0.00", "260.00"),
    ),
    (
        quoted("uPro", license=3, automated_sms=10_000, local_number=10),
        [
            "license 3 x 70.00 = 210.00 published",
            "local_number 10 x 5.00 = 50.00 published",
            "automated_sms 10000 x 0.015 = 150.00 published",
        ],
        ("260.00", "150.00", "410.00"),
    ),
    (
        quoted("xPro", license=10, automated_minutes=25_000, local_number=50),
        [
            "license 10 x 90.00 = 900.00 published",
            "local_number 50 x 4.00 = 200.00 published",
            "automated_minutes 25000 x 0.02 = 500.00 published",
        ],
        ("1100.00", "500.00", "1600.00"),
    ),
]


@pytest.mark.parametrize(("quote", "lines", "sums"), EXAMPLES, ids=["iPro", "uPro", "xPro"])
def test_quote_matches_published_examples(
    quote: Quote, lines: list[str], sums: tuple[str, str, str]
) -> None:
    assert [shown(line) for line in quote.lines] == lines
    subscription, usage, _ = (quote.subtotal(category).monthly for category in CATEGORIES)
    assert (
        format_exact(subscription),
        format_exact(usage),
        format_exact(quote.totals.monthly),
    ) == sums


def test_quarter_and_year_are_multiples_of_rounded_month() -> None:
    # 1 look-up x 0.002 = 0.00 a month, rounded; 3 of them = 0.006 = 0.01 a month.
    assert list(quoted("uPro", number_lookup=1).totals) == [0, 0, 0]
    cents = [Decimal("0.01"), Decimal("0.03"), Decimal("0.12")]
    assert list(quoted("uPro", number_lookup=3).totals) == cents


def test_one_time_fees_are_in_no_period() -> None:
    quote = quoted("uPro", license=1, brand_registration_standard=1, campaign_activation=2)
    assert [shown(line) for line in quote.one_time] == [
        "brand_registration_standard 1 x 44.00 = 44.00 published",
        "campaign_activation 2 x 50.00 = 100.00 published",
    ]
    assert quote.one_time_total == Decimal("144.00")
    assert quote.totals.monthly == Decimal("70.00")


def test_campaign_maintenance_recurs() -> None:
    quote = quoted("iPro", campaign_maintenance=2, low_volume_campaign_maintenance=1)
    assert quote.totals.monthly == 2 * 10 + 1 * 2


def test_quantity_zero_has_no_line() -> None:
    quote = quoted("uPro", license=0, local_number=1)
    assert [line.charge.key for line in quote.lines] == ["local_number"]


def test_lines_have_order_of_card() -> None:
    quote = quoted("uPro", automated_sms=1, local_number=1, license=1)
    assert [line.charge.key for line in quote.lines] == ["license", "local_number", "automated_sms"]


def test_unpublished_rate_is_unknown_and_not_in_total() -> None:
    quote = quoted("iPro", license=5, automated_sms=2000)
    line = quote.lines[1]
    assert (line.status, line.rate.price, line.amount, line.amounts) == (
        "unpublished", None, None, None,
    )  # fmt: skip
    assert quote.unpriced == (line,)
    assert quote.at_least
    assert quote.totals.monthly == Decimal("200.00")


def test_term_without_published_price_is_unpriced() -> None:
    for term in ("quarterly", "annual"):
        quote = price(CATALOG.cards["uPro"], Order({"license": 3}, term=term))
        assert [line.charge.key for line in quote.unpriced] == ["license"]


def test_supplied_rate_replaces_card_and_is_cited() -> None:
    rate = supplied(Decimal("0.02"), "--rate automated_sms=0.02")
    quote = price(
        CATALOG.cards["iPro"], Order({"automated_sms": 2000}, supplied={"automated_sms": rate})
    )
    assert [shown(line) for line in quote.lines] == ["automated_sms 2000 x 0.02 = 40.00 supplied"]
    assert quote.lines[0].rate.citation.wording == "--rate automated_sms=0.02"
    assert "supplied for this quote" in quote.lines[0].reason


def test_unknown_charge_raises_key_error() -> None:
    with pytest.raises(KeyError, match="carrier_pigeon"):
        quoted("uPro", carrier_pigeon=1)


def test_every_line_has_reason_and_source() -> None:
    for card in CATALOG.cards.values():
        quote = price(card, Order(dict.fromkeys(CHARGES, 1)))
        for line in quote.lines + quote.one_time:
            assert line.working.startswith("1 ")
            assert line.reason.endswith(".")
            assert line.rate.citation.wording
            assert line.rate.citation.source.url
            assert line.rate.citation.source.read_on == "2026-11-22"


NOTES = [
    ({"license": 1}, "longer terms may cost less, but publishes no price for them"),
    # 10,000 segments x 0.003 = 30.00 and x 0.005 = 50.00
    ({"automated_sms": 10_000}, "$30.00 to $50.00 a month ($0.003 to $0.005 per segment"),
    ({"agent_sms": 1000}, "$3.00 to $5.00 a month"),
    ({"automated_minutes": 1}, "Automated outbound minutes, because no price is published."),
    ({"campaign_maintenance": 1}, "as of 2022"),
    ({"brand_registration_standard": 1}, "already holds the fee of secondary vetting"),
    ({"local_presence": 1}, "campaign of their own"),
]


@pytest.mark.parametrize(("quantities", "said"), NOTES)
def test_quote_has_note(quantities: dict[str, int], said: str) -> None:
    notes = price(CATALOG.cards["iPro"], Order(quantities)).notes
    assert [note for note in notes if said in note.text], notes


def test_calls_have_no_carrier_fee() -> None:
    notes = quoted("uPro", inbound_minutes=1000, agent_minutes=1000).notes
    assert not [note for note in notes if "arrier" in note.text]


orders = st.dictionaries(st.sampled_from(CHARGES), st.integers(0, MAX_QUANTITY))
prices = st.decimals(0, 10**6, places=8)
cards = st.sampled_from(list(CATALOG.cards.values()))


@given(cards, orders, st.dictionaries(st.sampled_from(CHARGES), prices))
@settings(max_examples=1000)
def test_totals_equal_integer_arithmetic(
    card: RateCard, quantities: dict[str, int], rates: dict[str, Decimal]
) -> None:
    """Integers of 10^-8 USD, and no code of ours but the prices on the card."""
    given_rates = {key: supplied(rate, f"--rate {key}") for key, rate in rates.items()}
    quote = price(card, Order(quantities, supplied=given_rates))
    month = once = 0
    for key, quantity in quantities.items():
        unit_price = rates.get(key, card.rates[key, "monthly"].price)
        if unit_price is not None:
            cents = (2 * quantity * int(unit_price.scaleb(8)) + 10**6) // (2 * 10**6)
            if card.charges[key].one_time:
                once += cents
            else:
                month += cents
    totals = [int(amount.scaleb(2)) for amount in (*quote.totals, quote.one_time_total)]
    assert totals == [month, 3 * month, 12 * month, once]


@given(cards, orders)
def test_lines_add_up_to_subtotals_and_totals(card: RateCard, quantities: dict[str, int]) -> None:
    quote = price(card, Order(quantities))
    for column in range(len(PERIODS)):
        sums = []
        for category in CATEGORIES:
            lines = quote.lines_of(category)
            sums.append(sum(line.amounts[column] for line in lines if line.amounts))
            assert quote.subtotal(category)[column] == sums[-1]
        assert quote.totals[column] == sum(sums)


@given(cards, orders, st.sampled_from(CHARGES), st.integers(1, 10**6))
def test_more_usage_never_costs_less(
    card: RateCard, quantities: dict[str, int], charge: str, more: int
) -> None:
    less = {**quantities, charge: min(quantities.get(charge, 0), MAX_QUANTITY - more)}
    before = price(card, Order(less))
    after = price(card, Order({**less, charge: less[charge] + more}))
    assert before.totals <= after.totals
    assert before.one_time_total <= after.one_time_total


@given(st.integers(0, 10**9), prices)
def test_line_is_within_half_a_cent_of_exact_product(quantity: int, rate: Decimal) -> None:
    key = "automated_sms"
    order = Order({key: quantity}, supplied={key: supplied(rate, "--rate")})
    exact = quantity * rate
    rounded = price(CATALOG.cards["uPro"], order).totals.monthly
    assert abs(rounded - exact) <= Decimal("0.005")
    assert rounded == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
