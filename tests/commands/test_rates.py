"""`aloware rates`: cards listed, shown, checked and compared."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from card_files import CARDS, OWN_SOURCE, changed, repriced
from conftest import Run

from aloware_cli.files.cards import shipped_rates

OFFER = """\
plan: uPro
sources:
  offer: {title: Offer to Acme, read_on: 2026-11-20}
prices:
  license:
    monthly: {price: 70.00, source: offer, wording: "70 an agent, billed monthly"}
    annual: {price: 63.00, source: offer, wording: "63 an agent, billed yearly"}
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""
LIST = """\
plan: uPro
sources:
  list: {title: List, read_on: 2026-11-20}
prices:
  license:
    monthly: {price: 70.00, source: list, wording: "70 an agent, billed monthly"}
    annual: unpublished
  automated_sms: {price: 0.015, source: list, wording: "$0.015"}
"""
ORDER = "plan: upro\nagents: 3\nsms: 10k\nadd: {enhanced_vetting: 1}\n"


@pytest.fixture
def offer(tmp_path: Path) -> Path:
    """Return an overlay that prices two things anew."""
    path = tmp_path / "offer.yaml"
    path.write_text(OFFER)
    return path


@pytest.fixture
def list_prices(tmp_path: Path) -> Path:
    """Return an overlay with the list price of everything that the offer prices."""
    path = tmp_path / "list.yaml"
    path.write_text(LIST)
    return path


def document_of(run: Run, line: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"{line} --format json").stdout)
    return document


def test_bundled_cards_have_no_problem(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALOWARE_RATES")
    result = run("rates check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("on the rate cards of iPro, uPro, xPro.\n")


def test_rates_check_lists_every_problem(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("plan: uPro\nprices: {license: {monthly: 70}}\n")
    (tmp_path / "b.yaml").write_text("plan: gold\nprices: {licence: included}\n")
    result = run(f"rates check {tmp_path / 'a.yaml'} {tmp_path / 'b.yaml'}")
    assert (result.exit_code, result.stdout) == (1, "")
    places = [
        line.split(": ")[0].removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()
    ]
    assert places[:3] == ["a.yaml:2:29", "b.yaml:1:7", "b.yaml:2:10"]


def listed(run: Run, flags: str = "") -> list[str]:
    """Return plan, since when it holds, and the counts of each card that is listed."""
    return [
        f"{card['plan']} {card['since']} "
        f"{card['published']}+{card['negotiated']}+{card['included']}+{card['unpublished']}"
        for card in document_of(run, f"rates list {flags}")["cards"]
    ]


# 26 charges, one of them for 3 terms: 28 prices on each card. iPro: the license of one
# term, a local number, a look-up and 8 A2P fees; uPro and xPro one automated rate more.
SHIPPED = [
    "iPro 2026-11-22 11+0+4+13",
    "uPro 2026-11-22 12+0+4+12",
    "xPro 2026-11-22 12+0+4+12",
]


def test_rates_list_counts_prices_of_each_card(run: Run) -> None:
    assert listed(run) == SHIPPED
    table = run("rates list").stdout.splitlines()
    assert table[2].split() == [
        "Plan", "From", "Published", "Included", "Unpublished", "Oldest", "source", "SHA-256",
    ]  # fmt: skip
    assert table[4].split()[:6] == ["iPro", "2026-11-22", "11", "4", "13", "2026-11-22"]
    sha256 = document_of(run, "rates list")["cards"][0]["rate_card"]["sha256"]
    assert table[4].split()[6] == sha256[:12]
    assert document_of(run, "quote ipro -a 1")["rate_card"]["sha256"] == sha256


def test_rates_list_includes_future_cards(run: Run, rates: Path, offer: Path) -> None:
    text = (rates / "ipro.yaml").read_text()
    (rates / "ipro-2027.yaml").write_text(text + "effective_from: 2027-01-01\n")
    offer.write_text(OFFER + "effective_from: 2027-02-01\n")
    flags = f"--rates {rates} --rates {offer}"
    both = ["iPro 2026-11-22 11+0+4+13", "iPro 2027-01-01 11+0+4+13"]
    # The offer prices the license twice and automated texts.
    later = ["uPro 2026-11-22 12+0+4+12", "uPro 2027-02-01 10+3+4+11"]
    assert listed(run, flags) == [*both, *later, SHIPPED[2]]
    assert listed(run, f"{flags} --as-of 2026-12-31") == SHIPPED
    assert listed(run, f"{flags} --as-of 2027-01-31") == [both[1], *SHIPPED[1:]]
    assert listed(run, f"{flags} --as-of 2027-02-01") == [both[1], later[1], SHIPPED[2]]


def test_rates_list_is_empty_on_day_without_card(run: Run, rates: Path) -> None:
    for plan in ("ipro", "upro", "xpro"):
        card = rates / f"{plan}.yaml"
        card.write_text(card.read_text() + "effective_from: 2027-01-01\n")
    result = run(f"rates list --rates {rates} --as-of 2026-12-31")
    assert (result.stdout, result.exit_code) == ("No rate card is in force on that day\n", 0)


def test_rates_show_lists_every_price_and_source(run: Run) -> None:
    prices = document_of(run, "rates show UPRO")["prices"]
    assert len(prices) == 28
    message = [
        (p["charge"], p["term"], p["status"], p["price"], p["source"]["key"]) for p in prices
    ]
    for row in [
        ("license", "monthly", "published", "70.00", "billing-guide"),
        ("license", "annual", "unpublished", None, "billing-guide"),
        ("automated_sms", None, "published", "0.015", "billing-guide"),
        ("agent_sms", None, "included", "0.00", "billing-guide"),
        ("toll_free_sms", None, "unpublished", None, "billing-guide"),
        ("enhanced_vetting", None, "published", "95.00", "a2p-fees"),
    ]:
        assert message.count(row) == 1


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_rates_show_table_fits_width_and_matches_json(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    table = run("rates show upro").stdout
    assert max(map(len, table.splitlines())) <= int(width)
    words = " ".join(table.split())
    prices = document_of(run, "rates show upro")["prices"]
    pages = list(dict.fromkeys(price["source"]["key"] for price in prices))
    for price in prices:
        label = price["label"] + (f", {price['term']} term" if price["term"] else "")
        state = price["price"] if price["status"] == "published" else price["status"]
        key, unit, page = price["charge"], price["unit"], pages.index(price["source"]["key"]) + 1
        # At 60 columns, labels wrap around the other columns.
        row = f"{label} {state} per {unit} {page} {key} "
        assert (f" {key} " if width == "60" else row) in words
    assert "2 About A2P 10DLC associated fees, as of 2022, read 2026-11-22" in words


def test_rates_show_includes_overlay_source(run: Run, offer: Path) -> None:
    result = run(f"rates show upro --rates {offer}")
    assert re.search(r"63.00 +per agent +1\n", result.stdout)
    assert "1  Offer to Acme, read 2026-11-20 (negotiated)\n" in result.stdout


def test_rates_diff_lists_changed_prices_with_source(
    run: Run, list_prices: Path, offer: Path
) -> None:
    result = run(f"rates diff {list_prices} {offer}")
    assert (result.exit_code, result.stderr) == (1, "2 prices differ\n")
    assert result.stdout.splitlines() == [
        "2 prices differ",
        "",
        "uPro: Licenses, annual term (license)",
        "  unpublished -> 63.00 per agent",
        "  Offer to Acme, read 2026-11-20: 63 an agent, billed yearly",
        "uPro: Automated texts (automated_sms)",
        "  0.015 -> 0.012 per segment",
        "  Offer to Acme, read 2026-11-20: 10,000+ texts at $0.012",
    ]


def test_rates_diff_finds_nothing_on_same_cards(run: Run, rates: Path) -> None:
    Path("bundled").symlink_to(shipped_rates())
    Path("frozen").symlink_to(CARDS)
    changed(rates / "sources.yaml", "title: Phone number identifiers", "title: Identifiers")
    for old, new in (("shipped", "shipped"), ("shipped", "bundled"), ("frozen", rates)):
        result = run(f"rates diff {old} {new}")
        assert (result.stdout, result.stderr, result.exit_code) == ("No price differs\n", "", 0)


def changes(run: Run, old: object, new: object) -> list[tuple[object, ...]]:
    document = document_of(run, f"rates diff {old} {new}")
    return [
        (
            ", ".join(change["plans"]),
            change["charge"],
            change["old"] and change["old"]["price"],
            change["new"] and change["new"]["price"],
        )
        for change in document["changes"]
    ]


def test_rates_diff_lists_shared_change_once(run: Run, rates: Path) -> None:
    Path("frozen").symlink_to(CARDS)
    repriced(rates / "a2p.yaml", "44.00", "46.00")
    changed(rates / "carriers.yaml", "sms: 0.005,", "sms: 0.006,")
    changed(rates / "carriers.yaml", "words: 0.005 for", "words: 0.006 for")
    everywhere = "iPro, uPro, xPro"
    assert changes(run, "frozen", rates) == [
        (everywhere, "brand_registration_standard", "44.00", "46.00"),
        (everywhere, "us-cellular", "0.005", "0.006"),
    ]
    words = " ".join(run(f"rates diff frozen {rates}").stdout.split())
    assert (
        f"{everywhere}: US Cellular carrier fee (us-cellular) 0.005 -> 0.006 per segment" in words
    )
    assert "In our words: 0.006 for a segment, 0.01 for an MMS." in words


def test_range_of_carrier_fees_differs(run: Run, rates: Path) -> None:
    Path("frozen").symlink_to(CARDS)
    for name, high in (("old", "0.015"), ("new", "0.02")):
        shutil.copytree(rates, name)
        band = f"band: {{low: 0.003, high: {high}, source: carrier-fees, wording: 0.003 to {high}}}"
        carriers = Path(name) / "carriers.yaml"
        carriers.write_text(f"{carriers.read_text('utf-8')}\n{band}\n", "utf-8")
    everywhere = "iPro, uPro, xPro"
    assert changes(run, "old", "new") == [(everywhere, "band", "0.015", "0.02")]
    assert changes(run, "frozen", "old") == [
        (everywhere, "band", None, "0.003"),
        (everywhere, "band", None, "0.015"),
    ]


def test_rates_diff_lists_missing_plan(run: Run, rates: Path) -> None:
    Path("frozen").symlink_to(CARDS)
    (rates / "xpro.yaml").unlink()
    gone = changes(run, "frozen", rates)
    assert len(gone) == 28 + 10  # its prices, and the fees of five carriers
    assert ("xPro", "local_number", "4.00", None) in gone
    assert ("xPro", "local_number", None, "4.00") in changes(run, rates, "frozen")


def test_rates_diff_as_of_selects_cards(run: Run, list_prices: Path, offer: Path) -> None:
    offer.write_text(OFFER + "effective_from: 2027-01-01\n")
    list_prices.write_text(LIST + "effective_from: 2027-01-01\n")
    assert run(f"rates diff {list_prices} {offer} --as-of 2026-12-31").exit_code == 0
    assert run(f"rates diff {list_prices} {offer} --as-of 2027-01-01").exit_code == 1


def test_rates_diff_shows_effect_on_scenario(
    run: Run, list_prices: Path, offer: Path, tmp_path: Path
) -> None:
    (tmp_path / "order.yaml").write_text(ORDER)
    line = f"rates diff {list_prices} {offer} --from {tmp_path / 'order.yaml'}"
    # 3 x 70.00 + 10,000 x 0.015 = 360.00; 3 x 70.00 + 10,000 x 0.012 = 330.00
    assert run(line).stdout.splitlines()[-5:] == [
        "Quote on uPro, monthly term  Monthly  Quarterly     Annual    Once",
        "─" * 66,
        "Old total                    $360.00  $1,080.00  $4,320.00  $95.00",
        "New total                    $330.00    $990.00  $3,960.00  $95.00",
        "Difference                   -$30.00    -$90.00   -$360.00   $0.00",
    ]
    effect = document_of(run, line)["effect"]
    assert effect["difference"] == {
        "monthly": "-30.00",
        "quarterly": "-90.00",
        "annual": "-360.00",
        "one_time": "0.00",
    }


def test_rates_diff_effect_is_unknown_without_price(
    run: Run, list_prices: Path, offer: Path, tmp_path: Path
) -> None:
    (tmp_path / "order.yaml").write_text("plan: uPro\nagents: 1\nterm: annual\n")
    line = f"rates diff {list_prices} {offer} --from {tmp_path / 'order.yaml'}"
    assert run(line).stdout.splitlines()[-3:] == [
        "Old total                    ≥ 0.00     ≥ 0.00   ≥ 0.00",
        "New total                    $63.00    $189.00  $756.00",
        "Difference                      n/p        n/p      n/p",
    ]
    effect = document_of(run, line)["effect"]
    assert (effect["old"]["at_least"], effect["difference"]) == (True, None)


TIERS = "tiers: [{up_to: 10, price: 2}, {price: 1}]"


def test_charge_models_are_shown_by_show_diff_and_quote(run: Run, tmp_path: Path) -> None:
    cards = {}
    for name in ("graduated", "volume"):
        cards[name] = tmp_path / f"{name}.yaml"
        price = f"{{model: {name}, {TIERS}, allowance: 5, source: sheet, wording: 2 or 1}}"
        body = f"plan: uPro\n{OWN_SOURCE}prices:\n  automated_sms: {price}\n"
        cards[name].write_text(body, "utf-8")

    table = run(f"rates show upro --rates {cards['volume']}").stdout
    shown = document_of(run, f"rates show upro --rates {cards['volume']}")
    changes = document_of(run, f"rates diff {cards['graduated']} {cards['volume']}")
    line = json.loads(
        run(f"quote upro --sms 15 -a 1 --rates {cards['graduated']} --format json").stdout
    )["lines"][1]

    assert [row.split() for row in table.splitlines() if "Automated texts" in row] == [
        ["Automated", "texts", "volume", "per", "segment", "3"]
    ]
    assert "  up to 10  " in table
    assert "  included with each license  " in table
    model = {
        "name": "volume",
        "block": None,
        "tiers": [{"up_to": 10, "price": "2.00"}, {"up_to": None, "price": "1.00"}],
    }
    entry = next(price for price in shown["prices"] if price["charge"] == "automated_sms")
    assert (entry["price"], entry["model"], entry["allowance"]) == (None, model, 5)
    assert [change["new"]["model"] for change in changes["changes"]] == [model]
    assert [change["old"]["model"]["name"] for change in changes["changes"]] == ["graduated"]
    # 15 less 5 included are 10, all in the first tier
    assert (line["model"], line["allowance"], line["unit_price"]) == ("graduated", 5, "2.00")
    assert line["monthly"] == "20.00"
