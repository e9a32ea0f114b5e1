"""Saved quotes: what was written is opened again, exactly; what was changed since is refused."""

import datetime
import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from conftest import validator
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import MODELS, Model, Rate, RateCard, Tier, published, supplied
from aloware_cli.domain.customer import MAX_VALID_DAYS, Details
from aloware_cli.domain.money import with_cents
from aloware_cli.domain.orders import ALL, Order
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import load_rates
from aloware_cli.files.quotes import read_quote
from aloware_cli.pricing.price import price
from aloware_cli.render.console import TextTarget
from aloware_cli.render.csv import quote_csv
from aloware_cli.render.documents import quote_document, to_json
from aloware_cli.render.html import quote_html
from aloware_cli.render.markdown import quote_markdown
from aloware_cli.render.table import explained_table, quote_table
from aloware_cli.render.text import quote_text

CARDS = load_rates([], None).cards
CHARGES = list(CARDS["uPro"].charges)
CARRIERS = [carrier.key for carrier in CARDS["uPro"].carriers]
SCREEN = TextTarget(80, is_terminal=False, rule="-")
VALIDATOR = validator("quote")

texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31))
prices = st.decimals(0, 10**6, places=8).map(lambda d: with_cents(d.normalize() + 0))
percents = st.decimals(0, 100, places=2)
quantities = st.dictionaries(
    st.sampled_from(CHARGES), st.integers(1, 10**9), min_size=1, max_size=8
)
sources = st.builds(Source, texts, texts, st.none() | texts, days.map(str), st.none() | texts)

details = st.builds(
    Details,
    **dict.fromkeys(["prospect", "contact", "prepared_by", "note"], st.none() | texts),
    number=st.none() | texts.map(lambda text: f"Q {text}"),
    issued=days.map(str),
    valid_days=st.none() | st.integers(1, MAX_VALID_DAYS),
)


@st.composite
def mixes(draw: st.DrawFn) -> dict[str, Decimal]:
    """Return no mix, or one whose shares add up to 100."""
    first = draw(percents)
    return draw(
        st.sampled_from([{}, {CARRIERS[0]: first, CARRIERS[-1]: 100 - first}]),
    )


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Return a charge model with one to four tiers."""
    name = draw(st.sampled_from(MODELS))
    several = name in {"graduated", "volume"}
    ends = sorted(draw(st.sets(st.integers(1, 10**9), min_size=1, max_size=3)) if several else [])
    block = draw(st.integers(1, 10**9)) if name == "package" else 1
    return Model(name, tuple(Tier(end, draw(prices)) for end in [*ends, None]), block)


@st.composite
def cards(draw: st.DrawFn) -> RateCard:
    """Return a card with prices of somebody's own on each term, some with a first day."""
    card = draw(st.sampled_from(list(CARDS.values())))
    cited = st.builds(Citation, sources, texts)
    own: dict[Any, Rate] = {
        (key, term): published(draw(prices), draw(cited))
        for key in draw(st.lists(st.sampled_from(["license", "local_number"]), unique=True))
        for term in TERMS
    }
    for key in draw(st.lists(st.sampled_from(["license", "automated_sms"]), unique=True)):
        allowance = draw(st.integers(0, 10**9)) if key == "automated_sms" else 0
        rate = Rate("billed", None, draw(cited), model=draw(models()), allowance=allowance)
        own |= {(key, term): rate for term in TERMS}
    since = draw(st.none() | days.map(str))
    label = draw(texts)
    license_charge = card.charges["license"]._replace(label=label, caution=draw(st.none() | texts))
    return card._replace(
        identity=card.identity._replace(effective_from=since),
        charges={**card.charges, "license": license_charge},
        rates={**card.rates, **own},
    )


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    rates = draw(st.dictionaries(st.sampled_from(CHARGES), prices, max_size=4))
    order = Order(
        quantities=draw(quantities),
        term=draw(st.sampled_from(TERMS)),
        supplied={key: supplied(rate, f"--rate {key}={rate}") for key, rate in rates.items()},
        as_of=draw(st.none() | days.map(str)),
        start=draw(st.none() | days.map(str)),
        carriers=draw(st.none() | mixes()),
        min_agents=draw(st.none() | st.integers(0, 10**9)),
        discounts=draw(st.dictionaries(st.sampled_from([*CHARGES, ALL]), percents, max_size=4)),
        credits=draw(st.none() | prices),
        details=draw(st.none() | details),
    )
    return price(draw(cards()), order)


def opened(text: str) -> Quote:
    return read_quote(text.encode(), "acme.json", quote_document)


@given(quotes())
@settings(max_examples=60)
def test_a_saved_quote_is_opened_again_exactly(quote: Quote) -> None:
    text = to_json(quote_document(quote))
    again = opened(text)
    assert again == quote
    assert to_json(quote_document(again)) == text
    VALIDATOR.validate(json.loads(text))


@given(quotes())
@settings(max_examples=20)
def test_it_is_drawn_in_the_same_bytes(quote: Quote) -> None:
    again = opened(to_json(quote_document(quote)))
    assert quote_table(again, SCREEN) == quote_table(quote, SCREEN)
    assert explained_table(again, SCREEN) == explained_table(quote, SCREEN)
    for form in (quote_html, quote_markdown, quote_csv, quote_text):
        assert form(again) == form(quote)


@given(quotes(), st.data())
@settings(max_examples=60)
def test_one_changed_character_is_refused(quote: Quote, data: st.DataObject) -> None:
    text = to_json(quote_document(quote))
    spans = [found.span(1) for found in re.finditer(r'"((?:[^"\\]|\\.)+)"', text)]
    start, end = data.draw(st.sampled_from(spans))
    at = data.draw(st.integers(start, end - 1))
    character = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    changed = text[:at] + character + text[at + 1 :]
    if _meaning(changed) == json.loads(text):
        assert opened(changed) == quote
        return
    with pytest.raises(FaultyFiles) as raised:
        opened(changed)
    assert all(problem.place.file == "acme.json" for problem in raised.value.problems)


def _meaning(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


ORDER = Order(
    {"license": 3, "local_number": 10, "automated_sms": 10_000, "campaign_activation": 1},
    start="2026-12-23",
    carriers={},
    credits=Decimal("100.00"),
)
QUOTE = price(CARDS["uPro"], ORDER)
TEXT = to_json(quote_document(QUOTE))


def test_the_hash_is_what_anybody_counts() -> None:
    document = json.loads(TEXT)
    stated = document.pop("sha256")
    rest = json.dumps(document, sort_keys=True, separators=(",", ":"))
    assert stated == hashlib.sha256(rest.encode()).hexdigest()
    assert list(json.loads(TEXT))[-1] == "sha256"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"annual": "2520.00"',
            '"annual": "2521.00"',
            [("acme.json:28:17: lines.0.annual: was changed after it was written: "
             "'2521.00' no longer adds up; the rest makes '2520.00'")],
        ),
        (
            '"first_year": "4970.00"',
            '"first_year": "4070.00"',
            [("totals.first_year: was changed after it was written: "
             "'4070.00' no longer adds up; the rest makes '4970.00'")],
        ),
        (
            '"monthly": "150.00"',
            '"monthly": "149.99"',
            [("lines.2.monthly: was changed after it was written: "
             "'149.99' no longer adds up; the rest makes '150.00'")],
        ),
        (
            '"prorated_unit": "20.32"',
            '"prorated_unit": "20.33"',
            [("first_invoice.lines.0.prorated_unit: was changed after it was written: "
             "'20.33' no longer adds up; the rest makes '20.32'")],
        ),
        (
            '"days": "15"',
            '"days": "16"',
            [("credits.days: was changed after it was written: "
             "'16' no longer adds up; the rest makes '15'")],
        ),
        (
            '"label": "Plan cost"',
            '"label": "Plan price"',
            [("sha256: was changed after it was written: this is not the hash of the rest; "
             "quote it again, or take an unchanged copy")],
        ),
        ('"at_least": false', '"at_least": true', ["at_least: was changed"]),
        ('"unpriced": []', '"unpriced": ["license"]', ["unpriced: was changed", "it lists 1"]),
        ('"term": "monthly",\n  "cur', '"term": "annual",\n  "cur', ["term: was changed"]),
        ('"quantity": "3"', '"quantity": 3', ["the number '3'; write it in quotes"]),
        ('"quantity": "3"', '"quantity": 3.5e1', ["the number '3.5e1'; write it in quotes"]),
        ('"quantity": "3"', '"quantity": "3k"', ["'3k' is not right; write digits"]),
        ('"list_price": "70.00"', '"list_price": "70.0"', ["lines.0.list_price: was changed"]),
        ('"as_of": null', '"as_of": "null"', ["as_of: was changed", "'null' no longer"]),
        ('"as_of": null', '"as_of": nil', ["acme.json:6:12: as_of: no JSON value here"]),
        ('"plan": "uPro",', '"plan": "uPro", "plan": "iPro",', ["'plan' stands twice"]),
        ('"plan": "uPro",', "", ["acme.json:1:1: plan: is missing; add 'uPro'"]),
        ('"plan": "uPro",', '"plan": "uPro", "plam": "x",', ["plam: unknown key; did you mean"]),
        ('"aloware.quote/1"', '"aloware.quote/2"',
         ["schema: 'aloware.quote/2' cannot be opened; give a quote, aloware.quote/1"]),
        ('"aloware.quote/1"', '"aloware.comparison/1"', ["cannot be opened; give a quote"]),
        ('"currency": "USD"', '"currency": "EUR"', ["'EUR' is not right; write USD"]),
        ('"lines": [', '"lines": {}, "x": [', ["lines: a mapping is no list"]),
        ('"caution": null', '"caution": "\\u0000"', ["write a text on one line"]),
        ('"caution": null', '"caution": "\\ud800"', ["write a text on one line"]),
        ("}\n", "} x\n", ["something after the end"]),
        ("}\n", "\n", ["no '}' here"]),
    ],
)  # fmt: skip
def test_what_was_changed_is_refused(old: str, new: str, said: list[str]) -> None:
    at = TEXT.rindex(old) if old == "}\n" else TEXT.index(old)
    with pytest.raises(FaultyFiles) as raised:
        opened(TEXT[:at] + new + TEXT[at + len(old) :])
    assert raised.value.exit_code == 3
    for sentence in said:
        assert sentence in raised.value.report()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("[]", "a list is no mapping"),
        ("null", "null is no mapping"),
        ("{}", "'schema' is missing"),
        ("plan: uPro", "no JSON value here"),
        ("[" * 10_000, "more than 16 levels deep"),
        ('{"a": "x\n"}', "not JSON: Invalid control character"),
        ('{"a": "\\x"}', "not JSON: Invalid \\escape"),
        ('{"a": "', "not JSON: Unterminated string"),
        ("{a: 1}", "no key in quotes here"),
        ('{"a" 1}', "no ':' here"),
        ('{"a": 1,}', "no key in quotes here"),
        ("[1 2]", "no ']' here"),
        ("[NaN]", "no JSON value here"),
        ("\ufeff{}", "'schema' is missing"),
        ('{"schema": "aloware.quote/1"}', "'lines' is missing"),
    ],
)
def test_what_is_no_quote_is_refused(text: str, said: str) -> None:
    with pytest.raises(FaultyFiles) as raised:
        opened(text)
    assert said in raised.value.report()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff", "not UTF-8 text"), (b" " * (2**24 + 1), "larger than 16 MiB")],
)
def test_hostile_bytes_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(FaultyFiles, match="1 problem") as raised:
        read_quote(content, "acme.json", quote_document)
    assert said in raised.value.report()


def test_layout_and_order_are_free() -> None:
    document = json.loads(TEXT)
    assert opened(json.dumps(document)) == QUOTE
    assert opened(json.dumps(document, indent="\t", sort_keys=True).replace("\n", "\r\n")) == QUOTE


def test_a_text_in_any_script_comes_back() -> None:
    card = CARDS["uPro"]
    strange = card.charges["license"]._replace(label='Plan "é" \\ 😀', caution="null")
    quote = price(
        card._replace(charges={**card.charges, "license": strange}), Order({"license": 1})
    )
    strange_text = to_json(quote_document(quote))
    assert strange_text.isascii()
    assert opened(strange_text) == quote


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container in `value` with each of its keys or indices."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else range(len(value))
    here = [(value, key) for key in keys]
    return [*here, *(place for key in keys for place in places(value[key]))]


STRANGE = ["", "x", "0", "-1", "9" * 16, "9" * 40, "0.001", "2026-13-01", "9999-12-31", None, True]


@given(st.data(), st.sampled_from([*STRANGE, [], {}, ["x"], {"x": "y"}]))
@settings(max_examples=300)
def test_whoever_counts_the_hash_again_must_still_write_a_quote(
    data: st.DataObject, strange: Any
) -> None:
    document = json.loads(TEXT)
    container, key = data.draw(st.sampled_from(places(document)))
    container[key] = strange
    document.pop("sha256", None)
    rest = json.dumps(document, sort_keys=True, separators=(",", ":"))
    document["sha256"] = hashlib.sha256(rest.encode()).hexdigest()
    try:
        quote = opened(json.dumps(document))
    except FaultyFiles:
        return
    # what nothing else on the quote tells, such as a wording, may be anything
    assert json.loads(to_json(quote_document(quote))) == document
    VALIDATOR.validate(document)
