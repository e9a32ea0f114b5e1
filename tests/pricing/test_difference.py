"""Differences of quotes: which lines and parts differ, and the notes on them."""

from decimal import Decimal
from typing import Any

import pytest
from card_files import card

from aloware_cli.domain.cards import Fingerprint, supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.compare import find_difference
from aloware_cli.pricing.price import price

CARD = card("uPro")
LATER = CARD._replace(
    identity=CARD.identity._replace(
        effective_from="2027-01-01", fingerprint=Fingerprint(sha256="0123456789abcdef" * 4)
    )
)
START = "2026-12-23"


def quoted(quantities: dict[str, int], rates: str = "", **order: Any) -> Quote:
    """Return a quote with supplied `rates`, written `license=70 ...`."""
    pairs = (text.split("=") for text in rates.split())
    own = {key: supplied(Decimal(amount), "--rate") for key, amount in pairs}
    return price(CARD, Order(quantities, supplied=own, **order))


@pytest.mark.parametrize(
    ("old", "new", "lines", "parts"),
    [
        (quoted({"license": 3}), quoted({"license": 3}), [], ()),
        (quoted({"license": 3}), quoted({"license": 4}), [("license", "70.00")], ()),
        # those of the new quote come first, then what it has no more
        (
            quoted({"license": 1, "local_number": 2}),
            quoted({"automated_sms": 100, "late_appeal": 1}),
            [
                ("automated_sms", "1.50"),
                ("late_appeal", "40.00"),
                ("license", "-70.00"),
                ("local_number", "-10.00"),
            ],
            (),
        ),
        # a price that the user gives is no longer the vendor's, even where it is the same
        (quoted({"license": 3}), quoted({"license": 3}, "license=70"), [("license", "0.00")], ()),
        # what is not published on one side has no difference
        (
            quoted({"automated_minutes": 5}),
            quoted({"automated_minutes": 5}, "automated_minutes=1"),
            [("automated_minutes", None)],
            (),
        ),
        (
            quoted({"automated_minutes": 5}, "automated_minutes=1"),
            quoted({"automated_minutes": 5}),
            [("automated_minutes", None)],
            (),
        ),
        (quoted({}), quoted({"automated_minutes": 5}), [("automated_minutes", None)], ()),
        # 100 texts: a band of 0.30 to 0.50, or a mix of one carrier
        (
            quoted({"automated_sms": 100}, carriers={}),
            quoted({"automated_sms": 100}, carriers={"att": Decimal(100)}),
            [],
            ("carrier_fees",),
        ),
        (
            quoted({"license": 1}, start=START),
            quoted({"license": 1}, start="2026-12-24"),
            [],
            ("first_invoice",),
        ),
        # 40 + 30 in the month both, but each price is another one
        (
            quoted({"license": 1, "local_number": 1}, "license=40 local_number=30", start=START),
            quoted({"license": 1, "local_number": 1}, "license=30 local_number=40", start=START),
            [("license", "-10.00"), ("local_number", "10.00")],
            ("first_invoice",),
        ),
        # nothing is drawn from the balance, whenever that begins
        (
            quoted({"license": 1}, term="annual", credits=Decimal(9), start=START),
            quoted({"license": 1}, term="annual", credits=Decimal(9), start="2027-12-23"),
            [],
            (),
        ),
        # 30 x 9 / 9 = 30 days from either start
        (
            quoted({"automated_sms": 600}, term="annual", credits=Decimal(9), start=START),
            quoted({"automated_sms": 600}, term="annual", credits=Decimal(9), start="2026-12-24"),
            [],
            ("credits",),
        ),
        (
            quoted({"automated_sms": 600}, credits=Decimal(9)),
            quoted({"automated_sms": 600}, carriers={}, credits=Decimal(8), start=START),
            [],
            ("carrier_fees", "first_invoice", "credits"),
        ),
    ],
)
def test_difference_has_changed_lines_and_parts(
    old: Quote, new: Quote, lines: list[tuple[str, str | None]], parts: tuple[str, ...]
) -> None:
    found = find_difference(old, new)
    shown = [(line.charge.key, line.more) for line in found.lines]
    assert shown == [(key, None if more is None else Decimal(more)) for key, more in lines]
    assert found.parts == parts
    assert found.is_none == (not lines and not parts)


def test_new_read_date_is_not_a_difference() -> None:
    order = Order(
        {"license": 3, "automated_sms": 600}, carriers={}, credits=Decimal(9), start=START
    )
    old = price(CARD, order)
    citation = CARD.rates["license", "monthly"].citation
    page = citation.source._replace(read_on="2026-12-01")
    read_again = CARD._replace(
        charges={
            key: charge._replace(citation=citation._replace(source=page))
            for key, charge in CARD.charges.items()
        },
        carriers=CARD.carriers._replace(
            listed=tuple(
                carrier._replace(
                    citation=carrier.citation._replace(
                        source=carrier.citation.source._replace(read_on="2026-12-01")
                    )
                )
                for carrier in CARD.carriers.listed
            )
        ),
    )
    assert find_difference(old, price(read_again, order)).is_none


SAME_CARD = "Both quotes are priced from the same uPro rate card."
NOT_THE_SAME = "The inputs of the two quotes differ."
OLD_HASH = CARD.identity.sha256[:12]


@pytest.mark.parametrize(
    ("old", "new", "notes"),
    [
        (quoted({"license": 3}), quoted({"license": 3}), [SAME_CARD]),
        (quoted({"license": 3}), quoted({"license": 4}), [SAME_CARD, NOT_THE_SAME]),
        # the day whose cards were asked for is no other wish
        (quoted({"license": 3}, as_of="2026-12-01"), quoted({"license": 3}), [SAME_CARD]),
        (
            quoted({"license": 3}),
            price(LATER, Order({"license": 3})),
            [
                (
                    f"Old rate card: uPro, {OLD_HASH}. "
                    "New rate card: uPro from 2027-01-01, 0123456789ab."
                )
            ],
        ),
        (
            price(LATER, Order({"license": 3}))._replace(version="1.2.3"),
            quoted({"license": 4})._replace(version="1.3.0"),
            [
                (
                    "Old rate card: uPro from 2027-01-01, 0123456789ab. "
                    f"New rate card: uPro, {OLD_HASH}."
                ),
                NOT_THE_SAME,
                "The old quote was priced by aloware 1.2.3, the new one by 1.3.0.",
            ],
        ),
    ],
)
def test_difference_has_notes_on_cards_and_inputs(old: Quote, new: Quote, notes: list[str]) -> None:
    assert [note.text for note in find_difference(old, new).notes] == notes
