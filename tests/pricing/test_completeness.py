"""Completeness: a quote says what a bill may have beyond its lines.

The terms are the bundled ones, the prices are frozen.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from card_files import CARDS as CARDS_FOLDER

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price


def frozen_with_terms() -> Mapping[str, RateCard]:
    """Return the frozen cards with the bundled terms and the sources that they name."""
    with TemporaryDirectory() as folder:
        shutil.copytree(CARDS_FOLDER, folder, dirs_exist_ok=True)
        for name in ("terms.yaml", "sources.yaml"):
            shutil.copy(Path(__file__).parents[2] / "rates" / name, folder)
        return load_rates([folder], None).cards


CARDS = frozen_with_terms()
TAXES = "Taxes, regulatory and 911 fees, set-up, porting and toll-free verification."
REGISTRATION = (
    "A2P registration, required before texting from local numbers: $94.00 once, $10.00 a month."
)
REGISTERED = "The A2P brand is registered and its campaigns are activated already."
VETTING = "Secondary vetting of the standard brand, if it is charged separately: $40.00 once."
DIALER = (
    "The Power Dialer is a feature of higher plans, which also have lower rates for automated "
    "minutes. Ask Aloware whether this plan has it."
)
PRESENCE = "Local presence lines that send texts need an A2P campaign of their own."
LOOKUPS = (
    "A lookup runs automatically on every phone number that is added, imported contacts included: "
    "$0.002 per look-up."
)
MINIMUM = (
    "A contract may fix a minimum number of licenses to buy and renew. No minimum is published."
)
NAMED = (TAXES, REGISTRATION, REGISTERED, VETTING, DIALER, PRESENCE, LOOKUPS, MINIMUM)


def quoted(quantities: dict[str, int], plan: str = "uPro", **order: object) -> Quote:
    return price(CARDS[plan], Order(quantities, **order))  # type: ignore[arg-type]


def said_of(quote: Quote) -> list[str]:
    # The frozen charges have the caution on local presence too.
    return sorted({note.text for note in quote.notes} & {*NAMED}, key=NAMED.index)


@pytest.mark.parametrize(
    ("plan", "quantities", "said"),
    [
        ("uPro", {"license": 3}, [TAXES, LOOKUPS, MINIMUM]),
        ("uPro", {"automated_sms": 10_000}, [REGISTRATION, TAXES]),
        ("uPro", {"agent_sms": 1}, [REGISTRATION, TAXES]),
        ("uPro", {"inbound_sms": 1}, [TAXES]),
        ("uPro", {"toll_free_sms": 1}, [TAXES]),
        ("uPro", {"automated_sms": 1, "campaign_maintenance": 1}, [REGISTERED, TAXES]),
        ("uPro", {"low_volume_campaign_maintenance": 1}, [REGISTERED, TAXES]),
        (
            "uPro",
            {"automated_sms": 1, "brand_registration_standard": 1, "campaign_maintenance": 1},
            [VETTING, TAXES],
        ),
        ("uPro", {"brand_registration_standard": 1, "secondary_vetting": 1}, [TAXES]),
        ("uPro", {"license": 1, "number_lookup": 500}, [TAXES, MINIMUM]),
        ("iPro", {"automated_minutes": 100}, [TAXES, DIALER]),
        ("uPro", {"automated_minutes": 100}, [TAXES, DIALER]),
        ("xPro", {"automated_minutes": 100}, [TAXES]),
        ("xPro", {"local_presence": 1}, [TAXES, PRESENCE]),
    ],
)
def test_quote_says_what_may_be_missing(
    plan: str, quantities: dict[str, int], said: list[str]
) -> None:
    assert said_of(quoted(quantities, plan)) == sorted(said, key=NAMED.index)


@pytest.mark.parametrize(
    ("quantities", "minimum"),
    [({"license": 3}, 5), ({"license": 3}, 2), ({}, 5)],
)
def test_given_minimum_settles_the_note_on_it(quantities: dict[str, int], minimum: int) -> None:
    assert said_of(quoted(quantities, min_agents=minimum)) == [TAXES, LOOKUPS]


def test_commitment_cites_the_sentence_on_minimum_license_counts() -> None:
    own, unused = quoted({"license": 1}, min_agents=2).lines
    assert "3 agents x $70" in own.rate.citation.wording
    assert unused.rate.citation.wording == (
        "When you sign a quote or contract with Aloware, you agree to purchase and renew a minimum "
        "number of licenses."
    )


def test_each_note_has_the_option_that_settles_it() -> None:
    quote = quoted({"license": 3, "automated_sms": 10_000})
    options = {note.text: note.option for note in quote.notes}
    assert options[REGISTRATION] == "--brand standard --campaigns 1"
    assert options[LOOKUPS] == "--add number_lookup=N"
    assert options[MINIMUM] == "--min-agents N"
    assert options[TAXES] == ""
    note = Note("exclusion", "It costs.", option="--add it=1")
    assert note.for_seller == "It costs. Use --add it=1."


def test_table_has_three_such_lines_at_most() -> None:
    everything = {key: 1 for key, charge in CARDS["uPro"].charges.items()}
    for quantities in (everything, {"license": 1, "automated_sms": 1}):
        shown = [note for note in quoted(quantities).notes if note.kind != "term"]
        assert len([note for note in shown if note.text in NAMED[:4]]) <= 3


def test_unknown_price_of_what_a_term_causes_is_not_zero() -> None:
    card = CARDS["uPro"]
    vetting = card.rates["secondary_vetting", "monthly"]
    unknown = vetting._replace(status="unpublished", price=None)
    rates = {**card.rates, ("secondary_vetting", "monthly"): unknown}
    notes = price(card._replace(rates=rates), Order({"brand_registration_standard": 1})).notes
    said = VETTING.replace("$40.00 once", "no published price once")
    assert said in [note.text for note in notes]


def overlaid(folder: Path, text: str) -> RateCard:
    sheet = folder / "sheet.yaml"
    head = "plan: uPro\nsources: {sheet: {title: Price sheet, read_on: 2026-12-01}}\n"
    sheet.write_text(f"{head}{text}")
    return load_rates([str(CARDS_FOLDER), str(sheet)], None).cards["uPro"]


def test_longer_term_says_which_add_ons_have_only_a_monthly_price(tmp_path: Path) -> None:
    card = overlaid(
        tmp_path,
        "prices:\n"
        "  license: {annual: {price: 63, source: sheet, wording: $63}}\n"
        "  aloai_text_bot: {monthly: {price: 9, source: sheet, wording: $9}, "
        "annual: {price: 8, source: sheet, wording: $8}}\n",
    )
    order = Order({"license": 1, "local_number": 2, "aloai_text_bot": 1}, term="annual")
    quote = price(card, order)
    # 63 + 2 x 5 + 8
    assert str(quote.totals.monthly) == "81.00"
    said = "Local phone numbers: at the monthly price, because no annual one is known."
    assert said in [note.text for note in quote.notes]
    monthly = price(card, order._replace(term="monthly"))
    assert not [note for note in monthly.notes if "at the monthly price, because" in note.text]


def test_quote_says_when_its_prices_end(tmp_path: Path) -> None:
    card = overlaid(
        tmp_path,
        "effective_to: 2027-01-31\n"
        "prices:\n  automated_sms: {price: 0.012, source: sheet, wording: $0.012}\n",
    )
    said = [note.text for note in price(card, Order({"automated_sms": 1})).notes]
    assert "Prices of this quote end on January 31, 2027." in said
