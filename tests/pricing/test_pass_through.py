"""Carrier fees: on every outbound text, beside the totals and never in them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import CarrierFees
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

CARD = load_rates([], None).cards["uPro"]


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
def test_each_carrier_charges_its_fee(carrier: str, fee: str, month: str) -> None:
    found = fees({"automated_sms": 10_000}, **{carrier: "100"})
    assert (found.low_fee, found.low.monthly) == (Decimal(fee), Decimal(month))
    assert found.low == found.high


def test_the_band_is_over_the_us_carriers() -> None:
    found = fees({"automated_sms": 10_000})
    # 10,000 x 0.003 = 30.00 and 10,000 x 0.005 = 50.00
    assert [str(amount) for amount in found.low] == ["30.00", "90.00", "360.00"]
    assert [str(amount) for amount in found.high] == ["50.00", "150.00", "600.00"]
    assert found.basis == "US carriers, October 2024"


def test_a_mix_is_rounded_once() -> None:
    # 33.33% x 0.003 + 66.67% x 0.0084 = 0.0009999 + 0.00560028 = 0.00660018 a segment,
    # and 1,000 segments cost 6.60018.
    found = fees({"automated_sms": 1000}, att="33.33", rogers="66.67")
    assert found.low_fee == Decimal("0.00660018")
    assert found.low.monthly == Decimal("6.60")


US_FEES = "T-Mobile 0.003, AT&T 0.003, Verizon 0.003, US Cellular 0.005"


@pytest.mark.parametrize(
    ("moved", "shares", "basis", "pages"),
    [
        ((), {}, "US carriers, October 2024", {"carrier-fees": US_FEES}),
        # a mix names its own carriers, in the order of the card
        (
            (),
            {"rogers": "40", "att": "60"},
            "AT&T 60%, Rogers 40%, October 2024",
            {"carrier-fees": "AT&T 0.003, Rogers 0.0084"},
        ),
        # each page with the fees that it prints, and how old they are
        (
            ("att", "us-cellular"),
            {},
            "US carriers, May 2026, October 2024",
            {
                "carrier-fees": "T-Mobile 0.003, Verizon 0.003",
                "own": "AT&T 0.003, US Cellular 0.005",
            },
        ),
        (("att",), {"att": "100"}, "AT&T 100%, May 2026", {"own": "AT&T 0.003"}),
    ],
)
def test_fees_name_their_carriers_and_pages(
    moved: tuple[str, ...], shares: dict[str, str], basis: str, pages: dict[str, str]
) -> None:
    """`moved` are the carriers whose fees stand on another page."""
    own = CARD.carriers[0].source._replace(key="own", dated="May 2026")
    carriers = tuple(
        carrier._replace(source=own) if carrier.key in moved else carrier
        for carrier in CARD.carriers
    )
    order = Order(
        {"automated_sms": 1}, carriers={key: Decimal(share) for key, share in shares.items()}
    )
    found = price(CARD._replace(carriers=carriers), order).carrier_fees
    assert found is not None
    assert found.basis == basis
    said = {citation.source.key: citation.wording for citation in found.sources}
    assert said == {key: f"USD per segment: {fees}" for key, fees in pages.items()}


def test_without_a_carrier_at_home_there_is_no_band() -> None:
    abroad = tuple(carrier for carrier in CARD.carriers if carrier.country != "US")
    order = Order({"automated_sms": 1}, carriers={})
    assert price(CARD._replace(carriers=abroad), order).carrier_fees is None


@pytest.mark.parametrize(
    ("charge", "segments"),
    [
        ("automated_sms", 100),
        ("agent_sms", 100),  # unlimited texting is free of Aloware's charge, not of the carriers'
        ("toll_free_sms", 100),
        ("inbound_sms", 0),
        ("automated_minutes", 0),
    ],
)
def test_every_outbound_text_counts(charge: str, segments: int) -> None:
    assert fees({charge: 100}).segments == segments


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_no_total_holds_them_and_any_mix_lies_in_the_band(segments: int, share: int) -> None:
    quantities = {"automated_sms": segments, "license": 1}
    att = Decimal(share) / 100
    band, without = fees(quantities), price(CARD, Order(quantities))
    mix = fees(quantities, att=str(att), us_cellular=str(100 - att))
    assert band.low <= mix.low <= band.high
    assert price(CARD, Order(quantities, carriers={})).totals == without.totals
    assert without.carrier_fees is None
