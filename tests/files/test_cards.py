"""Rate cards: what overlays and effective dates change, and every rate that is read."""

import hashlib
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import (
    OVERLAY,
    OWN_SOURCE,
    card,
    catalog,
    changed,
    locations_in,
    problems_in,
    repriced,
)
from text_tables import read_table

from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_every_card, load_rates
from aloware_cli.files.io import bundled_rates


@pytest.mark.parametrize(("old", "new", "problem"), read_table("bad_overlays"))
def test_bad_overlay_is_rejected_with_one_problem(
    old: str, new: str, problem: str, rates: Path
) -> None:
    assert old in OVERLAY
    Path("sheet.yaml").write_text(OVERLAY.replace(old, new, 1), "utf-8")

    assert problems_in(rates, Path("sheet.yaml")) == [f"sheet.yaml:{problem}"]


def test_missing_overlay_is_reported(rates: Path) -> None:
    [problem] = problems_in(rates, Path("sheet.yaml"))

    assert problem.startswith("cannot read sheet.yaml: ")


def test_overlay_has_no_problem_if_its_card_is_invalid(rates: Path) -> None:
    (rates / "upro.yaml").write_text("plan: @uPro", "utf-8")
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert locations_in(rates, Path("sheet.yaml")) == ["rates/upro.yaml:1:7"]


def price_of(
    charge: str, *paths: Path | str, day: str | None = None, term: Term = "monthly"
) -> str:
    """Return the price of `charge` on uPro by the cards at `paths`, or its state."""
    rate = load_rates([str(path) for path in paths], day).cards["uPro"].rates[charge, term]
    return rate.status if rate.price is None else str(rate.price)


def write_sheet(name: str, prices: str) -> str:
    """Write an overlay for uPro with `prices`, and return its path."""
    Path(name).write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {prices}\n", "utf-8")
    return name


def write_texts(name: str, price: str, days: str = "") -> str:
    """Write an overlay with a price of automated texts and its days, and return its path."""
    Path(name).write_text(f"{days}{OVERLAY.replace('0.012', price)}", "utf-8")
    return name


def test_overlay_changes_only_its_own_prices(rates: Path) -> None:
    sheet = write_texts("sheet.yaml", "0.012")
    before = load_rates([str(rates)], None).cards
    after = load_rates([str(rates), sheet], None).cards
    old, new = before["uPro"].rates, after["uPro"].rates

    rate = new["automated_sms", "monthly"]
    assert (rate.price, rate.status) == (Decimal("0.012"), "negotiated")
    assert rate.citation.source.title == "Price sheet"
    assert rate.citation.source.read_on == "2026-12-01"
    assert rate.citation.wording == "A text at $0.012."
    changed_keys = {key for key in old if old[key] != new[key]}
    assert changed_keys == {("automated_sms", term) for term in TERMS}
    assert (after["iPro"], after["xPro"]) == (before["iPro"], before["xPro"])


FOUR = "{price: 4.00, source: sheet, wording: $4}"
THREE = "{price: 3.00, source: sheet, wording: $3}"


@pytest.mark.parametrize(
    ("sheets", "monthly", "quarterly", "annual"),
    [
        ([f"license: {{annual: {THREE}}}"], "70.00", "unpublished", "3.00"),
        ([f"local_number: {FOUR}"], "4.00", "4.00", "4.00"),
        ([f"local_number: {{monthly: {FOUR}}}"], "4.00", "4.00", "4.00"),
        ([f"local_number: {{annual: {THREE}}}"], "5.00", "5.00", "3.00"),
        ([f"local_number: {{monthly: {FOUR}, annual: {THREE}}}"], "4.00", "4.00", "3.00"),
        (["local_number: {annual: unpublished}"], "5.00", "5.00", "unpublished"),
        # the longer terms follow a new monthly price, except those that have their own
        ([f"local_number: {{annual: {THREE}}}", f"local_number: {{monthly: {FOUR}}}"],
         "4.00", "4.00", "3.00"),
        # the later overlay wins
        ([f"local_number: {THREE}", f"local_number: {FOUR}"], "4.00", "4.00", "4.00"),
        ([f"local_number: {FOUR}", f"local_number: {THREE}"], "3.00", "3.00", "3.00"),
    ],
)  # fmt: skip
def test_overlay_may_have_a_price_for_each_term(
    sheets: list[str], monthly: str, quarterly: str, annual: str, rates: Path
) -> None:
    paths = [write_sheet(f"{number}.yaml", prices) for number, prices in enumerate(sheets)]
    charge = sheets[0].partition(":")[0]

    prices = [price_of(charge, rates, *paths, term=term) for term in TERMS]

    assert prices == [monthly, quarterly, annual]


@pytest.mark.usefixtures("rates")
def test_overlay_without_folder_applies_to_bundled_cards() -> None:
    sheet = write_texts("sheet.yaml", "0.012")

    assert load_rates([sheet], None) == load_rates([bundled_rates(), sheet], None)
    assert price_of("automated_sms", sheet) == "0.012"


def test_folder_replaces_bundled_cards_and_earlier_overlays(rates: Path) -> None:
    repriced(rates / "upro.yaml", "70.00", "71.00")
    (rates / "xpro.yaml").unlink()
    paths = (write_texts("sheet.yaml", "0.012"), rates)

    assert list(load_rates([str(path) for path in paths], None).cards) == ["iPro", "uPro"]
    assert price_of("license", *paths) == "71.00"
    assert price_of("automated_sms", *paths) == "0.015"


def write_cards(rates: Path, cards: dict[str, str]) -> None:
    """Write a card for uPro for each price of a license, with its days."""
    text = (rates / "upro.yaml").read_text("utf-8")
    (rates / "upro.yaml").unlink()
    for price, days in cards.items():
        path = rates / f"upro-{price}.yaml"
        path.write_text(text.replace("currency: USD", f"currency: USD\n{days}"), "utf-8")
        repriced(path, "70.00", price)


YEARS = {"70": "", "75": "effective_from: 2027-01-01", "80": "effective_from: 2028-01-01"}
GAP = {
    "71": "effective_from: 2027-01-01\neffective_to: 2027-03-31",
    "75": "effective_from: 2027-06-01",
}


@pytest.mark.parametrize(
    ("cards", "day", "license_price"),
    [
        (YEARS, "2026-11-22", "70"),
        (YEARS, "2026-12-31", "70"),
        (YEARS, "2027-01-01", "75"),
        (YEARS, "2027-12-31", "75"),
        (YEARS, "2028-01-01", "80"),
        (YEARS, "2099-01-01", "80"),
        (YEARS, None, "80"),
        (GAP, "2026-12-31", "2027-01-01 or later"),
        (GAP, "2027-01-01", "71"),
        (GAP, "2027-03-31", "71"),
        (GAP, "2027-04-01", "2027-06-01 or later"),
        (GAP, "2027-06-01", "75"),
        ({"71": "effective_to: 2027-01-01"}, "2027-01-02", "2027-01-01 or earlier"),
        # what is known of a card without a first day: from when, or since its pages were read
        ({"71": "known_from: 2026-12-01"}, "2026-11-30", "2026-12-01 or later"),
        ({"71": ""}, "2026-11-21", "2026-11-22 or later"),
    ],
)
def test_card_in_force_on_the_day_applies(
    cards: dict[str, str], day: str | None, license_price: str, rates: Path
) -> None:
    write_cards(rates, cards)

    catalog = load_rates([str(rates)], day)

    if "uPro" in catalog.cards:
        assert price_of("license", rates, day=day) == f"{license_price}.00"
    else:
        assert catalog.not_in_force["uPro"] == license_price


@pytest.mark.parametrize("sheets", [["january", "march"], ["march", "january"]])
@pytest.mark.parametrize(
    ("day", "price"),
    [
        ("2026-12-31", "0.015"),
        ("2027-01-01", "0.012"),
        ("2027-01-31", "0.012"),
        ("2027-02-01", "0.015"),
        ("2027-03-01", "0.011"),
    ],
)
def test_overlay_applies_on_its_days_in_any_order(
    day: str, price: str, sheets: list[str], rates: Path
) -> None:
    january = "effective_from: 2027-01-01\neffective_to: 2027-01-31\n"
    write_texts("january", "0.012", january)
    write_texts("march", "0.011", "effective_from: 2027-03-01\n")

    assert price_of("automated_sms", rates, *sheets, day=day) == price


def test_every_card_is_listed_with_its_effective_date(rates: Path) -> None:
    changed(rates / "ipro.yaml", "currency: USD", "currency: USD\neffective_from: 2028-01-01")
    shutil.copy(rates / "upro.yaml", rates / "a-newer.yaml")
    changed(rates / "a-newer.yaml", "currency: USD", "currency: USD\neffective_from: 2027-01-01")
    repriced(rates / "a-newer.yaml", "70.00", "75.00")
    Path("sheet.yaml").write_text(f"effective_from: 2027-07-01\n{OVERLAY}", "utf-8")

    dated = load_every_card([str(rates), "sheet.yaml"])

    assert [
        (
            each.card.plan,
            each.since,
            each.card.identity.effective_from,
            str(each.card.rates["license", "monthly"].price),
            str(each.card.rates["automated_sms", "monthly"].price),
        )
        for each in dated
    ] == [
        # The plans in the order of their files, a-newer.yaml before ipro.yaml.
        ("uPro", "2026-11-22", None, "70.00", "0.015"),
        ("uPro", "2027-01-01", "2027-01-01", "75.00", "0.015"),
        ("uPro", "2027-07-01", "2027-01-01", "75.00", "0.012"),
        ("iPro", "2028-01-01", "2028-01-01", "40.00", "None"),
        ("xPro", "2026-11-22", None, "90.00", "None"),
    ]


def test_overlay_without_effective_date_adds_no_card(rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    dated = load_every_card([str(rates), "sheet.yaml"])

    assert [(each.since, each.card.plan) for each in dated] == [
        ("2026-11-22", "iPro"),
        ("2026-11-22", "uPro"),
        ("2026-11-22", "xPro"),
    ]
    assert str(dated[1].card.rates["automated_sms", "monthly"].price) == "0.012"


def test_no_card_is_listed_if_one_is_invalid(rates: Path) -> None:
    (rates / "upro.yaml").write_text("- a\n", "utf-8")

    with pytest.raises(ValidationError) as raised:
        load_every_card([str(rates)])

    assert [str(problem.location) for problem in raised.value.problems] == [
        str(rates / "upro.yaml:1:1")
    ]


SHARED = ["charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml"]


def test_fingerprint_covers_every_file_of_a_card(rates: Path) -> None:
    Path("first.yaml").write_text(OVERLAY, "utf-8")
    Path("second.yaml").write_text(OVERLAY.replace("0.012", "0.011"), "utf-8")
    Path("other.yaml").write_text(OVERLAY.replace("uPro", "xPro"), "utf-8")
    files = [*(rates / name for name in SHARED), rates / "upro.yaml"]
    files += [Path("first.yaml"), Path("second.yaml")]

    catalog = load_rates([str(rates), "first.yaml", "other.yaml", "second.yaml"], None)

    content = b"".join(file.read_bytes() for file in files)
    assert catalog.cards["uPro"].identity.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("page", "read_on", "oldest"),
    [
        # The page behind one price, the look-up's; those behind the others: 2026-11-22.
        ("phone-number-identifiers", "2026-11-20", "2026-11-20"),
        ("phone-number-identifiers", "2026-11-24", "2026-11-22"),
        # A page behind no price.
        ("billing-cycle", "2026-01-01", "2026-11-22"),
    ],
)
def test_oldest_read_date_is_that_of_the_oldest_price_source(
    page: str, read_on: str, oldest: str, rates: Path
) -> None:
    changed(
        rates / "sources.yaml",
        f"{page}\n    read_on: 2026-11-22",
        f"{page}\n    read_on: {read_on}",
    )
    # What the pledge includes, and what no page prices, has no price.
    changed(
        rates / "charges.yaml",
        "unlimited on every plan.\n    source: billing-guide",
        "unlimited on every plan.\n    source: billing-cycle",
    )

    assert load_rates([str(rates)], None).cards["uPro"].identity.oldest_read_on == oldest


def test_card_without_price_has_no_oldest_read_date(rates: Path) -> None:
    for name in ("a2p.yaml", "upro.yaml"):
        text = (rates / name).read_text("utf-8")
        (rates / name).write_text(re.sub(r"\{price: .*\}", "unpublished", text), "utf-8")

    catalog = load_rates([str(rates)], None)

    assert catalog.cards["uPro"].identity.oldest_read_on is None
    assert catalog.cards["iPro"].identity.oldest_read_on == "2026-11-22"


def test_card_without_prices_lacks_every_charge_that_plans_do_not_share(rates: Path) -> None:
    text = (rates / "upro.yaml").read_text("utf-8")
    (rates / "upro.yaml").write_text(f"{text.partition('prices:')[0]}prices: {{}}\n", "utf-8")
    shared = [row[0] for row in PUBLISHED if row[5] == "a2p-fees"]
    lacking = [key for key in catalog().charges if key not in shared]

    assert len(lacking) == 18  # of 26 charges, 8 are A2P fees
    assert [problem.partition("; ")[0] for problem in problems_in(rates)] == [
        f'rates/upro.yaml:9:9: prices: "{key}" is missing' for key in lacking
    ]


def test_missing_charge_is_reported_beside_other_problems(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 5.00", "price: five")
    changed(rates / "upro.yaml", "  agent_sms: included\n", "")

    assert [problem.partition("; ")[0] for problem in problems_in(rates)] == [
        'rates/upro.yaml:10:3: prices: "agent_sms" is missing',
        'rates/upro.yaml:14:25: prices.local_number.price: "five" is not a price',
    ]


#: The rates of the frozen cards, as the vendor's pages print them.
PUBLISHED = [
    # charge, term, iPro, uPro, xPro, source
    ("license", "monthly", "40.00", "70.00", "90.00", "billing-guide"),
    ("license", "quarterly", "unpublished", "unpublished", "unpublished", None),
    ("license", "annual", "unpublished", "unpublished", "unpublished", None),
    ("local_number", "monthly", "6.00", "5.00", "4.00", "billing-guide"),
    ("toll_free_number", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("international_number", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("local_presence", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("aloai_text_bot", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("aloai_voice_analytics", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("aloai_voice_bot", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("campaign_maintenance", "monthly", "10.00", "10.00", "10.00", "a2p-fees"),
    ("low_volume_campaign_maintenance", "monthly", "2.00", "2.00", "2.00", "a2p-fees"),
    ("automated_sms", "monthly", "unpublished", "0.015", "unpublished", "billing-guide"),
    ("automated_minutes", "monthly", "unpublished", "unpublished", "0.02", "billing-guide"),
    ("two_legged_minutes", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("agent_minutes", "monthly", "included", "included", "included", None),
    ("inbound_minutes", "monthly", "included", "included", "included", None),
    ("agent_sms", "monthly", "included", "included", "included", None),
    ("inbound_sms", "monthly", "included", "included", "included", None),
    ("toll_free_minutes", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("toll_free_sms", "monthly", "unpublished", "unpublished", "unpublished", None),
    ("number_lookup", "monthly", "0.002", "0.002", "0.002", "number-lookup"),
    ("brand_registration_starter", "monthly", "0.00", "0.00", "0.00", "a2p-fees"),
    ("brand_registration_standard", "monthly", "44.00", "44.00", "44.00", "a2p-fees"),
    ("campaign_activation", "monthly", "50.00", "50.00", "50.00", "a2p-fees"),
    ("secondary_vetting", "monthly", "40.00", "40.00", "40.00", "a2p-fees"),
    ("enhanced_vetting", "monthly", "95.00", "95.00", "95.00", "a2p-fees"),
    ("late_appeal", "monthly", "40.00", "40.00", "40.00", "a2p-fees"),
]


@pytest.mark.parametrize(("charge", "term", "ipro", "upro", "xpro", "source"), PUBLISHED)
def test_card_has_rate_of_each_charge(
    charge: str, term: Term, ipro: str, upro: str, xpro: str, source: str | None
) -> None:
    cards = catalog().cards
    rates = [cards[plan].rates[charge, term] for plan in ("iPro", "uPro", "xPro")]
    priced = [rate for rate in rates if rate.status == "published"]

    assert [str(r.price) if r in priced else r.status for r in rates] == [ipro, upro, xpro]
    assert {rate.citation.source.key for rate in priced} == ({source} if source else set())


def test_rates_table_has_every_charge() -> None:
    for plan in catalog().cards.values():
        assert list(plan.charges) == list(dict.fromkeys(row[0] for row in PUBLISHED))


@pytest.mark.parametrize(
    ("carrier", "name", "country", "per_segment", "per_mms"),
    [
        ("t-mobile", "T-Mobile", "US", "0.003", "0.01"),
        ("att", "AT&T", "US", "0.003", "0.0075"),
        ("verizon", "Verizon", "US", "0.003", "0.005"),
        ("us-cellular", "US Cellular", "US", "0.005", "0.01"),
        ("rogers", "Rogers", "CA", "0.0084", "0.017"),
    ],
)
def test_card_has_fees_of_each_carrier(
    carrier: str, name: str, country: str, per_segment: str, per_mms: str
) -> None:
    carriers = {each.key: each for each in card("uPro").carriers.listed}
    found = carriers[carrier]

    assert len(carriers) == 5
    assert (found.name, found.country) == (name, country)
    assert (str(found.per_segment), str(found.per_mms)) == (per_segment, per_mms)
    assert found.citation.source.key == "carrier-fees"


def test_card_that_begins_before_another_ends_is_rejected(rates: Path) -> None:
    shutil.copy(rates / "upro.yaml", rates / "upro-later.yaml")
    changed(rates / "upro.yaml", "currency: USD", "currency: USD\neffective_to: 2027-01-31")
    later = "currency: USD\neffective_from: 2027-01-31"
    changed(rates / "upro-later.yaml", "currency: USD", later)

    [said] = problems_in(rates)
    assert said == (
        "rates/upro-later.yaml:8:17: effective_from: the rate card in rates/upro.yaml is in force "
        "until 2027-01-31; use another date  [E-EFFECTIVE]"
    )


@pytest.mark.parametrize("plan", ["upro", "UPRO"])
def test_overlay_names_its_plan_in_any_case(plan: str, rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY.replace("plan: uPro", f"plan: {plan}"), "utf-8")

    catalog = load_rates([str(rates), "sheet.yaml"], None)

    assert list(catalog.cards) == ["iPro", "uPro", "xPro"]
    assert catalog.cards["uPro"].rates["automated_sms", "monthly"].price == Decimal("0.012")
