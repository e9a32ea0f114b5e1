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

from aloware_cli.domain.cards import Catalog, Rate
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_every_card, load_rates, shipped_rates


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


def rate_of(paths: list[str], charge: str, term: Term = "monthly", plan: str = "uPro") -> Rate:
    return load_rates(paths, None).cards[plan].rates[charge, term]


def test_overlay_changes_only_its_own_prices(rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")
    before = load_rates([str(rates)], None).cards
    after = load_rates([str(rates), "sheet.yaml"], None).cards
    old, new = before["uPro"].rates, after["uPro"].rates

    rate = new["automated_sms", "monthly"]
    assert rate.price == Decimal("0.012")
    assert rate.citation.source.title == "Price sheet"
    assert rate.citation.source.read_on == "2026-12-01"
    assert rate.citation.wording == "A text at $0.012."
    assert {key for key in old if old[key] != new[key]} == {
        ("automated_sms", term) for term in TERMS
    }
    assert after["iPro"] == before["iPro"]
    assert after["xPro"] == before["xPro"]


def test_overlay_may_have_one_term_of_the_license(rates: Path) -> None:
    Path("sheet.yaml").write_text(
        f"plan: uPro\n{OWN_SOURCE}prices:\n"
        "  license: {annual: {price: 60.00, source: sheet, wording: Billed by the year at $60.}}\n",
        "utf-8",
    )
    paths = [str(rates), "sheet.yaml"]

    assert rate_of(paths, "license", "annual").price == Decimal("60.00")
    assert rate_of(paths, "license", "monthly").price == Decimal("70.00")
    assert rate_of(paths, "license", "quarterly").status == "unpublished"


def test_later_overlay_overrides_earlier(rates: Path) -> None:
    Path("first.yaml").write_text(OVERLAY, "utf-8")
    Path("second.yaml").write_text(OVERLAY.replace("0.012", "0.011"), "utf-8")

    assert rate_of([str(rates), "first.yaml", "second.yaml"], "automated_sms").price == Decimal(
        "0.011"
    )
    assert rate_of([str(rates), "second.yaml", "first.yaml"], "automated_sms").price == Decimal(
        "0.012"
    )


@pytest.mark.usefixtures("rates")
def test_overlay_without_folder_applies_to_bundled_cards() -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert load_rates(["sheet.yaml"], None) == load_rates([shipped_rates(), "sheet.yaml"], None)
    assert rate_of(["sheet.yaml"], "automated_sms").price == Decimal("0.012")


def test_folder_replaces_bundled_cards_and_earlier_overlays(rates: Path) -> None:
    repriced(rates / "upro.yaml", "70.00", "71.00")
    (rates / "xpro.yaml").unlink()
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    catalog = load_rates(["sheet.yaml", str(rates)], None)

    assert list(catalog.cards) == ["iPro", "uPro"]
    assert catalog.cards["uPro"].rates["license", "monthly"].price == Decimal("71.00")
    assert catalog.cards["uPro"].rates["automated_sms", "monthly"].price == Decimal("0.015")


@pytest.mark.parametrize(
    ("as_of", "license_price"),
    [
        ("2026-11-22", "70.00"),
        ("2026-12-31", "70.00"),
        ("2027-01-01", "75.00"),
        ("2027-06-30", "75.00"),
        ("2027-07-01", "80.00"),
        ("2099-01-01", "80.00"),
        (None, "80.00"),
    ],
)
def test_card_in_force_on_the_date_applies(
    as_of: str | None, license_price: str, rates: Path
) -> None:
    for start, price in [("2027-01-01", "75.00"), ("2027-07-01", "80.00")]:
        newer = rates / f"upro-{start}.yaml"
        shutil.copy(rates / "upro.yaml", newer)
        changed(newer, "currency: USD", f"currency: USD\neffective_from: {start}")
        repriced(newer, "70.00", price)

    card = load_rates([str(rates)], as_of).cards["uPro"]

    assert str(card.rates["license", "monthly"].price) == license_price


def test_plan_without_card_in_force_is_not_priced(rates: Path) -> None:
    changed(rates / "upro.yaml", "currency: USD", "currency: USD\neffective_from: 2027-01-01")

    catalog = load_rates([str(rates)], "2026-12-31")

    assert list(catalog.cards) == ["iPro", "xPro"]
    assert catalog.not_in_force == {"uPro": "2027-01-01 or later"}


def test_first_effective_date_of_future_cards_is_returned(rates: Path) -> None:
    for name, start in [
        ("a.yaml", "2028-01-01"),
        ("b.yaml", "2027-06-01"),
        ("c.yaml", "2029-01-01"),
    ]:
        shutil.copy(rates / "upro.yaml", rates / name)
        changed(rates / name, "currency: USD", f"currency: USD\neffective_from: {start}")
    (rates / "upro.yaml").unlink()

    assert load_rates([str(rates)], "2026-12-31").not_in_force == {"uPro": "2027-06-01 or later"}


@pytest.mark.parametrize("order", [("january", "march"), ("march", "january")])
def test_dated_overlays_apply_in_date_order(rates: Path, order: tuple[str, str]) -> None:
    march = OVERLAY.replace("0.012", "0.011")
    Path("january").write_text(f"effective_from: 2027-01-01\n{OVERLAY}", "utf-8")
    Path("march").write_text(f"effective_from: 2027-03-01\n{march}", "utf-8")

    def price_on(day: str) -> Decimal | None:
        card = load_rates([str(rates), *order], day).cards["uPro"]
        return card.rates["automated_sms", "monthly"].price

    assert price_on("2027-02-28") == Decimal("0.012")
    assert price_on("2027-03-01") == Decimal("0.011")


def test_overlay_applies_from_its_effective_date(rates: Path) -> None:
    Path("sheet.yaml").write_text(f"effective_from: 2027-01-01\n{OVERLAY}", "utf-8")

    def price_on(day: str) -> Decimal | None:
        card = load_rates([str(rates), "sheet.yaml"], day).cards["uPro"]
        return card.rates["automated_sms", "monthly"].price

    assert price_on("2026-12-31") == Decimal("0.015")
    assert price_on("2027-01-01") == Decimal("0.012")


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


def test_price_of_a_private_source_is_negotiated(rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")
    paths = [str(rates), "sheet.yaml"]

    assert rate_of(paths, "automated_sms").status == "negotiated"
    assert rate_of(paths, "license").status == "published"


def on(day: str | None, *paths: Path | str) -> Catalog:
    return load_rates([str(path) for path in paths], day)


def license_on(day: str, rates: Path) -> str:
    found = on(day, rates).cards.get("uPro")
    return str(found.rates["license", "monthly"].price) if found else "none"


@pytest.mark.parametrize(
    ("day", "price"),
    [
        ("2026-12-31", "none"),
        ("2027-01-01", "70.00"),
        ("2027-03-31", "70.00"),
        ("2027-04-01", "none"),
        ("2027-06-01", "75.00"),
        ("2027-06-02", "75.00"),
    ],
)
def test_card_is_in_force_until_its_last_day(day: str, price: str, rates: Path) -> None:
    later = rates / "upro-later.yaml"
    shutil.copy(rates / "upro.yaml", later)
    changed(later, "currency: USD", "currency: USD\neffective_from: 2027-06-01")
    repriced(later, "70.00", "75.00")
    days = "effective_from: 2027-01-01\neffective_to: 2027-03-31"
    changed(rates / "upro.yaml", "currency: USD", f"currency: USD\n{days}")

    assert license_on(day, rates) == price


@pytest.mark.parametrize(
    ("days", "day", "said"),
    [
        ("effective_from: 2027-01-01", "2026-12-31", "2027-01-01 or later"),
        ("effective_to: 2027-01-01", "2027-01-02", "2027-01-01 or earlier"),
        # what is known of a card without a first day: from when, or since its pages were read
        ("known_from: 2026-12-01", "2026-11-30", "2026-12-01 or later"),
        ("", "2026-11-21", "2026-11-22 or later"),
    ],
)
def test_day_of_the_nearest_card_is_given(days: str, day: str, said: str, rates: Path) -> None:
    changed(rates / "upro.yaml", "currency: USD", f"currency: USD\n{days}")

    assert on(day, rates).not_in_force["uPro"] == said


def test_overlay_ends_after_its_last_day(rates: Path) -> None:
    days = "effective_from: 2027-01-01\neffective_to: 2027-01-31\n"
    Path("sheet.yaml").write_text(f"{days}{OVERLAY}", "utf-8")

    def price_on(day: str) -> str:
        card = on(day, rates, "sheet.yaml").cards["uPro"]
        return f"{card.rates['automated_sms', 'monthly'].price} {card.effective_to}"

    assert price_on("2027-01-31") == "0.012 2027-01-31"
    assert price_on("2027-02-01") == "0.015 None"
    dated = load_every_card([str(rates), "sheet.yaml"])
    since = [each.since for each in dated if each.card.plan == "uPro"]
    assert since == ["2026-11-22", "2027-01-01"]


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


FOUR = "{price: 4.00, source: sheet, wording: $4}"
THREE = "{price: 3.00, source: sheet, wording: $3}"


def number_prices(*paths: Path | str) -> list[str]:
    rates = on(None, *paths).cards["uPro"].rates
    return [str(rates["local_number", term].price) for term in TERMS]


@pytest.mark.parametrize(
    ("overlay", "prices"),
    [
        (FOUR, ["4.00", "4.00", "4.00"]),
        (f"{{monthly: {FOUR}}}", ["4.00", "4.00", "4.00"]),
        (f"{{annual: {THREE}}}", ["5.00", "5.00", "3.00"]),
        (
            f"{{monthly: {FOUR}, annual: {THREE}}}",
            ["4.00", "4.00", "3.00"],
        ),
        ("{annual: unpublished}", ["5.00", "5.00", "None"]),
    ],
)
def test_add_on_may_have_a_price_for_each_term(
    overlay: str, prices: list[str], rates: Path
) -> None:
    sheet = f"plan: uPro\n{OWN_SOURCE}prices:\n  local_number: {overlay}\n"
    Path("sheet.yaml").write_text(sheet, "utf-8")

    assert number_prices(rates, "sheet.yaml") == prices


def test_longer_term_of_an_add_on_follows_a_new_monthly_price(rates: Path) -> None:
    for name, prices in [
        ("first", f"{{annual: {THREE}}}"),
        ("second", f"{{monthly: {FOUR}}}"),
    ]:
        sheet = f"plan: uPro\n{OWN_SOURCE}prices:\n  local_number: {prices}\n"
        Path(f"{name}.yaml").write_text(sheet, "utf-8")

    assert number_prices(rates, "first.yaml", "second.yaml") == ["4.00", "4.00", "3.00"]
    assert len(on(None, rates, "first.yaml").cards["uPro"].listed) == 28 + 2


@pytest.mark.parametrize("plan", ["upro", "UPRO"])
def test_overlay_names_its_plan_in_any_case(plan: str, rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY.replace("plan: uPro", f"plan: {plan}"), "utf-8")

    catalog = load_rates([str(rates), "sheet.yaml"], None)

    assert list(catalog.cards) == ["iPro", "uPro", "xPro"]
    assert catalog.cards["uPro"].rates["automated_sms", "monthly"].price == Decimal("0.012")
