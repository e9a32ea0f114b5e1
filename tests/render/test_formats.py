"""Formats: table, text, CSV, Markdown and HTML state the facts of the JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import html5lib
import pytest
from card_files import card, catalog
from conftest import validator
from documents import Page, html_of, markdown_of, page_of_markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.pricing.price import price
from aloware_cli.render.csv import COLUMNS, quote_csv
from aloware_cli.render.documents import quote_document, to_json
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.table import to_table
from aloware_cli.render.terminal import TextTarget
from aloware_cli.render.text import quote_text
from aloware_cli.render.words import result_of

CATALOG = catalog()
CHARGES = list(CATALOG.cards["uPro"].charges)
PERIODS = ("monthly", "quarterly", "annual")
TEXTS = supplied(Decimal("0.02"), "--rate sms=0.02")

#: A label and its amounts in USD, None for an unknown one.
Fact: TypeAlias = tuple[str, tuple[Decimal | None, ...]]


def facts_in_json(quote: Quote) -> list[Fact]:
    """Return every labeled amount of `quote` by its JSON, in the order in which formats show it."""
    document = json.loads(to_json(quote_document(quote)))
    return [
        *_recurring(document),
        *_due_now(document),
        *_one_time(document),
        *_carrier_fees(document["carrier_fees"]),
        *_credits(document["credits"]),
    ]


def _recurring(document: dict[str, Any]) -> Iterator[Fact]:
    for category in ("subscription", "usage"):
        lines = [line for line in document["lines"] if line["category"] == category]
        yield from (_fact(line["label"], line, PERIODS) for line in lines)
        if lines:
            yield _fact(category.capitalize(), document["subtotals"][category], PERIODS)
    if document["lines"]:
        yield _fact("Total", document["totals"], PERIODS)


def _fact(label: str, amounts: dict[str, Any], keys: tuple[str, ...]) -> Fact:
    given = [amounts[key] for key in keys]
    return label, tuple(None if amount is None else Decimal(amount) for amount in given)


def _due_now(document: dict[str, Any]) -> Iterator[Fact]:
    if invoice := document["first_invoice"]:
        yield from (_fact("", line, ("amount",)) for line in invoice["lines"])
        yield _fact("First invoice", invoice, ("total",))
        balance = Decimal(document["credits"]["balance"] if document["credits"] else 0)
        fees = Decimal(document["totals"]["one_time"])
        if balance and balance >= fees:
            yield "Prepaid credits", (balance,)
        elif document["one_time"]:
            yield "One-time fees", (fees,)
        if balance or document["one_time"]:
            yield _fact("Due now", document, ("due_now",))
        yield _fact("Next invoice", invoice["next_invoice"], ("amount",))


def _one_time(document: dict[str, Any]) -> Iterator[Fact]:
    if document["one_time"]:
        yield from (_fact(line["label"], line, ("amount",)) for line in document["one_time"])
        yield _fact("Total one-time fees", document["totals"], ("one_time",))
        yield _fact("First year", document["totals"], ("first_year",))


def _carrier_fees(fees: dict[str, Any] | None) -> Iterator[Fact]:
    if fees and fees["low_fee"] == fees["high_fee"]:
        yield _fact("Carrier fees", fees["low"], PERIODS)
    elif fees:
        yield _fact("Carrier fees, lowest", fees["low"], PERIODS)
        yield _fact("Carrier fees, highest", fees["high"], PERIODS)
    if inbound := fees and fees["inbound"]:
        unknown = dict.fromkeys(PERIODS)
        yield _fact("Carrier fees, inbound", inbound["low"] or inbound["high"] or unknown, PERIODS)


def _credits(credits: dict[str, Any] | None) -> Iterator[Fact]:
    if credits:
        yield _fact("Balance", credits, ("balance",))
        if Decimal(credits["one_time"]):
            yield _fact("Remaining after one-time fees", credits, ("remaining",))
        top_up = Decimal(credits["monthly_usage"]) + Decimal(credits["carrier_fees"])
        yield "Monthly top-up", (top_up,)


def facts_in_csv(quote: Quote) -> list[Fact]:
    rows = csv.DictReader(io.StringIO(quote_csv(quote), newline=""))
    return [
        (
            row["label"],
            tuple(
                Decimal(row[key]) if row[key] else None
                for key in (PERIODS if row["section"] in _PERIODIC else ("amount",))
            ),
        )
        for row in rows
        if row["section"] != "note" and row["unit"] != "day" and row["label"] != "You save"
    ]


_PERIODIC = ("subscription", "usage", "total", "carrier_fees")
FIGURE = re.compile(r"(?:at least |≥ )?(?:< )?\$?([\d,]+\.\d\d)|n/p|not priced|Included")


def _amount(text: str) -> Decimal | None:
    """Return the amount that a figure for people shows; below a cent it is 0.00."""
    figure = FIGURE.fullmatch(text)
    assert figure is not None, text
    if text.startswith("<") or text == "Included":
        return Decimal("0.00")
    return None if figure[1] is None else Decimal(figure[1].replace(",", ""))


def facts_in_table(quote: Quote) -> list[Fact]:
    report = quote_report(quote)._replace(notes=(), remarks=(), facts=())
    rows = [re.split(" {2,}", row) for row in to_table(report, TextTarget(300)).splitlines()]
    facts = []
    for label, *cells in rows:
        figures = [cell for cell in cells if FIGURE.fullmatch(cell)]
        if figures and label != "You save":
            facts.append((label, tuple(map(_amount, figures))))
    return facts


def facts_in_page(page: Page) -> list[Fact]:
    facts = []
    for heads, *rows in page.tables:
        first = next(at for at, head in enumerate(heads) if head in {"Monthly", "Amount"})
        for row in rows:
            label, *cells = (cell.strip() for cell in row)
            if any(cells) and label not in {"You save", "Subscription", "Usage (estimated)"}:
                facts.append((label, tuple(map(_amount, cells[first - 1 :]))))
    return facts


def facts_in_documents(quote: Quote) -> list[Fact]:
    """Return what a customer reads in the tables: no quarter, and the rest in sentences."""
    document = json.loads(to_json(quote_document(quote)))
    recurring = [(label, (amounts[0], amounts[2])) for label, amounts in _recurring(document)]
    due = [fact for fact in _due_now(document) if fact[0] != "Next invoice"]
    return [*recurring, *due, *_one_time(document)]


def pages_of(quote: Quote, *, sources: bool = False) -> tuple[Page, Page]:
    """Return the HTML and the Markdown of `quote`, as their readers see them."""
    return (
        Page(html_of(quote, sources=sources)),
        page_of_markdown(markdown_of(quote, sources=sources)),
    )


def assert_all_formats_agree(quote: Quote) -> None:
    facts = facts_in_json(quote)
    shown = facts_in_documents(quote)
    formats = [(facts_in_csv(quote), facts), (facts_in_table(quote), facts)]
    for found, expected in [*formats, *((facts_in_page(page), shown) for page in pages_of(quote))]:
        assert [amounts for _, amounts in found] == [amounts for _, amounts in expected]
        for (label, _), (name, _) in zip(found, expected, strict=True):
            assert label.startswith(name)
    text = quote_text(quote)
    assert text.count("\n") <= 6
    sums = [quote.due_now, quote.first_invoice and quote.first_invoice.next_amount]
    if quote.one_time:
        sums += [quote.one_time_total, quote.first_year]
    assert [amount for amount in sums if amount is not None and f"${amount:,}" not in text] == []
    if quote.lines:
        least = "at least " if any(line.amount is None for line in quote.lines) else ""
        month, quarter, year = (f"{least}${amount:,}" for amount in quote.totals)
        total = f"{month} a month, {quarter} a quarter, {year} a year"
        assert total in text.replace("At least", "at least") or "< $" in text


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
def test_all_formats_state_the_same_facts(plan: str, order: Order) -> None:
    assert_all_formats_agree(price(CATALOG.cards[plan], order))


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
def test_all_formats_of_any_quote_state_the_same_facts(quote: Quote) -> None:
    assert_all_formats_agree(quote)


@given(quotes())
@settings(max_examples=100)
def test_json_of_any_quote_fits_its_schema(quote: Quote) -> None:
    validator("quote").validate(json.loads(to_json(quote_document(quote))))


@given(quotes())
@settings(max_examples=20)
def test_html_is_parsed_without_an_error(quote: Quote) -> None:
    html5lib.HTMLParser(strict=True).parse(html_of(quote, sources=True))


@given(quotes())
@settings(max_examples=60)
def test_every_price_has_its_source(quote: Quote) -> None:
    for page in pages_of(quote, sources=True):
        for line in quote.all_lines:
            assert result_of(line) in page.words
            assert line.reason in page.words
            if line.status != "supplied":
                citation = line.rate.citation
                assert citation.source.title in page.words
                assert citation.wording in page.words
                assert (citation.source.url or "") in page.words
                assert (citation.source.read_on or "") in page.words


def test_carrier_fees_have_their_page_in_what_is_sent() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"automated_sms": 10_000}, carriers={}))
    cited = CATALOG.cards["uPro"].carriers.listed[0].citation
    fees = cited.source
    told = f"{fees.title}, as of {fees.dated}, read {fees.read_on}"
    for page in pages_of(quote, sources=True):
        for said in (told, fees.url, cited.wording):
            assert said is not None
            assert said in page.words
    explained = to_table(quote_report(quote), TextTarget(100), explain=True)
    assert f"{told}: T-Mobile: {cited.wording}" in " ".join(explained.split())


def test_supplied_price_is_cited_without_option_or_file() -> None:
    order = Order({"license": 3, "automated_sms": 999}, supplied={"automated_sms": TEXTS})
    for page in pages_of(price(CATALOG.cards["uPro"], order), sources=True):
        assert "Price supplied for this quote" in page.words
        assert "Automated texts: 0.02 per segment" in page.words
        assert "--rate" not in page.words


def test_text_names_supplied_prices() -> None:
    order = Order({"license": 3, "automated_sms": 999}, supplied={"automated_sms": TEXTS})
    text = quote_text(price(CATALOG.cards["uPro"], order))
    assert "\nPrices supplied for this quote: Automated texts $0.02. " in text


VOLUME = card("uPro", Path(__file__).parents[2] / "docs" / "examples" / "volume.yaml")


def test_quantity_price_and_working_make_every_amount_of_a_charge_model() -> None:
    order = Order(
        {"license": 12, "local_number": 25, "aloai_text_bot": 3, "automated_sms": 30_000},
        discounts={"local_number": Decimal(10)},
    )
    quote = price(VOLUME, order)
    page, markdown = pages_of(quote)
    for rows in (page.rows("Net price"), markdown.rows("Net price")):
        prices = [row[1:4] for row in rows if row[1:2] not in ([""], ["Subscription"])][1:]
        assert prices == [
            ["12", "$65.00", "$65.00"],
            # 3 blocks of 10 at 40.00 less 10%
            ["25", "$40.00 for 10", "$36.00 for 10"],
            ["3", "$99.00 flat", "$99.00 flat"],
            ["30,000", "", ""],
        ]
    for line in quote.lines:
        working = line.working.replace(" x ", " \u00d7 ")
        assert f"{line.charge.label} ({working}" in markdown.words
        assert working in page.words


def test_document_has_notes_for_customers_and_appendix_the_others() -> None:
    quote = price(
        CATALOG.cards["uPro"],
        Order({"license": 3, "automated_minutes": 5, "agent_sms": 7, "late_appeal": 1}),
    )
    internal = {n.text for n in quote.notes if n.kind == "source" or n.audience == "internal"}
    internal |= {quote.lines[-1].reason, quote.card.sha256}
    assert len(internal) == 4
    for page in pages_of(quote):
        assert {note.text for note in quote.notes if note.text in page.words} == {
            note.text for note in quote.notes
        } - internal
        assert [text for text in internal if text in page.words] == []
        assert "Every price is traceable to its source: ask for this quote with sources." in (
            page.words
        )
    for page in pages_of(quote, sources=True):
        assert [text for text in internal if text not in page.words] == []


def test_amounts_outside_totals_are_exclusions() -> None:
    quote = price(
        CATALOG.cards["iPro"],
        Order({"license": 3, "automated_sms": 5}, start="2026-12-23", term="annual"),
    )
    excluded = [note.text.partition(",")[0] for note in quote.notes if note.kind == "exclusion"]
    assert excluded == [
        "Licenses",
        "A first invoice",
        "Carrier fees for texts",
    ]
    fees = price(CATALOG.cards["iPro"], Order({"agent_sms": 5}, carriers={}))
    first = next(note.text for note in fees.notes if note.kind == "exclusion")
    assert first.startswith("Carrier fees for texts, $0.02 to")


def test_notes_for_the_seller_stay_out_of_documents() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"license": 3}))
    quote = quote._replace(notes=(Note("source", "For Kim only.", "internal"), *quote.notes))
    assert "For Kim only." in to_table(quote_report(quote), TextTarget(80))
    for page in pages_of(quote):
        assert "For Kim only." not in page.words
    assert "For Kim only." not in quote_text(quote)


def test_only_discount_adds_list_price_net_price_and_saving() -> None:
    order = Order({"license": 3, "local_number": 7}, discounts={"license": Decimal(10)})
    for page in pages_of(price(CATALOG.cards["uPro"], order)):
        heads, *rows = page.rows("Net price")
        assert heads[1:4] == ["Quantity", "List price", "Net price"]
        assert ["3", "$70.00", "$63.00"] in [row[1:4] for row in rows]
        assert ["7", "$5.00", "$5.00"] in [row[1:4] for row in rows]
        assert page.words.count("10% discount: you save $21.00 a month, $252.00 a year") == 1
    for page in pages_of(price(CATALOG.cards["uPro"], order._replace(discounts={}))):
        assert page.rows("Net price") == []
        assert page.rows("Price")[0][1:3] == ["Quantity", "Price"]


def test_csv_has_same_header_for_every_quote() -> None:
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
            assert column in {"section", "paid"} or key in value, column
            value = value.get(key, {})


def test_invoice_without_price_is_a_lower_bound() -> None:
    quote = price(
        CATALOG.cards["uPro"], Order({"license": 3, "toll_free_number": 1}, start="2026-12-23")
    )
    expected = [
        ("First invoice, December 23 to 31 (9 of 31 days)", "$60.96"),
        ("Next invoice on January 1, 2027", "$210.00"),
    ]
    for page in pages_of(quote):
        rows = [(row[0].strip(), row[-1].strip()) for table in page.tables for row in table]
        assert (expected[0][0], "at least $60.96") in rows
        assert "Next invoice on January 1, 2027: at least $210.00." in page.words
    table = to_table(quote_report(quote), TextTarget(80))
    for label, figure in expected:
        assert re.search(rf"^{re.escape(label)} +≥ {figure[1:]}$", table, re.MULTILINE)
    assert any("on January 1, 2027, is at least $210.00" in note.text for note in quote.notes)
