"""`aloware rates`: every card, every price, every problem, every difference."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from card_files import OWN_SOURCE, changed
from conftest import Run

import aloware_cli
from aloware_cli.files.cards import shipped_rates

RATES = Path(shipped_rates())
SCHEMAS = Path(aloware_cli.__file__).parent / "schemas"
OFFER = """\
plan: uPro
sources:
  offer: {title: Offer to Acme, read_on: 2026-11-20}
prices:
  license:
    annual: {price: 63.00, source: offer, wording: "63 an agent, billed yearly"}
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""
ORDER = "plan: upro\nagents: 3\nsms: 10k\nadd: {enhanced_vetting: 1}\n"


@pytest.fixture
def offer(tmp_path: Path) -> Path:
    """Return an overlay that prices two things anew."""
    path = tmp_path / "offer.yaml"
    path.write_text(OFFER)
    return path


def document_of(run: Run, line: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"{line} --format json").stdout)
    return document


def test_the_shipped_cards_have_no_problem(run: Run) -> None:
    result = run("rates check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("on the cards of iPro, uPro, xPro.\n")


def test_every_problem_is_listed(run: Run, tmp_path: Path) -> None:
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
        f"{card['published']}+{card['included']}+{card['unpublished']}"
        for card in document_of(run, f"rates list {flags}")["cards"]
    ]


# 26 charges, one of them for 3 terms: 28 prices on each card. iPro: the license of one
# term, a local number, a look-up and 8 A2P fees; uPro and xPro one automated rate more.
SHIPPED = ["iPro None 11+4+13", "uPro None 12+4+12", "xPro None 12+4+12"]


def test_every_card_is_listed_with_what_it_prices(run: Run) -> None:
    assert listed(run) == SHIPPED
    table = run("rates list").stdout.splitlines()
    assert table[0].split() == [
        "Plan", "From", "Published", "Included", "Unpublished", "Oldest", "page", "SHA-256",
    ]  # fmt: skip
    assert table[1].split()[:6] == ["iPro", "always", "11", "4", "13", "2026-11-22"]
    sha256 = document_of(run, "rates list")["cards"][0]["rate_card"]["sha256"]
    assert table[1].split()[6] == sha256[:12]
    assert document_of(run, "quote ipro -a 1")["rate_card"]["sha256"] == sha256


def test_a_card_to_come_is_listed_beside_the_one_in_force(
    run: Run, rates: Path, offer: Path
) -> None:
    text = (rates / "ipro.yaml").read_text()
    (rates / "ipro-2027.yaml").write_text(text + "effective_from: 2027-01-01\n")
    offer.write_text(OFFER + "effective_from: 2027-02-01\n")
    flags = f"--rates {rates} --rates {offer}"
    both = ["iPro None 11+4+13", "iPro 2027-01-01 11+4+13"]
    later = ["uPro None 12+4+12", "uPro 2027-02-01 13+4+11"]
    assert listed(run, flags) == [*both, *later, SHIPPED[2]]
    assert listed(run, f"{flags} --as-of 2026-12-31") == SHIPPED
    assert listed(run, f"{flags} --as-of 2027-01-31") == [both[1], *SHIPPED[1:]]
    assert listed(run, f"{flags} --as-of 2027-02-01") == [both[1], later[1], SHIPPED[2]]


def test_a_day_without_a_card_lists_none(run: Run, rates: Path) -> None:
    for plan in ("ipro", "upro", "xpro"):
        card = rates / f"{plan}.yaml"
        card.write_text(card.read_text() + "effective_from: 2027-01-01\n")
    result = run(f"rates list --rates {rates} --as-of 2026-12-31")
    assert (result.stdout, result.exit_code) == ("No card is in force on that day.\n", 0)


def test_a_card_shows_every_price_state_and_page(run: Run) -> None:
    prices = document_of(run, "rates show UPRO")["prices"]
    assert len(prices) == 28
    said = [(p["charge"], p["term"], p["status"], p["price"], p["source"]["key"]) for p in prices]
    for row in [
        ("license", "monthly", "billed", "70.00", "billing-guide"),
        ("license", "annual", "unpublished", None, "billing-guide"),
        ("automated_sms", None, "billed", "0.015", "billing-guide"),
        ("agent_sms", None, "included", "0.00", "billing-guide"),
        ("toll_free_sms", None, "unpublished", None, "billing-guide"),
        ("enhanced_vetting", None, "billed", "95.00", "a2p-fees"),
    ]:
        assert said.count(row) == 1


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_the_table_of_a_card_fits_and_says_the_same(
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
        state = price["price"] if price["status"] == "billed" else price["status"]
        key, unit, page = price["charge"], price["unit"], pages.index(price["source"]["key"]) + 1
        wide, narrow = (
            f"{label} {key} {state} per {unit} {page} ",
            f"{label} {state} {page} {key}, per {unit} ",
        )
        assert (wide if width == "120" else narrow) in words
    assert "2 About A2P 10DLC associated fees, as of 2022, read 2026-11-22" in words


def test_a_card_laid_over_is_shown_with_its_source(run: Run, offer: Path) -> None:
    result = run(f"rates show upro --rates {offer}")
    assert "63.00  2\n" in result.stdout
    assert "2  Offer to Acme, read 2026-11-20\n" in result.stdout


def test_a_difference_is_said_price_by_price_with_its_source(run: Run, offer: Path) -> None:
    result = run(f"rates diff shipped {offer}")
    assert (result.exit_code, result.stderr) == (1, "2 prices differ.\n")
    assert result.stdout.splitlines() == [
        "uPro: Plan cost, annual term (license): unpublished -> 63.00 per agent",
        "  Offer to Acme, read 2026-11-20: 63 an agent, billed yearly",
        "uPro: Automated texts (automated_sms): 0.015 -> 0.012 per segment",
        "  Offer to Acme, read 2026-11-20: 10,000+ texts at $0.012",
    ]


def test_the_same_cards_do_not_differ(run: Run, rates: Path) -> None:
    changed(rates / "sources.yaml", "title: Phone number identifiers", "title: Identifiers")
    for old, new in (("shipped", "shipped"), ("shipped", rates), (rates, "shipped")):
        result = run(f"rates diff {old} {new}")
        assert (result.stdout, result.stderr, result.exit_code) == ("No price differs.\n", "", 0)


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


def test_what_plans_share_is_said_once(run: Run, rates: Path) -> None:
    changed(rates / "a2p.yaml", "price: 44.00", "price: 46.00")
    changed(rates / "carriers.yaml", "sms: 0.005,", "sms: 0.006,")
    everywhere = "iPro, uPro, xPro"
    assert changes(run, "shipped", rates) == [
        (everywhere, "brand_registration_standard", "44.00", "46.00"),
        (everywhere, "us-cellular", "0.005", "0.006"),
    ]
    words = " ".join(run(f"rates diff shipped {rates}").stdout.split())
    assert (
        f"{everywhere}: US Cellular carrier fee (us-cellular): 0.005 -> 0.006 per segment" in words
    )
    assert "In our words: US Cellular charges 0.006 per segment." in words


def test_a_plan_that_one_side_lacks_is_a_difference(run: Run, rates: Path) -> None:
    (rates / "xpro.yaml").unlink()
    gone = changes(run, "shipped", rates)
    assert len(gone) == 28 + 10  # its prices, and the fees of five carriers
    assert ("xPro", "local_number", "4.00", None) in gone
    assert ("xPro", "local_number", None, "4.00") in changes(run, rates, "shipped")


def test_as_of_chooses_the_cards(run: Run, offer: Path) -> None:
    offer.write_text(OFFER + "effective_from: 2027-01-01\n")
    assert run(f"rates diff shipped {offer} --as-of 2026-12-31").exit_code == 0
    assert run(f"rates diff shipped {offer} --as-of 2027-01-01").exit_code == 1


def test_a_scenario_shows_what_a_difference_does(run: Run, offer: Path, tmp_path: Path) -> None:
    (tmp_path / "order.yaml").write_text(ORDER)
    line = f"rates diff shipped {offer} --from {tmp_path / 'order.yaml'}"
    # 3 x 70.00 + 10,000 x 0.015 = 360.00; 3 x 70.00 + 10,000 x 0.012 = 330.00
    assert run(line).stdout.splitlines()[-5:] == [
        "The quote on uPro, monthly term:",
        "            Monthly  Quarterly    Annual   Once",
        "Old          360.00   1,080.00  4,320.00  95.00",
        "New          330.00     990.00  3,960.00  95.00",
        "Difference   -30.00     -90.00   -360.00   0.00",
    ]
    effect = document_of(run, line)["effect"]
    assert effect["difference"] == {
        "monthly": "-30.00",
        "quarterly": "-90.00",
        "annual": "-360.00",
        "one_time": "0.00",
    }


def test_a_quote_that_lacks_a_rate_has_no_difference(run: Run, offer: Path, tmp_path: Path) -> None:
    (tmp_path / "order.yaml").write_text("plan: uPro\nagents: 1\nterm: annual\n")
    line = f"rates diff shipped {offer} --from {tmp_path / 'order.yaml'}"
    assert run(line).stdout.splitlines()[-3:] == [
        "Old, at least     0.00       0.00     0.00",
        "New              63.00     189.00   756.00",
        "Difference     unknown    unknown  unknown",
    ]
    effect = document_of(run, line)["effect"]
    assert (effect["old"]["at_least"], effect["difference"]) == (True, None)


@pytest.mark.parametrize(
    "kind", ["plan", "charges", "sources", "carriers", "shared", "example", "scenario"]
)
def test_a_schema_is_printed_as_it_is_shipped(run: Run, kind: str) -> None:
    text = (RATES / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert run(f"rates schema {kind}").stdout == text


def test_every_schema_that_is_shipped_can_be_printed(run: Run) -> None:
    assert run("rates schema").stdout == run("rates schema plan").stdout
    for path in (RATES / "schemas").glob("*.json"):
        assert run(f"rates schema {path.name.partition('.')[0]}").exit_code == 0


def test_every_json_fits_its_schema_and_nothing_else_does(
    run: Run, offer: Path, rates: Path, tmp_path: Path
) -> None:
    (tmp_path / "order.yaml").write_text(ORDER)
    (tmp_path / "short.yaml").write_text("plan: uPro\nagents: 1\nterm: annual\n")
    (rates / "xpro.yaml").unlink()
    for name, line in [
        ("cards", "rates list"),
        ("cards", f"rates list --rates {offer}"),
        ("card", "rates show xpro"),
        ("card", f"rates show upro --rates {offer}"),
        ("changes", "rates diff shipped shipped"),
        ("changes", f"rates diff {rates} {offer} --from {tmp_path / 'order.yaml'}"),
        ("changes", f"rates diff shipped {offer} --from {tmp_path / 'short.yaml'}"),
    ]:
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(schema)
        validator.validate(document := document_of(run, line))
        for change in ({"schema": f"aloware.{name}/2"}, {"more": 1}):
            with pytest.raises(jsonschema.ValidationError):
                validator.validate({**document, **change})


@pytest.mark.parametrize(
    ("line", "exit_code", "said"),
    [
        ("rates shwo upro", 2, "Did you mean 'show'?"),
        ("rates show", 2, "Missing argument 'PLAN'"),
        ("rates show upr", 2, "Did you mean uPro?"),
        ("rates show upro --as-of soon", 2, "a day that exists"),
        ("rates list --format csv", 2, "'json'"),
        ("rates schema plans", 2, "'plan'"),
        ("rates diff shipped", 2, "Missing argument 'NEW'"),
        ("rates diff shipped nowhere", 3, "nowhere:1:1: cannot be read"),
        ("rates list --rates nowhere", 3, "nowhere:1:1: cannot be read"),
        ("rates diff shipped shipped --from nowhere", 3, "nowhere:1:1: cannot be read"),
        ("rates diff shipped shipped --from bad.yaml", 3, "bad.yaml:2:1: agnets: unknown key"),
        ("rates diff shipped shipped --from gold.yaml", 3, "gold.yaml:1:7: plan: no plan 'gold'"),
    ],
)
def test_a_wrong_request_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, exit_code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text("plan: uPro\nagnets: 3\n")
    (tmp_path / "gold.yaml").write_text("plan: gold\nagents: 3\n")
    result = run(line)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in " ".join(result.stderr.split())


TIERS = "tiers: [{up_to: 10, price: 2}, {price: 1}]"


def test_charge_models_stand_on_the_card_in_quotes_and_in_what_differs(
    run: Run, tmp_path: Path
) -> None:
    cards = {}
    for name in ("graduated", "volume"):
        cards[name] = tmp_path / f"{name}.yaml"
        price = f"{{model: {name}, {TIERS}, allowance: 5, source: sheet, wording: w}}"
        body = f"plan: uPro\n{OWN_SOURCE}prices:\n  automated_sms: {price}\n"
        cards[name].write_text(body, "utf-8")

    table = run(f"rates show upro --rates {cards['volume']}").stdout
    shown = document_of(run, f"rates show upro --rates {cards['volume']}")
    changes = document_of(run, f"rates diff {cards['graduated']} {cards['volume']}")
    line = json.loads(
        run(f"quote upro --sms 15 -a 1 --rates {cards['graduated']} --format json").stdout
    )["lines"][1]

    assert [row.split() for row in table.splitlines() if "Automated texts" in row] == [
        ["Automated", "texts", "volume", "3"]
    ]
    assert "  up to 10  " in table
    assert "  included with each license  " in table
    model = {
        "name": "volume",
        "block": None,
        "tiers": [{"up_to": "10", "price": "2.00"}, {"up_to": None, "price": "1.00"}],
    }
    entry = next(price for price in shown["prices"] if price["charge"] == "automated_sms")
    assert (entry["price"], entry["model"], entry["allowance"]) == (None, model, "5")
    assert [change["new"]["model"] for change in changes["changes"]] == [model]
    assert [change["old"]["model"]["name"] for change in changes["changes"]] == ["graduated"]
    # 15 less 5 included are 10, all in the first tier
    assert (line["model"], line["allowance"], line["unit_price"]) == ("graduated", "5", "2.00")
    assert line["monthly"] == "20.00"
