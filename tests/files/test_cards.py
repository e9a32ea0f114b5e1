"""Cards: what overlays and days change, and that the shipped ones say what is published."""

import hashlib
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import ONE_PRICE, OVERLAY, OWN_SOURCE, changed, faults_in, places_in

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import load_every_card, load_rates


@pytest.mark.parametrize(
    ("old", "new", "at", "message", "hint"),
    [
        ("plan: uPro", "plan: uPr", "1:7", "plan: no plan 'uPr'", "did you mean uPro?"),
        ("plan: uPro", "plan: zzz", "1:7", "plan: no plan 'zzz'", "known here: iPro, uPro, xPro"),
        ("plan: uPro", "plan: upro", "1:7", "plan: no plan 'upro'", "did you mean uPro?"),
        ("plan: uPro\n", "", "1:1", "'plan' is missing", "add it"),
        (OVERLAY, "", "1:1", "the file is empty", "write the keys it needs"),
        (ONE_PRICE, "", "1:1", "'prices' is missing", "add it"),
        ("uPro\n", "uPro\ncurrency: EUR\n", "2:11", "currency: 'EUR' is not right", "write USD"),
        ("uPro\n", "uPro\nprice: 1\n", "2:1", "price: unknown key", "did you mean prices?"),
        (
            "  automated_sms:",
            "  automatd_sms:",
            "5:3",
            "prices.automatd_sms: no charge 'automatd_sms'",
            "did you mean automated_sms?",
        ),
        (
            "source: sheet",
            "source: sheeet",
            "5:41",
            "prices.automated_sms.source: no source 'sheeet'",
            "did you mean sheet?",
        ),
        (
            "  sheet: {",
            "  billing-guide: {title: Mine, read_on: 2026-12-01}\n  sheet: {",
            "3:3",
            "sources.billing-guide: is in sources.yaml too",
            "give it another key",
        ),
        (
            "prices:\n",
            "  credits: {title: Mine, read_on: 2026-12-01}\nprices:\n",
            "4:3",
            "sources.credits: is in sources.yaml too",
            "give it another key",
        ),
        (
            "read_on: 2026-12-01",
            "read_on: 2026-12-32",
            "3:40",
            "sources.sheet.read_on: '2026-12-32' is not right",
            "write a day that exists, such as 2026-11-22",
        ),
        (
            "prices:\n",
            "prices:\n  agent_sms: unpublished\n",
            "5:14",
            "prices.agent_sms: the coverage rule 'pledge' includes it",
            "write included",
        ),
        (
            "prices:\n",
            "prices:\n  license: {yearly: unpublished}\n",
            "5:13",
            "prices.license.yearly: unknown key",
            "known here: monthly, quarterly, annual",
        ),
    ],
)
def test_a_faulty_overlay_is_refused_at_its_place(
    old: str, new: str, at: str, message: str, hint: str, rates: Path
) -> None:
    assert old in OVERLAY
    Path("sheet.yaml").write_text(OVERLAY.replace(old, new, 1), "utf-8")

    (problem,) = faults_in(rates, Path("sheet.yaml"))

    assert str(problem) == f"sheet.yaml:{at}: {message}; {hint}"


def test_a_missing_overlay_is_named(rates: Path) -> None:
    (problem,) = faults_in(rates, Path("sheet.yaml"))

    assert str(problem.place) == "sheet.yaml:1:1"
    assert problem.message.startswith("cannot be read")


def test_an_overlay_is_not_blamed_for_the_faulty_card_below_it(rates: Path) -> None:
    (rates / "upro.yaml").write_text("plan: @uPro", "utf-8")
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert places_in(rates, Path("sheet.yaml")) == ["rates/upro.yaml:1:7"]


def rate_of(paths: list[str], charge: str, term: Term = "monthly", plan: str = "uPro") -> Rate:
    return load_rates(paths, None).cards[plan].rates[charge, term]


def test_an_overlay_wins_with_a_source_of_its_own_and_changes_nothing_else(rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")
    before = load_rates([str(rates)], None).cards
    after = load_rates([str(rates), "sheet.yaml"], None).cards
    old, new = before["uPro"].rates, after["uPro"].rates

    rate = new["automated_sms", "monthly"]
    assert rate.price == Decimal("0.012")
    assert rate.citation.source.title == "Price sheet"
    assert rate.citation.source.read_on == "2026-12-01"
    assert rate.citation.wording == "A text."
    assert {key for key in old if old[key] != new[key]} == {
        ("automated_sms", term) for term in TERMS
    }
    assert after["iPro"] == before["iPro"]
    assert after["xPro"] == before["xPro"]


def test_an_overlay_may_give_one_term_of_the_license(rates: Path) -> None:
    Path("sheet.yaml").write_text(
        f"plan: uPro\n{OWN_SOURCE}prices:\n"
        "  license: {annual: {price: 60.00, source: sheet, wording: Billed by the year.}}\n",
        "utf-8",
    )
    paths = [str(rates), "sheet.yaml"]

    assert rate_of(paths, "license", "annual").price == Decimal("60.00")
    assert rate_of(paths, "license", "monthly").price == Decimal("70.00")
    assert rate_of(paths, "license", "quarterly").status == "unpublished"


def test_of_two_overlays_the_later_one_wins(rates: Path) -> None:
    Path("first.yaml").write_text(OVERLAY, "utf-8")
    Path("second.yaml").write_text(OVERLAY.replace("0.012", "0.011"), "utf-8")

    assert rate_of([str(rates), "first.yaml", "second.yaml"], "automated_sms").price == Decimal(
        "0.011"
    )
    assert rate_of([str(rates), "second.yaml", "first.yaml"], "automated_sms").price == Decimal(
        "0.012"
    )


def test_an_overlay_lies_on_the_shipped_cards_where_no_folder_is_given(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 70.00", "price: 71.00")
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert rate_of(["sheet.yaml"], "automated_sms").price == Decimal("0.012")
    assert rate_of(["sheet.yaml"], "license").price == Decimal("70.00")


def test_a_folder_takes_the_place_of_the_shipped_cards_and_of_all_before_it(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 70.00", "price: 71.00")
    (rates / "xpro.yaml").unlink()
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    catalog = load_rates(["sheet.yaml", str(rates)], None)

    assert list(catalog.cards) == ["iPro", "uPro"]
    assert catalog.cards["uPro"].rates["license", "monthly"].price == Decimal("71.00")
    assert catalog.cards["uPro"].rates["automated_sms", "monthly"].price == Decimal("0.015")


@pytest.mark.parametrize(
    ("as_of", "license_price"),
    [
        ("2026-01-01", "70.00"),
        ("2026-12-31", "70.00"),
        ("2027-01-01", "75.00"),
        ("2027-06-30", "75.00"),
        ("2027-07-01", "80.00"),
        ("2099-01-01", "80.00"),
        (None, "80.00"),
    ],
)
def test_the_card_in_force_on_the_day_is_the_one(
    as_of: str | None, license_price: str, rates: Path
) -> None:
    for start, price in [("2027-01-01", "75.00"), ("2027-07-01", "80.00")]:
        newer = rates / f"upro-{start}.yaml"
        shutil.copy(rates / "upro.yaml", newer)
        changed(newer, "currency: USD", f"currency: USD\neffective_from: {start}")
        changed(newer, "price: 70.00", f"price: {price}")

    card = load_rates([str(rates)], as_of).cards["uPro"]

    assert str(card.rates["license", "monthly"].price) == license_price


def test_a_plan_whose_first_card_is_still_to_come_is_not_priced(rates: Path) -> None:
    changed(rates / "upro.yaml", "currency: USD", "currency: USD\neffective_from: 2027-01-01")

    catalog = load_rates([str(rates)], "2026-12-31")

    assert list(catalog.cards) == ["iPro", "xPro"]
    assert catalog.not_yet == {"uPro": "2027-01-01"}


def test_of_the_cards_still_to_come_the_first_day_is_named(rates: Path) -> None:
    for name, start in [
        ("a.yaml", "2028-01-01"),
        ("b.yaml", "2027-06-01"),
        ("c.yaml", "2029-01-01"),
    ]:
        shutil.copy(rates / "upro.yaml", rates / name)
        changed(rates / name, "currency: USD", f"currency: USD\neffective_from: {start}")
    (rates / "upro.yaml").unlink()

    assert load_rates([str(rates)], "2026-12-31").not_yet == {"uPro": "2027-06-01"}


def test_an_overlay_holds_from_its_day_on(rates: Path) -> None:
    Path("sheet.yaml").write_text(f"effective_from: 2027-01-01\n{OVERLAY}", "utf-8")

    def price_on(day: str) -> Decimal | None:
        card = load_rates([str(rates), "sheet.yaml"], day).cards["uPro"]
        return card.rates["automated_sms", "monthly"].price

    assert price_on("2026-12-31") == Decimal("0.015")
    assert price_on("2027-01-01") == Decimal("0.012")


def test_every_card_comes_with_the_day_from_which_it_holds(rates: Path) -> None:
    changed(rates / "ipro.yaml", "currency: USD", "currency: USD\neffective_from: 2028-01-01")
    shutil.copy(rates / "upro.yaml", rates / "a-newer.yaml")
    changed(rates / "a-newer.yaml", "currency: USD", "currency: USD\neffective_from: 2027-01-01")
    changed(rates / "a-newer.yaml", "price: 70.00", "price: 75.00")
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
        ("uPro", None, None, "70.00", "0.015"),
        ("uPro", "2027-01-01", "2027-01-01", "75.00", "0.015"),
        ("uPro", "2027-07-01", "2027-01-01", "75.00", "0.012"),
        ("iPro", "2028-01-01", "2028-01-01", "40.00", "None"),
        ("xPro", None, None, "90.00", "None"),
    ]


def test_an_overlay_without_a_day_of_its_own_makes_no_second_card(rates: Path) -> None:
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    dated = load_every_card([str(rates), "sheet.yaml"])

    assert [(each.since, each.card.plan) for each in dated] == [
        (None, "iPro"),
        (None, "uPro"),
        (None, "xPro"),
    ]
    assert str(dated[1].card.rates["automated_sms", "monthly"].price) == "0.012"


def test_no_card_is_listed_where_one_is_at_fault(rates: Path) -> None:
    (rates / "upro.yaml").write_text("- a\n", "utf-8")

    with pytest.raises(FaultyFiles) as raised:
        load_every_card([str(rates)])

    assert [str(problem.place) for problem in raised.value.problems] == [
        str(rates / "upro.yaml:1:1")
    ]


SHARED = ["charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml"]


def test_a_card_tells_by_its_fingerprint_which_files_it_was_read_from(rates: Path) -> None:
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
def test_a_card_is_as_old_as_the_oldest_page_behind_its_prices(
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


def test_a_card_without_a_price_has_no_oldest_page(rates: Path) -> None:
    for name in ("a2p.yaml", "upro.yaml"):
        text = (rates / name).read_text("utf-8")
        (rates / name).write_text(re.sub(r"\{price: .*\}", "unpublished", text), "utf-8")

    catalog = load_rates([str(rates)], None)

    assert catalog.cards["uPro"].identity.oldest_read_on is None
    assert catalog.cards["iPro"].identity.oldest_read_on == "2026-11-22"


def test_a_card_that_prices_nothing_lacks_every_charge_that_plans_do_not_share(
    rates: Path,
) -> None:
    catalog = load_rates([str(rates)], None)
    text = (rates / "upro.yaml").read_text("utf-8")
    (rates / "upro.yaml").write_text(f"{text.partition('prices:')[0]}prices: {{}}\n", "utf-8")
    shared = [row[0] for row in PUBLISHED if row[5] == "a2p-fees"]

    problems = faults_in(rates)

    assert [problem.message for problem in problems] == sorted(
        f"{key!r} is missing" for key in catalog.charges if key not in shared
    )
    assert len(problems) == 18  # of 26 charges, 8 are A2P fees
    assert {str(problem.place) for problem in problems} == {str(rates / "upro.yaml:9:9")}


def test_what_a_card_lacks_is_said_beside_what_is_wrong_in_it(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 5.00", "price: five")
    changed(rates / "upro.yaml", "  agent_sms: included\n", "")

    assert [problem.message for problem in faults_in(rates)] == [
        "'agent_sms' is missing",
        "'five' is not right",
    ]


#: What the vendor's pages print for each plan, and nothing else.
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
def test_the_shipped_cards_say_what_is_published(
    charge: str, term: Term, ipro: str, upro: str, xpro: str, source: str | None
) -> None:
    cards = load_rates([], None).cards
    rates = [cards[plan].rates[charge, term] for plan in ("iPro", "uPro", "xPro")]
    priced = [rate for rate in rates if rate.status == "billed"]

    assert [str(r.price) if r in priced else r.status for r in rates] == [ipro, upro, xpro]
    assert {rate.citation.source.key for rate in priced} == ({source} if source else set())


def test_the_table_above_leaves_no_charge_of_the_shipped_cards_out() -> None:
    for card in load_rates([], None).cards.values():
        assert list(card.charges) == list(dict.fromkeys(row[0] for row in PUBLISHED))


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
def test_the_shipped_carriers_say_what_is_published(
    carrier: str, name: str, country: str, per_segment: str, per_mms: str
) -> None:
    carriers = {each.key: each for each in load_rates([], None).cards["uPro"].carriers}
    found = carriers[carrier]

    assert len(carriers) == 5
    assert (found.name, found.country) == (name, country)
    assert (str(found.per_segment), str(found.per_mms)) == (per_segment, per_mms)
    assert found.source.key == "carrier-fees"
