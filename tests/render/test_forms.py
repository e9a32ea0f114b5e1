"""Forms: table, JSON and number state the same facts, and fit the screen."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aloware_cli
from aloware_cli.domain.cards import supplied
from aloware_cli.domain.money import format_display
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.quotes import Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price
from aloware_cli.render.console import TextTarget
from aloware_cli.render.documents import quote_document, to_json
from aloware_cli.render.table import explained_table, quote_table

CATALOG = load_rates([], None)
CHARGES = list(CATALOG.cards["uPro"].charges)
SCHEMA = Path(aloware_cli.__file__).parent / "schemas" / "quote.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
FIGURE = re.compile(r"(?<!x )(?<!\S)(?:[0-9,]+\.[0-9]{2}|unknown)(?!\S)")


def screen(width: int, *, is_terminal: bool = False) -> TextTarget:
    return TextTarget(width, is_terminal=is_terminal, rule="-")


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    card = draw(st.sampled_from(list(CATALOG.cards.values())))
    quantities = draw(
        st.dictionaries(st.sampled_from(CHARGES), st.integers(1, 10**9), min_size=1, max_size=8)
    )
    rates = draw(st.dictionaries(st.sampled_from(CHARGES), st.decimals(0, 10**6, places=4)))
    given_rates = {key: supplied(rate, f"--rate {key}={rate}") for key, rate in rates.items()}
    term = draw(st.sampled_from(TERMS))
    return price(card, Order(quantities, term=term, supplied=given_rates))


def rows_of(table: str) -> list[list[str]]:
    """Return the figures of each row of a table that has some."""
    body = table.partition("\n- ")[0]
    return [found for line in body.splitlines() if (found := FIGURE.findall(line))]


def figures_of(document: dict[str, Any]) -> list[list[str]]:
    """Return the figures of a JSON quote, as the rows of its table show them."""
    rows = []
    for category in ("subscription", "usage"):
        lines = [line for line in document["lines"] if line["category"] == category]
        rows += [_periods(line) for line in lines]
        if lines:
            rows.append(_periods(document["subtotals"][category]))
    if rows:
        rows.append(_periods(document["totals"]))
    if document["one_time"]:
        rows += [[_figure(line["amount"])] for line in document["one_time"]]
        rows += [[_figure(document["totals"][name])] for name in ("one_time", "first_year")]
    return rows


def _periods(amounts: dict[str, Any]) -> list[str]:
    return [_figure(amounts[period]) for period in ("monthly", "quarterly", "annual")]


def _figure(amount: str | None) -> str:
    return "unknown" if amount is None else format_display(Decimal(amount))


@given(quotes(), st.sampled_from([60, 80, 200]))
@settings(max_examples=60)
def test_table_and_json_state_the_same_figures(quote: Quote, width: int) -> None:
    document = json.loads(to_json(quote_document(quote)))
    assert rows_of(quote_table(quote, screen(width))) == figures_of(document)
    assert rows_of(explained_table(quote, screen(width)))[-1] == figures_of(document)[-1]


@given(quotes())
@settings(max_examples=100)
def test_every_json_quote_fits_its_schema(quote: Quote) -> None:
    VALIDATOR.validate(json.loads(to_json(quote_document(quote))))


def test_the_schema_refuses_what_is_no_quote() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"license": 3}))
    changes: list[dict[str, Any]] = [{"plan": None}, {"totals": {}}, {"at_least": "no"}, {"x": 1}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate({**quote_document(quote), **change})


def test_the_json_of_the_contract() -> None:
    quote = price(
        CATALOG.cards["uPro"], Order({"license": 3, "local_number": 10, "automated_sms": 10_000})
    )
    document = json.loads(to_json(quote_document(quote)))
    assert list(document) == [
        "schema", "plan", "term", "currency", "as_of", "lines", "one_time", "subtotals", "totals",
        "at_least", "unpriced", "carrier_fees", "first_invoice", "credits", "notes", "document",
        "rate_card", "inputs", "tool", "sha256",
    ]  # fmt: skip
    assert list(document["lines"][0]) == [
        "charge", "label", "category", "status", "quantity", "unit", "list_price", "unit_price",
        "discount", "model", "allowance", "parts", "monthly", "quarterly", "annual", "working",
        "reason", "source", "definition",
    ]  # fmt: skip
    first = document["lines"][0]
    assert first["working"] == "3 agents x 70.00"
    assert (first["monthly"], first["quarterly"], first["annual"]) == (
        "210.00",
        "630.00",
        "2520.00",
    )
    assert document["subtotals"] == {
        "subscription": {"monthly": "260.00", "quarterly": "780.00", "annual": "3120.00"},
        "usage": {"monthly": "150.00", "quarterly": "450.00", "annual": "1800.00"},
    }
    assert document["totals"] == {
        "monthly": "410.00", "quarterly": "1230.00", "annual": "4920.00", "one_time": "0.00",
        "first_year": "4920.00",
    }  # fmt: skip


LARGE = Order({"license": 250, "local_number": 1200, "automated_sms": 1_000_000, "agent_sms": 5000})


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    quote = price(CATALOG.cards["uPro"], LARGE)
    for table in (quote_table, explained_table):
        for line in table(quote, screen(width)).splitlines():
            assert len(line) <= width or "https://" in line


def test_a_narrow_screen_has_the_working_below_the_label() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"license": 3}))
    assert quote_table(quote, screen(50)).splitlines()[2:6] == [
        "Quantity x price  Monthly  Quarterly    Annual",
        "----------------------------------------------",
        "Plan cost          210.00     630.00  2,520.00",
        "3 x 70.00",
    ]


def test_figures_are_never_cut() -> None:
    rate = supplied(Decimal(10**6), "--rate license=1000000")
    quote = price(CATALOG.cards["uPro"], Order({"license": 10**9}, supplied={"license": rate}))
    assert "12,000,000,000,000,000.00" in quote_table(quote, screen(40))


def test_plain_screens_get_plain_text() -> None:
    quote = price(CATALOG.cards["uPro"], LARGE)
    assert quote_table(quote, screen(80)).isascii()
    assert "\x1b" not in quote_table(quote, screen(80))


def test_a_terminal_gets_bold_sums_but_no_colour() -> None:
    quote = price(CATALOG.cards["uPro"], LARGE)
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", quote_table(quote, screen(80, is_terminal=True))))
    assert codes <= {"0", "1", "2"}, "bold and dim read well on dark and on light backgrounds"


def test_no_trailing_blanks() -> None:
    table = explained_table(price(CATALOG.cards["uPro"], LARGE), screen(80))
    assert all(line == line.rstrip() for line in table.splitlines())


def test_a_label_is_text_whatever_it_looks_like() -> None:
    card = CATALOG.cards["uPro"]
    charge = card.charges["license"]._replace(label="[red]Plan[/red] :smile: 5")
    card = card._replace(charges={**card.charges, "license": charge})
    assert "[red]Plan[/red] :smile: 5" in quote_table(
        price(card, Order({"license": 1})), screen(80)
    )
