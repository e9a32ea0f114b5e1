"""Forms that are sent: HTML, Markdown, CSV, text and JSON state the same facts."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
from documents import Page, page_of_markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.customer import Details
from aloware_cli.domain.money import format_display
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.quotes import Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price
from aloware_cli.render.console import TextTarget
from aloware_cli.render.csv import COLUMNS, quote_csv
from aloware_cli.render.documents import quote_document, to_json
from aloware_cli.render.html import quote_html
from aloware_cli.render.markdown import quote_markdown
from aloware_cli.render.table import explained_table, quote_table
from aloware_cli.render.text import quote_text

CATALOG = load_rates([], None)
CHARGES = list(CATALOG.cards["uPro"].charges)
PERIODS = ("monthly", "quarterly", "annual")
TEXTS = supplied(Decimal("0.02"), "--rate sms=0.02")


class Stated(NamedTuple):
    """What a form says, in the figures that people read."""

    lines: list[list[str]]
    totals: list[str]
    one_time: list[list[str]]
    once: list[str]


def stated_by_json(quote: Quote) -> Stated:
    document = json.loads(to_json(quote_document(quote)))
    totals = document["totals"]
    at_least = {
        kind: any(line["status"] == "unpublished" for line in document[kind])
        for kind in ("lines", "one_time")
    }
    assert document["at_least"] == any(at_least.values())
    return Stated(
        [_line(line, PERIODS) for line in document["lines"]],
        [_sum(totals[period], at_least["lines"]) for period in PERIODS],
        [_line(line, ("amount",)) for line in document["one_time"]],
        [
            _sum(totals["one_time"], at_least["one_time"]),
            _sum(totals["first_year"], document["at_least"]),
        ]
        if document["one_time"]
        else [],
    )


def _line(line: dict[str, Any], periods: tuple[str, ...]) -> list[str]:
    figures = [line[period] for period in periods]
    return [
        line["label"],
        f"{int(line['quantity']):,}",
        *(format_display(Decimal(figure)) if figure else "unknown" for figure in figures),
    ]


def _sum(amount: str, at_least: bool) -> str:  # noqa: FBT001
    return (
        f"at least {format_display(Decimal(amount))}"
        if at_least
        else format_display(Decimal(amount))
    )


def stated_by_csv(quote: Quote) -> Stated:
    """Return what the rows say, which hold no sums: they are added up here."""
    rows = list(csv.DictReader(io.StringIO(quote_csv(quote), newline="")))
    monthly = [row for row in rows if row["paid"] == "monthly"]
    once = [row for row in rows if row["paid"] == "once"]
    assert monthly + once == rows
    unsupported, lacking_once = (
        any(row["status"] == "unpublished" for row in kind) for kind in (monthly, once)
    )
    totals = {period: sum(Decimal(row[period] or 0) for row in monthly) for period in PERIODS}
    once_total = sum(Decimal(row["amount"] or 0) for row in once)
    first_year = f"{totals['annual'] + once_total:.2f}"
    return Stated(
        [_line(row, PERIODS) for row in monthly],
        [_sum(f"{totals[period]:.2f}", unsupported) for period in PERIODS],
        [_line(row, ("amount",)) for row in once],
        [_sum(f"{once_total:.2f}", lacking_once), _sum(first_year, unsupported or lacking_once)]
        if once
        else [],
    )


def stated_by_tables(page: Page) -> Stated:
    recurring = page.rows("Annual") if page.rows("Annual")[:1] != [[]] else []
    if recurring and "Quantity" not in recurring[0]:  # nothing recurs but carrier fees
        recurring = []
    once = next((table for table in _tables(page) if table[-1][0] == "Due in the first year"), [])
    return Stated(
        [_item(row, recurring[0], 3) for row in _items(recurring)],
        _figures(recurring, "Total", 3) or ["0.00"] * 3,
        [_item(row, once[0], 1) for row in _items(once)],
        [
            *_figures(once, "Total once", 1),
            *_figures(once, "Due in the first year", 1),
        ],
    )


def _tables(page: Page) -> list[list[list[str]]]:
    return [[[cell.strip() for cell in row] for row in table] for table in page.tables]


def _items(table: list[list[str]]) -> list[list[str]]:
    """Return the rows that have a quantity."""
    return [row for row in table[1:] if len(row) > 1 and row[1]]


def _item(row: list[str], heads: list[str], figures: int) -> list[str]:
    first = heads.index("Monthly" if figures > 1 else "Once")
    return [row[0], row[heads.index("Quantity")], *row[first : first + figures]]


def _figures(table: list[list[str]], label: str, figures: int) -> list[str]:
    first = table[0].index("Monthly" if figures > 1 else "Once") if table else 0
    return next((row[first : first + figures] for row in table if row[0] == label), [])


def pages_of(quote: Quote) -> tuple[Page, Page]:
    """Return the HTML and the Markdown of `quote`, as their readers see them."""
    return Page(quote_html(quote)), page_of_markdown(quote_markdown(quote))


def assert_all_forms_agree(quote: Quote) -> None:
    stated = stated_by_json(quote)
    assert stated_by_csv(quote) == stated
    for page in pages_of(quote):
        assert stated_by_tables(page) == stated
    text = quote_text(quote)
    for total, word in zip(stated.totals, ("month", "quarter", "year"), strict=True):
        assert f"{total} a {word}" in text
    for label, quantity, *_ in stated.lines + stated.one_time:
        assert f"{quantity} x {label}" in text
    if stated.once:
        assert f"and {stated.once[0]} once" in text


ORDERS = {
    "one line": Order({"license": 3}),
    "both categories": Order({"license": 3, "local_number": 10, "automated_sms": 10_000}),
    "included": Order({"license": 5, "agent_minutes": 5000, "inbound_minutes": 5000}),
    "nothing to pay": Order({"agent_minutes": 5}),
    "not published": Order({"license": 3, "toll_free_number": 2, "toll_free_minutes": 900}),
    "all not published": Order({"toll_free_number": 2}),
    "discounts": Order(
        {"license": 3, "local_number": 7, "campaign_maintenance": 1},
        discounts={"license": Decimal(10), "all": Decimal("12.5")},
    ),
    "a discount of everything": Order({"license": 3}, discounts={"all": Decimal(100)}),
    "a minimum": Order({"license": 3}, min_agents=5),
    "supplied": Order({"license": 3, "automated_sms": 999}, supplied={"automated_sms": TEXTS}),
    "one-time fees": Order({"license": 3, "secondary_vetting": 1, "campaign_activation": 2}),
    "one-time fees alone": Order({"late_appeal": 1}),
    "a first invoice": Order({"license": 3, "local_number": 10}, start="2026-12-23"),
    "a first invoice from below": Order({"license": 3, "toll_free_number": 1}, start="2026-12-23"),
    "carrier fees": Order({"automated_sms": 10_000, "agent_sms": 500}, carriers={}),
    "carrier fees alone": Order({"agent_sms": 10_000, "late_appeal": 1}, carriers={}),
    "a mix of carriers": Order({"agent_sms": 10_000}, carriers={"att": Decimal(100)}),
    "credits": Order({"automated_sms": 30_000}, credits=Decimal(100), start="2026-12-01"),
    "an annual term": Order({"license": 3, "local_number": 1}, term="annual"),
    "details": Order({"license": 1}, details=Details("Acme", note="Hello")),
}


@pytest.mark.parametrize("plan", CATALOG.cards)
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_all_forms_state_the_same_facts(plan: str, order: Order) -> None:
    assert_all_forms_agree(price(CATALOG.cards[plan], order))


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    card = draw(st.sampled_from(list(CATALOG.cards.values())))
    quantities = draw(
        st.dictionaries(st.sampled_from(CHARGES), st.integers(1, 10**9), min_size=1, max_size=8)
    )
    rates = draw(st.dictionaries(st.sampled_from(CHARGES), st.decimals(0, 10**6, places=4)))
    order = Order(
        quantities,
        term=draw(st.sampled_from(TERMS)),
        supplied={key: supplied(rate, f"--rate {key}={rate}") for key, rate in rates.items()},
        start=draw(st.sampled_from([None, "2026-12-23"])),
        carriers=draw(st.sampled_from([None, {}])),
        discounts=draw(st.sampled_from([{}, {"all": Decimal("12.5")}])),
        credits=draw(st.sampled_from([None, Decimal(0), Decimal("99.99")])),
    )
    return price(card, order)


@given(quotes())
@settings(max_examples=60)
def test_all_forms_of_any_quote_state_the_same_facts(quote: Quote) -> None:
    assert_all_forms_agree(quote)


@given(quotes())
@settings(max_examples=20)
def test_html_is_parsed_without_an_error(quote: Quote) -> None:
    html5lib.HTMLParser(strict=True).parse(quote_html(quote))


@given(quotes())
@settings(max_examples=60)
def test_every_price_has_its_source(quote: Quote) -> None:
    page, markdown = pages_of(quote)
    cited = [tag["href"] for name, tag in page.tags if name == "a" and "aria-label" in tag]
    targets = {f"#{tag['id']}" for _, tag in page.tags if "id" in tag}
    fees = quote.carrier_fees
    assert len(cited) == len(quote.lines + quote.one_time) + (
        0 if fees is None else 1 if fees.low == fees.high else 2
    )
    assert set(cited) <= targets
    for line in quote.lines + quote.one_time:
        if line.status == "supplied":
            continue
        citation = line.rate.citation
        for words in (page.words, markdown.words):
            assert citation.source.title in words
            assert citation.wording in words
            assert (citation.source.url or "") in words
            assert (citation.source.read_on or "") in words


def test_carrier_fees_have_their_page_in_what_is_sent() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"automated_sms": 10_000}, carriers={}))
    fees = next(carrier.source for carrier in CATALOG.cards["uPro"].carriers)
    told = f"{fees.title}, as of {fees.dated}, read {fees.read_on}"
    for page in pages_of(quote):
        for said in (told, fees.url, "T-Mobile 0.003, AT&T 0.003, Verizon"):
            assert said is not None
            assert said in page.words
    rows = page_of_markdown(quote_markdown(quote)).tables[-1]
    assert [row[-1] for row in rows] == ["Source", "2", "2"]
    explained = explained_table(quote, TextTarget(100, is_terminal=False, rule="-"))
    assert f"{told}: USD per segment" in " ".join(explained.split())


def test_a_supplied_price_is_cited_without_the_flag_or_file_that_gave_it() -> None:
    order = Order({"license": 3, "automated_sms": 999}, supplied={"automated_sms": TEXTS})
    for page in pages_of(price(CATALOG.cards["uPro"], order)):
        assert "Supplied for this quote" in page.words
        assert "Automated texts: 0.02 per segment" in page.words
        assert "--rate" not in page.words


def test_a_message_says_which_prices_were_supplied() -> None:
    order = Order({"license": 3, "automated_sms": 999}, supplied={"automated_sms": TEXTS})
    text = quote_text(price(CATALOG.cards["uPro"], order))
    assert " Prices supplied for this quote: Automated texts 0.02. " in text


VOLUME = load_rates([str(Path(__file__).parents[2] / "docs" / "examples" / "volume.yaml")], None)


def test_quantity_price_and_working_make_every_amount_of_a_charge_model() -> None:
    order = Order(
        {"license": 12, "local_number": 25, "aloai_text_bot": 3, "automated_sms": 30_000},
        discounts={"local_number": Decimal(10)},
    )
    quote = price(VOLUME.cards["uPro"], order)
    page, markdown = pages_of(quote)
    for rows in (page.rows("Net price"), markdown.rows("Net price")):
        prices = [row[1:5] for row in rows if row[1:2] != [""]][1:]
        assert prices == [
            ["12", "65.00", "", "65.00"],
            # 3 blocks of 10 at 40.00 less 10%
            ["25", "40.00 for 10", "10%", "36.00 for 10"],
            ["3", "99.00 flat", "", "99.00 flat"],
            ["30,000", "", "", ""],
        ]
    for line in quote.lines:
        assert f"{line.charge.label} ({line.working})" in markdown.words
        assert line.working in page.words
    assert [given for tag, given in page.tags if tag == "small"] == [{}] * 4


def test_every_note_and_reason_stands_in_what_is_sent() -> None:
    quote = price(
        CATALOG.cards["uPro"],
        Order({"license": 3, "automated_minutes": 5, "agent_sms": 7, "late_appeal": 1}),
    )
    for page in pages_of(quote):
        for said in (*quote.notes, quote.lines[-1].reason, quote.card.sha256):
            assert said in page.words
    assert sorted(quote.exclusions + quote.assumptions) == sorted(quote.notes)


def test_what_no_total_holds_stands_apart() -> None:
    quote = price(
        CATALOG.cards["iPro"],
        Order({"license": 3, "automated_sms": 5}, start="2026-12-23", term="annual"),
    )
    assert [note.partition(":")[0] for note in quote.exclusions] == [
        "Not published, and so not in the totals",
        "No first invoice",
        "Carrier fees come on top of texts",
    ]
    assert (
        price(CATALOG.cards["iPro"], Order({"agent_sms": 5}, carriers={}))
        .exclusions[0]
        .startswith("Carrier fees are passed on without markup")
    )


def test_a_discount_shows_list_discount_and_net_only_where_there_is_one() -> None:
    order = Order({"license": 3, "local_number": 7}, discounts={"license": Decimal(10)})
    for page in pages_of(price(CATALOG.cards["uPro"], order)):
        heads, *rows = page.rows("Net price")
        assert heads[1:5] == ["Quantity", "List price", "Discount", "Net price"]
        assert ["3", "70.00", "10%", "63.00"] in [row[1:5] for row in rows]
        assert ["7", "5.00", "", "5.00"] in [row[1:5] for row in rows]
    for page in pages_of(price(CATALOG.cards["uPro"], order._replace(discounts={}))):
        assert page.rows("Net price") == []
        assert page.rows("Price")[0][1:3] == ["Quantity", "Price"]


def test_the_csv_has_the_same_header_for_every_quote() -> None:
    for order in ORDERS.values():
        text = quote_csv(price(CATALOG.cards["xPro"], order))
        assert text.splitlines()[0] == ",".join(COLUMNS)
        assert "\r" not in text


def test_every_column_of_the_csv_is_a_path_into_the_json() -> None:
    order = Order({"license": 1, "late_appeal": 1}, details=Details("Acme"))
    document = quote_document(price(CATALOG.cards["uPro"], order))
    lines: Any = document["lines"]
    once: Any = document["one_time"]
    merged = {**document, **lines[0], **once[0]}
    for column in COLUMNS:
        value: Any = merged
        for key in column.split("."):
            assert column == "paid" or key in value, column
            value = value.get(key, {})


@pytest.mark.parametrize(
    ("order", "lines"),
    [
        (
            Order({"license": 3, "local_number": 10, "automated_sms": 10_000}),
            [
                "Aloware uPro, 3 x Plan cost, 10 x Local phone numbers, 10,000 x Automated texts",
                "USD 410.00 a month, 1,230.00 a quarter, 4,920.00 a year (monthly term)",
                (
                    "Carrier fees come on top of texts: about 30.00 to 50.00 a month, at 0.003 to "
                    "0.005 a segment (US carriers, October 2024). Prices of the uPro card, read on "
                    "2026-11-22."
                ),
            ],
        ),
        (
            Order(
                {"license": 3, "automated_minutes": 10, "late_appeal": 1},
                details=Details("Acme", number="Q-7", issued="2026-11-22", valid_days=1),
            ),
            [
                (
                    "Quote Q-7: Aloware uPro, 3 x Plan cost, 10 x Automated outbound minutes, "
                    "1 x A2P late appeal, for Acme"
                ),
                (
                    "USD at least 210.00 a month, at least 630.00 a quarter, at least 2,520.00 a "
                    "year, and 40.00 once (monthly term)"
                ),
                (
                    "Not published, and so not in the totals: Automated outbound minutes. Prices "
                    "of the uPro card, read on 2026-11-22. Issued: 2026-11-22. "
                    "Valid until: 2026-11-23 (1 day)."
                ),
            ],
        ),
    ],
)
def test_a_message_has_three_lines(order: Order, lines: list[str]) -> None:
    assert quote_text(price(CATALOG.cards["uPro"], order)).splitlines() == lines


def test_an_invoice_without_a_price_is_a_lower_bound() -> None:
    quote = price(
        CATALOG.cards["uPro"], Order({"license": 3, "toll_free_number": 1}, start="2026-12-23")
    )
    for page in pages_of(quote):
        rows = [row for table in _tables(page) for row in table]
        assert ["Due at the start", "", "", "at least 60.96"] in rows
        assert ["Next invoice, 2027-01-01", "", "", "at least 210.00"] in rows
    table = quote_table(quote, TextTarget(80, is_terminal=False, rule="-"))
    assert re.search(r"^Due at the start, at least +60\.96$", table, re.MULTILINE)
    assert any("on 2027-01-01, is at least 210.00" in note for note in quote.notes)
