"""Saved quotes: read exactly as they were written, and rejected if they were edited."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from card_files import catalog
from conftest import plain_name, validator
from hypothesis import given, settings
from hypothesis import strategies as st
from text_tables import read_table

from aloware_cli.domain.cards import MODELS, Model, Rate, RateCard, Tier, priced, supplied
from aloware_cli.domain.money import with_cents
from aloware_cli.domain.orders import MAX_VALID_DAYS, Details, Order
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import ALL
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import DataError
from aloware_cli.files.quotes import load_quote, read_quote
from aloware_cli.files.schemas import find_mismatch, read_schema
from aloware_cli.pricing.price import price
from aloware_cli.render.csv import quote_csv
from aloware_cli.render.documents import quote_document, to_json
from aloware_cli.render.quote_pages import Presentation, quote_page
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.text import quote_text

CARDS = catalog().cards
CHARGES = list(CARDS["uPro"].charges)
CARRIERS = [carrier.key for carrier in CARDS["uPro"].carriers.listed]
VALIDATOR = validator("quote")
SCHEMA = json.loads(read_schema("quote"))
SHEET = Citation(Source("sheet", "Price sheet", None, "2026-12-01", "May 2026"), "As agreed.")


def by_model(model: Model, allowance: int = 0) -> Rate:
    return Rate("published", None, SHEET, model=model, allowance=allowance)


OWN_RATES: dict[tuple[str, Term], Rate] = {
    ("local_number", "monthly"): by_model(Model("flat", (Tier(None, Decimal("20.00")),))),
    ("automated_sms", "monthly"): by_model(
        Model("graduated", (Tier(500, Decimal("0.02")), Tier(None, Decimal("0.01")))), 100
    ),
    ("number_lookup", "monthly"): by_model(Model("package", (Tier(None, Decimal("15.00")),), 1000)),
}
#: A quote with every part.
FULL = price(
    CARDS["uPro"]._replace(
        identity=CARDS["uPro"].identity._replace(effective_from="2026-12-01"),
        rates={**CARDS["uPro"].rates, **OWN_RATES},
    ),
    Order(
        {
            "license": 3,
            "local_number": 10,
            "automated_sms": 1000,
            "automated_minutes": 200,
            "number_lookup": 1500,
            "brand_registration_standard": 1,
        },
        supplied={"automated_minutes": supplied(Decimal("0.02"), "--rate minutes=0.02")},
        as_of="2026-12-02",
        start="2026-12-23",
        carriers={"att": Decimal(60), "verizon": Decimal(40)},
        min_agents=5,
        discounts={"license": Decimal("12.5"), ALL: Decimal(10)},
        credits=Decimal("500.00"),
        details=Details("Acme", "Ann", "Bob", "Q-1", "2026-12-02", 30, "As discussed."),
    ),
)
TEXT = to_json(quote_document(FULL))


def opened(text: str) -> Quote:
    return read_quote(text.encode(), "acme.json", quote_document)


def rejection(text: str) -> str:
    """Return the message for `text`, hints and code included."""
    with pytest.raises(DataError) as raised:
        opened(text)
    assert raised.value.exit_code == 3
    return raised.value.report()


def signed(document: dict[str, Any]) -> str:
    """Return `document` with the hash that it has, as anybody can calculate it."""
    rest = {key: value for key, value in document.items() if key != "sha256"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return json.dumps({**rest, "sha256": hashlib.sha256(canonical.encode()).hexdigest()})


def edited(values: Mapping[str, Any]) -> str:
    """Return the full quote with `values` under their paths, signed again."""
    document = json.loads(TEXT)
    for path, value in values.items():
        *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        container = document
        for key in keys:
            container = container[key]
        assert last in container or last in range(len(container))
        container[last] = value
    return signed(document)


# What was written is read again


def test_full_quote_is_read_exactly() -> None:
    assert all(FULL[:-1])  # a quote of one plan has no groups
    assert opened(TEXT) == FULL
    VALIDATOR.validate(json.loads(TEXT))


@pytest.mark.parametrize(
    ("quantities", "order"),
    [
        # a whole month, and its last day alone
        ({"license": 1}, {"start": "2026-12-01"}),
        ({"license": 1}, {"start": "2026-12-31"}),
        # nothing beside the lines, and no price for one of them
        ({"automated_minutes": 7, "inbound_sms": 8}, {}),
        ({"automated_sms": 100}, {"carriers": {}, "credits": Decimal("0.00"), "min_agents": 0}),
        # 70 x 10**9 a month, 12 times that a year
        ({"license": 10**9}, {"start": "2026-12-23"}),
        ({"automated_sms": 10**9}, {"credits": Decimal(10**12)}),
    ],
)
def test_quote_at_the_bounds_is_read_exactly(
    quantities: dict[str, int], order: dict[str, Any]
) -> None:
    quote = price(CARDS["uPro"], Order(quantities, **order))
    assert opened(to_json(quote_document(quote))) == quote


def test_hash_is_the_one_anybody_calculates() -> None:
    document = json.loads(TEXT)
    assert json.loads(signed(document))["sha256"] == document["sha256"]
    assert list(document)[-1] == "sha256"


def test_layout_and_order_are_free() -> None:
    document = json.loads(TEXT)
    assert opened(json.dumps(document)) == FULL
    assert opened(json.dumps(document, indent="\t", sort_keys=True).replace("\n", "\r\n")) == FULL
    assert opened(f"\ufeff{TEXT}") == FULL


def test_text_in_any_script_comes_back() -> None:
    card = CARDS["uPro"]
    strange = card.charges["license"]._replace(label='Plan "é" \\ 😀', caution="null")
    quote = price(
        card._replace(charges={**card.charges, "license": strange}), Order({"license": 1})
    )
    text = to_json(quote_document(quote))
    assert text.isascii()
    assert opened(text) == quote


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
    return draw(st.sampled_from([{}, {CARRIERS[0]: first, CARRIERS[-1]: 100 - first}]))


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
    """Return a rate card with own prices on each term, some with a first day."""
    card = draw(st.sampled_from(list(CARDS.values())))
    cited = st.builds(Citation, sources, texts)
    own: dict[Any, Rate] = {
        (key, term): priced(draw(prices), draw(cited))
        for key in draw(st.lists(st.sampled_from(["license", "local_number"]), unique=True))
        for term in TERMS
    }
    for key in draw(st.lists(st.sampled_from(["license", "automated_sms"]), unique=True)):
        allowance = draw(st.integers(0, 10**9)) if key == "automated_sms" else 0
        rate = Rate("published", None, draw(cited), model=draw(models()), allowance=allowance)
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


@given(quotes())
@settings(max_examples=60)
def test_saved_quote_is_read_exactly(quote: Quote) -> None:
    text = to_json(quote_document(quote))
    again = opened(text)
    assert again == quote
    assert to_json(quote_document(again)) == text
    VALIDATOR.validate(json.loads(text))


@given(quotes())
@settings(max_examples=20)
def test_saved_quote_is_rendered_in_the_same_bytes(quote: Quote) -> None:
    again = opened(to_json(quote_document(quote)))
    assert quote_report(again) == quote_report(quote)
    for form in (quote_csv, quote_text):
        assert form(again) == form(quote)
    presentation = Presentation(has_sources=True)
    assert quote_page(again, presentation) == quote_page(quote, presentation)


# What was edited is rejected


@given(quotes(), st.data())
@settings(max_examples=60)
def test_one_edited_character_is_rejected(quote: Quote, data: st.DataObject) -> None:
    text = to_json(quote_document(quote))
    spans = [found.span(1) for found in re.finditer(r'"((?:[^"\\]|\\.)+)"|(?<=: )(\d+)', text)]
    start, end = data.draw(st.sampled_from([span for span in spans if span != (-1, -1)]))
    at = data.draw(st.integers(start, end - 1))
    character = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    changed = text[:at] + character + text[at + 1 :]
    try:
        same = json.loads(changed) == json.loads(text)
    except ValueError:
        same = False
    if same:
        assert opened(changed) == quote
    else:
        assert rejection(changed).startswith("error: acme.json")


EDITED = "hint: create it again or use an unedited copy"


EDITS = [
    *read_table("edited_quotes"),
    [f'document.number = "{"x" * 121}"', "document.number: expected one line of at most 120"],
    [f'document.note = "{"x" * 501}"', "document.note: expected one line of at most 500"],
]


@pytest.mark.parametrize(
    ("edits", "message"), EDITS, ids=[plain_name(row[0][:60]) for row in EDITS]
)
def test_edited_quote_is_rejected_with_the_key_even_if_signed_again(
    edits: str, message: str
) -> None:
    pairs = (edit.split(" = ", 1) for edit in edits.split("; "))
    first, *hints = rejection(edited({key: json.loads(value) for key, value in pairs})).splitlines()
    assert first.startswith(f"error: acme.json: {message}")
    assert hints[0] == EDITED


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"label": "', '"label": "My ',
         "sha256: hash mismatch, the quote was edited after saving  [E-QUOTE-EDITED]"),
        ('"plan": "uPro",', '"plan": "uPro", "plan": "iPro",',
         '"plan" is a duplicate key  [E-JSON]'),
        ('"plan": "uPro",', "", "plan: missing key  [E-QUOTE-FILE]"),
        ('"plan": "uPro",', '"plan": "uPro", "plam": 1,', "plam: unknown key  [E-QUOTE-FILE]"),
        ('"at_least": false', '"at_least": NaN', "NaN is not a JSON value  [E-JSON]"),
    ],
)  # fmt: skip
def test_edited_quote_is_rejected_with_the_key(old: str, new: str, message: str) -> None:
    assert old in TEXT
    first = rejection(TEXT.replace(old, new, 1)).splitlines()[0]
    assert first == f"error: acme.json: {message}"


def test_further_keys_that_differ_are_named_up_to_five() -> None:
    document = json.loads(TEXT)
    for line in document["lines"]:
        line["monthly"] = line["quarterly"] = "1.00"
    first, *hints = rejection(signed(document)).splitlines()
    assert first.startswith('error: acme.json: lines.0.monthly: got "1.00", the other keys give')
    assert hints == [
        "hint: create it again or use an unedited copy",
        '      also lines.0.quarterly: got "1.00", the other keys give "551.25"',
        '      also lines.1.monthly: got "1.00", the other keys give "122.50"',
        '      also lines.1.quarterly: got "1.00", the other keys give "367.50"',
        '      also lines.2.monthly: got "1.00", the other keys give "18.00"',
    ]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of everything in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        below = f"{path}.{key}" if path else str(key)
        yield below, inner
        if isinstance(inner, dict | list):
            yield from leaves(inner, below)


WRONG = [[], {}, "\u001b", -1, 1.5, True, "9" * 40, "2026-13-01"]


def test_wrong_value_is_rejected_under_every_key_by_reader_and_schema() -> None:
    paths = {re.sub(r"\d+", "0", path): path for path, _ in leaves(json.loads(TEXT))}
    for number, path in enumerate(paths.values()):
        if path in {"schema", "sha256"}:
            continue
        for strange in WRONG[number % 4 :: 4]:
            text = edited({path: strange})
            if find_mismatch(json.loads(text), SCHEMA):
                assert rejection(text).startswith(f"error: acme.json: {path}"), (path, strange)
                assert number % 4 or not VALIDATOR.is_valid(json.loads(text))
            else:  # a list may be empty, and a text may be any digits
                assert strange in ([], {}, True, "9" * 40, "2026-13-01"), path


@given(st.data(), st.sampled_from(WRONG))
@settings(max_examples=200)
def test_reader_and_schema_agree_on_structure(data: st.DataObject, strange: Any) -> None:
    path, _ = data.draw(st.sampled_from([*leaves(json.loads(TEXT))]))
    document = json.loads(edited({path: strange}))
    assert (find_mismatch(document, SCHEMA) is None) == VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("null", "not a saved quote"),
        ("[]", "not a saved quote"),
        ("{}", "not a saved quote"),
        ('{"schema": 1}', "1 is not a quote"),
        ('{"schema": "aloware.quote/2"}', '"aloware.quote/2" is not a quote'),
        ('{"schema": "aloware.comparison/1"}', '"aloware.comparison/1" is not a quote'),
        ('{"schema": "aloware.quote/1"}', "plan: missing key"),
        ('{"schema": "aloware.quote/1", "x": "y"}', "plan: missing key"),
    ],
)
def test_other_documents_are_rejected(text: str, message: str) -> None:
    assert rejection(text).startswith(f"error: acme.json: {message}  [E-QUOTE-FILE]\n")


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container in `value` with each of its keys or indices."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else range(len(value))
    here = [(value, key) for key in keys]
    return [*here, *(place for key in keys for place in places(value[key]))]


STRANGE = [
    "", "x", "0", "-1", "9" * 16, "9" * 40, "0.001", "0.00", "2026-13-01", "9999-12-31", None, True,
    0, 1, -1, 10**12, 10**30, 0.5,
]  # fmt: skip


@given(st.data(), st.sampled_from([*STRANGE, [], {}, ["x"], {"x": "y"}]))
@settings(max_examples=400)
def test_signed_edit_must_still_be_a_quote(data: st.DataObject, strange: Any) -> None:
    document = json.loads(TEXT)
    container, key = data.draw(st.sampled_from(places(document)))
    container[key] = strange
    text = signed(document)
    try:
        quote = opened(text)
    except DataError:
        return
    # a text that no other key repeats, such as a wording, may be any text
    assert json.loads(to_json(quote_document(quote))) == json.loads(text)
    VALIDATOR.validate(json.loads(text))


def large(**parts: Any) -> str:
    return signed({**json.loads(TEXT), **parts})


NOTE = {"kind": "source", "audience": "customer", "text": "x"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (large(unpriced=["x"] * 240_000), "unpriced: got a list of"),
        (large(notes=[NOTE] * 80_000), "more than 250,000 values"),
        (large(plan="x" * 2**23), 'plan: got "xxxx'),
        (large(lines=[json.loads(TEXT)["lines"][0]] * 3000), "subtotals.subscription.monthly"),
    ],
    ids=["texts", "notes", "a long text", "lines"],
)
def test_hostile_size_is_rejected(text: str, message: str) -> None:
    assert rejection(text).startswith(f"error: acme.json: {message}")


def test_load_quote_names_the_file_from_the_working_folder(folder: Path) -> None:
    Path("acme.json").write_text("{}")
    with pytest.raises(DataError) as raised:
        load_quote(str(folder / "acme.json"), quote_document)
    assert raised.value.report().startswith("error: acme.json: not a saved quote")
    with pytest.raises(DataError) as gone:
        load_quote(str(folder / "gone.json"), quote_document)
    assert gone.value.report() == (
        "error: cannot read gone.json: No such file or directory  [E-READ]\n"
        "hint: check the path and its permissions"
    )
