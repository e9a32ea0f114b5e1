"""Carrier fees: charged for every outbound text, and in no total."""

from decimal import Decimal

import pytest
from card_files import card
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import Carriers, FeeBand
from aloware_cli.domain.invoices import CarrierFees
from aloware_cli.domain.orders import Order
from aloware_cli.domain.sources import Citation
from aloware_cli.pricing.price import price

CARD = card("uPro")
LISTED = CARD.carriers.listed
#: The range that the page states, and which carriers it says charge inbound texts.
BAND = FeeBand(
    Decimal("0.003"), Decimal("0.015"), Citation(LISTED[0].citation.source, "$0.003 to $0.015")
)
BANDED = CARD._replace(
    carriers=Carriers(
        tuple(each._replace(charges_inbound=each.key in {"att", "t-mobile"}) for each in LISTED),
        BAND,
    )
)


def fees(quantities: dict[str, int], **shares: str) -> CarrierFees:
    mix = {key.replace("_", "-"): Decimal(share) for key, share in shares.items()}
    found = price(CARD, Order(quantities, carriers=mix)).carrier_fees
    assert found is not None
    return found


# The table of October 2024: USD per SMS segment.
@pytest.mark.parametrize(
    ("carrier", "fee", "month"),
    [
        ("t_mobile", "0.003", "30.00"),
        ("att", "0.003", "30.00"),
        ("verizon", "0.003", "30.00"),
        ("us_cellular", "0.005", "50.00"),
        ("rogers", "0.0084", "84.00"),
    ],
)
def test_fee_is_that_of_each_carrier(carrier: str, fee: str, month: str) -> None:
    found = fees({"automated_sms": 10_000}, **{carrier: "100"})
    assert (found.low_fee, found.low.monthly) == (Decimal(fee), Decimal(month))
    assert found.low == found.high


def test_fee_range_is_over_us_carriers() -> None:
    found = fees({"automated_sms": 10_000})
    # 10,000 x 0.003 = 30.00 and 10,000 x 0.005 = 50.00
    assert [str(amount) for amount in found.low] == ["30.00", "90.00", "360.00"]
    assert [str(amount) for amount in found.high] == ["50.00", "150.00", "600.00"]
    assert found.basis == "US carriers, October 2024"


def test_carrier_mix_is_rounded_once() -> None:
    # 33.33% x 0.003 + 66.67% x 0.0084 = 0.0009999 + 0.00560028 = 0.00660018 a segment,
    # and 1,000 segments cost 6.60018.
    found = fees({"automated_sms": 1000}, att="33.33", rogers="66.67")
    assert found.low_fee == Decimal("0.00660018")
    assert found.low.monthly == Decimal("6.60")


@pytest.mark.parametrize(
    ("moved", "shares", "basis", "pages"),
    [
        (
            (),
            {},
            "US carriers, October 2024",
            {"carrier-fees": "T-Mobile: t; AT&T: a; Verizon: v; US Cellular: u"},
        ),
        # a mix names its own carriers, in the order of the card
        (
            (),
            {"rogers": "40", "att": "60"},
            "AT&T 60%, Rogers 40%, October 2024",
            {"carrier-fees": "AT&T: a; Rogers: r"},
        ),
        # each page with what it says, and how old it is
        (
            ("att", "us-cellular"),
            {},
            "US carriers, May 2026, October 2024",
            {"carrier-fees": "T-Mobile: t; Verizon: v", "own": "AT&T: a; US Cellular: u"},
        ),
        (("att",), {"att": "100"}, "AT&T 100%, May 2026", {"own": "AT&T: a"}),
    ],
)
def test_fees_have_carriers_and_sources(
    moved: tuple[str, ...], shares: dict[str, str], basis: str, pages: dict[str, str]
) -> None:
    """`moved` are the carriers whose fees are on another page; a wording is one letter."""
    page = LISTED[0].citation.source
    own = page._replace(key="own", dated="May 2026")
    listed = tuple(
        carrier._replace(citation=Citation(own if carrier.key in moved else page, carrier.key[0]))
        for carrier in LISTED
    )
    order = Order(
        {"automated_sms": 1}, carriers={key: Decimal(share) for key, share in shares.items()}
    )
    found = price(CARD._replace(carriers=Carriers(listed)), order).carrier_fees
    assert found is not None
    assert found.basis == basis
    assert {each.source.key: each.wording for each in found.sources} == pages


def test_fee_range_is_that_of_the_vendor_beside_the_table() -> None:
    found = price(BANDED, Order({"automated_sms": 10_000}, carriers={})).carrier_fees
    assert found is not None
    # 10,000 x 0.003 = 30.00 and 10,000 x 0.015 = 150.00
    assert (str(found.low.monthly), str(found.high.monthly)) == ("30.00", "150.00")
    assert found.basis == "US average; by carrier $0.003 to $0.005, October 2024"
    assert found.sources[0] == BAND.citation


def test_fee_range_is_none_without_us_carriers() -> None:
    abroad = tuple(carrier for carrier in LISTED if carrier.country != "US")
    order = Order({"automated_sms": 1}, carriers={})
    assert price(CARD._replace(carriers=Carriers(abroad)), order).carrier_fees is None


@pytest.mark.parametrize(
    ("charge", "segments"),
    [
        ("automated_sms", 100),
        ("agent_sms", 100),  # unlimited texting is free of Aloware's charge, not of the carriers'
        ("toll_free_sms", 0),  # exempt from A2P fees
        ("inbound_sms", 0),
        ("automated_minutes", 0),
    ],
)
def test_fees_count_every_outbound_text_on_local_lines(charge: str, segments: int) -> None:
    assert fees({charge: 100}).segments == segments


@pytest.mark.parametrize(
    ("shares", "low", "high", "carriers", "said"),
    [
        # T-Mobile and AT&T charge inbound texts: 1,000 x 0.003 = 3.00; no other states a fee.
        ({}, None, "3.00", "T-Mobile and AT&T",
         "up to $3.00 a month (T-Mobile and AT&T; no other carrier states a fee)."),
        ({"att": 60, "t-mobile": 40}, "3.00", "3.00", "T-Mobile and AT&T",
         "$3.00 a month (T-Mobile and AT&T)."),
        # 60% of 1,000 at 0.003
        ({"att": 60, "verizon": 40}, "1.80", None, "AT&T",
         "at least $1.80 a month (AT&T; no other carrier states a fee)."),
        ({"verizon": 100}, None, None, "", "because none is published for these carriers."),
    ],
)  # fmt: skip
def test_inbound_fees_are_known_only_from_some_carriers(
    shares: dict[str, int], low: str | None, high: str | None, carriers: str, said: str
) -> None:
    mix = {key: Decimal(share) for key, share in shares.items()}
    quote = price(BANDED, Order({"inbound_sms": 1000}, carriers=mix))
    assert quote.carrier_fees is not None
    found = quote.carrier_fees.inbound
    assert found is not None
    bounds = [str(each.monthly) if each else None for each in (found.low, found.high)]
    assert bounds == [low, high]
    assert found.carriers == carriers
    assert f"Carrier fees for inbound texts, {said}" in [note.text for note in quote.notes]


def test_fees_of_toll_free_texts_are_said_to_be_unpublished() -> None:
    notes = price(BANDED, Order({"toll_free_sms": 1})).notes
    said = "Carrier fees for toll-free texts, because none is published."
    assert said in [note.text for note in notes]


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_fees_are_in_no_total_and_mix_is_within_range(segments: int, share: int) -> None:
    quantities = {"automated_sms": segments, "license": 1}
    att = Decimal(share) / 100
    band, without = fees(quantities), price(CARD, Order(quantities))
    mix = fees(quantities, att=str(att), us_cellular=str(100 - att))
    assert band.low <= mix.low <= band.high
    assert price(CARD, Order(quantities, carriers={})).totals == without.totals
    assert without.carrier_fees is None
